import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavingSubgroups, type LeavingSubgroupsOptions } from '../../../src/churn/behaviour/leavingSubgroups.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly left: number;
}

const row: fc.Arbitrary<Row> = fc.record({ a: fc.constantFrom('x', 'y', 'z'), b: fc.constantFrom('p', 'q'), c: fc.constantFrom('u', 'v'), left: fc.constantFrom(0, 0, 1) });
const rows = fc.array(row, { minLength: 12, maxLength: 80 }).filter((some) => new Set(some.map(({ left }) => left)).size === 2);

/** Every conjunction, written out. */
function naive(data: readonly Row[], maxConditions: number, fewest: number, sign: number): number[] {
  const base = data.reduce((sum, { left }) => sum + left, 0) / data.length;
  const names = ['a', 'b', 'c'] as const;
  let groups: { terms: string[]; rows: readonly Row[] }[] = [{ terms: [], rows: data }];
  const found: number[] = [];
  for (const name of names) {
    groups = groups.flatMap((group) => [group, ...[...new Set(data.map((one) => one[name]))].map((value) => ({ terms: [...group.terms, value], rows: group.rows.filter((one) => one[name] === value) }))]);
  }
  for (const { terms, rows: inside } of groups) {
    if (terms.length === 0 || terms.length > maxConditions || inside.length < fewest) continue;
    found.push((inside.reduce((sum, { left }) => sum + left, 0) - base * inside.length) / data.length);
  }
  return found.filter((excess) => sign * excess > 1e-12).sort((a, b) => sign * (b - a));
}

const all = { holdout: 0, keepRedundant: true, minCustomers: 3, top: 6 } as const;

describe('leavingSubgroups', () => {
  it('finds by hand: 30 of 40 leavers among the 50 basic ones of 200', () => {
    const data = Array.from({ length: 200 }, (_, i) => ({ plan: i < 50 ? 'basic' : 'gold', left: i < 30 || (i >= 50 && i < 60) ? 1 : 0 }));
    const { subgroups: [group], baseRate } = leavingSubgroups(data, { target: 'left', holdout: 0 });
    expect(baseRate).toBe(0.2);
    expect(group).toMatchObject({ text: 'plan = basic', customers: 50, p: null, q: null });
    expect(group!.rate.estimate).toBeCloseTo(0.6, 12);
    expect(group!.lift).toBeCloseTo(3, 12);
    expect(group!.coverage).toBeCloseTo(0.75, 12);
    // 30 leavers where 50 average customers have 10: 20 of 200.
    expect(group!.excess).toBeCloseTo(0.1, 12);
  });

  it('misses no conjunction that is better, as writing all of them out shows', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 3 }), fc.constantFrom('more' as const, 'less' as const), (data, maxConditions, direction) => {
        const { subgroups } = leavingSubgroups(data, { target: 'left', ...all, maxConditions, direction });
        const expected = naive(data, maxConditions, 3, direction === 'more' ? 1 : -1).slice(0, 6);
        expect(subgroups.map(({ excess }) => Number(excess.toFixed(9)))).toEqual(expected.map((excess) => Number(excess.toFixed(9))));
      }),
      { numRuns: 60 },
    );
  });

  it('names no subgroup worth no more than one with a condition less, unless asked', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const { subgroups } = leavingSubgroups(data, { target: 'left', ...all, keepRedundant: false, maxConditions: 3 });
        for (const wide of subgroups) {
          for (const narrow of subgroups) {
            const inside = wide.conditions.length < narrow.conditions.length && wide.conditions.every(({ text }) => narrow.conditions.some((condition) => condition.text === text));
            if (inside) expect(narrow.excess).toBeGreaterThan(wide.excess);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('ranks by the rate where asked, among subgroups large enough', () => {
    const data = Array.from({ length: 400 }, (_, i) => ({ city: `c${i % 8}`, big: i % 2 ? 'yes' : 'no', left: i % 8 === 3 ? Number(i % 3 > 0) : Number(i % 5 === 0) }));
    const { subgroups } = leavingSubgroups(data, { target: 'left', holdout: 0, rankBy: 'rate', minCustomers: 20, maxConditions: 1 });
    expect(subgroups[0]!.text).toBe('city = c3');
    expect(subgroups.map(({ rate }) => rate.estimate)).toEqual(subgroups.map(({ rate }) => rate.estimate).sort((a, b) => b - a));
  });

  it('names almost nothing where leaving is chance', () => {
    let named = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = createRandom(seed);
      const data = Array.from({ length: 600 }, () => ({ a: random.integer(4), b: random.integer(5), c: random.normal(), left: Number(random.uniform() < 0.3) }));
      named += leavingSubgroups(data, { target: 'left', seed }).subgroups.length > 0 ? 1 : 0;
    }
    // At a false discovery rate of .05 in 40 worlds two are expected.
    expect(named).toBeLessThanOrEqual(6);
  });

  it('finds planted leavers by bands of numbers, and what is missing', () => {
    const random = createRandom(3);
    const data = Array.from({ length: 3000 }, () => {
      const tenure = random.uniform() < 0.1 ? null : random.integer(72);
      return { tenure, plan: random.integer(2) ? 'a' : 'b', left: Number(random.uniform() < (tenure === null || tenure < 14 ? 0.6 : 0.1)) };
    });
    const { subgroups } = leavingSubgroups(data, { target: 'left' });
    expect(subgroups[0]!.text).toMatch(/tenure up to 1[34]/);
    expect(subgroups.map(({ text }) => text)).toContain('tenure is missing');
    const { subgroups: stay } = leavingSubgroups(data, { target: 'left', direction: 'less' });
    expect(stay[0]!.text).toMatch(/tenure from 1[3-5]/);
    expect(stay[0]!.excess).toBeLessThan(0);
  });

  it('does not depend on the order of the rows where all of them judge, and leaves out rows without target', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const options: LeavingSubgroupsOptions = { target: 'left', ...all };
        const excess = (some: readonly object[]): number[] => leavingSubgroups(some, options).subgroups.map((group) => group.excess);
        expect(excess([...data].reverse())).toEqual(excess(data));
        expect(excess([...data, { a: 'x', b: 'p', c: 'u', left: null }])).toEqual(excess(data));
      }),
      { numRuns: 20 },
    );
  });

  it('refuses what it cannot search', () => {
    const data = [{ a: 'x', left: 0 }, { a: 'y', left: 1 }];
    const code = (options: object, some: readonly object[] = data): string | undefined => errorCode(() => leavingSubgroups(some, { target: 'left', ...options } as never));
    expect(code({}, [])).toBeDefined();
    expect(code({ target: 'x' })).toBe('UNKNOWN_COLUMN');
    expect(code({ features: ['zz'] })).toBe('UNKNOWN_COLUMN');
    expect(code({}, [{ a: 1, left: 1 }, { a: 2, left: 1 }])).toBe('TARGET_CLASSES');
    for (const options of [{ maxConditions: 5 }, { maxConditions: 0 }, { top: 0 }, { bands: 1 }, { holdout: 1 }, { holdout: -0.1 }, { falseDiscoveryRate: 0 }, { direction: 'up' }, { rankBy: 'x' }, { confidence: 2 }, { depth: 2 }]) {
      expect(code(options), JSON.stringify(options)).toBe('INVALID_OPTION');
    }
    expect(leavingSubgroups([{ a: 'x', left: 0 }, { a: 'x', left: 1 }], { target: 'left' }).subgroups).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { segmentRules, type SegmentRule } from '../../../src/segmentation/profile/segmentRules.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  readonly income: number | null;
  readonly score: number;
  readonly plan: string | null;
}

/** Whether a row meets a rule, read from its conditions. */
const meets = (row: Row, { conditions }: SegmentRule): boolean =>
  conditions.every((condition) => {
    const value = row[condition.feature as keyof Row];
    if ('levels' in condition) return condition.levels.includes((value as string | null) ?? '(missing)');
    if (value === null) return condition.missing === true;
    if (condition.text === `${condition.feature} is missing`) return false;
    return (value as number) > (condition.above ?? -Infinity) && (value as number) <= (condition.atMost ?? Infinity);
  });

const portfolio = (seed: number, n: number) => {
  const random = createRandom(seed);
  const rows = Array.from({ length: n }, (): Row => ({ income: random.uniform() < 0.1 ? null : random.integer(30), score: random.integer(30), plan: ['a', 'b', 'c', null][random.integer(4)]! }));
  const labels = rows.map(({ income, score, plan }) => (random.uniform() < 0.1 ? random.integer(4) - 1 : income === null ? 2 : income > 15 ? (plan === 'a' ? 1 : 0) : score > 20 ? 2 : 0));
  return { rows, labels, random };
};

describe('segmentRules', () => {
  it('finds the rules that segments were made by (by hand)', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ income: i, score: (i * 37) % 100 }));
    const labels = rows.map(({ income, score }) => (income < 60 ? 0 : score < 40 ? 1 : 2));
    const found = segmentRules(rows, labels);
    const sizes = [0, 1, 2].map((segment) => labels.filter((label) => label === segment).length);
    expect(found.rules.map(({ segment, text, customers, precision, coverage, lift }) => [segment, text, customers, precision, coverage, lift])).toEqual([
      [0, 'income <= 59.5', 60, 1, 1, 1 / 0.6],
      [1, 'income > 59.5 and score <= 39.5', sizes[1], 1, 1, expect.closeTo(100 / sizes[1]!, 9)],
      [2, 'income > 59.5 and score > 39.5', sizes[2], 1, 1, expect.closeTo(100 / sizes[2]!, 9)],
    ]);
    expect(found).toMatchObject({ fidelity: 1, adjustedRandIndex: 1, price: 1, statement: '3 rules place 100.0 % of the customers in their segment' });
  });

  it('counts customers, precision, coverage and lift as the rows themselves do; every row meets one rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 9 }), (seed, leaves) => {
        const { rows, labels } = portfolio(seed, 60);
        const { rules, fidelity } = segmentRules(rows, labels, { leaves });
        const inside = rows.map((row, i) => ({ row, label: labels[i]! })).filter(({ label }) => label >= 0);
        expect(rules.length).toBeLessThanOrEqual(leaves);
        inside.forEach(({ row }) => expect(rules.filter((rule) => meets(row, rule))).toHaveLength(1));
        rules.forEach((rule) => {
          const own = inside.filter(({ row }) => meets(row, rule));
          const hits = own.filter(({ label }) => label === rule.segment).length;
          const size = inside.filter(({ label }) => label === rule.segment).length;
          expect([rule.customers, rule.precision, rule.coverage]).toEqual([own.length, hits / own.length, hits / size]);
          expect(rule.lift).toBeCloseTo(hits / own.length / (size / inside.length), 9);
        });
        const right = rules.reduce((sum, rule) => sum + rule.precision * rule.customers, 0);
        expect(fidelity).toBeCloseTo(right / inside.length, 12);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('agrees with a naive adjusted Rand index and naive sums of squares', () => {
    const { rows, labels } = portfolio(4, 120);
    const found = segmentRules(rows, labels, { leaves: 4, scaling: 'none' });
    const inside = rows.map((row, i) => ({ row, label: labels[i]!, told: found.rules.find((rule) => meets(row, rule))!.segment })).filter(({ label }) => label >= 0);
    let [both, one, two, pairs] = [0, 0, 0, 0];
    inside.forEach((a, i) => inside.slice(0, i).forEach((b) => {
      const [same, told] = [a.label === b.label, a.told === b.told];
      both += Number(same && told);
      one += Number(same);
      two += Number(told);
      pairs++;
    }));
    const chance = (one * two) / pairs;
    expect(found.adjustedRandIndex).toBeCloseTo((both - chance) / ((one + two) / 2 - chance), 10);
    const squares = (of: (row: (typeof inside)[number]) => number): number =>
      (['income', 'score'] as const).reduce((total, name) => total + [0, 1, 2].reduce((sum, segment) => {
        const values = inside.filter((row) => of(row) === segment && row.row[name] !== null).map(({ row }) => row[name]!);
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        return sum + values.reduce((a, x) => a + (x - mean) ** 2, 0);
      }, 0), 0);
    expect(found.price).toBeCloseTo(squares(({ told }) => told) / squares(({ label }) => label), 10);
  });

  it('does not depend on the order of the rows', () => {
    const { rows, labels, random } = portfolio(11, 90);
    const order = rows.map((_, row) => ({ row, by: random.uniform() })).sort((a, b) => a.by - b.by).map(({ row }) => row);
    const moved = segmentRules(order.map((row) => rows[row]!), order.map((row) => labels[row]!));
    const found = segmentRules(rows, labels);
    expect({ ...moved, price: 0 }).toEqual({ ...found, price: 0 });
    expect(moved.price).toBeCloseTo(found.price!, 10);
  });

  it('takes weight 2 for the row twice, and weight 0 for none', () => {
    const { rows, labels, random } = portfolio(5, 90);
    const weights = rows.map(() => random.integer(3));
    const repeated = weights.flatMap((weight, row) => new Array<number>(weight).fill(row));
    const weighted = segmentRules(rows, labels, { weights, scaling: 'standard' });
    const twice = segmentRules(repeated.map((row) => rows[row]!), repeated.map((row) => labels[row]!), { scaling: 'standard' });
    expect(weighted.rules.map(({ text, customers }) => [text, customers])).toEqual(twice.rules.map(({ text, customers }) => [text, customers]));
    expect(weighted.adjustedRandIndex).toBeCloseTo(twice.adjustedRandIndex, 10);
    expect(weighted.price).toBeCloseTo(twice.price!, 10);
    const column = segmentRules(rows.map((row, i) => ({ ...row, times: weights[i]! })), labels, { weights: 'times', scaling: 'standard' });
    expect(column).toEqual(weighted);
  });

  it('takes the fewest rules that place 95 %, merges neighbours of one segment, and stops at two a segment', () => {
    const easy = Array.from({ length: 60 }, (_, i) => ({ x: i }));
    expect(segmentRules(easy, easy.map(({ x }) => (x < 30 ? 0 : 1))).rules).toHaveLength(2);
    // 0 1 0 1 in stretches: 4 rules of 2 segments.
    expect(segmentRules(easy, easy.map(({ x }) => Math.floor(x / 15) % 2)).rules).toHaveLength(4);
    const random = createRandom(8);
    const noise = segmentRules(easy, easy.map(() => random.integer(2)));
    expect(noise.rules.length).toBeLessThanOrEqual(4);
    expect(noise.statement).toMatch(/^\d rules? places? only \d\d\.\d % of the customers in their segment; the segments are not cut along single columns/);
  });

  it('names the segments that no rule leads to', () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ x: i % 10 }));
    const { rules, statement } = segmentRules(rows, rows.map((_, i) => (i === 7 || i === 21 ? 1 : 0)), { leaves: 1 });
    expect(rules.map(({ segment, text, precision }) => [segment, text, precision])).toEqual([[0, 'every customer', 0.96]]);
    expect(statement).toBe('1 rule places 96.0 % of the customers in their segment; none leads to segment 1');
  });

  it('answers for one segment, one row and constant columns', () => {
    expect(segmentRules([{ x: 1 }], [0])).toMatchObject({ fidelity: 1, adjustedRandIndex: 1, price: null });
    expect(segmentRules({ x: [1, 2, 3], plan: ['a', 'b', 'c'] }, [0, 0, 0]).rules.map(({ text }) => text)).toEqual(['every customer']);
    const constant = segmentRules({ x: [1, 1, 1, 1] }, [0, 0, 1, 1]);
    expect(constant).toMatchObject({ fidelity: 0.5, adjustedRandIndex: 0, price: null });
    expect(constant.rules).toHaveLength(1);
    expect(segmentRules({ plan: ['a', 'b'] }, ['gold', 'basic']).rules.map(({ text }) => text)).toEqual(['plan is b', 'plan is a']);
    expect(segmentRules({ plan: ['a', 'b'] }, [0, 1]).price).toBeNull();
  });

  it('asks no identifiers and no dates of its own accord', () => {
    const rows = Array.from({ length: 120 }, (_, i) => ({ name: `customer ${i}`, x: i % 7, since: new Date(86_400_000 * i) }));
    const { rules } = segmentRules(rows, rows.map((_, i) => Number(i > 60)));
    expect(rules.flatMap(({ conditions }) => conditions.map(({ feature }) => feature)).every((feature) => feature === 'x')).toBe(true);
  });

  const data = { x: [1, 2, 3] };
  const cases: [string, () => unknown, string, RegExp][] = [
    ['nobody in a segment', () => segmentRules(data, [-1, -1, -1]), 'EMPTY_INPUT', /at least one row in a segment and one column to ask, found 0 and 1/],
    ['no column', () => segmentRules({ since: [new Date(0)] }, [0]), 'EMPTY_INPUT', /found 1 and 0/],
    ['labels of another length', () => segmentRules(data, [0]), 'LENGTH_MISMATCH', /3 rows, found 1/],
    ['NaN', () => segmentRules(data, [0, NaN, 1]), 'INVALID_VALUE', /label NaN at index 1/],
    ['0 leaves', () => segmentRules(data, [0, 0, 1], { leaves: 0 }), 'INVALID_OPTION', /leaves as a whole number of at least 1/],
    ['dates', () => segmentRules({ since: [new Date(0), new Date(1)] }, [0, 1], { features: ['since'] }), 'COLUMN_KIND', /kind date/],
    ['infinity', () => segmentRules({ x: [1, Infinity] }, [0, 1]), 'NON_FINITE_VALUE', /"x", row 1/],
    ['an unknown column', () => segmentRules(data, [0, 0, 1], { features: ['y'] as never }), 'UNKNOWN_COLUMN', /"y"/],
    ['an unknown option', () => segmentRules(data, [0, 0, 1], { depth: 3 } as never), 'INVALID_OPTION', /"depth"/],
  ];
  it.each(cases)('refuses %s', (_, run, code, message) => {
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { growthPotential } from '../../../src/potential/aggregate/growthPotential.js';
import type { GrowthRow } from '../../../src/potential/aggregate/growthRows.js';
import type { PotentialColumns } from '../../../src/potential/aggregate/potentialColumns.js';
import { drawPotentials } from './drawPotentials.js';
import { refusal } from './refusal.js';

const Z90 = 1.6448536269514722;
const REGIONS = ['north', 'south', null];

function drawDimensions(n: number, seed: number): { region: (string | null)[]; branch: string[]; size: number[] } {
  const random = createRandom(seed);
  const branches = Array.from({ length: n }, () => random.integer(6));
  return { branch: branches.map((b) => `b${b}`), region: branches.map((b) => REGIONS[b % 3]!), size: branches.map(() => 1 + random.integer(12)) };
}

/** Rows of a figure in a row of growth, to compare within rounding. */
const figures = (row: GrowthRow): number[] => [row.customers, row.present, row.wallet, row.potential.estimate, row.headroom.estimate, row.capture.estimate];

describe('growthPotential', () => {
  it('adds up what one can add up by hand', () => {
    const customers = { present: [60, 20, 0], potential: [100, 80, 20], wallet: [100, 80, 40], ownVariance: [9, 9, 7], sharedLoadings: [4, 4, 4], sharedCount: 1 };
    const growth = growthPotential(customers, { by: { branch: ['north', 'south', 'south'] }, ease: [0.5, 0.25, 0], margin: [1, 2, 3], step: 0.1 });
    const [north, south] = growth.by['branch']!;
    expect(growth).toMatchObject({ confidence: 0.9, step: 0.1, includesOwn: true, includesShared: true, cells: [], hierarchy: [], covariance: null });
    expect(growth.total).toMatchObject({ name: 'total', customers: 3, present: 80, wallet: 220 });
    expect(growth.total.headroom).toEqual({ estimate: 120, lower: 120 - Z90 * 13, upper: 120 + Z90 * 13, ownVariance: 25, sharedVariance: 144 });
    expect(growth.total.potential.lower).toBeCloseTo(200 - Z90 * 13, 12);
    expect(growth.total.share!.estimate).toBe(0.4);
    expect(growth.total.share!.lower).toBeCloseTo(80 / (200 + Z90 * 13), 14);
    expect(growth.total.share!.upper).toBeCloseTo(80 / (200 - Z90 * 13), 14);
    // 0.5 * 0.1 * 40 * 1 and 0.25 * 0.1 * 60 * 2.
    expect(north!.capture).toMatchObject({ estimate: 2, ownVariance: expect.closeTo(0.01 * (0.5 * 9 + 0.25 * 1600), 12), sharedVariance: expect.closeTo((0.05 * 4) ** 2, 14) });
    expect(south!.capture).toMatchObject({ estimate: 3, ownVariance: expect.closeTo(0.04 * (0.25 * 9 + 0.1875 * 3600), 12), sharedVariance: expect.closeTo((0.05 * 4) ** 2, 14) });
    expect(growth.total.capture.sharedVariance).toBeCloseTo((0.05 * 8) ** 2, 14);
  });

  it('has the interval of the notes: with what is shared it covers the truth, without it misses', () => {
    // 4,000 simulated customers whose wallets are 242,830 in truth; 245,914 estimated, sd 1,463 of their own and 3,668 of the shared parameters.
    const n = 4000;
    const fill = (value: number): Float64Array => new Float64Array(n).fill(value / n);
    const own = { present: fill(151_561), potential: fill(245_914), ownVariance: fill(1463 ** 2) };
    const covering = growthPotential({ ...own, sharedLoadings: fill(3668) }).total.potential;
    const missing = growthPotential(own);
    expect([Math.round(covering.lower), Math.round(covering.upper)]).toEqual([239_418, 252_410]);
    expect(Math.sqrt(covering.ownVariance + covering.sharedVariance)).toBeCloseTo(3949, 0);
    expect(covering.lower < 242_830 && 242_830 < covering.upper).toBe(true);
    expect(missing.total.potential.lower).toBeGreaterThan(242_830);
    expect(missing.includesShared).toBe(false);
  });

  it('covers the true total in 90 of 100 worlds with the shared part, and far less often without', () => {
    const random = createRandom(20261122);
    const n = 200;
    const worlds = 300;
    const { potential, present, ownVariance, sharedLoadings } = drawPotentials(n, 2, 5);
    let [withShared, without] = [0, 0];
    const far = { present: present.map(() => 0), potential: potential.map((value) => value + 1000), ownVariance };
    const both = growthPotential({ ...far, sharedLoadings, sharedCount: 2 }).total.potential;
    const alone = growthPotential(far).total.potential;
    for (let world = 0; world < worlds; world++) {
      const [a, b] = [random.normal(), random.normal()];
      let truth = 0;
      for (let i = 0; i < n; i++) truth += far.potential[i]! + Math.sqrt(ownVariance[i]!) * random.normal() + sharedLoadings[2 * i]! * a + sharedLoadings[2 * i + 1]! * b;
      if (both.lower <= truth && truth <= both.upper) withShared++;
      if (alone.lower <= truth && truth <= alone.upper) without++;
    }
    expect(withShared / worlds).toBeGreaterThan(0.86);
    expect(withShared / worlds).toBeLessThan(0.94);
    expect(without / worlds).toBeLessThan(0.6);
  });

  it('covers what is captured: chance, own and shared together', () => {
    const random = createRandom(7);
    const n = 300;
    const { potential, present, ownVariance, sharedLoadings } = drawPotentials(n, 1, 9);
    const ease = Float64Array.from({ length: n }, () => random.uniform());
    const { capture } = growthPotential({ present, potential, ownVariance, sharedLoadings }, { ease, step: 0.5, margin: 0.3 }).total;
    let covered = 0;
    for (let world = 0; world < 300; world++) {
      const shared = random.normal();
      let won = 0;
      for (let i = 0; i < n; i++) {
        const room = potential[i]! - present[i]! + Math.sqrt(ownVariance[i]!) * random.normal() + sharedLoadings[i]! * shared;
        if (random.uniform() < ease[i]!) won += 0.15 * room;
      }
      if (capture.lower <= won && won <= capture.upper) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.86);
    expect(covered / 300).toBeLessThan(0.94);
  });

  it('has parts that add up to the total in every dimension, cell and depth, and covariances that add up to its variance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 3 }), fc.integer(), (n, unknowns, seed) => {
        const by = drawDimensions(n, seed);
        const growth = growthPotential(drawPotentials(n, unknowns, seed), { by, cross: true, hierarchy: ['region', 'branch'], covariance: true, ease: 0.3 });
        const sums = [...Object.values(growth.by), growth.cells, growth.hierarchy.filter(({ levels }) => levels.length === 1), growth.hierarchy.filter(({ levels }) => levels.length === 2)];
        for (const rows of sums) expectClose(rows.map(figures).reduce((a, b) => a.map((value, k) => value + b[k]!)), figures(growth.total));
        const { ownVariance, sharedVariance } = growth.total.potential;
        for (const [name, covariance] of Object.entries(growth.covariance!)) {
          expectClose([covariance.reduce((sum, value) => sum + value, 0)], [ownVariance + sharedVariance]);
          expectClose(growth.by[name]!.map((row) => row.headroom.ownVariance + row.headroom.sharedVariance), growth.by[name]!.map((_, g) => covariance[g * growth.by[name]!.length + g]!));
        }
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('adds up places of the hierarchy to the place above them, each before those within it', () => {
    const by = drawDimensions(50, 3);
    const { hierarchy } = growthPotential(drawPotentials(50, 2, 3), { by, hierarchy: ['region', 'branch'] });
    expect(hierarchy.map(({ levels }) => levels)).toEqual([['north'], ['north', 'b0'], ['north', 'b3'], ['south'], ['south', 'b1'], ['south', 'b4'], [null], [null, 'b2'], [null, 'b5']]);
    for (const parent of hierarchy.filter(({ levels }) => levels.length === 1)) {
      const children = hierarchy.filter(({ levels }) => levels.length === 2 && levels[0] === parent.levels[0]);
      expectClose(children.map(figures).reduce((a, b) => a.map((value, k) => value + b[k]!)), figures(parent));
    }
    expect(hierarchy.map(({ name, levels }) => name === levels.at(-1))).not.toContain(false);
  });

  it('does not mind the order of the rows, nor how the dimensions come', () => {
    const n = 40;
    const by = drawDimensions(n, 11);
    const potentials = drawPotentials(n, 2, 11);
    const backwards = Array.from({ length: n }, (_, i) => n - 1 - i);
    const turned = growthPotential(take(potentials, backwards), { by: Object.fromEntries(Object.entries(by).map(([name, values]) => [name, backwards.map((i) => values[i])])), cross: true });
    const given = growthPotential(potentials, { by, cross: true });
    expect(turned.cells.map(({ levels }) => levels)).toEqual(given.cells.map(({ levels }) => levels));
    expectClose(turned.cells.flatMap(figures), given.cells.flatMap(figures));
    expect(growthPotential(potentials, { by: Frame.fromColumns(by), cross: true })).toEqual(given);
    expect(growthPotential(potentials, { by: by.size.map((size, i) => ({ branch: by.branch[i], region: by.region[i], size })), cross: true })).toEqual(given);
    const alone = growthPotential(potentials, { by: by.size });
    expect(alone.by['group']).toEqual(given.by['size']);
    expect(alone.by['group']!.map(({ name }) => Number(name))).toEqual([...new Set(by.size)].sort((a, b) => a - b));
    expect(Object.keys(growthPotential(potentials, { by, dimensions: ['size'] }).by)).toEqual(['size']);
    expect(given.by['region']!.map(({ name }) => name)).toEqual(['north', 'south', null]);
  });

  it('takes a row of weight 2 as the row twice, of weight 0 as none: two customers whose own parts are independent', () => {
    const n = 30;
    const potentials = drawPotentials(n, 2, 4);
    const weights = Array.from({ length: n }, (_, i) => i % 3);
    const rows = weights.flatMap((weight, i) => new Array<number>(weight).fill(i));
    const options = { ease: 0.4, margin: 0.2 };
    const weighted = growthPotential(potentials, { ...options, weights, by: weights });
    const repeated = growthPotential(take(potentials, rows), { ...options, by: rows.map((i) => weights[i]!) });
    expectSame(weighted.total, repeated.total);
    expectSame(weighted.by['group']![2]!, repeated.by['group']![1]!);
    expect(weighted.by['group']![0]).toMatchObject({ customers: 0, share: null, potential: { estimate: 0, lower: 0, upper: 0 } });
  });

  it('moves with the currency', () => {
    const potentials = drawPotentials(20, 2, 8);
    const scaled = { present: scale(potentials.present, 1e7), potential: scale(potentials.potential, 1e7), ownVariance: scale(potentials.ownVariance, 1e14), sharedLoadings: scale(potentials.sharedLoadings, 1e7), sharedCount: 2 };
    const [given, large] = [growthPotential(potentials).total, growthPotential(scaled).total];
    for (const figure of ['headroom', 'capture'] as const) {
      expectClose([large[figure].estimate, large[figure].lower, large[figure].upper], [given[figure].estimate, given[figure].lower, given[figure].upper].map((value) => value * 1e7));
    }
    expectClose([large.share!.lower, large.share!.upper], [given.share!.lower, given.share!.upper]);
  });

  it('cuts intervals where a potential would be less than the present spend, and captures at nothing unless there are losses', () => {
    const wide = { present: [10, 5], potential: [11, 5], ownVariance: [100, 0] };
    const { total } = growthPotential(wide, { ease: 0.5 });
    expect([total.potential.lower, total.headroom.lower, total.capture.lower, total.share!.upper]).toEqual([15, 0, 0, 1]);
    expect(growthPotential(wide, { margin: [-1, 1] }).total.capture.lower).toBeLessThan(0);
    const nothing = growthPotential({ present: [0], potential: [0] }, { by: [''] });
    expect(nothing.by['group']).toEqual([{ ...nothing.total, name: null }]);
    expect(nothing.total.share).toBeNull();
    expect(growthPotential({ present: [0], potential: [5] }).total.share).toEqual({ estimate: 0, lower: 0, upper: 0 });
    expect(growthPotential({ present: [3], potential: [3 - 1e-12] }).total.headroom.estimate).toBe(0);
  });

  it('leaves what it is given as it was, and takes a missing branch as one of each region', () => {
    const potentials = Object.freeze({ ...drawPotentials(4, 1, 1) });
    const copy = structuredClone(potentials);
    const { hierarchy } = growthPotential(potentials, { by: { region: ['a', 'b', 'a', 'b'], branch: ['x', null, null, 'y'] }, hierarchy: ['region', 'branch'] });
    expect(potentials).toEqual(copy);
    expect(hierarchy.map(({ levels }) => levels)).toEqual([['a'], ['a', 'x'], ['a', null], ['b'], ['b', 'y'], ['b', null]]);
  });

  it('refuses what it cannot add up, saying where and what to do', () => {
    const good = { present: [1, 2], potential: [3, 4] };
    const bad = (potentials: unknown, options?: object): readonly [string, string] => refusal(() => growthPotential(potentials as PotentialColumns, options));
    expect(bad(null)[0]).toBe('INVALID_INPUT');
    expect(bad({ present: [1] })[0]).toBe('INVALID_INPUT');
    expect(bad({ present: 1, potential: [1] })[0]).toBe('INVALID_INPUT');
    expect(bad({ present: [], potential: [] })[0]).toBe('EMPTY_INPUT');
    expect(bad({ present: [1, 2], potential: [3] })[0]).toBe('LENGTH_MISMATCH');
    expect(bad({ ...good, present: [1, NaN] })).toEqual(['NON_FINITE_VALUE', 'growthPotential needs present finite and not negative, found NaN in row 1']);
    expect(bad({ ...good, present: [1, '2'] })[0]).toBe('NON_FINITE_VALUE');
    expect(bad({ ...good, present: [-1, 2] })[0]).toBe('INVALID_VALUE');
    expect(bad({ ...good, potential: [3, Infinity] })[0]).toBe('NON_FINITE_VALUE');
    expect(bad({ ...good, potential: [3, 1] })).toEqual(['INVALID_VALUE', 'growthPotential needs a potential of at least the present spend, found 1 where 2 is spent in row 1; take the greater of the two']);
    expect(bad({ ...good, ownVariance: [1, -1] })[0]).toBe('INVALID_VALUE');
    expect(bad({ ...good, sharedLoadings: [1, 2, 3] })[0]).toBe('LENGTH_MISMATCH');
    expect(bad({ ...good, sharedLoadings: [1, 2], sharedCount: 2 })[0]).toBe('LENGTH_MISMATCH');
    expect(bad({ ...good, sharedLoadings: [1, NaN] })[0]).toBe('NON_FINITE_VALUE');
    expect(bad(good, { by: { branch: ['a'] } })[0]).toBe('LENGTH_MISMATCH');
    expect(bad(good, { by: ['a'] })[0]).toBe('LENGTH_MISMATCH');
    expect(bad(good, { by: 'branch' })[0]).toBe('INVALID_INPUT');
    expect(bad(good, { by: ['a', 'b'], dimensions: ['branch'] })[0]).toBe('UNKNOWN_COLUMN');
    expect(bad(good, { by: ['a', 'b'], dimensions: 'group' })[0]).toBe('INVALID_OPTION');
    expect(bad(good, { hierarchy: ['region'] })).toEqual(['UNKNOWN_COLUMN', 'growthPotential needs hierarchy to name dimensions of by, found "region"; there are none']);
    expect(bad(good, { by: ['a', 'b'], hierarchy: ['group', 'group'] })[0]).toBe('INVALID_OPTION');
    expect(bad(good, { by: { region: ['a', 'b'], branch: ['x', 'x'] }, hierarchy: ['region', 'branch'] })).toEqual([
      'INVALID_VALUE', 'growthPotential needs every branch within one region, found "x" in "a" and, in row 1, in "b"; name the two apart, or use cross',
    ]);
    expect(bad(good, { by: { region: [null, 'b'], branch: ['x', 'x'] }, hierarchy: ['region', 'branch'] })[1]).toContain('found "x" in missing and, in row 1, in "b"');
    const measured = { present: new Float64Array(10_001), potential: new Float64Array(10_001) };
    expect(bad(measured, { by: { size: measured.present.map((_, i) => i) } })[0]).toBe('COLUMN_KIND');
    expect(bad(good, { ease: 1.5 })).toEqual(['INVALID_VALUE', 'growthPotential needs ease between 0 and 1, found 1.5 in row 0']);
    expect(bad(good, { ease: [0.5] })[0]).toBe('LENGTH_MISMATCH');
    expect(bad(good, { ease: 'high' })[0]).toBe('INVALID_INPUT');
    expect(bad(good, { step: 2 })[0]).toBe('INVALID_OPTION');
    expect(bad(good, { margin: NaN })[0]).toBe('INVALID_OPTION');
    expect(bad(good, { margin: [1, NaN] })[0]).toBe('NON_FINITE_VALUE');
    expect(bad(good, { weights: [0, 0] })[0]).toBe('EMPTY_INPUT');
    expect(bad(good, { weights: [1, -1] })[0]).toBe('INVALID_VALUE');
    expect(bad(good, { confidence: 90 })[0]).toBe('INVALID_OPTION');
    expect(bad(good, { segment: ['a', 'b'] })[0]).toBe('INVALID_OPTION');
  });
});

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(expected[i]!))));
}

function expectSame(a: GrowthRow, b: GrowthRow): void {
  expectClose(figures(a), figures(b));
  for (const figure of ['headroom', 'capture'] as const) {
    expectClose([a[figure].lower, a[figure].upper, a[figure].ownVariance, a[figure].sharedVariance], [b[figure].lower, b[figure].upper, b[figure].ownVariance, b[figure].sharedVariance]);
  }
}

function scale(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => value * factor);
}

function take({ present, potential, ownVariance, sharedLoadings, sharedCount }: ReturnType<typeof drawPotentials>, rows: readonly number[]): PotentialColumns {
  return {
    present: rows.map((i) => present[i]!),
    potential: rows.map((i) => potential[i]!),
    ownVariance: rows.map((i) => ownVariance[i]!),
    sharedLoadings: rows.flatMap((i) => [...sharedLoadings.subarray(i * sharedCount, (i + 1) * sharedCount)]),
    sharedCount,
  };
}

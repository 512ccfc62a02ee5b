import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { completePotentials } from '../../../src/potential/aggregate/completePotentials.js';
import { growthPotential } from '../../../src/potential/aggregate/growthPotential.js';
import type { PotentialColumns } from '../../../src/potential/aggregate/potentialColumns.js';
import { rakePotential, type RakePotentialOptions } from '../../../src/potential/aggregate/rakePotential.js';
import { drawPotentials } from './drawPotentials.js';
import { refusal } from './refusal.js';

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const sumWhere = (values: ArrayLike<number>, codes: readonly unknown[], code: unknown): number => sum(Array.from(values).filter((_, i) => codes[i] === code));

/** Customers of 2 regions and 3 branches, and market sizes that some change of their headrooms meets. */
function drawMarket(n: number, seed: number): { potentials: ReturnType<typeof drawPotentials>; by: { region: string[]; branch: string[] }; totals: Record<string, Record<string, number>> } {
  const random = createRandom(seed);
  const potentials = drawPotentials(n, 2, seed);
  const by = { region: Array.from({ length: n }, (_, i) => `r${i % 2}`), branch: Array.from({ length: n }, (_, i) => `b${i % 3}`) };
  const truth = potentials.potential.map((value, i) => potentials.present[i]! + (value - potentials.present[i]!) * (0.2 + 3 * random.uniform()));
  const sizes = (codes: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(codes)].map((code) => [code, sumWhere(truth, codes, code)]));
  return { potentials, by, totals: { region: sizes(by.region), branch: sizes(by.branch) } };
}

describe('rakePotential', () => {
  it('scales wallets up and headrooms down, as one can work out by hand', () => {
    const customers = { customers: ['ann', 'bob', 'cleo'], present: [60, 20, 30], potential: [100, 80, 70], ownVariance: [4, 9, 16], potentialLower: [90, 70, 60], potentialUpper: [120, 90, 80] };
    const raked = rakePotential(customers, { by: ['north', 'north', 'south'], totals: { group: { north: 360, south: 50 } } });
    expect(raked.potentials).toMatchObject({ customers: ['ann', 'bob', 'cleo'], confidence: 0.9, sharedCount: 0 });
    expect(raked.potentials.potential).toEqual(Float64Array.of(200, 160, 50));
    expect(raked.potentials.wallet).toEqual(Float64Array.of(200, 160, 50));
    expect(raked.potentials.headroom).toEqual(Float64Array.of(140, 140, 20));
    expect(raked.potentials.potentialLower).toEqual(Float64Array.of(180, 140, 45));
    expect(raked.potentials.potentialUpper).toEqual(Float64Array.of(240, 180, 55));
    expect(raked.potentials.ownVariance).toEqual(Float64Array.of(16, 36, 4));
    expect([...raked.potentials.share].map((share) => Number(share.toFixed(12)))).toEqual([0.3, 0.125, 0.6]);
    expect(raked.potentials.shareLower[2]).toBeCloseTo(30 / 55, 14);
    expect(raked.potentials.shareUpper[2]).toBeCloseTo(30 / 45, 14);
    expect(raked.factors).toEqual(Float64Array.of(2, 2, 0.5));
    expect(raked.levels).toEqual([
      { dimension: 'group', level: 'north', customers: 2, present: 80, before: 180, after: 360, size: 360, factor: 2 },
      { dimension: 'group', level: 'south', customers: 1, present: 30, before: 70, after: 50, size: 50, factor: 0.5 },
    ]);
    expect(raked.convergence).toMatchObject({ converged: true, reason: 'market sizes met' });
    expect([...rakePotential(customers, { total: 390, adjust: 'headroom' }).potentials.potential].map((value) => Number(value.toFixed(9)))).toEqual([140, 140, 110]);
  });

  it('meets all sizes of several dimensions, nobody below the present spend, and is done when done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 40 }), fc.integer(), fc.constantFrom<'wallet' | 'headroom'>('wallet', 'headroom'), (n, seed, adjust) => {
        const { potentials, by, totals } = drawMarket(n, seed);
        const { potentials: raked, levels, convergence, factors } = rakePotential(potentials, { by, totals, adjust });
        expect(convergence.converged).toBe(true);
        for (const { dimension, level, size, after } of levels) {
          expect(Math.abs(after / size - 1)).toBeLessThan(1e-8);
          expect(Math.abs(sumWhere(raked.potential, by[dimension as 'region'], level) / size - 1)).toBeLessThan(1e-8);
        }
        expect(raked.potential.every((value, i) => value >= potentials.present[i]! && raked.headroom[i]! >= 0 && raked.potentialLower[i]! >= potentials.present[i]!)).toBe(true);
        expect(raked.share.every((share, i) => share >= 0 && share <= 1 && raked.shareLower[i]! <= raked.shareUpper[i]!)).toBe(true);
        const again = rakePotential(raked, { by, totals, adjust, tolerance: 1e-7 });
        expect(again.convergence.iterations).toBe(0);
        expect(again.factors).toEqual(factors.map(() => 1));
      }),
      { seed: 20261122, numRuns: 15 },
    );
  });

  it('is the classical raking where everybody can grow: odds ratios of the table stay', () => {
    const by = { a: ['x', 'x', 'y', 'y'], b: ['u', 'v', 'u', 'v'] };
    const { potentials, convergence } = rakePotential({ present: [0, 0, 0, 0], potential: [40, 30, 35, 50] }, { by, totals: { a: { x: 150, y: 300 }, b: { u: 200, v: 250 } } });
    const [xu, xv, yu, yv] = [...potentials.potential] as [number, number, number, number];
    expect((xu * yv) / (xv * yu)).toBeCloseTo((40 * 50) / (30 * 35), 8);
    expect([xu + xv, yu + yv, xu + yu, xv + yv].map((value) => Number(value.toFixed(6)))).toEqual([150, 300, 200, 250]);
    expect(convergence.iterations).toBeLessThan(20);
  });

  it('has the derivatives of the raked potentials as loadings, which leave known sums alone', () => {
    const { potentials, by, totals } = drawMarket(18, 5);
    const options: RakePotentialOptions = { by, totals, tolerance: 1e-12, maxIterations: 5000 };
    const { potentials: raked } = rakePotential(potentials, options);
    const step = 1e-5;
    for (let k = 0; k < 2; k++) {
      const moved = (by: number): Float64Array => potentials.potential.map((value, i) => value + by * potentials.sharedLoadings[2 * i + k]!);
      const [up, down] = [step, -step].map((h) => rakePotential({ present: potentials.present, potential: moved(h) }, options).potentials.potential);
      for (let i = 0; i < 18; i++) expect(raked.sharedLoadings[2 * i + k]).toBeCloseTo((up![i]! - down![i]!) / (2 * step), 4);
    }
    const growth = growthPotential(raked, { by, covariance: true });
    const before = growthPotential(potentials).total.potential;
    for (const { potential } of [growth.total, ...Object.values(growth.by).flat()]) expect(potential.sharedVariance).toBeLessThan(1e-12 * before.sharedVariance);
    expect(growth.total.potential.ownVariance).toBeGreaterThan(0);
    // Between the customers of a level it stays.
    expect(growthPotential(raked, { by: Array.from({ length: 18 }, (_, i) => i) }).by['group']![0]!.potential.sharedVariance).toBeGreaterThan(0);
  });

  it('takes weights as customers each row stands for', () => {
    const { potentials, by, totals } = drawMarket(20, 8);
    const weights = Array.from({ length: 20 }, (_, i) => 1 + (i % 3));
    const rows = weights.flatMap((weight, i) => new Array<number>(weight).fill(i));
    const double = (of: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(of).map(([level, size]) => [level, 4 * size]));
    const weighted = rakePotential(potentials, { by: { region: by.region }, totals: { region: double(totals['region']!) }, weights });
    const repeated = rakePotential(
      { present: rows.map((i) => potentials.present[i]!), potential: rows.map((i) => potentials.potential[i]!), sharedLoadings: rows.flatMap((i) => [...potentials.sharedLoadings.subarray(2 * i, 2 * i + 2)]) },
      { by: { region: rows.map((i) => by.region[i]) }, totals: { region: double(totals['region']!) } },
    );
    rows.forEach((i, at) => {
      expect(repeated.potentials.potential[at]).toBeCloseTo(weighted.potentials.potential[i]!, 8);
      expect(repeated.potentials.sharedLoadings[2 * at + 1]).toBeCloseTo(weighted.potentials.sharedLoadings[2 * i + 1]!, 8);
    });
    expect(weighted.levels.map(({ customers }) => customers)).toEqual(repeated.levels.map(({ customers }) => customers));
  });

  it('moves with the currency, and does not mind the order of the rows', () => {
    const { potentials, by, totals } = drawMarket(15, 2);
    const given = rakePotential(potentials, { by, totals });
    const order = Array.from({ length: 15 }, (_, i) => 14 - i);
    const large = (of: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(of).map(([level, size]) => [level, 1e7 * size]));
    const turned = rakePotential(
      { present: order.map((i) => 1e7 * potentials.present[i]!), potential: order.map((i) => 1e7 * potentials.potential[i]!) },
      { by: { region: order.map((i) => by.region[i]), branch: order.map((i) => by.branch[i]) }, totals: { region: large(totals['region']!), branch: large(totals['branch']!) } },
    );
    order.forEach((i, at) => expect(turned.factors[at]).toBeCloseTo(given.factors[i]!, 8));
  });

  it('leaves free what nobody knows, and those without a level', () => {
    const raked = rakePotential({ present: [1, 1, 1], potential: [2, 2, 2] }, { by: { region: ['a', 'b', null] }, totals: { region: { a: 6 } } });
    expect(raked.potentials.potential).toEqual(Float64Array.of(6, 2, 2));
    expect(raked.factors).toEqual(Float64Array.of(3, 1, 1));
    const both = rakePotential({ present: [1, 1, 1], potential: [2, 2, 2] }, { by: { region: ['a', 'b', null] }, totals: { region: { a: 6 } }, total: 16 });
    expect([...both.potentials.potential].map((value) => Number(value.toFixed(6)))).toEqual([6, 5, 5]);
    expect(both.levels.map(({ dimension, level }) => [dimension, level])).toEqual([['region', 'a'], ['total', 'total']]);
  });

  it('brings a market of just the present spend to no headroom, and one of full customers up by their wallets', () => {
    const none = rakePotential({ present: [3, 0], potential: [5, 4] }, { total: 3 });
    expect([...none.potentials.potential].map((value) => Number(value.toFixed(12)))).toEqual([3, 0]);
    expect([...none.potentials.share].map((share) => Number(share.toFixed(12)))).toEqual([1, 0]);
    const full = rakePotential({ present: [3, 6], potential: [3, 6] }, { total: 27 });
    expect([...full.potentials.potential].map((value) => Number(value.toFixed(9)))).toEqual([9, 18]);
    // Prospects with a participation of a half: wallets grow, participation stays.
    const prospects = rakePotential({ present: [0, 0], potential: [5, 5], wallet: [10, 10], participation: [0.5, 0.5] }, { total: 20 });
    expect(prospects.potentials).toMatchObject({ wallet: Float64Array.of(20, 20), participation: Float64Array.of(0.5, 0.5), potential: Float64Array.of(10, 10) });
  });

  it('lets a wallet without headroom grow in one dimension where another shrinks', () => {
    const by = { region: ['a', 'a', 'b', null], branch: ['x', 'y', 'y', 'y'] };
    const { potentials, convergence } = rakePotential({ present: [5, 0, 0, 3], potential: [5, 10, 10, 3], sharedLoadings: [1, 2, 3, 0] }, { by, totals: { region: { a: 12, b: 10 }, branch: { x: 7 } } });
    expect([...potentials.potential].map((value) => Number(value.toFixed(6)))).toEqual([7, 5, 10, 3]);
    expect([...potentials.sharedLoadings].map((value) => Math.round(1e6 * value))).toEqual([0, 0, 0, 0]);
    expect(convergence.converged).toBe(true);
  });

  it('says when sizes cannot be met together', () => {
    // Cells off the diagonal are empty: the diagonal would have to be 10 and 20 at once.
    const { convergence, levels } = rakePotential({ present: [1, 1], potential: [5, 5] }, { by: { a: ['x', 'y'], b: ['u', 'v'] }, totals: { a: { x: 10, y: 20 }, b: { u: 20, v: 10 } }, maxIterations: 30 });
    expect(convergence).toMatchObject({ converged: false, iterations: 30, reason: 'iteration limit' });
    expect(convergence.gradientNorm).toBeCloseTo(Math.max(...levels.map(({ after, size }) => Math.abs(after - size) / Math.max(after, size))), 12);
  });

  it('refuses markets that cannot be, with the figures', () => {
    const customers = { present: [60, 20], potential: [100, 80] };
    const by = { region: ['north', 'south'] };
    const bad = (options: unknown, potentials: PotentialColumns = customers): readonly [string, string] => refusal(() => rakePotential(potentials, options as RakePotentialOptions));
    expect(bad({ by, totals: { region: { north: 50 } } })).toEqual([
      'INVALID_VALUE',
      'rakePotential needs a market of at least what is spent here, found 50 where the customers of region "north" spend 60 now; give both for the same period, products and customers, or leave the size out',
    ]);
    expect(bad({ total: 79 })[1]).toContain('found 79 where all customers spend 80 now');
    expect(bad({ total: 90, adjust: 'headroom' }, { present: [60, 20], potential: [60, 20] })).toEqual(['INVALID_VALUE', "rakePotential cannot scale all customers from 80 to 90, as there is nothing to scale; with adjust: 'wallet' wallets grow"]);
    expect(bad({ total: 90 }, { present: [0, 0], potential: [0, 0] })[0]).toBe('INVALID_VALUE');
    expect(bad({ by, totals: { region: { west: 50 } } })[1]).toBe('rakePotential found no customer whose region is "west", whose market is given as 50; leave it out, or name it as in by');
    expect(bad({ by, totals: { branch: { a: 50 } } })[0]).toBe('UNKNOWN_COLUMN');
    expect(bad({ by, totals: { region: { north: 100, south: 100 } }, total: 250 })).toEqual(['INVALID_OPTION', 'rakePotential needs market sizes that agree, found 200 in all of region and 250 in all of total; scale one to the other, or leave one out']);
    expect(bad({})[0]).toBe('INVALID_OPTION');
    expect(bad(undefined)[0]).toBe('INVALID_OPTION');
    expect(bad({ totals: 5 })[0]).toBe('INVALID_OPTION');
    expect(bad({ by, totals: { region: 5 } })[0]).toBe('INVALID_OPTION');
    expect(bad({ total: NaN })[0]).toBe('INVALID_OPTION');
    expect(bad({ total: -1 })[0]).toBe('INVALID_OPTION');
    expect(bad({ by, totals: { region: { north: '100' } } })[0]).toBe('INVALID_OPTION');
    expect(bad({ total: 200, adjust: 'share' })[0]).toBe('INVALID_OPTION');
    expect(bad({ total: 200, tolerance: 0 })[0]).toBe('INVALID_OPTION');
    expect(bad({ total: 200, maxIterations: 0 })[0]).toBe('INVALID_OPTION');
    expect(bad({ total: 200, weights: [1] })[0]).toBe('LENGTH_MISMATCH');
    expect(bad({ total: 200, market: 1 })[0]).toBe('INVALID_OPTION');
  });
});

describe('completePotentials', () => {
  it('keeps what is given and derives the rest', () => {
    const given = { present: [50, 0, 0], potential: [100, 20, 0], participation: [1, 0.4, 0], ownVariance: [64, 1, 0], sharedLoadings: [6, 0, 0], confidence: 0.9 };
    const complete = completePotentials(given);
    expect(complete.wallet).toEqual(Float64Array.of(100, 50, 0));
    expect(complete.headroom).toEqual(Float64Array.of(50, 20, 0));
    expect(complete.share).toEqual(Float64Array.of(0.5, 0, 0));
    expect(complete.potentialUpper[0]).toBeCloseTo(100 + 16.448536269514722, 12);
    expect(complete.potentialLower[1]).toBeCloseTo(20 - 1.6448536269514722, 12);
    expect(complete.shareUpper[0]).toBeCloseTo(50 / (100 - 16.448536269514722), 12);
    expect(complete).toMatchObject({ customers: null, sharedCount: 1, confidence: 0.9 });
    expect(completePotentials(complete)).toEqual(complete);
    expect(completePotentials(complete).present).not.toBe(complete.present);
    const rows = completePotentials({ present: [1], potential: [9], share: [0.2], potentialLower: [2], wallet: [9] });
    expect([rows.share[0], rows.shareUpper[0], rows.shareLower[0], rows.ownVariance[0], rows.sharedLoadings.length]).toEqual([0.2, 0.5, 1 / 9, 0, 0]);
    expect(completePotentials({ present: [5], potential: [6], ownVariance: [100] })).toMatchObject({ potentialLower: Float64Array.of(5), shareUpper: Float64Array.of(1) });
  });

  it('refuses columns that cannot be', () => {
    const bad = (columns: object): string => refusal(() => completePotentials({ present: [1], potential: [2], ...columns }))[0];
    expect(bad({ share: [1.2] })).toBe('INVALID_VALUE');
    expect(bad({ participation: [1, 1] })).toBe('LENGTH_MISMATCH');
    expect(bad({ potentialUpper: [NaN] })).toBe('NON_FINITE_VALUE');
    expect(bad({ confidence: 2 })).toBe('INVALID_OPTION');
  });
});

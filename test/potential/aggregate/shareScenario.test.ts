import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PotentialColumns } from '../../../src/potential/aggregate/potentialColumns.js';
import { shareScenario, type ShareScenarioOptions } from '../../../src/potential/aggregate/shareScenario.js';
import { drawPotentials } from './drawPotentials.js';
import { refusal } from './refusal.js';

const Z90 = 1.6448536269514722;
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('shareScenario', () => {
  it('brings everybody to the share where the best quarter begins, as one can work out by hand', () => {
    const customers = { present: [10, 40, 60, 80, 0], potential: [100, 100, 100, 100, 50], ownVariance: [4, 4, 4, 4, 4] };
    const by = { branch: ['north', 'north', 'south', 'south', 'south'] };
    const { total, amounts, shares, benchmarks, by: rows, tornado, gaps, confidence } = shareScenario(customers, { by, minPeers: 1 });
    expect(amounts).toEqual(Float64Array.of(50, 20, 0, 0, 0));
    expect(shares).toEqual(Float64Array.of(0.6, 0.6, 0.6, 0.8, 0));
    expect(benchmarks).toEqual([{ name: 'total', customers: 4, share: 0.6, own: true }]);
    expect(total).toMatchObject({ name: 'total', customers: 5, lifted: 2, present: 190, potential: 450, share: 190 / 450, shareThen: 260 / 450 });
    const half = Z90 * Math.sqrt(2 * 0.36 * 4);
    expect(total.amount).toEqual({ estimate: 70, lower: expect.closeTo(70 - half, 10), upper: expect.closeTo(70 + half, 10), ownVariance: expect.closeTo(2.88, 12), sharedVariance: 0 });
    expect(rows['branch']!.map(({ name, lifted, amount }) => [name, lifted, amount.estimate])).toEqual([['north', 2, 70], ['south', 0, 0]]);
    expect(tornado).toEqual([{ dimension: 'branch', name: 'north', amount: 70, share: 1 }, { dimension: 'branch', name: 'south', amount: 0, share: 0 }]);
    // North has 50 of 200, south 140 of 250.
    expect(gaps).toEqual([{ dimension: 'branch', share: 0.56, groups: 1, amount: expect.closeTo(62, 10) }]);
    expect(confidence).toBe(0.9);
  });

  it('leaves those who spend nothing as they are, unless they are to be lifted', () => {
    const customers = { present: [50, 0], potential: [100, 40] };
    expect(shareScenario(customers, { to: 0.5 }).amounts).toEqual(Float64Array.of(0, 0));
    expect(shareScenario(customers, { to: 0.5, zeros: 'lift' }).amounts).toEqual(Float64Array.of(0, 20));
    const nobody = shareScenario({ present: [0, 0], potential: [9, 0] }, { by: ['a', 'b'] });
    expect(nobody).toMatchObject({ benchmarks: [{ name: 'total', customers: 0, share: 0, own: true }], tornado: [{ share: 0 }, { share: 0 }] });
    expect(nobody.by['group']!.map(({ share, shareThen }) => [share, shareThen])).toEqual([[0, 0], [null, null]]);
  });

  it('compares with peers of the same value, and with all where these are too few', () => {
    const customers = { present: [10, 20, 60, 80, 30], potential: [100, 100, 100, 100, 100] };
    const size = ['small', 'small', 'large', 'large', 'giant'];
    const found = shareScenario(customers, { peers: size, minPeers: 2, to: { quantile: 1 } });
    expect(found.benchmarks).toEqual([{ name: 'giant', customers: 1, share: 0.8, own: false }, { name: 'large', customers: 2, share: 0.8, own: true }, { name: 'small', customers: 2, share: 0.2, own: true }]);
    expect(found.amounts).toEqual(Float64Array.of(10, 0, 20, 0, 50));
    expect(shareScenario(customers, { by: { size }, peers: 'size', minPeers: 2, to: { quantile: 1 } }).amounts).toEqual(found.amounts);
    expect(shareScenario(customers, { peers: size, minPeers: 1, to: { quantile: 0 } }).benchmarks.map(({ share }) => share)).toEqual([0.3, 0.6, 0.1]);
    expect(shareScenario(customers, { to: 0.25 }).benchmarks).toEqual([{ name: 'total', customers: 5, share: 0.25, own: false }]);
  });

  it('stays the same where all potentials are wrong by the same factor', () => {
    const { present, potential } = drawPotentials(200, 0, 6);
    // One shared unknown moves every potential by a tenth of itself.
    const { total } = shareScenario({ present, potential, sharedLoadings: potential.map((value) => 0.1 * value) });
    expect(total.amount.sharedVariance).toBeLessThan(1e-20 * total.amount.estimate ** 2);
    const given = shareScenario({ present, potential, sharedLoadings: potential.map((value) => 0.1 * value) }, { to: 0.5 });
    expect(given.total.amount.sharedVariance).toBeGreaterThan(0.01 * given.total.amount.estimate ** 2);
  });

  it('never lowers anybody, adds up in every dimension, and brings more for a greater share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (n, seed, quantile) => {
        const potentials = drawPotentials(n, 2, seed);
        const by = { odd: Array.from({ length: n }, (_, i) => i % 2), band: Array.from({ length: n }, (_, i) => (i % 5 === 0 ? null : i % 5)) };
        const found = shareScenario(potentials, { by, peers: 'odd', minPeers: 3, to: { quantile } });
        expect(found.amounts.every((amount, i) => amount >= 0 && potentials.present[i]! + amount <= potentials.potential[i]! * (1 + 1e-12))).toBe(true);
        expect(found.shares.every((share, i) => share >= potentials.present[i]! / potentials.potential[i]! - 1e-12 && share <= 1)).toBe(true);
        expect(found.total.amount.estimate).toBeCloseTo(sum(found.amounts), 8);
        for (const rows of Object.values(found.by)) expect(sum(rows.map(({ amount }) => amount.estimate))).toBeCloseTo(found.total.amount.estimate, 8);
        expect(found.tornado.map(({ amount }) => amount)).toEqual([...found.tornado.map(({ amount }) => amount)].sort((a, b) => b - a));
        const more = shareScenario(potentials, { peers: by.odd, minPeers: 3, to: { quantile: Math.min(1, quantile + 0.1) } });
        expect(more.total.amount.estimate).toBeGreaterThanOrEqual(found.total.amount.estimate - 1e-9);
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('takes a row of weight 2 as the row twice, and does not mind the order', () => {
    const potentials = drawPotentials(30, 2, 9);
    const weights = Array.from({ length: 30 }, (_, i) => i % 3);
    const rows = weights.flatMap((weight, i) => new Array<number>(weight).fill(i)).reverse();
    const weighted = shareScenario(potentials, { weights, minPeers: 5 });
    const repeated = shareScenario(
      {
        present: rows.map((i) => potentials.present[i]!),
        potential: rows.map((i) => potentials.potential[i]!),
        ownVariance: rows.map((i) => potentials.ownVariance[i]!),
        sharedLoadings: rows.flatMap((i) => [...potentials.sharedLoadings.subarray(2 * i, 2 * i + 2)]),
      },
      { minPeers: 5 },
    );
    expect(repeated.benchmarks).toEqual(weighted.benchmarks);
    for (const key of ['estimate', 'ownVariance', 'sharedVariance'] as const) expect(repeated.total.amount[key]).toBeCloseTo(weighted.total.amount[key], 8);
    expect([repeated.total.customers, repeated.total.lifted]).toEqual([weighted.total.customers, weighted.total.lifted]);
  });

  it('refuses a share that is none, and peers that are not there', () => {
    const bad = (options: unknown, potentials: PotentialColumns = { present: [1, 2], potential: [3, 4] }): string => refusal(() => shareScenario(potentials, options as ShareScenarioOptions))[0];
    expect(bad({ to: 1.5 })).toBe('INVALID_OPTION');
    expect(bad({ to: { quantile: 75 } })).toBe('INVALID_OPTION');
    expect(bad({ to: 'best' })).toBe('INVALID_OPTION');
    expect(bad({ peers: 'size' })).toBe('UNKNOWN_COLUMN');
    expect(bad({ peers: ['a'] })).toBe('LENGTH_MISMATCH');
    expect(bad({ minPeers: 0 })).toBe('INVALID_OPTION');
    expect(bad({ zeros: 'drop' })).toBe('INVALID_OPTION');
    expect(bad({ by: ['a'] })).toBe('LENGTH_MISMATCH');
    expect(bad({ quantile: 0.75 })).toBe('INVALID_OPTION');
    expect(bad({}, { present: [2], potential: [1] })).toBe('INVALID_VALUE');
    expect(bad({}, { present: [], potential: [] })).toBe('EMPTY_INPUT');
  });
});

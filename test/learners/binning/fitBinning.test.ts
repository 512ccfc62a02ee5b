import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinnedCategory, BinnedNumber } from '../../../src/learners/binning/binningState.js';
import type { BinningOptions } from '../../../src/learners/binning/binningOptions.js';
import { fitBinning } from '../../../src/learners/binning/fitBinning.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  readonly age: number | null;
  readonly city: string | null;
  readonly active: boolean;
  readonly month: string;
  readonly bought: number;
}

/** Age raises the rate up to 50 and lowers it from there; rates differ by city. */
function shoppers(count: number, seed = 4): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const age = 20 + random.integer(60);
    const city = ['Ghent', 'Mechelen', 'Aalst', 'Bruges', 'Ostend'][random.integer(5)]!;
    const active = random.uniform() < 0.5;
    const probability = 0.1 + 0.5 * (1 - Math.abs(age - 50) / 30) + (city === 'Aalst' || city === 'Ostend' ? 0.2 : 0) + (active ? 0.1 : 0);
    const bought = Number(random.uniform() < probability);
    return { age: i % 17 === 0 ? null : age, city: i % 29 === 0 ? null : city, active, month: `2026-0${1 + (i % 3)}`, bought };
  });
}

const rows = shoppers(900);
const options: BinningOptions<keyof Row> = { target: 'bought', features: ['age', 'city', 'active'] };
const numberOf = (feature: ReturnType<ReturnType<typeof fitBinning>['feature']>): BinnedNumber => feature as BinnedNumber;

describe('fitBinning', () => {
  it('counts bins that are given as anybody would by hand', () => {
    const few = [
      ...Array.from({ length: 10 }, (_, i) => ({ age: 20 + i, left: i < 6 })),
      ...Array.from({ length: 10 }, (_, i) => ({ age: 30 + i, left: i < 2 })),
      ...Array.from({ length: 4 }, () => ({ age: null, left: false })),
      { age: -1, left: true },
    ];
    const binning = fitBinning(few, { target: 'left', splits: { age: [30, 50] }, special: { age: [-1] } });
    const [events, others] = [9, 16];
    expect(binning.table('age')).toEqual([
      { label: '< 30', rows: 10, events: 6, share: 0.4, eventRate: 0.6, woe: Math.log(6 / events / (4 / others)), iv: expect.any(Number) as number, js: expect.any(Number) as number },
      { label: '[30, 50)', rows: 10, events: 2, share: 0.4, eventRate: 0.2, woe: Math.log(2 / events / (8 / others)), iv: expect.any(Number) as number, js: expect.any(Number) as number },
      // Nobody: as everybody.
      { label: '>= 50', rows: 0, events: 0, share: 0, eventRate: 0.36, woe: 0, iv: 0, js: 0 },
      { label: 'special: -1', rows: 1, events: 1, share: 0.04, eventRate: 1, woe: Math.log(1.5 / events / (0.5 / others)), iv: expect.any(Number) as number, js: expect.any(Number) as number },
      { label: 'missing', rows: 4, events: 0, share: 0.16, eventRate: 0, woe: Math.log(0.5 / events / (4.5 / others)), iv: expect.any(Number) as number, js: expect.any(Number) as number },
    ]);
    const table = binning.table('age');
    expect(table[0]!.iv).toBeCloseTo((6 / events - 4 / others) * table[0]!.woe, 15);
    expect(binning.feature('age').iv).toBeCloseTo(table.reduce((sum, { iv }) => sum + iv, 0), 14);
    expect(binning.feature('age')).toMatchObject({ trend: 'given', candidates: [] });
  });

  it('keeps the best binning of every trend, and never the worse of rising and falling', () => {
    const feature = fitBinning(rows, options).feature('age');
    expect(feature.trend).toBe('peak');
    expect(feature.candidates.map(({ trend }) => trend).sort()).toEqual(['ascending', 'descending', 'peak', 'valley']);
    for (const { trend, iv, bins, splits } of feature.candidates) {
      const alone = numberOf(fitBinning(rows, { ...options, trend }).feature('age'));
      expect([alone.trend, alone.iv, alone.bins.length, alone.splits]).toEqual([trend, iv, bins, splits]);
      expect(iv).toBeLessThanOrEqual(feature.iv);
    }
    const rates = feature.bins.map(({ eventRate }) => eventRate);
    const top = rates.indexOf(Math.max(...rates));
    rates.slice(1).forEach((rate, i) => expect(rate > rates[i]!).toBe(i < top));
  });

  it('takes a peak or a valley only where it tells a tenth more than rising or falling', () => {
    const flat = Array.from({ length: 400 }, (_, i) => ({ x: i % 4, y: Number(i % 100 < [20, 40, 60, 58][i % 4]!) }));
    const feature = fitBinning(flat, { target: 'y' }).feature('x');
    const peak = feature.candidates.find(({ trend }) => trend === 'peak')!;
    expect(feature.trend).toBe('ascending');
    expect(peak.iv).toBeGreaterThan(feature.iv);
    expect(peak.iv * 0.9).toBeLessThan(feature.iv);
  });

  it('keeps to a trend given by feature', () => {
    const feature = fitBinning(rows, { ...options, trend: { age: 'valley' } }).feature('age');
    expect(feature.trend).toBe('valley');
    expect(fitBinning(rows, { ...options, trend: {} }).feature('age').trend).toBe('peak');
  });

  it('keeps to numbers of bins, shares, differences and tests', () => {
    const rates = (more: Partial<BinningOptions<keyof Row>>): number[] => fitBinning(rows, { ...options, trend: 'none', ...more }).feature('age').bins.map(({ eventRate }) => eventRate);
    const steps = (more: Partial<BinningOptions<keyof Row>>): number[] => {
      const found = rates(more);
      return found.slice(1).map((rate, i) => Math.abs(rate - found[i]!));
    };
    expect(rates({ maxBins: 3 }).length).toBe(3);
    expect(rates({ minBins: 4, maxBins: 4 }).length).toBe(4);
    expect(Math.min(...steps({}))).toBeLessThan(0.1);
    expect(Math.min(...steps({ minRateDifference: 0.1 }))).toBeGreaterThanOrEqual(0.1);
    expect(rates({ maxPValue: 0.01 }).length).toBeLessThan(rates({}).length);
    const shares = (more: Partial<BinningOptions<keyof Row>>): number[] => fitBinning(rows, { ...options, ...more }).feature('age').bins.map(({ share }) => share);
    expect(Math.min(...shares({ minBinShare: 0.15 }))).toBeGreaterThanOrEqual(0.15);
    expect(Math.max(...shares({ maxBinShare: 0.2 }))).toBeLessThanOrEqual(0.2);
    expect(Math.min(...shares({ minBinShare: 0.01, maxPreBins: 30 }))).toBeGreaterThanOrEqual(0.01);
    expect(shares({ maxPValue: 0 }).length).toBe(1);
  });

  it('cuts by quantiles when asked, or only where allowed', () => {
    const byTree = numberOf(fitBinning(rows, options).feature('age'));
    const byQuantiles = numberOf(fitBinning(rows, { ...options, preBins: 'quantiles', maxPreBins: 4 }).feature('age'));
    expect(byQuantiles.splits).not.toEqual(byTree.splits);
    expect(byQuantiles.splits.length).toBeLessThanOrEqual(3);
    const allowed = numberOf(fitBinning(rows, { ...options, allowedSplits: { age: [30, 40, 50, 60, 70] } }).feature('age'));
    expect([30, 40, 50, 60, 70]).toEqual(expect.arrayContaining([...allowed.splits]));
    expect(allowed.splits.length).toBeGreaterThan(1);
  });

  it('gives a part of one class to its neighbour, so that evidence is finite', () => {
    const pure = Array.from({ length: 200 }, (_, i) => ({ x: i % 10, y: Number(i % 10 > 6 || (i % 10 > 2 && i % 3 === 0)) }));
    for (const preBins of ['tree', 'quantiles'] as const) {
      const { bins } = fitBinning(pure, { target: 'y', preBins }).feature('x');
      expect(bins.length).toBeGreaterThan(1);
      for (const { events, rows: count } of bins) expect(events > 0 && events < count).toBe(true);
    }
  });

  it('groups levels in the order of their rates, the rare ones together', () => {
    const found = fitBinning([...rows, ...['Ypres', 'Ronse'].map((city) => ({ ...rows[0]!, city }))], { ...options, rareLevels: 0.01 });
    const city = found.feature('city') as BinnedCategory;
    expect(city.groups.flat().sort()).toEqual(['Aalst', 'Bruges', 'Ghent', 'Mechelen', 'Ostend', 'Ronse', 'Ypres']);
    const groupOf = (level: string): number => city.groups.findIndex((group) => group.includes(level));
    expect(groupOf('Ronse')).toBe(groupOf('Ypres'));
    const rates = city.bins.map(({ eventRate }) => eventRate);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(groupOf('Aalst')).toBeGreaterThan(groupOf('Ghent'));
    expect(city.bins.map(({ label }) => label)).toEqual(city.groups.map((group) => group.join(', ')));
    const active = found.feature('active') as BinnedCategory;
    expect(active.groups).toEqual([['false'], ['true']]);
  });

  it('takes groups of levels as given, or joins without parting those allowed', () => {
    const groups = [['Ghent', 'Aalst'], ['Bruges', 'Mechelen', 'Ostend', 'Ronse']];
    expect((fitBinning(rows, { ...options, splits: { city: groups } }).feature('city') as BinnedCategory).groups).toEqual(groups);
    const allowed = fitBinning(rows, { ...options, allowedSplits: { city: [['Ghent', 'Aalst'], ['Bruges'], ['Mechelen', 'Ostend'], ['Ronse']] } }).feature('city') as BinnedCategory;
    const groupOf = (level: string): number => allowed.groups.findIndex((group) => group.includes(level));
    expect([groupOf('Ghent'), groupOf('Mechelen')]).toEqual([groupOf('Aalst'), groupOf('Ostend')]);
    expect(allowed.groups.flat()).toContain('Ronse');
  });

  it('holds many levels, by joining neighbours of about one rate', () => {
    const random = createRandom(8);
    const many = Array.from({ length: 3000 }, () => {
      const level = random.integer(300);
      return { level: `l${level}`, y: Number(random.uniform() < level / 300) };
    });
    const found = fitBinning(many, { target: 'y', rareLevels: 0 }).feature('level') as BinnedCategory;
    expect(found.groups.flat().length).toBe(300);
    expect(found.bins.length).toBeGreaterThan(5);
    expect(found.bins.every(({ share }) => share >= 0.05)).toBe(true);
  });

  it('gives missing values their own evidence, that of the nearest bin, or what it is told', () => {
    const own = fitBinning(rows, options).feature('age');
    expect(own.missing.rows).toBe(53);
    const distances = own.bins.map(({ eventRate }) => Math.abs(eventRate - own.missing.eventRate));
    const nearest = fitBinning(rows, { ...options, missing: 'nearestRate' }).feature('age');
    expect(nearest.missing.woe).toBe(own.bins[distances.indexOf(Math.min(...distances))]!.woe);
    expect(nearest.missing).toMatchObject({ rows: own.missing.rows, eventRate: own.missing.eventRate });
    expect(fitBinning(rows, { ...options, missing: -0.3 }).feature('age').missing.woe).toBe(-0.3);
    expect(fitBinning(rows, { ...options, missing: 'nearestRate' }).feature('active').missing.woe).toBe(0);
  });

  it('keeps special values out of the bins: numbers, lists of them, and levels', () => {
    const marked = rows.map((row, i) => ({ ...row, age: i % 10 === 0 ? -9999 : i % 10 === 1 ? -8 - (i % 2) : row.age, city: i % 7 === 0 ? 'unknown' : row.city }));
    const found = fitBinning(marked, { ...options, special: { age: [-9999, [-8, -9]], city: ['unknown'] } });
    expect(found.table('age').slice(-3).map(({ label }) => label)).toEqual(['special: -9999', 'special: -8, -9', 'missing']);
    expect(found.table('age').at(-3)!.rows).toBe(90);
    expect(numberOf(found.feature('age')).splits[0]).toBeGreaterThan(20);
    expect((found.feature('city') as BinnedCategory).groups.flat()).not.toContain('unknown');
    expect(found.table('city').at(-2)).toMatchObject({ label: 'special: unknown', rows: 129 });
    expect(found.table('age').reduce((sum, bin) => sum + bin.rows, 0)).toBe(900);
  });

  it('keeps to bins whose rates have one order in every period', () => {
    // In the first half 3 is above 2, in the second below: only together may they be a bin.
    const half = (period: string, rates: readonly number[]): { x: number; y: number; period: string }[] =>
      rates.flatMap((rate, x) => Array.from({ length: 50 }, (_, i) => ({ x: x + 1, y: Number(i < rate), period })));
    const both = [...half('a', [5, 20, 30, 40]), ...half('b', [5, 24, 20, 40])];
    const splits = (more: Partial<BinningOptions<'x' | 'y' | 'period'>>): readonly number[] => numberOf(fitBinning(both, { target: 'y', features: ['x'], trend: 'ascending', ...more }).feature('x')).splits;
    expect(splits({})).toEqual([1.5, 2.5, 3.5]);
    expect(splits({ periods: 'period' })).toEqual([1.5, 3.5]);
    expect(splits({ periods: both.map(({ period }) => period) })).toEqual([1.5, 3.5]);
    expect(fitBinning(both, { target: 'y', periods: 'period' }).features).toEqual(['x']);
  });

  it('takes weight 2 for the row twice and weight 0 for no row, to the bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom('tree' as const, 'quantiles' as const), (seed, preBins) => {
        const some = shoppers(120, seed);
        const random = createRandom(seed + 1);
        const weights = Float64Array.from(some, () => random.integer(3));
        const repeated = some.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row));
        const weighted = fitBinning(some, { ...options, preBins, weights, periods: 'month' });
        expect(JSON.stringify(weighted)).toBe(JSON.stringify(fitBinning(repeated, { ...options, preBins, periods: 'month' })));
        expect(JSON.stringify(fitBinning(some, { ...options, weights }))).toBe(JSON.stringify(fitBinning(repeated, options)));
      }),
      { seed: 20261122, numRuns: 15 },
    );
  });

  it('finds the same bins with weights that are no whole numbers', () => {
    const plain = fitBinning(rows, options);
    const tenths = fitBinning(rows, { ...options, weights: new Float64Array(900).fill(0.1) });
    for (const feature of options.features!) {
      expect(tenths.table(feature).map(({ label }) => label)).toEqual(plain.table(feature).map(({ label }) => label));
      expect(tenths.feature(feature).iv).toBeCloseTo(plain.feature(feature).iv, 3);
    }
  });

  it('is of one bin where there is nothing to tell: a constant, nothing known, one class among what is known', () => {
    const dull = rows.map((row, i) => ({ y: row.bought, same: 7, none: null, half: row.bought === 1 ? i : null, text: row.bought === 1 ? 'a' : null }));
    const found = fitBinning(dull, { target: 'y' });
    for (const feature of found.features) {
      expect(found.feature(feature).bins.length).toBe(1);
      expect(found.table(feature).every(({ woe, iv, js }) => Number.isFinite(woe + iv + js))).toBe(true);
    }
    expect(found.table('none')[0]).toMatchObject({ label: 'all', rows: 0, woe: 0 });
    const noLevel = fitBinning(rows.map((row) => ({ city: null as string | null, y: row.bought })), { target: 'y', special: {} });
    expect(noLevel.feature('city').iv).toBe(0);
  });

  it('makes JS divergence the largest when asked', () => {
    const [iv, js] = (['iv', 'js'] as const).map((criterion) => fitBinning(rows, { ...options, trend: 'none', maxBins: 3, criterion }).feature('age'));
    expect(js!.js).toBeGreaterThanOrEqual(iv!.js);
    expect(js!.iv).toBeLessThanOrEqual(iv!.iv);
  });

  it('says what it cannot use', () => {
    const code = (more: object): string => errorCode(() => fitBinning(rows, { ...options, ...more }));
    const bad: readonly object[] = [
      { trend: 'up' }, { trend: { age: 'up' } }, { trend: { plan: 'auto' } }, { minBins: 0 }, { minBins: 3, maxBins: 2 }, { minBinShare: 2 }, { maxPValue: -1 },
      { preBins: 'cart' }, { maxPreBins: 1 }, { missing: 'zero' }, { missing: NaN }, { smoothing: 0 }, { woeSign: 'plus' }, { criterion: 'gini' }, { rareLevels: '1' },
      { splits: { age: [30, 20] } }, { splits: { age: [NaN] } }, { splits: { age: 5 } }, { splits: { plan: [1] } }, { splits: [1] }, { splits: { city: [['Ghent']] } },
      { splits: { city: ['Ghent'] } }, { splits: { city: [] } }, { splits: { city: [['Ghent', 'Ghent']] } }, { splits: { age: [30] }, allowedSplits: { age: [30] } },
      { special: { age: ['x'] } }, { special: { age: [1, 1] } }, { special: { age: 1 } }, { special: { city: [1] } }, { features: ['bought'] }, { features: 'age' }, { other: 1 },
      { periods: Array.from(rows, (_, i) => i) },
    ];
    for (const more of bad) expect([code(more), more]).toEqual(['INVALID_OPTION', more]);
    expect(code({ features: [] })).toBe('EMPTY_INPUT');
    expect(code({ features: ['age', 'age'] })).toBe('DUPLICATE_COLUMN');
    expect(code({ features: ['agee'] })).toBe('UNKNOWN_COLUMN');
    expect(code({ periods: [1, 2] })).toBe('LENGTH_MISMATCH');
    expect(code({ periods: rows.map(({ city }) => city) })).toBe('MISSING_VALUE');
    expect(code({ weights: rows.map(({ bought }) => bought) })).toBe('TARGET_CLASSES');
    const column = (age: readonly unknown[]): string => errorCode(() => fitBinning({ age, bought: rows.map(({ bought }) => bought) }, { target: 'bought' }));
    expect(column(rows.map(() => new Date(0)))).toBe('COLUMN_KIND');
    expect(column(rows.map((_, i) => `customer ${i}`))).toBe('COLUMN_KIND');
    expect(column(rows.map((_, i) => (i === 5 ? Infinity : i)))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fitBinning([...rows, { ...rows[0]!, bought: null }], { target: 'bought' }))).toBe('MISSING_VALUE');
  });
});

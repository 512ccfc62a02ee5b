import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceBand, CURVE_INTERVALS } from '../../../src/churn/curves/confidenceBand.js';
import { kaplanMeier } from '../../../src/churn/curves/kaplanMeier.js';
import { kaplanMeierBy } from '../../../src/churn/curves/kaplanMeierBy.js';
import { SurvivalCurve } from '../../../src/churn/curves/survivalCurve.js';
import { errorCode } from '../../errorCode.js';

const columns = { duration: 'months', event: 'left' } as const;
const row = fc.record({ months: fc.integer({ min: 0, max: 9 }), left: fc.boolean(), weight: fc.integer({ min: 0, max: 3 }) });
const rowSets = fc.array(row, { minLength: 1, maxLength: 20 }).filter((rows) => rows.some(({ weight }) => weight > 0));
// 5 of 6 pass 1, 3 of 4 of these 3, 1 of 2 of these 6; nobody knows of the last.
const six = [[1, 1], [2, 0], [3, 1], [4, 0], [6, 1], [8, 0]].map(([months, left]) => ({ months: months!, left: left! }));

describe('kaplanMeier', () => {
  it('multiplies the shares that pass each time, with what is known at each', () => {
    const curve = kaplanMeier(six, columns);
    expect(Array.from(curve.times)).toEqual([1, 2, 3, 4, 6, 8]);
    expect(Array.from(curve.atRisk)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(Array.from(curve.events)).toEqual([1, 0, 1, 0, 1, 0]);
    expect(Array.from(curve.censored)).toEqual([0, 1, 0, 1, 0, 1]);
    expect([0, 1, 3, 6, 100].map((time) => curve.survivalAt(time))).toEqual([1, 5 / 6, (5 / 6) * (3 / 4), (5 / 6) * (3 / 4) * (1 / 2), (5 / 6) * (3 / 4) * (1 / 2)]);
    const greenwood = 1 / (6 * 5) + 1 / (4 * 3);
    expect(curve.at(3).standardError).toBeCloseTo((5 / 8) * Math.sqrt(greenwood), 14);
    expect(curve.at(0.5)).toEqual({ estimate: 1, lower: 1, upper: 1, standardError: 0 });
  });

  it('takes the middle of a level that is just the share asked for; Infinity where it does not come so far', () => {
    const all = kaplanMeier([1, 2, 3, 4].map((months) => ({ months })), { duration: 'months' });
    expect(all.median.estimate).toBe(2.5);
    expect(all.quantile(0.4).estimate).toBe(2);
    expect(all.quantile(0.75).estimate).toBe(3.5);
    const halved = kaplanMeier([{ months: 1, left: 1 }, { months: 5, left: 0 }], columns);
    // The level ends with the last observed, as in R.
    expect(halved.median.estimate).toBe(3);
    expect(halved.quantile(0.6).estimate).toBe(Infinity);
    expect(halved.median.upper).toBe(Infinity);
  });

  it('adds up the area, and the curve from a time on is that of those still there', () => {
    const curve = kaplanMeier(six, columns);
    expect(curve.restrictedMean(3).estimate).toBeCloseTo(1 + (5 / 6) * 2, 14);
    expect(curve.restrictedMean(0.5)).toEqual({ estimate: 0.5, lower: 0.5, upper: 0.5, standardError: 0 });
    const variance = ((5 / 6) * 2) ** 2 / 30;
    expect(curve.restrictedMean(3).standardError).toBeCloseTo(Math.sqrt(variance), 14);
    const later = curve.remaining(2);
    expect(later).toBeInstanceOf(SurvivalCurve);
    const anew = kaplanMeier(six.filter(({ months }) => months > 2).map(({ months, left }) => ({ months: months - 2, left })), columns);
    expect(Array.from(later.times)).toEqual(Array.from(anew.times));
    for (const field of ['survival', 'standardError', 'lower', 'upper'] as const) later[field].forEach((value, step) => expect(value).toBeCloseTo(anew[field][step]!, 13));
  });

  it('travels as JSON to the bit', () => {
    fc.assert(
      fc.property(rowSets, fc.constantFrom(...CURVE_INTERVALS), (rows, interval) => {
        const curve = kaplanMeier(rows, { ...columns, weights: 'weight', interval });
        const text = JSON.stringify(curve);
        const again = SurvivalCurve.fromJSON(JSON.parse(text));
        expect(again).toEqual(curve);
        expect(JSON.stringify(again)).toBe(text);
        for (let step = 0; step < curve.times.length; step++) {
          const [low, share, high] = [curve.lower[step]!, curve.survival[step]!, curve.upper[step]!];
          expect(0 <= low && low <= share + 1e-15 && share <= high + 1e-15 && high <= 1).toBe(true);
          if (step > 0) expect(share).toBeLessThanOrEqual(curve.survival[step - 1]!);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is that of the formula, in any order of rows and any unit; whole weights repeat rows; entry at 0 is none', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const repeated = rows.flatMap(({ months, left, weight }) => Array.from({ length: weight }, () => ({ months: months * 1e9, left, start: -0 })));
        const weighted = kaplanMeier([...rows].reverse(), { ...columns, weights: 'weight' });
        const plain = kaplanMeier(repeated, columns);
        expect(weighted.times.map((time) => time * 1e9)).toEqual(plain.times);
        for (const field of ['survival', 'standardError', 'lower', 'upper', 'atRisk'] as const) expect(weighted[field]).toEqual(plain[field]);
        let share = 1;
        plain.times.forEach((time, step) => {
          const risk = repeated.filter(({ months }) => months >= time);
          share *= 1 - risk.filter(({ months, left }) => left && months === time).length / risk.length;
          expect(plain.survival[step]).toBeCloseTo(share, 13);
        });
        const later = repeated.filter(({ months }) => months > 0);
        if (later.length > 0) expect(kaplanMeier(later, { ...columns, entry: 'start' })).toEqual(kaplanMeier(later, columns));
      }),
      { numRuns: 40 },
    );
  });

  it('by groups is each group alone', () => {
    const rows = six.map((one, i) => ({ ...one, plan: i % 2 === 0 ? 'gold' : 'basic', weight: i === 5 ? 0 : 1 }));
    const groups = kaplanMeierBy(rows, { ...columns, by: 'plan' });
    expect(groups.map(({ group, rows: count }) => [group, count])).toEqual([['basic', 3], ['gold', 3]]);
    groups.forEach(({ group, curve }) => expect(curve).toEqual(kaplanMeier(rows.filter(({ plan }) => plan === group), columns)));
    expect(kaplanMeierBy(rows, { ...columns, by: 'months', weights: 'weight' }).map(({ group }) => group)).toEqual([1, 2, 3, 4, 6]);
  });

  it('refuses what it cannot read', () => {
    const fit = (rows: readonly object[], more: object = {}) => errorCode(() => kaplanMeier(rows as typeof six, { ...columns, ...more }));
    expect(fit([])).toBe('EMPTY_INPUT');
    expect(fit([{ months: -1, left: 1 }])).toBe('INVALID_VALUE');
    expect(fit([{ months: Infinity, left: 1 }])).toBe('NON_FINITE_VALUE');
    expect(fit([{ months: NaN, left: 1 }])).toBe('MISSING_VALUE');
    expect(fit(six, { duration: 'month' })).toBe('UNKNOWN_COLUMN');
    expect(fit(six, { confidence: 95 })).toBe('INVALID_OPTION');
    expect(fit(six, { interval: 'loglog' })).toBe('INVALID_OPTION');
    expect(fit(six, { conf: 0.9 })).toBe('INVALID_OPTION');
    expect(fit(six, { standardErrors: 'greenwood' })).toBe('INVALID_OPTION');
    expect(fit(six, { weights: [1] })).toBe('LENGTH_MISMATCH');
    const curve = kaplanMeier(six, columns);
    expect(errorCode(() => curve.restrictedMean(9))).toBe('INVALID_OPTION');
    expect(errorCode(() => curve.remaining(8))).toBe('INVALID_OPTION');
    expect(errorCode(() => curve.quantile(1))).toBe('INVALID_OPTION');
    expect(errorCode(() => curve.survivalAt(NaN))).toBe('INVALID_OPTION');
    expect(errorCode(() => SurvivalCurve.fromJSON({ format: 'SurvivalCurve', formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => SurvivalCurve.fromJSON({ format: 'SurvivalCurve', formatVersion: 1, confidence: 0.9 }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => kaplanMeierBy([{ months: 1, plan: null }], { duration: 'months', by: 'plan' }))).toBe('MISSING_VALUE');
  });

  it('keeps what it read, whatever becomes of the JSON', () => {
    const curve = kaplanMeier(six, columns);
    const json = JSON.parse(JSON.stringify(curve)) as Record<'survival' | 'logVariance', number[]>;
    const again = SurvivalCurve.fromJSON(json);
    json.survival[0] = json.logVariance[0] = 7;
    expect(again.restrictedMean(3)).toEqual(curve.restrictedMean(3));
    expect(again.toJSON()).toEqual(curve.toJSON());
  });

  it('reads a single row, and a curve stored by version 1', () => {
    const curve = kaplanMeier([{ months: 0 }], { duration: 'months' });
    expect(curve.survivalAt(0)).toBe(0);
    expect(curve.restrictedMean(5)).toEqual({ estimate: 0, lower: 0, upper: 0, standardError: 0 });
    const stored = { format: 'SurvivalCurve', formatVersion: 1, confidence: 0.9, interval: 'plain', times: [1, 2], atRisk: [4, 3], events: [1, 0], censored: [0, 3], survival: [0.75, 0.75], logVariance: [1 / 12, 1 / 12] };
    expect(SurvivalCurve.fromJSON(stored).at(1)).toEqual(kaplanMeier([{ months: 1, left: 1 }, { months: 2, left: 0 }, { months: 2, left: 0 }, { months: 2, left: 0 }], { ...columns, confidence: 0.9, interval: 'plain' }).at(2));
  });
});

describe('confidenceBand', () => {
  it('stays within 0 and 1 at any standard error', () => {
    for (const interval of CURVE_INTERVALS) {
      for (const probability of [0, 1e-300, 0.3, 1 - 1e-16, 1]) {
        for (const error of [0, 0.1, 1e6]) {
          const [lower, upper] = confidenceBand(interval, probability, error, 1.96);
          expect(lower >= 0 && lower <= probability * (1 + 1e-12) && upper >= probability * (1 - 1e-12) && upper <= 1).toBe(true);
        }
      }
    }
  });
});

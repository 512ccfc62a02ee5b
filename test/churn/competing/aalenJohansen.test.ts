import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aalenJohansen } from '../../../src/churn/competing/aalenJohansen.js';
import { aalenJohansenBy } from '../../../src/churn/competing/aalenJohansenBy.js';
import { IncidenceCurves } from '../../../src/churn/competing/incidenceCurves.js';
import { kaplanMeier } from '../../../src/churn/curves/kaplanMeier.js';
import { errorCode } from '../../errorCode.js';

const columns = { duration: 'months', cause: 'end' } as const;
const ENDS = [null, 'grew', 'left', 'moved'] as const;
const rowSets = fc
  .array(fc.record({ start: fc.integer({ min: 0, max: 2 }), stay: fc.integer({ min: 1, max: 6 }), end: fc.constantFrom(...ENDS), weight: fc.integer({ min: 0, max: 3 }) }), { minLength: 2, maxLength: 20 })
  .map((rows) => [...rows.map(({ start, stay, ...rest }) => ({ start, months: start + stay, ...rest })), { start: 0, months: 3, end: 'left' as const, weight: 1 }, { start: 0, months: 4, end: null, weight: 1 }]);

describe('aalenJohansen', () => {
  const four = [{ months: 1, end: 'left' }, { months: 1, end: 'grew' }, { months: 2, end: null }, { months: 3, end: 'left' }];

  it('adds up what each cause takes of those still there; both at one time are one draw', () => {
    const curves = aalenJohansen(four, columns);
    expect(curves.causes).toEqual(['grew', 'left']);
    expect(Array.from(curves.times)).toEqual([1, 2, 3]);
    expect(Array.from(curves.survival)).toEqual([0.5, 0.5, 0]);
    expect(curves.curves.map(({ incidence }) => Array.from(incidence))).toEqual([[0.25, 0.25, 0.25], [0.25, 0.25, 0.75]]);
    expect(curves.at(0.5).causes[1]).toEqual({ cause: 'left', estimate: 0, lower: 0, upper: 0, standardError: 0 });
    expect(curves.at(1).causes[0]!.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 4), 14);
    expect(curves.restrictedTimeLost('left', 3).estimate).toBe(0.5);
    expect(curves.restrictedTimeLost('left', 5).estimate).toBe(0.5 + 0.75 * 2);
  });

  it('adds up to 1 at every time, in any order of rows; of one cause it is Kaplan and Meier\'s', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const options = { ...columns, entry: 'start' } as const;
        const curves = aalenJohansen(rows, options);
        curves.times.forEach((_, step) => expect(curves.curves.reduce((sum, { incidence }) => sum + incidence[step]!, curves.survival[step]!)).toBeCloseTo(1, 14));
        const turned = aalenJohansen([...rows].reverse(), options);
        expect(turned.survival).toEqual(curves.survival);
        turned.curves.forEach(({ incidence, standardError }, k) => {
          expect(incidence).toEqual(curves.curves[k]!.incidence);
          standardError.forEach((value, step) => expect(value).toBeCloseTo(curves.curves[k]!.standardError[step]!, 10));
        });
        const simple = rows.map(({ months, end }) => ({ months, left: end === null ? 0 : 1, end: end === null ? null : 'any' }));
        const one = aalenJohansen(simple, columns);
        const curve = kaplanMeier(simple, { duration: 'months', event: 'left' });
        one.curves[0]!.standardError.forEach((value, step) => expect(value).toBeCloseTo(curve.standardError[step]!, 10));
        expect(one.survival).toEqual(curve.survival);
        const [lost, kept] = [one.restrictedTimeLost('any'), curve.restrictedMean()];
        expect(lost.estimate + kept.estimate).toBeCloseTo(curve.lastTime, 12);
        expect(lost.standardError).toBeCloseTo(kept.standardError, 10);
      }),
      { numRuns: 40 },
    );
  });

  it('with whole weights repeats rows; time lost to all causes and time kept add up to the horizon', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const weighted = aalenJohansen(rows, { ...columns, weights: 'weight' });
        const plain = aalenJohansen(rows.flatMap((one) => Array.from({ length: one.weight }, () => one)), columns);
        expect(plain.times).toEqual(weighted.times);
        for (const curve of plain.curves) {
          const other = weighted.curves.find(({ cause }) => cause === curve.cause)!;
          expect(other.incidence).toEqual(curve.incidence);
          other.standardError.forEach((value, step) => expect(value).toBeCloseTo(curve.standardError[step]!, 10));
        }
        const horizon = weighted.lastTime - 0.5;
        const left = kaplanMeier(rows.map(({ months, end }) => ({ months, had: end === null ? 0 : 1 })), { duration: 'months', event: 'had', weights: rows.map(({ weight }) => weight) }).restrictedMean(horizon).estimate;
        expect(weighted.causes.reduce<number>((sum, cause) => sum + weighted.restrictedTimeLost(cause, horizon).estimate, left)).toBeCloseTo(horizon, 12);
      }),
      { numRuns: 40 },
    );
  });

  it('has the error of the time lost from what each row does to it', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const horizon = 5;
        const figure = (row: number, step: number): number => aalenJohansen(rows, { ...columns, weights: rows.map((_, i) => (i === row ? 1 + step : 1)) }).restrictedTimeLost('left', horizon).estimate;
        fc.pre(rows.some(({ months }) => months >= horizon));
        const naive = rows.reduce((sum, _, row) => sum + ((figure(row, 1e-5) - figure(row, -1e-5)) / 2e-5) ** 2, 0);
        expect(Math.abs(aalenJohansen(rows, columns).restrictedTimeLost('left', horizon).standardError! - Math.sqrt(naive))).toBeLessThan(1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('travels as JSON to the bit', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const curves = aalenJohansen(rows, { ...columns, weights: rows.map((_, i) => 0.5 + i), interval: 'log-log', confidence: 0.9 });
        const again = IncidenceCurves.fromJSON(JSON.parse(JSON.stringify(curves)));
        expect(again).toEqual(curves);
        expect(again.at(3)).toEqual(curves.at(3));
        expect(again.standardErrors).toBe('robust');
        expect(again.restrictedTimeLost('left', 2).standardError).toBe(null);
      }),
      { numRuns: 20 },
    );
    const stored = { format: 'IncidenceCurves', formatVersion: 1, confidence: 0.95, interval: 'log', standardErrors: 'counts', times: [1], atRisk: [2], censored: [1], survival: [0.5], survivalVariance: [0.125], curves: [{ cause: 'left', events: [1], incidence: [0.5], variance: [0.125] }] };
    expect(IncidenceCurves.fromJSON(stored)).toEqual(aalenJohansen([{ months: 1, end: 'left' }, { months: 1, end: null }], columns));
  });

  it('keeps what it read, whatever becomes of the JSON; needs to know what its errors rest on', () => {
    const curves = aalenJohansen(four, columns);
    const json = JSON.parse(JSON.stringify(curves)) as { readonly survival: number[]; readonly curves: { readonly variance: number[] }[] };
    const again = IncidenceCurves.fromJSON(json);
    json.survival[0] = json.curves[0]!.variance[0] = 7;
    json.curves.pop();
    expect(again.toJSON()).toEqual(curves.toJSON());
    expect(Object.isFrozen(again.curves)).toBe(true);
    expect(errorCode(() => IncidenceCurves.fromJSON({ ...curves.toJSON(), standardErrors: undefined }))).toBe('MODEL_FORMAT');
  });

  it('in groups is each group alone, with the curves of all causes', () => {
    const rows = four.map((one, i) => ({ ...one, plan: i < 2 ? 1 : 2 }));
    const groups = aalenJohansenBy(rows, { ...columns, by: 'plan' });
    expect(groups.map(({ group, rows: count }) => [group, count])).toEqual([[1, 2], [2, 2]]);
    expect(groups[1]!.curves.causes).toEqual(['grew', 'left']);
    expect(groups[1]!.curves.at(3).causes.map(({ estimate }) => estimate)).toEqual([0, 1]);
  });

  it('takes nothing, 0, \'\' and false for censored, and refuses a table in which no row is', () => {
    const of = (ends: readonly unknown[], more: object = {}) => aalenJohansen(ends.map((end, months) => ({ months, end })), { ...columns, ...more });
    const code = (ends: readonly unknown[], more: object = {}) => errorCode(() => of(ends, more));
    expect(of([0, 1, 2]).causes).toEqual([1, 2]);
    expect(of([false, true]).causes).toEqual([true]);
    expect(of(['', 'left']).causes).toEqual(['left']);
    expect(of([null, 'left']).causes).toEqual(['left']);
    expect(code(['censored', 'left'])).toBe('INVALID_OPTION');
    expect(() => of(['censored', 'left'])).toThrow("name that value in censored, or say censored: null");
    expect(of(['censored', 'left'], { censored: 'censored' }).causes).toEqual(['left']);
    expect(of(['grew', 'left'], { censored: null }).causes).toEqual(['grew', 'left']);
    expect(code(['grew', 'left'], { censored: 'stayed' })).toBe('TARGET_CLASSES');
    expect(code(['grew', null], { censored: 'grew' })).toBe('MISSING_VALUE');
    expect(code(['grew', null], { censored: null })).toBe('MISSING_VALUE');
    expect(code([0, 0])).toBe('TARGET_CLASSES');
    expect(code([])).toBe('EMPTY_INPUT');
    expect(code([0, 1], { event: 'end' })).toBe('INVALID_OPTION');
    expect(code([0, 1], { cause: 'ends' })).toBe('UNKNOWN_COLUMN');
    expect(code([0, 1], { cause: undefined })).toBe('INVALID_OPTION');
    const curves = of([0, 1, 0]);
    expect(errorCode(() => curves.restrictedTimeLost('left'))).toBe('INVALID_OPTION');
    expect(errorCode(() => curves.restrictedTimeLost(1, 3))).toBe('INVALID_OPTION');
    expect(errorCode(() => curves.at(-1))).toBe('INVALID_OPTION');
    expect(errorCode(() => IncidenceCurves.fromJSON({ format: 'IncidenceCurves', formatVersion: 1 }))).toBe('MODEL_FORMAT');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeIncidence } from '../../../src/numeric/survival/cumulativeIncidence.js';
import { incidenceVariance } from '../../../src/numeric/survival/incidenceVariance.js';
import { jackknifeVariance } from '../../../src/numeric/survival/jackknifeVariance.js';
import { causeShares, productLimit, riskSteps } from '../../../src/numeric/survival/riskSteps.js';
import { survivalCurve } from '../../../src/numeric/survival/survivalCurve.js';

/** Rows with ties, late entry and weights. */
const row = fc.record({ entry: fc.integer({ min: 0, max: 4 }), stay: fc.integer({ min: 1, max: 5 }), code: fc.integer({ min: 0, max: 2 }), weight: fc.integer({ min: 0, max: 12 }).map((weight) => weight / 4) });
const rowSets = fc.array(row, { minLength: 1, maxLength: 14 }).filter((rows) => rows.some(({ weight }) => weight > 0));
const columnsOf = (rows: readonly { entry: number; stay: number; code: number; weight: number }[]) => ({
  durations: Float64Array.from(rows, ({ entry, stay }) => entry + stay),
  codes: Int32Array.from(rows, ({ code }) => code),
  entries: Float64Array.from(rows, ({ entry }) => entry),
  weights: Float64Array.from(rows, ({ weight }) => weight),
});

describe('riskSteps', () => {
  it('counts who is there at each end', () => {
    const steps = riskSteps(Float64Array.of(3, 1, 3, 5), [1, 0, 2, 1], { causeCount: 2, entries: Float64Array.of(0, 0, 1, 3), weights: Float64Array.of(1, 1, 2, 1) });
    expect(Array.from(steps.times)).toEqual([1, 3, 5]);
    // At 1 the third has not entered, at 3 not the fourth.
    expect(Array.from(steps.atRisk)).toEqual([2, 3, 1]);
    expect(steps.causes.map((events) => Array.from(events))).toEqual([[0, 1, 1], [0, 2, 0]]);
    expect(Array.from(steps.censored)).toEqual([1, 0, 0]);
    expect(Array.from(productLimit(steps))).toEqual([1, 0, 0]);
    expect(causeShares(steps, productLimit(steps)).map((share) => share[2])).toEqual([1 / 3, 2 / 3]);
  });

  it('is what counting each time anew gives', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const { durations, codes, entries, weights } = columnsOf(rows);
        const steps = riskSteps(durations, codes, { causeCount: 2, entries, weights });
        const sum = (holds: (i: number) => boolean): number => rows.reduce((total, { weight }, i) => total + (holds(i) ? weight : 0), 0);
        const times = [...new Set(Array.from(durations).filter((_, i) => weights[i]! > 0))].sort((a, b) => a - b);
        expect(Array.from(steps.times)).toEqual(times);
        times.forEach((time, step) => {
          expect(steps.atRisk[step]).toBe(sum((i) => entries[i]! < time && durations[i]! >= time));
          expect(steps.censored[step]).toBe(sum((i) => durations[i] === time && codes[i] === 0));
          for (const cause of [1, 2]) expect(steps.causes[cause - 1]![step]).toBe(sum((i) => durations[i] === time && codes[i] === cause));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('gives exact shares of complete data, and none left where all at risk go', () => {
    const n = 997;
    const curve = survivalCurve(Float64Array.from({ length: n }, (_, i) => i), new Uint8Array(n).fill(1));
    curve.survival.forEach((share, i) => expect(share).toBe((n - 1 - i) / n));
    // .1 + .2 + .3 in one order is not that in the other.
    const weights = Float64Array.of(0.1, 0.2, 0.3);
    const steps = riskSteps(Float64Array.of(1, 1, 1), [1, 1, 1], { weights });
    expect(productLimit(steps)[0]).toBe(0);
    const after = riskSteps(Float64Array.of(1e9, 2e9, 2e9), [1, 1, 0], { entries: Float64Array.of(0, 1e9, 1.5e9), weights: Float64Array.of(1e9, 0.1, 0.2) });
    expect(after.atRisk[1]).toBe(0.1 + 0.2);
  });
});

describe('jackknifeVariance', () => {
  it('is the sum of squared derivatives by the weights, whatever enters late', () => {
    fc.assert(
      fc.property(rowSets, (rows) => {
        const { durations, codes, entries, weights } = columnsOf(rows);
        const options = { causeCount: 2, entries };
        const shareOf = (w: Float64Array, cause: number | null): Float64Array => {
          const steps = riskSteps(durations, codes, { ...options, weights: w });
          const survival = productLimit(steps);
          return cause === null ? survival.map((share) => 1 - share) : causeShares(steps, survival)[cause - 1]!;
        };
        const steps = riskSteps(durations, codes, { ...options, weights });
        const squares = weights.map((weight) => weight * weight);
        for (const cause of [null, 1, 2]) {
          const variance = jackknifeVariance(steps, productLimit(steps), { codes, entries, squares }, cause);
          const naive = new Float64Array(steps.times.length);
          rows.forEach(({ weight }, i) => {
            if (weight === 0) return;
            const [up, down] = [weights.slice(), weights.slice()];
            up[i]! += 1e-5;
            down[i]! -= 1e-5;
            const [high, low] = [shareOf(up, cause), shareOf(down, cause)];
            naive.forEach((_, step) => (naive[step]! += weight ** 2 * ((high[step]! - low[step]!) / 2e-5) ** 2));
          });
          variance.forEach((value, step) => expect(Math.abs(value - naive[step]!)).toBeLessThan(1e-7));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the multinomial variance, of one cause Greenwood\'s, where all are observed from the start', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const { durations, codes } = columnsOf(rows);
        const steps = riskSteps(durations, codes, { causeCount: 2 });
        const at = (values: Float64Array): Float64Array => values.filter((_, step) => steps.events[step]! > 0);
        const found = [null, 1, 2].map((cause) => at(jackknifeVariance(steps, productLimit(steps), { codes, entries: null, squares: null }, cause)));
        const naive = cumulativeIncidence(durations, codes, 2);
        const wanted = [survivalCurve(durations, codes).variance, incidenceVariance(naive, 0), incidenceVariance(naive, 1)];
        found.forEach((values, k) => values.forEach((value, step) => expect(Math.abs(value - wanted[k]![step]!)).toBeLessThan(1e-14)));
      }),
      { numRuns: 40 },
    );
  });
});

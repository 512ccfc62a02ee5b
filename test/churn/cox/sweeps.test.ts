import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coxRows, withColumns, type CoxRows, type CoxTies } from '../../../src/churn/cox/coxRows.js';
import { CoxSweep, type CoxLikelihood } from '../../../src/churn/cox/coxSweep.js';
import { ExactSweep } from '../../../src/churn/cox/exactSweep.js';
import { firthSlopes } from '../../../src/churn/cox/firthSlopes.js';
import { inverseOf } from '../../../src/churn/cox/solveCox.js';
import type { NumberDesignColumn } from '../../../src/learners/logisticDesign.js';
import { naiveLikelihood, slopesOf, type NaiveRow } from './naive.js';

const column = (name: string, values: number[]): NumberDesignColumn => ({ kind: 'number', name, values: Float64Array.from(values), center: 0, scale: 1 });

function sorted(rows: readonly NaiveRow[]): CoxRows {
  const levels = [...new Set(rows.map(({ stratum }) => stratum))];
  return coxRows(
    {
      durations: Float64Array.from(rows, ({ time }) => time),
      events: Uint8Array.from(rows, ({ event }) => event),
      entries: Float64Array.from(rows, ({ entry }) => entry),
      weights: rows.every(({ weight }) => weight === 1) ? null : Float64Array.from(rows, ({ weight }) => weight),
    },
    [column('x', rows.map(({ x }) => x)), column('y', rows.map(({ y }) => y))],
    { codes: rows.map(({ stratum }) => levels.indexOf(stratum)), count: levels.length },
  );
}

const sweepOf = (rows: CoxRows, ties: CoxTies): CoxLikelihood => (ties === 'exact' ? new ExactSweep('test', rows) : new CoxSweep(rows, ties));

/** Small numbers of times, so that many are tied. */
const anyRow = (weights: fc.Arbitrary<number>): fc.Arbitrary<NaiveRow> =>
  fc.record({ entry: fc.integer({ min: 0, max: 3 }), time: fc.integer({ min: 4, max: 8 }), event: fc.constantFrom(0, 1), weight: weights, stratum: fc.constantFrom('a', 'b'), x: fc.integer({ min: -3, max: 3 }), y: fc.integer({ min: -8, max: 8 }).map((y) => y / 4) });
const anyRows = (weights: fc.Arbitrary<number>): fc.Arbitrary<NaiveRow[]> =>
  fc.array(anyRow(weights), { minLength: 2, maxLength: 12 }).map((rows) => rows.map((row, i) => ({ ...row, entry: i % 3 === 0 ? row.time - 1 : row.entry, weight: i === 0 ? 1 : row.weight, event: i === 0 ? 1 : row.event })));

describe.each(['efron', 'breslow', 'exact'] as const)('the partial likelihood by %s', (ties) => {
  const weights = ties === 'exact' ? fc.constant(1) : fc.constantFrom(0, 0.5, 1, 2);

  it('is the one of the definition, and its derivatives are its slopes', () => {
    fc.assert(
      fc.property(anyRows(weights), fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), (rows, b) => {
        const sweep = sweepOf(sorted(rows), ties);
        const { logLikelihood, gradient, information } = sweep.evaluate(Float64Array.from(b));
        const naive = (at: [number, number]): number => naiveLikelihood(rows, at, ties);
        expect(logLikelihood).toBeCloseTo(naive(b), 9);
        const slopes = slopesOf(naive, b);
        const [first, second] = Array.from(gradient);
        expect(first).toBeCloseTo(slopes[0], 6);
        expect(second).toBeCloseTo(slopes[1], 6);
        const known = information.slice();
        for (const j of [0, 1]) {
          const bends = slopesOf((at) => sweep.evaluate(Float64Array.from(at)).gradient[j]!, b);
          expect(known[2 * j]).toBeCloseTo(-bends[0], 5);
          expect(known[2 * j + 1]).toBeCloseTo(-bends[1], 5);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('expected events', () => {
  it('add up to the events, weights included', () => {
    fc.assert(
      fc.property(anyRows(fc.constantFrom(0.5, 1, 2)), fc.constantFrom('efron' as const, 'breslow' as const), (rows, ties) => {
        const sweep = new CoxSweep(sorted(rows), ties);
        sweep.evaluate(Float64Array.of(0.7, -0.4));
        const events = rows.reduce((sum, { event, weight }) => sum + event * weight, 0);
        expect(sweep.expected.reduce((sum, value) => sum + value, 0)).toBeCloseTo(events, 9);
        expect(Math.min(...sweep.expected)).toBeGreaterThan(-1e-12);
      }),
      { numRuns: 50 },
    );
  });
});

describe('log-hazards thousands apart', () => {
  // Each event is of the row with the largest log-hazard, or of the only other one: the likelihood is known in the limit.
  const rows = (late: boolean): NaiveRow[] =>
    [0, 1, 2, 3].map((i) => ({ entry: late && i === 0 ? 3.5 : 0, time: 4 + i, event: 1, weight: 1, stratum: 'a', x: [0, 900, -900, 1800][i]!, y: 0 }));

  it('neither overflow nor vanish', () => {
    for (const ties of ['efron', 'breslow', 'exact'] as const) {
      const { logLikelihood, gradient, information } = sweepOf(withColumns(sorted(rows(false)), [0]), ties).evaluate(Float64Array.of(1));
      // 0 against 1800, 900 against 1800, -900 against 1800, 1800 alone.
      expect(logLikelihood).toBe(-1800 - 900 - 2700);
      expect(gradient[0]).toBe(-1800 - 900 - 2700);
      expect(information[0]).toBeCloseTo(0, 6);
    }
  });

  it('do so neither where the rows with the largest enter late, so that they must be forgotten', () => {
    // At time 4 the three others have not entered: nothing is asked. Going back in time, their risks are taken out again.
    const entering = rows(false).map((row, i) => ({ ...row, entry: i === 0 ? 0 : 4 }));
    for (const ties of ['efron', 'breslow', 'exact'] as const) {
      const { logLikelihood } = sweepOf(withColumns(sorted(entering), [0]), ties).evaluate(Float64Array.of(1));
      expect(logLikelihood).toBe(-900 - 2700);
    }
    const sweep = new CoxSweep(withColumns(sorted(entering), [0]), 'efron');
    sweep.evaluate(Float64Array.of(1));
    // The last row of the order is the first to leave: it alone was at risk.
    expect(sweep.expected[3]).toBe(1);
    expect(sweep.expected.reduce((sum, value) => sum + value, 0)).toBeCloseTo(4, 12);
  });
});

describe('the slope of log det I', () => {
  it('is what small changes of the coefficients make of it', () => {
    fc.assert(
      fc.property(anyRows(fc.constantFrom(0.5, 1, 2)), fc.constantFrom('efron' as const, 'breslow' as const), (some, ties) => {
        // Enough rows that both columns vary.
        const rows = sorted([...some, ...[1, 2, 3, 4].map((i) => ({ entry: 0, time: 3 + i, event: 1, weight: 1, stratum: 'a', x: i % 2, y: i % 3 }))]);
        const sweep = new CoxSweep(rows, ties);
        const beta = Float64Array.of(0.3, -0.2);
        const half = (b: [number, number]): number => {
          const { information } = sweep.evaluate(Float64Array.from(b));
          return 0.5 * Math.log(information[0]! * information[3]! - information[1]! * information[2]!);
        };
        const slopes = slopesOf(half, [0.3, -0.2]);
        const inverse = inverseOf(sweep.evaluate(beta).information, 2)!;
        const found = firthSlopes(rows, sweep, inverse, ties);
        expect(found[0]).toBeCloseTo(slopes[0], 5);
        expect(found[1]).toBeCloseTo(slopes[1], 5);
      }),
      { numRuns: 50 },
    );
  });
});

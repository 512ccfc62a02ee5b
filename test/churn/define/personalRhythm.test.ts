import { describe, expect, it } from 'vitest';
import { personalRhythm } from '../../../src/churn/define/personalRhythm.js';
import { fitRhythmPrior } from '../../../src/churn/define/rhythmPrior.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { logGamma } from '../../../src/numeric/logGamma.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01');
const logOf = (visits: readonly (readonly [who: string, day: number])[], until: number): EventLog =>
  EventLog.fromRows(visits.map(([who, day]) => ({ who, at: START + day * DAY })), { customer: 'who', time: 'at' }, { observedUntil: START + until * DAY });

/** Gaps of customers whose rates are gamma (shape 2, rate 30 days), as if measured without rounding. */
function gammaGaps(customers: number, until: number): { starts: Uint32Array; lengths: Float64Array; customers: Uint32Array } {
  const random = createRandom(4);
  const [starts, lengths]: [number[], number[]] = [[0], []];
  for (let c = 0; c < customers; c++) {
    const rate = -(Math.log(random.uniform()) + Math.log(random.uniform())) / 30;
    let day = 0;
    for (;;) {
      const gap = -Math.log(random.uniform()) / rate;
      if (day + gap >= until) break;
      lengths.push(gap);
      day += gap;
    }
    lengths.push(until - day);
    starts.push(lengths.length);
  }
  return { starts: Uint32Array.from(starts), lengths: Float64Array.from(lengths), customers: Uint32Array.from({ length: customers }, (_, c) => c) };
}

describe('personalRhythm', () => {
  const log = logOf([['ann', 0], ['ann', 10], ['ann', 20], ['bob', 0], ['bob', 20], ['cid', 5]], 61);

  it('by hand: shrunken towards the rhythm of all', () => {
    const found = personalRhythm(log, { prior: { shape: 2, rateDays: 30 }, share: 0.1 });
    expect(found.customers).toEqual(['ann', 'bob', 'cid']);
    expect([...found.gaps]).toEqual([2, 1, 0]);
    expect([...found.silenceDays]).toEqual([40, 40, 55]);
    [(50 / 90) ** 4, (50 / 90) ** 3, (30 / 85) ** 2].forEach((tail, i) => expect(found.outlasting[i]).toBeCloseTo(tail, 12));
    [50 * (0.1 ** -0.25 - 1), 50 * (0.1 ** (-1 / 3) - 1), 30 * (0.1 ** -0.5 - 1)].forEach((days, i) => expect(found.thresholdDays[i]).toBeCloseTo(days, 10));
    expect([...found.overdue]).toEqual([1, 0, 0]);
    expect(personalRhythm(log, { prior: { shape: 2, rateDays: 30 }, share: 0.1, atLeast: { days: 41 } })).toMatchObject({ overdue: Uint8Array.of(0, 0, 0) });
    expect(personalRhythm(log, { prior: { shape: 2, rateDays: 30 }, share: 0.1, atLeast: { days: 40 } }).thresholdDays[0]).toBe(40);
  });

  it('the prior is the maximum of the likelihood, and finds the truth', () => {
    const gaps = gammaGaps(4000, 200);
    const prior = fitRhythmPrior('test', gaps);
    expect(Math.abs(prior.shape / 2 - 1)).toBeLessThan(0.1);
    expect(Math.abs(prior.rateDays / 30 - 1)).toBeLessThan(0.1);
    const logLikelihood = (shape: number, rate: number): number => {
      let sum = 0;
      for (let i = 0; i < 4000; i++) {
        const n = gaps.starts[i + 1]! - gaps.starts[i]! - 1;
        sum += logGamma(shape + n) - logGamma(shape) + shape * Math.log(rate) - (shape + n) * Math.log(rate + 200);
      }
      return sum;
    };
    const best = logLikelihood(prior.shape, prior.rateDays);
    for (const [a, b] of [[1.001, 1], [0.999, 1], [1, 1.001], [1, 0.999]] as const) expect(logLikelihood(prior.shape * a, prior.rateDays * b)).toBeLessThan(best);
  });

  it('in any unit the same, and customers alike are no trouble', () => {
    const gaps = gammaGaps(300, 200);
    const [prior, scaled] = [fitRhythmPrior('test', gaps), fitRhythmPrior('test', { ...gaps, lengths: gaps.lengths.map((days) => days * 1e6) })];
    expect(scaled.shape / prior.shape).toBeCloseTo(1, 4);
    expect(scaled.rateDays / prior.rateDays / 1e6).toBeCloseTo(1, 4);
    const regular = logOf(Array.from({ length: 30 }, (_, c) => Array.from({ length: 10 }, (_, k) => [`c${c}`, 7 * k] as const)).flat(), 64);
    const found = personalRhythm(regular);
    expect(found.prior.shape).toBeGreaterThan(1000);
    expect(found.overdue.every((flag) => flag === 0)).toBe(true);
  });

  it('calls about the share it was told, where customers are as it thinks', () => {
    const gaps = gammaGaps(3000, 365);
    let [closedBeyond, closed] = [0, 0];
    const prior = fitRhythmPrior('test', gaps);
    for (let i = 0; i < 3000; i++) {
      // Every first gap against the rhythm of all: the Lomax law by itself.
      const first = gaps.lengths[gaps.starts[i]!]!;
      closed++;
      if (first > prior.rateDays * (0.05 ** (-1 / prior.shape) - 1)) closedBeyond++;
    }
    expect(Math.abs(closedBeyond / closed - 0.05)).toBeLessThan(0.012);
  });

  it.each([
    ['a share of 0', () => personalRhythm(log, { share: 0 }), 'INVALID_OPTION', 'needs a share between 0 and 1'],
    ['a prior of nothing', () => personalRhythm(log, { prior: { shape: 0, rateDays: 1 } }), 'INVALID_OPTION', 'needs a prior of shape and rateDays above 0'],
    ['nobody yet', () => personalRhythm(log, { asOf: '2026-01-01' }), 'EMPTY_INPUT', 'found no visit before 2026-01-01'],
    ['nobody who came back', () => personalRhythm(log, { asOf: '2026-01-03' }), 'NOT_IDENTIFIED', 'found none of 2 with a second visit'],
    ['a misspelt option', () => personalRhythm(log, { epsilon: 0.1 } as never), 'INVALID_OPTION', 'knows no option "epsilon"'],
  ] as [string, () => unknown, string, string][])('refuses %s', (_, run, code, message) => {
    expect(run).toThrow(message);
    expect(errorCode(run)).toBe(code);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../../src/data/eventLog.js';
import { customerShapes } from '../../../../src/lifetime/loyalty/regularity/customerShapes.js';
import { pooledShape } from '../../../../src/lifetime/loyalty/regularity/pooledShape.js';
import { purchaseRegularity, type RegularityMethod } from '../../../../src/lifetime/loyalty/regularity/purchaseRegularity.js';
import { minkaShape, mostLikelyShape, thomShape } from '../../../../src/lifetime/loyalty/regularity/shapeOfGaps.js';
import { customerSummary } from '../../../../src/lifetime/summary/customerSummary.js';
import { digamma } from '../../../../src/numeric/digamma.js';
import { gammaDraw } from '../../../../src/numeric/gammaDraw.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { errorCode } from '../../../errorCode.js';

const METHODS: readonly RegularityMethod[] = ['pooled', 'wheat', 'mle', 'minka', 'thom', 'cv'];
const DAY = 86_400_000;

/** Gaps of gamma shapes at a rate of each customer's own, as days from the first purchase. */
function logOf(shapes: readonly number[], gapsEach: number, seed: number): EventLog {
  const random = createRandom(seed);
  const rows = shapes.flatMap((shape, who) => {
    const mean = 5 + 40 * random.uniform();
    let day = 0;
    return Array.from({ length: gapsEach + 1 }, (_, n) => {
      if (n > 0) day += (gammaDraw(random, shape) * mean) / shape;
      return { who, day: new Date(day * DAY) };
    });
  });
  return EventLog.fromRows(rows, { customer: 'who', time: 'day' });
}

const ofDays = (days: Readonly<Record<string, readonly number[]>>): EventLog =>
  EventLog.fromRows(Object.entries(days).flatMap(([who, on]) => on.map((day) => ({ who, day: new Date(day * DAY) }))), { customer: 'who', time: 'day' });

describe('purchaseRegularity', () => {
  it('is by hand: gaps of 1 and 3, twice', () => {
    const log = ofDays({ ann: [0, 1, 4, 5, 8] });
    // Two pairs with M = 1 / 4: v = 1 / 16, k = (1 - 1 / 4) / (1 / 2).
    expect(purchaseRegularity(log, { method: 'wheat' }).shape).toBe(1.5);
    // Mean 2, variance 4 / 3.
    expect(purchaseRegularity(log, { method: 'cv', leastGaps: 2 }).shape).toBeCloseTo(3, 14);
    const s = Math.log(2) - Math.log(3) / 2;
    const { shape } = purchaseRegularity(log, { method: 'mle', leastGaps: 2 });
    expect(Math.log(shape) - digamma(shape)).toBeCloseTo(s, 13);
    expect(purchaseRegularity(log, { method: 'minka', leastGaps: 2 }).shape).toBe(minkaShape(s));
    expect(purchaseRegularity(log, { method: 'thom', leastGaps: 2 }).shape).toBeCloseTo(thomShape(s), 14);
  });

  it('finds a shape that all share, without the bias that few gaps give to medians', () => {
    for (const shape of [0.6, 1, 3]) {
      const log = logOf(Array.from({ length: 1500 }, () => shape), 4, 5);
      const found = purchaseRegularity(log, { mergeWithin: { days: 0 } });
      expect(found.lower < shape && shape < found.upper).toBe(true);
      expect(found.upper / found.lower).toBeLessThan(1.15);
      expect(found.spread).toBeLessThan(0.2);
      const wheat = purchaseRegularity(log, { mergeWithin: { days: 0 }, method: 'wheat' });
      expect(wheat.lower < shape && shape < wheat.upper).toBe(true);
      expect(purchaseRegularity(log, { mergeWithin: { days: 0 }, method: 'mle', leastGaps: 4 }).shape / shape).toBeGreaterThan(1.3);
    }
  });

  it('covers the shape as often as it says', () => {
    let covered = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { lower, upper } = purchaseRegularity(logOf(Array.from({ length: 60 }, () => 2), 5, seed), { mergeWithin: { days: 0 }, confidence: 0.8 });
      covered += Number(lower < 2 && 2 < upper);
    }
    expect(Math.abs(covered - 80)).toBeLessThanOrEqual(12);
  });

  it('tells regular customers from others, the better the more they bought', () => {
    const shapes = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.8 : 6));
    for (const [gapsEach, wrong] of [[5, 60], [30, 3]] as const) {
      const found = purchaseRegularity(logOf(shapes, gapsEach, 7), { mergeWithin: { days: 0 } });
      expect(found.spread).toBeGreaterThan(0.8);
      expect(found.shapes.reduce((sum, own, i) => sum + Number(own > 2.2 !== shapes[i]! > 2.2), 0)).toBeLessThan(wrong);
    }
  });

  it('takes histories for the log, where sums are enough', () => {
    const log = logOf([1, 2, 3, 1.5, 0.7], 14, 3);
    const summary = customerSummary(log, { unit: 'day' });
    for (const method of ['pooled', 'mle', 'minka', 'thom'] as const) {
      const [whole, parts] = [purchaseRegularity(log, { method }), purchaseRegularity(summary, { method })];
      expect(parts.shape).toBeCloseTo(whole.shape, 10);
      expect(parts.lower).toBeCloseTo(whole.lower, 10);
      expect(parts.customers).toEqual(whole.customers);
      parts.shapes.forEach((own, c) => expect(own).toBeCloseTo(whole.shapes[c]!, 10));
    }
    for (const method of ['wheat', 'cv'] as const) expect(errorCode(() => purchaseRegularity(summary, { method }))).toBe('INVALID_INPUT');
  });

  it('reads purchases as customerSummary does', () => {
    const rows = [0, 0.2, 7, 14, 14.5, 20, 30].map((day, i) => ({ who: 'ann', day: new Date(day * DAY), paid: [5, 5, 5, 5, -5, 0, 5][i]! }));
    const log = EventLog.fromRows(rows, { customer: 'who', time: 'day', amount: 'paid' }, { observedUntil: '1970-02-05' });
    const gapsOf = (options: object): Float64Array => purchaseRegularity(log, options).gaps;
    // Days 0, 7, 14, 30; with the free one of day 20; until day 21; every purchase its own.
    expect([...gapsOf({})]).toEqual([3]);
    expect([...gapsOf({ zeroAmounts: 'purchases' })]).toEqual([4]);
    expect([...gapsOf({ asOf: '1970-01-22' })]).toEqual([2]);
    expect([...gapsOf({ mergeWithin: { days: 0 } })]).toEqual([4]);
  });

  it('gives the same whatever the unit, the order and the repetition of customers', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 }), { minLength: 2, maxLength: 6 }), fc.constantFrom(...METHODS), (gaps, method) => {
        const days = (all: readonly (readonly number[])[], scale: number): Record<string, number[]> =>
          Object.fromEntries(all.map((own, c) => [`c${c}`, own.reduce((on, gap) => [...on, on.at(-1)! + gap * scale], [0])]));
        const options = { method, leastGaps: 2 } as const;
        const { shape, lower } = purchaseRegularity(ofDays(days(gaps, 1)), options);
        const close = (found: number, wanted: number): void => expect(found === wanted || Math.abs(found / wanted - 1) < 1e-9).toBe(true);
        close(purchaseRegularity(ofDays(days(gaps, 7)), options).shape, shape);
        close(purchaseRegularity(ofDays(days([...gaps].reverse(), 1)), options).shape, shape);
        close(purchaseRegularity(ofDays(days([...gaps, ...gaps], 1)), options).shape, shape);
        expect(lower <= shape).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('calls clockwork infinitely regular, and draws it to the others', () => {
    const log = ofDays({ ann: [0, 7, 14, 21, 28], bob: [0, 3, 6, 9, 12] });
    for (const method of METHODS) expect(purchaseRegularity(log, { method, leastGaps: 2 }).shape).toBe(Infinity);
    const { shapes } = purchaseRegularity(log);
    expect(shapes.every((own) => own > 5 && own < Infinity)).toBe(true);
    const one = purchaseRegularity(ofDays({ ann: [0, 7, 13], bob: [4], eve: [2, 9] }));
    expect([...one.gaps]).toEqual([2, 0, 1]);
    expect([...one.shapes.map((own) => Number(Number.isNaN(own)))]).toEqual([0, 1, 1]);
    expect(one.counted).toBe(1);
  });

  it('refuses what it cannot learn from', () => {
    const log = ofDays({ ann: [0, 7, 15], bob: [1, 2, 9] });
    expect(errorCode(() => purchaseRegularity(log, { method: 'mle' }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => purchaseRegularity(ofDays({ ann: [1], bob: [2, 3] })))).toBe('EMPTY_INPUT');
    expect(errorCode(() => purchaseRegularity(log, { method: 'guess' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => purchaseRegularity(log, { leastGaps: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => purchaseRegularity(log, { confidence: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => purchaseRegularity(log, { min: 2 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => purchaseRegularity(null as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => purchaseRegularity([] as never))).toBe('INVALID_INPUT');
    const histories = { unit: 'week', frequency: [3, 0], recency: [9, 0], tenure: [10, 5], sumLogGaps: [3, 0] } as const;
    expect(purchaseRegularity(histories).counted).toBe(1);
    expect(errorCode(() => purchaseRegularity({ ...histories, sumLogGaps: undefined }))).toBe('INVALID_INPUT');
    expect(errorCode(() => purchaseRegularity({ ...histories, sumLogGaps: [9, 0] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => purchaseRegularity({ ...histories, sumLogGaps: [NaN, 0] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => purchaseRegularity({ ...histories, weights: [1, 2] }))).toBe('INVALID_INPUT');
    expect(errorCode(() => purchaseRegularity(histories, { asOf: '2026-01-01' }))).toBe('INVALID_OPTION');
  });
});

describe('the shape of gaps', () => {
  it('solves the equation of the likelihood, and its approximations come near', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 8, noNaN: true }), (log) => {
        const s = Math.exp(-log);
        const shape = mostLikelyShape(s);
        if (log < 4) expect(Math.abs((Math.log(shape) - digamma(shape)) / s - 1)).toBeLessThan(1e-11);
        expect(Math.abs(minkaShape(s) / shape - 1)).toBeLessThan(0.05);
        if (log > 0) expect(Math.abs(thomShape(s) / shape - 1)).toBeLessThan(0.03);
      }),
      { numRuns: 50 },
    );
  });
});

describe('pooledShape and customerShapes', () => {
  const gaps = { customers: null, counts: Float64Array.of(2, 3, 9, 1, 4), unevenness: Float64Array.of(0.3, 0.1, 0.5, 0, 0.05), gaps: null };
  const logLikelihood = (k: number, c: number): number => {
    const n = gaps.counts[c]!;
    return logGamma(n * k) - n * logGamma(k) - k * n * (Math.log(n) + gaps.unevenness[c]!);
  };

  it('is where the likelihood given the sums is highest', () => {
    const total = (k: number): number => [0, 1, 2, 4].reduce((sum, c) => sum + logLikelihood(k, c), 0);
    const { shape } = pooledShape(gaps, 2);
    expect(total(shape)).toBeGreaterThan(total(shape * 1.001));
    expect(total(shape)).toBeGreaterThan(total(shape * 0.999));
    expect((total(shape * (1 + 1e-5)) - total(shape * (1 - 1e-5))) / 2e-5).toBeCloseTo(0, 6);
  });

  it('weighs each shape by the prior that it found', () => {
    const { shapes, centre, spread } = customerShapes(gaps);
    for (const c of [0, 1, 2, 4]) {
      let [sum, total] = [0, 0];
      for (let g = 0; g <= 80; g++) {
        const y = -3 + 0.1 * g;
        const weight = Math.exp(logLikelihood(Math.exp(y), c) - 0.5 * ((y - centre) / spread) ** 2);
        sum += weight * y;
        total += weight;
      }
      expect(shapes[c]).toBeCloseTo(Math.exp(sum / total), 9);
    }
    expect(shapes[3]).toBeNaN();
  });
});

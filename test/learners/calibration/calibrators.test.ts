import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierScore, logLoss } from '../../../src/evaluation/index.js';
import { Calibrator, fitBetaCalibration, fitIsotonicCalibration, fitPlattCalibration, type BetaMap, type IsotonicMap, type PlattMap } from '../../../src/learners/index.js';
import { createRandom } from '../../../src/numeric/random.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { errorCode } from '../../errorCode.js';
import { forRows, repeated, reordered } from '../../evaluation/rows.js';

type Fit = (labels: readonly number[], scores: readonly number[], weights?: readonly number[]) => Calibrator;
const weighted = (weights?: readonly number[]): { weights?: readonly number[] } => (weights === undefined ? {} : { weights });
const fits: Readonly<Record<string, Fit>> = {
  fitPlattCalibration: (labels, scores, weights) => fitPlattCalibration(labels, scores, weighted(weights)),
  fitIsotonicCalibration: (labels, scores, weights) => fitIsotonicCalibration(labels, scores, weighted(weights)),
  fitBetaCalibration: (labels, scores, weights) => fitBetaCalibration(labels, scores, weighted(weights)),
};
const platt = (calibrator: Calibrator): PlattMap => calibrator.toJSON() as PlattMap;
const beta = (calibrator: Calibrator): BetaMap => calibrator.toJSON() as BetaMap;
const isotonic = (calibrator: Calibrator): IsotonicMap => calibrator.toJSON() as IsotonicMap;
const GRID = Array.from({ length: 21 }, (_, i) => i / 20);

/** Customers whose log-odds are intercept + slope x the log-odds promised. */
function promised(count: number, intercept: number, slope: number, seed: number): { labels: number[]; margins: number[]; probabilities: number[] } {
  const random = createRandom(seed);
  const margins = Array.from({ length: count }, () => 1.5 * random.normal() - 0.5);
  return { margins, probabilities: margins.map(sigmoid), labels: margins.map((margin) => (random.uniform() < sigmoid(intercept + slope * margin) ? 1 : 0)) };
}

describe.each(Object.entries(fits))('%s', (name, fit) => {
  it('takes a weight of 2 for the customer twice, and a weight of 0 for no customer', () => {
    forRows((rows) => {
      const twice = repeated(rows);
      const [found, right] = [fit(rows.labels, rows.scores, rows.weights).predict(GRID), fit(twice.labels, twice.scores).predict(GRID)];
      found.forEach((p, i) => expect(p).toBeCloseTo(right[i]!, 8));
    });
  });

  it('does not depend on the order of the rows', () => {
    forRows((rows) => {
      const other = reordered(rows, 3);
      const [found, right] = [fit(other.labels, other.scores, other.weights).predict(GRID), fit(rows.labels, rows.scores, rows.weights).predict(GRID)];
      found.forEach((p, i) => expect(p).toBeCloseTo(right[i]!, 8));
    }, 100);
  });

  it('gives probabilities, one score as in a batch, the same through JSON to the bit', () => {
    forRows((rows) => {
      const calibrator = fit(rows.labels, rows.scores, rows.weights);
      const back = Calibrator.fromJSON(JSON.parse(JSON.stringify(calibrator)));
      const batch = calibrator.predict(GRID);
      expect(back.predict(GRID)).toEqual(batch);
      GRID.forEach((score, i) => {
        expect(batch[i]! >= 0 && batch[i]! <= 1).toBe(true);
        expect(calibrator.predictOne(score)).toBe(batch[i]);
      });
    }, 100);
  });

  it('takes true and false as labels, and typed arrays', () => {
    const [labels, scores] = [[0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.5]];
    const right = fit(labels, scores).predict(GRID);
    expect(fit(labels.map(Boolean) as never, Float32Array.from(scores).map((s) => s) as never).predict(GRID).length).toBe(21);
    expect(fit(labels.map(Boolean) as never, Float64Array.from(scores) as never).predict(GRID)).toEqual(right);
  });

  it('refuses one class, no rows, unequal lengths and unusable values, in its own name', () => {
    expect(errorCode(() => fit([], []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fit([0, 1], [0.1]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => fit([0, 2], [0.1, 0.2]))).toBe('INVALID_VALUE');
    expect(errorCode(() => fit([0, 1], [0.1, Number.NaN]))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fit([0, 1], [0.1, 0.2], [1, -1]))).toBe('INVALID_VALUE');
    expect(errorCode(() => fit([1, 1], [0.1, 0.2]))).toBe('TARGET_CLASSES');
    expect(errorCode(() => fit([0, 1], [0.1, 0.2], [1, 0]))).toBe('TARGET_CLASSES');
    expect(() => fit([1, 1], [0.1, 0.2])).toThrow(new RegExp(`^${name} `));
  });

  it('gives everybody the base rate where all scores are the same', () => {
    const calibrator = fit([0, 0, 0, 1], [0.3, 0.3, 0.3, 0.3]);
    // Platt's targets: 2 / 3 once, 1 / 5 three times.
    const right = name === 'fitPlattCalibration' ? (2 / 3 + 3 / 5) / 4 : 0.25;
    calibrator.predict([0.3, 0.9]).forEach((p) => expect(p).toBeCloseTo(right, 12));
  });
});

describe('fitPlattCalibration', () => {
  it('solves its two equations: smoothed targets and probabilities have the same sum, and the same sum with the scores', () => {
    forRows(({ labels, scores, weights }) => {
      const p = fitPlattCalibration(labels, scores, { weights }).predict(scores);
      const [positives, negatives] = [1, 0].map((label) => weights.reduce((sum, w, i) => sum + (labels[i] === label ? w : 0), 0)) as [number, number];
      const errors = labels.map((label, i) => weights[i]! * (p[i]! - (label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2))));
      expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 10);
      expect(errors.reduce((sum, error, i) => sum + error * scores[i]!, 0)).toBeCloseTo(0, 10);
    });
  });

  it('gives the same probabilities for any linear change of the scores', () => {
    forRows(({ labels, scores, weights }) => {
      const right = fitPlattCalibration(labels, scores, { weights }).predict(scores);
      for (const change of [(s: number) => 1e6 + 1e3 * s, (s: number) => -3 * s, (s: number) => 1e-9 * s]) {
        const changed = scores.map(change);
        fitPlattCalibration(labels, changed, { weights }).predict(changed).forEach((p, i) => expect(p).toBeCloseTo(right[i]!, 8));
      }
    }, 100);
  });

  it('finds the bend that was put in', () => {
    const { labels, margins } = promised(40_000, 0.4, 0.5, 5);
    const { slope, intercept } = platt(fitPlattCalibration(labels, margins));
    expect(Math.abs(slope - 0.5)).toBeLessThan(0.04);
    expect(Math.abs(intercept - 0.4)).toBeLessThan(0.05);
  });

  it('exists for perfectly ranked scores, and turns round those that rank in reverse', () => {
    const scores = [-3, -2, -1, 1, 2, 3];
    const right = fitPlattCalibration([0, 0, 0, 1, 1, 1], scores);
    expect(platt(right).slope).toBeGreaterThan(0.5);
    expect(right.predictOne(0)).toBeCloseTo(0.5, 12);
    // 4 / 5 is the most its targets ask for.
    expect(right.predictOne(1)).toBeLessThan(0.8);
    expect(platt(fitPlattCalibration([1, 1, 1, 0, 0, 0], scores)).slope).toBeCloseTo(-platt(right).slope, 9);
  });

  it('survives far outliers and huge scores, and refuses those whose sums overflow', () => {
    const calibrator = fitPlattCalibration([0, 1, 0, 1, 1, 0, 1], [1, 2, 3, 4, 5, 2.5, 1e9]);
    expect(calibrator.predict([1, 1e9]).every((p) => p > 0 && p < 1)).toBe(true);
    const scores = [-2, -1, 1, 2, 0];
    const right = fitPlattCalibration([0, 1, 0, 1, 1], scores).predict(scores);
    for (const unit of [1e-200, 1e200]) {
      const changed = scores.map((score) => score * unit);
      fitPlattCalibration([0, 1, 0, 1, 1], changed).predict(changed).forEach((p, i) => expect(p).toBeCloseTo(right[i]!, 12));
    }
    expect(errorCode(() => fitPlattCalibration([0, 1, 1], [1.7e308, 1.7e308, -1.7e308]))).toBe('NON_FINITE_VALUE');
  });

  it('refuses unknown options', () => {
    expect(errorCode(() => fitPlattCalibration([0, 1], [0, 1], { weigths: [1, 1] } as never))).toBe('INVALID_OPTION');
  });
});

/** The min-max formula: at each distinct score the least over later ends of the greatest average over earlier starts. */
function naiveIsotonic(labels: readonly number[], scores: readonly number[], weights: readonly number[]): Map<number, number> {
  const values = [...new Set(scores.filter((_, i) => weights[i]! > 0))].sort((a, b) => a - b);
  const sums = values.map((value) => labels.reduce<[number, number]>(([w, e], label, i) => (scores[i] === value ? [w + weights[i]!, e + weights[i]! * label] : [w, e]), [0, 0]));
  const average = (from: number, to: number): number => {
    const part = sums.slice(from, to + 1);
    return part.reduce((sum, [, e]) => sum + e, 0) / part.reduce((sum, [w]) => sum + w, 0);
  };
  const all = [...values.keys()];
  return new Map(values.map((value, k) => [value, Math.max(...all.filter((i) => i <= k).map((i) => Math.min(...all.filter((j) => j >= k).map((j) => average(i, j)))))]));
}

describe('fitIsotonicCalibration', () => {
  it('pools what contradicts the order, by hand', () => {
    const calibrator = fitIsotonicCalibration([0, 1, 0, 1, 0, 0, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8]);
    // 1 | 0 | 1 0 1 0 0 -> after 0 come 1 0 | 1 0 0: shares 1/2 and 1/3 fall, so they pool to 2/5.
    expect(isotonic(calibrator)).toMatchObject({ thresholds: [1, 2, 6, 7, 8], probabilities: [0, 0.4, 0.4, 1, 1], between: 'linear' });
    expect(Array.from(calibrator.predict([0, 1.5, 4, 6.5, 9]))).toEqual([0, 0.2, 0.4, 0.7, 1]);
  });

  it('equals the min-max formula for any small weighted data with ties', () => {
    forRows(({ labels, scores, weights }) => {
      const calibrator = fitIsotonicCalibration(labels, scores, { weights });
      for (const [score, right] of naiveIsotonic(labels, scores, weights)) expect(calibrator.predictOne(score)).toBeCloseTo(right, 12);
    });
  });

  it('never falls, keeps the sum of the events, and is no further from what happened than any constant', () => {
    forRows(({ labels, scores, weights }) => {
      const calibrator = fitIsotonicCalibration(labels, scores, { weights });
      const grid = calibrator.predict(Array.from({ length: 241 }, (_, i) => i / 240));
      grid.forEach((p, i) => expect(i === 0 || p >= grid[i - 1]!).toBe(true));
      const p = calibrator.predict(scores);
      const sum = (values: ArrayLike<number>): number => weights.reduce((total, w, i) => total + w * values[i]!, 0);
      expect(sum(p)).toBeCloseTo(sum(labels), 9);
      const rate = sum(labels) / weights.reduce((total, w) => total + w, 0);
      expect(brierScore(labels, p, weights)).toBeLessThanOrEqual(brierScore(labels, p.map(() => rate), weights) + 1e-12);
    });
  });

  it('leaves its own probabilities as they are', () => {
    forRows(({ labels, scores, weights }) => {
      const p = fitIsotonicCalibration(labels, scores, { weights }).predict(scores);
      // Rounding may part what was one block by a hair, so only the values are compared.
      fitIsotonicCalibration(labels, p, { weights }).predict(p).forEach((again, i) => expect(again).toBeCloseTo(p[i]!, 9));
    });
  });

  it('asks for the order of the scores only', () => {
    forRows(({ labels, scores, weights }) => {
      const right = fitIsotonicCalibration(labels, scores, { weights }).predict(scores);
      const changed = scores.map((s) => Math.exp(5 * s) - 100);
      const found = fitIsotonicCalibration(labels, changed, { weights }).predict(changed);
      // A customer without weight lies between two blocks, where distances count.
      const counted = (p: number, i: number): number => (weights[i]! > 0 ? p : 0);
      expect(found.map(counted)).toEqual(right.map(counted));
    }, 100);
  });

  it('goes in steps where asked: between two blocks the lower one holds', () => {
    const steps = fitIsotonicCalibration([0, 1, 0, 1, 1], [1, 2, 3, 4, 5], { between: 'step' });
    expect(Array.from(steps.predict([0, 1, 1.99, 2, 3, 3.99, 4, 6]))).toEqual([0, 0, 0, 0.5, 0.5, 0.5, 1, 1]);
  });

  it('keeps away from 0 and 1 as far as asked', () => {
    const calibrator = fitIsotonicCalibration([0, 1, 0, 1, 1], [1, 2, 3, 4, 5], { clip: 0.02 });
    expect(Array.from(calibrator.predict([0, 2, 9]))).toEqual([0.02, 0.5, 0.98]);
    for (const clip of [-0.1, 0.5, Number.NaN]) expect(errorCode(() => fitIsotonicCalibration([0, 1], [1, 2], { clip }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitIsotonicCalibration([0, 1], [1, 2], { between: 'spline' as never }))).toBe('INVALID_OPTION');
  });

  it('refuses scores whose distances overflow', () => {
    expect(errorCode(() => fitIsotonicCalibration([0, 1, 1], [-1.7e308, 0, 1.7e308]))).toBe('NON_FINITE_VALUE');
  });
});

describe('fitBetaCalibration', () => {
  it('solves its equations, or holds a coefficient at 0 where the likelihood would have it negative', () => {
    let held = 0;
    forRows(({ labels, scores, weights }) => {
      const p = scores.map((s) => 0.02 + 0.96 * s);
      const calibrator = fitBetaCalibration(labels, p, { weights });
      const { lower, upper } = beta(calibrator);
      const errors = Array.from(calibrator.predict(p), (q, i) => weights[i]! * (labels[i]! - q));
      const slopeOf = (term: (q: number) => number): number => errors.reduce((sum, error, i) => sum + error * term(p[i]!), 0);
      expect(slopeOf(() => 1)).toBeCloseTo(0, 8);
      for (const [coefficient, slope] of [[lower, slopeOf(Math.log)], [upper, slopeOf((q) => -Math.log1p(-q))]] as const) {
        if (coefficient === 0) held++;
        expect(coefficient).toBeGreaterThanOrEqual(0);
        // At 0 the likelihood may only want to go below.
        if (coefficient > 0) expect(slope).toBeCloseTo(0, 6);
        else expect(slope).toBeLessThan(1e-6);
      }
    });
    expect(held).toBeGreaterThan(10);
  });

  it('leaves right probabilities nearly as they are, and mends what is bent at one end', () => {
    const { labels, probabilities, margins } = promised(40_000, 0, 1, 6);
    const right = beta(fitBetaCalibration(labels, probabilities));
    for (const [found, expected] of [[right.lower, 1], [right.upper, 1], [right.intercept, 0]] as const) expect(Math.abs(found - expected)).toBeLessThan(0.1);
    // The square of the probability: log p' = log(p) / 2 is no sigmoid of its log-odds.
    const bent = probabilities.map((p) => p * p);
    const mended = fitBetaCalibration(labels, bent).predict(bent);
    const bySigmoid = fitPlattCalibration(labels, bent.map((p) => Math.log(p / (1 - p)))).predict(bent.map((p) => Math.log(p / (1 - p))));
    expect(logLoss(labels, mended)).toBeLessThan(logLoss(labels, bySigmoid));
    expect(logLoss(labels, mended) - logLoss(labels, margins.map(sigmoid))).toBeLessThan(0.001);
  });

  it('never falls as the probability rises', () => {
    forRows(({ labels, scores, weights }) => {
      const grid = fitBetaCalibration(labels, scores.map((s) => 0.01 + 0.98 * s), { weights }).predict(GRID);
      grid.forEach((p, i) => expect(i === 0 || p >= grid[i - 1]! - 1e-12).toBe(true));
    });
  });

  it('gives the base rate where the probabilities rank in reverse', () => {
    expect(beta(fitBetaCalibration([1, 1, 0, 0], [0.1, 0.2, 0.6, 0.7]))).toMatchObject({ lower: 0, upper: 0, intercept: 0 });
    expect(beta(fitBetaCalibration([1, 1, 0, 0], [0.1, 0.1, 0.6, 0.6]))).toMatchObject({ lower: 0, upper: 0, intercept: 0 });
  });

  it('takes 0 and 1 as probabilities', () => {
    const calibrator = fitBetaCalibration([0, 1, 0, 1, 0, 1], [0, 0, 0.4, 0.6, 1, 1]);
    expect(calibrator.predict([0, 0.5, 1]).every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('says that perfect ranking has no best fit, and refuses what are no probabilities', () => {
    expect(errorCode(() => fitBetaCalibration([0, 0, 1], [0.1, 0.2, 0.3]))).toBe('PERFECT_SEPARATION');
    expect(() => fitBetaCalibration([0, 0, 1], [0.1, 0.2, 0.3])).toThrow('use fitPlattCalibration');
    expect(errorCode(() => fitBetaCalibration([0, 1], [0.1, 1.2]))).toBe('INVALID_VALUE');
  });
});

describe('Calibrator', () => {
  const calibrator = fitIsotonicCalibration([0, 1, 0, 1, 1], [1, 2, 3, 4, 5]);

  it('refuses scores that are not finite, and for beta those outside [0, 1], naming the place', () => {
    expect(errorCode(() => calibrator.predict([1, Number.NaN]))).toBe('NON_FINITE_VALUE');
    expect(() => calibrator.predict([1, Number.NaN])).toThrow('found NaN at index 1');
    expect(errorCode(() => fitBetaCalibration([0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4]).predictOne(-0.1))).toBe('INVALID_VALUE');
    expect(calibrator.predict([]).length).toBe(0);
  });

  it('cannot be changed from outside', () => {
    const state = calibrator.toJSON() as unknown as { thresholds: number[] };
    state.thresholds[0] = 9;
    expect((calibrator.toJSON() as unknown as { thresholds: number[] }).thresholds[0]).not.toBe(9);
    const json = JSON.parse(JSON.stringify(calibrator)) as { thresholds: number[] };
    const back = Calibrator.fromJSON(json);
    json.thresholds[0] = 9;
    expect(back.predictOne(1)).toBe(0);
  });

  it('refuses JSON of another format, of a newer version, and damaged JSON', () => {
    const start = { format: 'Calibrator', formatVersion: 1 };
    for (const bad of [null, {}, { ...start, format: 'Other' }, start, { ...start, method: 'platt', slope: 1 }, { ...start, method: 'beta', intercept: 0, lower: 1, upper: null }, { ...start, method: 'isotonic' },
      { ...start, method: 'isotonic', thresholds: [], probabilities: [] }, { ...start, method: 'isotonic', thresholds: [1, 2], probabilities: [0.5] }, { ...start, method: 'spline', slope: 1, intercept: 0 }]) {
      expect(errorCode(() => Calibrator.fromJSON(bad))).toBe('MODEL_FORMAT');
    }
    expect(errorCode(() => Calibrator.fromJSON({ ...start, formatVersion: 2 }))).toBe('MODEL_VERSION');
    const curve = { ...start, method: 'isotonic', thresholds: [1, 2], probabilities: [0.2, 0.5], between: 'linear' };
    expect(Calibrator.fromJSON(curve).predictOne(2)).toBe(0.5);
    for (const damage of [{ probabilities: [0.2, 1.5] }, { probabilities: [-0.1, 0.5] }, { thresholds: [2, 1] }, { between: 'spline' }, { between: undefined }]) {
      expect(errorCode(() => Calibrator.fromJSON({ ...curve, ...damage }))).toBe('MODEL_FORMAT');
    }
  });

  it('reads what version 1 wrote, for ever', () => {
    const start = { format: 'Calibrator', formatVersion: 1 };
    const isotone = { ...start, method: 'isotonic', thresholds: [0.1, 0.3, 0.5], probabilities: [0.2, 0.2, 0.6], between: 'linear' };
    const stored: [object, number][] = [
      [{ ...start, method: 'platt', intercept: -1, slope: 2 }, 1 / (1 + Math.exp(0.2))],
      [isotone, 0.4],
      [{ ...isotone, between: 'step' }, 0.2],
      [{ ...start, method: 'beta', intercept: 0.5, lower: 2, upper: 1 }, 1 / (1 + Math.exp(-0.5) * 0.6 / 0.4 ** 2)],
    ];
    for (const [json, right] of stored) {
      expect(Calibrator.fromJSON(json).predictOne(0.4)).toBeCloseTo(right, 12);
      expect(Calibrator.fromJSON(json).toJSON()).toEqual(json);
    }
  });

  it('finds its place among any thresholds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: -60, max: 60 }), (given, score) => {
        const thresholds = [...given].sort((a, b) => a - b);
        const probabilities = thresholds.map((_, i) => (i + 1) / 20);
        const steps = Calibrator.fromJSON({ format: 'Calibrator', formatVersion: 1, method: 'isotonic', thresholds, probabilities, between: 'step' });
        const at = thresholds.filter((threshold) => threshold <= score).length;
        expect(steps.predictOne(score)).toBe(probabilities[Math.max(0, at - 1)]);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

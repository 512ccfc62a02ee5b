import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { climb } from '../../../src/segmentation/mixture/climb.js';
import type { CovarianceKind } from '../../../src/segmentation/mixture/covarianceKind.js';
import { fitGaussianMixture } from '../../../src/segmentation/mixture/fitGaussianMixture.js';
import { GaussianMixture } from '../../../src/segmentation/mixture/gaussianMixture.js';
import { gaussianStart } from '../../../src/segmentation/mixture/gaussianStarts.js';
import { gaussianStep } from '../../../src/segmentation/mixture/gaussianStep.js';
import { gaussianCoordinates, gaussianTask } from '../../../src/segmentation/mixture/gaussianTask.js';
import { weightedRows } from '../../../src/segmentation/mixture/weightedRows.js';
import { adjustedRandIndex } from '../../../src/segmentation/quality/adjustedRandIndex.js';
import { errorCode } from '../../errorCode.js';

const KINDS: readonly CovarianceKind[] = ['full', 'diagonal', 'tied', 'spherical'];

interface Blob {
  readonly center: readonly [number, number];
  readonly spread: readonly [number, number];
  /** Of x in y. */
  readonly slope: number;
  readonly count: number;
}

/** Points around each centre; `y` follows `x` by the slope. */
function blobs(parts: readonly Blob[], seed = 3): { rows: { x: number; y: number }[]; truth: number[] } {
  const random = createRandom(seed);
  const rows: { x: number; y: number }[] = [];
  const truth: number[] = [];
  parts.forEach(({ center, spread, slope, count }, part) => {
    for (let i = 0; i < count; i++) {
      const dx = spread[0] * random.normal();
      rows.push({ x: center[0] + dx, y: center[1] + slope * dx + spread[1] * random.normal() });
      truth.push(part);
    }
  });
  return { rows, truth };
}
const THREE: readonly Blob[] = [
  { center: [0, 0], spread: [3, 0.4], slope: 1, count: 120 },
  { center: [6, -6], spread: [0.5, 0.5], slope: 0, count: 80 },
  { center: [-6, 5], spread: [0.4, 2], slope: 0, count: 60 },
];

describe('fitGaussianMixture', () => {
  it('of one segment is the mean and the covariance of the rows', () => {
    const rows = [{ x: 1, y: 2 }, { x: 3, y: 8 }, { x: 5, y: 2 }, { x: 7, y: 4 }, { x: 4, y: 9 }, { x: 4, y: 5 }, { x: 2, y: 1 }];
    const { means, covariances, logLikelihood, parameterCount, bic, aic, icl } = fitGaussianMixture(rows, { segments: 1, covariance: 'full', scaling: 'none' });
    const mean = (f: (row: { x: number; y: number }) => number): number => rows.reduce((sum, row) => sum + f(row), 0) / 7;
    const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
    const [xx, xy, yy] = [mean(({ x }) => (x - mx) ** 2), mean(({ x, y }) => (x - mx) * (y - my)), mean(({ y }) => (y - my) ** 2)];
    expect(means[0]!['x']).toBeCloseTo(mx, 12);
    expect(means[0]!['y']).toBeCloseTo(my, 12);
    [xx, xy, xy, yy].forEach((value, i) => expect(covariances[0]![i]).toBeCloseTo(value, 6));
    const expected = -(7 / 2) * (2 * Math.log(2 * Math.PI) + Math.log(xx * yy - xy * xy) + 2);
    expect(logLikelihood).toBeCloseTo(expected, 6);
    expect(parameterCount).toBe(5);
    expect(bic).toBeCloseTo(5 * Math.log(7) - 2 * expected, 6);
    expect(aic).toBeCloseTo(10 - 2 * expected, 6);
    expect(icl).toBe(bic);
  });

  it('finds segments of unequal size, spread and direction, where the nearest centre would not', () => {
    const { rows, truth } = blobs(THREE);
    const mixture = fitGaussianMixture(rows, { segments: 3, scaling: 'standard' });
    expect(mixture.covariance).toBe('full');
    expect(adjustedRandIndex(mixture.labels, truth)).toBeGreaterThan(0.98);
    expect(mixture.weights.map((weight) => Math.round(weight * 260))).toEqual([120, 80, 60]);
    expect(mixture.means[1]!['x']).toBeCloseTo(6, 0);
    expect(mixture.warnings).toEqual([]);
  });

  it('chooses the shape that made the rows by BIC', () => {
    const round = blobs([{ center: [0, 0], spread: [1, 1], slope: 0, count: 150 }, { center: [6, 6], spread: [2, 2], slope: 0, count: 150 }]).rows;
    expect(fitGaussianMixture(round, { segments: 2, scaling: 'none' }).covariance).toBe('spherical');
    const alike = blobs([{ center: [0, 0], spread: [1, 0.3], slope: 1, count: 150 }, { center: [4, -2], spread: [1, 0.3], slope: 1, count: 150 }]).rows;
    expect(fitGaussianMixture(alike, { segments: 2, scaling: 'none' }).covariance).toBe('tied');
  });

  it('numbers segments by their share, the largest first, whatever the seed', () => {
    const { rows } = blobs(THREE);
    const [one, other] = [1, 77].map((seed) => fitGaussianMixture(rows, { segments: 3, covariance: 'full', seed }));
    expect(Array.from(one!.labels)).toEqual(Array.from(other!.labels));
    expect([...one!.weights].sort((a, b) => b - a)).toEqual(one!.weights);
  });

  it.each(KINDS)('%s: does not depend on the order of the rows, nor on the units', (covariance) => {
    const { rows } = blobs(THREE);
    const options = { segments: 3, covariance, scaling: 'standard', starts: 8 } as const;
    const mixture = fitGaussianMixture(rows, options);
    const order = shuffle(rows.map((_, i) => i), createRandom(8));
    const shuffled = fitGaussianMixture(order.map((i) => rows[i]!), options);
    expect(order.map((i) => mixture.labels[i])).toEqual(Array.from(shuffled.labels));
    expect(shuffled.logLikelihood).toBeCloseTo(mixture.logLikelihood, 8);
    const cents = fitGaussianMixture(rows.map(({ x, y }) => ({ x: 100 * x + 1e5, y: y / 1000 })), options);
    expect(Array.from(cents.labels)).toEqual(Array.from(mixture.labels));
  });

  it.each(KINDS)('%s: a weight of 2 is the row twice, 0 no row', (covariance) => {
    const { rows } = blobs(THREE.map((part) => ({ ...part, count: part.count / 4 })));
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row));
    const options = { segments: 2, covariance, starts: 8 } as const;
    const [weighted, plain] = [fitGaussianMixture(rows, { ...options, weights }), fitGaussianMixture(repeated, options)];
    expect(weighted.logLikelihood).toBeCloseTo(plain.logLikelihood, 8);
    expect(weighted.bic).toBeCloseTo(plain.bic, 8);
    expect(Array.from(weighted.assign(rows))).toEqual(Array.from(plain.assign(rows)));
  });

  it('never lowers the likelihood from step to step of a climb, and ends where it says', () => {
    const { rows } = blobs(THREE);
    const distinct = weightedRows(Float64Array.from(rows.flatMap(({ x, y }) => [x, y])), 2, null);
    for (const kind of KINDS) {
      const task = gaussianTask(distinct, 2, kind, 4, 1e-9);
      const seen: number[] = [];
      const start = gaussianStart(task, distinct, 1, createRandom(2));
      const end = climb((params) => gaussianStep(task, params), gaussianCoordinates, start, 300, 1e-6, (objective) => seen.push(objective) > 0);
      seen.forEach((objective, i) => i > 0 && expect(objective).toBeGreaterThanOrEqual(seen[i - 1]! - 1e-9));
      expect(end.converged).toBe(true);
      expect(end.objective).toBeGreaterThanOrEqual(seen.at(-1)!);
      expect(gaussianStep(task, end.params).objective).toBe(end.objective);
    }
    const told: number[] = [];
    const mixture = fitGaussianMixture(rows, { segments: 4, covariance: 'diagonal', starts: 5, scaling: 'none', onProgress: ({ objective }) => void told.push(objective) });
    expect(Math.max(...told)).toBeCloseTo(mixture.logLikelihood, 3);
  });

  it('stops when told to, with the best so far, and says so', () => {
    let calls = 0;
    const mixture = fitGaussianMixture(blobs(THREE).rows, { segments: 3, covariance: 'full', onProgress: () => ++calls < 30 });
    expect(mixture.convergence.converged).toBe(false);
    expect(mixture.convergence.reason).toBe('stopped by onProgress');
    expect(mixture.segmentCount).toBe(3);
    const limited = fitGaussianMixture(blobs(THREE).rows, { segments: 3, covariance: 'full', maxIterations: 1, starts: 1 });
    expect(limited.convergence.reason).toBe('iteration limit');
  });

  it('never gives a segment collapsed onto a value many rows share', () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 300 }, (_, i) => ({ orders: i % 2 === 0 ? 0 : 9 + random.uniform(), spend: random.normal() }));
    for (const covariance of ['full', 'diagonal'] as const) {
      const mixture = fitGaussianMixture(rows, { segments: 2, covariance, scaling: 'standard', starts: 6 });
      expect(mixture.warnings.join()).toContain('held open');
      expect(mixture.covariances[0]![0]! > 1e-3 && mixture.covariances[1]![0]! > 1e-3).toBe(true);
      expect(adjustedRandIndex(mixture.labels, rows.map(({ orders }) => Number(orders === 0)))).toBeGreaterThan(0.9);
    }
  });

  it('gives fewer segments than asked for where rows are fewer, one row included, and constant columns', () => {
    const one = fitGaussianMixture([{ x: 5 }], { segments: 3 });
    expect(one.segmentCount).toBe(1);
    expect(one.warnings[0]).toBe('3 segments were asked for, 1 can be told apart');
    expect(one.means[0]!['x']).toBe(5);
    expect(Array.from(one.assign([{ x: 5 }, { x: 9 }, { x: null }]))).toEqual([0, 0, 0]);
    const two = fitGaussianMixture([{ x: 1, same: 7 }, { x: 9, same: 7 }, { x: 1, same: 7 }], { segments: 5 });
    expect(Array.from(two.labels)).toEqual([0, 1, 0]);
    expect(Number.isFinite(two.logLikelihood)).toBe(true);
    const constant = fitGaussianMixture(blobs(THREE).rows.map((row) => ({ ...row, same: 1e9 })), { segments: 3, covariance: 'full', starts: 8 });
    expect(constant.warnings).toEqual([]);
    expect(constant.segmentCount).toBe(3);
  });

  it('takes a column that another determines', () => {
    const mixture = fitGaussianMixture(blobs(THREE).rows.map(({ x, y }) => ({ x, y, sum: x + y })), { segments: 3, covariance: 'full', scaling: 'standard', starts: 8 });
    expect(mixture.warnings).toEqual([]);
    expect(adjustedRandIndex(mixture.labels, blobs(THREE).truth)).toBeGreaterThan(0.98);
  });

  it('judges trials on a sample where rows are many, and ends on all', () => {
    const { rows, truth } = blobs(THREE.map((part) => ({ ...part, count: part.count * 12 })));
    const mixture = fitGaussianMixture(rows, { segments: 3, covariance: 'full', starts: 6, scaling: 'none' });
    expect(mixture.labels.length).toBe(3120);
    expect(adjustedRandIndex(mixture.labels, truth)).toBeGreaterThan(0.97);
    expect(mixture.logLikelihood).toBeCloseTo(Array.from(mixture.logDensity(rows)).reduce((a, b) => a + b, 0), 6);
  });

  it('refuses what it cannot use, with code and remedy', () => {
    const rows = [{ x: 1, plan: 'a' }, { x: 2, plan: 'b' }];
    expect(errorCode(() => fitGaussianMixture([] as { x: number }[], { segments: 2 }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitGaussianMixture([{ x: null }], { segments: 2, features: ['x'] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitGaussianMixture(rows, { segments: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGaussianMixture(rows, { segments: 2, starts: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGaussianMixture(rows, { segments: 2, covariance: 'round' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGaussianMixture(rows, { segments: 2, kind: 'full' } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGaussianMixture(rows, { segments: 2, features: ['plan'] }))).toBe('COLUMN_KIND');
    expect(errorCode(() => fitGaussianMixture([{ x: 1 }, { x: Infinity }], { segments: 2 }))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fitGaussianMixture(rows, { segments: 1, weights: [1] }))).toBe('LENGTH_MISMATCH');
  });
});

describe('missing values', () => {
  it('of complete segments are placed by what is known', () => {
    const { rows, truth } = blobs(THREE);
    const mixture = fitGaussianMixture(rows, { segments: 3, covariance: 'full', scaling: 'standard' });
    const halves = rows.map(({ x, y }, i) => (i % 2 === 0 ? { x, y: null } : { x: null, y }));
    // By x alone the first and largest blob overlaps the others: most still find their place.
    expect(adjustedRandIndex(mixture.assign(halves), truth)).toBeGreaterThan(0.4);
    expect(mixture.assignRow({ x: null, y: null })).toMatchObject({ segment: 0, distance: 0, outlier: false, drivers: [], missing: ['x', 'y'] });
    expect(mixture.assignRow({ x: null, y: null }).confidence).toBeCloseTo(mixture.weights[0]!, 12);
  });

  it('reach the maximum of the likelihood of what is known: for one segment that of the factored regression', () => {
    // y missing in some rows: mean and variance of x from all, the regression of y on x from the complete ones (Little and Rubin, 2002, 7.2).
    const random = createRandom(9);
    const rows = Array.from({ length: 80 }, (_, i) => {
      const x = random.normal();
      return { x, y: i % 4 === 0 ? null : 2 * x + random.normal() };
    });
    const { means, covariances, logLikelihood } = fitGaussianMixture(rows, { segments: 1, covariance: 'full', scaling: 'none', maxIterations: 5000 });
    const known = rows.filter(({ y }) => y !== null) as { x: number; y: number }[];
    const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const [mx, my] = [average(known.map(({ x }) => x)), average(known.map(({ y }) => y))];
    const sxx = average(known.map(({ x }) => (x - mx) ** 2));
    const slope = average(known.map(({ x, y }) => (x - mx) * (y - my))) / sxx;
    const residual = average(known.map(({ x, y }) => (y - my - slope * (x - mx)) ** 2));
    const allX = average(rows.map(({ x }) => x));
    const varX = average(rows.map(({ x }) => (x - allX) ** 2));
    expect(means[0]!['x']).toBeCloseTo(allX, 4);
    expect(means[0]!['y']).toBeCloseTo(my + slope * (allX - mx), 4);
    expect(covariances[0]![1]).toBeCloseTo(slope * varX, 3);
    expect(covariances[0]![3]).toBeCloseTo(residual + slope * slope * varX, 3);
    const normal = (x: number, mean: number, variance: number): number => -0.5 * (Math.log(2 * Math.PI * variance) + (x - mean) ** 2 / variance);
    const expected = rows.reduce((sum, { x, y }) => sum + normal(x, allX, varX) + (y === null ? 0 : normal(y, my + slope * (x - mx), residual)), 0);
    expect(logLikelihood).toBeCloseTo(expected, 4);
  });

  it.each(KINDS)('%s: leave the segments what they are when few', (covariance) => {
    const { rows, truth } = blobs(THREE);
    const holes = rows.map(({ x, y }, i) => ({ x: i % 10 === 0 ? null : x, y: i % 10 === 5 ? null : y }));
    const mixture = fitGaussianMixture(holes, { segments: 3, covariance, scaling: 'standard', starts: 8 });
    const full = fitGaussianMixture(rows, { segments: 3, covariance, scaling: 'standard', starts: 8 });
    expect(adjustedRandIndex(mixture.assign(rows), full.labels)).toBeGreaterThan(0.9);
    expect(mixture.labels.length).toBe(truth.length);
  });
});

describe('GaussianMixture', () => {
  const { rows } = blobs(THREE);
  const mixture = fitGaussianMixture(rows, { segments: 3, covariance: 'full', scaling: 'standard', starts: 8 });

  it('assigns the rows learnt from as it labelled them, and after JSON to the bit', () => {
    expect(Array.from(mixture.assign(rows))).toEqual(Array.from(mixture.labels));
    const back = GaussianMixture.fromJSON(JSON.parse(JSON.stringify(mixture)));
    expect(Array.from(back.memberships(rows))).toEqual(Array.from(mixture.memberships(rows)));
    expect(back.labels.length).toBe(0);
    expect(JSON.stringify(mixture)).not.toContain('labels');
  });

  it('gives memberships that sum to 1, whose highest is the assignment', () => {
    const memberships = mixture.memberships(rows);
    mixture.labels.forEach((label, row) => {
      const of = memberships.subarray(row * 3, row * 3 + 3);
      expect(of.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(of[label]).toBe(Math.max(...of));
    });
  });

  it('explains a row: the drivers are what the log-odds lose without each feature', () => {
    const { confidence: least, row } = rows.map((candidate) => ({ row: candidate, confidence: mixture.assignRow(candidate).confidence })).reduce((a, b) => (b.confidence < a.confidence ? b : a));
    expect(least).toBeLessThan(1);
    const { segment, second, confidence, margin, drivers, distance } = mixture.assignRow(row);
    const of = mixture.memberships([row]);
    expect(confidence).toBe(of[segment]);
    expect(margin).toBeCloseTo(1 - of[second]! / of[segment]!, 12);
    const without = mixture.memberships([{ ...row, x: null }]);
    const logOdds = (p: Float64Array): number => Math.log(p[segment]! / p[second]!);
    expect(drivers.find(({ feature }) => feature === 'x')!.contribution).toBeCloseTo(logOdds(of) - logOdds(without), 6);
    expect(Math.abs(drivers[0]!.contribution)).toBeGreaterThanOrEqual(Math.abs(drivers[1]!.contribution));
    expect(distance).toBeGreaterThan(0);
    expect(distance).toBeLessThan(3);
  });

  it('flags about 1 % of the rows learnt from, and what is far from all', () => {
    const flagged = rows.filter((row) => mixture.assignRow(row).outlier).length;
    expect(flagged).toBeGreaterThanOrEqual(1);
    expect(flagged).toBeLessThanOrEqual(3);
    expect(mixture.assignRow({ x: 1e6, y: -1e6 }).outlier).toBe(true);
    expect(mixture.assignRow({ x: 1e6, y: null }).outlier).toBe(true);
    expect(mixture.assignRow({ x: 0, y: null }).outlier).toBe(false);
    expect(mixture.assignRow({ x: 1e300, y: 1e300 }).segment).toBeGreaterThanOrEqual(0);
    expect(Array.from(mixture.memberships([{ x: 1e300, y: -1e300 }])).every(Number.isFinite)).toBe(true);
  });

  it('draws customers like those learnt from', () => {
    const { x, y } = mixture.sample(4000, 5) as { x: Float64Array; y: Float64Array };
    const mean = (values: Iterable<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / Array.from(values).length;
    expect(Math.abs(mean(x) - mean(rows.map((row) => row.x)))).toBeLessThan(0.4);
    expect(Math.abs(mean(y) - mean(rows.map((row) => row.y)))).toBeLessThan(0.4);
    expect(mixture.sample(3, 5)['x']).toEqual(x.slice(0, 3));
    expect(mixture.sample(0)['x']!.length).toBe(0);
    expect(errorCode(() => mixture.sample(-1))).toBe('INVALID_OPTION');
    const diagonal = fitGaussianMixture(rows, { segments: 2, covariance: 'diagonal', starts: 4 });
    expect(mean(diagonal.sample(4000)['x']!)).toBeCloseTo(mean(rows.map((row) => row.x)), 0);
  });

  it('places one row as the batch does, to the bit, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ x: fc.option(fc.double({ min: -9, max: 9, noNaN: true })), y: fc.option(fc.double({ min: -9, max: 9, noNaN: true })) }), { minLength: 1, maxLength: 9 }), (some) => {
        const together = mixture.memberships(some);
        some.forEach((row, i) => {
          const { segment, confidence } = mixture.assignRow(row);
          expect(confidence).toBe(together[i * 3 + segment]);
          expect(mixture.assign(some)[i]).toBe(segment);
        });
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });
});

it('tries every shape before it chooses, and tells how far it is', () => {
  const { rows } = blobs(THREE);
  const told: { done: number; total: number }[] = [];
  const chosen = fitGaussianMixture(rows, { segments: 3, starts: 8, onProgress: ({ done, total }) => void told.push({ done, total }) });
  const least = Math.min(...KINDS.map((covariance) => fitGaussianMixture(rows, { segments: 3, starts: 8, covariance }).bic));
  expect(chosen.bic).toBeCloseTo(least, 2);
  told.forEach(({ done, total }, i) => {
    expect(done).toBeLessThan(total);
    expect(done).toBeGreaterThanOrEqual(told[i - 1]?.done ?? 0);
  });
});

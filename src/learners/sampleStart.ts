import { choleskyInPlace, choleskySolve, pivotedCholesky } from '../numeric/cholesky.js';
import { gatherRows, takeDesign } from './logisticDesign.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';
import { isSettled, leastSquaresStart, minimiseLoss, minus, newtonStep, totalWeight, type NewtonOptions, type NewtonStart } from './newtonLogistic.js';
import { dot, secantDirection, type SecantPair } from './secant.js';

/** From how many rows on a sample pays. */
export const MANY_ROWS = 50_000;
const SMALL_SAMPLE = 20_000;
const LARGE_SAMPLE = 100_000;
/** Columns whose residual variance given the earlier ones is below this share of their own are dependent. */
export const RANK_TOLERANCE = 1e-9;

/** One row out of each of `count` equal stretches, at golden-ratio places, so that no rhythm in the data meets one in the sample. */
export function spreadRows(rowCount: number, count: number): Uint32Array {
  const stretch = rowCount / count;
  return Uint32Array.from({ length: count }, (_, k) => Math.min(rowCount - 1, Math.floor((k + ((k * 0.6180339887498949) % 1)) * stretch)));
}

/** The problem at some of its rows. */
export function takeProblem(problem: LogisticProblem, rows: Uint32Array): LogisticProblem {
  const gather = (values: Float64Array | null): Float64Array | null => values && gatherRows(values, rows, new Float64Array(rows.length));
  return {
    columns: takeDesign(problem.columns, rows),
    y: gather(problem.y)!,
    weights: gather(problem.weights),
    offset: gather(problem.offset),
    ridge: (problem.ridge * rows.length) / problem.y.length,
    ...(problem.rowLoss && { rowLoss: problem.rowLoss }),
  };
}

/**
 * A start for many rows so near the minimum that one Hessian over all of them is enough: Newton on a small sample, one step on a
 * larger, then steps from gradients over all rows with the sample's Hessian, corrected by secants. Null where a sample cannot stand
 * for the whole; exactness does not hang on it, as Newton's method judges where it ends.
 */
export function sampleStart(pass: LogisticPass, { total, onStep }: Pick<NewtonOptions, 'total' | 'onStep'>, startOf: typeof leastSquaresStart = leastSquaresStart): NewtonStart | null {
  const { problem, size } = pass;
  const rowCount = problem.y.length;
  const small = new LogisticPass(takeProblem(problem, spreadRows(rowCount, SMALL_SAMPLE)));
  const start = startOf(small);
  if (pivotedCholesky(start.first.hessian, size, RANK_TOLERANCE).rank < size) return null;
  const fit = minimiseLoss(small, start, { tolerance: 0.5, maxIterations: 12, total: totalWeight(small.problem) });
  if (fit.outcome !== 'step below tolerance') return null;
  if (rowCount < 4 * LARGE_SAMPLE) return secantSteps(pass, small, fit.beta, total, onStep);
  const large = new LogisticPass(takeProblem(problem, spreadRows(rowCount, LARGE_SAMPLE)));
  large.evaluate(fit.beta, true);
  const step = newtonStep(large.hessian, large.gradient);
  return step && secantSteps(pass, large, minus(fit.beta, step), total, onStep);
}

function secantSteps(pass: LogisticPass, sample: LogisticPass, start: Float64Array, total: number, onStep: NewtonOptions['onStep']): NewtonStart | null {
  const { size } = pass;
  const pairs: SecantPair[] = [];
  const ratio = total / totalWeight(sample.problem);
  let beta = start;
  let loss = Infinity;
  let decrement = Infinity;
  for (let iterations = 1; ; iterations++) {
    // The first step is long enough to change the curvature.
    if (iterations === 2) sample.evaluate(beta, true);
    const factor = sample.hessian.map((h) => h * ratio);
    const here = pass.evaluate(beta);
    if (!(here <= loss + 1e-11 * loss) || !choleskyInPlace(factor, size)) return null;
    // Told to stop, Newton's method looks at this point once more and ends there.
    if (iterations > 1 && onStep?.(iterations - 1, -here) === false) return { beta, iterations: iterations - 1 };
    const gradient = pass.gradient.slice();
    const last = pairs.at(-1);
    if (last !== undefined) pairs.splice(-1, 1, { step: last.step, change: minus(gradient, last.change) });
    const step = secantDirection(gradient, pairs, (v) => choleskySolve(factor, size, v));
    const before = decrement;
    decrement = Math.sqrt(Math.max(0, dot(step, gradient)));
    // What this step will leave, if it gains no more than the last one did, is what the one Hessian to come can take in a single step.
    const left = iterations === 1 ? decrement : decrement * (decrement / before);
    loss = here;
    beta = minus(beta, step);
    if (isSettled(left, size, total) || iterations === 8) return { beta, iterations };
    // The change of the gradient is completed once the next one is known.
    pairs.push({ step: step.map((s) => -s), change: gradient });
  }
}

import { choleskyInPlace, choleskyInverse, choleskySolve } from '../../numeric/cholesky.js';
import type { SurvivalSample } from './survivalSample.js';

/** What {@link smallCox} finds. */
export interface SmallCox {
  /** Log hazard ratio of a unit of each column. */
  readonly coefficients: Float64Array;
  /** Inverse of the information, row-major. */
  readonly covariance: Float64Array;
  /** The sum of the hazards up to and with the horizon where all columns are 0. */
  readonly baseline: number;
}

/**
 * The proportional hazards model of a few columns (Cox, 1972) with Efron's rule for ties, by Newton's method with halved steps; rows in the order of their
 * durations, observation ending at the horizon. Null where the columns do not determine it: no event, a column that is constant or orders all events. O(rows) a step.
 */
export function smallCox(rows: SurvivalSample, columns: readonly Float64Array[], until?: number): SmallCox | null {
  const horizon = until ?? Infinity;
  const size = columns.length;
  // Around the middle of each column, so that no hazard overflows.
  const centers = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const centred = columns.map((column, j) => column.map((value) => value - centers[j]!));
  let coefficients: Float64Array = new Float64Array(size);
  let here = evaluate(rows, centred, coefficients, horizon);
  for (let iteration = 0; iteration < 60; iteration++) {
    const factor = here.information.slice();
    if (!choleskyInPlace(factor, size)) return null;
    const step = choleskySolve(factor, size, here.gradient.slice());
    const gain = step.reduce((sum, s, j) => sum + s * here.gradient[j]!, 0);
    if (gain < 1e-18 * here.events || (iteration === 59 && gain < 1e-12 * here.events)) {
      const covariance = choleskyInverse(factor, size);
      // Where a column orders all events the coefficient wanders off, and nothing is known of it any more.
      if (centred.some((column, j) => covariance[j * size + j]! * meanSquare(column) > 1e4)) return null;
      const shift = coefficients.reduce((sum, b, j) => sum + b * centers[j]!, 0);
      return { coefficients, covariance, baseline: here.baseline * Math.exp(-shift) };
    }
    let shrink = 1;
    let moved: Float64Array;
    let next: Evaluation;
    do {
      moved = coefficients.map((b, j) => b + shrink * step[j]!);
      next = evaluate(rows, centred, moved, horizon);
      shrink /= 2;
    } while (!(next.logLikelihood >= here.logLikelihood - 1e-10 * Math.abs(here.logLikelihood)) && shrink > 1e-9);
    coefficients = moved;
    here = next;
  }
  return null;
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}

interface Evaluation {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  readonly information: Float64Array;
  readonly baseline: number;
  /** Sum of the weights of the events. */
  readonly events: number;
}

// One walk down the times: sums of r, r z and r z z' over those at risk (S) and over those with the event at the time (D); the l-th of d events leaves l / d of D out.
function evaluate({ durations, events, weights }: SurvivalSample, columns: readonly Float64Array[], beta: Float64Array, horizon: number): Evaluation {
  const size = beta.length;
  const pairs = size * size;
  const [gradient, information] = [new Float64Array(size), new Float64Array(pairs)];
  const sums = { all: 0, first: new Float64Array(size), second: new Float64Array(pairs) };
  const here = { all: 0, first: new Float64Array(size), second: new Float64Array(pairs) };
  let [logLikelihood, baseline, total] = [0, 0, 0];
  for (let end = durations.length; end > 0; ) {
    const time = durations[end - 1]!;
    let [start, count, weight] = [end, 0, 0];
    here.all = 0;
    here.first.fill(0);
    here.second.fill(0);
    for (; start > 0 && durations[start - 1] === time; start--) {
      const k = start - 1;
      let eta = 0;
      for (let j = 0; j < size; j++) eta += beta[j]! * columns[j]![k]!;
      const r = weights[k]! * Math.exp(eta);
      const isEvent = events[k] === 1 && weights[k]! > 0 && time <= horizon;
      addMoments(sums, columns, k, r);
      if (!isEvent) continue;
      addMoments(here, columns, k, r);
      count++;
      weight += weights[k]!;
      logLikelihood += weights[k]! * eta;
      for (let j = 0; j < size; j++) gradient[j]! += weights[k]! * columns[j]![k]!;
    }
    total += weight;
    for (let l = 0; l < count; l++) {
      const out = l / count;
      const risk = sums.all - out * here.all;
      const each = weight / count;
      logLikelihood -= each * Math.log(risk);
      baseline += each / risk;
      for (let i = 0; i < size; i++) {
        const mean = (sums.first[i]! - out * here.first[i]!) / risk;
        gradient[i]! -= each * mean;
        for (let j = 0; j <= i; j++) {
          const product = (sums.second[i * size + j]! - out * here.second[i * size + j]!) / risk;
          information[i * size + j]! += each * (product - (mean * (sums.first[j]! - out * here.first[j]!)) / risk);
        }
      }
    }
    end = start;
  }
  return { logLikelihood, gradient, information, baseline, events: total };
}

interface Moments {
  all: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function addMoments(sums: Moments, columns: readonly Float64Array[], k: number, r: number): void {
  const size = columns.length;
  sums.all += r;
  for (let i = 0; i < size; i++) {
    const first = r * columns[i]![k]!;
    sums.first[i]! += first;
    for (let j = 0; j <= i; j++) sums.second[i * size + j]! += first * columns[j]![k]!;
  }
}

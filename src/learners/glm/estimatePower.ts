import { LogisticPass } from '../logisticPass.js';
import { minimiseLoss, type NewtonFit, type NewtonOptions } from '../newtonLogistic.js';
import { familyOf } from './glmFamily.js';
import type { GlmProblem } from './solveGlm.js';
import { tweedieLikelihood, type TweedieFit, type TweedieRows } from './tweedieDensity.js';

/** The rows of a Tweedie likelihood at these coefficients. */
export function tweedieRows(problem: GlmProblem, beta: Float64Array, power: number): TweedieRows {
  const { y, weights } = problem;
  const counted = [...y.keys()].filter((row) => y[row]! > 0 && weights?.[row] !== 0);
  let exponent = 0;
  const pass = new LogisticPass(problem);
  pass.eachBlock(beta, (start, rows) => {
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const share = y[start + i]! > 0 ? (y[start + i]! * Math.exp((1 - power) * pass.eta[i]!)) / (power - 1) : 0;
      if (w > 0) exponent += w * (share + Math.exp((2 - power) * pass.eta[i]!) / (2 - power));
    }
  });
  return { amounts: Float64Array.from(counted, (row) => y[row]!), weights: Float64Array.from(counted, (row) => weights?.[row] ?? 1), exponent };
}

/** The power at which the likelihood is largest. */
export interface PowerFit {
  readonly problem: GlmProblem;
  readonly fit: NewtonFit;
  readonly power: number;
  /** Of the power, coefficients and dispersion being estimated too; null where the profile is not curved. */
  readonly standardError: number | null;
}

const LEAST = 1.01;
const MOST = 1.99;

/**
 * The power by the profile likelihood: at each power coefficients and dispersion are those of the largest likelihood. Parabolas through three
 * points (Brent, 1973, without the derivative): to about 1e-6 of the power.
 */
export function estimatePower(given: GlmProblem, start: NewtonFit, options: NewtonOptions): PowerFit {
  let latest = { fit: start, dispersion: 1 };
  const profile = (power: number): ProfilePoint => {
    const problem = { ...given, rowLoss: familyOf('tweedie', power).rowLoss };
    const fit = minimiseLoss(new LogisticPass(problem), { beta: latest.fit.beta, iterations: latest.fit.iterations }, options);
    const { logLikelihood, dispersion }: TweedieFit = tweedieLikelihood(tweedieRows(problem, fit.beta, power), power, latest.dispersion);
    latest = { fit, dispersion };
    return { power, problem, fit, value: logLikelihood };
  };
  const isOver = (): boolean => latest.fit.outcome !== 'step below tolerance';
  const best = maximise(profile, isOver);
  const end = { problem: best.problem, fit: { ...best.fit, iterations: latest.fit.iterations, outcome: latest.fit.outcome }, power: best.power };
  return { ...end, standardError: isOver() ? null : errorOf(best, profile) };
}

interface ProfilePoint {
  readonly power: number;
  readonly problem: GlmProblem;
  readonly fit: NewtonFit;
  readonly value: number;
}

// Golden sections until three points bracket the top closely, then parabolas through them.
function maximise(profile: (power: number) => ProfilePoint, isOver: () => boolean): ProfilePoint {
  const golden = (3 - Math.sqrt(5)) / 2;
  let low = LEAST;
  let high = MOST;
  let points = [profile(low + golden * (high - low))];
  for (let round = 0; round < 60 && high - low > 2e-6 && !isOver(); round++) {
    const best = points[0]!;
    const next = profile(candidate(points, low, high, golden));
    if (next.value >= best.value) {
      if (next.power < best.power) high = best.power;
      else low = best.power;
    } else if (next.power < best.power) low = next.power;
    else high = next.power;
    points = [...points, next].sort((a, b) => b.value - a.value).slice(0, 3);
    if (Math.abs(points[0]!.power - points[1]!.power) < 1e-6 && round > 6) break;
  }
  return points[0]!;
}

/** The top of the parabola through the three best points, if it lies well inside; otherwise a golden section of the longer side. */
function candidate(points: readonly ProfilePoint[], low: number, high: number, golden: number): number {
  const [a, b, c] = points;
  const section = a!.power - low > high - a!.power ? a!.power - golden * (a!.power - low) : a!.power + golden * (high - a!.power);
  if (c === undefined) return section;
  const left = (a!.power - b!.power) * (a!.value - c.value);
  const right = (a!.power - c.power) * (a!.value - b!.value);
  const top = a!.power - ((a!.power - b!.power) * left - (a!.power - c.power) * right) / (2 * (left - right));
  if (!(top > low && top < high)) return section;
  // Two points closer than this differ by rounding only.
  return Math.abs(top - a!.power) < 5e-7 ? a!.power + (top >= a!.power ? 5e-7 : -5e-7) : top;
}

function errorOf(best: ProfilePoint, profile: (power: number) => ProfilePoint): number | null {
  const reach = Math.min(1e-3, (best.power - 1) / 4, (2 - best.power) / 4);
  const bend = (profile(best.power - reach).value - 2 * best.value + profile(best.power + reach).value) / (reach * reach);
  return bend < 0 ? 1 / Math.sqrt(-bend) : null;
}

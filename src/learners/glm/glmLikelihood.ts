import { logMinusDigamma, stirlingRemainder } from '../../numeric/stirling.js';
import type { LogisticProblem } from '../logisticPass.js';

const LOG_TWO_PI = 1.8378770664093453;

function sumOver({ y, weights }: Pick<LogisticProblem, 'y' | 'weights'>, term: (value: number) => number): number {
  let sum = 0;
  for (let row = 0; row < y.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    if (w > 0) sum += w * term(y[row]!);
  }
  return sum;
}

/** Log-likelihood of Poisson counts from their deviance; beside it stands that of each count at a mean of its own. */
export function poissonLikelihood(rows: Pick<LogisticProblem, 'y' | 'weights'>, deviance: number): number {
  // log of y^y e^-y / y!, by Stirling: nothing cancels.
  return sumOver(rows, (y) => (y > 0 ? -0.5 * (LOG_TWO_PI + Math.log(y)) - stirlingRemainder(y) : 0)) - deviance / 2;
}

/** The same for the negative binomial of variance mean + alpha mean^2. */
export function negativeBinomialLikelihood(rows: Pick<LogisticProblem, 'y' | 'weights'>, alpha: number, deviance: number): number {
  if (alpha === 0) return poissonLikelihood(rows, deviance);
  const theta = 1 / alpha;
  // log of the gamma functions and powers, by Stirling: what is large in them cancels on paper.
  const own = stirlingRemainder(theta);
  return sumOver(rows, (y) => (y > 0 ? -0.5 * (LOG_TWO_PI + Math.log(y) + Math.log1p(alpha * y)) + stirlingRemainder(y + theta) - stirlingRemainder(y) - own : 0)) - deviance / 2;
}

/** The gamma log-likelihood at the dispersion where it is largest: log k - digamma(k) = deviance / (2 n) for the shape k; null for a deviance of 0, or beyond all numbers. */
export function gammaLikelihood(rows: Pick<LogisticProblem, 'y' | 'weights'>, total: number, deviance: number): number | null {
  const half = deviance / (2 * total);
  if (!(half > 1e-13 && half < Infinity)) return null;
  // Thom's start, good to 1.5 %; then Newton's method in 1 / k, in which the equation is nearly straight.
  let k = (1 + Math.sqrt(1 + (4 * half) / 3)) / (4 * half);
  for (let step = 0; step < 20; step++) {
    const { value, slope } = logMinusDigamma(k);
    const move = (value - half) / (slope * k * k);
    k = 1 / (1 / k + move);
    if (Math.abs(move * k) < 1e-14) break;
  }
  return total * (0.5 * (Math.log(k) - LOG_TWO_PI) - stirlingRemainder(k)) - k * total * half - sumOver(rows, Math.log);
}

/** The Gaussian log-likelihood at the variance deviance / n; null for a deviance of 0. */
export function gaussianLikelihood(total: number, deviance: number): number | null {
  return deviance > 0 ? (-total / 2) * (Math.log(deviance / total) + LOG_TWO_PI + 1) : null;
}

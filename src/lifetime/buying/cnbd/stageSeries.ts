import type { AliveState } from './aliveState.js';

/** Longer series than this take longer than the integral of `longRun`. */
const LONG = 8000;

/**
 * Sums over the number i of stages made in the time `ahead`, which is negative binomial in each stage j where the customer may be now, of
 * `purchases`: the expected purchases C(n) of who has made floor((i + j) / k) = n renewals, or `survival`: the probability D(n) of having survived them.
 *
 * D(n) = B(a, b + n) / B(a, b) and C(n) = D(0) + … + D(n - 1): with dropout p at each purchase, E (1 - p)^n and E (1 - (1 - p)^n) / p. All terms are
 * positive. (Reutterer, Platzer and Schröder, 2021, approximate this expectation.)
 */
export function sumOverStages(state: AliveState, ahead: number, of: 'purchases' | 'survival'): number {
  let sum = 0;
  for (let j = 0; j < state.k; j++) if (state.stages[j]! > 0) sum += state.stages[j]! * sumFrom(state, j, ahead, of === 'purchases');
  return sum;
}

/** Whether the series has too many terms to be summed. */
export function isLongRun({ shape, rate, k }: AliveState, ahead: number): boolean {
  const ratio = ahead / rate;
  const mean = (shape + k) * ratio;
  const deviation = Math.sqrt(mean * (1 + ratio));
  return Math.min(mean, 12 * deviation) + 9 * deviation + 40 * (1 + ratio) > LONG;
}

function sumFrom({ k, shape, rate, a, b }: AliveState, stage: number, ahead: number, isPurchases: boolean): number {
  const A = shape + stage;
  const z = ahead / (rate + ahead);
  const logNone = -A * Math.log1p(ahead / rate);
  // Where the probability of no stage underflows, the terms begin where they can be neglected, at any size, and are divided by their sum.
  const isScaled = logNone < -600;
  const first = isScaled ? negligibleBelow(A, ahead / rate) : 0;
  let [worth, survival] = [0, 1];
  let n = 0;
  const next = (): void => {
    worth += survival;
    survival *= (b + n) / (a + b + n);
    n++;
  };
  while ((n + 1) * k <= first + stage) next();
  let [chance, sum, total] = [isScaled ? 1e-200 : Math.exp(logNone), 0, 0];
  for (let i = first; ; i++) {
    if ((n + 1) * k <= i + stage) next();
    const value = isPurchases ? worth : survival;
    sum += chance * value;
    total += chance;
    const ratio = ((A + i) / (i + 1)) * z;
    chance *= ratio;
    // The smallest doubles do not shrink any more when multiplied.
    if (ratio < 1 && (chance < 1e-300 || (sum > 0 && chance * (value + 1) < 1e-17 * (1 - ratio) * sum))) break;
  }
  return isScaled ? sum / total : sum;
}

/** A number of stages that is not reached with a probability below 1e-20: of a gamma mixture of Poisson laws, by Wilson and Hilferty's approximation. */
function negligibleBelow(shape: number, ratio: number): number {
  const root = 1 - 1 / (9 * shape) - 10 / (3 * Math.sqrt(shape));
  const low = root > 0 ? shape * ratio * root ** 3 : 0;
  return Math.max(0, Math.floor(low - 10 * Math.sqrt(low)));
}

import type { FrontierLaw, InefficiencyDistribution } from './frontierLaw.js';
import { posteriorLocation, posteriorMean, posteriorMode, posteriorMoment, posteriorQuantile, posteriorSpread, posteriorVariance } from './posterior.js';

/** What is known of each row's inefficiency u once its target is, a place a row. */
export interface FrontierEfficiencies {
  /** Expected efficiency, in (0, 1]: E[e^-u] (Battese and Coelli, 1988), the share of wallet; for `scale: 'asIs'` the target over what it would be without the expected inefficiency (of a cost the inverse). */
  readonly efficiency: Float64Array;
  /** Lower ends of the interval of the efficiency (Horrace and Schmidt, 1996). */
  readonly lower: Float64Array;
  /** Upper ends of the interval of the efficiency. */
  readonly upper: Float64Array;
  /** E[u] (Jondrow and others, 1982), 0 or more: a logarithm, or for `scale: 'asIs'` in units of the target. */
  readonly inefficiency: Float64Array;
  /** The likeliest u, 0 or more. */
  readonly mode: Float64Array;
  /** E[e^u], 1 or more: wallet = spend * multiplier. For `scale: 'asIs'` 1 / efficiency. */
  readonly multiplier: Float64Array;
  /** Variance of e^u: wallets vary by spend² * this. */
  readonly multiplierVariance: Float64Array;
  /** Of the interval. */
  readonly confidence: number;
}

/** Everything the rows' figures follow from. */
export interface RowResiduals {
  readonly distribution: InefficiencyDistribution;
  readonly tau: number;
  readonly isCost: boolean;
  readonly isLog: boolean;
  readonly target: Float64Array;
  /** Turned so that inefficiency lowers them. */
  readonly residuals: Float64Array;
  /** Null where there is no inefficiency. */
  readonly sigmaU: Float64Array | null;
  readonly sigmaV: Float64Array;
}

/** The figures of all rows. O(rows). */
export function rowEfficiencies({ distribution, tau, isCost, isLog, target, residuals, sigmaU, sigmaV }: RowResiduals, confidence: number): FrontierEfficiencies {
  const column = (fill: number): Float64Array => new Float64Array(residuals.length).fill(fill);
  const found = { efficiency: column(1), lower: column(1), upper: column(1), inefficiency: column(0), mode: column(0), multiplier: column(1), multiplierVariance: column(0), confidence };
  if (sigmaU === null) return found;
  const law: { -readonly [Key in keyof FrontierLaw]: FrontierLaw[Key] } = { distribution, sigmaU: 1, sigmaV: 1, mu: 0 };
  const [low, high] = [(1 - confidence) / 2, (1 + confidence) / 2];
  for (let i = 0; i < residuals.length; i++) {
    law.sigmaU = sigmaU[i]!;
    law.sigmaV = sigmaV[i]!;
    law.mu = tau * law.sigmaU;
    const location = posteriorLocation(law, residuals[i]!);
    const spread = posteriorSpread(law);
    const mean = posteriorMean(location, spread);
    const [least, most] = [posteriorQuantile(location, spread, low), posteriorQuantile(location, spread, high)];
    found.inefficiency[i] = mean;
    found.mode[i] = posteriorMode(location);
    if (isLog) {
      const multiplier = posteriorMoment(location, spread, 1);
      found.efficiency[i] = Math.min(1, posteriorMoment(location, spread, -1));
      found.lower[i] = Math.exp(-most);
      found.upper[i] = Math.exp(-least);
      found.multiplier[i] = Math.max(1, multiplier);
      // Beyond what a number holds both are infinite, and their difference is none.
      const square = posteriorMoment(location, spread, 2);
      found.multiplierVariance[i] = square < Number.POSITIVE_INFINITY ? Math.max(0, square - multiplier * multiplier) : square;
    } else {
      const y = target[i]!;
      found.efficiency[i] = ratio(y, mean, isCost);
      found.lower[i] = ratio(y, most, isCost);
      found.upper[i] = ratio(y, least, isCost);
      found.multiplier[i] = 1 / found.efficiency[i]!;
      found.multiplierVariance[i] = posteriorVariance(location, spread) / (isCost ? y - mean : y) ** 2;
    }
  }
  return found;
}

/** y as a share of what it would be without an inefficiency of u; of a cost the inverse. NaN where amounts are not positive. */
function ratio(y: number, u: number, isCost: boolean): number {
  const share = isCost ? (y - u) / y : y / (y + u);
  return y > 0 && share > 0 ? share : NaN;
}

import { normalQuantile } from '../../numeric/normal.js';
import type { InefficiencyDistribution } from './frontierLaw.js';
import type { FrontierFigure, FrontierSummary } from './frontierState.js';

/** ln sigmaU and ln sigmaV of the average customer, tau, and their covariance (3 x 3, row-major) or null. */
export interface LawEstimate {
  readonly distribution: InefficiencyDistribution;
  /** Null where there is no inefficiency. */
  readonly lnU: number | null;
  readonly lnV: number;
  readonly tau: number;
  readonly covariance: Float64Array | null;
  readonly confidence: number;
}

type Figures = Pick<FrontierSummary, 'sigmaU' | 'sigmaV' | 'sigma2' | 'gamma' | 'lambda' | 'mu'>;

/** The parameters of the law in all forms they are quoted in; intervals of logarithms, of log-odds for gamma (the delta method). */
export function frontierFigures({ distribution, lnU, lnV, tau, covariance, confidence }: LawEstimate): Figures {
  const reach = normalQuantile((1 + confidence) / 2);
  const spreadOf = (a: number, c: number, t: number): number | null => {
    if (covariance === null) return null;
    const move = [a, c, t];
    let variance = 0;
    for (let j = 0; j < 3; j++) for (let k = 0; k < 3; k++) variance += move[j]! * move[k]! * covariance[j * 3 + k]!;
    return Math.sqrt(Math.max(0, variance));
  };
  const positive = (estimate: number, a: number, c: number): FrontierFigure => {
    const spread = spreadOf(a, c, 0);
    if (spread === null) return without(estimate);
    return { estimate, standardError: finite(estimate * spread), lower: estimate * Math.exp(-reach * spread), upper: finite(estimate * Math.exp(reach * spread)) };
  };
  const sigmaV = Math.exp(lnV);
  if (lnU === null) {
    const none = without(0);
    const noise = positive(sigmaV, 0, 1);
    return { sigmaU: none, sigmaV: noise, sigma2: positive(sigmaV * sigmaV, 0, 2), gamma: none, lambda: none, mu: distribution === 'truncatedNormal' ? none : null };
  }
  const sigmaU = Math.exp(lnU);
  const sigma2 = sigmaU * sigmaU + sigmaV * sigmaV;
  const gamma = (sigmaU * sigmaU) / sigma2;
  const logOdds = spreadOf(2, -2, 0);
  const atLogOdds = (move: number): number => 1 / (1 + Math.exp(2 * (lnV - lnU) - move));
  const mu = tau * sigmaU;
  const muSpread = spreadOf(mu, 0, sigmaU);
  return {
    sigmaU: positive(sigmaU, 1, 0),
    sigmaV: positive(sigmaV, 0, 1),
    sigma2: positive(sigma2, 2 * gamma, 2 * (1 - gamma)),
    gamma: logOdds === null ? without(gamma) : { estimate: gamma, standardError: gamma * (1 - gamma) * logOdds, lower: atLogOdds(-reach * logOdds), upper: atLogOdds(reach * logOdds) },
    lambda: positive(Math.exp(lnU - lnV), 1, -1),
    mu: distribution !== 'truncatedNormal' ? null : muSpread === null ? without(mu) : { estimate: mu, standardError: muSpread, lower: mu - reach * muSpread, upper: mu + reach * muSpread },
  };
}

function without(estimate: number): FrontierFigure {
  return { estimate, standardError: null, lower: null, upper: null };
}

/** JSON has no infinity: an end that the data do not set is none. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

import { logNormalCdf, millsExcess, scaledNormalTail } from '../../numeric/logNormalCdf.js';
import { normalCdf } from '../../numeric/normal.js';
import { integrate, owensT } from './owensT.js';
import { posteriorMoment } from './posterior.js';

/** How inefficiency is spread: half a bell, falling exponentially, or a bell cut off at 0. */
export type InefficiencyDistribution = 'halfNormal' | 'exponential' | 'truncatedNormal';

/** The law of e = v - u: noise v around 0 less inefficiency u of 0 or more. */
export interface FrontierLaw {
  /** Of u. */
  readonly distribution: InefficiencyDistribution;
  /** Of the bell before it is cut off at 0; for the exponential the mean of u. 0 where there is no inefficiency. */
  readonly sigmaU: number;
  /** Standard deviation of the noise. */
  readonly sigmaV: number;
  /** Where the bell is centred: 0 but for `'truncatedNormal'`. */
  readonly mu: number;
}

/** ln of the density of e. */
export function residualLogDensity({ distribution, sigmaU, sigmaV, mu }: FrontierLaw, e: number): number {
  const x = e / sigmaV;
  if (sigmaU === 0) return -0.9189385332046727 - Math.log(sigmaV) - 0.5 * x * x;
  if (distribution === 'exponential') {
    const t = sigmaV / sigmaU;
    const z = -x - t;
    // Below 0 the squares cancel on paper.
    return -Math.log(sigmaU) + (z <= 0 ? Math.log(scaledNormalTail(-z)) - 0.5 * x * x : t * (0.5 * t + x) + logNormalCdf(z));
  }
  const s = Math.sqrt(sigmaU * sigmaU + sigmaV * sigmaV);
  const tau = mu / sigmaU;
  const z = (tau * sigmaV - (e * sigmaU) / sigmaV) / s;
  const base = -0.9189385332046727 - Math.log(s);
  if (z <= 0 && tau <= 0) return base + Math.log(scaledNormalTail(-z) / scaledNormalTail(-tau)) - 0.5 * x * x;
  const k = (e + mu) / s;
  return base - 0.5 * k * k + logNormalCdf(z) - logNormalCdf(tau);
}

/** P(v - u <= e), with an absolute error of about 1e-12: exact for the exponential, by Owen's T (1956) for the others. */
export function residualCdf(law: FrontierLaw, e: number): number {
  const { distribution, sigmaU, sigmaV, mu } = law;
  if (sigmaU === 0) return normalCdf(e / sigmaV);
  if (distribution === 'exponential') return Math.min(1, normalCdf(e / sigmaV) + sigmaU * Math.exp(residualLogDensity(law, e)));
  const s = Math.sqrt(sigmaU * sigmaU + sigmaV * sigmaV);
  const tau = mu / sigmaU;
  const h = (e + mu) / s;
  if (tau === 0) return Math.min(1, normalCdf(h) + 2 * owensT(h, sigmaU / sigmaV));
  // The bell's tail beyond the cut may be too thin for differences of probabilities.
  const below = tau < 0 ? normalCdf(e / sigmaV) + beyondNoise(law, tau, e) : bothBelow(h, tau, sigmaU / s, sigmaV / s) / normalCdf(tau);
  return Math.min(1, Math.max(0, below));
}

/** P(v - u > e): the share of customers like this one above this residual. */
export function residualSurvival(law: FrontierLaw, e: number): number {
  return 1 - residualCdf(law, e);
}

/** E[e^(t u)] over all customers: t = -1 the mean share of wallet. Infinity where there is none. */
export function inefficiencyMoment({ distribution, sigmaU, mu }: FrontierLaw, t: number): number {
  if (sigmaU === 0) return 1;
  if (distribution === 'exponential') return t * sigmaU < 1 ? 1 / (1 - t * sigmaU) : Number.POSITIVE_INFINITY;
  return posteriorMoment(mu, sigmaU, t);
}

/** E[u] over all customers. */
export function meanInefficiency({ distribution, sigmaU, mu }: FrontierLaw): number {
  return distribution === 'exponential' || sigmaU === 0 ? sigmaU : sigmaU * millsExcess(mu / sigmaU);
}

/** The integral over x > 0 of the density of v at e + x times P(u > x), for tau < 0: by Gauss on both sides of about where it is highest. */
function beyondNoise({ sigmaU, sigmaV }: FrontierLaw, tau: number, e: number): number {
  const top = scaledNormalTail(-tau);
  const fall = 0.3989422804014327 / (top * sigmaU);
  const peak = Math.max(0, -e - sigmaV * sigmaV * fall);
  const slope = peak > 0 ? 0 : e / (sigmaV * sigmaV) + fall;
  const right = Math.min(9 * sigmaV, slope > 0 ? 40 / slope : Number.POSITIVE_INFINITY);
  const at = (x: number): number => {
    const [k, z] = [(e + x) / sigmaV, x / sigmaU];
    return scaledNormalTail(z - tau) * Math.exp(-0.5 * (k * k + z * z) + tau * z);
  };
  const sum = integrate(at, Math.max(0, peak - 9 * sigmaV), peak) + integrate(at, peak, peak + right);
  return (sum * 0.3989422804014327) / (sigmaV * top);
}

/** P(A < h, B < k) for standard normals of correlation r, given also (1 - r²)^½ (Owen, 1956); k is not 0. */
function bothBelow(h: number, k: number, r: number, root: number): number {
  const ofH = h === 0 ? (k > 0 ? 0.25 : -0.25) : owensT(h, (k / h - r) / root);
  const opposite = h * k < 0 || (h === 0 && k < 0);
  return 0.5 * (normalCdf(h) + normalCdf(k)) - ofH - owensT(k, (h / k - r) / root) - (opposite ? 0.5 : 0);
}

import { inverseMills, logNormalCdf, millsExcess, scaledNormalTail } from '../../numeric/logNormalCdf.js';
import type { FrontierLaw } from './frontierLaw.js';

/*
 * What a residual e = v - u tells of the inefficiency u: under each of the three laws u given e is normal around `location`, with standard
 * deviation `spread`, cut off below 0 (Jondrow, Lovell, Materov and Schmidt, 1982). Below, z = location / spread.
 */

/** Where the law of u given e has its centre: (mu sv² - e su²) / (su² + sv²), or -e - sv²/su for the exponential. */
export function posteriorLocation({ distribution, sigmaU, sigmaV, mu }: FrontierLaw, e: number): number {
  if (distribution === 'exponential') return -e - (sigmaV * sigmaV) / sigmaU;
  const [u2, v2] = [sigmaU * sigmaU, sigmaV * sigmaV];
  return (mu * v2 - e * u2) / (u2 + v2);
}

/** The spread of u given e before it is cut off: su sv / (su² + sv²)^½, or sv for the exponential. */
export function posteriorSpread({ distribution, sigmaU, sigmaV }: FrontierLaw): number {
  return distribution === 'exponential' ? sigmaV : (sigmaU * sigmaV) / Math.sqrt(sigmaU * sigmaU + sigmaV * sigmaV);
}

/** E[u | e] (Jondrow and others, 1982). */
export function posteriorMean(location: number, spread: number): number {
  return spread * millsExcess(location / spread);
}

/** Var[u | e]. */
export function posteriorVariance(location: number, spread: number): number {
  const z = location / spread;
  const rest = 1 - inverseMills(z) * millsExcess(z);
  // Far below 0 the law is exponential, and 1 - m (z + m) all rounding.
  return spread * spread * (z < -1e3 ? 1 / (z * z) : rest);
}

/** The likeliest u given e. */
export function posteriorMode(location: number): number {
  return Math.max(0, location);
}

/**
 * E[e^(t u) | e] = exp(t location + t² spread² / 2) Phi(z + t spread) / Phi(z). t = -1: the efficiency, or share of wallet, of Battese and
 * Coelli (1988); t = 1: what to multiply spend by to have the wallet.
 */
export function posteriorMoment(location: number, spread: number, t: number): number {
  const z = location / spread;
  const w = z + t * spread;
  // With both ends below 0 the exponentials cancel on paper instead of in digits.
  if (z <= 0 && w <= 0) return scaledNormalTail(-w) / scaledNormalTail(-z);
  if (z <= 0) return Math.exp(0.5 * w * w + logNormalCdf(w)) / scaledNormalTail(-z);
  return Math.exp(t * location + 0.5 * t * t * spread * spread + logNormalCdf(w) - logNormalCdf(z));
}

/** The u that is exceeded with probability 1 - q given e: the bounds of Horrace and Schmidt (1996). */
export function posteriorQuantile(location: number, spread: number, q: number): number {
  const z = location / spread;
  return spread * (z > 0 ? Math.max(0, z - upperPoint(z, q)) : reachBelow(z, q));
}

/** The y with P(Z < y) = (1 - q) P(Z < z), for z above 0: Hastings' start and two of Halley's steps on the lesser tail. */
function upperPoint(z: number, q: number): number {
  const beyond = scaledNormalTail(z) * Math.exp(-0.5 * z * z);
  const below = (1 - q) * (1 - beyond);
  const tail = below < 0.5 ? below : q + (1 - q) * beyond;
  const t = Math.sqrt(-2 * Math.log(tail));
  let x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 2; step++) {
    const distance = (scaledNormalTail(x) - tail * Math.exp(0.5 * x * x)) * 2.5066282746310002;
    x += distance / (1 - (x * distance) / 2);
  }
  return below < 0.5 ? -x : x;
}

/** The d with Phi(z - d) = (1 - q) Phi(z), for z of 0 or less: Newton on the logarithms, concave, so that it closes in from above. */
function reachBelow(z: number, q: number): number {
  const x = -z;
  const tail = scaledNormalTail(x);
  const fall = Math.log1p(-q);
  let d = (-fall * tail) / 0.3989422804014327;
  for (let step = 0; step < 40; step++) {
    const here = scaledNormalTail(x + d);
    const change = ((Math.log(here / tail) - (x + d / 2) * d - fall) * here) / 0.3989422804014327;
    d += change;
    if (Math.abs(change) < 1e-9 * d) break;
  }
  return d;
}

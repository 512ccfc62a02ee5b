import { logGamma } from '../../../numeric/logGamma.js';
import { logRising } from '../../../numeric/risingFactorial.js';
import { scaledExponentialIntegral } from '../../../numeric/scaledExponentialIntegral.js';
import type { BuyingLaw, PosteriorPart } from '../buyingLaw.js';
import { TimeIntegral } from './timeIntegral.js';

/** Its tables are made once, when first asked for. */
let shared: TimeIntegral | undefined;

/** The integral to compute with. */
export function timeIntegral(): TimeIntegral {
  return (shared ??= new TimeIntegral());
}

/**
 * Purchases at a rate of each customer's own and death at another, both gamma over customers (Schmittlein, Morrison and Colombo, 1987). Of who is
 * alive at T after x purchases, the rate of purchases is gamma (r + x, alpha + T), that of death gamma (s, beta + T), and the two are independent.
 * theta: r, alpha, s, beta.
 */
export const paretoNbdLaw: BuyingLaw = {
  names: ['r', 'alpha', 's', 'beta'],
  dropoutPowers: [[3, -1]],
  dropout: 'rate',
  alive: (theta, x, last, tenure) => 1 / (1 + Math.exp(logOddsOfDeath(theta, x, last, tenure))),
  survives: (theta, _x, _last, tenure, ahead) => Math.exp(-theta[2]! * Math.log1p(ahead / (theta[3]! + tenure))),
  expected: (theta, x, _last, tenure, ahead) => meanRate(theta, x, tenure) * expectedLife(theta[2]!, theta[3]! + tenure, ahead),
  atLeast: (theta, x, _last, tenure, ahead, least) => Math.min(1, Math.exp(logBuys(theta, x, tenure, 0, ahead, least))),
  waits,
  discounted(theta, x, _last, tenure, ahead, delta) {
    const beta = theta[3]! + tenure;
    const life =
      delta === 0
        ? expectedLife(theta[2]!, beta, ahead)
        : ahead === Infinity
          ? beta * scaledExponentialIntegral(theta[2]!, delta * beta)
          : Math.exp(timeIntegral().log({ a: beta, aPower: 0, b: beta, bPower: theta[2]!, length: ahead, rate: delta }));
    return meanRate(theta, x, tenure) * life;
  },
  posterior,
};

function meanRate(theta: Float64Array, x: number, tenure: number): number {
  return (theta[0]! + x) / (theta[1]! + tenure);
}

/** The expected part of the time `ahead` that who is alive lives: the integral of (1 + u/beta)^-s. */
function expectedLife(s: number, beta: number, ahead: number): number {
  const log = Math.log1p(ahead / beta);
  return beta * (s === 1 ? log : -Math.expm1(-(s - 1) * log) / (s - 1));
}

/**
 * Death at u after the last purchase, against life at T: s times the integral over u of (alpha + u)^-(r + x) (beta + u)^-(s + 1), over
 * (alpha + T)^-(r + x) (beta + T)^-s. Leaves the means over the time of death.
 */
export function logOddsOfDeath(theta: Float64Array, x: number, last: number, tenure: number, onPoint?: (u: number, part: number) => void): number {
  const length = tenure - last;
  const power = theta[0]! + x;
  const s = theta[2]!;
  const a = theta[1]! + last;
  const b = theta[3]! + last;
  return Math.log(s / b) + power * Math.log1p(length / a) + s * Math.log1p(length / b) + timeIntegral().log({ a, aPower: power, b, bPower: s + 1, length, start: last }, onPoint);
}

/**
 * The logarithm of the probability that the purchase number `least` comes within `length` of T + `from`, given life at T. It comes at u with a
 * density in proportion to u^(least - 1) (alpha + T + u)^-(r + x + least), and counts when death has not come before: (1 + u / (beta + T))^-s.
 */
function logBuys(theta: Float64Array, x: number, tenure: number, from: number, length: number, least: number): number {
  const power = theta[0]! + x;
  const [a, b] = [theta[1]! + tenure, theta[3]! + tenure];
  const integral = timeIntegral().log({ a: a + from, aPower: power + least, b: b + from, bPower: theta[2]!, length, timePower: least - 1 });
  const density = logRising(power, least) - logGamma(least) - least * Math.log(a);
  return density - (power + least) * Math.log1p(from / a) - theta[2]! * Math.log1p(from / b) + integral;
}

/** When the next purchase has come with probability `share`, given life now: by Newton. */
function waits(theta: Float64Array, x: number, _last: number, tenure: number, share: number): number {
  const missing = Math.exp(logBuys(theta, x, tenure, 0, Infinity, 1)) - share;
  if (!(missing > 0)) return Infinity;
  const power = theta[0]! + x;
  const [a, b] = [theta[1]! + tenure, theta[3]! + tenure];
  const small = Math.min(a, b);
  const logDensity = (t: number): number => Math.log(power / a) - (power + 1) * Math.log1p(t / a) - theta[2]! * Math.log1p(t / b);
  // Without death it would come sooner. The logarithm of what is to come after t is concave in ln(t + m), so that every step but the first ends
  // beyond the answer and goes back towards it.
  let t = a * Math.expm1(-Math.log1p(-share) / power);
  for (let step = 0; step < 100; step++) {
    const after = logBuys(theta, x, tenure, t, Infinity, 1);
    const change = (after - Math.log(missing)) * Math.exp(after - logDensity(t)) / (small + t);
    t = (t + small) * Math.exp(change) - small;
    if (Math.abs(change) < 1e-6) break;
  }
  // Where the share is small, what has come tells more digits than what is to come.
  return t + (share - Math.exp(logBuys(theta, x, tenure, 0, t, 1))) / Math.exp(logDensity(t));
}

function posterior(theta: Float64Array, x: number, last: number, tenure: number): PosteriorPart[] {
  const [shape, s] = [theta[0]! + x, theta[2]!];
  const parts: PosteriorPart[] = [];
  let total = 0;
  const odds = logOddsOfDeath(theta, x, last, tenure, (u, part) => {
    total += part;
    parts.push({ weight: part, purchaseRate: [shape, theta[1]! + last + u], dropout: [s + 1, theta[3]! + last + u] });
  });
  const alive = 1 / (1 + Math.exp(odds));
  const dead = 1 / (1 + Math.exp(-odds));
  return [{ weight: alive, purchaseRate: [shape, theta[1]! + tenure], dropout: [s, theta[3]! + tenure] }, ...parts.map((part) => ({ ...part, weight: (dead * part.weight) / total }))];
}

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
  atLeast: (theta, x, _last, tenure, ahead, least) => buys(theta, x, tenure, ahead, least),
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
 * The probability that the purchase number `least` comes within `ahead`, given life now. It comes at u with a density in proportion to
 * u^(least - 1) (alpha + T + u)^-(r + x + least), and counts when death has not come before: (1 + u / (beta + T))^-s.
 */
function buys(theta: Float64Array, x: number, tenure: number, ahead: number, least: number): number {
  const power = theta[0]! + x;
  const a = theta[1]! + tenure;
  const density = logRising(power, least) - logGamma(least) - least * Math.log(a);
  const integral = timeIntegral().log({ a, aPower: power + least, b: theta[3]! + tenure, bPower: theta[2]!, length: ahead, timePower: least - 1 });
  return Math.min(1, Math.exp(density + integral));
}

/** When the next purchase has come with probability `share`, given life now. */
function waits(theta: Float64Array, x: number, _last: number, tenure: number, share: number): number {
  const ever = buys(theta, x, tenure, Infinity, 1);
  if (!(share < ever)) return Infinity;
  const power = theta[0]! + x;
  const a = theta[1]! + tenure;
  const b = theta[3]! + tenure;
  const small = Math.min(a, b);
  const density = (t: number): number => (power / a) * Math.exp(-(power + 1) * Math.log1p(t / a) - theta[2]! * Math.log1p(t / b));
  // Without death it would come sooner. The logarithm of what is still to come is concave in ln(t + m): Newton's first step ends beyond the answer,
  // the others go back towards it. Where the first ends so far that nothing is to come, it is halved.
  let t = a * Math.expm1(-Math.log1p(-share) / power);
  let change = 0;
  for (let step = 0; step < 100; step++) {
    const left = ever - buys(theta, x, tenure, t, 1);
    change = left > 0 ? (Math.log(left / (ever - share)) * left) / (density(t) * (small + t)) : -change / 2;
    t += (small + t) * Math.expm1(change);
    if (Math.abs(change) < 1e-6) break;
  }
  // What is still to come has lost digits where it is nearly all: what has come has not.
  return t + (share - buys(theta, x, tenure, t, 1)) / density(t);
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

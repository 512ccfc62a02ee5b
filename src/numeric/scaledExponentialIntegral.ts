import { logGammaStep } from './logGammaStep.js';

/**
 * e^z E_s(z), the integral of exp(-z w) (1 + w)^-s over w from 0 to infinity, for order s above 0 and z from 0: how long something is worth having
 * that is discounted and dies out as a power. 1 / (s - 1) at z = 0 where s is above 1, else Infinity there. Relative error about 1e-14.
 *
 * A continued fraction where z or s is large, with at most 100 terms; else a power series for an order near 1, and from there the recurrence upwards.
 */
export function scaledExponentialIntegral(s: number, z: number): number {
  if (z === 0) return s > 1 ? 1 / (s - 1) : Infinity;
  if (z === Infinity) return 0;
  if (!(z < 1 && s < 25)) return byFraction(s, z);
  const steps = Math.max(0, Math.round(s) - 1);
  let value = bySeries(s - steps - 1, z) * Math.exp(z);
  // F(t + 1) = (1 - z F(t)) / t: errors shrink by z / t.
  for (let order = s - steps; order < s - 0.5; order++) value = (1 - z * value) / order;
  return value;
}

/** 1 / (z + s - s / (z + s + 2 - 2 (s + 1) / (z + s + 4 - …))) by Lentz's method (Press et al., 2007, section 6.3). */
function byFraction(s: number, z: number): number {
  let b = z + s;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 1000; i++) {
    const a = -i * (s - 1 + i);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** E(1 + e, z) for e below 1: (1 - G(1 - e) z^e) / e less the sum of (-z)^k / (k! (k - e)) over k from 1, the first without its pole at e = 0. */
function bySeries(e: number, z: number): number {
  // Euler's constant is what remains there.
  let sum = e === 0 ? -0.5772156649015329 - Math.log(z) : -Math.expm1(logGammaStep(1, -e) + e * Math.log(z)) / e;
  let power = 1;
  for (let k = 1; k < 30; k++) {
    power *= -z / k;
    sum -= power / (k - e);
    if (Math.abs(power) < 1e-18) break;
  }
  return sum;
}

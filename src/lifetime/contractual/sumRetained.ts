import { digamma } from '../../numeric/digamma.js';
import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import { logRetained, type RetentionTheta } from './logRetained.js';

/** So many periods are added one by one. */
const SINGLE = 512;

/** A clock from which on digammas differ by alpha over it to the last digit, as far as doubles go. */
const LATE = 1e100;

/**
 * The sum over t from 1 of S(n + t) / S(n) exp(-delta (t - 1)), to about 12 digits; Infinity where it has no end: S falls as t^-(alpha shape).
 *
 * The first periods one by one, until what can follow is too little: at most the last term over 1 - exp(-delta), as S does not rise. Then the rest as
 * the integral from half a period before its first term, with the slope there over 24 (Euler and Maclaurin, midpoint form): in the logarithm of time, panel
 * by panel with 16 points each, as wide as the integrand is smooth. What follows t is at most f(t) / delta and, where f falls by a power p of time or more,
 * at most t f(t) / (p - 1); without discount, where t is so late that S is a power, it is that with p = alpha shape.
 */
export function sumRetained(theta: RetentionTheta, renewals: number, delta: number): number {
  const [alpha, beta, shape] = theta;
  if (delta === 0 && alpha * shape <= 1) return Infinity;
  let sum = 0;
  for (let t = 1; t <= SINGLE; t++) {
    const term = Math.exp(logRetained(theta, renewals, renewals + t) - delta * (t - 1));
    sum += term;
    if (term <= 1e-17 * sum * -Math.expm1(-delta)) return sum;
  }
  const first = renewals + SINGLE + 0.5;
  const logAt = (time: number): number => logRetained(theta, renewals, time) - delta * (time - renewals - 1);
  const clock = first ** shape;
  const power = clock < LATE ? clock * (digamma(alpha + beta + clock) - digamma(beta + clock)) : alpha;
  sum -= (Math.exp(logAt(first)) * ((shape * power) / first + delta)) / 24;
  /** About how many times the integrand falls by e while time grows by as much. */
  const fallAt = (time: number): number => shape * (time ** shape < LATE ? time ** shape * Math.log1p(alpha / (beta + time ** shape - 0.5)) : alpha) + delta * time;
  const rule = gaussLegendre(16);
  for (let time = first; ; ) {
    const height = Math.exp(logAt(time));
    const fall = fallAt(time);
    // The power of time by which the integrand falls does not shrink.
    const left = Math.min(delta > 0 ? height / delta : Infinity, fall > 1 ? (time * height) / (fall - 1) : Infinity);
    if (left <= 1e-17 * sum) return sum;
    if (delta === 0 && (time > 1e300 || time ** shape > 1e14 * (1 + alpha) * (alpha + beta))) return sum + (time * height) / (alpha * shape - 1);
    const width = Math.min(1 / Math.max(1, shape), 8 / fall);
    for (const { point, weight } of rule) {
      const there = time * Math.exp(width * point);
      sum += weight * width * there * Math.exp(logAt(there));
    }
    time *= Math.exp(width);
  }
}

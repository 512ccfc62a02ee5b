import { logGamma } from './logGamma.js';
import { stirlingRemainder } from './stirling.js';

/**
 * The probability that a gamma variable of the given shape (above 0) and rate 1 is at most x: the regularised incomplete gamma function P.
 * Relative accuracy about 1e-13, also far out in the tail; O(√shape) near the mean, less elsewhere.
 */
export function incompleteGamma(x: number, shape: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 0;
  if (x === Infinity) return 1;
  return x < shape + 1 ? lowerSeries(x, shape) : 1 - upperFraction(x, shape);
}

/** The probability that a gamma variable of the given shape and rate 1 exceeds x: Q = 1 - P, with full relative accuracy of its own. */
export function incompleteGammaComplement(x: number, shape: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 1;
  if (x === Infinity) return 0;
  if (x >= shape + 1 || (shape < 1 && x >= 1)) return upperFraction(x, shape);
  return shape < 1 ? upperOfSmallShape(x, shape) : 1 - lowerSeries(x, shape);
}

/** x^shape e^-x / Gamma(shape) for x above 0: x times the density. */
export function gammaFront(x: number, shape: number): number {
  if (shape < 12) return shape * Math.exp(shape * Math.log(x) - x - logGammaOfOnePlus(shape));
  // With Stirling's series the large terms cancel on paper: shape (x / shape - 1 - log(x / shape)) is left.
  return Math.sqrt(shape / (2 * Math.PI)) * Math.exp(-shape * excessOfLog((x - shape) / shape) - stirlingRemainder(shape));
}

// P = front / a (1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ...): all terms are positive (Abramowitz and Stegun, 6.5.29).
function lowerSeries(x: number, shape: number): number {
  let sum = 1;
  for (let term = 1, k = shape + 1; term > sum * 1e-17; k++) sum += term *= x / k;
  return (gammaFront(x, shape) / shape) * sum;
}

// Legendre's continued fraction (6.5.31) in Lentz's form.
function upperFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let result = d;
  for (let k = 1; k < 1_000_000; k++) {
    const a = k * (shape - k);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    result *= c * d;
    if (Math.abs(c * d - 1) < 2e-16) break;
  }
  return gammaFront(x, shape) * result;
}

// 1 - P where P is near 1: with u = 1 - x^a / Gamma(a + 1), Q = u + x^a / Gamma(a + 1) times the sum of (-1)^(n+1) a x^n / ((a + n) n!) (Gautschi, 1979).
function upperOfSmallShape(x: number, shape: number): number {
  const log = shape * Math.log(x) - logGammaOfOnePlus(shape);
  let sum = 0;
  for (let n = 1, power = x; power > 1e-18 * sum || n < 3; n++, power *= x / n) sum += ((n % 2 === 1 ? shape : -shape) * power) / (shape + n);
  return Math.exp(log) * sum - Math.expm1(log);
}

/** (-1)^k (zeta(k) - 1) / k for k from 2 (Abramowitz and Stegun, 6.1.33). */
const ZETA_TERMS = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784548, -0.007385551028673985, 0.0028905103307415234, -0.001192753911703261, 0.0005096695247430424, -0.0002231547584535794, 0.00009945751278180853,
  -0.00004492623673813314, 0.000020507212775670692, -0.000009439488275268396, 0.000004374866789907488, -0.0000020392157538013662, 9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554664e-7,
  -1.00432248239681e-7, 4.769810169363981e-8, -2.2711094608943165e-8, 1.0838659214896954e-8, -5.183475041970047e-9, 2.4836745438024783e-9, -1.1921401405860912e-9, 5.73136724167886e-10, -2.759522885124233e-10,
] as const;

// Of a small argument, where the logarithm of Gamma itself loses what is near 0.
function logGammaOfOnePlus(a: number): number {
  if (a > 0.5) return logGamma(1 + a);
  let sum = 0;
  for (let k = ZETA_TERMS.length - 1; k >= 0; k--) sum = sum * a + ZETA_TERMS[k]!;
  return sum * a * a + a * 0.42278433509846714 - Math.log1p(a);
}

// d - log(1 + d); by log1p(d) = 2 (y + y^3 / 3 + ...) with y = d / (2 + d) where the two would cancel.
function excessOfLog(d: number): number {
  if (Math.abs(d) > 0.3) return d - Math.log1p(d);
  const y = d / (2 + d);
  let sum = 0;
  for (let k = 3, power = y * y * y; Math.abs(power) > 1e-19; k += 2, power *= y * y) sum += power / k;
  return d * y - 2 * sum;
}

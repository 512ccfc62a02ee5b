/** Nodes a unit of y: with 6 the error is below 1e-14 for every order and argument. */
const DENSITY = 6;

/**
 * e^z E_s(z), the integral of exp(-z w) (1 + w)^-s over w from 0 to infinity, for order s above 0 and z from 0: how long something is worth having
 * that is discounted and dies out as a power. 1 / (s - 1) at z = 0 where s is above 1, else Infinity there. Relative error below 1e-14.
 *
 * The trapezoidal rule after w = exp(y - exp(-y)) / (z + s), which falls off double-exponentially on the left (Takahasi and Mori, 1974), and to
 * which the fall on the right, over w of about 1 / z, is one on the scale of y as well. About 60 to 100 nodes; more as z nears 0.
 */
export function scaledExponentialIntegral(s: number, z: number): number {
  if (z === 0) return s > 1 ? 1 / (s - 1) : Infinity;
  if (z === Infinity) return 0;
  const scale = 1 / (z + s);
  let sum = 0;
  // Before y = -3.67 the weight exp(-exp(-y)) is below the rounding.
  for (let node = -22; ; node++) {
    const y = node / DENSITY;
    const shrink = Math.exp(-y);
    const w = scale * Math.exp(y - shrink);
    const term = Math.exp(-z * w - s * Math.log1p(w)) * w * (1 + shrink);
    sum += term;
    if (node > 0 && !(term > 1e-17 * sum)) return sum / DENSITY;
  }
}

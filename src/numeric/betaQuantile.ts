import { incompleteBeta } from './incompleteBeta.js';
import { logGamma } from './logGamma.js';

/**
 * The x below which a beta variable with shapes a and b, both above 0, falls with probability p: Newton's steps, each kept within what is known
 * to hold the answer and replaced by the geometric middle where it leaves that. About 1e-14 of itself; 0 where the answer is below 1e-300.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1)) return p === 0 || p === 1 ? p : NaN;
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  // Near 0 the distribution is x^a / (a B(a, b)): for a small a the answer lies many powers of ten below the mean.
  let x = Math.min(a / (a + b), Math.exp((Math.log(p * a) + logBeta) / a));
  if (x < 1e-300) return 0;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 200; step++) {
    const error = incompleteBeta(x, a, b) - p;
    if (error > 0) high = x;
    else low = x;
    const slope = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
    const newton = x - error / slope;
    if (Math.abs(newton - x) <= 1e-15 * x) break;
    x = newton > low && newton < high ? newton : Math.sqrt(low * high) || high / 2;
  }
  return x;
}

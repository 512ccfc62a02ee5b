/** Probability that a standard normal draw is at most z, with the full relative accuracy in both tails. */
export function normalCdf(z: number): number {
  return normalSurvival(-z);
}

/** Probability of a standard normal draw at least as far from 0 as z: the p-value of a two-sided z-test. */
export function twoSidedNormalP(z: number): number {
  return 2 * normalSurvival(Math.abs(z));
}

/**
 * Probability that a standard normal draw exceeds z; relative accuracy about 2e-15.
 *
 * No table of coefficients, so that it costs a page few bytes: around 0 the series density × (x + x³/3 + x⁵/15 + …), whose terms are
 * all positive; further out the continued fraction density / (x + 1/(x + 2/(x + …))) of Laplace, of which 200 steps are enough from 1.5 on.
 */
export function normalSurvival(z: number): number {
  const x = Math.abs(z);
  if (!(x <= 38.6)) return Number.isNaN(z) ? NaN : z > 0 ? 0 : 1;
  let tail: number;
  if (x < 1.5) {
    let term = x;
    let sum = x;
    for (let k = 3; term > 1e-17 * sum; k += 2) sum += term *= (x * x) / k;
    tail = 0.5 - density(x) * sum;
  } else {
    let fraction = x;
    for (let k = 200; k > 0; k--) fraction = x + k / fraction;
    tail = density(x) / fraction;
  }
  return z > 0 ? tail : 1 - tail;
}

/**
 * The z below which a standard normal draw falls with probability p; -Infinity at 0, Infinity at 1, accurate to about 1e-15. The rational start
 * of Hastings (Abramowitz and Stegun, 26.2.23, error below 0.0005), then Halley's steps, each of which trebles the digits.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const distance = (normalSurvival(z) - tail) / density(z);
    z += distance / (1 - (z * distance) / 2);
  }
  return p < 0.5 ? -z : z;
}

/** exp(-x²/2) / √(2π), in two factors, the first exact in its argument: otherwise the rounding of x² costs x² ulps. */
function density(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return 0.3989422804014327 * Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

/** Points in (0, 1) with the probabilities that stand for a beta law; q = 1 - p is kept apart, and so is the logarithm of q. */
export interface BetaRule {
  readonly count: number;
  readonly p: Float64Array;
  readonly logQ: Float64Array;
  readonly weights: Float64Array;
}

/** Points between two looks at whether there is anything left. */
const STRIDE = 4;

/**
 * A rule for expectations under a beta law of functions of p that are smooth in its log-odds y above `low` and flat below: the trapezoid in u with
 * y = u - exp(low - u) + exp(u - high), which is exponentially precise; the tails of y, long where a or b are small, are drawn together.
 */
export function betaRule(a: number, b: number, flatBelow: number): BetaRule {
  const peak = Math.log(a / b);
  const low = Math.min(flatBelow, peak - 2);
  const high = Math.max(4, peak + 2);
  const step = Math.min(0.25, 0.4 * Math.sqrt(1 / a + 1 / b));
  const logWeight = (u: number): number => {
    const [below, above] = [Math.exp(low - u), Math.exp(u - high)];
    const y = u - below + above;
    return a * y - (a + b) * logOnePlusExp(y) + Math.log(1 + below + above);
  };
  const atPeak = logWeight(peak);
  // To where nothing is left of the part below `low`, or of what a double holds; looked for in strides.
  const least = Math.max(logWeight(low) - 42, atPeak - 700);
  let first = Math.floor(peak / step);
  while (logWeight(first * step) > least) first -= STRIDE;
  let last = Math.ceil(peak / step);
  while (logWeight(last * step) > atPeak - 42) last += STRIDE;
  const count = last - first + 1;
  const [p, logQ, weights] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const u = (first + i) * step;
    const [below, above] = [Math.exp(low - u), Math.exp(u - high)];
    // Far below `low` functions are flat: their value is taken where p is still a number.
    const y = Math.max(-600, u - below + above);
    const softplus = logOnePlusExp(y);
    p[i] = Math.exp(y - softplus);
    logQ[i] = -softplus;
    weights[i] = (1 + below + above) * Math.exp(a * (u - below + above) - (a + b) * softplus - atPeak);
    total += weights[i]!;
  }
  for (let i = 0; i < count; i++) weights[i]! /= total;
  return { count, p, logQ, weights };
}

function logOnePlusExp(y: number): number {
  return y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
}

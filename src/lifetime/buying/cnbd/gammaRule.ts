/** Rates with weights that make of a function its mean under a gamma law. */
export interface GammaRule {
  readonly count: number;
  readonly rates: Float64Array;
  readonly weights: Float64Array;
}

/** Points between two looks at whether there is anything left. */
const STRIDE = 4;

/**
 * The trapezoid in the logarithm of the rate, for functions that go to 0 with the rate at least as fast as it does and grow no faster than its
 * power `growth`; `widest` bounds the step where functions turn fast. Exponentially precise.
 */
export function gammaRule(shape: number, rate: number, growth: number, widest: number): GammaRule {
  const step = Math.min(widest, 0.45 / Math.sqrt(shape + 1));
  const centre = Math.log((shape + 1) / rate);
  const logWeight = (power: number, away: number): number => power * away - (shape + 1) * Math.expm1(away);
  let first = -1;
  while (logWeight(shape + 1, first * step) > -38) first -= STRIDE;
  let last = 1;
  while (logWeight(shape + growth, last * step) > -38) last += STRIDE;
  const count = last - first + 1;
  const [rates, weights] = [new Float64Array(count), new Float64Array(count)];
  let total = 0;
  for (let i = 0; i < count; i++) {
    const away = (first + i) * step;
    rates[i] = Math.exp(centre + away);
    const weight = Math.exp(logWeight(shape + 1, away));
    total += weight;
    weights[i] = weight / rates[i]!;
  }
  // By the law of shape + 1, which the points cover to its ends: the mean of f is that of f / rate times the mean rate.
  const factor = shape / (rate * total);
  for (let i = 0; i < count; i++) weights[i]! *= factor;
  return { count, rates, weights };
}

import { quantileOf } from '../buying/answers/purchaseInterval.js';
import { CountBands } from './countBands.js';
import { SpendMixture } from './spendMixture.js';
import type { ValueTerms } from './valueTerms.js';

/** How far what a customer really brings can be from what is expected. */
export interface ValueSpread {
  /** Ends of the interval; empty where not asked for. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Variance of what a customer brings, Infinity where amounts have none; empty where not asked for. */
  readonly variance: Float64Array;
}

/**
 * What chance makes of each customer's value within a finite horizon, the parameters taken as known: how many purchases, which amounts, and what is not
 * known of the customer's own mean amount.
 *
 * Every purchase is discounted by the mean factor of the customer's purchases, so that the mean is exact; how factors differ between purchases goes into
 * the variance of a single amount.
 */
export function valueSpread(caller: string, terms: ValueTerms, want: { readonly ends: boolean; readonly variance: boolean }): ValueSpread {
  const { buying, histories, time, delta, confidence, amounts, alive, expected, discounted, share, spend, value } = terms;
  const { law } = buying;
  const { count, known, monetary } = histories;
  const ends = want.ends ? count : 0;
  const [lower, upper, variance] = [new Float64Array(ends), new Float64Array(ends), new Float64Array(want.variance ? count : 0)];
  // Times between purchases of a law of stages depend on how long ago the last was.
  const isSteady = !('k' in buying) && law.purchases !== 'probability';
  const bands = new CountBands();
  const mixture = new SpendMixture(bands);
  const tail = (1 - confidence) / 2;
  let row = -1;
  buying.each(caller, histories.source, (theta, x, last, tenure) => {
    row++;
    const [here, mean] = [alive[row]!, expected[row]!];
    if (!(mean > 0 && value[row]! > 0)) return 0;
    const factor = discounted[row]! / mean;
    const twice = delta === 0 ? mean : here * law.discounted(theta, x, last, tenure, time, 2 * delta);
    const timing = Math.max(0, (twice * mean) / discounted[row]! ** 2 - 1);
    if (amounts === null) {
      const worth = factor * spend[row]! * share[row]!;
      if (want.ends) {
        lower[row] = worth * quantileOf(law, [theta, x, last, tenure], time, 1 - tail);
        upper[row] = worth * quantileOf(law, [theta, x, last, tenure], time, tail);
      }
      if (want.variance) {
        bands.fill(law, isSteady, here, theta, x, last, tenure, time);
        variance[row] = worth * worth * bands.variance(timing);
      }
      return 0;
    }
    bands.fill(law, isSteady, here, theta, x, last, tenure, time);
    const worth = factor * share[row]! * (amounts.v + known[row]! * monetary[row]!);
    // (1 + 1 / p) (1 + timing) - 1: the squared variation of an amount times an independent factor.
    mixture.load(amounts.p, amounts.p * known[row]! + amounts.q, timing + (1 + timing) / amounts.p);
    if (want.ends) {
      lower[row] = worth * mixture.quantile(tail);
      upper[row] = worth * mixture.quantile(1 - tail);
    }
    if (want.variance) variance[row] = worth * worth * mixture.variance(amounts.p);
    return 0;
  });
  return { lower, upper, variance };
}

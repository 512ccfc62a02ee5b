import type { BuyingModel } from '../buying/buyingModel.js';
import { sharedLoadings, type SharedLoadings } from '../value/sharedLoadings.js';
import type { LifetimeValue } from '../value/lifetimeValue.js';
import { meanAmount, type ValueTerms } from '../value/valueTerms.js';
import { purchasesByPeriod, type DistinctHistories } from './existingCounts.js';
import type { ForecastSpan } from './forecastPeriods.js';
import { repeatsOfNewcomers, type Newcomers } from './newcomerCounts.js';

/** Whom a forecast sums over. */
export interface ForecastCustomers {
  readonly terms: ValueTerms;
  readonly distinct: DistinctHistories;
  /** For each dimension the position of each customer's group among all series; the first has everybody in series 0. */
  readonly series: readonly Int32Array[];
  readonly seriesCount: number;
  /** Of newcomers in each period. */
  readonly arrivals: Float64Array;
  readonly newcomers: Newcomers;
  readonly span: ForecastSpan;
  /** What is kept of an amount. */
  readonly kept: number;
}

/** Where answers stand: purchases of every series and period, then what they bring, then both of newcomers. */
export function rowOf({ seriesCount, span: { seasons } }: ForecastCustomers, series: number | 'coming', measure: 'purchases' | 'earned', period: number): number {
  const own = measure === 'purchases' ? 0 : 1;
  if (series === 'coming') return (2 * seriesCount + own) * seasons.length + period;
  return (own * seriesCount + series) * seasons.length + period;
}

/** The purchases that newcomers make in each period, their first ones included. */
export function newcomerPurchases(caller: string, model: BuyingModel, { arrivals, newcomers, span: { times, seasons } }: ForecastCustomers): Float64Array {
  const periods = seasons.length;
  const repeats = repeatsOfNewcomers(caller, model, newcomers, times);
  return seasons.map((season, k) => {
    let sum = arrivals[k]!;
    for (let j = 0; j <= k; j++) sum += season * arrivals[j]! * repeats[j * periods + k]!;
    return sum;
  });
}

/** What the uncertainty of the parameters makes of every sum: of the law of buying, and of that of amounts; null where a fit tells no covariance. */
export function forecastLoadings(caller: string, { buying, spending }: LifetimeValue, customers: ForecastCustomers, base: { readonly means: Float64Array; readonly coming: Float64Array; readonly amounts: Float64Array; readonly usual: number }): (SharedLoadings | null)[] {
  const { terms, distinct, span, kept } = customers;
  const byBuying = sharedLoadings(caller, buying, (model) => answersOf(customers, { ...base, means: purchasesByPeriod(caller, model, distinct, span.times), coming: newcomerPurchases(caller, model, customers) }));
  if (terms.amounts === null || spending === null) return [byBuying];
  const { known, monetary } = terms.histories;
  const byAmounts = sharedLoadings(caller, spending, ({ parameters: law }) =>
    answersOf(customers, { ...base, amounts: known.map((count, i) => kept * meanAmount(law, count, monetary[i]!)), usual: kept * meanAmount(law, 0, 0) }),
  );
  return [byBuying, byAmounts];
}

function answersOf(customers: ForecastCustomers, { means, coming, amounts, usual }: { readonly means: Float64Array; readonly coming: Float64Array; readonly amounts: Float64Array; readonly usual: number }): Float64Array {
  const { terms, distinct, series, seriesCount, span: { seasons } } = customers;
  const periods = seasons.length;
  const answers = new Float64Array((2 * seriesCount + 2) * periods);
  const { weights } = terms.histories;
  for (let i = 0; i < distinct.kinds.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    const from = distinct.kinds[i]! * periods;
    for (const codes of series) {
      const [purchases, earned] = [codes[i]! * periods, (seriesCount + codes[i]!) * periods];
      for (let k = 0; k < periods; k++) {
        const mean = weight * seasons[k]! * means[from + k]!;
        answers[purchases + k]! += mean;
        answers[earned + k]! += mean * amounts[i]!;
      }
    }
  }
  for (let k = 0; k < periods; k++) {
    answers[2 * seriesCount * periods + k] = coming[k]!;
    answers[(2 * seriesCount + 1) * periods + k] = coming[k]! * usual;
  }
  return answers;
}

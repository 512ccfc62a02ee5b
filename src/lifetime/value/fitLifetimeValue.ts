import type { EventLog } from '../../data/eventLog.js';
import { learnBuying } from './learnBuying.js';
import { learnSpending } from './learnSpending.js';
import { LifetimeValue } from './lifetimeValue.js';
import type { LifetimeValueOptions } from './lifetimeValueOptions.js';
import { readValueSettings } from './readValueSettings.js';
import { shareReturned } from './shareReturned.js';
import { historiesOf, isLog, readValueHistories, type ValueHistories } from './valueHistories.js';
import { valueWarnings } from './valueWarnings.js';

const CALLER = 'fitLifetimeValue';

/**
 * What customers are going to be worth, from their purchases: the one call that chooses a law of buying, learns the law of amounts, and values everybody.
 *
 * A value is the purchases to expect within the horizon, each discounted to the moment, times the amount to expect of a purchase, times the margin,
 * less the share of amounts that is brought back. How often customers buy and when they silently stop is learnt by several laws. From a log they are judged by what
 * they foretell: the ends of the log are held out (`cuts` stretches as long as the horizon, within its second half), and the log score of the purchases
 * made there decides; among laws that it cannot tell apart, the BIC. A summary with `holdout` is judged by that, any other by the BIC.
 * Amounts follow the gamma-gamma law, which takes them as independent of frequency: `report.independence` tells whether they are.
 *
 * O(events) for the summaries, O(distinct histories) an evaluation of each law.
 *
 * @param customers - a log, or histories such as `customerSummary` gives
 * @param options - horizon, discount, margin, laws; see {@link LifetimeValueOptions}
 * @returns the model; `predict` values customers, `report` says what was tried, why, and what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `INVALID_DATE`, `LENGTH_MISMATCH`
 * @example
 * ```ts
 * // Weeks of 50 customers in four kinds: how often they came back, when last, and the mean amount they spent then.
 * const customers = { unit: 'week', frequency: [0, 1, 2, 6], recency: [0, 6, 20, 38], tenure: [40, 40, 40, 40], monetary: [NaN, 20, 40, 30], weights: [25, 12, 9, 4] } as const;
 * const model = fitLifetimeValue(customers, { horizon: { years: 1 }, annualDiscountRate: 0.1, margin: 0.3, models: ['nbd', 'mbgNbd'] });
 * model.report.chosen; // => 'mbgNbd'
 * const { expectedPurchases, value, lower, upper } = model.predict(customers);
 * value.every((worth, i) => worth > 0 && worth < expectedPurchases[i]! * 40 * 0.3); // => true
 * upper![3]! > value[3]! && lower![3]! < value[3]!; // => true
 * ```
 */
export function fitLifetimeValue(customers: EventLog | ValueHistories, options: LifetimeValueOptions = {}): LifetimeValue {
  const { unit, reading, returns, prior, ...settings } = readValueSettings(CALLER, options, isLog(customers));
  const histories = readValueHistories(CALLER, isLog(customers) ? historiesOf(customers, unit, reading, options) : customers);
  const { buying, ...found } = learnBuying(CALLER, customers, histories, { ...options, prior, reading, horizon: settings.horizon });
  const { warnings, ...amounts } = learnSpending(CALLER, histories, prior);
  const returnedShare = shareReturned(CALLER, histories);
  return new LifetimeValue({
    buying,
    ...amounts,
    ...settings,
    returnedShare: returns === 'ignore' ? 0 : (returnedShare ?? 0),
    reading,
    report: {
      customers: buying.fit?.customers ?? 0,
      ...found,
      returnedShare,
      independence: amounts.spending?.fit?.independence ?? null,
      warnings: [...valueWarnings(buying, found, histories, settings.horizon), ...warnings],
    },
  });
}

import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { requireModel, requireMost } from '../buying/requireModel.js';
import { conditionalRows, frequencyBounds, type ConditionalRow } from './conditionalRows.js';
import { splitHoldout, type HistoriesWithHoldout } from './holdoutCustomers.js';

/** By what to class customers. */
export interface ConditionalExpectationsOptions {
  /** How often they bought before the split, or the time from their first to their last purchase. @defaultValue 'frequency' */
  readonly by?: 'frequency' | 'recency';
  /** The last class of frequency, which holds all who bought so often or more. A whole number from 1. @defaultValue 7 */
  readonly most?: number;
  /** Classes of recency, of one width. A whole number from 1. @defaultValue 10 */
  readonly bins?: number;
}

const CALLER = 'conditionalExpectations';

/**
 * How often customers bought in the holdout, beside what a model expected of them, by what was known of them before: where the model goes wrong
 * (Fader, Hardie and Lee, 2005).
 *
 * O(customers).
 *
 * @param model - learnt before the split, in their unit
 * @param customers - histories with a `holdout`, as `customerSummary` with `split` gives them
 * @param options - see {@link ConditionalExpectationsOptions}
 * @returns a row for each class, ascending; classes without customers stay, with means `NaN`
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `LENGTH_MISMATCH` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 });
 * const holdout = { duration: 10, frequency: Float64Array.of(1, 0, 1), spend: Float64Array.of(9, 0, 9), monetary: Float64Array.of(9, NaN, 9) };
 * const customers = { unit: 'week', frequency: [0, 0, 3], recency: [0, 0, 8], tenure: [10, 10, 10], holdout } as const;
 * const rows = conditionalExpectations(model, customers, { most: 1 });
 * rows[0]; // => { from: 0, to: 1, customers: 2, actual: 0.5, expected: 0.5 }
 * rows[1]; // => { from: 1, to: Infinity, customers: 1, actual: 1, expected: 2 }
 * ```
 */
export function conditionalExpectations(model: BuyingModel, customers: HistoriesWithHoldout, options: ConditionalExpectationsOptions = {}): ConditionalRow[] {
  requireKnownOptions(CALLER, options, ['by', 'most', 'bins']);
  const by = requireChoice(CALLER, 'by', options.by ?? 'frequency', ['frequency', 'recency']);
  requireModel(CALLER, model);
  const most = requireMost(CALLER, options.most ?? 7, 1);
  const bins = requireMost(CALLER, options.bins ?? 10, 1);
  const { calibration, duration, actual } = splitHoldout(CALLER, customers);
  const histories = model.read(CALLER, calibration);
  const expected = model.each(CALLER, calibration, (theta, x, last, tenure) => model.law.alive(theta, x, last, tenure) * model.law.expected(theta, x, last, tenure, duration));
  if (by === 'frequency') return conditionalRows(histories.frequency, frequencyBounds(most), actual, expected);
  const longest = histories.recency.reduce((a, b) => Math.max(a, b), 0);
  const bounds = Array.from({ length: bins + 1 }, (_, k) => (k * longest) / bins);
  return conditionalRows(histories.recency, bounds, actual, expected);
}

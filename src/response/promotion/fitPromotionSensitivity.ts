import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { readColumn } from '../../data/readColumn.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { fitUplift } from '../uplift/fitUplift.js';
import type { UpliftOptions } from '../uplift/upliftOptions.js';
import { PromotionSensitivity } from './promotionSensitivity.js';

const CALLER = 'fitPromotionSensitivity';
const OPTIONS = [
  'target', 'positive', 'discount', 'control', 'fullDiscount', 'weights', 'features', 'learner', 'effectLearner', 'propensity', 'folds', 'clip', 'confidence', 'seed', 'onProgress',
];

/** How to learn a sensitivity to promotion. */
export interface PromotionSensitivityOptions<Names extends string = string>
  extends Omit<UpliftOptions<Names>, 'treatment' | 'treatments' | 'control' | 'method' | 'interactions'> {
  /** The column of numbers that says how deep a discount the customer was offered: a few depths, each to many customers. */
  readonly discount: Names;
  /** The discount that means no promotion, the smallest. @defaultValue 0 */
  readonly control?: number;
  /** The discount at which the price is 0, for elasticities: 1 where discounts are shares, 100 for percentages, the price for amounts. @defaultValue not known */
  readonly fullDiscount?: number;
}

/**
 * How strongly each customer responds to the depth of a discount, learnt from a trial in which customers got different ones: response curves, the gain per
 * unit of discount, and price elasticities.
 *
 * Every depth is compared with control by doubly robust learners ({@link fitUplift}, method `'DR'`); the curve of each customer is then projected on those
 * that never fall as the discount grows and are nowhere negative (isotonic regression; depths count by their share of the rows). The projection takes noise out of
 * single curves, and adds a little to their mean where effects are nil: the averages in the report are not projected.
 *
 * @param data - the trial: raw rows, one a customer, with outcome, discount and what was known before
 * @param options - `target` and `discount` at least
 * @returns the fitted model, with its `report`
 * @throws a {@link ClientelaError} `COLUMN_KIND` (a discount that is no number), `INVALID_OPTION` (a discount below control, or of `fullDiscount` and more), or as {@link fitUplift}
 * @example
 * ```ts
 * // Club members buy 1, 2 and 3 pieces at 0, 10 and 20 % off, others 1 whatever the price.
 * const trial = Array.from({ length: 120 }, (_, i) => ({ club: i % 2 ? 'yes' : 'no', off: (i % 3) * 10, pieces: i % 2 ? 1 + (i % 3) : 1 }));
 * const model = fitPromotionSensitivity(trial, { target: 'pieces', discount: 'off', fullDiscount: 100 });
 * model.curve({ club: 'yes' }).map(({ discount, outcome }) => [discount, outcome]); // => [[0, 1], [10, 2], [20, 3]]
 * model.predictElasticity([{ club: 'no' }])[0]! > -1e-6; // => true
 * ```
 */
export function fitPromotionSensitivity<Data extends TableOf<Data>>(data: Data, options: PromotionSensitivityOptions<ColumnNameOf<Data>>): PromotionSensitivity {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { discount, control = 0, fullDiscount = null, ...rest } = options;
  requireDiscounts(data, discount, control, fullDiscount);
  const uplift = fitUplift(data, { ...rest, treatment: discount, control, method: 'DR' });
  return new PromotionSensitivity(
    {
      format: 'PromotionSensitivity',
      formatVersion: 1,
      control,
      discounts: uplift.treatments.map(Number),
      shares: uplift.report.arms.slice(1).map(({ share }) => share),
      fullDiscount,
      uplift: uplift.toJSON(),
    },
    uplift,
  );
}

function requireDiscounts<Data extends TableOf<Data>>(data: Data, name: string, control: number, fullDiscount: number | null): void {
  const column = readColumn(CALLER, readTable(CALLER, data), name);
  if (column.kind !== 'number') {
    throw new ClientelaError('COLUMN_KIND', `${CALLER} needs discounts as numbers, found column "${name}" of kind ${column.kind}; for offers without an order take fitUplift`, { column: name });
  }
  if (fullDiscount !== null && !(fullDiscount > control && fullDiscount < Infinity)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs fullDiscount above the discount of control, found ${describeValue(fullDiscount)}`, { option: 'fullDiscount', value: fullDiscount });
  }
  const row = column.values.findIndex((value) => value < control || value >= (fullDiscount ?? Infinity));
  if (row < 0) return;
  const range = fullDiscount === null ? `${control} or more` : `from ${control} to less than ${fullDiscount}`;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs discounts of ${range}, found ${column.values[row]!} in column "${name}", row ${row}; say with control which discount means none`, { column: name, row });
}

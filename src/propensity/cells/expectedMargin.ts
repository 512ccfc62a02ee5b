import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { readCellAmounts, type CellAmounts } from './cellAmounts.js';
import { eachCode } from './eachCode.js';
import type { Eligibility } from './eligibility.js';
import type { PropensityCells } from './propensityCells.js';
import { columnOf, requireCells, requireRow } from './requireCells.js';

/** What a sale brings and a contact costs; money is in one currency, the caller's. */
export interface ExpectedMarginOptions {
  /** What a customer who takes the product brings, before the contact is paid: by product, by cell, or a function. */
  readonly margin: CellAmounts;
  /** What he pays for it, for the expected revenue. @defaultValue no revenue */
  readonly price?: CellAmounts;
  /** What offering it costs, whether he takes it or not. @defaultValue 0 */
  readonly contactCost?: CellAmounts;
  /** Who may be offered what. @defaultValue whoever has a probability */
  readonly eligibility?: Eligibility;
  /** Of the interval. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What offering each product to each customer is expected to bring. */
export interface ExpectedMargin {
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** One a column. */
  readonly products: readonly string[];
  /** Row-major, customers × products: probability × margin − contact cost; `NaN` where nothing can be offered. */
  readonly values: Float64Array;
  /** Lower ends; absent where the cells do not know how sure they are. */
  readonly lower?: Float64Array;
  /** Upper ends. */
  readonly upper?: Float64Array;
  /** Probability × price, where a price was given. */
  readonly revenue?: Float64Array;
  /** Why a cell is `NaN`: by row and by name or column of the product; null where it is not. */
  reason(row: number, product: string | number): string | null;
}

/** What is said of a cell without probability. */
export const NO_PROBABILITY = 'has no probability: it is held already, or its model is not good enough to be used';

/**
 * What each customer is expected to bring if offered each product: probability × margin − contact cost, with an interval.
 *
 * The interval says how far the probability may be off because its model was learnt from finitely many customers: normal on the log-odds
 * (delta method), so that it stays within probabilities of 0 and 1. Whether this customer buys is a draw on top of it. O(customers × products) in time
 * and memory, 8 bytes a cell and array: take more than 10⁷ cells in blocks of customers.
 *
 * @param cells - customers, products and probabilities
 * @param options - margins and costs
 * @returns row-major arrays of the customers × products
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION` or `LENGTH_MISMATCH`
 * @example
 * ```ts
 * const cells = { customers: ['Ann', 'Ben'], products: ['card', 'fund'], probability: Float64Array.of(0.5, 0.1, NaN, 0.2) };
 * const { values } = expectedMargin(cells, { margin: { card: 30, fund: 200 }, contactCost: { fund: 5 } });
 * values; // => [15, 15, NaN, 35]
 * ```
 */
export function expectedMargin(cells: PropensityCells, options: ExpectedMarginOptions): ExpectedMargin {
  const caller = 'expectedMargin';
  requireCells(caller, cells);
  requireKnownOptions(caller, options, ['margin', 'price', 'contactCost', 'eligibility', 'confidence']);
  const { eligibility, price, confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs confidence between 0 and 1, found ${describeValue(confidence)}`, { option: 'confidence', value: confidence });
  requireSameCells(caller, cells, eligibility);
  const margin = readCellAmounts(caller, options.margin, cells, { option: 'margin', negative: true });
  const cost = readCellAmounts(caller, options.contactCost ?? 0, cells, { option: 'contactCost', other: 0, negative: false });
  const chance = possible(cells, eligibility);
  const values = moneyOf(chance, margin, cost, cells.products.length);
  const { customers, products } = cells;
  return {
    customers,
    products,
    values,
    ...bounds(cells, chance, margin, cost, normalQuantile((1 + confidence) / 2)),
    ...(price === undefined ? {} : { revenue: moneyOf(chance, readCellAmounts(caller, price, cells, { option: 'price', negative: false }), new Float64Array(products.length), products.length) }),
    reason(row, product) {
      const column = columnOf(caller, products, product);
      requireRow(caller, customers.length, row);
      return eligibility?.reason(row, column) ?? (Number.isNaN(chance[row * products.length + column]) ? NO_PROBABILITY : null);
    },
  };
}

/** Refuses an eligibility of other customers or products. */
export function requireSameCells(caller: string, { customers, products }: PropensityCells, eligibility: Eligibility | undefined): void {
  if (eligibility === undefined) return;
  if (typeof eligibility !== 'object' || !('codesInto' in eligibility)) throw new ClientelaError('INVALID_OPTION', `${caller} needs eligibility as eligibility() makes it, found ${describeValue(eligibility)}`, { option: 'eligibility' });
  const same = eligibility.customers.length === customers.length && eligibility.products.length === products.length && products.every((product, j) => product === eligibility.products[j]);
  if (same && (eligibility.customers === customers || customers.every((customer, i) => customer === eligibility.customers[i]))) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs an eligibility of the same customers and products as the cells, in the same order; make it from the cells`, { option: 'eligibility' });
}

/** The probabilities of the cells that may be offered, NaN elsewhere. */
export function possible({ probability }: PropensityCells, eligibility: Eligibility | undefined): Float64Array {
  if (eligibility === undefined) return probability;
  const chance = probability.slice();
  eachCode(eligibility, (code, at) => {
    if (code > 0) chance[at] = NaN;
  });
  return chance;
}

/** Probability × amount − cost, cell by cell; amounts and costs are one a product or one a cell. */
export function moneyOf(chance: Float64Array, amount: Float64Array, cost: Float64Array, count: number): Float64Array {
  const values = new Float64Array(chance.length);
  const ownAmount = amount.length > count;
  const ownCost = cost.length > count;
  for (let at = 0, j = 0; at < chance.length; at++, j = j + 1 === count ? 0 : j + 1) values[at] = chance[at]! * amount[ownAmount ? at : j]! - cost[ownCost ? at : j]!;
  return values;
}

function bounds({ uncertainty, products }: PropensityCells, chance: Float64Array, margin: Float64Array, cost: Float64Array, z: number): { lower?: Float64Array; upper?: Float64Array } {
  if (uncertainty === undefined) return {};
  const count = products.length;
  const low = new Float64Array(chance.length);
  const high = new Float64Array(chance.length);
  for (let at = 0; at < chance.length; at++) {
    const p = chance[at]!;
    const j = at % count;
    // The odds times and by this factor.
    const factor = Number.isNaN(p) ? NaN : Math.exp(z * uncertainty.logOddsError((at - j) / count, j));
    const own = margin[margin.length > count ? at : j]!;
    const least = (p === 1 ? 1 : p / (p + (1 - p) * factor)) * own;
    const most = (p === 0 ? 0 : p / (p + (1 - p) / factor)) * own;
    const paid = cost[cost.length > count ? at : j]!;
    low[at] = Math.min(least, most) - paid;
    high[at] = Math.max(least, most) - paid;
  }
  return { lower: low, upper: high };
}

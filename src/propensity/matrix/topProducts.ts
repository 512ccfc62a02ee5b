import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { topColumns } from '../../numeric/topColumns.js';

/** Who may be offered what, block by block: an `Eligibility`, or anything of its shape. */
export interface BlockMask {
  /** Writes for the rows `from` to `to`, row-major, 0 where a product may be offered. */
  codesInto(from: number, to: number, out: Uint16Array): void;
}

/** Which products of a customer are the top ones. */
export interface TopOptions {
  /** How many products a customer gets at most. @defaultValue 5 */
  readonly count?: number;
  /** What a sale brings, by product: products are then ranked by probability × margin − contactCost, and those worth nothing or less left out. @defaultValue ranked by probability */
  readonly margin?: Readonly<Record<string, number>>;
  /** What an offer costs, by product, in the money of the margin (1 each where none is given). @defaultValue 0 */
  readonly contactCost?: Readonly<Record<string, number>>;
  /** Products less likely are left out. @defaultValue 0 */
  readonly minProbability?: number;
  /** Who may be offered what, of the same customers and products. */
  readonly eligibility?: BlockMask;
  /** Customers scored at a time. @defaultValue as many as make a quarter of a million cells */
  readonly blockSize?: number;
}

/** The best products of each customer. */
export interface TopProducts {
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** What the numbers in `columns` stand for. */
  readonly products: readonly string[];
  /** How many places each customer has. */
  readonly count: number;
  /** Row-major customers × count: columns of products, the best first; -1 where fewer are left. */
  readonly columns: Int32Array;
  /** In the same places; `NaN` where there is none. */
  readonly probability: Float64Array;
  /** Probability × margin − contactCost in the same places; the probability where no margin was given. */
  readonly value: Float64Array;
}

/** Options as they are used. */
export interface TopPlan {
  readonly count: number;
  readonly margin: Float64Array;
  readonly cost: Float64Array;
  readonly minProbability: number;
  readonly eligibility: BlockMask | null;
  readonly blockSize: number;
  readonly isMoney: boolean;
}

/** So many cells are looked at together. */
const BLOCK_CELLS = 262_144;

/** Reads what is asked for. */
export function readTopOptions(caller: string, options: TopOptions, products: readonly string[]): TopPlan {
  requireKnownOptions(caller, options, ['count', 'margin', 'contactCost', 'minProbability', 'eligibility', 'blockSize']);
  const { count = 5, margin, contactCost, minProbability = 0, eligibility, blockSize } = options;
  if (!(minProbability >= 0 && minProbability <= 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs minProbability from 0 to 1, found ${describeValue(minProbability)}`, { function: caller, option: 'minProbability' });
  return {
    count: Math.min(requireWhole(caller, 'count', count, 1), products.length),
    margin: moneyOf(caller, 'margin', margin, products, 1),
    cost: moneyOf(caller, 'contactCost', contactCost, products, 0),
    minProbability,
    eligibility: eligibility ?? null,
    blockSize: blockSize === undefined ? blockSizeOf(products.length) : requireWhole(caller, 'blockSize', blockSize, 1),
    isMoney: margin !== undefined || contactCost !== undefined,
  };
}

/** How many customers are scored at a time. */
export function blockSizeOf(productCount: number): number {
  return Math.max(16, Math.floor(BLOCK_CELLS / productCount));
}

/** Of a record of money by product one number a product. */
export function moneyOf(caller: string, option: string, given: Readonly<Record<string, number>> | undefined, products: readonly string[], other: number): Float64Array {
  if (given === undefined) return new Float64Array(products.length).fill(other);
  requireKnownOptions(caller, given, products);
  return Float64Array.from(products, (product) => {
    const value = given[product] ?? 0;
    if (Number.isFinite(value)) return value;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} finite, found ${describeValue(value)} of "${product}"`, { function: caller, option, product });
  });
}

/** What a block of customers is ranked with: one number a cell each. */
export interface BlockBuffers {
  readonly probability: Float64Array;
  readonly value: Float64Array;
  readonly barred: Uint16Array;
}

/** Puts the best products of the rows `from` to `to`, whose probabilities stand in the buffer, into their places. */
export function rankBlock(plan: TopPlan, from: number, to: number, width: number, { probability, value, barred }: BlockBuffers, result: Pick<TopProducts, 'columns' | 'probability' | 'value'>): void {
  const { count, margin, cost, minProbability, eligibility, isMoney } = plan;
  eligibility?.codesInto(from, to, barred);
  for (let row = from, at = 0; row < to; row++, at += width) {
    for (let j = 0; j < width; j++) {
      const p = probability[at + j]!;
      const worth = isMoney ? p * margin[j]! - cost[j]! : p;
      const isOut = p < minProbability || (isMoney && worth <= 0) || (eligibility !== null && barred[at + j] !== 0);
      value[at + j] = isOut ? NaN : worth;
    }
    const place = row * count;
    const found = topColumns(value, at, width, count, null, 0, result.columns, place);
    for (let k = place; k < place + found; k++) {
      result.value[k] = value[at + result.columns[k]!]!;
      result.probability[k] = probability[at + result.columns[k]!]!;
    }
  }
}

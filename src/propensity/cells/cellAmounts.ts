import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PropensityCells } from './propensityCells.js';

/**
 * Money by cell: one amount for all, by product (one amount, or one a customer), row-major customers × products, or a function of customer and product
 * (asked for the cells that have a probability).
 */
export type CellAmounts = number | Readonly<Record<string, number | ArrayLike<number>>> | ArrayLike<number> | ((customer: string | number, product: string) => number);

/** What amounts an option takes. */
export interface AmountTerms {
  readonly option: string;
  /** What a product has that is not named; absent where all must be. */
  readonly other?: number;
  /** Whether amounts below 0 are possible. */
  readonly negative: boolean;
}

/** The amounts: one a product where they are the same for all customers, else row-major; finite wherever there is a probability, and one a product of several customers. */
export function readCellAmounts(caller: string, given: CellAmounts, cells: PropensityCells, terms: AmountTerms): Float64Array {
  const amounts = spreadAmounts(caller, given, cells, terms);
  const { products, probability } = cells;
  const count = products.length;
  // Of one customer the amounts of the products are those of the cells.
  const own = amounts.length > count || cells.customers.length === 1;
  for (let at = 0; at < amounts.length; at++) {
    const amount = amounts[at]!;
    if ((Number.isFinite(amount) && (terms.negative || amount >= 0)) || (own && Number.isNaN(probability[at]))) continue;
    const where = own ? ` in row ${Math.floor(at / count)}` : '';
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${terms.option} finite${terms.negative ? '' : ' and not negative'}, found ${describeValue(amount)} of "${products[at % count]!}"${where}`, {
      option: terms.option,
      product: products[at % count],
      value: amount,
      ...(own ? { row: Math.floor(at / count) } : {}),
    });
  }
  return amounts;
}

function spreadAmounts(caller: string, given: unknown, cells: PropensityCells, terms: AmountTerms): Float64Array {
  const { customers, products, probability } = cells;
  const count = products.length;
  if (typeof given === 'number') return new Float64Array(count).fill(given);
  if (typeof given === 'function') {
    const asked = given as (customer: string | number, product: string) => number;
    return probability.map((p, at) => (Number.isNaN(p) ? NaN : asked(customers[Math.floor(at / count)]!, products[at % count]!)));
  }
  if (Array.isArray(given) || ArrayBuffer.isView(given)) {
    const all = given as unknown as ArrayLike<number>;
    requireLength(caller, terms.option, all.length, probability.length, `${customers.length} x ${count} cells`);
    return all instanceof Float64Array ? all : Float64Array.from(all);
  }
  if (typeof given === 'object' && given !== null) return fromRecord(caller, given as Readonly<Record<string, unknown>>, cells, terms);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${terms.option} as an amount, by product, by cell or as a function, found ${describeValue(given)}`, { option: terms.option, value: given });
}

function fromRecord(caller: string, given: Readonly<Record<string, unknown>>, { customers, products }: PropensityCells, { option, other }: AmountTerms): Float64Array {
  const count = products.length;
  const unknown = Object.keys(given).find((name) => !products.includes(name));
  if (unknown !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} knows no product "${unknown}", named in ${option}; the products are ${products.join(', ')}`, { option, product: unknown });
  }
  const columns = products.map((product) => {
    const column = (Object.hasOwn(given, product) ? given[product] : undefined) ?? other;
    if (column === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs the ${option} of every product, found none of "${product}"`, { option, product });
    if (typeof column === 'number') return column;
    if (!Array.isArray(column) && !ArrayBuffer.isView(column)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs the ${option} of "${product}" as one amount or as one a customer, found ${describeValue(column)}`, { option, product, value: column });
    }
    requireLength(caller, `${option} of "${product}"`, (column as ArrayLike<number>).length, customers.length, `${customers.length} customers`);
    return column as ArrayLike<number>;
  });
  if (columns.every((column) => typeof column === 'number')) return Float64Array.from(columns);
  const amounts = new Float64Array(customers.length * count);
  columns.forEach((column, j) => {
    for (let i = 0; i < customers.length; i++) amounts[i * count + j] = typeof column === 'number' ? column : column[i]!;
  });
  return amounts;
}

function requireLength(caller: string, option: string, found: number, expected: number, of: string): void {
  if (found === expected) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} for each of the ${of}, found ${found} amounts`, { option, found, expected });
}

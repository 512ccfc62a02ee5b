import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PropensityCells } from './propensityCells.js';

/** Refuses cells whose parts do not fit each other, or that hold something else than probabilities. One look at all cells. */
export function requireCells(caller: string, cells: PropensityCells): void {
  if (typeof cells !== 'object' || (cells as unknown) === null || !('probability' in cells)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs cells: customers, products and the probability of each, found ${describeValue(cells)}`);
  }
  const { customers, products, probability } = cells;
  requireNames(caller, cells);
  if (probability.length !== customers.length * products.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs a probability for each of the ${customers.length} x ${products.length} cells, found ${probability.length}`, {
      found: probability.length,
      expected: customers.length * products.length,
    });
  }
  for (let at = 0; at < probability.length; at++) {
    const p = probability[at]!;
    if ((p >= 0 && p <= 1) || Number.isNaN(p)) continue;
    const row = Math.floor(at / products.length);
    const product = products[at % products.length]!;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs probabilities between 0 and 1, found ${describeValue(p)} of "${product}" in row ${row}; NaN says that there is none`, { row, product, value: p });
  }
}

/** Refuses products that have no name of their own. */
export function requireNames(caller: string, { customers, products }: Pick<PropensityCells, 'customers' | 'products'>): void {
  if (!Array.isArray(products) || !(typeof customers === 'object' && (customers as unknown) !== null && 'length' in customers)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs the customers and the names of the products, found ${describeValue(customers)} and ${describeValue(products)}`);
  }
  const seen = new Set<unknown>(['']);
  const unfit = products.findIndex((product: unknown) => typeof product !== 'string' || seen.size === seen.add(product).size);
  if (unfit < 0) return;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs a name of its own for every product, found ${describeValue(products[unfit])} at position ${unfit}`, { value: products[unfit] });
}

/** The column of a product, given by it or by name. */
export function columnOf(caller: string, products: readonly string[], product: string | number): number {
  const column = typeof product === 'number' ? product : products.indexOf(product);
  if (Number.isInteger(column) && column >= 0 && column < products.length) return column;
  throw new ClientelaError('UNKNOWN_ID', `${caller} knows no product ${describeValue(product)}; the products are ${products.join(', ')}`, { product });
}

/** Refuses a position that is none of the customers'. */
export function requireRow(caller: string, count: number, row: number): number {
  if (Number.isInteger(row) && row >= 0 && row < count) return row;
  throw new ClientelaError('UNKNOWN_ID', `${caller} needs a row from 0 to ${count - 1}, found ${describeValue(row)}`, { row });
}

/** The row of each customer, by text; refuses two rows of one customer. */
export function rowsByCustomer(caller: string, customers: ArrayLike<string | number>): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < customers.length; row++) {
    const customer = customers[row]!;
    const first = rows.get(String(customer));
    if (first !== undefined) {
      throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row a customer in the cells, found ${describeValue(customer)} in rows ${first} and ${row}; keep one of them`, { customer, rows: [first, row] });
    }
    rows.set(String(customer), row);
  }
  return rows;
}

import type { Holdings } from '../../data/holdings.js';
import { describeValue } from '../../data/instant.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import { ClientelaError } from '../../errors.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import { requireSameProducts } from './rankingSource.js';

/** Whom a ranking is judged by. */
export interface JudgedCustomers {
  /** Positions of those who took something and hold enough. */
  readonly rows: Uint32Array;
  readonly tookNothing: number;
  readonly heldTooFew: number;
  readonly held: SparseRows | undefined;
}

/** Checks that what is held and what was taken speak of the same customers and products, and finds whom there is something to judge by. */
export function judgedCustomers(caller: string, test: Holdings, held: Holdings | undefined, apart: boolean, minHeld: number): JudgedCustomers {
  const taken = test.sparse.offsets;
  if (held !== undefined) requireAligned(caller, test, held, apart);
  else if (minHeld > 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs held for minHeld; give the training part of the split`, { option: 'minHeld' });
  const rows = new Uint32Array(test.customers.length);
  let [count, tookNothing, heldTooFew] = [0, 0, 0];
  for (let row = 0; row < rows.length; row++) {
    if (taken[row + 1] === taken[row]) tookNothing++;
    else if (held !== undefined && held.sparse.offsets[row + 1]! - held.sparse.offsets[row]! < minHeld) heldTooFew++;
    else rows[count++] = row;
  }
  if (count === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer who took a product, found none of ${rows.length}; test on a longer time or a larger share`, { customers: rows.length });
  return { rows: rows.subarray(0, count), tookNothing, heldTooFew, held: held?.sparse };
}

function requireAligned(caller: string, test: Holdings, held: Holdings, apart: boolean): void {
  requireHoldings(caller, held);
  requireSameProducts(caller, 'held', held.products, test.products);
  const n = test.customers.length;
  let row = 0;
  while (row < n && String(held.customers[row]) === String(test.customers[row])) row++;
  if (row < n || held.customers.length !== n) {
    const found = `${describeValue(held.customers[row])} and ${describeValue(test.customers[row])} in row ${row}`;
    throw new ClientelaError('INVALID_INPUT', `${caller} needs held with the customers of test in the same order, found ${found}; bring them in line with forCustomers`, { row });
  }
  if (!apart) return;
  const [a, b] = [held.sparse, test.sparse];
  for (row = 0; row < n; row++) {
    let e = a.offsets[row]!;
    for (let t = b.offsets[row]!; t < b.offsets[row + 1]!; t++) {
      while (e < a.offsets[row + 1]! && a.columns[e]! < b.columns[t]!) e++;
      if (e === a.offsets[row + 1]! || a.columns[e] !== b.columns[t]) continue;
      const what = `customer ${describeValue(test.customers[row])} with "${test.products[b.columns[t]!]!}" in both`;
      throw new ClientelaError('INVALID_VALUE', `${caller} needs test to hold what is not held already, found ${what}; split so that they are apart, or give excludeHeld: false`, { row, customer: test.customers[row] });
    }
  }
}

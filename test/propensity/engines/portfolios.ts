import fc from 'fast-check';
import { Holdings } from '../../../src/data/holdings.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';

/** Rows of 0 and 1 as sparse rows. */
export function sparseOf(rows: readonly string[]): SparseRows {
  const columns = rows.map((row) => [...row].flatMap((cell, column) => (cell === '1' ? [column] : [])));
  const offsets = new Uint32Array(rows.length + 1);
  columns.forEach((held, r) => (offsets[r + 1] = offsets[r]! + held.length));
  return { rowCount: rows.length, columnCount: rows[0]!.length, offsets, columns: Int32Array.from(columns.flat()), values: null };
}

/** The same as holdings of customers 0, 1, …, products a, b, … */
export function holdingsOf(rows: readonly string[], names: readonly string[] = [...'abcdefghijklmnop'].slice(0, rows[0]!.length)): Holdings {
  const held = rows.flatMap((row, who) => [...row].flatMap((cell, column) => (cell === '1' ? [{ who, what: names[column]! }] : [])));
  return Holdings.fromRows(held, { customer: 'who', product: 'what' }, { customers: rows.map((_, who) => who), products: names });
}

/** A few customers × 2 to 7 products, at least two products held. */
export const portfolios: fc.Arbitrary<string[]> = fc
  .integer({ min: 2, max: 7 })
  .chain((width) => fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width, maxLength: width }).map((cells) => cells.join('')), { minLength: 1, maxLength: 12 }))
  .filter((rows) => [...rows[0]!].filter((_, c) => rows.some((row) => row[c] === '1')).length > 1);

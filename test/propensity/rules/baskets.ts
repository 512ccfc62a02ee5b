import { Holdings } from '../../../src/data/holdings.js';

/** Baskets of products numbered from 0 ('p00', 'p01', …); empty ones are there too. */
export function basketsOf(rows: readonly (readonly number[])[], productCount = 10): Holdings {
  const products = Array.from({ length: productCount }, (_, j) => `p${String(j).padStart(2, '0')}`);
  return Holdings.fromRows(
    rows.flatMap((row, basket) => [...new Set(row)].map((product) => ({ basket, item: products[product]! }))),
    { customer: 'basket', product: 'item' },
    { customers: rows.map((_, basket) => basket), products },
  );
}

/** How many rows have each set of products, by the bits of the set; single products up to all of them. */
export function countSets(rows: readonly (readonly number[])[], productCount: number): Int32Array {
  const counts = new Int32Array(1 << productCount);
  const masks = rows.map((row) => row.reduce((mask, product) => mask | (1 << product), 0));
  for (let set = 1; set < counts.length; set++) for (const mask of masks) if ((mask & set) === set) counts[set]!++;
  return counts;
}

/** The bits of a set of product names. */
export function bitsOf(products: readonly string[]): number {
  return products.reduce((mask, name) => mask | (1 << Number(name.slice(1))), 0);
}

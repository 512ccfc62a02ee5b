import type { Eligibility } from './eligibility.js';

/** Rows that are looked at together. */
const BLOCK = 4096;

/** Gives every cell, in row-major order, the code of what excludes it, 0 for nothing; in memory for one block of customers. */
export function eachCode(eligibility: Pick<Eligibility, 'customers' | 'products' | 'codesInto'>, visit: (code: number, at: number) => void): void {
  const { customers, products } = eligibility;
  const width = products.length;
  const codes = new Uint16Array(Math.min(BLOCK, customers.length) * width);
  for (let from = 0; from < customers.length; from += BLOCK) {
    const to = Math.min(customers.length, from + BLOCK);
    eligibility.codesInto(from, to, codes);
    for (let i = 0; i < (to - from) * width; i++) visit(codes[i]!, from * width + i);
  }
}

import type { SparseRows } from '../../numeric/sparseRows.js';

/** What is checked, product by product; columns are those of what customers hold, -1 for what nobody holds. */
export interface EligibilityTerms {
  readonly customers: readonly (string | number)[];
  readonly products: readonly string[];
  /** What customers hold, and which of its rows each customer is (-1 none). */
  readonly held: { readonly rows: SparseRows; readonly names: readonly string[]; readonly rowOf: Int32Array } | null;
  /** The column in which a product is held already; -1 where it does not matter. */
  readonly own: Int32Array;
  readonly requires: readonly (readonly HeldProduct[])[];
  readonly excludes: readonly (readonly HeldProduct[])[];
  readonly only: readonly ({ readonly may: (row: number) => boolean; readonly reason: string } | null)[];
  /** For each customer the place of a reason in `blockReasons`, from 1; null where nobody is blocked. */
  readonly blocked: Uint16Array | null;
  readonly blockReasons: readonly string[];
  readonly rule: ((customer: string | number, product: string) => true | string) | null;
}

/** A product that decides about another. */
export interface HeldProduct {
  readonly name: string;
  readonly column: number;
}

/** Whether a row has a cell in a column, by halving. */
export function isHeld({ offsets, columns }: SparseRows, row: number, column: number): boolean {
  let low = offsets[row]!;
  let high = offsets[row + 1]! - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (columns[middle] === column) return true;
    if (columns[middle]! < column) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

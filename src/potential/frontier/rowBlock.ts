/** Rows in a block. */
export const BLOCK_ROWS = 1024;

/** A block of rows: what the log-likelihood of each depends on, and its derivatives by these. */
export interface RowBlock {
  rows: number;
  /** Residuals v - u. */
  readonly e: Float64Array;
  /** ln sigmaU. */
  readonly lnU: Float64Array;
  /** ln sigmaV. */
  readonly lnV: Float64Array;
  /** mu / sigmaU, the same for all rows; 0 but for the truncated normal. */
  tau: number;
  /** Derivatives by e, lnU, lnV and tau. */
  readonly first: readonly Float64Array[];
  /** Second derivatives, by pairs: see {@link pairOf}. */
  readonly second: readonly Float64Array[];
}

/** Where the second derivative by parameters a and b of a row is among the ten. */
export function pairOf(a: number, b: number): number {
  return a < b ? (b * (b + 1)) / 2 + a : (a * (a + 1)) / 2 + b;
}

/** A block with nothing in it yet. */
export function createRowBlock(): RowBlock {
  const columns = (count: number): Float64Array[] => Array.from({ length: count }, () => new Float64Array(BLOCK_ROWS));
  const [e, lnU, lnV] = columns(3) as [Float64Array, Float64Array, Float64Array];
  return { rows: 0, e, lnU, lnV, tau: 0, first: columns(4), second: columns(10) };
}

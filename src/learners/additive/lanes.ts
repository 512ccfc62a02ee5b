import type { Placement } from './axis.js';
import type { DesignTerm } from './design.js';

/** Rows in a block: its lanes stay in the caches while they are multiplied with each other. */
export const BLOCK_ROWS = 512;

/** Where every row of a block stands: `near` of it at a position, `far` of it `stride` positions on (null where rows stand on positions only). */
export interface Lane {
  readonly at: Int32Array;
  readonly near: Float64Array;
  readonly far: Float64Array | null;
  readonly stride: number;
}

/** Room for the lanes of these terms, after one for the intercept: one a term, two where the second axis of a pair is a number. */
export function emptyLanes(terms: readonly DesignTerm[]): Lane[] {
  const empty = (hasFar: boolean, stride: number): Lane => ({ at: new Int32Array(BLOCK_ROWS), near: new Float64Array(BLOCK_ROWS).fill(1), far: hasFar ? new Float64Array(BLOCK_ROWS) : null, stride });
  const lanes = terms.flatMap(({ sides: [first, second] }) =>
    Array.from({ length: second !== undefined && second.share !== null ? 2 : 1 }, () => empty(first!.share !== null, second === undefined ? 1 : second.width)),
  );
  return [empty(false, 0), ...lanes];
}

/** Fills the lanes for the rows from `start` on. */
export function fillLanes(lanes: readonly Lane[], terms: readonly DesignTerm[], start: number, rows: number): void {
  let next = 1;
  let from = 1;
  for (const { sides, width } of terms) {
    const [first, second] = sides;
    fillLane(lanes[next++]!, from, start, rows, first!, second, 0);
    if (second !== undefined && second.share !== null) fillLane(lanes[next++]!, from, start, rows, first!, second, 1);
    from += width;
  }
}

/** A row that stands nowhere (its weight is 0) has no share. */
function fillLane({ at, near, far }: Lane, from: number, start: number, rows: number, first: Placement, second: Placement | undefined, step: number): void {
  for (let i = 0; i < rows; i++) {
    const row = start + i;
    const a = first.at[row]!;
    const b = second === undefined ? 0 : second.at[row]!;
    const along = second === undefined || second.share === null ? 1 : step === 0 ? 1 - second.share[row]! : second.share[row]!;
    const isThere = a >= 0 && b >= 0 && along > 0;
    const share = first.share === null ? 0 : first.share[row]!;
    at[i] = isThere ? from + (second === undefined ? a : a * second.width + b + step) : from;
    near[i] = isThere ? along * (1 - share) : 0;
    if (far !== null) far[i] = isThere ? along * share : 0;
  }
}

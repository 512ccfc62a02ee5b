/**
 * Writes the columns of the `count` highest scores of one row into `columns` from `at` on, the highest first, and gives how many those are. Ties go to the
 * lowest column; `NaN` and columns `barred` are never chosen.
 *
 * The row is `scores[from]` to `scores[from + width - 1]`; `barred` has one number a column, not 0 where the column may not be chosen, the first at
 * `barred[barredFrom]`. A heap of `count` columns, the worst on top: O(width) plus O(log count) for each that enters.
 */
export function topColumns(scores: Float64Array, from: number, width: number, count: number, barred: Uint8Array | null, barredFrom: number, columns: Int32Array, at: number): number {
  let size = 0;
  let c = 0;
  for (; c < width && size < count; c++) {
    const score = scores[from + c]!;
    if (score === score && (barred === null || barred[barredFrom + c] === 0)) columns[at + size++] = c;
  }
  if (size === 0) return 0;
  for (let i = (size >> 1) - 1; i >= 0; i--) sink(scores, from, columns, at, i, size);
  let worst = scores[from + columns[at]!]!;
  for (; c < width; c++) {
    // Columns come ascending: one that only equals the worst loses to it; NaN does too.
    if (!(scores[from + c]! > worst) || (barred !== null && barred[barredFrom + c] !== 0)) continue;
    columns[at] = c;
    sink(scores, from, columns, at, 0, size);
    worst = scores[from + columns[at]]!;
  }
  for (let left = size - 1; left > 0; left--) {
    const last = columns[at]!;
    columns[at] = columns[at + left]!;
    columns[at + left] = last;
    sink(scores, from, columns, at, 0, left);
  }
  return size;
}

// Lets entry i of the heap at columns[at ...] sink below those that are worse.
function sink(scores: Float64Array, from: number, columns: Int32Array, at: number, i: number, size: number): void {
  const column = columns[at + i]!;
  const score = scores[from + column]!;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= size) break;
    if (child + 1 < size && isWorse(scores, from, columns[at + child + 1]!, columns[at + child]!)) child++;
    const below = columns[at + child]!;
    const lower = scores[from + below]!;
    if (lower > score || (lower === score && below < column)) break;
    columns[at + i] = below;
    i = child;
  }
  columns[at + i] = column;
}

function isWorse(scores: Float64Array, from: number, a: number, b: number): boolean {
  const x = scores[from + a]!;
  const y = scores[from + b]!;
  return x < y || (x === y && a > b);
}

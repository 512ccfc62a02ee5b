/** Rows by segment: those of segment c are `rows[starts[c]]` to `rows[starts[c + 1] - 1]`, ascending. Rows of no segment (-1) are in none. */
export interface RowGroups {
  readonly count: number;
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/** The rows of every segment, by counting. O(n + count). */
export function rowGroups(labels: ArrayLike<number>, count: number): RowGroups {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < labels.length; row++) if (labels[row]! >= 0) starts[labels[row]! + 1]!++;
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!;
  const rows = new Int32Array(starts[count]!);
  const next = starts.slice();
  for (let row = 0; row < labels.length; row++) if (labels[row]! >= 0) rows[next[labels[row]!]!++] = row;
  return { count, rows, starts };
}

/** The rows of one segment. */
export function groupOf({ rows, starts }: RowGroups, c: number): Int32Array {
  return rows.subarray(starts[c], starts[c + 1]);
}

/** Coordinates of some rows. */
export function pointsOf(points: Float64Array, width: number, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length * width);
  for (let i = 0, at = 0; i < rows.length; i++) for (let j = rows[i]! * width, end = j + width; j < end; j++) taken[at++] = points[j]!;
  return taken;
}

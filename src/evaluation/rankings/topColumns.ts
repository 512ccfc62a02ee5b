/**
 * The columns of the highest scores of one row, highest first, of equal scores the lower column first: into `list` from `at` on, as many as there are up to
 * `size`, -1 in the places that are left. A score of NaN or -Infinity is no candidate. `best` is scratch of `size` numbers. Returns how many were found.
 *
 * One walk with insertion: a score not above the last one kept costs a single comparison.
 */
export function topColumns(scores: Float64Array, start: number, columnCount: number, size: number, best: Float64Array, list: Int32Array, at: number): number {
  let found = 0;
  let least = -Infinity;
  for (let column = 0; column < columnCount; column++) {
    const score = scores[start + column]!;
    if (!(score > least)) continue;
    let i = found < size ? found++ : size - 1;
    while (i > 0 && best[i - 1]! < score) {
      best[i] = best[i - 1]!;
      list[at + i] = list[at + i - 1]!;
      i--;
    }
    best[i] = score;
    list[at + i] = column;
    if (found === size) least = best[size - 1]!;
  }
  for (let i = found; i < size; i++) list[at + i] = -1;
  return found;
}

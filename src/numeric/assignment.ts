/**
 * The cheapest way to give every row a column of its own: the column of each row. `cost` is row-major, rows x columns, finite, with at most as many
 * rows as columns. Among equally cheap ways the choice follows the order of the columns, so that it is always the same.
 *
 * Shortest augmenting paths with dual prices (Jonker and Volgenant, 1987): row after row, the path of least reduced cost to a free column, by
 * Dijkstra's rule. O(rows^2 x columns).
 */
export function cheapestAssignment(cost: ArrayLike<number>, rows: number, columns: number): Int32Array {
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const cameFrom = new Int32Array(columns);
  const least = new Float64Array(columns);
  const done = new Uint8Array(columns);
  for (let start = 0; start < rows; start++) {
    least.fill(Infinity);
    done.fill(0);
    cameFrom.fill(-1);
    let row = start;
    let at = -1;
    let far = 0;
    do {
      let next = -1;
      for (let c = 0; c < columns; c++) {
        if (done[c] === 1) continue;
        const reduced = far + cost[row * columns + c]! - rowPrice[row]! - columnPrice[c]!;
        if (reduced < least[c]!) {
          least[c] = reduced;
          cameFrom[c] = at;
        }
        if (next < 0 || least[c]! < least[next]!) next = c;
      }
      at = next;
      far = least[at]!;
      done[at] = 1;
      row = rowOf[at]!;
    } while (row >= 0);
    // The prices keep every reduced cost at 0 or above, and at 0 along what is assigned.
    rowPrice[start]! += far;
    for (let c = 0; c < columns; c++) {
      if (done[c] === 0 || c === at) continue;
      rowPrice[rowOf[c]!]! += far - least[c]!;
      columnPrice[c]! -= far - least[c]!;
    }
    for (; at >= 0; at = cameFrom[at]!) rowOf[at] = cameFrom[at]! < 0 ? start : rowOf[cameFrom[at]!]!;
  }
  const columnOf = new Int32Array(rows);
  for (let c = 0; c < columns; c++) if (rowOf[c]! >= 0) columnOf[rowOf[c]!] = c;
  return columnOf;
}

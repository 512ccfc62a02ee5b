import type { PointTree } from './pointTree.js';

/** What joins all points with the least sum of lengths; the joins in the order in which they were found. */
export interface SpanningTree {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The length of each: mutual reachability, squared. */
  readonly reaches: Float64Array;
  /** The distance, squared: where lengths are equal, the nearer join comes first. */
  readonly squares: Float64Array;
}

/**
 * A shortest spanning tree by mutual reachability, then distance: each group of points takes its shortest way to another, round by round, so
 * that groups at least halve (Borůvka, 1926), with a k-d tree (March, Ram and Gray, 2010). O(n) memory, about O(n log² n) time where coordinates are
 * few. Mutual reachability is the largest of the distance and of both core distances (Campello, Moulavi and Sander, 2013): the distance, where those are 0.
 */
export function reachTree(points: Float64Array, width: number, tree: PointTree, cores: Float64Array): SpanningTree {
  const count = cores.length;
  const [from, to, reaches, squares] = [new Int32Array(count - 1), new Int32Array(count - 1), new Float64Array(count - 1), new Float64Array(count - 1)];
  const groups = Int32Array.from({ length: count }, (_, row) => row);
  // What a row found last: as groups only grow, nothing is nearer later.
  const rowReach = cores.slice();
  const rowSquare = new Float64Array(count);
  const found = new Int32Array(count).fill(-1);
  // By group: the row whose find is the nearest.
  const best = new Int32Array(count);
  for (let joins = 0; joins < count - 1; ) {
    tree.setGroups(cores, groups);
    best.fill(-1);
    for (const row of tree.rows) {
      const group = groups[row]!;
      const other = best[group]!;
      const reach = other < 0 ? Infinity : rowReach[other]!;
      const square = other < 0 ? Infinity : rowSquare[other]!;
      if (rowReach[row]! > reach || (rowReach[row] === reach && rowSquare[row]! >= square)) continue;
      if (found[row]! < 0 || groups[found[row]!] === group) {
        tree.searchOther(points, row * width, cores[row]!, group, null, reach, square);
        // Where it found nothing, nothing is nearer than the best of the group: that much is known of the row.
        [rowReach[row], rowSquare[row]] = [tree.reach, tree.square];
        found[row] = tree.place < 0 ? -1 : tree.rows[tree.place]!;
        if (tree.place < 0) continue;
      }
      best[group] = row;
    }
    for (const row of best) {
      if (row < 0) continue;
      const [a, b] = [topOf(groups, row), topOf(groups, found[row]!)];
      // Of equal ways round in a circle the last is not needed.
      if (a === b) continue;
      groups[b] = a;
      [from[joins], to[joins], reaches[joins], squares[joins++]] = [row, found[row]!, rowReach[row]!, rowSquare[row]!];
    }
    for (let row = 0; row < count; row++) groups[row] = topOf(groups, row);
  }
  return { from, to, reaches, squares };
}

function topOf(groups: Int32Array, row: number): number {
  while (groups[row] !== row) row = groups[row]!;
  return row;
}

import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { normalSurvival } from '../../numeric/normal.js';
import type { GroupTrend } from './responseGroupsState.js';
import { ESTIMATED, GROWN } from './splitParts.js';

/** Leaves that are one group, counted in the three parts. */
export interface GroupCell {
  readonly leaves: readonly number[];
  /** By part. */
  readonly weights: readonly number[];
  readonly events: readonly number[];
  /** The leaves of each group it was merged from; its own where it was not. */
  readonly from: readonly (readonly number[])[];
}

/** Counts every group of leaves in every part. `pooled` leaves are one. */
export function countCells(leafOf: Int32Array, pooled: ReadonlySet<number>, leaves: readonly number[], parts: Uint8Array, weights: Float64Array, labels: Uint8Array): GroupCell[] {
  const size = Math.max(...leaves) + 1;
  const totals = new Float64Array(size * 3);
  const events = new Float64Array(size * 3);
  for (let row = 0; row < leafOf.length; row++) {
    const at = leafOf[row]! * 3 + parts[row]!;
    totals[at]! += weights[row]!;
    if (labels[row] === 1) events[at]! += weights[row]!;
  }
  const cellOf = (leaf: number): GroupCell => {
    const from = leaf * 3;
    return { leaves: [leaf], weights: [...totals.subarray(from, from + 3)], events: [...events.subarray(from, from + 3)], from: [[leaf]] };
  };
  const left = leaves.filter((leaf) => pooled.has(leaf)).map(cellOf);
  const cells = leaves.filter((leaf) => !pooled.has(leaf)).map(cellOf);
  if (left.length > 0) {
    const one = joinCells(left);
    cells.push({ ...one, from: [one.leaves] });
  }
  return cells;
}

/** Several cells as one. */
export function joinCells(cells: readonly GroupCell[]): GroupCell {
  const sum = (lists: readonly (readonly number[])[]): number[] => [0, 1, 2].map((part) => lists.reduce((total, list) => total + list[part]!, 0));
  return {
    leaves: cells.flatMap(({ leaves }) => leaves),
    weights: sum(cells.map(({ weights }) => weights)),
    events: sum(cells.map(({ events }) => events)),
    from: cells.flatMap(({ from }) => from),
  };
}

/** The rate of a cell in a part as counted; NaN without rows. */
export function rateOf({ weights, events }: GroupCell, part: number): number {
  return events[part]! / weights[part]!;
}

/**
 * Merges cells until the estimating part has their rates in the order of the growing part (pool adjacent violators; Ayer and others, 1955): where
 * the order flips, the difference was chance. A cell the estimating part has nobody of joins the one before it.
 */
export function mergeFlipped(cells: readonly GroupCell[]): GroupCell[] {
  const merged: GroupCell[] = [];
  for (const cell of [...cells].sort((a, b) => rateOf(a, GROWN) - rateOf(b, GROWN) || a.leaves[0]! - b.leaves[0]!)) {
    merged.push(cell);
    while (merged.length > 1 && !(rateOf(merged.at(-1)!, ESTIMATED) >= rateOf(merged.at(-2)!, ESTIMATED))) merged.push(joinCells(merged.splice(-2)));
  }
  return merged;
}

/** The trend of a part's responses along scores of the cells (Cochran 1954, Armitage 1955); cells without rows have no part in it. */
export function trendTest(cells: readonly GroupCell[], scores: readonly number[], part: number): GroupTrend {
  let [n, events, sum, squares, cross] = [0, 0, 0, 0, 0];
  cells.forEach((cell, i) => {
    const weight = cell.weights[part]!;
    if (!(weight > 0)) return;
    const score = scores[i]!;
    n += weight;
    events += cell.events[part]!;
    sum += weight * score;
    squares += weight * score * score;
    cross += cell.events[part]! * score;
  });
  const rate = events / n;
  const variance = rate * (1 - rate) * (squares - (sum * sum) / n);
  // Scores all alike leave rounding only.
  const statistic = variance > 1e-12 * squares * rate ? (cross - rate * sum) / Math.sqrt(variance) : 0;
  return { statistic, p: normalSurvival(statistic) };
}

/** Whether the rates of a part differ between cells at all (Pearson's chi-square). */
export function differenceTest(cells: readonly GroupCell[], part: number): GroupTrend {
  const seen = cells.filter(({ weights }) => weights[part]! > 0);
  const all = joinCells(seen);
  const rate = rateOf(all, part);
  const variance = rate * (1 - rate);
  const statistic = variance > 0 ? seen.reduce((sum, { weights, events }) => sum + (events[part]! - weights[part]! * rate) ** 2 / (weights[part]! * variance), 0) : 0;
  return { statistic, p: chiSquareSurvival(statistic, Math.max(1, seen.length - 1)) };
}

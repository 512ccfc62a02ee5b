import { addDistanceSums } from './distanceSums.js';
import { groupOf, type RowGroups } from './rowGroups.js';

/** Per row; NaN and -1 where a row has no segment or was not asked for. */
export interface SilhouetteWidths {
  /** (b - a) / max(a, b), from -1 to 1. */
  readonly widths: Float64Array;
  /** The segment that is second nearest: nearest but for its own. */
  readonly neighbours: Int32Array;
}

/**
 * Silhouette widths of the rows in `asked`, or of all, against all rows in `groups` (Rousseeuw, 1987); 0 for a row alone in its segment. Segment by
 * segment, so that besides the result there are two numbers a row: no matrix of distances. O(asked * n * width), half of that for all rows.
 */
export function silhouetteWidths(points: Float64Array, width: number, groups: RowGroups, asked: RowGroups = groups): SilhouetteWidths {
  const rowCount = points.length / width;
  const own = new Float64Array(rowCount);
  const nearest = new Float64Array(rowCount).fill(Infinity);
  const widths = new Float64Array(rowCount).fill(NaN);
  const neighbours = new Int32Array(rowCount).fill(-1);
  const isAll = asked === groups;
  const settle = (rows: Int32Array, sums: Float64Array, size: number, c: number): void => {
    for (let i = 0; i < rows.length; i++) {
      const mean = sums[i]! / size;
      const row = rows[i]!;
      if (mean >= nearest[row]!) continue;
      nearest[row] = mean;
      neighbours[row] = c;
    }
  };
  for (let c = 0; c < groups.count; c++) {
    const rows = groupOf(asked, c);
    const size = groupOf(groups, c).length;
    for (let other = isAll ? c : 0; other < groups.count && rows.length > 0; other++) {
      const others = other === c && isAll ? rows : groupOf(groups, other);
      if (others.length === 0) continue;
      const sums = new Float64Array(rows.length);
      const otherSums = new Float64Array(others.length);
      addDistanceSums(points, width, rows, others, sums, otherSums);
      if (other === c) for (let i = 0; i < rows.length; i++) own[rows[i]!] = sums[i]! / Math.max(1, size - 1);
      else settle(rows, sums, others.length, other);
      if (other !== c && isAll) settle(others, otherSums, rows.length, c);
    }
    for (const row of rows) widths[row] = size > 1 ? silhouetteWidth(own[row]!, nearest[row]!) : 0;
  }
  return { widths, neighbours };
}

/** 0 where both distances are 0: the row could be in either. */
export function silhouetteWidth(own: number, nearest: number): number {
  return nearest === own ? 0 : (nearest - own) / Math.max(own, nearest);
}

/** The mean of the values that are not NaN; NaN where there is none. */
export function meanKnown(values: Float64Array): number {
  let [sum, known] = [0, 0];
  for (const value of values) {
    if (value !== value) continue;
    sum += value;
    known++;
  }
  return sum / known;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { TableView } from '../../data/table.js';
import type { SurvivalRows } from '../survivalRows.js';
import { readGroups, rowsOfGroups, someRows } from './readGroups.js';

/** A group that has some weight. */
export interface CountedGroup {
  readonly group: TargetValue;
  readonly rows: SurvivalRows;
  /** By weight. */
  readonly count: number;
  /** Their places in the table. */
  readonly places: Uint32Array;
}

/** The rows parted by a column; groups of no weight are none. */
export function countedGroups(caller: string, view: TableView, by: string, all: SurvivalRows): CountedGroup[] {
  const groups = readGroups(caller, view, 'by', by);
  return rowsOfGroups(groups).flatMap((places, code) => {
    const rows = someRows(all, places);
    const count = rows.weights === null ? places.length : rows.weights.reduce((sum, weight) => sum + weight, 0);
    return count > 0 ? [{ group: groups.levels[code]!, rows, count, places }] : [];
  });
}

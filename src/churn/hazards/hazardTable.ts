import type { Column } from '../../data/column.js';
import type { TableLike } from '../../data/table.js';
import { takeColumn } from '../../data/takeColumn.js';
import type { ParsedTable } from '../../data/takeRows.js';

/** The column of the interval in the rows that a hazard is learnt from. */
export const TIME = '(time)';
/** The column of the event in them. */
export const EVENT = '(event)';

/** How time stands in those rows: each interval a level of a category, the end of the interval as a number, or its logarithm. */
export type HazardTime = 'intervals' | 'number' | 'log';

/** Rows of a table repeated by interval, with the column of time, and that of the event where it is known. */
export function hazardTable(view: ParsedTable, features: readonly string[], rows: Uint32Array, { intervals, cuts, time, labels }: { readonly intervals: ArrayLike<number>; readonly cuts: Float64Array; readonly time: HazardTime; readonly labels?: Uint8Array }): TableLike {
  const names = [...features, TIME, ...(labels === undefined ? [] : [EVENT])];
  const column = (name: string): Column => {
    if (name === EVENT) return { kind: 'number', values: Float64Array.from(labels!) };
    if (name !== TIME) return takeColumn(view.source(name), rows);
    if (time === 'intervals') return { kind: 'category', codes: Int32Array.from(intervals), levels: intervalNames(cuts) };
    return { kind: 'number', values: Float64Array.from(intervals, (k) => (time === 'log' ? Math.log(cuts[k + 1]!) : cuts[k + 1]!)) };
  };
  const known = new Map<string, Column>();
  return {
    rowCount: rows.length,
    names,
    column: (name) => {
      const made = known.get(name) ?? column(name);
      known.set(name, made);
      return made;
    },
  };
}

/** 'up to 30', 'up to 60': the ends name the intervals. */
export function intervalNames(cuts: Float64Array): string[] {
  return Array.from(cuts.subarray(1), (end) => `up to ${end}`);
}

import { addDuration } from '../../data/calendar.js';
import type { Duration } from '../../data/duration.js';
import type { Column } from '../../data/column.js';
import { columnAs } from '../../data/columnAs.js';
import { describeValue, requireInstant, type Instant } from '../../data/instant.js';
import { requireFinite } from '../../data/options.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';

/** A column of dates, UTC epoch milliseconds, NaN where missing. */
export function datesOf(caller: string, view: ParsedTable, name: string): Float64Array {
  return (columnAs(caller, name, view.source(name), 'date') as { readonly values: Float64Array }).values;
}

/** The moments of rows, when the outcome of each is known, and until when outcomes were observed. */
export function readMoments(
  caller: string,
  view: ParsedTable,
  { time, horizon, observedUntil }: { readonly time: string; readonly horizon: Duration | number; readonly observedUntil: Instant | undefined },
): { readonly moments: Float64Array; readonly over: Float64Array; readonly until: number | undefined } {
  const column = view.source(time);
  if (column.kind === 'date' && typeof horizon === 'object') {
    const over = column.values.map((moment) => (Number.isNaN(moment) ? NaN : addDuration(moment, horizon)));
    return { moments: column.values, over, until: observedUntil === undefined ? undefined : requireInstant(caller, 'observedUntil', observedUntil) };
  }
  if (column.kind === 'number' && typeof horizon === 'number' && horizon >= 0) {
    return { moments: column.values, over: column.values.map((moment) => moment + horizon), until: observedUntil === undefined ? undefined : requireFinite(caller, 'observedUntil', observedUntil as number) };
  }
  if (column.kind !== 'date' && column.kind !== 'number') throw new ClientelaError('COLUMN_KIND', `${caller} needs dates or numbers as time, found column "${time}" of kind ${column.kind}`, { column: time });
  const wanted = column.kind === 'date' ? 'a duration such as { days: 14 } for a time of dates' : 'a number from 0 up for a time of numbers';
  throw new ClientelaError('INVALID_OPTION', `${caller} needs horizon as ${wanted}, found ${describeValue(horizon)}`, { option: 'horizon', value: horizon });
}

/** Plain values, one a row, equal where the cells are. */
export function cellsOf(column: Column): readonly (string | number)[] {
  if (column.kind === 'id') return column.values;
  return Array.from<number>(column.kind === 'category' ? column.codes : column.values);
}

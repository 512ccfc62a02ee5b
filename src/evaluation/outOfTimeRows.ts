import { addDuration } from '../data/calendar.js';
import type { Duration } from '../data/duration.js';
import { describeValue, requireInstant, type Instant } from '../data/instant.js';
import { requireFinite } from '../data/options.js';
import type { ParsedTable } from '../data/takeRows.js';
import { cutInTime, type CutPlace, type TimeCut } from '../data/timeCut.js';
import { ClientelaError } from '../errors.js';

interface CutOptions {
  readonly time: string;
  readonly horizon?: Duration | number;
  readonly testFrom?: Instant;
  readonly testShare?: number;
}

/** Earlier rows to learn from and later ones to judge on, both at least one. */
export function outOfTimeRows(caller: string, view: ParsedTable, options: CutOptions): TimeCut {
  const { kind, values } = timesOf(caller, view, options.time);
  const cut = cutInTime(values, placeOf(caller, kind, options), overAt(caller, kind, options.horizon));
  if (cut.train.length > 0 && cut.test.length > 0) return cut;
  const remedy = cut.test.length === 0 ? 'no row to judge on; move testFrom back' : 'no row to learn from; move testFrom on, or shorten testShare or horizon';
  throw new ClientelaError('INVALID_OPTION', `${caller} needs rows before and after the cut in column "${options.time}", found ${remedy}`, {
    column: options.time,
    testFrom: cut.testFrom,
    purged: cut.purged,
  });
}

function timesOf(caller: string, view: ParsedTable, name: string): { readonly kind: 'date' | 'number'; readonly values: Float64Array } {
  const column = view.source(name);
  if (column.kind !== 'date' && column.kind !== 'number') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs dates or numbers as time, found column "${name}" of kind ${column.kind}; give Date objects, or a Frame with the kind 'date'`, { column: name });
  }
  if (column.values.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`);
  const row = column.values.findIndex((value) => Number.isNaN(value));
  if (row < 0) return column;
  throw new ClientelaError('MISSING_VALUE', `${caller} needs a time in every row, found none in column "${name}", row ${row}`, { column: name, row });
}

function placeOf(caller: string, kind: 'date' | 'number', { testFrom, testShare }: CutOptions): CutPlace {
  if (testFrom !== undefined) {
    if (testShare !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} takes one of testFrom and testShare, found both; leave one out`);
    return { testFrom: kind === 'date' ? requireInstant(caller, 'testFrom', testFrom) : requireFinite(caller, 'testFrom', testFrom as number) };
  }
  const share = testShare ?? 0.3;
  if (share > 0 && share < 1) return { testShare: share };
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a testShare between 0 and 1, found ${describeValue(share)}`, { option: 'testShare', value: share });
}

function overAt(caller: string, kind: 'date' | 'number', horizon: Duration | number | undefined): ((time: number) => number) | undefined {
  if (horizon === undefined) return undefined;
  if (kind === 'number' && typeof horizon === 'number' && horizon >= 0) return (time) => time + horizon;
  if (kind === 'date' && typeof horizon === 'object') return (time) => addDuration(time, horizon);
  const wanted = kind === 'date' ? 'a duration such as { days: 14 } for a time of dates' : 'a number from 0 up for a time of numbers';
  throw new ClientelaError('INVALID_OPTION', `${caller} needs horizon as ${wanted}, found ${describeValue(horizon)}`, { option: 'horizon', value: horizon });
}

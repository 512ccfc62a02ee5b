import { cellNumber, cellText } from './cell.js';
import { cellAt } from './cellAt.js';
import type { Column } from './column.js';
import { MISSING, OTHER, type CategoryTerm } from './encodingTerm.js';
import type { ColumnValues } from './table.js';

/** A source as numbers, missing as `NaN`; a `Float64Array` and a column of numbers are given as they are. */
export function numbersOf(caller: string, name: string, source: Column | ColumnValues): Float64Array {
  if (source instanceof Float64Array) return source;
  if ('kind' in source && source.kind === 'number') return source.values;
  return new Float64Array(rowsOf(source)).map((_, row) => cellNumber(caller, name, row, cellOf(source, row)));
}

/** A source as positions in the levels of a term; -1 where neither the level nor a place for unseen ones exists. */
export function codesOf(caller: string, source: Column | ColumnValues, term: Pick<CategoryTerm, 'column' | 'levels'>): Int32Array {
  const place = levelPlaces(term);
  if (!('codes' in source)) {
    return new Int32Array(rowsOf(source)).map((_, row) => place(cellText(caller, term.column, row, cellOf(source, row))));
  }
  const places = source.levels.map(place);
  return source.codes.map((code) => places[code] ?? place(undefined));
}

/** Where a level stands in a term: its own place, that of `(other)` or `(missing)`, or -1. */
export function levelPlaces(term: Pick<CategoryTerm, 'levels'>): (level: string | undefined) => number {
  const places = new Map(term.levels.map((level, place) => [level, place]));
  return (level) => places.get(level ?? MISSING) ?? places.get(level === undefined ? MISSING : OTHER) ?? -1;
}

/** One cell of a column of a frame, or of bare cells. */
export function cellOf(source: Column | ColumnValues, row: number): unknown {
  return 'kind' in source ? cellAt(source, row) : source[row];
}

/** How many rows a source has. */
export function rowsOf(source: Column | ColumnValues): number {
  return ('codes' in source ? source.codes : 'kind' in source ? source.values : source).length;
}

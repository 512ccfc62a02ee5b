import { cellAt } from './cellAt.js';
import { cellNumber, cellText } from './cell.js';
import type { Column } from './column.js';
import { MISSING, OTHER, type CategoryTerm } from './encodingTerm.js';
import type { ColumnValues } from './table.js';

/** A source as numbers, missing as `NaN`; a `Float64Array` and a column of numbers are given as they are. */
export function numbersOf(caller: string, name: string, source: Column | ColumnValues): Float64Array {
  if ('kind' in source) {
    if (source.kind === 'number') return source.values;
    return Float64Array.from({ length: rowsOf(source) }, (_, row) => cellNumber(caller, name, row, cellAt(source, row)));
  }
  return source instanceof Float64Array ? source : Float64Array.from(source, (cell, row) => cellNumber(caller, name, row, cell));
}

/** A source as positions in the levels of a term; -1 where neither the level nor a place for unseen ones exists. */
export function codesOf(caller: string, source: Column | ColumnValues, term: CategoryTerm): Int32Array {
  const place = levelPlaces(term);
  if ('kind' in source && source.kind === 'category') {
    const places = source.levels.map((level) => place(level));
    const missing = place(undefined);
    return source.codes.map((code) => (code < 0 ? missing : places[code]!));
  }
  if ('kind' in source) {
    return Int32Array.from({ length: rowsOf(source) }, (_, row) => place(cellText(caller, term.column, row, cellAt(source, row))));
  }
  return Int32Array.from(source, (cell, row) => place(cellText(caller, term.column, row, cell)));
}

/** Where a level stands in a term: its own place, that of `(other)` or `(missing)`, or -1. */
export function levelPlaces(term: CategoryTerm): (level: string | undefined) => number {
  const places = new Map(term.levels.map((level, place) => [level, place]));
  const other = places.get(OTHER) ?? -1;
  const missing = places.get(MISSING) ?? -1;
  return (level) => (level === undefined ? missing : (places.get(level) ?? other));
}

function rowsOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

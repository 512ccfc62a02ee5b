import { isBlank } from '../../data/cell.js';
import type { Column } from '../../data/column.js';
import { describeValue, instantMillis } from '../../data/instant.js';
import { cellOf, codesOf, rowsOf } from '../../data/replayColumn.js';
import { readTable, type ColumnValues, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { numberIndexes } from '../../learners/binning/binIndex.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import { designLayout, levelColumn, type DesignState, type DesignTerm } from './designState.js';

/**
 * The 0/1 rows of customers in a design: a level that training has not seen is `(other)`, or no column of its term where that does not exist.
 * `customers` may be null where no term needs them. O(rows × (terms log ranges + held)).
 */
export function replayDesign(caller: string, state: DesignState, customers: TableInput | null, held: SparseRows): SparseRows {
  const { rowCount } = held;
  requireShape(caller, state, held);
  const layout = designLayout(state);
  const places = state.terms.length === 0 ? [] : termPlaces(caller, state.terms, customers, rowCount);
  const usesHeld = state.heldLevels > 0;
  const offsets = new Uint32Array(rowCount + 1);
  const columns = new Int32Array(rowCount * (places.length + Number(usesHeld)) + (usesHeld ? held.columns.length : 0));
  let size = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let t = 0; t < places.length; t++) {
      const place = places[t]![row]!;
      if (place >= 0) columns[size++] = layout.termStarts[t]! + place;
    }
    if (usesHeld) {
      const from = held.offsets[row]!;
      const to = held.offsets[row + 1]!;
      for (let e = from; e < to; e++) columns[size++] = layout.holdsFrom + held.columns[e]!;
      columns[size++] = levelColumn(layout.levelsFrom, state.heldLevels, to - from);
    }
    offsets[row + 1] = size;
  }
  return { rowCount, columnCount: layout.columnCount, offsets, columns: size === columns.length ? columns : columns.slice(0, size), values: null };
}

function requireShape(caller: string, { products }: DesignState, { columnCount }: SparseRows): void {
  if (products.length === columnCount) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs holdings of the ${products.length} products it was learnt with, found ${columnCount}; read them with the same products`);
}

function termPlaces(caller: string, terms: readonly DesignTerm[], customers: TableInput | null, rowCount: number): Int32Array[] {
  if (customers === null) {
    const columns = terms.map(({ column }) => column);
    throw new ClientelaError('INVALID_INPUT', `${caller} needs the customers with ${columns.map((name) => `"${name}"`).join(', ')}, found none`, { columns });
  }
  const view = readTable(caller, customers);
  requireRows(caller, view, rowCount);
  return terms.map((term) => {
    const source = view.source(term.column);
    if (term.kind === 'category') return codesOf(caller, source, term);
    const cells = term.isDate ? momentsOf(caller, term.column, source) : source;
    const places = numberIndexes(caller, { feature: term.column, splits: term.splits, specials: [] }, cells);
    // Missing comes after the ranges; where training had none, it has no column.
    if (!term.hasMissing) for (let row = 0; row < places.length; row++) if (places[row]! > term.splits.length) places[row] = -1;
    return places;
  });
}

/** Refuses customers that are not one a row of the holdings. */
export function requireRows(caller: string, view: TableView, rowCount: number): void {
  if (view.rowCount === rowCount) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one customer for each row of the holdings, found ${view.rowCount} customers and ${rowCount} rows`, {
    customers: view.rowCount,
    rows: rowCount,
  });
}

function momentsOf(caller: string, column: string, source: Column | ColumnValues): Float64Array {
  if ('kind' in source && source.kind === 'date') return source.values;
  const values = new Float64Array(rowsOf(source));
  for (let row = 0; row < values.length; row++) {
    const cell = cellOf(source, row);
    values[row] = isBlank(cell) ? NaN : instantMillis(cell);
    if (isBlank(cell) || values[row] === values[row]) continue;
    throw new ClientelaError('INVALID_DATE', `${caller} reads column "${column}" as dates, found ${describeValue(cell)} in row ${row}; give a Date or ISO text`, { column, row, value: cell });
  }
  return values;
}

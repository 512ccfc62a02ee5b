import { readColumn } from '../data/readColumn.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { TableView } from '../data/table.js';
import { takeColumn } from '../data/takeColumn.js';
import { ClientelaError } from '../errors.js';

/** Every row as often as its weight says: for exact tests, which count customers. */
export interface RepeatedRows {
  readonly view: TableView;
  /** Positions of the rows in the data; undefined without weights, when they are the data as they came. */
  readonly rows: Uint32Array | undefined;
}

/** The table with its rows written out by whole weights. */
export function repeatRows(caller: string, view: TableView, weights: RowNumbers | undefined): RepeatedRows {
  if (weights === undefined) return { view, rows: undefined };
  const counts = readWeights(caller, view, weights);
  let total = 0;
  counts.forEach((count, row) => {
    if (count % 1 !== 0) {
      throw new ClientelaError('INVALID_VALUE', `${caller} counts customers, so weights must be whole numbers, found ${count} in row ${row}; leave weights out`, { row, value: count });
    }
    total += count;
  });
  if (total > 1e8) throw new ClientelaError('INVALID_OPTION', `${caller} needs weights, which count customers, to add up to at most 100000000, found ${total}; divide them by a common factor`, { total });
  const rows = new Uint32Array(total);
  let to = 0;
  counts.forEach((count, row) => rows.fill(row, to, (to += count)));
  const names = view.names.filter((name) => name !== weights);
  return { view: { rowCount: total, names, source: (name) => takeColumn(readColumn(caller, view, name), rows) }, rows };
}

/** The values of those rows, one per row written out. */
export function repeatValues<Value>(values: ArrayLike<Value>, rows: Uint32Array | undefined): ArrayLike<Value> {
  return rows === undefined ? values : Array.from(rows, (row) => values[row]!);
}

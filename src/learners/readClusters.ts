import { cellAt } from '../data/cellAt.js';
import { readColumn } from '../data/readColumn.js';
import type { TableView } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import type { LogisticRegressionOptions } from './logisticOptions.js';

/** A number from 0 on for the cluster of each row; null where errors are not clustered. */
export function readClusters(caller: string, view: TableView, standardErrors: LogisticRegressionOptions['standardErrors']): Int32Array | null {
  if (typeof standardErrors !== 'object') return null;
  const { cluster } = standardErrors;
  const column = typeof cluster === 'string' ? readColumn(caller, view, cluster) : null;
  const values: ArrayLike<unknown> = column === null ? Object(cluster) as ArrayLike<unknown> : Array.from({ length: view.rowCount }, (_, row) => cellAt(column, row));
  if (values.length !== view.rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one cluster for each of the ${view.rowCount} rows, found ${values.length}`, { found: values.length });
  }
  const known = new Map<unknown, number>();
  const clusters = Int32Array.from(values, (value, row) => {
    if ((value ?? null) === null) throw new ClientelaError('MISSING_VALUE', `${caller} needs a cluster in every row, found none in row ${row}`, { row });
    const key = value instanceof Date ? value.getTime() : value;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key)!;
  });
  if (known.size > 1) return clusters;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs at least two clusters, found one: their differences are what the errors are learnt from; use standardErrors: 'robust'`);
}

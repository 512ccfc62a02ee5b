import { cellAt } from '../../data/cellAt.js';
import type { Column } from '../../data/column.js';
import { readColumn } from '../../data/readColumn.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { EarlyWarningsOptions } from './earlyWarnings.js';
import type { StratifiedRows } from './stratifiedAuc.js';

const CALLER = 'earlyWarnings';

/** What the columns are that do not warn themselves. */
export interface WarningRoles {
  readonly within: readonly string[];
  readonly customer: string | undefined;
}

/** Those named, or those that go by their usual names. */
export function rolesOf(view: TableView, { within, customer }: EarlyWarningsOptions): WarningRoles {
  const ids = view.names.filter((name) => readColumn(CALLER, view, name).kind === 'id');
  return {
    within: within ?? (view.names.includes('asOf') ? ['asOf'] : []),
    customer: customer ?? (view.names.includes('customer') ? 'customer' : ids.length === 1 ? ids[0] : undefined),
  };
}

/** The columns that may warn. */
export function featuresOf(view: TableView, { features, target, daysUntil }: EarlyWarningsOptions, { within, customer }: WarningRoles): readonly string[] {
  const roles = new Set([target, daysUntil, customer, ...within]);
  if (features !== undefined) return features.filter((name) => !roles.has(name));
  return view.names.filter((name) => !roles.has(name) && ['number', 'boolean'].includes(readColumn(CALLER, view, name).kind));
}

/** A column as numbers, missing ones `NaN`. */
export function numbers(view: TableView, name: string): Float64Array {
  const column = readColumn(CALLER, view, name);
  if (column.kind === 'number') return column.values;
  if (column.kind === 'boolean') return Float64Array.from(column.values, (value) => (value < 0 ? NaN : value));
  throw new ClientelaError('COLUMN_KIND', `${CALLER} compares numbers and booleans, found column "${name}" of kind ${column.kind}; leave it out of features, or compare within it`, { function: CALLER, column: name });
}

/** Strata and customers as whole numbers. */
export function comparison(view: TableView, { within, customer }: WarningRoles): Omit<StratifiedRows, 'labels'> {
  const strata = groupCells(view.rowCount, within.map((name) => readColumn(CALLER, view, name)));
  const clusters = customer === undefined ? { codes: Int32Array.from({ length: view.rowCount }, (_, row) => row), count: view.rowCount } : groupCells(view.rowCount, [readColumn(CALLER, view, customer)]);
  return { strata: strata.codes, strataCount: strata.count, clusters: clusters.codes, clusterCount: clusters.count };
}

function groupCells(rowCount: number, columns: readonly Column[]): { readonly codes: Int32Array; readonly count: number } {
  const places = new Map<string, number>();
  const codes = Int32Array.from({ length: rowCount }, (_, row) => {
    const key = JSON.stringify(columns.map((column) => cellAt(column, row)));
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  });
  return { codes, count: places.size };
}

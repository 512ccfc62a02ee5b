import type { Column } from '../data/column.js';
import { describeValue } from '../data/instant.js';
import { requireWhole } from '../data/options.js';
import type { ParsedTable } from '../data/takeRows.js';
import { ClientelaError } from '../errors.js';
import { weightedQuantiles } from './weightedQuantiles.js';

/** A value a feature is set to: a number (dates as UTC milliseconds), a level, or true and false. */
export type GridValue = number | string | boolean;

/** Any column but identifiers. */
export type VariedColumn = Exclude<Column, { kind: 'id' }>;

/** The column to be set to other values. */
export function requireVariedColumn(caller: string, view: ParsedTable, feature: string): VariedColumn {
  const column = view.source(feature);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`);
  if (column.kind !== 'id') return column;
  throw new ClientelaError('COLUMN_KIND', `${caller} needs a feature, found column "${feature}" of kind id; an identifier cannot be set to another value`, { column: feature });
}

/** Grid values and, for each, what a column holds for it. */
export function dependenceGrid(
  caller: string,
  feature: string,
  column: VariedColumn,
  rows: Uint32Array,
  weights: Float64Array | undefined,
  grid: number | readonly GridValue[] | undefined,
): { readonly grid: readonly GridValue[]; readonly codes: readonly number[] } {
  if (Array.isArray(grid)) {
    if (grid.length > 0) return { grid: grid as readonly GridValue[], codes: grid.map((value: unknown) => codeOf(caller, feature, column, value)) };
    throw new ClientelaError('INVALID_OPTION', `${caller} needs at least one value in grid, found none`, { option: 'grid' });
  }
  if (column.kind === 'category') {
    const used = new Set(Array.from(rows, (row) => column.codes[row]!));
    const codes = Array.from(column.levels.keys()).filter((code) => used.has(code)).sort((a, b) => (column.levels[a]! < column.levels[b]! ? -1 : 1));
    return { grid: requireSome(caller, feature, codes).map((code) => column.levels[code]!), codes };
  }
  if (column.kind === 'boolean') return { grid: [false, true], codes: [0, 1] };
  const points = requireWhole(caller, 'grid', (grid as number | undefined) ?? 20, 2);
  const shares = Array.from({ length: points }, (_, i) => 0.05 + (0.9 * i) / (points - 1));
  const distinct = distinctValues(column.values, rows, points);
  const values = requireSome(caller, feature, distinct ?? weightedQuantiles(column.values, rows, weights, shares));
  return { grid: values, codes: values };
}

// All values where there are few, so that no rare one is lost between percentiles; undefined where there are more.
function distinctValues(values: Float64Array, rows: Uint32Array, most: number): number[] | undefined {
  const seen = new Set<number>();
  for (const row of rows) {
    if (!Number.isNaN(values[row]!)) seen.add(values[row]!);
    if (seen.size > most) return undefined;
  }
  return [...seen].sort((a, b) => a - b);
}

function requireSome(caller: string, feature: string, values: number[]): number[] {
  if (values.length > 0) return values;
  throw new ClientelaError('EMPTY_INPUT', `${caller} found no known value in column "${feature}"; give grid`, { column: feature });
}

function codeOf(caller: string, feature: string, column: VariedColumn, value: unknown): number {
  if (column.kind === 'category') {
    const code = column.levels.indexOf(String(value));
    if (code >= 0) return code;
  } else if (column.kind === 'boolean') {
    if (typeof value === 'boolean') return Number(value);
  } else if (Number.isFinite(value)) return value as number;
  const wanted = { category: 'levels that occur', boolean: 'true or false', number: 'finite numbers', date: 'UTC milliseconds' }[column.kind];
  throw new ClientelaError('INVALID_OPTION', `${caller} needs grid values for column "${feature}" as ${wanted}, found ${describeValue(value)}`, { option: 'grid', value });
}

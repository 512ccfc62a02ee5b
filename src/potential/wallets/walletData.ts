import type { Column } from '../../data/column.js';
import { encodeView, Encoding } from '../../data/encoding.js';
import type { EncodingTerm } from '../../data/encodingTerm.js';
import { learnTerms } from '../../data/learnTerms.js';
import { takeRows, type ParsedTable } from '../../data/takeRows.js';
import type { TableLike } from '../../data/table.js';

/** Customers who spend, and what is to be learnt from them. */
export interface WalletData {
  readonly caller: string;
  readonly table: ParsedTable;
  /** ln spend. */
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  /** Known wallets, NaN where nobody knows. */
  readonly known: Float64Array | null;
  readonly features: readonly string[];
  readonly drivers: readonly string[];
  readonly quantile: number;
  readonly folds: number;
  readonly seed: number;
}

/** Some of the rows, in their order; the kinds of the columns stay. */
export function someData(data: WalletData, rows: Uint32Array): WalletData {
  const table = takeRows(data.table, rows);
  return {
    ...data,
    table: { rowCount: rows.length, names: table.names, source: (name) => table.column(name) },
    y: gather(data.y, rows),
    weights: data.weights && gather(data.weights, rows),
    known: data.known && gather(data.known, rows),
  };
}

/** values[rows[i]] for every i. */
export function gather(values: Float64Array, rows: Uint32Array): Float64Array {
  const to = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) to[i] = values[rows[i]!]!;
  return to;
}

/** How the rows of test and training are divided: row i is in fold i mod `folds`, the rows having been shuffled before. */
export function foldRows({ y, folds }: WalletData, fold: number): { train: Uint32Array; test: Uint32Array } {
  const rows = Uint32Array.from(y.keys());
  return { train: rows.filter((row) => row % folds !== fold), test: rows.filter((row) => row % folds === fold) };
}

/** The features, and ln spend as a column of its own. */
export function withTarget({ table, features, y }: WalletData): { table: TableLike; target: string } {
  let target = 'ln spend';
  while (features.includes(target)) target += ' ';
  const column: Column = { kind: 'number', values: y };
  return { table: { rowCount: y.length, names: [...features, target], column: (name) => (name === target ? column : table.source(name)) }, target };
}

/** Columns of a standardised design, the first of ones. */
export interface DesignColumns {
  readonly terms: readonly EncodingTerm[];
  readonly columns: readonly Float64Array[];
}

/** Learns how features become numbers, and gives the columns. */
export function learnDesign({ caller, table, weights, y }: WalletData, features: readonly string[]): DesignColumns {
  const ones = new Float64Array(y.length).fill(1);
  if (features.length === 0) return { terms: [], columns: [ones] };
  const terms = learnTerms(caller, table, { features, minLevelCount: 5, ...(weights && { weights }) });
  const { values, columnCount } = encodeView(caller, new Encoding({ format: 'Encoding', formatVersion: 1, terms }), table);
  const columns = Array.from({ length: columnCount }, (_, j) => {
    const column = new Float64Array(y.length);
    for (let i = 0; i < column.length; i++) column[i] = values[i * columnCount + j]!;
    return column;
  });
  return { terms, columns: [ones, ...columns] };
}

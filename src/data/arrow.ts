import { ClientelaError } from '../errors.js';
import type { ColumnKind, Column } from './column.js';
import { describeValue } from './instant.js';
import type { ColumnValues } from './table.js';

/** The part of an Arrow vector that is read here. */
interface ArrowVector {
  readonly length: number;
  readonly nullCount: number;
  readonly type: { readonly typeId: number };
  readonly data: readonly { readonly values?: unknown }[];
  get(index: number): unknown;
  toArray(): unknown;
}

/** The part of an Arrow table that is read here. */
interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): ArrowVector | null;
}

/** The part of an Arquero table that is read here. */
interface ArqueroTable {
  columnNames(): readonly string[];
  array(name: string): ColumnValues;
}

/** Numbers of the type enumeration of apache-arrow, the same since version 1. */
const FLOAT = 3;
const DATE = 8;
const TIMESTAMP = 10;

/** The columns of an Arrow or Arquero table, known by its shape. */
export function arrowColumns(caller: string, table: unknown): Record<string, ColumnValues | Column> {
  if (typeof table === 'object' && table !== null) {
    if ('schema' in table && 'getChild' in table && typeof table.getChild === 'function') return fromArrow(table as unknown as ArrowTable);
    if ('columnNames' in table && 'array' in table && typeof table.array === 'function') return fromArquero(table as unknown as ArqueroTable);
  }
  throw new ClientelaError('INVALID_INPUT', `${caller} needs an Arrow table (apache-arrow, DuckDB) or an Arquero table, found ${describeValue(table)}`);
}

function fromArrow(table: ArrowTable): Record<string, ColumnValues | Column> {
  return Object.fromEntries(table.schema.fields.map(({ name }) => [name, vectorValues(table.getChild(name)!)]));
}

function fromArquero(table: ArqueroTable): Record<string, ColumnValues> {
  return Object.fromEntries(table.columnNames().map((name) => [name, table.array(name)]));
}

function vectorValues(vector: ArrowVector): ColumnValues | Column {
  const { typeId } = vector.type;
  if (typeId === FLOAT && vector.nullCount === 0) return vector.toArray() as ColumnValues;
  if (typeId === DATE || typeId === TIMESTAMP) return dates(vector, 'date');
  return Array.from({ length: vector.length }, (_, row) => vector.get(row));
}

/** Arrow gives dates and timestamps as epoch milliseconds, some versions as a Date. */
function dates(vector: ArrowVector, kind: ColumnKind & 'date'): Column {
  const values = Float64Array.from({ length: vector.length }, (_, row) => {
    const value = vector.get(row);
    return value === null ? NaN : Number(value);
  });
  return { kind, values };
}

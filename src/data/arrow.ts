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

/**
 * The columns of an Arrow or Arquero table, known by its shape. As a map: an object would put a name such as `2024` before all others.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT`, or `DUPLICATE_COLUMN` as an Arrow table may have two fields of one name
 */
export function arrowColumns(caller: string, table: unknown): Map<string, ColumnValues | Column> {
  if (typeof table === 'object' && table !== null) {
    if ('schema' in table && 'getChild' in table && typeof table.getChild === 'function') return fromArrow(caller, table as unknown as ArrowTable);
    if ('columnNames' in table && 'array' in table && typeof table.array === 'function') return fromArquero(table as unknown as ArqueroTable);
  }
  throw new ClientelaError('INVALID_INPUT', `${caller} needs an Arrow table (apache-arrow, DuckDB) or an Arquero table, found ${describeValue(table)}`);
}

function fromArrow(caller: string, table: ArrowTable): Map<string, ColumnValues | Column> {
  const columns = new Map<string, ColumnValues | Column>();
  for (const { name } of table.schema.fields) {
    if (columns.has(name)) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found two fields "${name}" in the Arrow table; rename one`, { column: name });
    columns.set(name, vectorValues(table.getChild(name)!));
  }
  return columns;
}

function fromArquero(table: ArqueroTable): Map<string, ColumnValues> {
  return new Map(table.columnNames().map((name) => [name, table.array(name)]));
}

function vectorValues(vector: ArrowVector): ColumnValues | Column {
  const { typeId } = vector.type;
  const array = typeId === FLOAT && vector.nullCount === 0 ? vector.toArray() : undefined;
  // Of 16-bit floats it gives the bits.
  if (array instanceof Float64Array || array instanceof Float32Array) return array;
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

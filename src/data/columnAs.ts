import { ClientelaError } from '../errors.js';
import { cellNumber, cellText, isBlank } from './cell.js';
import type { Column, ColumnKind } from './column.js';
import { categoryColumn, inferColumn } from './inferColumn.js';
import { describeNoInstant, describeValue, instantMillis } from './instant.js';
import { isColumn } from './readColumn.js';
import { cellOf, rowsOf } from './replayColumn.js';
import { requireColumn } from './requireColumn.js';
import type { ColumnValues } from './table.js';

/**
 * A source as a column of the kind asked for, or of the kind it shows when none is.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE`, `INVALID_DATE` or `MISSING_VALUE` naming column, row and value; `INVALID_INPUT` for what is no column
 */
export function columnAs(caller: string, name: string, source: Column | ColumnValues, kind?: ColumnKind): Column {
  if (isColumn(source)) requireColumn(caller, name, source);
  if (kind === undefined) return isColumn(source) ? source : inferColumn(caller, name, source);
  if (isColumn(source) && source.kind === kind) return source;
  const rowCount = rowsOf(source);
  const cell = (row: number): unknown => cellOf(source, row);
  const read = <Value>(one: (cell: unknown, row: number) => Value): Value[] => Array.from({ length: rowCount }, (_, row) => one(cell(row), row));
  switch (kind) {
    case 'number':
      return { kind, values: source instanceof Float64Array ? source : Float64Array.from(read((value, row) => cellNumber(caller, name, row, value))) };
    case 'category':
      return categoryColumn(rowCount, (row) => cellText(caller, name, row, cell(row)));
    case 'boolean':
      return { kind, values: Int8Array.from(read((value, row) => (isBlank(value) ? -1 : truth(value) ?? fail(caller, name, row, value, kind)))) };
    case 'date':
      return { kind, values: Float64Array.from(read((value, row) => (isBlank(value) ? NaN : instantMillis(value) || zeroOr(caller, name, row, value)))) };
    case 'id':
      return { kind, values: read((value, row) => identifier(caller, name, row, value)) };
    default:
      throw new ClientelaError(
        'INVALID_OPTION',
        `${caller} knows columns of kind number, category, boolean, date and id, found ${describeValue(kind)} for "${name}"`,
        { column: name, value: kind },
      );
  }
}

function fail(caller: string, column: string, row: number, value: unknown, kind: 'boolean' | 'date' | 'id'): never {
  const what = kind === 'date' ? 'a date (ISO text such as "2026-06-30", a Date or epoch milliseconds)' : kind === 'id' ? 'an identifier' : 'a boolean';
  throw new ClientelaError(
    kind === 'date' ? 'INVALID_DATE' : 'INVALID_VALUE',
    `${caller} cannot read ${kind === 'date' ? describeNoInstant(value) : describeValue(value)} as ${what} in column "${column}", row ${row}; clean the value or change the schema`,
    { column, row, value },
  );
}

/** The first moment of 1970 is 0, which is no failure; what is not understood is. */
function zeroOr(caller: string, name: string, row: number, value: unknown): number {
  return instantMillis(value) === 0 ? 0 : fail(caller, name, row, value, 'date');
}

const TRUTH: Readonly<Record<string, number>> = { true: 1, yes: 1, y: 1, t: 1, '1': 1, false: 0, no: 0, n: 0, f: 0, '0': 0 };

function truth(value: unknown): number | undefined {
  const word = String(value).trim().toLowerCase();
  return Object.hasOwn(TRUTH, word) ? TRUTH[word] : undefined;
}

function identifier(caller: string, column: string, row: number, value: unknown): string | number {
  if (isBlank(value)) {
    throw new ClientelaError('MISSING_VALUE', `${caller} needs an identifier in every row, found none in column "${column}", row ${row}`, { column, row });
  }
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === 'string' || typeof value === 'number' ? value : fail(caller, column, row, value, 'id');
}

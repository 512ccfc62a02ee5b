import { ClientelaError } from '../errors.js';
import { textNumber } from './cell.js';
import type { CategoryColumn, Column, ColumnKind } from './column.js';
import { describeValue, instantMillis } from './instant.js';

/**
 * The column in the kind asked for; unchanged when it already is of that kind or none is asked for.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE`, `INVALID_DATE` or `MISSING_VALUE` naming column, row and value; `COLUMN_KIND`
 * for a change that has no one meaning (a date to a number)
 */
export function convertColumn(caller: string, name: string, column: Column, kind: ColumnKind | undefined): Column {
  if (kind === undefined || kind === column.kind) return column;
  const change = new Change(caller, name, kind);
  switch (kind) {
    case 'number':
      return { kind, values: numbers(change, column) };
    case 'category':
      return categories(change, column);
    case 'boolean':
      return { kind, values: Int8Array.from(numbersBy(change, column, truth), (value) => (Number.isNaN(value) ? -1 : value)) };
    case 'date':
      return { kind, values: numbersBy(change, column, instantMillis, 'INVALID_DATE') };
    case 'id':
      return { kind, values: ids(change, column) };
    default:
      throw new ClientelaError(
        'INVALID_OPTION',
        `${caller} knows columns of kind number, category, boolean, date and id, found ${describeValue(kind)} for "${name}"`,
        { function: caller, column: name, value: kind },
      );
  }
}

/** Who asked for what, for the errors. */
class Change {
  constructor(caller: string, name: string, kind: ColumnKind) {
    this.caller = caller;
    this.name = name;
    this.kind = kind;
  }
  readonly caller: string;
  readonly name: string;
  readonly kind: ColumnKind;

  fail(code: 'INVALID_VALUE' | 'INVALID_DATE', row: number, value: unknown): ClientelaError {
    const what = this.kind === 'date' ? 'a date (ISO text such as "2026-06-30", a Date or epoch milliseconds)' : `a ${this.kind}`;
    return new ClientelaError(
      code,
      `${this.caller} cannot read ${describeValue(value)} as ${what} in column "${this.name}", row ${row}; clean the value or change the schema`,
      { function: this.caller, column: this.name, row, value },
    );
  }

  refuse(from: ColumnKind): ClientelaError {
    const remedy = from === 'date' ? '; turn it into days before a date first' : '';
    return new ClientelaError('COLUMN_KIND', `${this.caller} cannot use column "${this.name}" of kind ${from} as ${this.kind}${remedy}`, {
      function: this.caller,
      column: this.name,
      kind: from,
    });
  }
}

function numbers(change: Change, column: Column): Float64Array {
  if (column.kind === 'boolean') return Float64Array.from(column.values, (value) => (value < 0 ? NaN : value));
  if (column.kind === 'date') throw change.refuse('date');
  return numbersBy(change, column, (value) => (typeof value === 'string' ? textNumber(value) : value));
}

/** Reads each distinct level once, then replays the result along the codes; `undefined` or `NaN` for a known value is a failure. */
function numbersBy(
  change: Change,
  column: Column,
  read: (value: string | number) => number | undefined,
  code: 'INVALID_VALUE' | 'INVALID_DATE' = 'INVALID_VALUE',
): Float64Array {
  if (column.kind === 'boolean' || column.kind === 'date') {
    if (change.kind !== 'boolean' || column.kind === 'date') throw change.refuse(column.kind);
    return Float64Array.from(column.values);
  }
  const known = (value: string | number, row: number): number => {
    const number = read(value);
    if (number === undefined || Number.isNaN(number)) throw change.fail(code, row, value);
    return number;
  };
  if (column.kind !== 'category') {
    return Float64Array.from(column.values as ArrayLike<string | number>, (value, row) => (Number.isNaN(value) ? NaN : known(value, row)));
  }
  const byLevel = column.levels.map((level, levelCode) => {
    const row = column.codes.indexOf(levelCode);
    return row < 0 ? NaN : known(level, row);
  });
  return Float64Array.from(column.codes, (levelCode) => (levelCode < 0 ? NaN : byLevel[levelCode]!));
}

const TRUTH: Readonly<Record<string, number>> = { true: 1, yes: 1, y: 1, t: 1, '1': 1, false: 0, no: 0, n: 0, f: 0, '0': 0 };

function truth(value: string | number): number | undefined {
  const word = String(value).trim().toLowerCase();
  return Object.hasOwn(TRUTH, word) ? TRUTH[word] : undefined;
}

function categories(change: Change, column: Column): CategoryColumn {
  if (column.kind === 'date') throw change.refuse('date');
  const codes = new Int32Array(column.kind === 'category' ? 0 : column.values.length);
  const codeOf = new Map<string, number>();
  if (column.kind === 'category') return column;
  for (let i = 0; i < codes.length; i++) {
    const value = column.values[i]!;
    const missing = column.kind === 'boolean' ? value === -1 : Number.isNaN(value);
    const text = column.kind === 'boolean' ? (value === 1 ? 'true' : 'false') : String(value);
    const code = missing ? -1 : (codeOf.get(text) ?? codeOf.size);
    if (code === codeOf.size) codeOf.set(text, code);
    codes[i] = code;
  }
  return { kind: 'category', codes, levels: [...codeOf.keys()] };
}

function ids(change: Change, column: Column): (string | number)[] {
  if (column.kind === 'boolean' || column.kind === 'date') throw change.refuse(column.kind);
  const values: (string | number)[] =
    column.kind === 'category'
      ? Array.from(column.codes, (code) => (code < 0 ? '' : column.levels[code]!))
      : Array.from(column.values as ArrayLike<string | number>);
  for (let row = 0; row < values.length; row++) {
    if (values[row] === '' || Number.isNaN(values[row])) {
      throw new ClientelaError('MISSING_VALUE', `${change.caller} needs an identifier in every row, found none in column "${change.name}", row ${row}`, {
        function: change.caller,
        column: change.name,
        row,
      });
    }
  }
  return values;
}

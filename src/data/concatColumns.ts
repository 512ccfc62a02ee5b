import { ClientelaError } from '../errors.js';
import type { CategoryColumn, Column, ColumnKind, IdColumn } from './column.js';
import type { TableLike } from './table.js';
import { unknownColumn } from './unknownColumn.js';

/** The columns of several tables, one below the other; levels of categories are united in the order of first appearance. */
export function concatColumns(caller: string, tables: readonly TableLike[]): Map<string, Column> {
  const names = tables[0]!.names;
  for (const table of tables) {
    for (const name of names) if (!table.names.includes(name)) throw unknownColumn(caller, name, table.names);
    for (const name of table.names) if (!names.includes(name)) throw unknownColumn(caller, name, names);
  }
  return new Map(names.map((name) => [name, concatColumn(caller, name, tables.map((table) => table.column(name)))]));
}

function concatColumn(caller: string, name: string, parts: readonly Column[]): Column {
  const { kind } = parts[0]!;
  for (const part of parts) if (part.kind !== kind) throw mixedKinds(caller, name, kind, part.kind);
  switch (kind) {
    case 'category':
      return concatCategories(parts as readonly CategoryColumn[]);
    case 'id':
      return { kind, values: parts.flatMap((part) => (part as IdColumn).values) };
    case 'boolean':
      return { kind, values: joined(parts as readonly { values: Int8Array }[], (length) => new Int8Array(length)) };
    default:
      return { kind, values: joined(parts as readonly { values: Float64Array }[], (length) => new Float64Array(length)) };
  }
}

function mixedKinds(caller: string, name: string, expected: ColumnKind, found: ColumnKind): ClientelaError {
  return new ClientelaError(
    'COLUMN_KIND',
    `${caller} found column "${name}" as ${expected} in one table and ${found} in another; give both the same schema`,
    { column: name, expected, found },
  );
}

function concatCategories(parts: readonly CategoryColumn[]): CategoryColumn {
  const codeOf = new Map<string, number>();
  const recoded = parts.map((part) => {
    const newCodes = part.levels.map((level) => {
      const code = codeOf.get(level) ?? codeOf.size;
      if (code === codeOf.size) codeOf.set(level, code);
      return code;
    });
    return { values: part.codes.map((code) => (code < 0 ? -1 : newCodes[code]!)) };
  });
  return { kind: 'category', codes: joined(recoded, (length) => new Int32Array(length)), levels: [...codeOf.keys()] };
}

function joined<Values extends Int8Array | Int32Array | Float64Array>(
  parts: readonly { readonly values: Values }[],
  create: (length: number) => Values,
): Values {
  const whole = create(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const { values } of parts) {
    whole.set(values, at);
    at += values.length;
  }
  return whole;
}

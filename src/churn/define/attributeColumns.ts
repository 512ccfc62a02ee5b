import type { Column } from '../../data/column.js';
import { describeValue } from '../../data/instant.js';
import { parseTable } from '../../data/takeRows.js';
import { takeColumn } from '../../data/takeColumn.js';
import type { TableLike } from '../../data/table.js';
import { idsOf } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';

/** The columns of a table with one row a customer, brought into the order of these customers. */
export function attributeColumns(caller: string, attributes: TableLike | undefined, customers: readonly (string | number)[]): [string, Column][] {
  if (attributes === undefined) return [];
  const table = parseTable(caller, attributes);
  const rowOf = new Map<string, number>();
  idsOf(caller, attributes).forEach((id, row) => {
    if (rowOf.has(String(id))) throw new ClientelaError('DUPLICATE_ID', `${caller} needs one row of attributes a customer, found ${describeValue(id)} again in row ${row}`, { function: caller, customer: id, row });
    rowOf.set(String(id), row);
  });
  const rows = Uint32Array.from(customers, (customer) => {
    const row = rowOf.get(String(customer));
    if (row === undefined) throw new ClientelaError('UNKNOWN_ID', `${caller} found no attributes of customer ${describeValue(customer)}; give a row for each, or leave attributes out`, { function: caller, customer });
    return row;
  });
  return table.names.filter((name) => table.source(name).kind !== 'id').map((name) => [name, takeColumn(table.source(name), rows)]);
}

/** Refuses attributes named as columns that are made. */
export function requireFreeNames(caller: string, made: readonly string[], names: readonly string[]): void {
  const taken = names.find((name, i) => made.includes(name) || names.indexOf(name) !== i);
  if (taken === undefined) return;
  throw new ClientelaError('DUPLICATE_COLUMN', `${caller} cannot have a column "${taken}" twice; rename yours`, { function: caller, column: taken });
}

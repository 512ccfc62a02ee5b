import { describeCells, looksLikeId } from '../../quickstart/cells.mjs';
import { findColumn, roleNames } from '../../quickstart/findColumn.mjs';
import { guessPositive, guessTarget } from '../../quickstart/guessTarget.mjs';
import type { CustomerRoles, EventRoles, Table } from './dataset.js';

/** Items that close a relation, as companies call them. */
const leaving = /^(churn|cancel|cancellation|departure|membership|unsubscribe|baja|close|closed)/i;

/** The roles of a log of events; undefined where there are no dates, or no customer comes twice. */
export function guessEvents(table: Table): EventRoles | undefined {
  const time = findColumn(table, roleNames.time, (cells) => cells.dates > 0.95);
  const customer = findColumn(table, roleNames.customer, (cells) => looksLikeId(cells) && !cells.unique);
  if (time === undefined || customer === undefined) return undefined;
  const taken = new Set([time, customer]);
  const amount = findColumn(table, roleNames.amount, (cells) => cells.numbers > 0.95, taken);
  const item = findColumn(table, roleNames.item, (cells, exact) => cells.distinct > 1 && cells.distinct <= 1000 && (exact || cells.numbers < 0.95), taken);
  const end = item === undefined ? undefined : [...describeCells(table, item).counts.keys()].find((value) => leaving.test(value));
  return { customer, time, ...(amount === undefined ? {} : { amount }), ...(item === undefined ? {} : { item }), ...(end === undefined ? {} : { leaving: end }), ...(item === undefined ? {} : { products: guessProducts(table, item, amount, end) }) };
}

/** What is sold: items that have an amount, or all of them where there are none; the commonest thirty. */
export function guessProducts(table: Table, item: string, amount: string | undefined, leaving: string | undefined): string[] {
  const counts = new Map<string, number>();
  table.columns[item]!.forEach((name, row) => {
    if (name !== '' && name !== leaving && (amount === undefined || table.columns[amount]![row] !== '')) counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 30).map(([name]) => name);
}

/** The roles of a table of customers: what could be foretold, and the columns that describe. */
export function guessCustomers(table: Table): CustomerRoles {
  const customer = findColumn(table, roleNames.customer, (cells) => cells.unique);
  const target = guessTarget(table);
  const features = table.names.filter((name) => name !== customer && name !== target && describes(table, name));
  return { features, ...(customer === undefined ? {} : { customer }), ...(target === undefined ? {} : { target, positive: guessPositive(table, target, undefined) }) };
}

/** Not a column that names each row, is the same everywhere, or holds dates. */
function describes(table: Table, name: string): boolean {
  const cells = describeCells(table, name);
  return cells.distinct > 1 && cells.dates < 0.5 && (cells.numbers > 0.95 || cells.distinct <= Math.min(100, table.rowCount / 5));
}

import type { Dataset } from './dataset.js';

/** Columns of the customer table with a few values each, in the order of the customers asked for: what one may add up by. */
export function groupsOf({ customers }: Dataset, ids: readonly (string | number)[]): Record<string, string[]> {
  if (customers?.roles.customer === undefined) return {};
  const { table, roles } = customers;
  const rowOf = new Map(table.columns[roles.customer!]!.map((id, row) => [id, row]));
  const few = roles.features.filter((name) => new Set(table.columns[name]).size <= 12);
  return Object.fromEntries(few.map((name) => [name, ids.map((id) => table.columns[name]![rowOf.get(String(id)) ?? -1] || 'not known')]));
}

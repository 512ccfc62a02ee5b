import { findingOn, rowsWhere, type DesignFinding } from './designFinding.js';

/** Customers with rows in more than one fold. */
export function customerFindings(customers: readonly (string | number)[], folds: ArrayLike<unknown>, names: readonly string[]): DesignFinding[] {
  const foldOf = new Map<string, unknown>();
  const torn = new Set<string>();
  customers.forEach((customer, row) => {
    const id = String(customer);
    if (!foldOf.has(id)) foldOf.set(id, folds[row]);
    else if (foldOf.get(id) !== folds[row]) torn.add(id);
  });
  if (torn.size === 0) return [];
  const rows = rowsWhere(customers.length, (row) => torn.has(String(customers[row]!)));
  const text = `${torn.size} customers have rows in more than one fold: a model can know them by heart`;
  return [findingOn(rows, { code: 'CUSTOMER_IN_FOLDS', certainty: 'certain', text, remedy: 'make folds by groups of customers (assignFolds with groups), or judge on later moments', columns: names })];
}

/** Of two folds apart in time, rows of the earlier one whose outcome was not over when the later one begins. */
export function overlapFindings(moments: Float64Array, over: Float64Array, folds: ArrayLike<unknown>, names: readonly string[]): DesignFinding[] {
  const spans = new Map<unknown, [first: number, last: number]>();
  for (let row = 0; row < moments.length; row++) {
    const [first, last] = spans.get(folds[row]) ?? [Infinity, -Infinity];
    spans.set(folds[row], [Math.min(first, moments[row]!), Math.max(last, moments[row]!)]);
  }
  const [earlier, later] = [...spans].sort(([, a], [, b]) => a[0] - b[0]);
  // Folds that are not apart in time are not meant to be.
  if (spans.size !== 2 || earlier![1][1] > later![1][0]) return [];
  const rows = rowsWhere(moments.length, (row) => folds[row] === earlier![0] && over[row]! > later![1][0]);
  if (rows.length === 0) return [];
  const text = `${rows.length} rows to learn from have outcomes that were not over when the rows to judge on begin: they know what came`;
  return [findingOn(rows, { code: 'OVERLAPPING_WINDOWS', certainty: 'certain', text, remedy: 'leave out rows whose gap and horizon reach into the test, as validateOutOfTime and fitTargetScore with horizon do', columns: names })];
}

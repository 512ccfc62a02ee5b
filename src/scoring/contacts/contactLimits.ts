import { codeOf, readWidths, requireByName, trimWidths, type Offered } from '../../data/allocation/offered.js';
import { describeValue } from '../../data/instant.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import type { ContactOptions } from './contactTypes.js';

/** What each action, or each cell, takes of the budget. */
export function readCosts(offered: Offered, count: number, cost: ContactOptions['cost']): Float64Array {
  const { caller, names: actions } = offered;
  if (cost === undefined) return new Float64Array(actions.length);
  if (typeof cost === 'number') return perCustomerAmounts(caller, 'cost', cost, actions.length);
  const given: Readonly<Record<string, unknown>> = requireByName(offered, 'cost', cost);
  for (const name of Object.keys(given)) codeOf(offered, 'cost', name);
  const columns = actions.map((action) => {
    const own = given[action] ?? 0;
    return perCustomerAmounts(caller, `cost of "${action}"`, own as number | ArrayLike<number>, typeof own === 'number' ? 1 : count);
  });
  if (columns.every((column, k) => typeof (given[actions[k]!] ?? 0) === 'number' && column.length === 1)) return Float64Array.from(columns, (column) => column[0]!);
  const costs = new Float64Array(count * actions.length);
  columns.forEach((column, k) => {
    const one = typeof (given[actions[k]!] ?? 0) === 'number';
    for (let i = 0; i < count; i++) costs[i * actions.length + k] = column[one ? 0 : i]!;
  });
  return costs;
}

/** The most actions of each customer; null where all have `width`. Customers of the control get none. */
export function readPerCustomer(offered: Offered, perCustomer: unknown, count: number, control: Uint32Array): { width: number; widths: Uint8Array | null } {
  const read = readWidths(offered, 'perCustomer', perCustomer ?? 1, count);
  if (control.length === 0) return read;
  const widths = read.widths ?? new Uint8Array(count).fill(read.width);
  for (const i of control) widths[i] = 0;
  return trimWidths(widths);
}

/** Which actions may not meet at one customer. */
export function readExclusions(offered: Offered, exclude: unknown): Uint8Array | null {
  const { caller, names: actions } = offered;
  if (exclude === undefined) return null;
  const conflicts = new Uint8Array(actions.length * actions.length);
  if (!Array.isArray(exclude)) throw notPair(caller, exclude);
  for (const pair of exclude as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2 || pair[0] === pair[1]) throw notPair(caller, pair);
    const [a, b] = [codeOf(offered, 'exclude', pair[0]), codeOf(offered, 'exclude', pair[1])];
    conflicts[a * actions.length + b] = 1;
    conflicts[b * actions.length + a] = 1;
  }
  return conflicts;
}

function notPair(caller: string, found: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs exclude as pairs of two different actions, found ${Array.isArray(found) ? `[${found.join(', ')}]` : describeValue(found)}`, { option: 'exclude' });
}

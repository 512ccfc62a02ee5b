import { describeValue } from '../../data/instant.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import type { ContactOptions } from './contactTypes.js';

/** Refuses a name that is none of the actions. */
export function actionCode(caller: string, option: string, actions: readonly string[], name: unknown): number {
  const code = actions.indexOf(name as string);
  if (code >= 0) return code;
  throw new ClientelaError('INVALID_OPTION', `${caller} knows no action ${describeValue(name)}, named in ${option}; the actions are ${actions.join(', ')}`, { option, action: name });
}

/** What each action, or each cell, takes of the budget. */
export function readCosts(caller: string, actions: readonly string[], count: number, cost: ContactOptions['cost']): Float64Array {
  if (cost === undefined) return new Float64Array(actions.length);
  if (typeof cost === 'number') return perCustomerAmounts(caller, 'cost', cost, actions.length);
  const given: Readonly<Record<string, unknown>> = requireRecord(caller, 'cost', cost);
  for (const name of Object.keys(given)) actionCode(caller, 'cost', actions, name);
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

/** Whole numbers by action; `other` where an action has none. */
export function readCounts(caller: string, option: 'capacity' | 'minimum', actions: readonly string[], given: unknown, other: number): Float64Array {
  const counts = new Float64Array(actions.length).fill(other);
  if (given === undefined) return counts;
  for (const [name, value] of Object.entries(requireRecord(caller, option, given))) {
    const k = actionCode(caller, option, actions, name);
    if (value === undefined) continue;
    if (!(typeof value === 'number' && value >= 0 && (Number.isInteger(value) || (value === Infinity && other === Infinity)))) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs the ${option} of "${name}" as a whole number of customers, found ${describeValue(value)}`, { option, action: name, value });
    }
    counts[k] = value;
  }
  return counts;
}

/** Refuses anything but an object by action. */
export function requireRecord(caller: string, option: string, given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Readonly<Record<string, unknown>>;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} by action, such as { email: 100 }, found ${describeValue(given)}`, { option, value: given });
}

/** The most actions of each customer; null where all have `width`. Customers of the control get none. */
export function readWidths(caller: string, perCustomer: unknown, count: number, actionCount: number, control: Uint32Array): { width: number; widths: Uint8Array | null } {
  const most = Math.min(actionCount, 255);
  const read = (value: unknown, row?: number): number => {
    if (typeof value === 'number' && value >= 0 && (Number.isInteger(value) || value === Infinity)) return Math.min(value, most);
    const where = row === undefined ? '' : ` in row ${row}`;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs perCustomer as a whole number of actions, found ${describeValue(value)}${where}`, { option: 'perCustomer', value, ...(row === undefined ? {} : { row }) });
  };
  const widths = new Uint8Array(count);
  if (typeof perCustomer === 'object' && perCustomer !== null && 'length' in perCustomer) {
    const given = perCustomer as ArrayLike<unknown>;
    if (given.length !== count) {
      throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs perCustomer as one number or one for each of the ${count} customers, found ${given.length}`, { option: 'perCustomer', found: given.length, expected: count });
    }
    for (let i = 0; i < count; i++) widths[i] = read(given[i], i);
  } else {
    const all = read(perCustomer ?? 1);
    if (control.length === 0 && all > 0) return { width: all, widths: null };
    widths.fill(all);
  }
  for (const i of control) widths[i] = 0;
  const width = Math.max(1, widths.reduce((largest, w) => Math.max(largest, w), 0));
  return { width, widths: widths.every((w) => w === width) ? null : widths };
}

/** Which actions may not meet at one customer. */
export function readExclusions(caller: string, exclude: unknown, actions: readonly string[]): Uint8Array | null {
  if (exclude === undefined) return null;
  const conflicts = new Uint8Array(actions.length * actions.length);
  if (!Array.isArray(exclude)) throw notPair(caller, exclude);
  for (const pair of exclude as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2 || pair[0] === pair[1]) throw notPair(caller, pair);
    const [a, b] = [actionCode(caller, 'exclude', actions, pair[0]), actionCode(caller, 'exclude', actions, pair[1])];
    conflicts[a * actions.length + b] = 1;
    conflicts[b * actions.length + a] = 1;
  }
  return conflicts;
}

function notPair(caller: string, found: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs exclude as pairs of two different actions, found ${Array.isArray(found) ? `[${found.join(', ')}]` : describeValue(found)}`, { option: 'exclude' });
}

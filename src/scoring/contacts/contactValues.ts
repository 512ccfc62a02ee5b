import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { ContactOptions, ContactValues } from './contactTypes.js';

/** The values by row, NaN where an action is not possible. */
export interface ContactTable<Action extends string> {
  readonly actions: readonly Action[];
  readonly count: number;
  readonly values: Float64Array;
}

/** Reads values in either form; a Float64Array is taken as it is when nothing is left out of it. */
export function readContactValues<Action extends string>(caller: string, values: ContactValues<Action>, { actions, eligible }: ContactOptions<Action>): ContactTable<Action> {
  if (typeof values !== 'object' || (values as unknown) === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs the value of each action for each customer, as an array or as a column for each action, found ${describeValue(values)}`);
  }
  const table = isArray(values) ? fromArray(caller, values, actions) : fromColumns(caller, values, actions);
  if (eligible === undefined) return table;
  if (typeof eligible !== 'function') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs eligible as a function of position and action, found ${describeValue(eligible)}`, { option: 'eligible' });
  }
  const k = table.actions.length;
  return { ...table, values: table.values.map((value, at) => (Number.isNaN(value) || eligible(Math.floor(at / k), table.actions[at % k]!) ? value : NaN)) };
}

function isArray(values: ContactValues): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}

function fromArray<Action extends string>(caller: string, given: ArrayLike<number>, actions: readonly Action[] | undefined): ContactTable<Action> {
  if (actions === undefined || !Array.isArray(actions) || actions.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the names of the actions with values in one array, found ${describeValue(actions as unknown)}; give them as actions`, { option: 'actions' });
  }
  requireNames(caller, actions);
  const k = actions.length;
  if (given.length === 0) throw noCustomers(caller);
  if (given.length % k !== 0) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${k} values a customer, one for each action, found ${given.length} values in all, which is no multiple of ${k}`, {
      found: given.length,
      actions: k,
    });
  }
  const count = given.length / k;
  if (given instanceof Float64Array) {
    for (let at = 0; at < given.length; at++) {
      if (given[at] === Infinity || given[at] === -Infinity) throw unfitValue(caller, given[at], Math.floor(at / k), actions[at % k] as Action);
    }
    return { actions, count, values: given };
  }
  const values = new Float64Array(given.length);
  for (let at = 0; at < given.length; at++) {
    const value: unknown = given[at];
    if (isUnfit(value)) throw unfitValue(caller, value, Math.floor(at / k), actions[at % k] as Action);
    values[at] = cell(value);
  }
  return { actions, count, values };
}

function fromColumns<Action extends string>(caller: string, columns: Readonly<Record<Action, ArrayLike<number>>>, order: readonly Action[] | undefined): ContactTable<Action> {
  const actions = order ?? (Object.keys(columns) as Action[]);
  if (actions.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs a column of values for at least one action, found none`);
  requireNames(caller, actions);
  const k = actions.length;
  const count = lengthOf(caller, columns, actions[0]!);
  if (count === 0) throw noCustomers(caller);
  const values = new Float64Array(count * k);
  actions.forEach((action, a) => {
    const length = lengthOf(caller, columns, action);
    if (length !== count) {
      throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs a value of every action for each customer, found ${length} of "${action}" and ${count} of "${actions[0]!}"`, { action, found: length, expected: count });
    }
    const column = columns[action];
    for (let i = 0; i < count; i++) {
      const value: unknown = column[i];
      if (isUnfit(value)) throw unfitValue(caller, value, i, action);
      values[i * k + a] = cell(value);
    }
  });
  return { actions, count, values };
}

function lengthOf(caller: string, columns: Readonly<Record<string, ArrayLike<number>>>, action: string): number {
  const column: unknown = columns[action];
  if (column === undefined) throw new ClientelaError('UNKNOWN_COLUMN', `${caller} found no values of the action "${action}"; the columns are ${Object.keys(columns).join(', ')}`, { action });
  if (typeof column === 'object' && column !== null && 'length' in column && typeof column.length === 'number') return column.length;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs the values of "${action}" as an array, found ${describeValue(column)}`, { action });
}

function requireNames(caller: string, actions: readonly string[]): void {
  const unfit = actions.findIndex((action, a) => typeof action !== 'string' || action === '' || actions.indexOf(action) !== a);
  if (unfit < 0) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a name of its own for every action, found ${describeValue(actions[unfit])} at position ${unfit}`, { option: 'actions', value: actions[unfit] });
}

/** Missing is not possible. */
function cell(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

function isUnfit(value: unknown): boolean {
  return typeof value === 'number' ? value === Infinity || value === -Infinity : value !== undefined && value !== null;
}

function unfitValue(caller: string, value: unknown, row: number, action: string): ClientelaError {
  const code = typeof value === 'number' ? 'NON_FINITE_VALUE' : 'INVALID_VALUE';
  return new ClientelaError(code, `${caller} needs a finite value of "${action}" for each customer, found ${describeValue(value)} in row ${row}; NaN says that an action is not possible`, { action, row, value });
}

function noCustomers(caller: string): ClientelaError {
  return new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer, found none`);
}

import type { Allocation, AllocationPrices, AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { costOf } from '../../numeric/allocation/plan.js';
import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { actionCode, requireRecord } from './contactLimits.js';
import type { ContactPlan, ContactPrices, PlannedAction } from './contactTypes.js';

/** The actions of each customer, the most valuable first, as codes. */
export function chosenActions({ count, actionCount, width, values }: AllocationProblem, { slots }: Allocation): Int32Array {
  const chosen = Int32Array.from(slots);
  if (width === 1) return chosen;
  for (let i = 0; i < count; i++) {
    const worth = (code: number): number => (code < 0 ? -Infinity : values[i * actionCount + code]!);
    chosen.subarray(i * width, (i + 1) * width).sort((a, b) => (a === b ? 0 : worth(b) - worth(a) || a - b));
  }
  return chosen;
}

/** Positions, contacts, value and spend of each action. */
export function describeActions<Action extends string>(actions: readonly Action[], problem: AllocationProblem, chosen: Int32Array, usage: Float64Array): { selected: Record<Action, Uint32Array>; perAction: PlannedAction<Action>[] } {
  const { actionCount, width, values } = problem;
  const lists = Array.from(usage, (contacts) => new Uint32Array(contacts));
  const at = new Uint32Array(actionCount);
  const worth = new Float64Array(actionCount);
  const spend = new Float64Array(actionCount);
  for (let slot = 0; slot < chosen.length; slot++) {
    const k = chosen[slot]!;
    if (k < 0) continue;
    const i = Math.floor(slot / width);
    lists[k]![at[k]!++] = i;
    worth[k]! += values[i * actionCount + k]!;
    spend[k]! += costOf(problem, i, k);
  }
  const selected = Object.fromEntries(actions.map((action, k) => [action, lists[k]!])) as Record<Action, Uint32Array>;
  return { selected, perAction: actions.map((action, k) => ({ action, contacts: usage[k]!, value: worth[k]!, spend: spend[k]! })) };
}

/** The prices by name, and the limits that have one. */
export function describePrices<Action extends string>(actions: readonly Action[], { most, least, budget }: AllocationProblem, prices: AllocationPrices, money: number): Pick<ContactPlan<Action>, 'prices' | 'binding'> {
  const count = actions.length;
  const binding: string[] = [];
  const price = (place: number, words: string): number => {
    if (prices[place]! > 1e-6 * money) binding.push(words);
    return prices[place]!;
  };
  const total = Number.isFinite(budget) ? price(2 * count, 'budget') : 0;
  const named = (limits: Float64Array, offset: number, words: string): Partial<Record<Action, number>> =>
    Object.fromEntries(
      actions.flatMap((action, k) => (limits[k] === (offset === 0 ? Infinity : 0) ? [] : [[action, price(offset + k, `${words} of ${action}`)]])),
    ) as Partial<Record<Action, number>>;
  return { prices: { budget: total, capacity: named(most, 0, 'capacity'), minimum: named(least, count, 'minimum') }, binding };
}

/** Prices of an earlier plan in the kernel's order; null where none are given. */
export function readPrices(caller: string, actions: readonly string[], start: ContactPrices | undefined): AllocationPrices | null {
  if (start === undefined) return null;
  const given = requireRecord(caller, 'start', start);
  const prices = new Float64Array(2 * actions.length + 1);
  const set = (place: number, value: unknown): void => {
    if (!(typeof value === 'number' && value >= 0 && value < Infinity)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs start as the prices of an earlier plan, finite and not negative, found ${describeValue(value)}`, { option: 'start', value });
    }
    prices[place] = value;
  };
  set(2 * actions.length, given['budget'] ?? 0);
  for (const [part, offset] of [['capacity', 0], ['minimum', actions.length]] as const) {
    for (const [name, value] of Object.entries(requireRecord(caller, 'start', given[part] ?? {}))) set(offset + actionCode(caller, 'start', actions, name), value);
  }
  return prices;
}

import { ClientelaError } from '../../errors.js';
import type { Allocation, AllocationPrices, AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { describeValue } from '../instant.js';
import { codeOf, requireByName, type Offered } from './offered.js';

/** What one more unit of each limit would add: 0 where there is enough, absent where there is no limit. */
export interface LimitPrices<Name extends string> {
  readonly budget: number;
  readonly capacity: Readonly<Partial<Record<Name, number>>>;
  readonly minimum: Readonly<Partial<Record<Name, number>>>;
}

/** The prices by name, and the limits that have one in words. */
export function describePrices<Name extends string>(names: readonly Name[], { most, least, budget }: AllocationProblem, prices: AllocationPrices, money: number): { prices: LimitPrices<Name>; binding: string[] } {
  const count = names.length;
  const binding: string[] = [];
  const price = (place: number, words: string): number => {
    if (prices[place]! > 1e-6 * money) binding.push(words);
    return prices[place]!;
  };
  const total = Number.isFinite(budget) ? price(2 * count, 'budget') : 0;
  const named = (limits: Float64Array, offset: number, words: string): Partial<Record<Name, number>> =>
    Object.fromEntries(
      names.flatMap((name, k) => (limits[k] === (offset === 0 ? Infinity : 0) ? [] : [[name, price(offset + k, `${words} of ${name}`)]])),
    ) as Partial<Record<Name, number>>;
  return { prices: { budget: total, capacity: named(most, 0, 'capacity'), minimum: named(least, count, 'minimum') }, binding };
}

/** Prices of an earlier plan in the kernel's order; null where none are given. */
export function readPrices(offered: Offered, start: unknown): AllocationPrices | null {
  if (start === undefined) return null;
  const given = requireByName(offered, 'start', start);
  const count = offered.names.length;
  const prices = new Float64Array(2 * count + 1);
  const set = (place: number, value: unknown): void => {
    if (!(typeof value === 'number' && value >= 0 && value < Infinity)) {
      throw new ClientelaError('INVALID_OPTION', `${offered.caller} needs start as the prices of an earlier plan, finite and not negative, found ${describeValue(value)}`, { option: 'start', value });
    }
    prices[place] = value;
  };
  set(2 * count, given['budget'] ?? 0);
  for (const [part, offset] of [['capacity', 0], ['minimum', count]] as const) {
    for (const [name, value] of Object.entries(requireByName(offered, 'start', given[part] ?? {}))) set(offset + codeOf(offered, 'start', name), value);
  }
  return prices;
}

/** What each customer gets as codes, the most valuable first; -1 after the last. */
export function chosenCodes({ count, actionCount, width, values }: AllocationProblem, { slots }: Allocation): Int32Array {
  const chosen = new Int32Array(slots);
  if (width === 1) return chosen;
  for (let i = 0; i < count; i++) {
    const row = i * actionCount;
    const first = i * width;
    // Sets are small: sorted by insertion.
    for (let at = first + 1; at < first + width; at++) {
      const k = chosen[at]!;
      if (k < 0) continue;
      const worth = values[row + k]!;
      let to = at;
      for (; to > first; to--) {
        const before = chosen[to - 1]!;
        if (before >= 0 && (values[row + before]! > worth || (values[row + before]! === worth && before < k))) break;
        chosen[to] = before;
      }
      chosen[to] = k;
    }
  }
  return chosen;
}

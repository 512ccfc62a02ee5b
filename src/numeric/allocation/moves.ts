import { sortedOrder } from '../sorting.js';
import type { Allocation, AllocationPrices, AllocationProblem } from './allocationProblem.js';
import { costOf, fits, pricing, type Move } from './plan.js';

/** What moves to look for. */
export interface MoveSearch {
  /** The most a move may lose at the prices. */
  readonly reach: number;
  /** Which moves; all where absent. */
  readonly wanted?: (from: number, to: number, gain: number, cost: number) => boolean;
  /** By loss, or by loss for each unit of budget that is saved (moves that save nothing last). */
  readonly by?: 'loss' | 'saving';
  /** Only so many of the first. */
  readonly most?: number;
}

/** The possible changes of one slot that are looked for, in order. O(customers x actions) and a sort of what is found. */
export function collectMoves(problem: AllocationProblem, plan: Allocation, prices: AllocationPrices, { reach, wanted, by = 'loss', most = Infinity }: MoveSearch): Move[] {
  const { count, actionCount, width, widths, values } = problem;
  const worths = new Float64Array(actionCount);
  const price = pricing(problem, prices);
  const span = actionCount + 1;
  // A move is known by one number until it is among the first.
  const codes: number[] = [];
  const keys: number[] = [];
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    if (allowed === 0) continue;
    price(i, worths);
    const row = i * actionCount;
    for (let slot = 0; slot < allowed; slot++) {
      const from = plan.slots[i * width + slot]!;
      const held = from < 0 ? 0 : worths[from]!;
      for (let to = from < 0 ? 0 : -1; to < actionCount; to++) {
        const loss = to < 0 ? held : held - worths[to]!;
        if (!(loss <= reach) || to === from) continue;
        const cost = costOf(problem, i, to) - costOf(problem, i, from);
        const gain = (to < 0 ? 0 : values[row + to]!) - (from < 0 ? 0 : values[row + from]!);
        if (wanted?.(from, to, gain, cost) === false || !fits(problem, plan.slots, i, slot, to)) continue;
        codes.push((i * width + slot) * span + to + 1);
        keys.push(by === 'loss' ? loss : cost < 0 ? loss / -cost : Infinity);
      }
      // Empty slots are all alike.
      if (from < 0) break;
    }
  }
  const order = sortedOrder(keys).subarray(0, Math.min(keys.length, most));
  return Array.from(order, (at) => decode(problem, plan, price, worths, codes[at]!));
}

function decode(problem: AllocationProblem, plan: Allocation, price: (i: number, worths: Float64Array) => void, worths: Float64Array, code: number): Move {
  const { actionCount, width, values } = problem;
  const to = (code % (actionCount + 1)) - 1;
  const at = Math.floor(code / (actionCount + 1));
  const customer = Math.floor(at / width);
  const from = plan.slots[at]!;
  price(customer, worths);
  const row = customer * actionCount;
  return {
    customer,
    slot: at % width,
    from,
    to,
    gain: (to < 0 ? 0 : values[row + to]!) - (from < 0 ? 0 : values[row + from]!),
    cost: costOf(problem, customer, to) - costOf(problem, customer, from),
    loss: (from < 0 ? 0 : worths[from]!) - (to < 0 ? 0 : worths[to]!),
  };
}

/** Whether the plan still is as it was when the move was found. */
export function stillOpen(problem: AllocationProblem, { slots }: Allocation, { customer, slot, from, to }: Move): boolean {
  return slots[customer * problem.width + slot] === from && fits(problem, slots, customer, slot, to);
}

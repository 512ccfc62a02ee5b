import type { AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import { costOf } from '../../numeric/allocation/plan.js';
import type { PlannedAction } from './contactTypes.js';

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

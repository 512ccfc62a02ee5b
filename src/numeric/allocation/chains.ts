import type { Allocation, AllocationProblem } from './allocationProblem.js';
import { apply, costOf, excess, fits, type Move } from './plan.js';

/** What a change weighs: `spend` what it adds to it, `loss` what it takes from the value. */
export type ChainWeight = 'spend' | 'loss';

/**
 * One customer more for an action, or a lighter plan with the same numbers, by a chain of changes: a customer goes from one action to the next, whose
 * customer goes to the next again. The actions and 'nothing' are the nodes; the lightest change between each two is their edge, and the
 * chain is a negative cycle (Bellman and Ford). Makes the changes; false where there is no chain. O(customers x actions + actions^3).
 */
export function improveByChain(problem: AllocationProblem, plan: Allocation, weight: ChainWeight): boolean {
  const nodes = problem.actionCount + 1;
  const edges = lightestChanges(problem, plan, weight);
  const distance = new Float64Array(nodes);
  const before = new Int32Array(nodes).fill(-1);
  let last = -1;
  for (let round = 0; round < nodes; round++) {
    last = -1;
    for (let a = 0; a < nodes; a++) {
      for (let b = 0; b < nodes; b++) {
        const through = distance[a]! + Math.min(edges.weights[a * nodes + b]!, balance(problem, plan, a, b));
        if (!(through < distance[b]! - 1e-9)) continue;
        distance[b] = through;
        before[b] = a;
        last = b;
      }
    }
    if (last < 0) return false;
  }
  // After as many rounds as nodes, what still falls hangs on a cycle.
  for (let round = 0; round < nodes; round++) last = before[last]!;
  const chain: Move[] = [];
  let at = last;
  do {
    const from = before[at]!;
    const edge = from * nodes + at;
    if (edges.weights[edge]! < balance(problem, plan, from, at)) chain.push(edges.moves[edge]!);
    at = from;
  } while (at !== last);
  return make(problem, plan, chain);
}

/** Weighs 0 where b may have one customer fewer and a one more, so that a chain may end at a and begin at b; strongly wanted where a lacks customers. */
function balance(problem: AllocationProblem, { usage }: Allocation, a: number, b: number): number {
  const { actionCount, most, least } = problem;
  if (a === b) return Infinity;
  if (a < actionCount && usage[a]! + 1 > most[a]!) return Infinity;
  if (b < actionCount && usage[b]! - 1 < least[b]!) return Infinity;
  const [lacks, over] = [a < actionCount && excess(problem, a, usage[a]!) > 0, b < actionCount && excess(problem, b, usage[b]!) > 0];
  return lacks || over ? -WANTED : 0;
}

/** Outweighs any chain of changes, each scaled to 2 at most. */
const WANTED = 1e4;

function make(problem: AllocationProblem, plan: Allocation, chain: readonly Move[]): boolean {
  // Several slots of one customer may not be consistent with each other.
  if (new Set(chain.map(({ customer }) => customer)).size < chain.length) return false;
  for (const move of chain) apply(problem, plan, move);
  return true;
}

function lightestChanges(problem: AllocationProblem, plan: Allocation, weight: ChainWeight): { weights: Float64Array; moves: (Move | undefined)[] } {
  const { count, actionCount, width, widths, values } = problem;
  const nodes = actionCount + 1;
  const weights = new Float64Array(nodes * nodes).fill(Infinity);
  const moves: (Move | undefined)[] = new Array<undefined>(nodes * nodes);
  const unit = weight === 'spend' ? largest(problem.costs) : largest(values);
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    const row = i * actionCount;
    for (let slot = 0; slot < allowed; slot++) {
      const from = plan.slots[i * width + slot]!;
      for (let to = from < 0 ? 0 : -1; to < actionCount; to++) {
        if (to === from || (to >= 0 && Number.isNaN(values[row + to]!))) continue;
        const gain = (to < 0 ? 0 : values[row + to]!) - (from < 0 ? 0 : values[row + from]!);
        const cost = costOf(problem, i, to) - costOf(problem, i, from);
        const heavy = (weight === 'spend' ? cost : -gain) / unit;
        const edge = (from < 0 ? actionCount : from) * nodes + (to < 0 ? actionCount : to);
        if (heavy >= weights[edge]! || !fits(problem, plan.slots, i, slot, to)) continue;
        weights[edge] = heavy;
        moves[edge] = { customer: i, slot, from, to, gain, cost, loss: 0 };
      }
      if (from < 0) break;
    }
  }
  return { weights, moves };
}

function largest(numbers: Float64Array): number {
  let most = 0;
  for (const x of numbers) if (Math.abs(x) > most) most = Math.abs(x);
  return most > 0 ? most : 1;
}

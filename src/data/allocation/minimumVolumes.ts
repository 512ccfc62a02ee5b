import { ClientelaError } from '../../errors.js';
import { allocate } from '../../numeric/allocation/allocate.js';
import type { Allocation, AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import type { Offered } from './offered.js';

/** Sets of more actions than this with a minimum are not looked through. */
const MOST_ACTIONS = 12;

/** Refuses minimum volumes that capacities, or the customers who may get the actions at all, do not allow. */
export function requireMinimums({ caller, noun, names }: Offered, problem: AllocationProblem): void {
  const { most, least } = problem;
  const wanted = [...least.keys()].filter((k) => least[k]! > 0);
  for (const k of wanted) {
    if (least[k]! <= most[k]!) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the minimum of "${names[k]!}" within its capacity, found ${least[k]!} and ${most[k]!}`, { option: 'minimum', [noun]: names[k] });
  }
  if (wanted.length === 0 || wanted.length > MOST_ACTIONS) return;
  const patterns = customerPatterns(problem, wanted);
  // Hall's condition with customers of several places, the smallest sets of actions first.
  const sets = Array.from({ length: 2 ** wanted.length - 1 }, (_, at) => at + 1).sort((a, b) => bits(a) - bits(b) || a - b);
  for (const set of sets) {
    const asked = wanted.reduce((sum, k, at) => sum + ((set >> at) & 1) * least[k]!, 0);
    let possible = 0;
    for (const [pattern, customers] of patterns) possible += customers * Math.min(Math.floor(pattern / 2 ** MOST_ACTIONS), bits(pattern & set));
    if (possible >= asked) continue;
    const asking = wanted.filter((_, at) => (set >> at) & 1).map((k) => names[k]!);
    throw new ClientelaError(
      'INVALID_OPTION',
      `${caller} cannot meet the minimum of ${asking.join(' and ')}: ${asked} contacts asked for, but the customers who may get them allow ${possible}; lower a minimum, or allow more customers`,
      { option: 'minimum', [`${noun}s`]: asking, asked, possible },
    );
  }
}

/** How many customers there are of each kind: which of the wanted actions they may get, and how many. */
function customerPatterns({ count, actionCount, values, width, widths }: AllocationProblem, wanted: readonly number[]): Map<number, number> {
  const patterns = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    let pattern = (widths === null ? width : widths[i]!) * 2 ** MOST_ACTIONS;
    for (let at = 0; at < wanted.length; at++) if (!Number.isNaN(values[i * actionCount + wanted[at]!]!)) pattern += 2 ** at;
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + 1);
  }
  return patterns;
}

function bits(set: number): number {
  let found = 0;
  for (let left = set & (2 ** MOST_ACTIONS - 1); left > 0; left >>= 1) found += left & 1;
  return found;
}

/** Why there is no plan: what the minimum volumes cost at the least, or that they exclude each other. */
export function cannotMeet({ caller, noun, names }: Offered, problem: AllocationProblem, plan: Allocation): ClientelaError {
  const wanted = names.filter((_, k) => problem.least[k]! > 0);
  const { actionCount, costs, values, budget } = problem;
  const spends = values.map((value, at) => (Number.isNaN(value) ? NaN : -costs[costs.length > actionCount ? at : at % actionCount]!));
  const cheapest = allocate({ ...problem, values: spends, budget: Infinity }, { start: null, tolerance: 0 });
  if (cheapest.feasible && -cheapest.bound > budget) {
    return new ClientelaError('INVALID_OPTION', `${caller} cannot meet the minimum of ${wanted.join(' and ')} within the budget: it takes at least ${-cheapest.bound}, the budget is ${budget}; lower a minimum or raise the budget`, {
      option: 'minimum',
      [`${noun}s`]: wanted,
      needed: -cheapest.bound,
      budget,
    });
  }
  const short = names.filter((_, k) => plan.usage[k]! < problem.least[k]!);
  return new ClientelaError('INVALID_OPTION', `${caller} found no plan that meets the minimum of ${wanted.join(' and ')} together${short.length === 0 ? ' within the budget' : `: ${short.join(' and ')} stayed short`}; lower a minimum, or loosen exclusions, capacities or budget`, {
    option: 'minimum',
    [`${noun}s`]: wanted,
    short,
  });
}

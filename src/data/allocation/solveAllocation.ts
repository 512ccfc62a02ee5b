import { allocate, type AllocationResult } from '../../numeric/allocation/allocate.js';
import type { AllocationPrices, AllocationProblem } from '../../numeric/allocation/allocationProblem.js';
import type { Convergence } from '../../numeric/convergence.js';
import { cannotMeet } from './minimumVolumes.js';
import type { Offered } from './offered.js';

/** Looks at the customers that no search needs. */
const MOST_PASSES = 1000;

/** How near, from where, and who is told. */
export interface SearchTerms {
  readonly tolerance: number;
  readonly start: AllocationPrices | null;
  readonly onProgress: ((progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void) | undefined;
}

/** The kernel's answer, or the error that says why there is no plan. */
export function solveAllocation(offered: Offered, problem: AllocationProblem, { tolerance, start, onProgress }: SearchTerms): AllocationResult {
  let done = 0;
  const solved = allocate(problem, {
    start,
    tolerance,
    ...(onProgress === undefined ? {} : { onPass: (bound: number) => onProgress({ done: ++done, total: MOST_PASSES, objective: bound }) !== false }),
  });
  if (!solved.feasible) throw cannotMeet(offered, problem, solved.plan);
  return solved;
}

/** How far below the best a plan can be, as a share of the bound. */
export function gapOf({ value, bound }: { readonly value: number; readonly bound: number }): number {
  return bound > value ? (bound - value) / Math.abs(bound) : 0;
}

/** How the search ended. */
export function endOf({ passes, stopped }: AllocationResult, gap: number, tolerance: number): Convergence {
  const reason = stopped ? 'stopped by onProgress' : gap <= tolerance ? 'gap within the tolerance' : 'no better plan found';
  return { converged: !stopped, iterations: passes, gradientNorm: 0, reason };
}

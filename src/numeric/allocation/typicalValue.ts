import type { AllocationProblem } from './allocationProblem.js';

/** The mean absolute value over some thousand cells: what a value of the problem is about. */
export function typicalValue({ values }: AllocationProblem): number {
  const step = Math.max(1, Math.floor(values.length / 9973));
  let sum = 0;
  let cells = 0;
  for (let at = 0; at < values.length; at += step) {
    if (Number.isNaN(values[at])) continue;
    sum += Math.abs(values[at]!);
    cells++;
  }
  return sum > 0 ? sum / cells : 1;
}

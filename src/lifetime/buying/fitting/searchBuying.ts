import { minimiseTrustRegion, type TrustRegionMinimum } from '../../../numeric/trustRegion.js';
import type { BuyingOptions } from '../buyingOptions.js';
import type { BuyingObjective } from './buyingObjective.js';

/** The search ends where no more than this of the log-likelihood of all customers can be gained. */
const GAIN = 1e-12;

/** Parameters that have moved by more than e^±12 are on their way to a bound. */
const FAR = 12;

/** More starts where the first ends badly. */
const MORE_STARTS = 3;

/** The lowest point of the objective that is found from a start; from others too, always the same, where that search ends at a bound or without an end. */
export function searchBuying(objective: BuyingObjective, start: Float64Array, { maxIterations = 200, onProgress }: Pick<BuyingOptions, 'maxIterations' | 'onProgress'>): TrustRegionMinimum {
  const tolerance = GAIN / objective.design.tuples.customers;
  const onIteration = onProgress && ((done: number, value: number): boolean => onProgress({ done, total: maxIterations, objective: -value }) !== false);
  const searchFrom = (from: Float64Array): TrustRegionMinimum => minimiseTrustRegion((at, gradient) => objective.evaluate(at, gradient), from, { tolerance, maxIterations, onIteration });
  const parameterCount = objective.likelihood.law.names.length;
  const isGood = ({ at, convergence }: TrustRegionMinimum): boolean => convergence.converged && at.subarray(0, parameterCount).every((log, j) => Math.abs(log - start[j]!) <= FAR);
  let best = searchFrom(start);
  for (let more = 1; more <= MORE_STARTS && !isGood(best) && best.convergence.reason !== 'stopped by onProgress'; more++) {
    const found = searchFrom(start.map((log, j) => (j < parameterCount ? log + 2 * Math.sin(more * (1 + 2.4 * j)) : log)));
    // Of two ends as high as each other the first stays.
    if (found.value < best.value - tolerance * 1e6 || (!best.convergence.converged && found.convergence.converged && found.value <= best.value)) best = found;
  }
  return best;
}

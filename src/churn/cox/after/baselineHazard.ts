import type { CoxRows } from '../coxRows.js';
import { walkEvents } from './eventBlocks.js';

/** The cumulative baseline hazard of one stratum. */
export interface BaselineHazard {
  /** Times of events, ascending. */
  readonly times: number[];
  /** The cumulative hazard of the average customer (eta = 0) after each time. */
  readonly cumulative: number[];
}

/**
 * The cumulative baseline hazard of each stratum: at each time the events over the sum of risks (Breslow), or with tied events as if one after the
 * other (Efron: Nelson and Aalen's estimate when all coefficients are 0 would then be Fleming and Harrington's). O(rows * columns).
 */
export function baselineHazard(rows: CoxRows, beta: Float64Array, hazard: 'efron' | 'breslow'): BaselineHazard[] {
  const { stratumBlocks, blockStarts, durations } = rows;
  const steps = new Float64Array(rows.eventEnds.length);
  const units = new Float64Array(steps.length);
  const { isFlat } = walkEvents(rows, beta, hazard, ({ block, weight, a, unit }) => {
    steps[block] = weight * a;
    units[block] = unit;
  });
  return Array.from({ length: stratumBlocks.length - 1 }, (_, s) => {
    const times: number[] = [];
    const cumulative: number[] = [];
    let sum = 0;
    let logSum = -Infinity;
    for (let block = stratumBlocks[s + 1]! - 1; block >= stratumBlocks[s]!; block--) {
      if (steps[block] === 0) continue;
      times.push(durations[blockStarts[block]!]!);
      // Where the units differ, or one is beyond the range of exp, sums of hazards are kept as logarithms.
      sum += steps[block]!;
      logSum = isFlat ? Math.log(sum) - units[block]! : logOfSum(logSum, Math.log(steps[block]!) - units[block]!);
      cumulative.push(withinRange(isFlat && Math.abs(units[block]!) < 600 ? sum * Math.exp(-units[block]!) : Math.exp(logSum)));
    }
    return { times, cumulative };
  });
}

function logOfSum(a: number, b: number): number {
  const high = Math.max(a, b);
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** JSON knows no Infinity, and a hazard of 0 at the time of an event would say that nobody had it. */
function withinRange(hazard: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(Number.MIN_VALUE, hazard));
}

import { lowerBound } from '../../numeric/lowerBound.js';
import type { GapTable } from './gapTable.js';
import type { ThresholdCosts } from './thresholdOptions.js';

/** Both errors of a threshold, as they were until the end of observation. */
export interface ThresholdErrors {
  /** Of the silences of at least so many days the share that ended all the same: customers called lost who came back. */
  readonly falseAlarms: number;
  /** Of the customers silent at the end the share that is silent for less: not called lost yet. */
  readonly missed: number;
}

/** The threshold of least cost. */
export interface CheapestDay {
  /** Whole days of silence. */
  readonly days: number;
  /** What both errors cost by then, a customer. */
  readonly cost: number;
}

/** Counts of gaps at least as long, from each position on. */
export interface ErrorCurve {
  /** Closed gaps at least so long and, one further, 0. */
  readonly closedFrom: Float64Array;
  /** Open gaps at least so long. */
  readonly openFrom: Float64Array;
}

/** The counts behind both errors. */
export function errorCurve({ closed, open }: GapTable): ErrorCurve {
  const closedFrom = new Float64Array(closed.length + 1);
  const openFrom = new Float64Array(closed.length + 1);
  for (let k = closed.length - 1; k >= 0; k--) {
    closedFrom[k] = closedFrom[k + 1]! + closed[k]!;
    openFrom[k] = openFrom[k + 1]! + open[k]!;
  }
  return { closedFrom, openFrom };
}

/** The two errors of a threshold; `falseAlarms` is NaN where no silence has lasted so long. */
export function errorsAt({ lengths }: GapTable, { closedFrom, openFrom }: ErrorCurve, days: number): ThresholdErrors {
  const k = lowerBound(lengths, 0, lengths.length, days);
  return { falseAlarms: closedFrom[k]! / (closedFrom[k]! + openFrom[k]!), missed: 1 - openFrom[k]! / openFrom[0]! };
}

/** The first whole day at which as many are missed as falsely called (as shares); null where it never comes to that. */
export function balancedDay(table: GapTable, curve: ErrorCurve): number | null {
  const longest = table.lengths[table.lengths.length - 1]!;
  for (let days = 0; days <= longest; days++) {
    const { falseAlarms, missed } = errorsAt(table, curve, days);
    if (missed >= falseAlarms) return days;
  }
  return null;
}

/** The whole day of least cost a customer, every false alarm and every missed customer at its cost. */
export function cheapestDay(table: GapTable, { closedFrom, openFrom }: ErrorCurve, costs: ThresholdCosts): CheapestDay {
  const { lengths } = table;
  let best = { days: 0, cost: Infinity };
  for (let days = 0; days <= Math.floor(lengths[lengths.length - 1]!) + 1; days++) {
    const k = lowerBound(lengths, 0, lengths.length, days);
    const cost = (costs.falseAlarm * closedFrom[k]! + costs.missed * (openFrom[0]! - openFrom[k]!)) / openFrom[0]!;
    if (cost < best.cost) best = { days, cost };
  }
  return best;
}

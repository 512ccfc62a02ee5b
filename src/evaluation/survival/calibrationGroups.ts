import type { Estimate } from '../../numeric/estimate.js';
import { survivalCurve, type SurvivalSteps } from '../../numeric/survival/survivalCurve.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { inThisOrder, type SurvivalSample } from './survivalSample.js';

/** Customers who were promised about the same. */
export interface CalibrationGroup {
  /** How many (sum of their weights). */
  readonly customers: number;
  /** The mean probability of the event by the time that they were promised. */
  readonly expected: number;
  /** The share that had it, after Kaplan and Meier, with its interval on the scale log(-log). */
  readonly observed: Estimate;
}

/** Groups of about as many rows, by rising promised risk; equal promises stay together. */
export function calibrationGroups(rows: SurvivalSample, risks: Float64Array, time: number, count: number, z: number): CalibrationGroup[] {
  const order = sortedOrder(risks);
  const n = order.length;
  const groups: CalibrationGroup[] = [];
  let start = 0;
  for (let group = 1; group <= count; group++) {
    let end = Math.max(start, Math.floor((n * group) / count));
    while (end > start && end < n && risks[order[end]!] === risks[order[end - 1]!]) end++;
    const members = order.subarray(start, end);
    start = end;
    const customers = members.reduce((sum, k) => sum + rows.weights[k]!, 0);
    if (customers === 0) continue;
    const expected = members.reduce((sum, k) => sum + rows.weights[k]! * risks[k]!, 0) / customers;
    groups.push({ customers, expected, observed: eventShare(inThisOrder(rows, members), time, z).share });
  }
  return groups;
}

/** The share with the event by a time, after Kaplan and Meier; where observation ended before it, what was known last. */
export function eventShare({ durations, events, weights }: SurvivalSample, time: number, z: number): { readonly share: Estimate; readonly standardError: number } {
  const { survival, standardError } = at(survivalCurve(durations, events, weights), time);
  const estimate = 1 - survival;
  if (!(survival > 0 && survival < 1)) return { share: { estimate, lower: estimate, upper: estimate }, standardError };
  const log = Math.log(survival);
  const half = (z * standardError) / (survival * -log);
  return { share: { estimate, lower: -Math.expm1(log * Math.exp(-half)), upper: -Math.expm1(log * Math.exp(half)) }, standardError };
}

function at({ times, survival, variance }: SurvivalSteps, time: number): { survival: number; standardError: number } {
  let step = -1;
  while (step + 1 < times.length && times[step + 1]! <= time) step++;
  return step < 0 ? { survival: 1, standardError: 0 } : { survival: survival[step]!, standardError: Math.sqrt(variance[step]!) };
}

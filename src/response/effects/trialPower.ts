import { normalCdf } from '../../numeric/normal.js';

/** Which formula for two proportions. */
export type PowerMethod = 'pooled' | 'unpooled' | 'arcsine';

/** What a trial is to find. */
export interface PowerProblem {
  readonly baseline: number;
  readonly effect: number;
  /** Standard deviation of amounts; null for events. */
  readonly deviation: number | null;
  readonly method: PowerMethod;
  /** Multiplier of the standard error beyond which an effect counts as found. */
  readonly z: number;
}

/** The probability to find an effect, in its own direction. */
export function powerOf({ baseline, deviation, method, z }: PowerProblem, treated: number, control: number, effect: number): number {
  const size = Math.abs(effect);
  const both = 1 / treated + 1 / control;
  if (deviation !== null) return normalCdf(size / (deviation * Math.sqrt(both)) - z);
  const rate = Math.min(1, Math.max(0, baseline + effect));
  if (method === 'arcsine') return normalCdf(Math.abs(2 * Math.asin(Math.sqrt(rate)) - 2 * Math.asin(Math.sqrt(baseline))) / Math.sqrt(both) - z);
  const pooled = (treated * rate + control * baseline) / (treated + control);
  const apart = Math.sqrt((rate * (1 - rate)) / treated + (baseline * (1 - baseline)) / control);
  const together = method === 'pooled' ? Math.sqrt(pooled * (1 - pooled) * both) : apart;
  return normalCdf((size - z * together) / apart);
}

/** How many customers of both arms, not rounded: power goes up with the square root of the total. */
export function largestTotal(problem: PowerProblem, controlShare: number, target: number): number {
  const powerAt = (total: number): number => powerOf(problem, (1 - controlShare) * total, controlShare * total, problem.effect);
  let [low, high] = [0, 2];
  while (powerAt(high) < target && high < 1e15) [low, high] = [high, 2 * high];
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (powerAt(middle) >= target) high = middle;
    else low = middle;
  }
  return high;
}

/** The smallest effect in the direction of the one asked for that is found with the power asked for. */
export function detectable(problem: PowerProblem, treated: number, control: number, target: number): number {
  const sign = Math.sign(problem.effect);
  const most = problem.deviation === null ? (sign > 0 ? 1 - problem.baseline : problem.baseline) : 1e6 * problem.deviation;
  if (powerOf(problem, treated, control, sign * most) < target) return sign * Infinity;
  let [low, high] = [0, most];
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (powerOf(problem, treated, control, sign * middle) >= target) high = middle;
    else low = middle;
  }
  return sign * high;
}

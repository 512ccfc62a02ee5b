import { productLimit, riskSteps } from './riskSteps.js';

/** The share not yet there, by time; a step at each time at which something happened. */
export interface SurvivalSteps {
  /** Distinct times of events, ascending. */
  readonly times: Float64Array;
  /** The share without the event just after each time. */
  readonly survival: Float64Array;
  /** Still observed just before each time. */
  readonly atRisk: Float64Array;
  /** Events at each time. */
  readonly events: Float64Array;
  /** Greenwood's variance of `survival`. */
  readonly variance: Float64Array;
}

/**
 * The product-limit estimate of Kaplan and Meier (1958) with Greenwood's variance. `happened` is 1 where the event ended the duration, 0 where observation did
 * (censored); who is censored at the time of an event is still at risk in it. O(n log n).
 */
export function survivalCurve(durations: Float64Array, happened: ArrayLike<number>, weights: Float64Array | null = null): SurvivalSteps {
  const steps = riskSteps(durations, happened, { weights });
  const all = productLimit(steps);
  const atEvents = (values: Float64Array): Float64Array => values.filter((_, step) => steps.events[step]! > 0);
  const [times, survival, atRisk, events] = [atEvents(steps.times), atEvents(all), atEvents(steps.atRisk), atEvents(steps.events)];
  let greenwood = 0;
  const variance = survival.map((share, i) => {
    greenwood += events[i]! / (atRisk[i]! * (atRisk[i]! - events[i]!));
    return share === 0 ? 0 : share * share * greenwood;
  });
  return { times, survival, atRisk, events, variance };
}

/** The first time by which this share (0 to 1) has had the event; Infinity where the curve does not come so far. */
export function survivalQuantile({ times, survival }: SurvivalSteps, share: number): number {
  // What rounding adds must not put the median one event later.
  for (let i = 0; i < times.length; i++) if (survival[i]! <= 1 - share + 1e-12) return times[i]!;
  return Infinity;
}

/** The share without the event just after a time. */
export function survivalAt({ times, survival }: SurvivalSteps, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 1 : survival[low - 1]!;
}

import { sortedOrder } from '../sorting.js';

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
  const order = sortedOrder(durations);
  const steps = { times: [] as number[], survival: [] as number[], atRisk: [] as number[], events: [] as number[], variance: [] as number[] };
  let risk = 0;
  for (let i = 0; i < order.length; i++) risk += weights === null ? 1 : weights[i]!;
  // What rounding leaves of weights when the last have gone is nobody.
  const nobody = 1e-12 * risk;
  let [survival, greenwood] = [1, 0];
  for (let i = 0; i < order.length; ) {
    const time = durations[order[i]!]!;
    let [events, leaving] = [0, 0];
    for (; i < order.length && durations[order[i]!] === time; i++) {
      const weight = weights === null ? 1 : weights[order[i]!]!;
      leaving += weight;
      if (happened[order[i]!] !== 0) events += weight;
    }
    if (events > 0) {
      survival *= risk - events <= nobody ? 0 : 1 - events / risk;
      greenwood += events / (risk * (risk - events));
      steps.times.push(time);
      steps.survival.push(survival);
      steps.atRisk.push(risk);
      steps.events.push(events);
      steps.variance.push(survival === 0 ? 0 : survival * survival * greenwood);
    }
    risk -= leaving;
  }
  return {
    times: Float64Array.from(steps.times),
    survival: Float64Array.from(steps.survival),
    atRisk: Float64Array.from(steps.atRisk),
    events: Float64Array.from(steps.events),
    variance: Float64Array.from(steps.variance),
  };
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

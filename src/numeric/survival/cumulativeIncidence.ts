import { sortedOrder } from '../sorting.js';

/** The share that has had each of several events by each time, where the first of them ends the story. */
export interface IncidenceSteps {
  /** Distinct times at which any event happened, ascending. */
  readonly times: Float64Array;
  /** The share without any event just after each time. */
  readonly survival: Float64Array;
  /** Per cause, the share that has had it just after each time. */
  readonly incidence: readonly Float64Array[];
  /** Still observed just before each time. */
  readonly atRisk: Float64Array;
}

/**
 * Cumulative incidence of competing events (Aalen and Johansen, 1978): at each time the share still without any event times the hazard of the cause.
 * `causes` is 0 where observation ended the duration (censored), 1 to `causeCount` where an event did. O(n log n + times × causes).
 */
export function cumulativeIncidence(durations: Float64Array, causes: ArrayLike<number>, causeCount: number, weights: Float64Array | null = null): IncidenceSteps {
  const order = sortedOrder(durations);
  const times: number[] = [];
  const survivals: number[] = [];
  const risks: number[] = [];
  const shares: number[][] = Array.from({ length: causeCount }, () => []);
  const sums = new Float64Array(causeCount);
  const events = new Float64Array(causeCount + 1);
  let risk = 0;
  for (let i = 0; i < order.length; i++) risk += weights === null ? 1 : weights[i]!;
  let survival = 1;
  for (let i = 0; i < order.length; ) {
    const time = durations[order[i]!]!;
    events.fill(0);
    let leaving = 0;
    for (; i < order.length && durations[order[i]!] === time; i++) {
      const weight = weights === null ? 1 : weights[order[i]!]!;
      leaving += weight;
      events[causes[order[i]!]!]! += weight;
    }
    const all = leaving - events[0]!;
    if (all > 0) {
      for (let k = 0; k < causeCount; k++) {
        sums[k]! += (survival * events[k + 1]!) / risk;
        shares[k]!.push(sums[k]!);
      }
      survival *= Math.max(0, 1 - all / risk);
      times.push(time);
      survivals.push(survival);
      risks.push(risk);
    }
    risk -= leaving;
  }
  return { times: Float64Array.from(times), survival: Float64Array.from(survivals), incidence: shares.map((share) => Float64Array.from(share)), atRisk: Float64Array.from(risks) };
}

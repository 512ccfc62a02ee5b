import { causeShares, productLimit, riskSteps } from './riskSteps.js';

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
  const steps = riskSteps(durations, causes, { causeCount, weights });
  const survival = productLimit(steps);
  const atEvents = (values: Float64Array): Float64Array => values.filter((_, step) => steps.events[step]! > 0);
  return { times: atEvents(steps.times), survival: atEvents(survival), incidence: causeShares(steps, survival).map(atEvents), atRisk: atEvents(steps.atRisk) };
}

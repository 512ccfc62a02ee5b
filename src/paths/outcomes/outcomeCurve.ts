import type { Estimate } from '../../numeric/estimate.js';
import type { IncidenceSteps } from '../../numeric/survival/cumulativeIncidence.js';
import { incidenceVariance } from '../../numeric/survival/incidenceVariance.js';

/** The share of customers that has had something, by the days since the clock started: a step up at each of `days`, level between. */
export interface OutcomeCurve {
  /** Ascending. */
  readonly days: Float64Array;
  /** The share that has had it by then (Kaplan and Meier; Aalen and Johansen where something else may come first). */
  readonly share: Float64Array;
  /** Lower end of the log-log interval. */
  readonly lower: Float64Array;
  /** Upper end of the log-log interval. */
  readonly upper: Float64Array;
  /** Customers still observed, without any of the ends, just before. */
  readonly atRisk: Float64Array;
}

/** The curve of one cause, with intervals on the log-log scale of the share without it, which stay within 0 and 1. */
export function curveOf(steps: IncidenceSteps, cause: number, z: number): OutcomeCurve {
  const share = steps.incidence[cause]!;
  const variance = incidenceVariance(steps, cause);
  const [lower, upper] = [share.slice(), share.slice()];
  for (let i = 0; i < share.length; i++) {
    const without = 1 - share[i]!;
    if (!(without > 1e-12 && without < 1)) continue;
    const half = (z * Math.sqrt(variance[i]!)) / (without * -Math.log(without));
    lower[i] = 1 - without ** Math.exp(-half);
    upper[i] = 1 - without ** Math.exp(half);
  }
  return { days: steps.times, share, lower, upper, atRisk: steps.atRisk };
}

/** The share by a day; null where nobody was observed so long and some had not had any end. */
export function shareBy({ days, share, lower, upper }: OutcomeCurve, day: number, longest: number): Estimate | null {
  if (day > longest) return null;
  let last = -1;
  while (last + 1 < days.length && days[last + 1]! <= day) last++;
  return last < 0 ? { estimate: 0, lower: 0, upper: 0 } : { estimate: share[last]!, lower: lower[last]!, upper: upper[last]! };
}

/** The day by which half has had it; null where it does not come so far. */
export function medianOf({ days, share }: OutcomeCurve): number | null {
  // What rounding takes away must not put the median one event later.
  return days[share.findIndex((value) => value >= 0.5 - 1e-12)] ?? null;
}

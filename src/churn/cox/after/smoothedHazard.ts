import { requireFinite, requireKnownOptions } from '../../../data/options.js';
import { describeValue } from '../../../data/instant.js';
import { ClientelaError } from '../../../errors.js';

/** A cumulative hazard that rises in steps, as `CoxRegression.baseline` and `coxBaseline` give it. */
export interface HazardSteps {
  /** Ascending. */
  readonly times: ArrayLike<number>;
  /** After each time. */
  readonly cumulative: ArrayLike<number>;
}

/** How to smooth. */
export interface SmoothedHazardOptions {
  /** Half the width of the window, in the unit of the times; above 0. @defaultValue a tenth of the last time */
  readonly bandwidth?: number;
  /** Where to look. @defaultValue 101 times, from 0 to the last */
  readonly at?: ArrayLike<number>;
}

/** A hazard, smooth in time. */
export interface SmoothedHazard {
  /** As asked for. */
  readonly times: Float64Array;
  /** Events per customer still there and unit of time. */
  readonly hazard: Float64Array;
  /** Half the width of the window. */
  readonly bandwidth: number;
}

/**
 * How fast customers leave at each age: the steps of a cumulative hazard, smoothed by a moving window (Epanechnikov's kernel; Ramlau-Hansen, 1983),
 * which near 0 and near the last time is the part that lies between them. O(steps within the windows).
 *
 * @param steps - of the average customer, or of any other
 * @param options - `bandwidth`, `at`
 * @returns hazards, 0 or more; NaN at times before 0 and after the last step
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `LENGTH_MISMATCH` or `EMPTY_INPUT`
 * @example
 * ```ts
 * const months = Array.from({ length: 200 }, (_, i) => (i + 1) / 10);
 * // One in twenty leaves each month, at all ages.
 * const { hazard } = smoothedHazard({ times: months, cumulative: months.map((month) => month / 20) }, { bandwidth: 2, at: [5, 10, 15] });
 * hazard.map((rate) => Math.round(1000 * rate) / 1000); // => [0.05, 0.05, 0.05]
 * ```
 */
export function smoothedHazard(steps: HazardSteps, options: SmoothedHazardOptions = {}): SmoothedHazard {
  const caller = 'smoothedHazard';
  requireKnownOptions(caller, options, ['bandwidth', 'at']);
  const { times: jumps, cumulative } = steps;
  if (jumps.length !== cumulative.length) throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs a cumulative hazard for each time, found ${cumulative.length} for ${jumps.length} times`, { function: caller });
  if (jumps.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs steps, found none`, { function: caller });
  const last = jumps[jumps.length - 1]!;
  const { bandwidth = last / 10, at = Array.from({ length: 101 }, (_, i) => (last * i) / 100) } = options;
  if (!(bandwidth > 0 && bandwidth < Infinity)) throw new ClientelaError('INVALID_OPTION', `${caller} needs bandwidth above 0, found ${describeValue(bandwidth)}`, { function: caller, option: 'bandwidth', value: bandwidth });
  const times = Float64Array.from(at, (time) => requireFinite(caller, 'at', time));
  const hazard = times.map((time) => (time < 0 || time > last ? NaN : rateAround(steps, time, bandwidth) / kernelShare(-time / bandwidth, (last - time) / bandwidth)));
  return { times, hazard, bandwidth };
}

/** Steps within the window, each by the kernel at its distance. */
function rateAround({ times, cumulative }: HazardSteps, time: number, bandwidth: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time - bandwidth) low = middle + 1;
    else high = middle;
  }
  let rate = 0;
  for (let k = low; k < times.length && times[k]! <= time + bandwidth; k++) {
    const distance = (times[k]! - time) / bandwidth;
    rate += (1 - distance * distance) * (cumulative[k]! - (k === 0 ? 0 : cumulative[k - 1]!));
  }
  return (0.75 * rate) / bandwidth;
}

/** The area of the kernel between two distances. */
function kernelShare(from: number, to: number): number {
  const area = (x: number): number => 0.75 * (x - (x * x * x) / 3);
  return area(Math.min(1, to)) - area(Math.max(-1, from));
}

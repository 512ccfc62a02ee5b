import { describeValue } from '../../data/instant.js';
import { requireFinite, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { TrainingSample } from './survivalSample.js';

/** Options of `timeDependentAuc`, `survivalBrier` and, with a rule, `integratedBrier`. */
export interface HorizonOptions {
  /** The times to judge at, ascending, above 0. */
  readonly times: ArrayLike<number>;
  /** One a row, finite, from 0 up: a row of weight 2 counts as two in the figures, as one customer in their errors. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Whose censoring (and, for `survivalBrier`, whose survival curve) to take, as known. @defaultValue the rows themselves */
  readonly training?: TrainingSample;
  /** Times are judged as long as more than this share of customers is not yet censored: from there on few would speak for many. @defaultValue 0.01 */
  readonly leastObservable?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** A time that was asked for and could not be judged. */
export interface OmittedTime {
  /** As asked for. */
  readonly time: number;
  /** Nobody had the event by then; nobody was observed beyond it; or it lies beyond `until`. */
  readonly reason: 'no event yet' | 'nobody left' | 'beyond follow-up';
}

/** Refuses unknown options; gives the times, ascending and different. */
export function requireTimes(caller: string, options: HorizonOptions, more: readonly string[] = []): Float64Array {
  requireKnownOptions(caller, options, ['times', 'weights', 'training', 'leastObservable', 'confidence', ...more]);
  const least = requireFinite(caller, 'leastObservable', options.leastObservable ?? 0.01);
  if (!(least >= 0 && least < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs leastObservable from 0 to below 1, found ${least}`, { option: 'leastObservable', value: least });
  const count = (options.times as ArrayLike<number> | undefined)?.length;
  if (!count) throw new ClientelaError('INVALID_OPTION', `${caller} needs times as an array of at least one time, found ${count === 0 ? 'none' : describeValue(options.times)}`, { option: 'times' });
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const time: unknown = options.times[i];
    if (typeof time !== 'number' || !(time > 0 && time < Infinity) || (i > 0 && time <= times[i - 1]!)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs times above 0 and ascending, found ${describeValue(time)} at index ${i}`, { option: 'times', index: i, value: time });
    }
    times[i] = time;
  }
  return times;
}

/** The predictions of each time: an array a time, or a function that is asked for one at a time, so that they never are all there at once. */
export type ByTime = readonly ArrayLike<number>[] | ((time: number) => ArrayLike<number>);

/** The predictions of one of the times. */
export function predictionsAt(caller: string, what: string, given: ByTime, times: Float64Array, index: number): ArrayLike<number> {
  if (typeof given === 'function') return given(times[index]!);
  const found = (given as readonly unknown[] | null | undefined)?.length;
  if (found === times.length && typeof given[index] === 'object') return given[index];
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${what} as a function of the time or one array for each of the ${times.length} times, found ${String(found)}`, { function: caller, found, expected: times.length });
}

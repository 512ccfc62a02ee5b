import type { Labels } from '../../data/labelsAndScores.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalMultiplier } from '../intervals.js';
import { sumOfSquares } from './aucAt.js';
import { brierAt } from './brierAt.js';
import { censoringWeights, createScratch, sharesWithout } from './censoringWeights.js';
import { predictionsAt, requireTimes, type ByTime, type HorizonOptions, type OmittedTime } from './horizonOptions.js';
import { readShares } from './survivalSample.js';

/** The Brier score at one time. */
export interface TimedBrier extends Estimate {
  /** Of being still without the event after it. */
  readonly time: number;
  /** By the infinitesimal jackknife, with the error of the share not yet censored. */
  readonly standardError: number;
  /** The score of promising everybody the survival curve of all (Kaplan and Meier's). */
  readonly nullModel: number;
  /** 1 - score / that of the null model: 1 is perfect, 0 no better (R², the index of prediction accuracy); 0 where the null model is perfect. */
  readonly scaled: number;
  /** How many rows of equal weight would say as much: Kish's size of those of whom it is known. */
  readonly effectiveSize: number;
}

/** What {@link survivalBrier} returns. */
export interface SurvivalBrier {
  /** One a time that could be judged, ascending. */
  readonly at: readonly TimedBrier[];
  /** The last time that can be judged: how long customers were observed. */
  readonly until: number;
  /** Times asked for that could not be judged. */
  readonly omitted: readonly OmittedTime[];
}

/**
 * How far probabilities of lasting lie from what happened: the Brier score at each of some times, beside that of a model that knows nothing of the customers.
 *
 * 0 is perfect, 1/4 what 50 % for everybody earns; smaller is better, and both ranking and calibration count. Rows censored before the time are spoken for by the others: those
 * seen to have had the event count 1 / G(T-), those beyond the time 1 / G(time), where G is the share not yet censored, events leaving before censorings at the same
 * time (Graf, Schmoor, Sauerbrei and Schumacher, 1999; Gerds and Schumacher, 2006): the figures of riskRegression and pec. Censoring must not depend on the customer.
 * The interval is estimate ± z x standard error, not below 0. Times beyond what was observed are omitted, not refused. O(n log n + times x n), O(n) memory.
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param survival - the probability of being without the event after each time, one a row: an array for each time, or a function that gives it
 * @param options - times, and weights, training, leastObservable, confidence
 * @returns a figure for each time, and which times could not be judged
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const brier = survivalBrier([1, 2, 3, 4], [1, 1, 1, 1], () => [0, 0.5, 1, 1], { times: [2] });
 * brier.at[0]!.estimate; // => 0.0625
 * brier.at[0]!.nullModel; // => 0.25
 * brier.at[0]!.scaled; // => 0.75
 * ```
 */
export function survivalBrier(durations: ArrayLike<number>, events: Labels, survival: ByTime, options: HorizonOptions): SurvivalBrier {
  const caller = 'survivalBrier';
  const times = requireTimes(caller, options);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const rows = censoringWeights(caller, durations, events, options);
  const all = sharesWithout(rows.reference, times);
  const scratch = createScratch(rows.order.length);
  const at: TimedBrier[] = [];
  const omitted: OmittedTime[] = [];
  times.forEach((time, i) => {
    if (time > rows.until) {
      omitted.push({ time, reason: 'beyond follow-up' });
      return;
    }
    const promised = readShares(caller, 'survival', predictionsAt(caller, 'survival', survival, times, i), rows.order.length);
    const { estimate, nullModel, effectiveSize } = brierAt(rows, promised, all[i]!, time, scratch);
    const standardError = Math.sqrt(sumOfSquares(scratch.moves));
    at.push({ time, estimate, lower: Math.max(0, estimate - z * standardError), upper: estimate + z * standardError, standardError, nullModel, scaled: scaledScore(estimate, nullModel), effectiveSize });
  });
  return { at, until: rows.until, omitted };
}

/** 1 - score / that of the null model; 0 where that is perfect, as at a time by which nobody had the event. */
export function scaledScore(estimate: number, nullModel: number): number {
  return nullModel > 0 ? 1 - estimate / nullModel : 0;
}

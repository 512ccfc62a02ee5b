import type { Labels } from '../../data/labelsAndScores.js';
import { requireChoice } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalMultiplier } from '../intervals.js';
import { sumOfSquares } from './aucAt.js';
import { brierAt } from './brierAt.js';
import { censoringWeights, createScratch, sharesWithout } from './censoringWeights.js';
import { predictionsAt, requireTimes, type ByTime, type HorizonOptions, type OmittedTime } from './horizonOptions.js';
import { scaledScore } from './survivalBrier.js';
import { readShares } from './survivalSample.js';

/** Options of {@link integratedBrier}. */
export interface IntegratedBrierOptions extends HorizonOptions {
  /**
   * `'steps'`: from 0 to the last time, each score holding until the next time (0 before the first), as R's pec has it; give all distinct times, or many. `'trapezoid'`:
   * from the first time to the last, straight lines between, as scikit-survival has it.
   */
  readonly rule: 'steps' | 'trapezoid';
}

/** What {@link integratedBrier} returns. */
export interface IntegratedBrier extends Estimate {
  /** By the infinitesimal jackknife. */
  readonly standardError: number;
  /** The same of promising everybody the survival curve of all. */
  readonly nullModel: number;
  /** 1 - score / that of the null model; 0 where that is perfect. */
  readonly scaled: number;
  /** Where the mean begins: 0, or the first time. */
  readonly from: number;
  /** Where it ends: the last of the times that can be judged. */
  readonly until: number;
  /** Times asked for that could not be judged. */
  readonly omitted: readonly OmittedTime[];
}

/**
 * The Brier score averaged over time: one figure for whole curves. Smaller is better.
 *
 * The scores are those of `survivalBrier`; packages differ in how they are averaged, hence `rule`. Times beyond what was observed are omitted, and the mean ends before them:
 * see `until`. With a function for `survival` the predictions of one time are there at once, never all. O(n log n + times x n), O(n) memory.
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param survival - the probability of being without the event after each time, one a row: an array for each time, or a function that gives it
 * @param options - times, rule, and weights, training, leastObservable, confidence
 * @returns the mean with its interval, and that of the null model
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` when too few times can be judged, `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const certain = (time: number) => [1, 2, 3, 4].map((end) => (end > time ? 1 : 0));
 * integratedBrier([1, 2, 3, 4], [1, 1, 1, 1], certain, { times: [1, 2, 3, 4], rule: 'steps' }).estimate; // => 0
 * integratedBrier([1, 2, 3, 4], [1, 1, 1, 1], () => [0.5, 0.5, 0.5, 0.5], { times: [1, 2, 3, 4], rule: 'steps' }).estimate; // => 0.75 * 0.25
 * ```
 */
export function integratedBrier(durations: ArrayLike<number>, events: Labels, survival: ByTime, options: IntegratedBrierOptions): IntegratedBrier {
  const caller = 'integratedBrier';
  const times = requireTimes(caller, options, ['rule']);
  const rule = requireChoice(caller, 'rule', options.rule, ['steps', 'trapezoid']);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const rows = censoringWeights(caller, durations, events, options);
  const judged = times.filter((time) => time <= rows.until);
  const shares = sharesOf(caller, judged, rule, rows.until);
  const all = sharesWithout(rows.reference, judged);
  const scratch = createScratch(rows.order.length);
  const moves = new Float64Array(rows.order.length);
  let [estimate, nullModel] = [0, 0];
  judged.forEach((time, i) => {
    if (shares[i] === 0) return;
    const promised = readShares(caller, 'survival', predictionsAt(caller, 'survival', survival, times, i), rows.order.length);
    const here = brierAt(rows, promised, all[i]!, time, scratch);
    estimate += shares[i]! * here.estimate;
    nullModel += shares[i]! * here.nullModel;
    for (let k = 0; k < moves.length; k++) moves[k]! += shares[i]! * scratch.moves[k]!;
  });
  const standardError = Math.sqrt(sumOfSquares(moves));
  return {
    estimate,
    lower: Math.max(0, estimate - z * standardError),
    upper: estimate + z * standardError,
    standardError,
    nullModel,
    scaled: scaledScore(estimate, nullModel),
    from: rule === 'steps' ? 0 : judged[0]!,
    until: judged[judged.length - 1]!,
    omitted: Array.from(times.subarray(judged.length), (time) => ({ time, reason: 'beyond follow-up' as const })),
  };
}

// What share of the whole length the score at each time stands for.
function sharesOf(caller: string, times: Float64Array, rule: 'steps' | 'trapezoid', until: number): Float64Array {
  const needed = rule === 'steps' ? 1 : 2;
  if (times.length < needed) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs at least ${needed} of the times within what was observed, until ${until}, found ${times.length}; ask for earlier times`, { function: caller, until });
  }
  const last = times.length - 1;
  const length = times[last]! - (rule === 'steps' ? 0 : times[0]!);
  return times.map((time, i) => {
    const after = i < last ? times[i + 1]! - time : 0;
    if (rule === 'steps') return after / length;
    return (after + (i > 0 ? time - times[i - 1]! : 0)) / (2 * length);
  });
}

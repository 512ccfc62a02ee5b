import type { Labels } from '../../data/labelsAndScores.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalMultiplier } from '../intervals.js';
import { aucAt, riskOrder, type AucAtTime } from './aucAt.js';
import { censoringWeights, createScratch, type CensoringWeights } from './censoringWeights.js';
import { meanOverTimes } from './meanOverTimes.js';
import { requireTimes, type HorizonOptions, type OmittedTime } from './horizonOptions.js';
import { readNumbers } from './survivalSample.js';

/** The area under the ROC curve at one time. */
export interface TimedAuc extends Estimate {
  /** Of having had the event up to and with it. */
  readonly time: number;
  /** By the infinitesimal jackknife, with the error of the share not yet censored. */
  readonly standardError: number;
  /** Rows seen to have had the event by then (sum of their weights). */
  readonly cases: number;
  /** Rows observed beyond it without (sum of their weights). */
  readonly controls: number;
  /** How many rows of equal weight would say as much: Kish's size of those of whom it is known. */
  readonly effectiveSize: number;
}

/** What {@link timeDependentAuc} returns. */
export interface TimeDependentAuc {
  /** One a time that could be judged, ascending. */
  readonly at: readonly TimedAuc[];
  /** Their mean, each time weighted by the share who have the event between the time before and it (Uno et al., 2007; as scikit-survival has it); null where there is none. */
  readonly mean: number | null;
  /** The last time that can be judged: how long customers were observed. */
  readonly until: number;
  /** Times asked for that could not be judged. */
  readonly omitted: readonly OmittedTime[];
}

/**
 * How well risks tell who has the event by a time from who goes on without: the area under the ROC curve at each of some times, cumulative cases against dynamic controls.
 *
 * Who was censored before the time is in neither; those seen to have had the event speak for them with weight 1 / G(T-), where G is the share not yet censored
 * (inverse probability of censoring weighting; Uno et al., 2007; Hung and Chiang, 2010). At equal times events come before censorings, and ties in risk count
 * half: the figures of riskRegression. Censoring must not depend on the risk. Standard errors are the infinitesimal jackknife, the derivative by the weight of
 * each row, that of G included (Blanche, Dartigues and Jacqmin-Gadda, 2013). The interval is estimate ± z x standard error, cut to [0, 1]. Times beyond what was
 * observed are omitted, not refused. O(n log n + times x n), O(n) memory.
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param risks - one finite number a row, higher for sooner; or a function that gives such an array for each time, where the order changes with it
 * @param options - times, and weights, training, leastObservable, confidence
 * @returns a figure for each time, their mean, and which times could not be judged
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const auc = timeDependentAuc([1, 2, 3, 4, 5], [1, 0, 1, 1, 0], [5, 4, 2, 3, 1], { times: [1.5, 3, 9] });
 * auc.at.map((one) => one.estimate); // => [1, 5 / 7]
 * auc.omitted; // => [{ time: 9, reason: 'beyond follow-up' }]
 * ```
 */
export function timeDependentAuc(durations: ArrayLike<number>, events: Labels, risks: ArrayLike<number> | ((time: number) => ArrayLike<number>), options: HorizonOptions): TimeDependentAuc {
  const caller = 'timeDependentAuc';
  const times = requireTimes(caller, options);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const rows = censoringWeights(caller, durations, events, options);
  const read = (values: ArrayLike<number>): ReturnType<typeof riskOrder> => riskOrder(rows, readNumbers(caller, 'risks', values, rows.order.length));
  const always = typeof risks === 'function' ? null : read(risks);
  const scratch = createScratch(rows.order.length);
  const at: TimedAuc[] = [];
  const omitted: OmittedTime[] = [];
  for (const time of times) {
    const reason = reasonAgainst(rows, time);
    if (reason !== null) omitted.push({ time, reason });
    else at.push(withInterval(time, aucAt(rows, always ?? read((risks as (time: number) => ArrayLike<number>)(time)), time, scratch), z));
  }
  return { at, mean: meanOverTimes(rows, at), until: rows.until, omitted };
}

function reasonAgainst({ durations, events, weights, until }: CensoringWeights, time: number): OmittedTime['reason'] | null {
  if (time > until) return 'beyond follow-up';
  const first = events.findIndex((event, k) => event === 1 && weights[k]! > 0);
  if (first < 0 || durations[first]! > time) return 'no event yet';
  for (let k = durations.length - 1; k >= 0 && durations[k]! > time; k--) if (weights[k]! > 0) return null;
  return 'nobody left';
}

function withInterval(time: number, { estimate, standardError, cases, controls, effectiveSize }: AucAtTime, z: number): TimedAuc {
  return { time, estimate, lower: Math.max(0, estimate - z * standardError), upper: Math.min(1, estimate + z * standardError), standardError, cases, controls, effectiveSize };
}

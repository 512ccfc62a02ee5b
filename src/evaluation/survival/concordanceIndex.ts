import type { Labels } from '../../data/labelsAndScores.js';
import { ClientelaError } from '../../errors.js';
import { requireConcordanceOptions, type ConcordanceOptions } from './concordanceOptions.js';
import { countPairs, type ConcordancePairs } from './concordancePairs.js';
import { concordanceRows } from './concordanceRows.js';
import { RankSums } from './rankSums.js';
import { readNumbers, readSurvival } from './survivalSample.js';

/**
 * How often the one of two customers whose event came first had the higher risk: 1/2 is a ranking by chance, 1 a perfect one.
 *
 * Harrell's concordance (JAMA 247, 1982) counts the pairs of which the order is known: the shorter duration ended with the event. An event at the time of a censoring
 * came first; two events at the same time are not compared. Only the order of times and risks matters, so it says nothing of calibration. `concordance` adds the error
 * and the counts; this is the figure alone, for folds and tuning. O(n log n) time, O(n) memory.
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param risks - one finite number a row, higher for sooner; of a predicted duration give the negative
 * @param options - weighting, until, entries, weights, strata, ties, training
 * @returns a number in [0, 1]
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` when no two rows can be compared, `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`,
 * `MISSING_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of the pairs (1, 2), (1, 3), (2, 3) only the last is in the wrong order.
 * concordanceIndex([2, 5, 9], [1, 1, 0], [0.9, 0.3, 0.4]); // => 2 / 3
 * ```
 */
export function concordanceIndex(durations: ArrayLike<number>, events: Labels, risks: ArrayLike<number>, options: ConcordanceOptions = {}): number {
  const caller = 'concordanceIndex';
  requireConcordanceOptions(caller, options);
  const sample = readSurvival(caller, durations, events, options.weights);
  const rows = concordanceRows(caller, sample, readNumbers(caller, 'risks', risks, durations.length), options);
  return shareConcordant(caller, countPairs(rows, new RankSums(rows.ranks.length), null), options);
}

/** The concordant share of the pairs that count. */
export function shareConcordant(caller: string, { concordant, discordant, tiedRisk }: ConcordancePairs, options: ConcordanceOptions): number {
  const ties = options.ties === 'ignore' ? 0 : tiedRisk;
  const counted = concordant + discordant + ties;
  if (counted > 0) return (concordant + ties / 2) / counted;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs two rows of which one had the event before the other ended, found no such pair; add rows with events`, { function: caller });
}

import type { Labels } from '../../data/labelsAndScores.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalMultiplier } from '../intervals.js';
import { shareConcordant } from './concordanceIndex.js';
import { requireConcordanceOptions, type ConcordanceOptions } from './concordanceOptions.js';
import { addPairsWithEarlier, countPairs, type ConcordancePairs, type PairsOfRows } from './concordancePairs.js';
import { concordanceRows, type ConcordanceRows } from './concordanceRows.js';
import { RankSums } from './rankSums.js';
import { readGroups, readNumbers, readSurvival } from './survivalSample.js';

/** Options of {@link concordance}. */
export interface ConcordanceIntervalOptions extends ConcordanceOptions {
  /** Whose row each is, where customers have several: errors are then of customers. @defaultValue each row its own */
  readonly clusters?: ArrayLike<string | number>;
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What {@link concordance} returns. */
export interface Concordance extends Estimate {
  /** Of the estimate, by the infinitesimal jackknife. */
  readonly standardError: number;
  /** Somers' D: concordant less discordant, as a share: 2 x estimate - 1. */
  readonly somersD: number;
  /** How many pairs there are of each kind. */
  readonly pairs: ConcordancePairs;
}

/**
 * How often the one of two customers whose event came first had the higher risk, with its error and the pairs it rests on.
 *
 * The figure of `concordanceIndex`; its standard error is the infinitesimal jackknife, as R's survival has it (Therneau, 2020): the root of the sum over rows of
 * the square of what each moves the figure. The interval is estimate ± z x standard error, cut to [0, 1]. It speaks of new customers for the risks as they are,
 * not of learning them anew; with `'uno'` the share not censored is taken as known. In the figure a row of weight 2 is the row twice; in its error each row is one customer whatever its weight:
 * repeat the rows where weights are numbers of customers. O(n log n) time, O(n) memory.
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param risks - one finite number a row, higher for sooner; of a predicted duration give the negative
 * @param options - weighting, until, entries, weights, strata, ties, training, clusters, confidence
 * @returns estimate, interval, standard error, Somers' D and pairs
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` when no two rows can be compared, `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`,
 * `MISSING_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const found = concordance([2, 5, 9, 9], [1, 1, 0, 1], [0.9, 0.3, 0.4, 0.3]);
 * found.pairs; // => { concordant: 3, discordant: 2, tiedRisk: 1, tiedTime: 0, tiedBoth: 0 }
 * found.estimate; // => 3.5 / 6
 * ```
 */
export function concordance(durations: ArrayLike<number>, events: Labels, risks: ArrayLike<number>, options: ConcordanceIntervalOptions = {}): Concordance {
  const caller = 'concordance';
  requireConcordanceOptions(caller, options, ['clusters', 'confidence']);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const sample = readSurvival(caller, durations, events, options.weights);
  const n = sample.durations.length;
  const clusters = options.clusters === undefined ? null : readGroups(caller, 'clusters', options.clusters, n);
  if (clusters?.count === 1) throw new ClientelaError('INVALID_OPTION', `${caller} needs at least two clusters, found one: errors are learnt from their differences`, { option: 'clusters' });
  const rows = concordanceRows(caller, sample, readNumbers(caller, 'risks', risks, n), options);
  const sums = new RankSums(n);
  const ofRows = { won: new Float64Array(n), counted: new Float64Array(n), tie: options.ties === 'ignore' ? 0 : 0.5 };
  const pairs = countPairs(rows, sums, ofRows);
  const estimate = shareConcordant(caller, pairs, options);
  addPairsWithEarlier(rows, sums, ofRows);
  const counted = pairs.concordant + pairs.discordant + (ofRows.tie === 0 ? 0 : pairs.tiedRisk);
  const standardError = Math.sqrt(sumOfSquares(rows, ofRows, estimate, clusters)) / counted;
  return { estimate, lower: Math.max(0, estimate - z * standardError), upper: Math.min(1, estimate + z * standardError), standardError, somersD: 2 * estimate - 1, pairs };
}

function sumOfSquares({ rows, weights }: ConcordanceRows, { won, counted }: PairsOfRows, estimate: number, clusters: ReturnType<typeof readGroups> | null): number {
  const moves = new Float64Array(clusters === null ? rows.length : clusters.count);
  for (let k = 0; k < rows.length; k++) moves[clusters === null ? k : clusters.codes[rows[k]!]!]! += weights[k]! * (won[k]! - estimate * counted[k]!);
  return moves.reduce((sum, move) => sum + move * move, 0);
}

import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { areWhole, compareArms, NO_SUMS, splitAt, sumsBetween, sumsOfCut, type ArmSums, type CutBy, type OutcomeScale } from './armSums.js';
import { rankArms, type RankTies } from './rankArms.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/** Options of {@link upliftByDecile} and {@link weightedAverageUplift}. */
export interface UpliftByDecileOptions {
  /** How many parts of equal size. @defaultValue 10 */
  readonly bins?: number;
  /** Parts of both arms together, or of each arm by itself. @defaultValue 'overall' */
  readonly by?: CutBy;
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Of customers with equal scores on both sides of an edge: each side gets its share of them, or by the order of the rows. @defaultValue 'shared' */
  readonly ties?: RankTies;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** One part of {@link upliftByDecile}; bin 1 holds the highest scores. */
export interface UpliftBin {
  /** 1 for the highest scores. */
  readonly bin: number;
  /** Treated customers in it (sum of weights); not whole where equal scores are shared between bins. */
  readonly treated: number;
  /** Control customers in it. */
  readonly control: number;
  /** Mean outcome of the treated. */
  readonly treatedMean: Estimate;
  /** Mean outcome of control: what happens without a contact. */
  readonly controlMean: Estimate;
  /** The difference of the two. */
  readonly uplift: Estimate;
  /** The difference in this bin and those above. */
  readonly cumulativeUplift: Estimate;
  /** Lowest score in the bin. */
  readonly minScore: number;
}

/**
 * Uplift by decile: customers ranked by score and cut into parts of equal size, with what treatment changed in each.
 *
 * A score that works shows uplift falling from the first bin to the last. Of n customers the first n mod bins parts hold one more. Intervals hold for one bin
 * at a time: of ten at 95 %, two tables in five show one beside its truth. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur in every bin
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - bins, by, weights, ties, confidence
 * @returns one row per bin, highest scores first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where a bin lacks an arm
 * @example
 * ```ts
 * const [best, rest] = upliftByDecile([1, 0, 1, 0, 1, 1], [1, 0, 1, 0, 1, 0], [6, 5, 4, 3, 2, 1], { bins: 2 });
 * best?.uplift.estimate; // => 1
 * rest?.uplift.estimate; // => 0.5
 * rest?.cumulativeUplift.estimate; // => 2 / 3
 * ```
 */
export function upliftByDecile(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: UpliftByDecileOptions = {}): UpliftBin[] {
  const { bins, scale } = cutRows('upliftByDecile', outcomes, treated, scores, options);
  return bins.map(({ sums, soFar, minScore }, j) => ({
    bin: j + 1,
    treated: sums.treated,
    control: sums.control,
    ...compareArms('upliftByDecile', sums, scale),
    cumulativeUplift: compareArms('upliftByDecile', soFar, scale).uplift,
    minScore,
  }));
}

/** The parts of the ranking, by what they sum to. */
export function cutRows(caller: string, outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: UpliftByDecileOptions): { readonly bins: readonly { readonly sums: ArmSums; readonly soFar: ArmSums; readonly minScore: number }[]; readonly scale: OutcomeScale } {
  requireKnownOptions(caller, options, ['bins', 'by', 'weights', 'ties', 'confidence']);
  const { confidence = 0.95, weights } = options;
  normalMultiplier(caller, confidence);
  const count = requireWhole(caller, 'bins', options.bins ?? 10, 1);
  const by = requireChoice<CutBy>(caller, 'by', options.by ?? 'overall', ['overall', 'group']);
  const ties = requireChoice<RankTies>(caller, 'ties', options.ties ?? 'shared', ['shared', 'rowOrder']);
  const rows = readUpliftRows(caller, outcomes, treated, scores, weights);
  const isWhole = areWhole(rows.weights);
  const fewest = by === 'group' ? Math.min(rows.treatedWeight, rows.controlWeight) : rows.treatedWeight + rows.controlWeight;
  if (isWhole && fewest < count) throw new ClientelaError('INVALID_OPTION', `${caller} needs at least as many customers as bins, found ${fewest} and ${count}; ask for fewer bins`, { option: 'bins' });
  const ranked = rankArms(rows, rows.scores, ties);
  let before: ArmSums = NO_SUMS;
  const bins = Array.from({ length: count }, (_, j) => {
    const soFar = sumsOfCut(ranked, by, (size) => splitAt(size, count, j + 1, isWhole));
    const sums = sumsBetween(before, soFar);
    before = soFar;
    return { sums, soFar, minScore: soFar.lastScore };
  });
  return { bins, scale: { isBinary: rows.isBinary, center: ranked.center, confidence } };
}

import { ClientelaError } from '../../errors.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { percentileInterval } from '../../evaluation/bootstrapEnds.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { createRandom } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { readAmounts, readPotentials, type PotentialColumns } from '../aggregate/potentialColumns.js';
import { bandsOf } from './bandsOf.js';
import { growthByTenth, type GrowthTenth } from './growthByTenth.js';
import { judgeRanking, type GrowthData } from './judgeRanking.js';

const CALLER = 'backtestPotential';

/** What came after, and what to judge by it. */
export interface BacktestOptions {
  /** What each customer spends in a later period as long, in the order of the potentials; 0 for those who left. */
  readonly later: ArrayLike<number>;
  /** The ease of each, in [0, 1], as it was known then. @defaultValue every customer as easy */
  readonly ease?: ArrayLike<number>;
  /** Which share of the headroom counts as captured. @defaultValue 0.2 */
  readonly step?: number;
  /** In how many bands of like present spend customers are compared with each other. @defaultValue 10 */
  readonly bands?: number;
  /** Samples for the intervals. @defaultValue 200 */
  readonly samples?: number;
  /** Coverage of the intervals. @defaultValue 0.9 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** What customers were ranked by: headroom * ease, the headroom, the ease, or what they spent anyway. */
export type BacktestRanking = 'capture' | 'headroom' | 'ease' | 'present';

/** How well one ranking foretold who would grow. */
export interface RankedGrowth {
  /** What customers were ranked by. */
  readonly by: BacktestRanking;
  /** Correlation of its ranks with those of the growth (Spearman); null where either is the same for all. */
  readonly rankCorrelation: Estimate | null;
  /** Mean growth of the tenth ranked highest less that of all, a customer. */
  readonly topTenth: Estimate;
  /**
   * Mean growth of the upper half less that of the lower half among customers who spent alike, a customer. This is the one to believe: who
   * spends little in one period spends more in the next by chance alone, and has more headroom too.
   */
  readonly amongAlike: Estimate;
}

/** What became of the potentials of an earlier date. */
export interface PotentialBacktest {
  /** Customers judged. */
  readonly customers: number;
  /** Sum of later spend less present spend. */
  readonly growth: number;
  /** By tenths of headroom * ease, the highest first. */
  readonly tenths: readonly GrowthTenth[];
  /** By each ranking, headroom * ease first. */
  readonly rankings: readonly RankedGrowth[];
  /** Whether headroom * ease told who would grow among customers who spent alike. */
  readonly verdict: 'grew' | 'unclear' | 'shrank';
  /** The verdict in words. */
  readonly why: string;
}

const OPTIONS = ['later', 'ease', 'step', 'bands', 'samples', 'confidence', 'seed'];

/**
 * Whether those with headroom grew: the potentials of an earlier date against what was spent since. Where nobody knows the wallets it is the
 * proof that counts.
 *
 * Growth is compared by tenths, by rank, and among customers whose present spend was alike (in `bands` of equal numbers; zeros apart), so that
 * the mere return to the usual after a bad period is not taken for potential. Intervals by the bootstrap over customers.
 * O(samples * n log n).
 *
 * @param potentials - what was predicted at the earlier date; at least `present` and `potential`
 * @param options - `later` at least
 * @returns tables, rankings and a verdict
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `EMPTY_INPUT`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Everybody spent 10; those with room for 20 more have since taken a tenth of it.
 * const present = new Array(100).fill(10);
 * const potential = present.map((_, i) => (i < 50 ? 30 : 12));
 * const later = present.map((_, i) => (i < 50 ? 12 : 10));
 * const { verdict, rankings } = backtestPotential({ present, potential }, { later });
 * verdict; // => 'grew'
 * rankings[0]?.amongAlike.estimate; // => 2
 * ```
 */
export function backtestPotential(potentials: PotentialColumns, options: BacktestOptions): PotentialBacktest {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { step = 0.2, bands = 10, samples = 200, confidence = 0.9, seed = 1 } = options;
  normalMultiplier(CALLER, confidence);
  requireWhole(CALLER, 'bands', bands, 1);
  requireWhole(CALLER, 'samples', samples, 20);
  if (!(step > 0 && step <= 1)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs step above 0, at most 1, found ${step}`, { option: 'step', value: step });
  const { rowCount, present, headroom } = readPotentials(CALLER, potentials);
  const later = readAmounts(CALLER, 'later', options.later, rowCount, 0);
  const ease = options.ease && readAmounts(CALLER, 'ease', options.ease, rowCount, 0, 1);
  const capture = ease ? headroom.map((room, row) => room * ease[row]!) : headroom;
  const growth = later.map((amount, row) => amount - present[row]!);
  const data: GrowthData = { growth, bands: bandsOf(present, bands) };
  const scores: [BacktestRanking, Float64Array][] = [['capture', capture], ...(ease ? ([['headroom', headroom], ['ease', ease]] as [BacktestRanking, Float64Array][]) : []), ['present', present]];
  const rankings = scores.map(([by, score]) => withIntervals(by, score, data, { samples, confidence, seed }));
  const order = sortedOrder(capture.map((amount) => -amount));
  return {
    customers: rowCount,
    growth: growth.reduce((sum, amount) => sum + amount, 0),
    tenths: growthByTenth(order, { headroom, growth, ease: ease ?? null, step }),
    rankings,
    ...judge(rankings[0]!.amongAlike),
  };
}

interface Sampling {
  readonly samples: number;
  readonly confidence: number;
  readonly seed: number;
}

/** The figures of one ranking, and how they vary over samples of customers. */
function withIntervals(by: BacktestRanking, score: Float64Array, data: GrowthData, { samples, confidence, seed }: Sampling): RankedGrowth {
  const n = score.length;
  const random = createRandom(seed);
  const found = judgeRanking(score, data);
  const drawn = [new Float64Array(samples), new Float64Array(samples), new Float64Array(samples)] as const;
  const [scores, growth, bands] = [new Float64Array(n), new Float64Array(n), new Int32Array(n)];
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < n; i++) {
      const row = random.integer(n);
      scores[i] = score[row]!;
      growth[i] = data.growth[row]!;
      bands[i] = data.bands[row]!;
    }
    const figures = judgeRanking(scores, { growth, bands });
    drawn[0][sample] = figures.rankCorrelation;
    drawn[1][sample] = figures.topTenth;
    drawn[2][sample] = figures.amongAlike;
  }
  const interval = (estimate: number, values: Float64Array): Estimate => percentileInterval(estimate, values.filter((value) => !Number.isNaN(value)), confidence);
  return {
    by,
    rankCorrelation: Number.isNaN(found.rankCorrelation) ? null : interval(found.rankCorrelation, drawn[0]),
    topTenth: interval(found.topTenth, drawn[1]),
    amongAlike: interval(found.amongAlike, drawn[2]),
  };
}

function judge({ estimate, lower, upper }: Estimate): Pick<PotentialBacktest, 'verdict' | 'why'> {
  const said = `among customers who spent alike, the half with more to win grew by ${amount(estimate)} a customer more than the other half (${amount(lower)} to ${amount(upper)})`;
  if (lower > 0) return { verdict: 'grew', why: said };
  if (upper < 0) return { verdict: 'shrank', why: `${said}: the potentials point the wrong way` };
  return { verdict: 'unclear', why: `${said}: these customers do not show whether the potentials are right` };
}

function amount(value: number): string {
  return String(Number(value.toPrecision(3)));
}

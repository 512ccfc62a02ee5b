import { ClientelaError } from '../../errors.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { percentileInterval } from '../../evaluation/bootstrapEnds.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { drawCounts } from '../../numeric/drawCounts.js';
import { createRandom } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { readAmounts, readPotentials, type PotentialColumns } from '../aggregate/potentialColumns.js';
import { bandsOf } from './bandsOf.js';
import { growthByTenth, type GrowthTenth } from './growthByTenth.js';
import { rankingJudge, type GrowthData, type RankingFigures } from './judgeRanking.js';

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
   * Mean growth of the upper half less that of the lower half among customers who spent alike, a customer, after a straight line of growth by
   * present spend within each band has been taken off. This is the one to believe: who spends little in one period spends more in the next by chance
   * alone, and has more headroom too. 0 where nobody can be compared.
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
 * Growth is compared by tenths, by rank, and among customers whose present spend was alike (in `bands` of equal numbers; zeros apart; within each a
 * straight line of growth by present spend is taken off), so that the mere return to the usual after a bad period is not taken for potential. That leans to
 * the careful side: a band should hold ten customers or more. Intervals by the bootstrap over customers. O(n log n + samples * n).
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
  const data: GrowthData = { growth, present, bands: bandsOf(present, bands) };
  const scores: [BacktestRanking, Float64Array][] = [['capture', capture], ...(ease ? ([['headroom', headroom], ['ease', ease]] as [BacktestRanking, Float64Array][]) : []), ['present', present]];
  const rankings = withIntervals(scores, data, { samples, confidence, seed });
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

const FIGURES = ['rankCorrelation', 'topTenth', 'amongAlike'] as const;

/** The figures of each ranking, and how they vary over samples of customers, the same for all rankings. */
function withIntervals(scores: readonly [BacktestRanking, Float64Array][], data: GrowthData, { samples, confidence, seed }: Sampling): RankedGrowth[] {
  const random = createRandom(seed);
  const counts = new Uint8Array(data.growth.length);
  const judges = scores.map(([, score]) => rankingJudge(score, data));
  const found = judges.map((figuresOf) => figuresOf(counts.fill(1)));
  const drawn: RankingFigures[][] = judges.map(() => []);
  for (let sample = 0; sample < samples; sample++) {
    drawCounts(random, counts);
    judges.forEach((figuresOf, at) => drawn[at]!.push(figuresOf(counts)));
  }
  return scores.map(([by], at) => {
    const [rankCorrelation, topTenth, amongAlike] = FIGURES.map((name) => {
      const values = Float64Array.from(drawn[at]!, (figures) => figures[name]).filter((value) => !Number.isNaN(value));
      return values.length === 0 ? null : percentileInterval(found[at]![name], values, confidence);
    });
    return { by, rankCorrelation: Number.isNaN(found[at]!.rankCorrelation) ? null : rankCorrelation!, topTenth: topTenth!, amongAlike: amongAlike! };
  });
}

function judge({ estimate, lower, upper }: Estimate): Pick<PotentialBacktest, 'verdict' | 'why'> {
  const who = 'among customers who spent alike, the half with more to win grew by';
  if (upper < 0) return { verdict: 'shrank', why: `${who} ${amount(-estimate)} a customer less than the other half (${amount(-upper)} to ${amount(-lower)} less): the potentials point the wrong way` };
  const said = `${who} ${amount(Math.abs(estimate))} a customer ${estimate < 0 ? 'less' : 'more'} than the other half`;
  if (lower > 0) return { verdict: 'grew', why: `${said} (${amount(lower)} to ${amount(upper)} more)` };
  return { verdict: 'unclear', why: `${said} (from ${amount(-lower)} less to ${amount(upper)} more): these customers do not show whether the potentials are right` };
}

function amount(value: number): string {
  return String(Number(value.toPrecision(3)) + 0);
}

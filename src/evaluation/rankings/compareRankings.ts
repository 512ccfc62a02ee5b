import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { drawCounts } from '../../numeric/drawCounts.js';
import type { Estimate } from '../../numeric/estimate.js';
import { createRandom } from '../../numeric/random.js';
import { pairedP, percentileInterval, spreadOf } from '../bootstrapEnds.js';
import type { SampleProgress } from '../bootstrapSamples.js';
import { normalMultiplier } from '../intervals.js';
import type { RankingMetricName, RankingMetrics } from './rankingMetrics.js';
import { AS_LISTED } from './rankingTerms.js';

/** Options of {@link compareRankings}. */
export interface CompareRankingsOptions<K extends number = number> {
  /** The figure and depth to compare, such as `'ndcg@10'`; chosen before looking. */
  readonly metric: RankingMetricName<K>;
  /** How many samples. @defaultValue 1000 */
  readonly replicates?: number;
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Called after every sample with its difference as `objective`; returning false stops with the samples so far. */
  readonly onProgress?: SampleProgress;
}

/** What {@link compareRankings} returns. */
export interface RankingComparison {
  /** The figure compared. */
  readonly metric: string;
  /** Its mean under the first ranking, over the customers compared. */
  readonly first: number;
  /** Its mean under the second. */
  readonly second: number;
  /** First minus second, with interval. */
  readonly difference: Estimate;
  /** Standard deviation of the difference over the samples. */
  readonly standardError: number;
  /** Two-sided p-value of "no difference". */
  readonly p: number;
  /** How many customers were compared. */
  readonly n: number;
  /** How many of them the first ranking serves better, and how many the second; the others equally well. */
  readonly better: { readonly first: number; readonly second: number };
  /** How many samples it rests on. */
  readonly replicates: number;
  /** Whether onProgress ended the work early. */
  readonly stopped: boolean;
}

const CALLER = 'compareRankings';

/**
 * Whether one ranking serves the customers better than another: the difference of a figure with interval and p-value, by drawing the same customers for both.
 *
 * Paired, because rankings succeed and fail with the same customers: a difference is far more certain than two intervals side by side suggest. The interval is the percentile one
 * over the samples (Efron and Tibshirani, 1993), p twice the smaller share of samples on either side of 0, at least 2 / (replicates + 1). Customers without a
 * value (`valueNdcg` of somebody who took nothing of worth) are left out. Costs replicates x customers.
 *
 * @param first - what {@link rankingMetrics} says of one ranking
 * @param second - and of another, judged by the same customers
 * @param options - metric, replicates, confidence, seed, onProgress
 * @returns the difference, first minus second, and what it rests on
 * @throws a {@link ClientelaError} `INVALID_OPTION` for a metric that one of them lacks; `INVALID_INPUT` for other customers, candidates, values or definitions; `EMPTY_INPUT` for fewer than two customers
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { rankingMetrics } from 'clientela/evaluation';
 * const rows = Array.from({ length: 40 }, (_, i) => ({ who: i, what: i % 4 === 0 ? 'loan' : 'card' }));
 * const test = Holdings.fromRows(rows, { customer: 'who', product: 'what' });
 * const [card, loan] = [[1, 0], [0, 1]].map((scores) => rankingMetrics((rows, out) => out.set(Array.from(rows, () => scores).flat()), test, { k: [1] }));
 * const comparison = compareRankings(card!, loan!, { metric: 'recall@1' });
 * comparison.difference.estimate; // => 0.5
 * comparison.difference.lower > 0; // => true
 * ```
 */
export function compareRankings<K extends number>(first: RankingMetrics<K>, second: RankingMetrics<NoInfer<K>>, options: CompareRankingsOptions<NoInfer<K>>): RankingComparison {
  requireKnownOptions(CALLER, options, ['metric', 'replicates', 'confidence', 'seed', 'onProgress']);
  const { metric, confidence = 0.95, seed = 1 } = options;
  normalMultiplier(CALLER, confidence);
  const replicates = requireWhole(CALLER, 'replicates', options.replicates ?? 1000, 2);
  const [a, b] = [valuesOf(first, metric), valuesOf(second, metric)];
  requireSame(first, second, metric);
  const gaps = new Float64Array(a.length);
  const better = { first: 0, second: 0 };
  let [n, sumA, sumB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const gap = a[i]! - b[i]!;
    if (Number.isNaN(gap)) continue;
    gaps[n++] = gap;
    sumA += a[i]!;
    sumB += b[i]!;
    if (gap > 0) better.first++;
    else if (gap < 0) better.second++;
  }
  if (n < 2) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least two customers with a value, found ${n}; judge by a larger test`, { customers: n });
  const { found, stopped } = sampledMeans(gaps.subarray(0, n), replicates, seed, options.onProgress);
  const difference = percentileInterval(sumA / n - sumB / n, found, confidence);
  return { metric, first: sumA / n, second: sumB / n, difference, standardError: spreadOf(found), p: pairedP(found), n, better, replicates: found.length, stopped };
}

// Of samples of all customers, with replacement.
function sampledMeans(gaps: Float64Array, replicates: number, seed: number, onProgress: SampleProgress | undefined): { found: Float64Array; stopped: boolean } {
  const random = createRandom(seed);
  const counts = new Uint8Array(gaps.length);
  const found = new Float64Array(replicates);
  let [done, stopped] = [0, false];
  while (done < replicates && !stopped) {
    drawCounts(random, counts);
    let sum = 0;
    for (let i = 0; i < counts.length; i++) sum += counts[i]! * gaps[i]!;
    found[done++] = sum / gaps.length;
    stopped = onProgress?.({ done, total: replicates, objective: found[done - 1]! }) === false && done < replicates;
  }
  return { found: found.subarray(0, done), stopped };
}

function valuesOf(metrics: RankingMetrics, metric: string): Float64Array {
  const all = (metrics as Partial<RankingMetrics> | null | undefined)?.perCustomer as Partial<Record<string, Float64Array>> | undefined;
  if (all === undefined) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs two results of rankingMetrics, found ${describeValue(metrics)}`);
  const values = all[metric];
  if (values !== undefined) return values;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a metric that both rankings have, found ${describeValue(metric)}; there are ${Object.keys(all).join(', ')}`, { option: 'metric', value: metric });
}

function requireSame(first: RankingMetrics, second: RankingMetrics, metric: string): void {
  const [a, b] = [first.customers, second.customers];
  const apart = a.findIndex((customer, i) => customer !== b[i]);
  if (apart >= 0 || a.length !== b.length) {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs both rankings judged by the same customers, found ${a.length} and ${b.length}${apart < 0 ? '' : `, others from position ${apart} on`}; judge both by one test`);
  }
  const figure = metric.slice(0, metric.indexOf('@'));
  for (const term of [figure, 'candidates']) {
    const [one, other] = [first.definitions[term], second.definitions[term]];
    // Of finished lists nobody can tell what they were made of.
    if (one === other || (term === 'candidates' && (one === AS_LISTED || other === AS_LISTED))) continue;
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs both rankings judged by the same definition, found "${String(one)}" and "${String(other)}" for ${term}; judge both with the same options`, { figure, term });
  }
}

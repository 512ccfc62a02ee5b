import type { Dimension } from '../../data/readDimensions.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { PotentialValues } from './potentialColumns.js';

/** The share that customers are brought to, of one group of peers. */
export interface ShareBenchmark {
  /** The value of `peers` (null: missing); `total` where all are peers. */
  readonly name: string | null;
  /** Those who spend here, whose shares count; with `weights` their sum. */
  readonly customers: number;
  /** The share to be brought to, in [0, 1]. */
  readonly share: number;
  /** False where these peers are too few and the benchmark is that of all customers, or a share was given. */
  readonly own: boolean;
}

/** A benchmark, and how it moves with the shared unknowns. */
export interface MovingBenchmark extends ShareBenchmark {
  readonly loadings: Float64Array;
}

/** What the benchmarks are read from. */
export interface BenchmarkTerms {
  readonly values: PotentialValues;
  readonly weights: Float64Array;
  /** present / potential. */
  readonly shares: Float64Array;
  readonly quantile: number;
  readonly minPeers: number;
}

/** Of the weight around the quantile so much is averaged, to tell how the benchmark moves: one customer alone would say it by chance. */
const NEIGHBOURS = 0.1;

/** The quantile of the shares of those who spend here, in each group of peers. */
export function shareBenchmarks(terms: BenchmarkTerms, peers: Dimension): MovingBenchmark[] {
  const { values: { rowCount, present }, shares, minPeers } = terms;
  const order = sortedOrder(shares).filter((row) => present[row]! > 0);
  const rowsOf: number[][] = peers.groups.map(() => []);
  for (const row of order) rowsOf[peers.codes[row]!]!.push(row);
  const all = quantileOfRows(terms, order);
  return peers.groups.map((name, group) => {
    const own = rowsOf[group]!.length === rowCount ? all : quantileOfRows(terms, rowsOf[group]!);
    const enough = own.customers >= minPeers || peers.groups.length === 1;
    return { ...(enough ? own : all), name, customers: own.customers, own: enough };
  });
}

// Of rows by ascending share: the least that so much of the weight does not exceed.
function quantileOfRows({ values: { potential, shared, sharedCount }, weights, shares, quantile }: BenchmarkTerms, rows: ArrayLike<number>): Omit<MovingBenchmark, 'name' | 'own'> {
  let customers = 0;
  for (let at = 0; at < rows.length; at++) customers += weights[rows[at]!]!;
  const loadings = new Float64Array(sharedCount);
  let [share, upTo, near] = [0, 0, 0];
  // What rounding adds to 0.3 * 10 may not reach for the next value.
  const wanted = quantile * customers * (1 - 1e-12);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const weight = weights[row]!;
    if (weight > 0 && (upTo === 0 || upTo < wanted)) share = shares[row]!;
    // What of this row lies within the neighbourhood.
    const part = Math.min(upTo + weight, (quantile + NEIGHBOURS / 2) * customers) - Math.max(upTo, (quantile - NEIGHBOURS / 2) * customers);
    upTo += weight;
    if (!(part > 0)) continue;
    near += part;
    for (let k = 0; k < sharedCount; k++) loadings[k]! += (part * shared![row * sharedCount + k]!) / potential[row]!;
  }
  return { customers, share, loadings: loadings.map((sum) => (near > 0 ? (-share * sum) / near : 0)) };
}

import { placements } from '../../evaluation/placements.js';

/** Rows to compare within strata; a row of a missing value is in none. */
export interface StratifiedRows {
  /** 1 for who left. */
  readonly labels: Uint8Array;
  /** The stratum of each row. */
  readonly strata: Int32Array;
  readonly strataCount: number;
  /** Rows of one customer depend on each other. */
  readonly clusters: Int32Array;
  readonly clusterCount: number;
}

/** The probability that one who left has the higher value, among pairs of one stratum. */
export interface StratifiedAuc {
  /** .5 where the value tells nothing; NaN where no stratum has both. */
  readonly estimate: number;
  readonly error: number;
  /** Rows compared. */
  readonly rows: number;
  /** Rows of them that left. */
  readonly leavers: number;
}

/**
 * The area under the ROC curve within strata, each weighted by what it can say, m n / (m + n) for m that left and n that did not (van Elteren, 1960), with an error that holds
 * where a customer has several rows: the influence of each row (DeLong, DeLong and Clarke-Pearson, 1988) is summed over the rows of the customer (Obuchowski, 1997). O(n log n).
 */
export function stratifiedAuc(values: Float64Array, rows: Uint32Array, { labels, strata, strataCount, clusters, clusterCount }: StratifiedRows): StratifiedAuc {
  const members: number[][] = Array.from({ length: strataCount }, () => []);
  for (const row of rows) if (!Number.isNaN(values[row]!)) members[strata[row]!]!.push(row);
  const influence = new Float64Array(clusterCount);
  const parts = members.flatMap((group) => aucOf(values, group, labels) ?? []);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const estimate = parts.reduce((sum, { auc, weight }) => sum + auc * weight, 0) / total;
  for (const { group, placement, auc, weight, leavers } of parts) {
    group.forEach((row, i) => {
      const size = labels[row] === 1 ? leavers : group.length - leavers;
      influence[clusters[row]!]! += ((weight / total) * (placement[i]! - auc)) / size;
    });
  }
  return {
    estimate,
    error: Math.sqrt(influence.reduce((sum, value) => sum + value * value, 0)),
    rows: parts.reduce((sum, { group }) => sum + group.length, 0),
    leavers: parts.reduce((sum, { leavers }) => sum + leavers, 0),
  };
}

function aucOf(values: Float64Array, group: readonly number[], labels: Uint8Array) {
  const leavers = group.reduce((sum, row) => sum + labels[row]!, 0);
  const others = group.length - leavers;
  if (leavers === 0 || others === 0) return null;
  const own = Uint8Array.from(group, (row) => labels[row]!);
  const placement = placements({ labels: own, scores: Float64Array.from(group, (row) => values[row]!), weights: new Float64Array(group.length).fill(1), positives: leavers, negatives: others });
  const auc = placement.reduce((sum, value, i) => sum + (own[i] === 1 ? value : 0), 0) / leavers;
  return { group, placement, auc, leavers, weight: (leavers * others) / group.length };
}

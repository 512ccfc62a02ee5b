import type { PotentialValues } from './potentialColumns.js';
import type { MovingBenchmark } from './shareBenchmarks.js';

/** What customers bring as the headroom of `PotentialValues`, so that it adds up as headroom does. */
export interface Lifted extends PotentialValues {
  /** The share of each then. */
  readonly shares: Float64Array;
}

/** Everybody below the benchmark brought to it. A lifted customer moves with its own potential, and with the benchmark: t L + P dt. */
export function liftCustomers(values: PotentialValues, shares: Float64Array, benchmarks: readonly MovingBenchmark[], peers: Int32Array, zeros: boolean): Lifted {
  const { rowCount, present, potential, own, shared, sharedCount } = values;
  const [amounts, then, variances] = [new Float64Array(rowCount), shares.slice(), new Float64Array(rowCount)];
  const loadings = new Float64Array(rowCount * sharedCount);
  for (let row = 0; row < rowCount; row++) {
    const { share, loadings: moves } = benchmarks[peers[row]!]!;
    const amount = share * potential[row]! - present[row]!;
    if (!(amount > 0) || (present[row] === 0 && !zeros)) continue;
    amounts[row] = amount;
    then[row] = share;
    if (own !== null) variances[row] = share * share * own[row]!;
    for (let k = 0, at = row * sharedCount; k < sharedCount; k++, at++) loadings[at] = share * shared![at]! + potential[row]! * moves[k]!;
  }
  return { ...values, headroom: amounts, own: variances, shared: shared === null ? null : loadings, shares: then };
}

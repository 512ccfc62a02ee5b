import type { PotentialValues } from './potentialColumns.js';

/** What one customer adds to the sums beside what it has: all times its weight. */
export interface GrowthTerms {
  readonly values: PotentialValues;
  /** Customers each row stands for; null: 1. */
  readonly weights: Float64Array | null;
  /** Probability of capture. */
  readonly ease: Float64Array;
  /** What a captured unit of headroom brings: step * margin. */
  readonly gain: Float64Array;
}

/** Sums over the customers of each group; those of loadings at `group * sharedCount + unknown`. */
export interface GrowthSums {
  readonly customers: Float64Array;
  readonly present: Float64Array;
  readonly wallet: Float64Array;
  readonly headroom: Float64Array;
  readonly own: Float64Array;
  readonly shared: Float64Array;
  readonly capture: Float64Array;
  readonly captureOwn: Float64Array;
  readonly captureShared: Float64Array;
}

/**
 * The sums of each group; O(customers * unknowns).
 *
 * A row of weight w is w customers whose own parts are independent: their variances add up, w of them, where the shared parts move together, w times.
 * A capture is all or nothing, step * headroom with probability e: by chance and by what is own its variance is (step * margin)² (e own + e (1 - e) headroom²).
 */
export function growthSums({ values, weights, ease, gain }: GrowthTerms, codes: Int32Array, groupCount: number): GrowthSums {
  const { rowCount, present, wallet, headroom, own } = values;
  const zeros = (): Float64Array => new Float64Array(groupCount);
  const sums = { customers: zeros(), present: zeros(), wallet: zeros(), headroom: zeros(), own: zeros(), capture: zeros(), captureOwn: zeros() };
  for (let row = 0; row < rowCount; row++) {
    const group = codes[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    const room = headroom[row]!;
    const variance = own === null ? 0 : own[row]!;
    const chance = ease[row]!;
    const earned = gain[row]!;
    sums.customers[group]! += weight;
    sums.present[group]! += weight * present[row]!;
    sums.wallet[group]! += weight * wallet[row]!;
    sums.headroom[group]! += weight * room;
    sums.own[group]! += weight * variance;
    sums.capture[group]! += weight * chance * earned * room;
    sums.captureOwn[group]! += weight * earned * earned * chance * (variance + (1 - chance) * room * room);
  }
  return { ...sums, ...sharedSums({ values, weights, ease, gain }, codes, groupCount) };
}

function sharedSums({ values, weights, ease, gain }: GrowthTerms, codes: Int32Array, groupCount: number): Pick<GrowthSums, 'shared' | 'captureShared'> {
  const { rowCount, shared: loadings, sharedCount } = values;
  const shared = new Float64Array(groupCount * sharedCount);
  const captureShared = new Float64Array(groupCount * sharedCount);
  if (loadings === null) return { shared, captureShared };
  for (let row = 0, from = 0; row < rowCount; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    const won = weight * ease[row]! * gain[row]!;
    for (let to = codes[row]! * sharedCount, end = to + sharedCount; to < end; to++, from++) {
      const loading = loadings[from]!;
      shared[to]! += weight * loading;
      captureShared[to]! += won * loading;
    }
  }
  return { shared, captureShared };
}

/** The covariances of the groups' sums, row-major: what is own stays within a group, what is shared moves them together. */
export function groupCovariance(own: Float64Array, shared: Float64Array, sharedCount: number): Float64Array {
  const groups = own.length;
  const covariance = new Float64Array(groups * groups);
  for (let g = 0; g < groups; g++) {
    for (let h = 0; h <= g; h++) {
      let sum = g === h ? own[g]! : 0;
      for (let k = 0; k < sharedCount; k++) sum += shared[g * sharedCount + k]! * shared[h * sharedCount + k]!;
      covariance[g * groups + h] = covariance[h * groups + g] = sum;
    }
  }
  return covariance;
}

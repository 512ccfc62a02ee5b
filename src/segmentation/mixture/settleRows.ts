/** Rows settled at once: their joint densities stay in the fastest memory. A multiple of 4. */
export const TILE = 64;
/** A share below e^-32.2 = 1e-14 is none. */
const NEGLIGIBLE = -32.2;

/** What to write for every row, each at the place of the row. */
export interface Outcome {
  /** The likeliest segment. */
  readonly labels?: Int32Array;
  /** The probability of every segment, row-major. */
  readonly memberships?: Float64Array;
  /** The logarithm of weight x density of every segment, row-major. */
  readonly joints?: Float64Array;
  /** The logarithm of the density. */
  readonly densities?: Float64Array;
}

/** Rows of a mixture: log(weight of the segment x density) a tile at a time, segment-major (`joint[segment * TILE + row]`). */
export interface MixtureRows {
  readonly count: number;
  /** Null: 1 each. */
  readonly weights: Float64Array | null;
  /** Where the rows stand in the outcome; null: in their order. */
  readonly rows: ArrayLike<number> | null;
  readonly fill: (from: number, size: number, joint: Float64Array) => void;
  /** Takes what share of each row (times its weight) falls to each segment, in place of the joint densities. */
  readonly collect?: (from: number, size: number, shares: Float64Array) => void;
}

/** Bayes' rule row by row, by log-sum-exp; returns the weighted log-likelihood (of no use where labels alone are asked for). */
export function settleRows({ count, weights, rows, fill, collect }: MixtureRows, segments: number, { labels, memberships, joints, densities }: Outcome): number {
  const joint = new Float64Array(segments * TILE);
  const end = segments * TILE;
  const wantsShares = collect !== undefined || memberships !== undefined || densities !== undefined;
  let logLikelihood = 0;
  for (let from = 0; from < count; from += TILE) {
    const size = Math.min(TILE, count - from);
    fill(from, size, joint);
    for (let t = 0; t < size; t++) {
      const row = rows === null ? from + t : rows[from + t]!;
      let best = t;
      for (let at = t + TILE; at < end; at += TILE) if (joint[at]! > joint[best]!) best = at;
      if (labels !== undefined) labels[row] = (best - t) / TILE;
      if (joints !== undefined) for (let at = t, to = row * segments; at < end; at += TILE, to++) joints[to] = joint[at]!;
      if (!wantsShares) continue;
      const top = joint[best]!;
      let sum = 0;
      for (let at = t; at < end; at += TILE) {
        const below = joint[at]! - top;
        sum += joint[at] = below > NEGLIGIBLE ? Math.exp(below) : 0;
      }
      // Farther off than numbers reach: the first segment has it.
      if (sum === 0) sum = joint[best] = 1;
      const weight = weights === null ? 1 : weights[from + t]!;
      const density = Math.max(top + Math.log(sum), -1e300);
      logLikelihood += weight * density;
      if (densities !== undefined) densities[row] = density;
      for (let at = t, to = row * segments; at < end; at += TILE, to++) {
        const share = joint[at]! / sum;
        if (memberships !== undefined) memberships[to] = share;
        joint[at] = share * weight;
      }
    }
    collect?.(from, size, joint);
  }
  return logLikelihood;
}

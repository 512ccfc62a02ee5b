import type { Estimate } from '../../numeric/estimate.js';
import type { GrowthSums } from './growthSums.js';

/** A sum over customers: what it is expected to be, and between which ends it lies. */
export interface GrowthFigure extends Estimate {
  /** The part of its variance that each customer has alone: it averages out in great sums. */
  readonly ownVariance: number;
  /** The part that all customers have together, as what is not known of them is the same: it does not average out. */
  readonly sharedVariance: number;
}

/** The growth to be had from some customers. */
export interface GrowthRow {
  /** The value of the dimension (null: missing); `total` for all. */
  readonly name: string | null;
  /** How many; with `weights` their sum. */
  readonly customers: number;
  /** What they spend now. */
  readonly present: number;
  /** What they would spend in all if all were in the market: above the potential where participation is below 1. Without an interval. */
  readonly wallet: number;
  /** What they could bring: the expected size of their market. */
  readonly potential: GrowthFigure;
  /** potential - present. */
  readonly headroom: GrowthFigure;
  /** present / potential of the group, in [0, 1]; null where there is no potential. */
  readonly share: Estimate | null;
  /** What is expected to be won: Σ ease * step * headroom * margin. Its own variance has the chance of capture in it. */
  readonly capture: GrowthFigure;
}

/** What rows need beside the sums. */
export interface RowTerms {
  readonly z: number;
  readonly sharedCount: number;
  /** Whether a capture may be a loss. */
  readonly losses: boolean;
}

/** The row of one group. */
export function growthRow(sums: GrowthSums, group: number, name: string | null, { z, sharedCount, losses }: RowTerms): GrowthRow {
  const present = sums.present[group]!;
  const own = sums.own[group]!;
  const shared = squaredLength(sums.shared, group, sharedCount);
  const room = growthFigure(sums.headroom[group]!, own, shared, z, 0);
  const potential = { ...room, estimate: present + room.estimate, lower: present + room.lower, upper: present + room.upper };
  return {
    name,
    customers: sums.customers[group]!,
    present,
    wallet: sums.wallet[group]!,
    potential,
    headroom: room,
    share: potential.estimate > 0 ? shareOf(present, potential) : null,
    capture: growthFigure(sums.capture[group]!, sums.captureOwn[group]!, squaredLength(sums.captureShared, group, sharedCount), z, losses ? -Infinity : 0),
  };
}

/** A sum with the ends of its interval, which cannot be below `least`. */
export function growthFigure(estimate: number, ownVariance: number, sharedVariance: number, z: number, least: number): GrowthFigure {
  const half = z * Math.sqrt(ownVariance + sharedVariance);
  return { estimate, lower: Math.max(least, estimate - half), upper: estimate + half, ownVariance, sharedVariance };
}

/** The share of a potential that is spent here, with its ends. */
export function shareOf(present: number, { estimate, lower, upper }: Estimate): Estimate {
  return present > 0 ? { estimate: present / estimate, lower: present / upper, upper: present / lower } : { estimate: 0, lower: 0, upper: 0 };
}

/** The variance that independent unknowns of these summed loadings make. */
export function squaredLength(loadings: Float64Array, group: number, sharedCount: number): number {
  let sum = 0;
  for (let at = group * sharedCount; at < (group + 1) * sharedCount; at++) sum += loadings[at]! * loadings[at]!;
  return sum;
}

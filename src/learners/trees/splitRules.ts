import type { BoostingSettings } from './boostingSettings.js';

/** What a split must satisfy, and how its children are valued; the same for all nodes of a tree. */
export interface SplitRules extends BoostingSettings {
  /** Least and largest hessian of a row of weight 1: from the sum of hessians they tell how many rows there are at least and at most. */
  readonly least: number;
  readonly most: number;
  /** Whether some column is held monotone. */
  readonly bounded: boolean;
}

/** Sums over the rows of a node, and what bounds its value. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  /** Rows by weight. */
  readonly weight: number;
  readonly lower: number;
  readonly upper: number;
}

/** Rounding may leave sums a little below what they should be. */
export const ALMOST: number = 1 - 1e-9;

/** Gradient drawn to 0 by l1. */
function shrunk(gradient: number, l1: number): number {
  return Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
}

/** The value of a leaf before the learning rate: -G / (H + l2), within the bounds that monotone columns set. */
export function leafValue(gradient: number, hessian: number, { l1, l2 }: Pick<SplitRules, 'l1' | 'l2'>, { lower, upper }: Pick<NodeSums, 'lower' | 'upper'>): number {
  const weight = hessian + l2;
  return Math.max(lower, Math.min(upper, weight > 0 ? -shrunk(gradient, l1) / weight : 0));
}

/**
 * What the objective falls by (twice) when rows of these sums take a value. Where bounds hold the value back this counts the first-order part
 * only, as scikit-learn does.
 */
export function reduction(gradient: number, value: number, { l1 }: Pick<SplitRules, 'l1'>): number {
  return -value * shrunk(gradient, l1);
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { TreeFeature, TreeNodes } from './treeNodes.js';

/**
 * What the trees were boosted for: `logistic` two classes, `multinomial` several, `squared` the mean, `absolute` the median, `quantile` a
 * quantile, `poisson` a count, `gamma` and `tweedie` an amount (positive, or with zeros).
 */
export type BoostingLoss = 'logistic' | 'multinomial' | 'squared' | 'absolute' | 'quantile' | 'poisson' | 'gamma' | 'tweedie';

/** How a fit of boosted trees went. */
export interface BoostingReport {
  /** Rows learnt from. */
  readonly rowCount: number;
  /** Their summed weight. */
  readonly weight: number;
  /** Rounds kept; with several classes each is a tree a class. */
  readonly rounds: number;
  /** Rounds made, some of which early stopping gave up. */
  readonly roundsMade: number;
  /** Why there are no more. */
  readonly reason: 'all trees' | 'early stopping' | 'no split gains' | 'stopped by onProgress';
  /** Rows held out for early stopping; 0 without. */
  readonly heldOut: number;
  /** Mean loss of the rows held out, before the first round and after each; empty where none were. */
  readonly heldOutLosses: readonly number[];
  /** The figures the trees were grown by, defaults included. */
  readonly settings: Readonly<Record<string, number>>;
}

/** What a fit of boosted trees tells about itself. */
export interface BoostingSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** The columns of the data a row must have to be scored. */
  readonly features: readonly string[];
  /** What the trees were boosted for. */
  readonly loss: BoostingLoss;
  /** The value of the target whose probability is predicted, for two classes; null otherwise. */
  readonly positive: TargetValue | null;
  /** The classes, by code unit, for `multinomial`; empty otherwise. */
  readonly classes: readonly string[];
  /** How the fit went. */
  readonly report: BoostingReport;
}

/** Boosted trees as JSON. */
export interface BoostedTreesState {
  /** Which class reads it. */
  readonly format: 'BoostedTrees';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The margin before the first tree: one number, or one a class. */
  readonly baselines: readonly number[];
  /** The columns in the order the trees number them. */
  readonly inputs: readonly TreeFeature[];
  /** Round after round; with several classes one tree a class in each round. */
  readonly trees: TreeNodes;
  /** What the fit tells about itself. */
  readonly summary: BoostingSummary;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import type { BoostingLoss } from './boostedTreesState.js';

/** How far boosting has come. */
export interface BoostingProgress {
  /** Rounds made. */
  readonly done: number;
  /** Rounds allowed. */
  readonly total: number;
  /** Less the mean loss of the rows held out, or where none are of those learnt from: it rises while the model improves. */
  readonly objective: number;
}

/** When to stop, judged by rows that are not learnt from. */
export interface EarlyStopping<Names extends string = string> {
  /** Stop after so many rounds without improvement; the trees up to the best round are kept. @defaultValue 20 */
  readonly rounds?: number;
  /** Share of the rows held out: drawn at random, classes equally, or the latest by `time`. @defaultValue 0.2 */
  readonly share?: number;
  /** A column of dates or numbers: the latest rows are held out. It is no feature unless named. */
  readonly time?: Names;
  /** The rows to hold out, by position from 0, instead of a share. */
  readonly rows?: ArrayLike<number>;
}

/** How to fit boosted trees. */
export interface BoostedTreesOptions<Names extends string = string> {
  /** The column to predict. */
  readonly target: Names;
  /** Which value of a target of two classes counts as 1; any other counts as 0. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns to predict from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** What is minimised. @defaultValue 'logistic' for two classes, 'multinomial' for more, 'squared' for numbers */
  readonly loss?: BoostingLoss;
  /** Which quantile loss 'quantile' is about, between 0 and 1. @defaultValue 0.5 */
  readonly quantile?: number;
  /** Variance grows with the mean to this power under loss 'tweedie', between 1 and 2. @defaultValue 1.5 */
  readonly tweediePower?: number;
  /** Rounds of boosting; with several classes each adds a tree a class. @defaultValue 100 */
  readonly trees?: number;
  /** Share of each tree's values that is added, above 0, at most 1. @defaultValue 0.05 */
  readonly learningRate?: number;
  /** Leaves of a tree at most. @defaultValue 8, from 20,000 rows (by weight) on 15 */
  readonly maxLeaves?: number;
  /** Questions from the root to a leaf at most. @defaultValue no limit */
  readonly maxDepth?: number;
  /** Rows in a leaf at least, by weight. @defaultValue a twentieth of the rows, at most 20 */
  readonly minLeafRows?: number;
  /** Sum of the second derivatives of the loss in a leaf at least. @defaultValue 0.001 */
  readonly minLeafWeight?: number;
  /** Draws the gradient of a leaf to 0 by this. @defaultValue 0 */
  readonly l1?: number;
  /** Stands beside the second derivatives of a leaf: draws its value to 0. @defaultValue 1 */
  readonly l2?: number;
  /** What a split must gain at least (twice the fall of the loss). @defaultValue 0 */
  readonly minGain?: number;
  /** Rows (by weight) with which the value of a parent stands in that of its child. @defaultValue 5 */
  readonly pathSmoothing?: number;
  /** Share of the rows each round learns from. @defaultValue 1 */
  readonly rowShare?: number;
  /** Share of the features each tree may ask. @defaultValue 1 */
  readonly featureShare?: number;
  /** Share of those that each split may ask. @defaultValue 0.4, but at least five features */
  readonly featureSharePerSplit?: number;
  /** Bins for the known values of a number, from 2 to 255. @defaultValue 255 */
  readonly maxBins?: number;
  /** Columns of numbers with which the prediction may only rise, or only fall. */
  readonly monotone?: { readonly [Name in Names]?: 'increasing' | 'decreasing' };
  /** When to stop before all trees are made; false: never. @defaultValue false */
  readonly earlyStopping?: EarlyStopping<Names> | false;
  /** Levels with less than this many rows (by weight) in a node are not told apart there, and the others are ordered as if so many average rows stood beside theirs. @defaultValue 2 */
  readonly categorySmoothing?: number;
  /** Chance (shares, rows held out), made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each round; returning false stops with what is reached. */
  readonly onProgress?: (progress: BoostingProgress) => boolean | undefined | void;
}

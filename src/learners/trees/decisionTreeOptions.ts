import type { TargetValue } from '../../data/binaryTarget.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { GrowthLimits } from './growDecisionTree.js';
import type { PruningRisk } from './nodeRisks.js';

/** How far a fit of a decision tree has come. */
export interface DecisionTreeProgress {
  /** Trees grown. */
  readonly done: number;
  /** Trees to grow: one on all rows, and one a fold. */
  readonly total: number;
  /** Less the mean loss of the best pruned tree so far: of the rows grown on at first, then of the folds judged. */
  readonly objective: number;
}

/** How to fit a decision tree. */
export interface DecisionTreeOptions<Names extends string = string> {
  /** The column to predict: classes (two or more), or numbers. */
  readonly target: Names;
  /** Which value of a target of two classes counts as 1; any other counts as 0. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns to predict from. @defaultValue every column but the target, `weights` and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Questions from the root to a leaf at most. @defaultValue 30 */
  readonly maxDepth?: number;
  /** Leaves at most, the splits that gain most made first. @defaultValue no limit */
  readonly maxLeaves?: number;
  /** Rows in a leaf at least, by weight. @defaultValue 7 */
  readonly minLeafRows?: number;
  /** Rows in a node that is to be divided at least, by weight. @defaultValue 20 */
  readonly minSplitRows?: number;
  /** What a split must take off the error, as a share of the error without any split (`cp` of rpart); 0 prunes nothing that gains. @defaultValue chosen by cross-validation */
  readonly complexity?: number;
  /** What pruning counts: the impurity (for classes Gini's: good probabilities), or the rows put in the wrong class. @defaultValue 'impurity' */
  readonly pruneBy?: PruningRisk;
  /** Folds of the cross-validation that chooses the complexity: the least within one standard error of the best. @defaultValue 10 */
  readonly folds?: number;
  /** Chance (folds), made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each tree; returning false stops with the folds judged so far. */
  readonly onProgress?: (progress: DecisionTreeProgress) => boolean | undefined | void;
}

const KNOWN = ['target', 'positive', 'features', 'weights', 'maxDepth', 'maxLeaves', 'minLeafRows', 'minSplitRows', 'complexity', 'pruneBy', 'folds', 'seed', 'onProgress'];

/** Options with defaults put in, checked. */
export interface DecisionTreeSettings {
  readonly limits: GrowthLimits;
  /** Null where it is to be chosen. */
  readonly complexity: number | null;
  readonly by: PruningRisk;
  readonly folds: number;
  readonly seed: number;
}

/** Refuses unknown options and figures out of range. */
export function requireTreeSettings(caller: string, options: DecisionTreeOptions): DecisionTreeSettings {
  requireKnownOptions(caller, options, KNOWN);
  const { maxDepth = 30, maxLeaves = Infinity, minLeafRows = 7, minSplitRows = 20, complexity = null, pruneBy = 'impurity', folds = 10, seed = 1 } = options;
  const limits = {
    maxDepth: requireWhole(caller, 'maxDepth', maxDepth, 1),
    maxLeaves: maxLeaves === Infinity ? maxLeaves : requireWhole(caller, 'maxLeaves', maxLeaves, 1),
    minLeafRows: requireAtLeast(caller, 'minLeafRows', minLeafRows),
    minSplitRows: requireAtLeast(caller, 'minSplitRows', minSplitRows),
  };
  return {
    limits,
    complexity: complexity === null ? null : requireAtLeast(caller, 'complexity', complexity),
    by: requireChoice(caller, 'pruneBy', pruneBy, ['impurity', 'errors']),
    folds: requireWhole(caller, 'folds', folds, 2),
    seed,
  };
}

function requireAtLeast(caller: string, option: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} of 0 or more, found ${value}`, { option, value });
}

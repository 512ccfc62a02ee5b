import type { TargetValue } from '../../data/binaryTarget.js';
import type { TreeFeature, TreeNodes } from './treeNodes.js';

/** One tree of the pruning sequence (the table `cptable` of rpart). */
export interface PruningStep {
  /** The least complexity at which this tree is the best: what a split must take off the error, as a share of the error without any split. */
  readonly complexity: number;
  /** Leaves. */
  readonly leaves: number;
  /** The error of the rows it was grown on, as a share of the error without any split. */
  readonly trainingError: number;
  /** The same by cross-validation; null where there was none. */
  readonly validationError: number | null;
  /** Standard error of the validation error. */
  readonly validationStandardError: number | null;
}

/** How a fit of a decision tree went. */
export interface DecisionTreeReport {
  /** Rows learnt from. */
  readonly rowCount: number;
  /** Their summed weight. */
  readonly weight: number;
  /** What is predicted without any split: the mean, or the share of each class (of two classes of the positive value). */
  readonly overall: readonly number[];
  /** Leaves after pruning. */
  readonly leaves: number;
  /** Splits on the longest way down. */
  readonly depth: number;
  /** At which the tree was pruned. */
  readonly complexity: number;
  /** The trees pruning leads through, the smallest first. */
  readonly pruning: readonly PruningStep[];
  /** Folds that were cross-validated; 0 where `complexity` was given. */
  readonly folds: number;
  /** Whether `onProgress` ended the work before all folds. */
  readonly stopped: boolean;
}

/** What a fit of a decision tree tells about itself. */
export interface DecisionTreeSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** The columns of the data a row must have to be scored. */
  readonly features: readonly string[];
  /** The value of the target whose probability is predicted, for two classes; null otherwise. */
  readonly positive: TargetValue | null;
  /** The classes, by code unit, where there are more than two; empty otherwise. */
  readonly classes: readonly string[];
  /** How the fit went. */
  readonly report: DecisionTreeReport;
}

/** A decision tree as JSON. */
export interface DecisionTreeState {
  /** Which class reads it. */
  readonly format: 'DecisionTree';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns in the order the nodes number them. */
  readonly inputs: readonly TreeFeature[];
  /** The nodes, the root first; what each predicts stands in `values`. */
  readonly nodes: Omit<TreeNodes, 'roots' | 'value'>;
  /** What every node predicts: the mean, the share of the positive value, or one list a class. */
  readonly values: readonly (readonly number[])[];
  /** What the fit tells about itself. */
  readonly summary: DecisionTreeSummary;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { RuleCondition } from '../../learners/trees/treeRules.js';
import type { TreeFeature, TreeNodes } from '../../learners/trees/treeNodes.js';

/** The customers of one arm in a leaf. */
export interface LeafArm {
  /** The arm, as text. */
  readonly arm: string;
  /** Customers of the arm the figures rest on, by weight. */
  readonly rows: number;
  /** Their mean outcome: a share, or an amount. */
  readonly mean: number;
}

/** What a treatment adds to the mean outcome, against control. */
export interface LeafUplift extends Estimate {
  /** The treatment, as text. */
  readonly treatment: string;
  /** What the interval says: it lies above 0, below 0, or on both sides. */
  readonly verdict: 'raises' | 'lowers' | 'not distinguishable';
}

/** A group of customers, in words, and what was seen of them. */
export interface UpliftLeaf {
  /** What must hold, all of it, one condition a column; none for a tree without splits. */
  readonly conditions: readonly RuleCondition[];
  /** In words: `womens = 1 and recency <= 6.5`. */
  readonly text: string;
  /** Training rows that meet it, by weight. */
  readonly rows: number;
  /** Their share of all. */
  readonly share: number;
  /** Control first, then the treatments. */
  readonly arms: readonly LeafArm[];
  /** One a treatment. */
  readonly uplifts: readonly LeafUplift[];
}

/** Whether a treatment works differently from leaf to leaf: Cochran's Q over the leaves. */
export interface UpliftHeterogeneity {
  /** The treatment, as text. */
  readonly treatment: string;
  /** Squared differences from the common uplift, each in standard errors, added up. */
  readonly statistic: number;
  /** Leaves less one. */
  readonly degreesOfFreedom: number;
  /** How often leaves of one and the same uplift would differ as much; 1 for a tree without splits. */
  readonly p: number;
}

/** How a fit of a tree of uplift went. */
export interface UpliftTreeReport {
  /** Rows used, of all arms compared. */
  readonly rowCount: number;
  /** Their summed weight. */
  readonly weight: number;
  /** Rows of every arm, control first. */
  readonly armRows: readonly number[];
  /** Whether uplifts come from other rows than the splits. */
  readonly honest: boolean;
  /** Rows the splits were found on. */
  readonly grownOn: number;
  /** Rows the uplifts and their intervals come from. */
  readonly estimatedOn: number;
  /** Leaves. */
  readonly leaves: number;
  /** Splits on the longest way down. */
  readonly depth: number;
  /** The average uplift of each treatment, on the rows estimated on. */
  readonly overall: readonly LeafUplift[];
  /** One a treatment: whether the leaves differ; too good to be true where not `honest`. */
  readonly heterogeneity: readonly UpliftHeterogeneity[];
  /** The figures the tree was grown by, defaults included. */
  readonly settings: Readonly<Record<string, number>>;
}

/** What any model of trees of uplift tells about itself. */
export interface UpliftTreesSummary {
  /** The outcome. */
  readonly target: string;
  /** The value of the outcome that counts as 1; null for numbers. */
  readonly positive: TargetValue | null;
  /** The column of arms. */
  readonly treatment: string;
  /** The arm that means that nothing was done, as text. */
  readonly control: string;
  /** The arms compared with control, as text; uplifts come in this order. */
  readonly treatments: readonly string[];
  /** The columns of the data a row must have. */
  readonly features: readonly string[];
}

/** What a fit of a tree of uplift tells about itself. */
export interface UpliftTreeSummary extends UpliftTreesSummary {
  /** How the fit went. */
  readonly report: UpliftTreeReport;
}

/** A tree of uplift as JSON. */
export interface UpliftTreeState {
  /** Which class reads it. */
  readonly format: 'UpliftTree';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns in the order the nodes number them. */
  readonly inputs: readonly TreeFeature[];
  /** The nodes, the root first. */
  readonly nodes: Omit<TreeNodes, 'roots' | 'value'>;
  /** For each treatment the uplift of every node. */
  readonly uplifts: readonly (readonly number[])[];
  /** The leaves, the highest uplift (of the first treatment) first. */
  readonly leaves: readonly UpliftLeaf[];
  /** What the fit tells about itself. */
  readonly summary: UpliftTreeSummary;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { TreeFeature } from '../../learners/trees/treeNodes.js';
import type { RuleCondition } from '../../learners/trees/treeRules.js';
import type { Estimate } from '../../numeric/estimate.js';

/** How groups are found. */
export type GroupMethod = 'gini tree' | 'chaid' | 'crossed attributes';

/** What a contact costs and what a response brings, in one currency. */
export interface GroupTerms {
  /** What one contact costs. */
  readonly contactCost: number;
  /** What one response brings before the cost of the contact. */
  readonly benefit: number;
}

/** Who is in a group: one way of several to belong to it. */
export interface GroupRule {
  /** What must hold, all of it, one condition a column; none where every customer is meant. */
  readonly conditions: readonly RuleCondition[];
  /** In words: `poutcome is success and age > 60`. */
  readonly text: string;
}

/** What one part of the rows says about a group. */
export interface GroupCounts {
  /** Customers, by weight. */
  readonly rows: number;
  /** Those of them who responded, by weight. */
  readonly responses: number;
  /** responses / rows as counted; null without rows. */
  readonly rate: number | null;
}

/** A group of customers with its response. */
export interface ResponseGroup {
  /** Its number, from 0: the place among `groups`, the best first. */
  readonly group: number;
  /** Its rules in words, joined by "; or". */
  readonly name: string;
  /** The ways to belong to it: one, or several where groups were merged; none for what crossed attributes leave over. */
  readonly rules: readonly GroupRule[];
  /** Customers in all parts, by weight. */
  readonly size: number;
  /** Their share of all. */
  readonly share: number;
  /** Responses in all parts, by weight. */
  readonly responses: number;
  /** Probability of a response, from the estimating part, with the prior's customers added; exact interval (Clopper and Pearson, 1934), which counts them as seen: a large `prior` makes it too short. */
  readonly rate: Estimate;
  /** The rate over that of all customers of the estimating part; score interval (Koopman, 1984). */
  readonly lift: Estimate;
  /** The part the groups were grown on: flattering. Empty for crossed attributes, which are not grown. */
  readonly grown: GroupCounts;
  /** The part the rate is estimated on. */
  readonly estimated: GroupCounts;
  /** The part nothing was learnt from. */
  readonly tested: GroupCounts;
  /** Whether the tested part contradicts the estimate: the difference of the two rates as counted and its p (chi-square with 1 degree of freedom); null where a part has no rows. */
  readonly change: { readonly difference: number; readonly p: number } | null;
  /** Shapes of the beta distribution that the rate has after the estimating part. */
  readonly posterior: readonly [number, number];
  /** The groups it was merged from, by name; empty where it is as it was grown. */
  readonly mergedFrom: readonly string[];
}

/** What one part of the rows was. */
export interface GroupPart extends GroupCounts {
  /** The earliest time in it as a number (dates in milliseconds since 1970, UTC); null without `time` or rows. */
  readonly from: number | null;
  /** The latest. */
  readonly to: number | null;
}

/** Whether the response follows the groups: a trend test on rows that did not make them. */
export interface GroupTrend {
  /** Standard normal where there is no trend; for crossed attributes chi-square. */
  readonly statistic: number;
  /** One-sided: the probability of so much of a trend by chance. */
  readonly p: number;
}

/** How the search for groups went. */
export interface ResponseGroupsReport {
  /** How groups were found. */
  readonly method: GroupMethod;
  /** Rows of weight above 0. */
  readonly rowCount: number;
  /** Their summed weight. */
  readonly weight: number;
  /** The rate of response in the estimating part. */
  readonly rate: number;
  /** The rows the groups were grown on; empty for crossed attributes. */
  readonly grown: GroupPart;
  /** The rows they are estimated on. */
  readonly estimated: GroupPart;
  /** The rows they are tested on. */
  readonly tested: GroupPart;
  /** Whether growing and estimating used different rows. */
  readonly honest: boolean;
  /** Groups grown, before any was merged. */
  readonly grownGroups: number;
  /**
   * Whether the estimating part confirms the groups as grown: a trend (Cochran 1954, Armitage 1955) along the rates of the growing part. For crossed
   * attributes, which are given and not grown, any difference between them (chi-square). Null for one group.
   */
  readonly evidence: GroupTrend | null;
  /** Whether it does so beyond chance, at 1 - `confidence`. A tree that it does not confirm is given up: one group is left. */
  readonly confirmed: boolean;
  /** Whether the tested part shows the trend of the estimated rates too; null for one group, or without a tested part. */
  readonly trend: GroupTrend | null;
  /** Confidence of the intervals. */
  readonly confidence: number;
  /** What to know before using the groups, in sentences. */
  readonly warnings: readonly string[];
}

/** What response groups tell about themselves. */
export interface ResponseGroupsSummary {
  /** The column that says who responded. */
  readonly target: string;
  /** The value of it that is a response. */
  readonly positive: TargetValue;
  /** The columns of the data a row must have to be placed. */
  readonly features: readonly string[];
  /** The groups, that with the highest rate first. */
  readonly groups: readonly ResponseGroup[];
  /** How the search went. */
  readonly report: ResponseGroupsReport;
  /** What was said at the fit of costs and benefits; null where nothing was. */
  readonly terms: GroupTerms | null;
}

/** The questions that lead a row to its group, as flat lists, one entry a node; the right child stands at `left + 1`. */
export interface GroupNodes {
  /** Which input a node asks, by position; -1 for a leaf. */
  readonly feature: readonly number[];
  /** For a number the threshold (at most goes left), for a category the position in `sets`, for a leaf 0. */
  readonly threshold: readonly number[];
  /** The left child; 0 for a leaf. */
  readonly left: readonly number[];
  /** 1 where a missing number or an unseen level goes left: where training had it go, otherwise to the branch with the most customers. */
  readonly missingLeft: readonly number[];
  /** Of category splits: the positions of the levels that go left. */
  readonly sets: readonly (readonly number[])[];
  /** The group of a leaf; -1 for other nodes. */
  readonly group: readonly number[];
  /** Which of the rules of its group leads to a leaf; -1 for other nodes, and where the group has no rules. */
  readonly rule: readonly number[];
}

/** Response groups as JSON. */
export interface ResponseGroupsState {
  /** Which class reads it. */
  readonly format: 'ResponseGroups';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns in the order the nodes number them. */
  readonly inputs: readonly TreeFeature[];
  /** The way to the groups. */
  readonly nodes: GroupNodes;
  /** What they tell about themselves. */
  readonly summary: ResponseGroupsSummary;
}

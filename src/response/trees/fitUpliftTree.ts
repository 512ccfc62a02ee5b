import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { drawRows } from '../../learners/trees/drawShares.js';
import { createRandom, type Random } from '../../numeric/random.js';
import type { ArmMoments } from './armMoments.js';
import { UpliftTreeGrower } from './growUpliftTree.js';
import { heterogeneity, nodeArms, upliftLeaves, upliftsOf } from './upliftLeaves.js';
import { readUpliftSample } from './upliftSample.js';
import { UpliftTree } from './upliftTree.js';
import { requireFigure, requireGrowth, type UpliftGrowthOptions } from './upliftTreeOptions.js';
import type { UpliftTreeReport } from './upliftTreeState.js';
import { settingsOf, settleArmSize, summaryOf, writeUpliftTrees, writtenNode } from './writeUpliftTrees.js';

/** How to fit a tree of uplift. */
export interface UpliftTreeOptions<Names extends string = string> extends UpliftGrowthOptions<Names> {
  /** Questions from the root to a leaf at most. @defaultValue 4 */
  readonly maxDepth?: number;
  /** Rows of each arm a leaf has at least, by weight; in either half where `honest`. @defaultValue a fortieth of the smallest arm, but at least 10 and at most 500 */
  readonly minArmSize?: number;
  /** The p value a split must reach, corrected for all the splits looked at; 1 makes every split that gains. @defaultValue 0.05 */
  readonly significance?: number;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

const CALLER = 'fitUpliftTree';

/**
 * A tree of uplift: groups of customers in whom a treatment works differently, as rules to be read, each with the outcome of every arm and the uplift with its interval.
 *
 * Grown on a trial in which chance decided who was treated, by splits that set uplifts apart (Rzepakowski and Jaroszewicz, 2012). A split is made only if rows of one uplift
 * would hardly show such a difference anywhere (`significance`): where nothing tells who reacts, the tree has no split. Honest by default (Athey and Imbens, 2016): one half of
 * each arm finds the splits, the other says what the uplifts are, so that the intervals hold although the best-looking groups were picked.
 *
 * Numbers are cut into `maxBins` bins of equal weight; what is missing goes to the side where it gains, and where a node has seen none with the more rows. Levels of a category
 * are divided in the order of their uplift, that of few rows drawn to the node's; missing is a level of its own. A weight of 2 is the row twice and of 0 no row. The arms are taken to be allotted
 * with the same chances to everybody; where chances differ by row take `fitUplift`, which knows propensities. O(depth * features * rows).
 *
 * @param data - raw rows, one outcome and one arm each
 * @param options - `target`, `treatment` and `control` at least
 * @returns the fitted tree
 * @throws a {@link ClientelaError} `MISSING_VALUE`, `TARGET_CLASSES`, `NOT_IDENTIFIED` (an arm of fewer than two rows), `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates,
 * and categories that look like an identifier), `NON_FINITE_VALUE`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * // A voucher earns 10 from customers away for more than 30 days, and nothing from the others.
 * const rows = Array.from({ length: 1200 }, (_, i) => ({ daysAway: i % 60, voucher: i % 7 < 3 ? 'sent' : 'none', spend: 20 + (i % 5) + (i % 7 < 3 && i % 60 > 30 ? 10 : 0) }));
 * const tree = fitUpliftTree(rows, { target: 'spend', treatment: 'voucher', control: 'none' });
 * tree.leaves.map(({ text }) => text); // => ['daysAway > 30.5', 'daysAway <= 30.5']
 * tree.leaves.map(({ uplifts }) => uplifts[0]?.verdict); // => ['raises', 'not distinguishable']
 * Math.round(tree.leaves[0]!.uplifts[0]!.estimate); // => 10
 * tree.report.heterogeneity[0]!.p < 0.001; // => true
 * ```
 */
export function fitUpliftTree<Data extends TableOf<Data>>(data: Data, options: UpliftTreeOptions<ColumnNameOf<Data>>): UpliftTree {
  const growth = requireGrowth(CALLER, options, ['significance', 'confidence'], 4);
  const { significance = 0.05, confidence = 0.95 } = options;
  requireFigure(CALLER, 'significance', significance, significance > 0 && significance <= 1, 'above 0, at most 1');
  normalMultiplier(CALLER, confidence);
  const sample = readUpliftSample(CALLER, data, options, growth);
  const rules = { ...settleArmSize(growth, sample, 40, 500), significance, featureShare: 1 };
  const features = Array.from(sample.features.keys());
  const groups = drawHalves(sample.rowsByArm, rules.honest, createRandom(rules.seed));
  const arms: ArmMoments[][] = [];
  const nodes = new UpliftTreeGrower(sample, rules, () => features, (bounds) => arms.push(nodeArms(sample, bounds, rules.honest))).grow(groups);
  const { feature, threshold, left, missingLeft, cover, gain, sets } = writeUpliftTrees([nodes.map((node) => writtenNode(node, sample.armCount))], sample);
  const state = { inputs: sample.inputs, nodes: { feature, threshold, left, missingLeft, cover, gain, sets } };
  const leaves = upliftLeaves(sample, state, arms, confidence);
  const uplifts = sample.trial.treatments.map((_, place) => arms.map((list) => list[place + 1]!.mean - list[0]!.mean));
  const count = (lists: readonly Int32Array[]): number => lists.reduce((sum, { length }) => sum + length, 0);
  const report: UpliftTreeReport = {
    rowCount: sample.trial.rows.length,
    weight: nodes[0]!.weight,
    armRows: [...sample.trial.counts],
    honest: rules.honest,
    grownOn: count(groups.slice(0, sample.armCount)),
    estimatedOn: count(groups.slice(-sample.armCount)),
    leaves: leaves.length,
    depth: Math.max(...nodes.map(({ depth }) => depth)),
    overall: upliftsOf(sample, arms[0]!, confidence),
    heterogeneity: heterogeneity(sample, arms.filter((_, at) => nodes[at]!.split === null)),
    settings: settingsOf({ ...rules, confidence }),
  };
  return new UpliftTree({ format: 'UpliftTree', formatVersion: 1, ...state, uplifts, leaves, summary: { ...summaryOf(sample, options), report } });
}

/** Half of the rows of each arm to grow on, the others to estimate on; or all to grow on. */
function drawHalves(rowsByArm: readonly Int32Array[], honest: boolean, random: Random): Int32Array[] {
  if (!honest) return [...rowsByArm];
  const halves = rowsByArm.map((rows) => drawRows(rows, 0.5, random));
  return [...halves.map(({ rows }) => rows), ...halves.map(({ rest }) => rest)];
}

import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { drawFeatures } from '../../learners/trees/drawShares.js';
import type { WrittenNode } from '../../learners/trees/writeTrees.js';
import { createRandom } from '../../numeric/random.js';
import { drawTreeRows } from './drawTreeRows.js';
import { UpliftTreeGrower } from './growUpliftTree.js';
import { OutOfBag } from './outOfBag.js';
import { readUpliftSample } from './upliftSample.js';
import { UpliftForest } from './upliftForest.js';
import { requireFigure, requireGrowth, type UpliftGrowthOptions } from './upliftTreeOptions.js';
import { settingsOf, settleArmSize, summaryOf, writeUpliftTrees, writtenNode } from './writeUpliftTrees.js';

/** How far a fit of a forest of uplift has come. */
export interface UpliftForestProgress {
  /** Trees grown. */
  readonly done: number;
  /** Trees to grow. */
  readonly total: number;
  /** How much of the uplifts is explained so far, on rows out of bag: mean of 2 z u - u², where u is the uplift and z the transformed outcome, summed over the treatments. */
  readonly objective: number;
}

/** How to fit a forest of uplift. */
export interface UpliftForestOptions<Names extends string = string> extends UpliftGrowthOptions<Names> {
  /** Trees. @defaultValue 200 */
  readonly trees?: number;
  /** The share of each arm's rows a tree learns from, drawn without replacement. @defaultValue 0.5 */
  readonly sampleShare?: number;
  /** The share of the features looked at for each split. @defaultValue two thirds */
  readonly featureShare?: number;
  /** Questions from the root to a leaf at most. @defaultValue no limit */
  readonly maxDepth?: number;
  /** Rows of each arm a leaf has at least, by weight; in either half where `honest`. @defaultValue a hundredth of the smallest arm, but at least 10 and at most 200 */
  readonly minArmSize?: number;
  /** Called after each tree; returning false stops with the trees grown. */
  readonly onProgress?: (progress: UpliftForestProgress) => boolean | undefined | void;
}

const CALLER = 'fitUpliftForest';

/**
 * A forest of uplift: for each customer what a treatment adds, as the mean of many trees that were each grown on a part of the customers.
 *
 * The trees are those of `fitUpliftTree`, larger and without test: each learns from a share of every arm's rows, half of which find the splits and half say what the uplifts are
 * (Wager and Athey, 2018), and looks at a share of the features at each split. `outOfBagUplift` is what the others say of each row. A forest ranks customers whatever
 * the data; whether there is anything to rank, its out-of-bag uplifts say in a heterogeneity test. Histograms of uint8 bins, compiled where WebAssembly is at hand:
 * O(trees * depth * features * rows).
 *
 * @param data - raw rows, one outcome and one arm each
 * @param options - `target`, `treatment` and `control` at least
 * @returns the fitted forest
 * @throws a {@link ClientelaError} as `fitUpliftTree`
 * @example
 * ```ts
 * // A voucher earns 10 from customers away for more than 30 days, and nothing from the others.
 * const rows = Array.from({ length: 1200 }, (_, i) => ({ daysAway: i % 60, voucher: i % 7 < 3 ? 'sent' : 'none', spend: 20 + (i % 5) + (i % 7 < 3 && i % 60 > 30 ? 10 : 0) }));
 * const forest = fitUpliftForest(rows, { target: 'spend', treatment: 'voucher', control: 'none', trees: 30 });
 * Math.round(forest.predictUpliftRow({ daysAway: 50 })[0] ?? 0); // => 10
 * Math.abs(forest.predictUpliftRow({ daysAway: 10 })[0] ?? 10) < 1; // => true
 * forest.report.trees; // => 30
 * ```
 */
export function fitUpliftForest<Data extends TableOf<Data>>(data: Data, options: UpliftForestOptions<ColumnNameOf<Data>>): UpliftForest {
  const growth = requireGrowth(CALLER, options, ['trees', 'sampleShare', 'featureShare', 'onProgress'], Infinity);
  const { trees = 200, sampleShare = 0.5, featureShare = 2 / 3, onProgress } = options;
  requireFigure(CALLER, 'trees', trees, Number.isSafeInteger(trees) && trees > 0, 'as a whole number of at least 1');
  for (const [option, share] of [['sampleShare', sampleShare], ['featureShare', featureShare]] as const) requireFigure(CALLER, option, share, share > 0 && share <= 1, 'above 0, at most 1');
  const sample = readUpliftSample(CALLER, data, options, growth);
  const { trial, features, armCount } = sample;
  const rules = { ...settleArmSize(growth, sample, 100, 200), significance: 1, featureShare };
  const random = createRandom(rules.seed);
  const all = Array.from(features.keys());
  const grower = new UpliftTreeGrower(sample, rules, featureShare === 1 ? () => all : () => drawFeatures(all, featureShare, random));
  const outOfBag = new OutOfBag(sample);
  const grown: WrittenNode[][] = [];
  const uplifts = trial.treatments.map((): number[] => []);
  const first = rules.honest ? armCount : 0;
  let stopped = false;
  while (grown.length < trees && !stopped) {
    const nodes = grower.grow(drawTreeRows(sample, sampleShare, rules.honest, random));
    for (const { sums, split } of nodes) {
      const control = sums[2 * first]! / sums[2 * first + 1]!;
      uplifts.forEach((list, place) => list.push(split === null ? sums[2 * (first + place + 1)]! / sums[2 * (first + place + 1) + 1]! - control : 0));
    }
    outOfBag.add(nodes, uplifts);
    grown.push(nodes.map((node) => writtenNode(node, armCount)));
    stopped = onProgress?.({ done: grown.length, total: trees, objective: outOfBag.explained() }) === false;
  }
  const written = writeUpliftTrees(grown, sample);
  const weight = grown[0]![0]!.weight;
  const report = {
    rowCount: trial.rows.length,
    weight,
    armRows: [...trial.counts],
    honest: rules.honest,
    trees: grown.length,
    reason: stopped ? ('stopped by onProgress' as const) : ('all trees' as const),
    leaves: written.feature.filter((j) => j < 0).length / grown.length,
    settings: settingsOf({ ...rules, sampleShare }),
  };
  const summary = { ...summaryOf(sample, options), report };
  return new UpliftForest({ format: 'UpliftForest', formatVersion: 1, inputs: sample.inputs, trees: written, uplifts, summary }, outOfBag.uplifts());
}

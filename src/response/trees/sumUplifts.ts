import { openForest, type Forest } from '../../learners/trees/forest.js';
import { sumTrees } from '../../learners/trees/sumTrees.js';
import type { TreeFeature, TreeNodes } from '../../learners/trees/treeNodes.js';

/** One forest a treatment, ready to be walked. */
export function openUplifts(inputs: readonly TreeFeature[], nodes: Omit<TreeNodes, 'value'>, uplifts: readonly (readonly number[])[]): Forest[] {
  return uplifts.map((value) => openForest(inputs, { ...nodes, value }));
}

/** The mean over the trees of each treatment's uplift: a row of the data after the other, in it a treatment after the other. */
export function sumUplifts(forests: readonly Forest[], columns: readonly Float64Array[]): Float64Array {
  const width = forests.length;
  const trees = forests[0]!.nodes.roots.length;
  const uplifts = new Float64Array(columns[0]!.length * width);
  forests.forEach((forest, place) => {
    const sums = sumTrees(forest, columns, [0]);
    for (let row = 0, at = place; row < sums.length; row++, at += width) uplifts[at] = sums[row]! / trees;
  });
  return uplifts;
}

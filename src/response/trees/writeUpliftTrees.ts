import { writeTrees, type WrittenNode } from '../../learners/trees/writeTrees.js';
import type { TreeNodes } from '../../learners/trees/treeNodes.js';
import type { UpliftNode } from './growUpliftTree.js';
import type { UpliftSample } from './upliftSample.js';
import type { UpliftGrowthOptions, UpliftRules } from './upliftTreeOptions.js';
import type { UpliftTreesSummary } from './upliftTreeState.js';

/**
 * A node as it is written: without its rows, and with what its split gains by the rows it divides. Where honest that is the rows times how far the split sets uplifts
 * apart on the half that found it, times how far on the other: what chance has found comes to nothing on average, and below 0 half of the time.
 */
export function writtenNode(node: UpliftNode, armCount: number): WrittenNode {
  const { split, left, weight, sums } = node;
  const gain = split === null ? 0 : sums.length > 2 * armCount ? confirmedGain(node, split.sums, armCount) : split.gain * weight;
  return { split: split && { ...split, gain }, left, weight, missingLeft: split?.missingLeft ?? false, value: 0 };
}

function confirmedGain({ sums, weight }: UpliftNode, left: Float64Array, armCount: number): number {
  let leftRows = 0;
  for (let at = 1; at < left.length; at += 2) leftRows += left[at]!;
  const difference = (group: number): number => left[2 * group]! / left[2 * group + 1]! - (sums[2 * group]! - left[2 * group]!) / (sums[2 * group + 1]! - left[2 * group + 1]!);
  const [grown, estimated] = [difference(0), difference(armCount)];
  let product = 0;
  for (let arm = 1; arm < armCount; arm++) product += (difference(arm) - grown) * (difference(armCount + arm) - estimated);
  return (product * leftRows * (weight - leftRows)) / weight;
}

/** Trees as flat lists; uplifts stand beside them, a list a treatment. */
export function writeUpliftTrees(trees: readonly (readonly WrittenNode[])[], { table }: UpliftSample): Omit<TreeNodes, 'value'> {
  const { roots, feature, threshold, left, missingLeft, cover, gain, sets } = writeTrees(trees, table.features, 1);
  return { roots, feature, threshold, left, missingLeft, cover, gain, sets };
}

/** What hangs on the size of the data where it is not given: a part of the smallest arm, between 10 and `most`. */
export function settleArmSize<Rules extends Pick<UpliftRules, 'minArmSize' | 'honest'>>(rules: Rules, { trial: { shares, weights, rows } }: UpliftSample, part: number, most: number): Rules {
  if (rules.minArmSize > 0) return rules;
  const total = weights === null ? rows.length : weights.reduce((sum, weight) => sum + weight, 0);
  return { ...rules, minArmSize: Math.max(10, Math.min(most, Math.floor((total * Math.min(...shares)) / part))) };
}

/** The figures among what trees were grown by; no limit is no number that JSON knows. */
export function settingsOf(rules: object): Record<string, number> {
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => typeof value === 'number' && value < Infinity));
}

/** What a model of trees of uplift tells about its data. */
export function summaryOf({ trial: { positive, treatments, control }, features }: UpliftSample, { target, treatment }: UpliftGrowthOptions): UpliftTreesSummary {
  return { target, positive, treatment, control, treatments, features };
}

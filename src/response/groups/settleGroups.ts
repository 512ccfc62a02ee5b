import type { TargetValue } from '../../data/binaryTarget.js';
import { countsOf, describeGroups, type GroupWords } from './describeGroups.js';
import { countCells, differenceTest, joinCells, mergeFlipped, rateOf, trendTest, type GroupCell } from './groupCells.js';
import type { GroupInputs } from './groupInputs.js';
import type { GroupSettings } from './groupOptions.js';
import { joinRules, leafConditions } from './groupRules.js';
import type { GrownGroups } from './multiTree.js';
import type { GroupPart, GroupTrend, ResponseGroupsReport, ResponseGroupsState } from './responseGroupsState.js';
import { ESTIMATED, GROWN, TESTED } from './splitParts.js';
import { leavesOf } from './walkGroups.js';
import { warningsOf } from './groupWarnings.js';

/** The rows that count, by part. */
export interface GroupRows {
  readonly parts: Uint8Array;
  readonly weights: Float64Array;
  readonly labels: Uint8Array;
  readonly times: Float64Array | null;
}

/** What was read of the target and asked of the features. */
interface GroupNames {
  readonly target: string;
  readonly positive: TargetValue;
  readonly features: readonly string[];
}

/** From leaves to groups: counted in every part, tried on the estimating part, merged, named, estimated and tested. */
export function settleGroups(read: GroupInputs, grown: GrownGroups, rows: GroupRows, names: GroupNames, settings: GroupSettings): ResponseGroupsState {
  const { nodes } = grown;
  const leaves = [...nodes.feature.keys()].filter((node) => nodes.feature[node]! < 0);
  const cells = countCells(leavesOf(read.inputs, nodes, read.columns), grown.pooled, leaves, rows.parts, rows.weights, rows.labels);
  const isCrossed = settings.method === 'crossed attributes';
  const isHonest = isCrossed || settings.shares[1] > 0;
  const by = isHonest ? ESTIMATED : GROWN;
  const evidence = cells.length < 2 || !isHonest ? null : isCrossed ? differenceTest(cells, by) : trendTest(cells, cells.map((cell) => rateOf(cell, GROWN)), by);
  const confirmed = evidence !== null && evidence.p <= 1 - settings.confidence;
  const all = joinCells(cells);
  const kept = isCrossed || !isHonest ? cells : confirmed ? mergeFlipped(cells) : [all];
  const words = wordsOf(kept, cells.length, grown, read, names.features);
  const { groups, order } = describeGroups(kept, words.map(({ word }) => word), all, by, settings);
  const report: Omit<ResponseGroupsReport, 'warnings'> = {
    method: settings.method,
    rowCount: rows.weights.length,
    weight: all.weights.reduce((sum, weight) => sum + weight, 0),
    rate: rateOf(all, by),
    grown: partOf(all, rows, GROWN),
    estimated: partOf(all, rows, ESTIMATED),
    tested: partOf(all, rows, TESTED),
    honest: isHonest,
    grownGroups: cells.length,
    evidence,
    confirmed,
    trend: trendOf(kept, by),
    confidence: settings.confidence,
  };
  const summary = { ...names, groups, report: { ...report, warnings: warningsOf(report, groups) }, terms: settings.terms };
  const placed = placeLeaves(nodes.feature.length, order.map((at) => kept[at]!), order.map((at) => words[at]!.ruleOf));
  const { feature, threshold, left, missingLeft, sets } = nodes;
  return { format: 'ResponseGroups', formatVersion: 1, inputs: read.inputs, nodes: { feature, threshold, left, missingLeft, sets, ...placed }, summary };
}

function trendOf(cells: readonly GroupCell[], by: number): GroupTrend | null {
  const known = cells.filter(({ weights }) => weights[by]! > 0);
  return known.length < 2 || !known.some(({ weights }) => weights[TESTED]! > 0) ? null : trendTest(known, known.map((cell) => rateOf(cell, by)), TESTED);
}

function wordsOf(kept: readonly GroupCell[], grownGroups: number, { nodes, pooled }: GrownGroups, { inputs }: GroupInputs, features: readonly string[]): { readonly word: GroupWords; readonly ruleOf: ReadonlyMap<number, number> }[] {
  const conditions = leafConditions(inputs, nodes);
  const nameOf = (leaves: readonly number[]): string => (pooled.has(leaves[0]!) ? `every other combination of ${features.join(', ')}` : joinRules(leaves, conditions, inputs).rules.map(({ text }) => text).join('; or '));
  return kept.map((cell) => {
    const isLeft = pooled.has(cell.leaves[0]!);
    const { rules, ruleOf } = isLeft ? { rules: [], ruleOf: new Map<number, number>() } : joinRules(cell.leaves, conditions, inputs);
    const mergedFrom = cell.from.length > 1 && grownGroups > 1 ? cell.from.map(nameOf) : [];
    return { word: { name: nameOf(cell.leaves), rules, mergedFrom }, ruleOf };
  });
}

function placeLeaves(count: number, cells: readonly GroupCell[], ruleOf: readonly ReadonlyMap<number, number>[]): { readonly group: readonly number[]; readonly rule: readonly number[] } {
  const group = new Array<number>(count).fill(-1);
  const rule = new Array<number>(count).fill(-1);
  cells.forEach(({ leaves }, number) => {
    for (const leaf of leaves) {
      group[leaf] = number;
      rule[leaf] = ruleOf[number]!.get(leaf) ?? -1;
    }
  });
  return { group, rule };
}

function partOf(all: GroupCell, { parts, times }: GroupRows, part: number): GroupPart {
  let [from, to] = [Infinity, -Infinity];
  for (let row = 0; times !== null && row < parts.length; row++) {
    if (parts[row] !== part) continue;
    from = Math.min(from, times[row]!);
    to = Math.max(to, times[row]!);
  }
  return { ...countsOf(all, part), from: from <= to ? from : null, to: from <= to ? to : null };
}

import type { BinnedFeature } from './binTable.js';
import { ALMOST, leafValue, reduction, type NodeSums, type SplitRules } from './splitRules.js';
import { GIVEN, scanBins, type Found, type Scan } from './splitScan.js';

/** How a node is divided. */
export interface Split {
  readonly feature: number;
  readonly gain: number;
  /** Of a number the last bin that goes left. */
  readonly bin: number;
  /** Whether missing numbers go left. */
  readonly missingLeft: boolean;
  /** Of a category the bins that go left; null for a number. */
  readonly left: readonly number[] | null;
  /** Sums over the rows that go left. */
  readonly gradient: number;
  readonly hessian: number;
  /** Whether both children are known to have rows enough. */
  readonly sure: boolean;
}

/** The rows of each bin of a feature in the node at hand, by weight. */
export type CountRows = (feature: number) => Float64Array;

/**
 * The best split of a node over the features allowed, or null where none gains. Rows are counted only for a feature that would win and whose
 * split may have too few of them; its best among those with enough is then sought anew.
 */
export function findSplit(features: readonly BinnedFeature[], allowed: readonly number[], histogram: Float64Array, node: NodeSums, rules: SplitRules, countRows: CountRows): Split | null {
  const parent = reduction(node.gradient, leafValue(node.gradient, node.hessian, rules, node), rules);
  const given = new Float64Array(GIVEN);
  const splitOf = (feature: number, masses: Float64Array | null): Split | null => {
    const binned = features[feature]!;
    const scan = { pairs: histogram, start: 2 * binned.offset, node, parent, rules, direction: binned.direction, masses, given };
    return binned.edges === null ? splitCategory(scan, feature, binned) : splitNumber(scan, feature, binned);
  };
  const splits = allowed.map((feature) => splitOf(feature, null));
  for (;;) {
    let best: Split | null = null;
    for (const split of splits) if (split !== null && (best === null || split.gain > best.gain * (1 + 1e-9))) best = split;
    if (best === null || best.sure) return best;
    splits[splits.indexOf(best)] = splitOf(best.feature, countRows(best.feature));
  }
}

function nothingYet({ rules }: Scan): Found {
  return { gain: rules.minGain, at: -1, step: 0, gradient: 0, hessian: 0, sure: false };
}

/** Missing numbers go right in the walk from the left, and left in the walk from the right. */
function splitNumber(scan: Scan, feature: number, { bins, missingBin }: BinnedFeature): Split | null {
  const found = nothingYet(scan);
  scanBins(scan, 0, missingBin < 0 ? bins - 1 : bins, 1, true, found);
  if (missingBin >= 0) scanBins(scan, bins - 1, bins - 1, -1, false, found);
  const { at, gradient, hessian, step } = found;
  if (at < 0) return null;
  if (step > 0) return toSplit(found, feature, at, false, null, gradient, hessian);
  return toSplit(found, feature, at - 1, true, null, scan.node.gradient - gradient, scan.node.hessian - hessian);
}

/**
 * Levels in the order of their value, the best first so many of either end against the rest (Fisher, 1958, "On grouping for maximum
 * homogeneity"; as in LightGBM and scikit-learn). Levels with little support stay in the larger part, the right one.
 */
function splitCategory(scan: Scan, feature: number, { bins }: BinnedFeature): Split | null {
  const { pairs, start, node, rules, masses } = scan;
  const smoothing = rules.categorySmoothing;
  const values = new Float64Array(bins);
  const used: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const hessian = pairs[start + 2 * bin + 1]!;
    if (!((hessian * node.weight) / node.hessian >= Math.max(smoothing * ALMOST, 1e-6))) continue;
    // In single precision, so that rounding does not order equal levels.
    values[bin] = Math.fround(pairs[start + 2 * bin]! / (hessian + smoothing));
    used.push(bin);
  }
  used.sort((a, b) => values[a]! - values[b]! || a - b);
  const ordered = {
    ...scan,
    start: 0,
    pairs: Float64Array.from(used.flatMap((bin) => [pairs[start + 2 * bin]!, pairs[start + 2 * bin + 1]!])),
    masses: masses && Float64Array.from(used, (bin) => masses[bin]!),
  };
  const found = nothingYet(scan);
  const half = (used.length + 1) >> 1;
  scanBins(ordered, 0, Math.max(0, Math.min(half, used.length - 1)), 1, true, found);
  scanBins(ordered, used.length - 1, Math.max(0, half - 1), -1, true, found);
  if (found.at < 0) return null;
  const left = found.step > 0 ? used.slice(0, found.at + 1) : used.slice(found.at);
  return toSplit(found, feature, -1, false, left, found.gradient, found.hessian);
}

// Name by name: spreading an object costs as much as scanning a feature.
function toSplit({ gain, sure }: Found, feature: number, bin: number, missingLeft: boolean, left: readonly number[] | null, gradient: number, hessian: number): Split {
  return { feature, gain, bin, missingLeft, left, gradient, hessian, sure };
}

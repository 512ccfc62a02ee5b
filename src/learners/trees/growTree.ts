import type { BinTable } from './binTable.js';
import { buildHistogram } from './buildHistogram.js';
import { findSplit, type Split } from './findSplit.js';
import { countBins, partitionRows } from './partitionRows.js';
import { ALMOST, leafValue, type NodeSums, type SplitRules } from './splitRules.js';

/** A node of a tree that grows, with the stretch of rows it holds. */
export interface GrownNode extends NodeSums {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Before the learning rate. */
  value: number;
  /** How the node is divided; null for a leaf. */
  split: Split | null;
  /** Position of the left child, the right one after it; 0 for a leaf. */
  left: number;
  /** Whether missing numbers go left; where the node had none, whether the left child is the larger. */
  missingLeft: boolean;
}

/** A node that may be divided yet. */
interface Open {
  readonly at: number;
  readonly split: Split;
  readonly histogram: Float64Array;
}

/** What a tree is grown from. */
export interface Growth {
  readonly table: BinTable;
  readonly weights: Float64Array | null;
  readonly rules: SplitRules;
  /** The features that may divide the next node. */
  readonly allowed: () => readonly number[];
  /** Histograms that are free. */
  readonly pool: Float64Array[];
}

/**
 * The nodes of one tree over the first `rowCount` rows of the table's memory by the gradients there, the root first. The tree grows leaf by
 * leaf: always the node whose split gains most, until there are leaves enough. The histogram of the smaller child is built, that of the
 * larger is what remains of the parent's.
 */
export function growTree(growth: Growth, rowCount: number): GrownNode[] {
  const { table, weights, rules, pool } = growth;
  const histogram = built(growth, 0, rowCount);
  const sums = { gradient: 0, hessian: 0, weight: weights === null ? rowCount : 0 };
  // Any feature's bins add up to the whole.
  for (let i = 0, end = 2 * (table.features[1]?.offset ?? table.slots); i < end; i += 2) {
    sums.gradient += histogram[i]!;
    sums.hessian += histogram[i + 1]!;
  }
  if (weights !== null) for (let i = 0; i < rowCount; i++) sums.weight += weights[table.memory.rows[i]!]!;
  const bounds = { lower: -Infinity, upper: Infinity };
  const nodes: GrownNode[] = [{ ...sums, ...bounds, start: 0, end: rowCount, depth: 0, value: leafValue(sums.gradient, sums.hessian, rules, bounds), split: null, left: 0, missingLeft: false }];
  const open: Open[] = [];
  seek(growth, nodes, 0, histogram, open);
  for (let leaves = 1; open.length > 0; leaves++) {
    if (leaves >= rules.maxLeaves) {
      for (const rest of open) pool.push(rest.histogram);
      break;
    }
    const next = takeBest(open);
    divide(growth, nodes, next);
    if (leaves + 1 < rules.maxLeaves) openChildren(growth, nodes, next, open);
    else pool.push(next.histogram);
  }
  return nodes;
}

function built({ table, pool }: Growth, start: number, end: number): Float64Array {
  const histogram = pool.pop() ?? new Float64Array(2 * table.slots);
  buildHistogram(table, start, end, histogram);
  return histogram;
}

function isDivisible({ depth, start, end, weight }: GrownNode, { maxDepth, maxLeaves, minLeafRows }: SplitRules): boolean {
  return depth < maxDepth && maxLeaves > 1 && end - start > 1 && weight >= 2 * minLeafRows * ALMOST;
}

/** Puts the node among those that may be divided if a split gains; otherwise its histogram is free again. */
function seek({ table, weights, rules, allowed, pool }: Growth, nodes: readonly GrownNode[], at: number, histogram: Float64Array, open: Open[]): void {
  const node = nodes[at]!;
  const countRows = (feature: number): Float64Array => countBins(table, feature, node.start, node.end, weights);
  const split = isDivisible(node, rules) ? findSplit(table.features, allowed(), histogram, node, rules, countRows) : null;
  if (split === null) pool.push(histogram);
  else open.push({ at, split, histogram });
}

/** Removes the node of largest gain; gains that differ by rounding only count as equal, and the node that came first wins. */
function takeBest(open: Open[]): Open {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (Math.fround(open[i]!.split.gain) > Math.fround(open[best]!.split.gain)) best = i;
  return open.splice(best, 1)[0]!;
}

function divide({ table, weights, rules }: Growth, nodes: GrownNode[], { at, split }: Open): void {
  const node = nodes[at]!;
  const { gradient, hessian } = split;
  const { middle, weight, missing } = partitionRows(table, split, node.start, node.end, weights);
  const sides = [
    { gradient, hessian, weight, start: node.start, end: middle },
    { gradient: node.gradient - gradient, hessian: node.hessian - hessian, weight: node.weight - weight, start: middle, end: node.end },
  ];
  const values = sides.map((side) => {
    const share = side.weight / (side.weight + rules.pathSmoothing);
    return leafValue(side.gradient, side.hessian, rules, node) * share + node.value * (1 - share);
  });
  const between = (values[0]! + values[1]!) / 2;
  node.split = split;
  node.left = nodes.length;
  node.missingLeft = missing > 0 ? split.missingLeft : weight > node.weight - weight;
  sides.forEach((side, right) => {
    // The middle of both bounds the side that may not fall from below, and the other from above.
    const bound = table.features[split.feature]!.direction * (2 * right - 1);
    const lower = bound > 0 ? between : node.lower;
    const upper = bound < 0 ? between : node.upper;
    nodes.push({ ...side, lower, upper, depth: node.depth + 1, value: Math.max(lower, Math.min(upper, values[right]!)), split: null, left: 0, missingLeft: false });
  });
}

/** Histograms and splits of the two children of a node just divided, the left one first: of equal nodes it is then divided first. */
function openChildren(growth: Growth, nodes: readonly GrownNode[], { at, histogram }: Open, open: Open[]): void {
  const first = nodes[at]!.left;
  const [left, right] = [nodes[first]!, nodes[first + 1]!];
  if (!isDivisible(left, growth.rules) && !isDivisible(right, growth.rules)) {
    growth.pool.push(histogram);
    return;
  }
  const small = left.end - left.start < right.end - right.start ? left : right;
  const part = built(growth, small.start, small.end);
  for (let i = 0; i < histogram.length; i++) histogram[i]! -= part[i]!;
  seek(growth, nodes, first, small === left ? part : histogram, open);
  seek(growth, nodes, first + 1, small === left ? histogram : part, open);
}

import { sortedOrder } from '../../numeric/sorting.js';
import { splitLevels, splitNumbers, type ColumnSplit } from './splitColumn.js';
import type { TreeNodes } from './treeNodes.js';
import type { TreeSample } from './treeSample.js';

/** When a node is not divided any more. */
export interface GrowthLimits {
  readonly maxDepth: number;
  readonly maxLeaves: number;
  readonly minLeafRows: number;
  readonly minSplitRows: number;
}

/** A tree that was grown, before pruning. */
export interface GrownTree {
  readonly nodes: Omit<TreeNodes, 'roots' | 'value'>;
  /** The amounts of each node by slot, node after node. */
  readonly sums: readonly number[];
  /** The summed impurity of each node: squared error, or Gini times weight. */
  readonly impurities: readonly number[];
}

interface OpenNode {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly feature: number;
  readonly split: ColumnSplit;
}

/** Grows the tree that gains most with every split, the best open node first. O(features * rows * (log rows + depth)). */
export function growDecisionTree(sample: TreeSample, limits: GrowthLimits): GrownTree {
  const grower = new TreeGrower(sample, limits);
  return grower.grow();
}

class TreeGrower {
  readonly #sample: TreeSample;
  readonly #limits: GrowthLimits;
  /** The rows in the order of each column of numbers; of categories in that of the rows, shared. Every node is a stretch of them all. */
  readonly #orders: readonly Int32Array[];
  readonly #scratch: Int32Array;
  readonly #goesLeft: Uint8Array;
  readonly #open: OpenNode[] = [];
  readonly #sums: number[] = [];
  readonly #impurities: number[] = [];
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #cover: number[] = [];
  readonly #gain: number[] = [];
  readonly #sets: (readonly number[])[] = [];

  constructor(sample: TreeSample, limits: GrowthLimits) {
    this.#sample = sample;
    this.#limits = limits;
    const rowCount = sample.weights.length;
    const natural = Int32Array.from(sample.weights.keys());
    this.#orders = sample.inputs.map((input, j) => ('levels' in input ? natural : new Int32Array(sortedOrder(sample.columns[j]!))));
    this.#scratch = new Int32Array(rowCount);
    this.#goesLeft = new Uint8Array(rowCount);
  }

  grow(): GrownTree {
    this.#add(0, this.#sample.weights.length, 0);
    for (let leaves = 1; leaves < this.#limits.maxLeaves && this.#open.length > 0; leaves++) {
      let best = 0;
      if (this.#limits.maxLeaves < Infinity) this.#open.forEach(({ split }, at) => (best = split.gain > this.#open[best]!.split.gain ? at : best));
      this.#divide(this.#open.splice(best, 1)[0]!);
    }
    const nodes = {
      feature: this.#feature, threshold: this.#threshold, left: this.#left, missingLeft: this.#missingLeft,
      cover: this.#cover, gain: this.#gain, sets: this.#sets,
    };
    return { nodes, sums: this.#sums, impurities: this.#impurities };
  }

  #add(from: number, to: number, depth: number): void {
    const { weights, slots, amounts, slotCount, scale } = this.#sample;
    const order = this.#orders[0]!;
    const sums = new Float64Array(slotCount);
    let weight = 0;
    let squares = 0;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      weight += weights[row]!;
      sums[slots?.[row] ?? 0]! += amounts[row]!;
      // weight for classes, weight * y^2 for numbers.
      squares += amounts[row]! ** 2 / weights[row]!;
    }
    this.#impurities.push(scale * Math.max(0, squares - sums.reduce((total, sum) => total + sum * sum, 0) / weight));
    const node = this.#feature.push(-1) - 1;
    for (const list of [this.#threshold, this.#left, this.#missingLeft, this.#gain]) list.push(0);
    this.#cover.push(weight);
    for (const sum of sums) this.#sums.push(sum);
    if (depth >= this.#limits.maxDepth || weight < this.#limits.minSplitRows) return;
    this.#seek(node, from, to, depth, weight, sums);
  }

  // The best split of a node over all columns; of equal ones that of the earlier column.
  #seek(node: number, from: number, to: number, depth: number, weight: number, sums: Float64Array): void {
    const { inputs, columns } = this.#sample;
    const least = this.#limits.minLeafRows;
    // What is less than rounding beside the sums is no gain.
    let most = 1e-12 * this.#impurities[0]!;
    const found: OpenNode[] = [];
    inputs.forEach((input, feature) => {
      const rows = { order: this.#orders[feature]!, from, to, weight, sums };
      const split = 'levels' in input ? splitLevels(this.#sample, columns[feature]!, rows, input.levels.length, least) : splitNumbers(this.#sample, columns[feature]!, rows, least);
      if (split === null || split.gain <= most) return;
      most = split.gain * (1 + 1e-12);
      found.push({ node, from, to, depth, feature, split });
    });
    if (found.length > 0) this.#open.push(found.at(-1)!);
  }

  #divide({ node, from, to, depth, feature, split }: OpenNode): void {
    this.#feature[node] = feature;
    this.#gain[node] = split.gain;
    this.#threshold[node] = split.left === null ? split.threshold : this.#sets.push(split.left) - 1;
    this.#left[node] = this.#feature.length;
    const middle = this.#partition(from, to, feature, split);
    this.#add(from, middle, depth + 1);
    this.#add(middle, to, depth + 1);
    // Where no value was missing here, a missing one goes with the more rows.
    const child = this.#left[node];
    const column = this.#sample.columns[feature]!;
    const order = this.#orders[feature]!;
    const hasMissing = [middle - 1, to - 1].some((at) => column[order[at]!] !== column[order[at]!]);
    this.#missingLeft[node] = hasMissing ? split.missingLeft : Number(this.#cover[child]! >= this.#cover[child + 1]!);
  }

  // Every order keeps its order on both sides.
  #partition(from: number, to: number, feature: number, split: ColumnSplit): number {
    const goesLeft = this.#goesLeft;
    const column = this.#sample.columns[feature]!;
    const order = this.#orders[feature]!;
    const table = split.left === null ? null : new Set(split.left);
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const x = column[row]!;
      goesLeft[row] = table !== null ? Number(table.has(x)) : x === x ? Number(x <= split.threshold) : split.missingLeft;
    }
    let middle = from;
    for (const list of new Set(this.#orders)) middle = partition(list, from, to, goesLeft, this.#scratch);
    return middle;
  }
}

function partition(list: Int32Array, from: number, to: number, goesLeft: Uint8Array, scratch: Int32Array): number {
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = list[i]!;
    const turn = goesLeft[row]!;
    list[left] = row;
    scratch[right] = row;
    left += turn;
    right += 1 - turn;
  }
  list.set(scratch.subarray(0, right), left);
  return left;
}

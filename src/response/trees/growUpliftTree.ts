import { buildHistogram } from '../../learners/trees/buildHistogram.js';
import { partitionRows } from '../../learners/trees/partitionRows.js';
import { criterionCode } from './upliftCriteria.js';
import { SplitSearch } from './findUpliftSplit.js';
import { splitP } from './splitP.js';
import type { UpliftSample } from './upliftSample.js';
import type { UpliftSplit } from './upliftSplit.js';
import type { UpliftRules } from './upliftTreeOptions.js';

/** A node of a tree of uplift with the stretches of rows it holds. */
export interface UpliftNode {
  /** Where the rows of each group begin, in `memory.rows`; then where the last ones end. */
  readonly bounds: Int32Array;
  /** Pairs of sums of outcome and weight, one a group of those with outcomes. */
  readonly sums: Float64Array;
  /** Its rows by weight, grown and estimated on. */
  readonly weight: number;
  readonly depth: number;
  split: UpliftSplit | null;
  /** Position of the left child, the right one after it; 0 for a leaf. */
  left: number;
}

interface Open {
  readonly at: number;
  readonly split: UpliftSplit;
  readonly histogram: Float64Array;
  /** Gain times rows: what the whole tree gains. */
  readonly worth: number;
}

/**
 * Grows trees of uplift over one sample, one after another.
 *
 * The rows of a tree stand group by group: those of each arm to grow on, control first; where honest those of each arm to estimate on; and perhaps others that only
 * go along. Dividing rows keeps their order, so every node is a stretch of rows in which each group is one again: the histogram of an arm is one pass over
 * its stretch. That of the smaller child is built, that of the larger is what remains of the parent's.
 */
export class UpliftTreeGrower {
  readonly #sample: UpliftSample;
  readonly #rules: UpliftRules;
  readonly #groupCount: number;
  readonly #groupOf: Uint8Array;
  readonly #search: SplitSearch;
  readonly #pool: Float64Array[] = [];
  readonly #allowed: () => readonly number[];
  readonly #onNode: (bounds: Int32Array) => void;
  #nodes: UpliftNode[] = [];
  #open: Open[] = [];

  /** `allowed` are the features that may divide the next node; `onNode` sees where the groups of each new node stand, before its rows are divided in turn. */
  constructor(sample: UpliftSample, rules: UpliftRules, allowed: () => readonly number[], onNode: (bounds: Int32Array) => void = () => undefined) {
    const { table, armCount } = sample;
    this.#sample = sample;
    this.#rules = rules;
    this.#allowed = allowed;
    this.#onNode = onNode;
    this.#groupCount = armCount * (rules.honest ? 2 : 1);
    this.#groupOf = new Uint8Array(table.rowCount);
    this.#search = new SplitSearch(table.features, table.slots, armCount, this.#groupCount, {
      criterion: criterionCode(rules), normalise: rules.normalise, minArmSize: rules.minArmSize, leastGain: sample.leastGain,
    });
  }

  /** The nodes of a tree, the root first; `groups` in the order said above. */
  grow(groups: readonly Int32Array[]): readonly UpliftNode[] {
    const { rows } = this.#sample.table.memory;
    const bounds = new Int32Array(groups.length + 1);
    groups.forEach((group, place) => {
      rows.set(group, bounds[place]);
      bounds[place + 1] = bounds[place]! + group.length;
      for (let i = 0; i < group.length; i++) this.#groupOf[group[i]!] = place;
    });
    this.#nodes = [];
    this.#open = [];
    const histogram = this.#built(bounds);
    this.#add(bounds, this.#totals(histogram), 0);
    this.#seek(0, histogram);
    for (let leaves = 1; leaves < this.#rules.maxLeaves && this.#open.length > 0; leaves++) this.#divide(this.#takeNext());
    for (const { histogram: rest } of this.#open) this.#pool.push(rest);
    return this.#nodes;
  }

  #built(bounds: Int32Array): Float64Array {
    const { table } = this.#sample;
    const stride = 2 * table.slots;
    const histogram = this.#pool.pop() ?? new Float64Array(stride * this.#groupCount);
    for (let group = 0; group < this.#groupCount; group++) {
      buildHistogram(table, bounds[group]!, bounds[group + 1]!, histogram.subarray(group * stride, (group + 1) * stride));
    }
    return histogram;
  }

  /** Any feature's bins add up to the whole. */
  #totals(histogram: Float64Array): Float64Array {
    const { features, slots } = this.#sample.table;
    const sums = new Float64Array(2 * this.#groupCount);
    const end = features[1]?.offset ?? slots;
    for (let group = 0; group < this.#groupCount; group++) {
      for (let slot = 0; slot < end; slot++) {
        sums[2 * group]! += histogram[2 * (group * slots + slot)]!;
        sums[2 * group + 1]! += histogram[2 * (group * slots + slot) + 1]!;
      }
    }
    return sums;
  }

  #add(bounds: Int32Array, sums: Float64Array, depth: number): void {
    let weight = 0;
    for (let at = 1; at < sums.length; at += 2) weight += sums[at]!;
    this.#nodes.push({ bounds, sums, weight, depth, split: null, left: 0 });
    this.#onNode(bounds);
  }

  #isDivisible({ depth, sums }: UpliftNode): boolean {
    if (depth >= this.#rules.maxDepth) return false;
    for (let at = 1; at < sums.length; at += 2) if (sums[at]! < 2 * this.#rules.minArmSize * (1 - 1e-9)) return false;
    return true;
  }

  /** Finds the node's split, or gives its histogram back. */
  #seek(at: number, histogram: Float64Array): void {
    const node = this.#nodes[at]!;
    const split = this.#isDivisible(node) ? this.#search.find(histogram, node.sums, this.#allowed()) : null;
    const { significance } = this.#rules;
    if (split === null || (significance < 1 && splitP(this.#sample, split, this.#parts(node, split)) > significance)) this.#pool.push(histogram);
    else this.#open.push({ at, split, histogram, worth: split.gain * node.weight });
  }

  /** Puts the rows of the left side before those of the right; gives where the groups of both stand. */
  #parts({ bounds }: UpliftNode, split: UpliftSplit): readonly [Int32Array, Int32Array] {
    const [from, to] = [bounds[0]!, bounds.at(-1)!];
    const { middle } = partitionRows(this.#sample.table, split, from, to, null);
    return [this.#boundsOf(from, middle, bounds.length), this.#boundsOf(middle, to, bounds.length)];
  }

  /** Where each group begins in a stretch of rows. */
  #boundsOf(from: number, to: number, count: number): Int32Array {
    const { rows } = this.#sample.table.memory;
    const bounds = new Int32Array(count).fill(to);
    let low = from;
    for (let group = 0; group < count - 1; group++) {
      bounds[group] = low;
      let high = to;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.#groupOf[rows[middle]!]! <= group) low = middle + 1;
        else high = middle;
      }
    }
    return bounds;
  }

  // With a limit of leaves the worthiest first; without, in any order, so the last: few histograms wait then.
  #takeNext(): Open {
    const open = this.#open;
    if (this.#rules.maxLeaves === Infinity) return open.pop()!;
    let best = 0;
    for (let i = 1; i < open.length; i++) if (open[i]!.worth > open[best]!.worth * (1 + 1e-9)) best = i;
    return open.splice(best, 1)[0]!;
  }

  #divide({ at, split, histogram }: Open): void {
    const nodes = this.#nodes;
    const node = nodes[at]!;
    const [leftBounds, rightBounds] = this.#parts(node, split);
    node.split = split;
    node.left = nodes.length;
    this.#add(leftBounds, split.sums, node.depth + 1);
    this.#add(rightBounds, node.sums.map((sum, i) => sum - split.sums[i]!), node.depth + 1);
    const [left, right] = [nodes[node.left]!, nodes[node.left + 1]!];
    if (!this.#isDivisible(left) && !this.#isDivisible(right)) {
      this.#pool.push(histogram);
      return;
    }
    const isLeftSmall = leftBounds.at(-1)! - leftBounds[0]! < rightBounds.at(-1)! - rightBounds[0]!;
    const part = this.#built(isLeftSmall ? leftBounds : rightBounds);
    for (let i = 0; i < histogram.length; i++) histogram[i]! -= part[i]!;
    // The right one first: without a limit of leaves the last is taken next.
    this.#seek(node.left + 1, isLeftSmall ? histogram : part);
    this.#seek(node.left, isLeftSmall ? part : histogram);
  }
}

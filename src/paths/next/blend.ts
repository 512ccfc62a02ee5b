import { findFollower, type ContextTree } from './contextTree.js';

/** How the orders are put together, as plain JSON. */
export interface BlendState {
  /** Per order, what is taken off each number of contexts, then off each count. */
  readonly discounts: readonly number[];
  /** Per order, twice 210 kinds of context: how far the continuations, then the counts, are believed. */
  readonly weights: readonly number[];
  /** The share of predictions that comes from the journey's own items. */
  readonly ownShare: number;
  /** The factor of an item that was in the last step, in the one before, or earlier. */
  readonly repeatFactors: readonly number[];
}

/** Kinds of context: ten sizes, seven shares of different items, three relations to the context one shorter. */
export const BUCKETS = 210;

/** The kind of a context seen `total` times with `distinct` items after it, where the context one shorter was seen `shorter` times. */
export function bucketOf(total: number, distinct: number, shorter: number): number {
  const size = Math.max(0, Math.min(9, Math.floor(Math.log2(total))));
  const ratio = distinct / total;
  const variety = ratio > 0.5 ? (ratio > 0.9 ? 0 : ratio > 0.7 ? 1 : 2) : ratio > 0.15 ? (ratio > 0.3 ? 3 : 4) : ratio > 0.05 ? 5 : 6;
  return (size * 7 + variety) * 3 + (total === shorter ? 0 : total * 4 > shorter ? 1 : 2);
}

/** The tree with what is left of counts and of contexts after the discounts. */
export interface DiscountedTree extends ContextTree {
  readonly discounts: readonly number[];
  readonly leftOfCounts: Float64Array;
  readonly leftOfContexts: Float64Array;
}

/** Takes the discounts off: sums per context of what is left. */
export function discountedTree(tree: ContextTree, discounts: readonly number[]): DiscountedTree {
  const leftOfCounts = new Float64Array(tree.totals.length);
  const leftOfContexts = new Float64Array(tree.totals.length);
  // Contexts stand by length: where the children of a level begin, the next level does.
  for (let order = 0, begin = 0, end = 1; begin < end; order++) {
    for (let v = begin; v < end; v++) {
      for (let f = tree.offsets[v]!; f < tree.offsets[v + 1]!; f++) {
        leftOfContexts[v]! += Math.max(0, tree.contexts[f]! - discounts[2 * order]!);
        leftOfCounts[v]! += Math.max(0, tree.counts[f]! - discounts[2 * order + 1]!);
      }
    }
    [begin, end] = [end, tree.childOffsets[end]!];
  }
  return { ...tree, discounts, leftOfCounts, leftOfContexts };
}

/**
 * What a context's counts are believed: learnt, and drawn a fifth of the way to PPM-C's n / (n + distinct) (Moffat, 1990), so that a journey's
 * next step may be a little unlike those the weights were learnt on.
 */
export function beliefInCounts(learnt: number, order: number, total: number, distinct: number): number {
  return order === 0 ? learnt : 0.8 * learnt + (0.2 * total) / (total + distinct);
}

/** One event taken out of the counts: leave-one-out. */
export interface TakenOut {
  readonly item: number;
  readonly weight: number;
}

/**
 * The components of an item's probability along a chain of contexts, shortest first, without the event taken out: five numbers each, the place of the weight,
 * order, total and distinct items of the context (-1 for its continuations), the share of the item.
 */
export function components(tree: DiscountedTree, chain: Int32Array, found: number, item: number, out: TakenOut, minCount: number): number[] {
  const parts: number[] = [];
  let shorter = Infinity;
  for (let order = 0; order < found; order++) {
    const node = chain[order]!;
    const total = tree.totals[node]! - out.weight;
    if (total <= 0 || (order > 0 && total < minCount)) break;
    const own = findFollower(tree, node, out.item);
    const longer = order + 1 < found ? findFollower(tree, chain[order + 1]!, out.item) : -1;
    const at = item === out.item ? own : findFollower(tree, node, item);
    const distinct = tree.offsets[node + 1]! - tree.offsets[node]! - (own >= 0 && tree.counts[own]! <= out.weight ? 1 : 0);
    const place = 2 * order * BUCKETS + bucketOf(total, distinct, shorter);
    const shareOf = (values: Float64Array, left: number, discount: number, less: number): number => {
      const before = own < 0 ? 0 : Math.max(0, values[own]! - discount);
      const after = own < 0 ? 0 : Math.max(0, values[own]! - less - discount);
      const mass = left - before + after;
      return mass > 1e-9 ? (at === own ? after : at < 0 ? 0 : Math.max(0, values[at]! - discount)) / mass : -1;
    };
    const goneContext = longer >= 0 && tree.counts[longer]! <= out.weight ? 1 : 0;
    const ofContexts = shareOf(tree.contexts, tree.leftOfContexts[node]!, tree.discounts[2 * order]!, goneContext);
    if (ofContexts >= 0) parts.push(place, 0, 0, 0, ofContexts);
    const ofCounts = shareOf(tree.counts, tree.leftOfCounts[node]!, tree.discounts[2 * order + 1]!, out.weight);
    if (ofCounts >= 0) parts.push(place + BUCKETS, order, total, distinct, ofCounts);
    shorter = total;
  }
  return parts;
}

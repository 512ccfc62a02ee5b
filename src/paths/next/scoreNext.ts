import { beliefInCounts, BUCKETS, bucketOf, type BlendState, type DiscountedTree } from './blend.js';
import { findContexts } from './contextTree.js';
import type { SymbolJourneys } from './stepSymbols.js';

/** Scores what comes next, history after history, in buffers of its own. */
export class NextScorer {
  /** Per item, its probability times what `score` gave. */
  readonly scores: Float64Array;
  readonly #tree: DiscountedTree;
  readonly #blend: BlendState;
  readonly #isTakenOnce: Uint8Array;
  readonly #chain: Int32Array;
  readonly #beliefs: Float64Array;
  readonly #base: Float64Array;
  readonly #seen: Int32Array;
  #call = 0;

  constructor(tree: DiscountedTree, blend: BlendState, isTakenOnce: Uint8Array) {
    const count = isTakenOnce.length;
    this.scores = new Float64Array(count);
    this.#tree = tree;
    this.#blend = blend;
    this.#isTakenOnce = isTakenOnce;
    this.#chain = new Int32Array(blend.discounts.length / 2);
    this.#beliefs = new Float64Array(blend.discounts.length);
    this.#seen = new Int32Array(count);
    // What the empty context says is the same for everybody.
    this.#base = new Float64Array(count);
    this.#base.fill(this.#believe(0, 0, 1) / count);
    this.#add(this.#base, 0);
  }

  /** Scores all items after the steps from `begin` to `end`; the scores sum to what comes back: 0 where everything is owned. */
  score({ symbols, itemOffsets, items }: Pick<SymbolJourneys, 'symbols' | 'itemOffsets' | 'items'>, begin: number, end: number): number {
    const { scores } = this;
    const { ownShare, repeatFactors } = this.#blend;
    const base = this.#base;
    const found = findContexts(this.#tree, symbols, begin, end, this.#chain);
    const own = end > begin ? ownShare : 0;
    const left = this.#believe(found - 1, 1, 1 - own);
    for (let i = 0; i < scores.length; i++) scores[i] = left * base[i]!;
    for (let order = 1; order < found; order++) this.#add(scores, order);
    const [first, last] = [itemOffsets[begin]!, itemOffsets[end]!];
    for (let i = first; i < last; i++) if (items[i]! >= 0) scores[items[i]!]! += own / (last - first);
    let sum = 1;
    const call = ++this.#call;
    for (let s = end - 1; s >= begin; s--) {
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) {
        const item = items[i]!;
        if (item < 0) {
          sum -= own / (last - first);
          continue;
        }
        if (this.#seen[item] === call) continue;
        this.#seen[item] = call;
        const factor = this.#isTakenOnce[item] === 1 ? 0 : repeatFactors[Math.min(2, end - 1 - s)]!;
        sum -= (1 - factor) * scores[item]!;
        scores[item]! *= factor;
      }
    }
    return sum > 1e-12 ? sum : 0;
  }

  /** How far the orders from `longest` down to `shortest` are believed; gives what is left of `left`. */
  #believe(longest: number, shortest: number, left: number): number {
    const tree = this.#tree;
    for (let order = longest; order >= shortest; order--) {
      const node = this.#chain[order]!;
      const total = tree.totals[node]!;
      const distinct = tree.offsets[node + 1]! - tree.offsets[node]!;
      const place = 2 * order * BUCKETS + bucketOf(total, distinct, order === 0 ? Infinity : tree.totals[this.#chain[order - 1]!]!);
      const counts = tree.leftOfCounts[node]! > 1e-9 ? beliefInCounts(this.#blend.weights[place + BUCKETS]!, order, total, distinct) : 0;
      const contexts = tree.leftOfContexts[node]! > 1e-9 ? this.#blend.weights[place]! : 0;
      this.#beliefs[2 * order + 1] = left * counts;
      this.#beliefs[2 * order] = left * (1 - counts) * contexts;
      left *= (1 - counts) * (1 - contexts);
    }
    return left;
  }

  #add(scores: Float64Array, order: number): void {
    const { offsets, items, counts, contexts, leftOfCounts, leftOfContexts, discounts } = this.#tree;
    const node = this.#chain[order]!;
    const ofContexts = this.#beliefs[2 * order]! > 0 ? this.#beliefs[2 * order]! / leftOfContexts[node]! : 0;
    const ofCounts = this.#beliefs[2 * order + 1]! > 0 ? this.#beliefs[2 * order + 1]! / leftOfCounts[node]! : 0;
    const [lessContexts, lessCounts] = [discounts[2 * order]!, discounts[2 * order + 1]!];
    for (let f = offsets[node]!; f < offsets[node + 1]!; f++) {
      scores[items[f]!]! += ofContexts * Math.max(0, contexts[f]! - lessContexts) + ofCounts * Math.max(0, counts[f]! - lessCounts);
    }
  }
}

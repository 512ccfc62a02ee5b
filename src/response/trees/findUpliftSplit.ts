import type { BinnedFeature } from '../../learners/trees/binTable.js';
import { splitGain, splitNorm } from './upliftCriteria.js';
import type { SplitSearchRules, UpliftSplit } from './upliftSplit.js';

// Rows of each arm that draw the uplift of a level to that of the node, so that a few rows do not put it first.
const SMOOTHING = 10;
// A gain must beat the one before by more than rounding: of equal splits the first wins, whatever the order of the rows.
const MORE = 1.000000001;
const ALMOST = 0.999999999;

/**
 * The best way to divide a node. Its histogram has a stretch of pairs (weight * outcome, weight), one a bin of all features, for each group of rows: those of each
 * arm that are grown on, control first, then perhaps those of each arm that are only estimated on; of these, weights are looked at and outcomes never.
 */
export class SplitSearch {
  readonly #features: readonly BinnedFeature[];
  readonly #armCount: number;
  readonly #groupCount: number;
  readonly #stride: number;
  readonly #rules: SplitSearchRules;
  readonly #left: Float64Array;
  readonly #order = new Int32Array(257);
  readonly #found: { gain: number; at: number; cuts: number; lowest: number; highest: number } = { gain: 0, at: -1, cuts: 0, lowest: 1, highest: 0 };

  constructor(features: readonly BinnedFeature[], slots: number, armCount: number, groupCount: number, rules: SplitSearchRules) {
    this.#features = features;
    this.#armCount = armCount;
    this.#groupCount = groupCount;
    this.#stride = 2 * slots;
    this.#rules = rules;
    this.#left = new Float64Array(2 * groupCount);
  }

  /** The best split among the features allowed; null where none gains. */
  find(histogram: Float64Array, sums: Float64Array, allowed: readonly number[]): UpliftSplit | null {
    let best: UpliftSplit | null = null;
    for (const feature of allowed) {
      const binned = this.#features[feature]!;
      const split = binned.edges === null ? this.#category(histogram, sums, feature, binned) : this.#number(histogram, sums, feature, binned);
      if (split !== null && (best === null || split.gain > best.gain * MORE)) best = split;
    }
    return best;
  }

  /** Missing numbers go right in the first walk, and left in the second. */
  #number(histogram: Float64Array, sums: Float64Array, feature: number, { bins, missingBin, offset }: BinnedFeature): UpliftSplit | null {
    const order = this.#order;
    const missing = missingBin >= 0 && this.#rowsOf(histogram, offset + missingBin) > 0;
    this.#begin();
    for (let bin = 0; bin < bins; bin++) order[bin] = bin;
    this.#walk(histogram, sums, offset, missing ? bins : bins - 1, 0);
    let at = this.#found.at;
    let missingLeft = false;
    if (missing) {
      order.copyWithin(1, 0, bins);
      order[0] = missingBin;
      this.#found.at = -1;
      this.#walk(histogram, sums, offset, bins, 1);
      missingLeft = this.#found.at >= 0;
      at = missingLeft ? this.#found.at - 1 : at;
      if (!missingLeft) for (let bin = 0; bin < bins; bin++) order[bin] = bin;
    }
    if (at < 0) return null;
    const split = this.#toSplit(histogram, feature, offset, missingLeft ? at + 1 : at, at, missingLeft, false);
    return missing ? split : { ...split, missingLeft: 2 * rowsOf(split.sums) >= rowsOf(sums) };
  }

  /** Levels in the order of their uplift, of each treatment in turn; what has no rows stands where the node's own uplift is. */
  #category(histogram: Float64Array, sums: Float64Array, feature: number, { bins, offset }: BinnedFeature): UpliftSplit | null {
    const order = this.#order;
    this.#begin();
    let at = -1;
    let orders = Int32Array.of();
    for (let arm = 1; arm < this.#armCount; arm++) {
      const uplifts = new Float64Array(bins);
      for (let bin = 0; bin < bins; bin++) uplifts[bin] = Math.fround(this.#drawnMean(histogram, sums, offset + bin, arm) - this.#drawnMean(histogram, sums, offset + bin, 0));
      const levels = [...uplifts.keys()].sort((a, b) => uplifts[b]! - uplifts[a]! || a - b);
      order.set(levels);
      this.#found.at = -1;
      this.#walk(histogram, sums, offset, bins - 1, 0);
      if (this.#found.at < 0) continue;
      at = this.#found.at;
      orders = order.slice(0, bins);
    }
    if (at < 0) return null;
    order.set(orders);
    return this.#toSplit(histogram, feature, offset, at, -1, false, true);
  }

  #begin(): void {
    const found = this.#found;
    found.gain = this.#rules.leastGain;
    found.at = -1;
    found.cuts = 0;
    found.lowest = 1;
    found.highest = 0;
  }

  #rowsOf(histogram: Float64Array, slot: number): number {
    let rows = 0;
    for (let group = 0; group < this.#groupCount; group++) rows += histogram[group * this.#stride + 2 * slot + 1]!;
    return rows;
  }

  #drawnMean(histogram: Float64Array, sums: Float64Array, slot: number, arm: number): number {
    const at = arm * this.#stride + 2 * slot;
    return (histogram[at]! + (SMOOTHING * sums[2 * arm]!) / sums[2 * arm + 1]!) / (histogram[at + 1]! + SMOOTHING);
  }

  /** Moves the first `count` bins of the order to the left one by one, and keeps the best point to stop at from `first` on. */
  #walk(histogram: Float64Array, sums: Float64Array, offset: number, count: number, first: number): void {
    const { criterion, normalise, minArmSize } = this.#rules;
    const left = this.#left.fill(0);
    const order = this.#order;
    const found = this.#found;
    const stride = this.#stride;
    const groups = this.#groupCount;
    const arms = this.#armCount;
    const least = minArmSize * ALMOST;
    let toBeat = found.gain * (found.at < 0 && found.cuts === 0 ? 1 : MORE);
    for (let k = 0; k < count; k++) {
      const slot = 2 * (offset + order[k]!);
      let fewest = Infinity;
      let fewestRight = Infinity;
      let added = 0;
      for (let group = 0, at = slot; group < groups; group++, at += stride) {
        const rows = histogram[at + 1]!;
        added += rows;
        left[2 * group]! += histogram[at]!;
        const onLeft = (left[2 * group + 1]! += rows);
        const onRight = sums[2 * group + 1]! - onLeft;
        if (onLeft < fewest) fewest = onLeft;
        if (onRight < fewestRight) fewestRight = onRight;
      }
      if (fewestRight < least) break;
      if (k < first || fewest < least || added === 0) continue;
      this.#count(sums);
      let gain = splitGain(criterion, left, sums, arms);
      // Most splits do not come near: only those that may win are divided by their norm, which is at least 1/2.
      if (!(normalise ? gain * 2 > toBeat : gain > toBeat)) continue;
      if (normalise) gain /= splitNorm(criterion, left, sums, arms);
      if (!(gain > toBeat)) continue;
      toBeat = gain * MORE;
      found.gain = gain;
      found.at = k;
    }
  }

  #count(sums: Float64Array): void {
    const found = this.#found;
    let onLeft = 0;
    let all = 0;
    for (let arm = 0; arm < this.#armCount; arm++) {
      onLeft += this.#left[2 * arm + 1]!;
      all += sums[2 * arm + 1]!;
    }
    const share = onLeft / all;
    found.cuts++;
    if (share < found.lowest) found.lowest = share;
    if (share > found.highest) found.highest = share;
  }

  #toSplit(histogram: Float64Array, feature: number, offset: number, at: number, bin: number, missingLeft: boolean, ofLevels: boolean): UpliftSplit {
    const order = this.#order;
    const sums = new Float64Array(2 * this.#groupCount);
    for (let k = 0; k <= at; k++) {
      for (let group = 0; group < this.#groupCount; group++) {
        const from = group * this.#stride + 2 * (offset + order[k]!);
        sums[2 * group]! += histogram[from]!;
        sums[2 * group + 1]! += histogram[from + 1]!;
      }
    }
    const { gain, cuts, lowest, highest } = this.#found;
    const left = ofLevels ? [...order.subarray(0, at + 1)].sort((a, b) => a - b) : null;
    let levels = 0;
    if (ofLevels) for (let level = 0; level < this.#features[feature]!.bins; level++) if (this.#rowsOf(histogram, offset + level) > 0) levels++;
    return { feature, gain, bin, missingLeft, left, sums, levels, cuts, lowest, highest };
  }
}

function rowsOf(sums: Float64Array): number {
  let rows = 0;
  for (let at = 1; at < sums.length; at += 2) rows += sums[at]!;
  return rows;
}

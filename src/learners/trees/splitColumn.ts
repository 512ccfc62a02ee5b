import type { TreeSample } from './treeSample.js';

/** A way to divide a node by one column. */
export interface ColumnSplit {
  /** By how much the summed impurity falls: squared error, or Gini times weight. */
  readonly gain: number;
  /** Of a column of numbers. */
  readonly threshold: number;
  readonly missingLeft: number;
  /** Of a category: the levels that go left; null for numbers. */
  readonly left: readonly number[] | null;
}

/** The rows of a node, in the order of one column. */
export interface NodeRows {
  readonly order: Int32Array;
  readonly from: number;
  readonly to: number;
  /** Their weight, and their amounts by slot. */
  readonly weight: number;
  readonly sums: Float64Array;
}

const squares = (sums: Float64Array): number => sums.reduce((total, sum) => total + sum * sum, 0);

/**
 * The best threshold, every one considered, midway between values that differ; what is missing stands last in the order, and goes with the
 * side where it gains more. Null where no split leaves `least` weight on both sides.
 *
 * The gain is sum SL^2 / WL + sum SR^2 / WR - sum S^2 / W over the slots (Breiman, Friedman, Olshen, Stone 1984).
 */
export function splitNumbers(sample: TreeSample, column: Float64Array, node: NodeRows, least: number): ColumnSplit | null {
  const { order, from, to, weight, sums } = node;
  let known = to;
  const missing = new Float64Array(sums.length);
  let missingWeight = 0;
  while (known > from && column[order[known - 1]!] !== column[order[known - 1]!]) {
    const row = order[--known]!;
    missing[sample.slots?.[row] ?? 0]! += sample.amounts[row]!;
    missingWeight += sample.weights[row]!;
  }
  const scan = sums.length > 1 ? scanClasses : scanSum;
  const nothing = new Float64Array(sums.length);
  const right = scan(sample, column, node, known, nothing, 0, least);
  const left = missingWeight > 0 ? scan(sample, column, node, known, missing, missingWeight, least) : null;
  const best = left !== null && (right === null || left.score > right.score) ? left : right;
  if (best === null) return null;
  return { gain: sample.scale * (best.score - squares(sums) / weight), threshold: best.threshold, missingLeft: best === left ? 1 : 0, left: null };
}

interface Scanned {
  readonly score: number;
  readonly threshold: number;
}

// Rows pass from right to left. What is missing is on the left from the start, or stays on the right: then known against missing is a split too.
function scanSum({ weights, amounts }: TreeSample, column: Float64Array, { order, from, to, weight, sums }: NodeRows, known: number, missing: Float64Array, missingWeight: number, least: number): Scanned | null {
  let left = missing[0]!;
  let leftWeight = missingWeight;
  const sum = sums[0]!;
  let score = -Infinity;
  let threshold = 0;
  const end = missingWeight === 0 && known < to ? known : known - 1;
  let x = column[order[from]!]!;
  for (let i = from; i < end; i++) {
    const row = order[i]!;
    left += amounts[row]!;
    leftWeight += weights[row]!;
    const next = i + 1 < known ? column[order[i + 1]!]! : Infinity;
    if (next > x && leftWeight >= least && weight - leftWeight >= least) {
      const found = (left * left) / leftWeight + ((sum - left) * (sum - left)) / (weight - leftWeight);
      if (found > score) {
        score = found;
        threshold = between(x, next);
      }
    }
    x = next;
  }
  return score === -Infinity ? null : { score, threshold };
}

function scanClasses({ weights, slots, amounts }: TreeSample, column: Float64Array, { order, from, to, weight, sums }: NodeRows, known: number, missing: Float64Array, missingWeight: number, least: number): Scanned | null {
  const left = missing.slice();
  const right = sums.map((sum, slot) => sum - left[slot]!);
  let leftWeight = missingWeight;
  let leftSquares = squares(left);
  let rightSquares = squares(right);
  let score = -Infinity;
  let threshold = 0;
  const end = missingWeight === 0 && known < to ? known : known - 1;
  let x = column[order[from]!]!;
  for (let i = from; i < end; i++) {
    const row = order[i]!;
    const slot = slots![row]!;
    const amount = amounts[row]!;
    leftSquares += amount * (2 * left[slot]! + amount);
    rightSquares += amount * (amount - 2 * right[slot]!);
    left[slot]! += amount;
    right[slot]! -= amount;
    leftWeight += weights[row]!;
    const next = i + 1 < known ? column[order[i + 1]!]! : Infinity;
    if (next > x && leftWeight >= least && weight - leftWeight >= least) {
      const found = leftSquares / leftWeight + rightSquares / (weight - leftWeight);
      if (found > score) {
        score = found;
        threshold = between(x, next);
      }
    }
    x = next;
  }
  return score === -Infinity ? null : { score, threshold };
}

// Where no double lies between, or the sum overflows, the lower one serves as well.
function between(low: number, high: number): number {
  if (high === Infinity) return Number.MAX_VALUE;
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/**
 * The best set of levels. Of numbers and two classes the levels are put in the order of their mean, and the best cut is the best of all sets
 * (Breiman et al. 1984, theorem 4.5); of more classes they are put in the order of each class's share in turn, and the best of those cuts is taken.
 * Levels without rows here go with the heavier side. Null where no set leaves `least` weight on both sides.
 */
export function splitLevels({ weights, slots, amounts, slotCount, scale }: TreeSample, column: Float64Array, { order, from, to, weight, sums }: NodeRows, levelCount: number, least: number): ColumnSplit | null {
  const levelWeights = new Float64Array(levelCount);
  const levelSums = new Float64Array(levelCount * slotCount);
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const level = column[row]!;
    levelWeights[level]! += weights[row]!;
    levelSums[level * slotCount + (slots?.[row] ?? 0)]! += amounts[row]!;
  }
  const present = Array.from(levelWeights.keys()).filter((level) => levelWeights[level]! > 0);
  let score = -Infinity;
  let chosen: number[] = [];
  let chosenWeight = 0;
  for (let by = 0; by < slotCount; by++) {
    const rate = (level: number): number => levelSums[level * slotCount + by]! / levelWeights[level]!;
    const sorted = [...present].sort((a, b) => rate(a) - rate(b) || a - b);
    const left = new Float64Array(slotCount);
    let leftWeight = 0;
    for (let cut = 1; cut < sorted.length; cut++) {
      const level = sorted[cut - 1]!;
      leftWeight += levelWeights[level]!;
      for (let slot = 0; slot < slotCount; slot++) left[slot]! += levelSums[level * slotCount + slot]!;
      if (leftWeight < least || weight - leftWeight < least) continue;
      let [leftSquares, rightSquares] = [0, 0];
      for (let slot = 0; slot < slotCount; slot++) {
        leftSquares += left[slot]! ** 2;
        rightSquares += (sums[slot]! - left[slot]!) ** 2;
      }
      const found = leftSquares / leftWeight + rightSquares / (weight - leftWeight);
      if (found > score) [score, chosen, chosenWeight] = [found, sorted.slice(0, cut), leftWeight];
    }
  }
  if (score === -Infinity) return null;
  const absent = chosenWeight * 2 > weight ? Array.from(levelWeights.keys()).filter((level) => levelWeights[level]! === 0) : [];
  return { gain: scale * (score - squares(sums) / weight), threshold: 0, missingLeft: 0, left: [...chosen, ...absent].sort((a, b) => a - b) };
}

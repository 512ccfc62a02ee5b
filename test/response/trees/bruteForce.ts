import type { UpliftCriterion } from '../../../src/response/trees/upliftTreeOptions.js';

/** A row of the naive twin: arm 0 is control; x may be missing. */
export interface NaiveRow {
  readonly arm: number;
  readonly y: number;
  readonly x: readonly (number | null)[];
}

const mean = (rows: readonly NaiveRow[]): number => rows.reduce((sum, { y }) => sum + y, 0) / rows.length;
const drawn = (rows: readonly NaiveRow[]): number => (rows.reduce((sum, { y }) => sum + y, 0) + 1) / (rows.length + 2);
const ofArm = (rows: readonly NaiveRow[], arm: number): NaiveRow[] => rows.filter((row) => row.arm === arm);
const gini = (p: number): number => 1 - p * p - (1 - p) * (1 - p);
const log = (p: number): number => (p > 0 ? p * Math.log(p) : 0);
const entropy = (p: number): number => -log(p) - log(1 - p);

function divergence(criterion: UpliftCriterion, p: number, q: number): number {
  if (criterion === 'KL') return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  if (criterion === 'chi') return (p - q) ** 2 / q + (1 - p - (1 - q)) ** 2 / (1 - q);
  return (p - q) ** 2;
}

/** The gain of a split, straight from the formulas, one row list a side. */
export function naiveGain(criterion: UpliftCriterion, normalise: boolean, left: readonly NaiveRow[], right: readonly NaiveRow[], arms: number): number {
  const node = [...left, ...right];
  const rate = criterion === 'KL' || criterion === 'chi' ? drawn : mean;
  let gain = 0;
  for (let arm = 1; arm < arms; arm++) {
    if (criterion === 'effect variance') {
      const uplift = (rows: readonly NaiveRow[]): number => mean(ofArm(rows, arm)) - mean(ofArm(rows, 0));
      gain += ((uplift(left) - uplift(right)) ** 2 * left.length * right.length) / node.length ** 2;
      continue;
    }
    const of = (rows: readonly NaiveRow[]): number => divergence(criterion, rate(ofArm(rows, arm)), rate(ofArm(rows, 0)));
    gain += (left.length * of(left) + right.length * of(right)) / node.length - of(node);
  }
  return normalise ? gain / naiveNorm(criterion, left, right, arms) : gain;
}

function naiveNorm(criterion: UpliftCriterion, left: readonly NaiveRow[], right: readonly NaiveRow[], arms: number): number {
  const impurity = criterion === 'KL' ? entropy : gini;
  const node = [...left, ...right];
  const count = (rows: readonly NaiveRow[], arm: number): number => ofArm(rows, arm).length;
  const treated = node.length - count(node, 0);
  let norm = 0.5 + (count(node, 0) / node.length) * impurity(count(left, 0) / count(node, 0));
  for (let arm = 1; arm < arms; arm++) {
    const [n, l, n0, l0] = [count(node, arm), count(left, arm), count(node, 0), count(left, 0)];
    // The test as an outcome of two values, left and right; with KL and chi its shares are drawn to 1/2 too.
    const ofTest = criterion === 'KL' || criterion === 'chi' ? divergence(criterion, (l + 1) / (n + 2), (l0 + 1) / (n0 + 2)) : 2 * (l / n - l0 / n0) ** 2;
    norm += (n / treated) * impurity(n / (n + n0)) * ofTest + (n / node.length) * impurity(l / n);
  }
  return norm;
}

/** The largest gain over every threshold of every column, missing values on either side; 0 where no split is allowed. */
export function bruteForceGain(criterion: UpliftCriterion, normalise: boolean, rows: readonly NaiveRow[], arms: number, minArmSize: number): number {
  let best = 0;
  for (let j = 0; j < rows[0]!.x.length; j++) {
    for (const limit of [...new Set(rows.map(({ x }) => x[j]!)), Infinity]) {
      for (const missingLeft of [true, false]) {
        const goesLeft = ({ x }: NaiveRow): boolean => (x[j] === null ? missingLeft : limit !== null && x[j]! <= limit);
        const [left, right] = [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))];
        const enough = [left, right].every((side) => Array.from({ length: arms }, (_, arm) => ofArm(side, arm).length).every((n) => n >= minArmSize));
        if (enough) best = Math.max(best, naiveGain(criterion, normalise, left, right, arms));
      }
    }
  }
  return best;
}

import type { DesignMatrix } from '../../data/encoding.js';
import type { KnownWalletBalance } from './knownWalletState.js';
import type { KnownRows } from './readKnown.js';
import { fractionalLogit } from './ridge.js';

/** No customer counts for more than this many of the average probability. */
const TRIM = 10;

/** Weights of the known, of mean 1, and how they make the known resemble all. */
export interface SelectionWeights {
  readonly weights: Float64Array;
  /** The largest difference first. */
  readonly balance: readonly KnownWalletBalance[];
  /** (sum of weights)² / sum of squares. */
  readonly effectiveCustomers: number;
}

/** Weights by the probability of being known, from a logistic regression on the (standardised) features and the spend of all. */
export function selectionWeights({ rows, spend, weights }: KnownRows, features: DesignMatrix, asked: boolean): SelectionWeights {
  const design = selectionDesign(features, spend);
  const width = features.columnCount + 3;
  const found = asked && rows.length < features.rowCount ? inverseProbability(design, width, rows, weights) : weights;
  const total = found.reduce((sum, weight) => sum + weight, 0);
  const scaled = found.map((weight) => (weight * rows.length) / total);
  return {
    weights: scaled,
    balance: balanceOf(design, width, [...features.columnNames, 'spends', 'ln spend'], rows, scaled),
    effectiveCustomers: (rows.length * rows.length) / scaled.reduce((sum, weight) => sum + weight * weight, 0),
  };
}

// 1, features, whether the customer spends, ln spend; each of mean 0 and standard deviation 1.
function selectionDesign({ values, rowCount, columnCount }: DesignMatrix, spend: Float64Array): Float64Array {
  const width = columnCount + 3;
  const design = new Float64Array(rowCount * width);
  const extra = [spend.map((s) => (s > 0 ? 1 : 0)), standardLogarithms(spend)] as const;
  standardise(extra[0]);
  for (let row = 0; row < rowCount; row++) {
    const at = row * width;
    design[at] = 1;
    for (let j = 0; j < columnCount; j++) design[at + 1 + j] = values[row * columnCount + j]!;
    design[at + columnCount + 1] = extra[0][row]!;
    design[at + columnCount + 2] = extra[1][row]!;
  }
  return design;
}

// Who does not spend stands at the mean of those who do.
function standardLogarithms(spend: Float64Array): Float64Array {
  const logs = spend.map(Math.log);
  let [count, sum] = [0, 0];
  for (const log of logs) if (log > -Infinity) [count, sum] = [count + 1, sum + log];
  const filled = logs.map((log) => (log > -Infinity ? log : sum / count));
  standardise(filled);
  return filled;
}

function standardise(values: Float64Array): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  for (let i = 0; i < values.length; i++) values[i] = spread > 1e-12 * Math.abs(mean) ? (values[i]! - mean) / spread : 0;
}

function inverseProbability(design: Float64Array, width: number, rows: Uint32Array, weights: Float64Array): Float64Array {
  const n = design.length / width;
  const known = new Float64Array(n);
  for (const row of rows) known[row] = 1;
  const penalties = new Float64Array(width).fill(1);
  penalties[0] = 0;
  const beta = fractionalLogit({ design, width, outcome: known, weights: new Float64Array(n).fill(1) }, Uint32Array.from(known.keys()), penalties);
  const average = rows.length / n;
  return weights.map((weight, i) => {
    let eta = 0;
    for (let a = 0; a < width; a++) eta += beta[a]! * design[rows[i]! * width + a]!;
    return weight * Math.min(1 + Math.exp(-eta), TRIM / average);
  });
}

function balanceOf(design: Float64Array, width: number, names: readonly string[], rows: Uint32Array, weights: Float64Array): KnownWalletBalance[] {
  return names
    .map((name, j) => {
      let [difference, weighted] = [0, 0];
      rows.forEach((row, i) => {
        difference += design[row * width + j + 1]! / rows.length;
        weighted += (weights[i]! * design[row * width + j + 1]!) / rows.length;
      });
      return { name, difference, weighted };
    })
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
}

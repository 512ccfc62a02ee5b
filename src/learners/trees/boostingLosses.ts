import { exponential, powerTables } from '../../numeric/exponential.js';
import type { BoostingLoss } from './boostedTreesState.js';
import { weightedQuantile } from './weightedQuantile.js';

/** What is boosted: the loss with its parameters, the target and the weights of the rows. */
export interface BoostingProblem {
  readonly loss: BoostingLoss;
  /** For quantile; of absolute 0.5. */
  readonly quantile: number;
  /** For tweedie, between 1 and 2. */
  readonly tweediePower: number;
  /** One number a row; for several classes the position of the class. */
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  /** How many margins a row has: 1, or one a class. */
  readonly width: number;
}

/** The margin that fits the rows best without any tree; one a class. */
export function fitBaselines({ loss, quantile, y, weights, width }: BoostingProblem, rows: Int32Array): number[] {
  if (loss === 'absolute' || loss === 'quantile') return [weightedQuantile(y, rows, 0, rows.length, weights, quantile)];
  const sums = new Float64Array(width);
  let total = 0;
  for (const row of rows) {
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    if (width > 1) sums[y[row]!]! += weight;
    else sums[0]! += weight * y[row]!;
  }
  const means = Array.from(sums, (sum) => sum / total);
  if (loss === 'squared') return means;
  // A class nobody has among the rows learnt from is as rare as a double can tell from 1.
  const logs = means.map((mean) => Math.log(Math.max(mean, 1e-15)));
  if (loss === 'logistic') return [Math.log(means[0]! / (1 - means[0]!))];
  const shift = width > 1 ? logs.reduce((sum, value) => sum + value, 0) / width : 0;
  return logs.map((value) => value - shift);
}

/** The range of the hessians of rows of weight 1. */
export interface HessianRange {
  least: number;
  most: number;
}

type Derive = (margin: number, y: number) => void;

/** First and second derivative of each row's loss by its margin, times its weight, in pairs. */
export function fillGradients({ loss, quantile, tweediePower: power, y, weights }: BoostingProblem, margins: Float64Array, gradients: Float64Array): HessianRange {
  if (loss === 'logistic') return logisticGradients(y, weights, margins, gradients);
  let g = 0;
  let h = 1;
  const derive: Derive = {
    squared: (margin: number, target: number) => (g = margin - target),
    absolute: (margin: number, target: number) => (g = margin > target ? 1 : -1),
    quantile: (margin: number, target: number) => (g = margin > target ? 1 - quantile : -quantile),
    poisson: (margin: number, target: number) => {
      h = Math.exp(margin);
      g = h - target;
    },
    gamma: (margin: number, target: number) => {
      h = target * Math.exp(-margin);
      g = 1 - h;
    },
    tweedie: (margin: number, target: number) => {
      const mean = Math.exp((2 - power) * margin);
      const rest = target * Math.exp((1 - power) * margin);
      g = mean - rest;
      h = (2 - power) * mean - (1 - power) * rest;
    },
    multinomial: () => undefined,
  }[loss];
  const range = { least: Infinity, most: 0 };
  for (let row = 0; row < y.length; row++) {
    derive(margins[row]!, y[row]!);
    const weight = weights === null ? 1 : weights[row]!;
    gradients[2 * row] = weight * g;
    gradients[2 * row + 1] = weight * h;
    if (h < range.least) range.least = h;
    if (h > range.most) range.most = h;
  }
  return range;
}

function logisticGradients(y: Float64Array, weights: Float64Array | null, margins: Float64Array, gradients: Float64Array): HessianRange {
  const tables = powerTables();
  let least = 1;
  for (let row = 0; row < y.length; row++) {
    // Beyond these margins the probability is 0 or 1 to the last digit, and its derivative as small as numbers go.
    const e = exponential(Math.max(-700, Math.min(700, -margins[row]!)), tables);
    const p = 1 / (1 + e);
    const h = e * p * p;
    const weight = weights === null ? 1 : weights[row]!;
    gradients[2 * row] = weight * (p - y[row]!);
    gradients[2 * row + 1] = weight * h;
    if (h < least) least = h;
  }
  return { least, most: 0.25 };
}

/** The same for one of several classes, given the probabilities of all rows for it. */
export function fillClassGradients({ y, weights }: BoostingProblem, probabilities: Float64Array, place: number, gradients: Float64Array): HessianRange {
  let least = 1;
  for (let row = 0; row < y.length; row++) {
    const p = probabilities[row]!;
    const h = p * (1 - p);
    const weight = weights === null ? 1 : weights[row]!;
    gradients[2 * row] = weight * (y[row] === place ? p - 1 : p);
    gradients[2 * row + 1] = weight * h;
    if (h < least) least = h;
  }
  return { least, most: 0.25 };
}

/** Taken from all margins before they are raised: so none overflows. */
function largest(margins: readonly Float64Array[], row: number): number {
  let most = -Infinity;
  for (const margin of margins) if (margin[row]! > most) most = margin[row]!;
  return most;
}

/** The probabilities of each class, from the margins of each class. */
export function classProbabilities(margins: readonly Float64Array[], probabilities: readonly Float64Array[]): void {
  const count = margins[0]!.length;
  for (let row = 0; row < count; row++) {
    const most = largest(margins, row);
    let sum = 0;
    for (let k = 0; k < margins.length; k++) sum += probabilities[k]![row] = Math.exp(margins[k]![row]! - most);
    for (const probability of probabilities) probability[row]! /= sum;
  }
}

/** Mean loss of some rows, up to what does not depend on the margins. */
export function meanLoss({ loss, quantile, tweediePower: power, y, weights }: BoostingProblem, margins: readonly Float64Array[], rows: Int32Array): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    sum += weight * (loss === 'multinomial' ? classLoss(margins, row, y[row]!) : rowLoss(loss, margins[0]![row]!, y[row]!, quantile, power));
  }
  return sum / total;
}

function classLoss(margins: readonly Float64Array[], row: number, place: number): number {
  const most = largest(margins, row);
  let sum = 0;
  for (const margin of margins) sum += Math.exp(margin[row]! - most);
  return Math.log(sum) + most - margins[place]![row]!;
}

function rowLoss(loss: BoostingLoss, margin: number, y: number, quantile: number, power: number): number {
  const distance = y - margin;
  if (loss === 'logistic') return Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - y * margin;
  if (loss === 'squared') return distance * distance;
  if (loss === 'absolute') return Math.abs(distance);
  if (loss === 'quantile') return distance >= 0 ? quantile * distance : (quantile - 1) * distance;
  if (loss === 'poisson') return Math.exp(margin) - y * margin;
  if (loss === 'gamma') return margin + y * Math.exp(-margin);
  return Math.exp((2 - power) * margin) / (2 - power) - (y * Math.exp((1 - power) * margin)) / (1 - power);
}

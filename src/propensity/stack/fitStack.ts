import { cellLoss } from './cellLoss.js';
import { createRandom, type Random } from '../../numeric/random.js';
import type { LogisticPoints } from './logisticMode.js';
import { pooledLogistic } from './pooledLogistic.js';
import { eachProduct, type ProductCells } from './productColumns.js';
import { stackAdder, type Stack } from './stackedLogits.js';

/** Log-odds of several engines and what became of them; row-major, rows × products. */
export interface StackData {
  /** Cross-fitted: of heads that have not seen the row. Finite where the label is 0 or 1. */
  readonly engines: readonly Float64Array[];
  /** 1 taken, 0 not taken; anything else: not at risk, left out. */
  readonly labels: ArrayLike<number>;
  readonly productCount: number;
  /** Chance in the choice of rows, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** A stack learnt from all rows, and log-odds for each row from a stack that has not seen its fold. */
export interface CrossFittedStack {
  readonly stack: Stack;
  /** Row-major, rows × products. */
  readonly logits: Float64Array;
}

interface StackRows {
  /** Rows of each fold, drawn or not, and how many of them took the product. */
  readonly counts: Map<number, readonly [rows: number, taken: number]>;
  /** Mean log-odds of each engine, from which columns are measured. */
  readonly centers: Float64Array;
  readonly points: LogisticPoints;
  readonly folds: Int32Array;
}

// A few thousand rows settle a handful of weights; five others to one taker lose little to all of them (Breslow and Day, 1980).
const MOST = 4000;
const LEAST_OTHERS = 1000;
const OTHERS_TO_ONE = 5;
const SPREAD = 0.3;

/** A stack learnt from all rows: see {@link crossFitStack}. */
export function fitStack(data: StackData): Stack {
  return stackWithout(stackRows(data, null), data.engines.length, -1);
}

/**
 * Learns for each product how to weigh the log-odds of engines (stacked generalisation: Wolpert, 1992; weights of 0 or more: Breiman, 1996), weights drawn to
 * those all products share; and gives every row log-odds from a stack learnt on the other folds. Of a product's rows at most 4,000 that took
 * it and 4,000 that did not serve, drawn at random, their odds put right by the shares drawn. O(cells).
 */
export function crossFitStack(data: StackData, folds: ArrayLike<number>, foldCount: number): CrossFittedStack {
  const { engines, labels, productCount: products } = data;
  const rows = stackRows(data, folds);
  const logits = new Float64Array(labels.length);
  for (let fold = 0; fold < foldCount; fold++) {
    const add = stackAdder(stackWithout(rows, engines.length, fold));
    for (let r = 0; r < folds.length; r++) if (folds[r] === fold) add(engines, r * products, logits, r * products);
  }
  return { stack: stackWithout(rows, engines.length, -1), logits };
}

function stackRows({ engines, labels, productCount, seed = 1 }: StackData, folds: ArrayLike<number> | null): StackRows[] {
  const random = createRandom(seed);
  const all: StackRows[] = [];
  eachProduct(labels, productCount, engines, (cells) => all.push(drawPoints(cells, folds, random)));
  return all;
}

function drawPoints({ count, rows, labels, values }: ProductCells, folds: ArrayLike<number> | null, random: Random): StackRows {
  const width = values.length;
  const foldOf = (i: number): number => (folds === null ? 0 : folds[rows[i]!]!);
  const counts = new Map<number, readonly [number, number]>();
  let positives = 0;
  for (let i = 0; i < count; i++) {
    const fold = foldOf(i);
    const [n, taken] = counts.get(fold) ?? [0, 0];
    counts.set(fold, [n + 1, taken + labels[i]!]);
    positives += labels[i]!;
  }
  const ofTakers = Math.min(1, MOST / positives);
  const ofOthers = Math.min(1, Math.min(MOST, Math.max(LEAST_OTHERS, OTHERS_TO_ONE * positives)) / (count - positives));
  const drawn = new Int32Array(count).map((_, i) => i).filter((i) => random.uniform() < (labels[i] === 1 ? ofTakers : ofOthers));
  const centers = Float64Array.from(values, (column) => column.reduce((sum, value) => sum + value, 0) / Math.max(1, count));
  const x = new Float64Array(drawn.length * width);
  drawn.forEach((i, at) => {
    for (let k = 0; k < width; k++) x[at * width + k] = values[k]![i]! - centers[k]!;
  });
  const points = {
    count: drawn.length,
    width,
    x,
    trials: new Float64Array(drawn.length).fill(1),
    taken: Float64Array.from(drawn, (i) => labels[i]!),
    offset: new Float64Array(drawn.length).fill(positives > 0 && positives < count ? Math.log(ofTakers / ofOthers) : 0),
  };
  return { counts, centers, points, folds: drawn.map(foldOf) };
}

function stackWithout(rows: readonly StackRows[], engines: number, left: number): Stack {
  const problems = rows.map(({ points, folds }) => (left < 0 ? points : takePoints(points, folds, left)));
  const each = <T>(value: T): T[] => Array.from({ length: engines }, () => value);
  const losses = engineLosses(rows, problems, engines);
  const best = losses.indexOf(Math.min(...losses));
  // Nothing known against it, a mixture is the engine that is best over all products.
  const start = { means: each(0).map((_, k) => Number(k === best)), spreads: each(SPREAD), bounds: each(0) };
  const { intercepts, slopes, means } = pooledLogistic(problems, rows.map((each) => rateOf(each, left)), start);
  const weights = rows.map((_, j) => Array.from(slopes.subarray(j * engines, (j + 1) * engines)));
  return {
    intercepts: rows.map(({ centers }, j) => weights[j]!.reduce((sum, weight, k) => sum - weight * centers[k]!, intercepts[j]!)),
    weights,
    shared: Array.from(means),
  };
}

/** The log loss of each engine by itself over the points of all products. */
function engineLosses(rows: readonly StackRows[], problems: readonly LogisticPoints[], engines: number): number[] {
  const losses = new Array<number>(engines).fill(0);
  problems.forEach(({ count, x, taken, offset }, j) => {
    for (let i = 0; i < count; i++) for (let k = 0; k < engines; k++) losses[k]! += cellLoss(taken[i]!, x[i * engines + k]! + rows[j]!.centers[k]! + offset![i]!);
  });
  return losses;
}

/** The share of takers in all folds but one, kept off 0 and 1. */
function rateOf({ counts }: StackRows, left: number): number {
  let [n, taken] = [1, 0.5];
  for (const [fold, [rows, takers]] of counts) {
    if (fold === left) continue;
    n += rows;
    taken += takers;
  }
  return taken / n;
}

function takePoints({ width, x, taken, offset }: LogisticPoints, folds: Int32Array, left: number): LogisticPoints {
  const kept = new Int32Array(folds.length).map((_, i) => i).filter((i) => folds[i] !== left);
  const parts = new Float64Array(kept.length * width);
  kept.forEach((i, at) => parts.set(x.subarray(i * width, (i + 1) * width), at * width));
  const take = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i]!);
  return { count: kept.length, width, x: parts, trials: new Float64Array(kept.length).fill(1), taken: take(taken), offset: take(offset!) };
}

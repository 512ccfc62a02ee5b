import { cellText } from '../../data/cell.js';
import { infinite } from '../../data/infinite.js';
import { cellOf, numbersOf, rowsOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import type { PeerFeature, PeerMetric } from './peersState.js';

/** A level that no training row has: it differs from all. */
const UNSEEN = -2;
const MISSING = -1;

/** Rows as points: a distance is the sum of what their coordinates differ by, and of the weights of the categories that differ. */
export interface Points {
  readonly count: number;
  /** Row-major, weighted and scaled; NaN when missing. */
  readonly numbers: Float64Array;
  /** Row-major; -1 when missing, -2 when no training row has the level. */
  readonly codes: Int32Array;
  /** Whether there are numbers only, and none is missing. */
  readonly isComplete: boolean;
}

/** How points compare. */
export interface PeerSpace {
  readonly metric: PeerMetric;
  /** Whether differences are squared. */
  readonly squared: boolean;
  /** How many coordinates are numbers. */
  readonly width: number;
  /** Weights of the numbers, then of the categories. */
  readonly weights: Float64Array;
  /** Sum of all weights. */
  readonly total: number;
}

/** The space that features span, numbers first. */
export function peerSpace(features: readonly Pick<PeerFeature, 'kind' | 'weight'>[], metric: PeerMetric): PeerSpace {
  const ordered = [...features.filter(({ kind }) => kind === 'number'), ...features.filter(({ kind }) => kind === 'category')];
  const weights = Float64Array.from(ordered, ({ weight }) => weight);
  return { metric, squared: metric === 'euclidean', width: features.filter(({ kind }) => kind === 'number').length, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** What a unit of a number counts: its weight stands before the square where distances are Euclidean. */
function factorOf(weight: number, scale: number, metric: PeerMetric): number {
  return (metric === 'euclidean' ? Math.sqrt(weight) : weight) / scale;
}

/** The training rows as points. */
export function trainingPoints(features: readonly PeerFeature[], metric: PeerMetric, count: number): Points {
  return pointsOf(features, metric, count, (feature) => (feature.kind === 'number' ? Float64Array.from(feature.values, (x) => x ?? NaN) : feature.codes));
}

/** Rows, old or new, as points. */
export function pointsIn(caller: string, features: readonly PeerFeature[], metric: PeerMetric, view: TableView): Points {
  return pointsOf(features, metric, view.rowCount, (feature) => {
    const source = view.source(feature.column);
    if (feature.kind === 'category') return levelCodes(caller, feature.column, feature.levels, source);
    const values = numbersOf(caller, feature.column, source);
    const row = values.findIndex((x) => Math.abs(x) === Infinity);
    if (row >= 0) throw infinite(caller, feature.column, row, values[row]!);
    return values;
  });
}

function pointsOf(features: readonly PeerFeature[], metric: PeerMetric, count: number, read: (feature: PeerFeature) => ArrayLike<number>): Points {
  const { width } = peerSpace(features, metric);
  const numbers = new Float64Array(count * width);
  const codes = new Int32Array(count * (features.length - width));
  let number = 0;
  let category = 0;
  for (const feature of features) {
    const values = read(feature);
    if (feature.kind === 'category') {
      for (let i = 0, at = category; i < count; i++, at += features.length - width) codes[at] = values[i]!;
      category++;
    } else {
      const { center, scale, weight } = feature;
      const factor = factorOf(weight, scale, metric);
      for (let i = 0, at = number; i < count; i++, at += width) numbers[at] = (values[i]! - center) * factor;
      number++;
    }
  }
  return { count, numbers, codes, isComplete: features.length === width && numbers.every((x) => x === x) };
}

/** Positions in the levels; -1 when missing, -2 for any other level. */
export function levelCodes(caller: string, column: string, levels: readonly string[], source: ReturnType<TableView['source']>): Int32Array {
  const places = new Map(levels.map((level, place) => [level, place]));
  if ('codes' in source) {
    const found = source.levels.map((level) => places.get(level) ?? UNSEEN);
    return source.codes.map((code) => found[code] ?? MISSING);
  }
  const codes = new Int32Array(rowsOf(source));
  for (let row = 0; row < codes.length; row++) {
    const level = cellText(caller, column, row, cellOf(source, row));
    codes[row] = level === undefined ? MISSING : (places.get(level) ?? UNSEEN);
  }
  return codes;
}

/** The same as {@link rawDistance} where both sides are complete: by far the most common case, and twice as fast. */
export function completeDistance({ squared, width }: PeerSpace, x: Float64Array, at: number, y: Float64Array, to: number, limit: number): number {
  let sum = 0;
  for (let k = 0; k < width; ) {
    const end = Math.min(k + 4, width);
    if (squared) {
      for (; k < end; k++) sum += (x[at + k]! - y[to + k]!) * (x[at + k]! - y[to + k]!);
    } else for (; k < end; k++) sum += Math.abs(x[at + k]! - y[to + k]!);
    if (sum > limit) return Infinity;
  }
  return sum;
}

/** What is compared of two points in the units of the space: the sum of differences, made up for what is missing; Infinity when above `limit`, or when nothing is known of both. */
export function rawDistance(space: PeerSpace, a: Points, row: number, b: Points, other: number, limit: number): number {
  const { squared, width, weights, total } = space;
  const categories = weights.length - width;
  let sum = 0;
  let known = total;
  const x = a.numbers;
  const y = b.numbers;
  for (let k = 0, at = row * width, to = other * width; k < width; ) {
    // Whether to give up is asked every few coordinates only.
    for (const end = Math.min(k + 4, width); k < end; k++) {
      const difference = x[at + k]! - y[to + k]!;
      if (difference !== difference) known -= weights[k]!;
      else sum += squared ? difference * difference : Math.abs(difference);
    }
    if (sum > limit) return Infinity;
  }
  for (let k = 0, at = row * categories, to = other * categories; k < categories; k++) {
    const code = a.codes[at + k]!;
    const peer = b.codes[to + k]!;
    if (code === MISSING || peer === MISSING) known -= weights[width + k]!;
    else if (code !== peer) sum += weights[width + k]!;
  }
  if (known === total) return sum;
  return known > total * 1e-12 ? (sum * total) / known : Infinity;
}

/** The distance as it is told. */
export function shownDistance({ metric, total }: PeerSpace, raw: number): number {
  return metric === 'euclidean' ? Math.sqrt(raw) : metric === 'gower' ? raw / total : raw;
}

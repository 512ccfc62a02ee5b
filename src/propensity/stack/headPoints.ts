import type { LogisticPoints } from './logisticMode.js';

/** Where the logarithm of a score that is a share of the typical one levels off. */
export const FLOOR = 0.1;

/** How the scores of a product become columns of mean 0: what is said of all scores but those of exactly 0 (for kind 'score'). */
export interface HeadBasis {
  readonly center: number;
  readonly spread: number;
  /** 1 / the mean of the scores above 0 and the zeros of those below. */
  readonly scale: number;
  /** Mean of the logarithms. */
  readonly middle: number;
}

/** The scores of one product, those alike taken together; rows of each fold apart. */
export interface HeadPoints {
  readonly basis: HeadBasis;
  readonly count: number;
  readonly width: number;
  /** Row-major, count × width. */
  readonly x: Float64Array;
  /** Fold-major, folds × count. */
  readonly trials: Float64Array;
  readonly taken: Float64Array;
  /** Whether the last point is that of the scores of exactly 0. */
  readonly hasZeros: boolean;
}

// Points that scores are gathered in: within one they differ by a tenth of a standard deviation or of a logarithm at most, mostly by far less.
const POINTS = 256;

/** Centre, spread and scale of scores; `logs` receives the logarithms. */
function headBasis(scores: Float64Array, ofScore: boolean, logs: Float64Array): HeadBasis {
  let [n, sum, above] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const s = scores[i]!;
    if (ofScore && s === 0) continue;
    n++;
    sum += s;
    if (s > 0) above += s;
  }
  if (n === 0) return { center: 0, spread: 1, scale: 1, middle: Math.log(FLOOR) };
  const center = sum / n;
  const scale = above > 0 ? n / above : 1;
  let [squares, middle] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    const s = scores[i]!;
    if (ofScore && s === 0) continue;
    squares += (s - center) * (s - center);
    if (ofScore) middle += logs[i] = Math.log((s > 0 ? s * scale : 0) + FLOOR);
  }
  const spread = Math.sqrt(squares / n);
  return { center, spread: spread > 1e-12 * Math.abs(center) ? spread : 1, scale, middle: middle / n };
}

/**
 * Scores as points of a logistic regression: (is exactly 0, standardised score, logarithm) for kind 'score', the centred score otherwise. Scores
 * within a narrow stretch become one point with their mean, so that fits cost the same however many rows there are. O(rows).
 */
export function headPoints(scores: Float64Array, labels: Uint8Array, folds: Int32Array, foldCount: number, ofScore: boolean): HeadPoints {
  const rowCount = scores.length;
  const logs = new Float64Array(ofScore ? rowCount : 0);
  const basis = headBasis(scores, ofScore, logs);
  const { center, spread, middle } = basis;
  const place = new Float64Array(rowCount);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < rowCount; i++) {
    const s = scores[i]!;
    if (ofScore && s === 0) continue;
    const at = (s - center) / spread + (ofScore ? logs[i]! : 0);
    place[i] = at;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  const cells = POINTS + 1;
  const perUnit = high > low ? (POINTS - 1e-9) / (high - low) : 0;
  const [firsts, seconds, sizes] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
  const [trials, taken] = [new Float64Array(foldCount * cells), new Float64Array(foldCount * cells)];
  for (let i = 0; i < rowCount; i++) {
    const cell = ofScore && scores[i] === 0 ? POINTS : Math.floor((place[i]! - low) * perUnit);
    const slot = folds[i]! * cells + cell;
    sizes[cell]!++;
    trials[slot]!++;
    taken[slot]! += labels[i]!;
    firsts[cell]! += scores[i]! - center;
    if (ofScore) seconds[cell]! += logs[i]! - middle;
  }
  const used = new Int32Array(cells).map((_, cell) => cell).filter((cell) => sizes[cell]! > 0);
  const width = ofScore ? 3 : 1;
  const x = new Float64Array(used.length * width);
  used.forEach((cell, at) => {
    const first = firsts[cell]! / sizes[cell]!;
    x.set(!ofScore ? [first] : cell === POINTS ? [1, 0, 0] : [0, first / spread, seconds[cell]! / sizes[cell]!], at * width);
  });
  const compact = (from: Float64Array): Float64Array => {
    const kept = new Float64Array(foldCount * used.length);
    for (let to = 0; to < kept.length; to++) kept[to] = from[Math.floor(to / used.length) * cells + used[to % used.length]!]!;
    return kept;
  };
  return { basis, count: used.length, width, x, trials: compact(trials), taken: compact(taken), hasZeros: sizes[POINTS]! > 0 };
}

/** The points of all folds but one; of all for -1. */
export function pointsWithout({ count, width, x, trials, taken }: HeadPoints, left: number): LogisticPoints {
  const without = (from: Float64Array): Float64Array => {
    const sums = new Float64Array(count);
    for (let start = 0, fold = 0; start < from.length; start += count, fold++) {
      if (fold === left) continue;
      for (let i = 0; i < count; i++) sums[i]! += from[start + i]!;
    }
    return sums;
  };
  return { count, width, x, trials: without(trials), taken: without(taken) };
}

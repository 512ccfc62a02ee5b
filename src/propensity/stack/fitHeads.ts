import { fitBend } from './fitBend.js';
import { FLOOR, headPoints, pointsWithout, type HeadPoints } from './headPoints.js';
import { applyHeads, openHeads, type HeadBend, type HeadKind, type Heads } from './heads.js';
import { pooledLogistic, type PoolingStart } from './pooledLogistic.js';
import { eachProduct } from './productColumns.js';

/** Raw scores and what became of them; row-major, rows × products. Scores must be finite where the label is 0 or 1. */
export interface HeadData {
  /** Null for kind 'rate'. */
  readonly scores: Float64Array | null;
  /** 1 taken, 0 not taken; anything else: not at risk, left out. */
  readonly labels: ArrayLike<number>;
  readonly productCount: number;
  readonly kind: HeadKind;
  /** The rate each product is drawn to, with the weight of one row; by default that of all products together. */
  readonly rates?: ArrayLike<number>;
}

/** Heads learnt from all rows, and log-odds for each row from heads that have not seen its fold. */
export interface CrossFittedHeads {
  readonly heads: Heads;
  /** Row-major, rows × products. */
  readonly logits: Float64Array;
}

const STARTS: Readonly<Record<HeadKind, PoolingStart>> = {
  // Silence may mean more or less than a low score; a score that is a share of a probability has slope 1 in its logarithm.
  score: { means: [0, 0, 1], spreads: [1, 0.5, 0.5], bounds: [-Infinity, 0, 0] },
  logit: { means: [1], spreads: [0.5], bounds: [0] },
  rate: { means: [], spreads: [], bounds: [] },
};

/** Heads learnt from all rows: see {@link crossFitHeads}. */
export function fitHeads(data: HeadData): Heads {
  return headsWithout(data, pointsOf(data, null, 1), -1);
}

/**
 * Learns for each product how the scores of an engine become log-odds, a map that never falls (but for silence: a score of exactly 0 has a level
 * of its own), its slopes drawn to those all products share; and gives every row log-odds from the rows of the other folds. The scores
 * themselves must be of engines that have not seen the row. `folds`: 0 to `foldCount - 1` for each row. O(cells).
 */
export function crossFitHeads(data: HeadData, folds: ArrayLike<number>, foldCount: number): CrossFittedHeads {
  const { productCount: products, scores } = data;
  const points = pointsOf(data, folds, foldCount);
  const logits = new Float64Array(data.labels.length);
  for (let fold = 0; fold < foldCount; fold++) {
    const maps = openHeads(headsWithout(data, points, fold));
    for (let r = 0; r < folds.length; r++) {
      if (folds[r] === fold) applyHeads(maps, scores, r, r + 1, logits.subarray(r * products, (r + 1) * products));
    }
  }
  return { heads: headsWithout(data, points, -1), logits };
}

function pointsOf({ scores, labels, productCount, kind }: HeadData, folds: ArrayLike<number> | null, foldCount: number): HeadPoints[] {
  const all: HeadPoints[] = [];
  const foldOf = new Int32Array(labels.length / productCount);
  eachProduct(labels, productCount, scores === null || kind === 'rate' ? [] : [scores], ({ count, rows, labels: taken, values }) => {
    if (folds !== null) for (let i = 0; i < count; i++) foldOf[i] = folds[rows[i]!]!;
    all.push(headPoints(values[0] ?? new Float64Array(count), taken, foldOf, foldCount, kind === 'score'));
  });
  return all;
}

/** The rates given, or the same for all: that of all rows but those of a fold. */
function ratesOf({ rates, productCount }: HeadData, points: readonly HeadPoints[], left: number): ArrayLike<number> {
  // Off 0 and 1, where an intercept has no end.
  if (rates !== undefined) return Float64Array.from(rates, (rate) => Math.min(Math.max(rate, 1e-6), 1 - 1e-6));
  let [trials, taken] = [2, 1];
  for (const each of points) {
    for (let i = 0; i < each.trials.length; i++) {
      if (Math.floor(i / each.count) === left) continue;
      trials += each.trials[i]!;
      taken += each.taken[i]!;
    }
  }
  return new Float64Array(productCount).fill(taken / trials);
}

/** The heads that the rows of all folds but one give; of all for -1. */
function headsWithout(data: HeadData, points: readonly HeadPoints[], left: number): Heads {
  const { kind } = data;
  const ofScore = kind === 'score';
  const problems = points.map((each) => ({ ...pointsWithout(each, left), ...(kind === 'rate' ? { width: 0 } : {}) }));
  const { intercepts, slopes } = pooledLogistic(problems, ratesOf(data, points, left), STARTS[kind]);
  const silent: number[] = [];
  const bends: (HeadBend | null)[] = [];
  const lines = points.map(({ basis: { center, spread, scale, middle }, count, hasZeros }, j) => {
    const { trials, taken, x, width } = problems[j]!;
    const own = slopes.subarray(j * width, (j + 1) * width);
    const logits = new Float64Array(count).map((_, i) => own.reduce((sum, slope, k) => sum + slope * x[i * width + k]!, intercepts[j]!));
    const loud = hasZeros ? count - 1 : count;
    silent.push(ofScore ? logits[count - 1]! : 0);
    if (ofScore && !hasZeros) silent[j] = intercepts[j]! + own[0]!;
    bends.push(kind === 'rate' ? null : fitBend(logits.subarray(0, loud), trials.subarray(0, loud), taken.subarray(0, loud)));
    const linear = kind === 'rate' ? 0 : ofScore ? own[1]! / spread : own[0]!;
    const logarithm = ofScore ? own[2]! : 0;
    const intercept = intercepts[j]! - (kind === 'rate' ? 0 : linear * center) - logarithm * middle;
    return { intercept, linear, logarithm, scale: ofScore ? scale : 1 / Math.max(Math.abs(center), spread) };
  });
  return {
    kind,
    intercept: lines.map(({ intercept }) => intercept),
    linear: lines.map(({ linear }) => linear),
    logarithm: lines.map(({ logarithm }) => logarithm),
    scale: lines.map(({ scale }) => scale),
    floor: FLOOR,
    silent: points.some(({ hasZeros }) => hasZeros) ? silent : null,
    bends,
  };
}

import { ALMOST, leafValue, reduction, type NodeSums, type SplitRules } from './splitRules.js';

/** What one feature's bins are scanned for. */
export interface Scan {
  /** Gradient and hessian of each bin, in pairs. */
  readonly pairs: Float64Array;
  /** Where those of the first bin stand. */
  readonly start: number;
  readonly node: NodeSums;
  /** What the node itself comes to. */
  readonly parent: number;
  readonly rules: SplitRules;
  /** 1 where the prediction may not fall from left to right, -1 where it may not rise. */
  readonly direction: number;
  /** Rows by weight in each bin, where they have been counted. */
  readonly masses: Float64Array | null;
  /** Room for the numbers of a walk. */
  readonly given: Float64Array;
}

/** How many numbers a walk takes. */
export const GIVEN = 12;

/** The best split so far: the bins from one end of the order up to `at`. */
export interface Found {
  gain: number;
  at: number;
  step: number;
  /** Sums over those bins. */
  gradient: number;
  hessian: number;
  /** Whether both sides have rows enough, also uncounted. */
  sure: boolean;
}

/**
 * Walks `count` bins from bin `from` on, forwards or backwards, and keeps the best point to part them from all others.
 *
 * Without counts, the sum of hessians bounds the number of rows from both sides. What may still prove to have too few is kept but marked.
 * A gain must beat the one before by more than rounding, so that of equal splits the first wins whatever the order of the rows. The bins passed
 * go left where `leftFirst`, else right.
 */
export function scanBins(scan: Scan, from: number, count: number, step: number, leftFirst: boolean, found: Found): void {
  const { pairs, start, node, parent, rules, masses, given } = scan;
  const { l1, l2 } = rules;
  const counted = masses !== null;
  const minRows = rules.minLeafRows * ALMOST;
  const plain = l1 === 0 && !rules.bounded;
  given[0] = node.gradient;
  given[1] = node.hessian;
  given[2] = node.weight;
  given[3] = parent;
  given[4] = parent + (found.at < 0 ? found.gain : found.gain * (1 + 1e-9));
  given[5] = Math.max(rules.minLeafWeight, counted ? 0 : minRows * rules.least);
  given[6] = minRows;
  given[7] = l1;
  given[8] = l2;
  given[9] = node.lower;
  given[10] = node.upper;
  given[11] = leftFirst ? scan.direction : -scan.direction;
  const first = start + 2 * from;
  const end = first + 2 * count * step;
  const at = plain && !counted ? walkPlain(pairs, first, end, 2 * step, given) : walk(pairs, first, end, 2 * step, start, masses, given);
  if (at < 0) return;
  const sure = minRows * rules.most;
  found.gain = given[0]!;
  found.gradient = given[1]!;
  found.hessian = given[2]!;
  found.at = (at - start) >> 1;
  found.step = step;
  found.sure = counted || (found.hessian >= sure && node.hessian - found.hessian >= sure);
}

/**
 * The loop itself on numbers alone, so that the engine compiles it once whatever the shapes of objects. Gives the place of the last pair passed at
 * the best point, or -1; gain and sums come back in the first three of `given`.
 */
function walk(pairs: Float64Array, from: number, end: number, step: number, start: number, masses: Float64Array | null, given: Float64Array): number {
  const [gradient, hessian, weight, parent, , least, minRows] = given as unknown as [number, number, number, number, number, number, number];
  let toBeat = given[4]!;
  let best = -1;
  let g = 0;
  let h = 0;
  let rows = masses === null ? minRows : 0;
  for (let at = from; at !== end; at += step) {
    g += pairs[at]!;
    h += pairs[at + 1]!;
    if (masses !== null) rows += masses[(at - start) >> 1]!;
    if (h < least || rows < minRows) continue;
    if (hessian - h < least || (masses !== null && weight - rows < minRows)) break;
    const both = boundedScore(g, h, gradient - g, hessian - h, given);
    const gain = both - parent;
    if (!(both > toBeat) || gain < both * 1e-12) continue;
    toBeat = parent + gain * (1 + 1e-9);
    best = at;
    given[0] = gain;
    given[1] = g;
    given[2] = h;
  }
  return best;
}

/** The same without l1, bounds and counts: where nearly all the time is spent. */
function walkPlain(pairs: Float64Array, from: number, end: number, step: number, given: Float64Array): number {
  const gradient = given[0]!;
  const hessian = given[1]!;
  const parent = given[3]!;
  let toBeat = given[4]!;
  const least = given[5]!;
  const l2 = given[8]!;
  let best = -1;
  let g = 0;
  let h = 0;
  for (let at = from; at !== end; at += step) {
    g += pairs[at]!;
    h += pairs[at + 1]!;
    const rest = hessian - h;
    if (h < least) continue;
    if (rest < least) break;
    const other = gradient - g;
    const over = g * g * (rest + l2) + other * other * (h + l2);
    const under = (h + l2) * (rest + l2);
    // Compared without dividing: only what seems better is divided.
    if (!(over > toBeat * under)) continue;
    const gain = over / under - parent;
    if (!(gain + parent > toBeat) || gain < (gain + parent) * 1e-12) continue;
    toBeat = parent + gain * (1 + 1e-9);
    best = at;
    given[0] = gain;
    given[1] = g;
    given[2] = h;
  }
  return best;
}

function boundedScore(g: number, h: number, other: number, rest: number, given: Float64Array): number {
  const rules = { l1: given[7]!, l2: given[8]! };
  const bounds = { lower: given[9]!, upper: given[10]! };
  const value = leafValue(g, h, rules, bounds);
  const otherValue = leafValue(other, rest, rules, bounds);
  if (given[11]! * (value - otherValue) > 0) return -Infinity;
  return reduction(g, value, rules) + reduction(other, otherValue, rules);
}

import type { Points } from './points.js';
import { BLOCK, layTiles, scanPair } from './scanPair.js';
import { squareBetween } from './squareBetween.js';

/** How a run of Lloyd's algorithm ended. */
export interface LloydRun {
  readonly iterations: number;
  readonly converged: boolean;
  /** Whether the last pass changed nothing, rather than that the centres hardly moved. */
  readonly isFixed: boolean;
  /** The weight of each segment. */
  readonly sizes: Float64Array;
  /** Whether a row is as near to a second centre as to its own. */
  readonly hasTies: boolean;
}

/** What is kept between the passes: bounds of every row (Hamerly, 2010), sums of every segment. */
interface Pass {
  readonly points: Points;
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  /**
   * At most by how much another centre is farther than the own, and at most its distance: both when last looked at, plus the drift of the segment since
   * the start. The drift of now taken off, they hold now, so that rows beyond doubt are only read.
   */
  readonly gaps: Float64Array;
  readonly others: Float64Array;
  readonly gapDrift: Float64Array;
  readonly otherDrift: Float64Array;
  readonly sums: Float64Array;
  readonly masses: Float64Array;
  readonly members: Int32Array;
  /** The distance of each centre to the nearest other. */
  readonly nearest: Float64Array;
  /** Of a block the rows to look at, and their squared distances. */
  readonly doubtful: Int32Array;
  readonly costs: Float64Array;
  /** The largest distance so far: what rounding adds up to in a bound is in proportion. */
  longest: number;
  /** Of the last pass: rows that changed segment, and whether one is as near to another centre. */
  changes: number;
  hasTies: boolean;
}

/**
 * Lloyd's algorithm from these centres, which it moves: assign, take means, until nothing changes, the centres move less than `tolerance` (a sum of squares), or
 * the limit. It ends on an assignment, so that `labels` are those of `centers`. Distances are computed only where the bounds leave
 * a doubt, and then as the plain loop does: the labels are its labels.
 */
export function lloyd(points: Points, centers: Float64Array, labels: Int32Array, maxIterations: number, tolerance = 0, proceed?: (iterations: number) => boolean): LloydRun {
  const pass = openPass(points, centers, labels.fill(-1));
  for (let iterations = 1, isLast = false; ; iterations++) {
    const changes = assignRows(pass);
    if (changes === 0 || isLast || iterations >= maxIterations) return { iterations, converged: changes === 0 || isLast, isFixed: changes === 0, sizes: pass.masses, hasTies: pass.hasTies };
    isLast = moveCenters(pass) <= tolerance;
    if (proceed?.(iterations) === false) maxIterations = iterations + 1;
  }
}

function openPass(points: Points, centers: Float64Array, labels: Int32Array): Pass {
  const segments = centers.length / points.width;
  const numbers = (length: number): Float64Array => new Float64Array(length);
  return {
    points,
    centers,
    labels,
    gaps: numbers(points.count),
    others: numbers(points.count),
    gapDrift: numbers(segments),
    otherDrift: numbers(segments),
    sums: numbers(centers.length),
    masses: numbers(segments),
    members: new Int32Array(segments),
    nearest: numbers(segments),
    doubtful: new Int32Array(BLOCK + 1),
    costs: numbers(BLOCK * (segments + 3)),
    longest: 0,
    changes: 0,
    hasTies: false,
  };
}

/** One pass over the rows; the number that changed segment. */
function assignRows(pass: Pass): number {
  const { centers, nearest, doubtful, costs } = pass;
  const { values, count, width } = pass.points;
  const tiles = layTiles(centers, width);
  for (let c = 0; c < nearest.length; c++) {
    let least = Infinity;
    for (let e = 0; e < nearest.length; e++) if (e !== c) least = Math.min(least, squareBetween(centers, c * width, centers, e * width, width));
    nearest[c] = Math.sqrt(least);
  }
  pass.changes = 0;
  pass.hasTies = false;
  for (let from = 0; from < count; from += BLOCK) {
    const found = findDoubtful(pass, from, Math.min(count, from + BLOCK));
    // The last of an odd number is its own pair.
    doubtful[found] = doubtful[found - 1]!;
    for (let i = 0; i < found; i += 2) scanPair(values, doubtful[i]! * width, doubtful[i + 1]! * width, tiles, costs, i * tiles.places);
    for (let i = 0; i < found; i++) settleRow(pass, doubtful[i]!, i * tiles.places);
  }
  return pass.changes;
}

/** Lists the rows of a block whose bounds leave a doubt; how many. */
function findDoubtful({ points: { values, width }, centers, labels, gaps, others, gapDrift, otherDrift, nearest, doubtful, longest }: Pass, from: number, to: number): number {
  const slack = 1e-11 * longest;
  let found = 0;
  for (let row = from; row < to; row++) {
    const own = labels[row]!;
    if (own >= 0) {
      if (gaps[row]! - gapDrift[own]! > slack) continue;
      const distance = Math.sqrt(squareBetween(values, row * width, centers, own * width, width));
      const bound = others[row]! - otherDrift[own]!;
      const around = nearest[own]! - distance;
      const other = around > bound ? around : bound;
      if (other - distance > slack) {
        gaps[row] = other - distance + gapDrift[own]!;
        others[row] = other + otherDrift[own]!;
        continue;
      }
    }
    doubtful[found++] = row;
  }
  return found;
}

/** Takes over what a scan found, from a place of `costs` on. */
function settleRow(pass: Pass, row: number, from: number): void {
  const { labels, costs, members } = pass;
  let label = 0;
  let least = Infinity;
  let next = Infinity;
  for (let c = 0; c < members.length; c++) {
    const cost = costs[from + c]!;
    if (cost >= next) continue;
    if (cost < least) {
      next = least;
      least = cost;
      label = c;
    } else next = cost;
  }
  if (least === next) pass.hasTies = true;
  const distance = Math.sqrt(least);
  const other = Math.sqrt(next);
  if (distance > pass.longest) pass.longest = distance;
  pass.gaps[row] = other - distance + pass.gapDrift[label]!;
  pass.others[row] = other + pass.otherDrift[label]!;
  const own = labels[row]!;
  if (label === own) return;
  pass.changes++;
  labels[row] = label;
  const { weights } = pass.points;
  const weight = weights === null ? 1 : weights[row]!;
  if (own >= 0) addRow(pass, own, row, -weight);
  addRow(pass, label, row, weight);
}

function addRow({ points: { values, width }, sums, masses, members }: Pass, label: number, row: number, weight: number): void {
  members[label]! += weight > 0 ? 1 : -1;
  masses[label]! += weight;
  for (let at = row * width, q = label * width, end = q + width; q < end; at++, q++) sums[q]! += weight * values[at]!;
}

/** Puts the centres in the means of their rows; the sum of the squares by which they moved. */
function moveCenters(pass: Pass): number {
  const { points, centers, sums, masses, members, gapDrift, otherDrift } = pass;
  const { width } = points;
  const moved = new Float64Array(members.length);
  let most = 0;
  let next = 0;
  let total = 0;
  for (let c = 0; c < members.length; c++) if (members[c] === 0) fillSegment(pass, c);
  for (let c = 0; c < members.length; c++) {
    let square = 0;
    for (let j = 0, q = c * width; j < width && members[c]! > 0; j++, q++) {
      const mean = sums[q]! / masses[c]!;
      const t = mean - centers[q]!;
      square += t * t;
      centers[q] = mean;
    }
    total += square;
    const distance = Math.sqrt(square);
    moved[c] = distance;
    if (distance > most) {
      next = most;
      most = distance;
    } else if (distance > next) next = distance;
  }
  for (let c = 0; c < members.length; c++) {
    const others = moved[c] === most ? next : most;
    pass.longest = Math.max(pass.longest, moved[c]!);
    otherDrift[c]! += others;
    gapDrift[c]! += moved[c]! + others;
  }
  return total;
}

/** An empty segment takes the row that costs most where it is. */
function fillSegment(pass: Pass, empty: number): void {
  const { centers, labels, sums, masses, members } = pass;
  const { values, width, count, weights } = pass.points;
  let most = 0;
  let farthest = -1;
  for (let row = 0; row < count; row++) {
    const cost = (weights === null ? 1 : weights[row]!) * squareBetween(values, row * width, centers, labels[row]! * width, width);
    if (cost > most && members[labels[row]!]! > 1) {
      most = cost;
      farthest = row;
    }
  }
  if (farthest < 0) return;
  const weight = weights === null ? 1 : weights[farthest]!;
  masses[empty] = 0;
  sums.fill(0, empty * width, (empty + 1) * width);
  addRow(pass, labels[farthest]!, farthest, -weight);
  addRow(pass, empty, farthest, weight);
  labels[farthest] = empty;
  // Bounds that hold whatever the centres do next.
  pass.gaps[farthest] = pass.others[farthest] = -Infinity;
}

import type { Points } from './points.js';
import { squareBetween } from './squareBetween.js';

/** How a run of Lloyd's algorithm ended. */
export interface LloydRun {
  readonly iterations: number;
  readonly converged: boolean;
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
  /** At least the distance to the own centre, at most that to any other. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly sums: Float64Array;
  readonly masses: Float64Array;
  readonly members: Int32Array;
  /** How far each centre moved, and the farthest of the others. */
  readonly moved: Float64Array;
  readonly movedOthers: Float64Array;
  /** -2 c in tiles of four centres, c'c, and half the distance to the nearest other centre. */
  readonly tiles: Float64Array;
  readonly norms: Float64Array;
  readonly halves: Float64Array;
  /** Rows to look at in a pass. */
  readonly doubtful: Int32Array;
  /** What rounding may add up to in a bound; the largest squared norm of a row, and of a centre. */
  slack: number;
  longest: number;
  farthest: number;
  /** Of the last pass: rows that changed segment, and whether one is as near to another centre. */
  changes: number;
  hasTies: boolean;
}

/**
 * Lloyd's algorithm from these centres, which it moves: assign, take means, until nothing changes, the centres move less than `tolerance` (a sum of squares), or
 * the limit. It ends on an assignment, so that `labels` are those of `centers`. Distances are computed only where the bounds leave
 * a doubt, and near ties again without cancellation: the labels are those of the plain loop.
 */
export function lloyd(points: Points, centers: Float64Array, labels: Int32Array, maxIterations: number, tolerance = 0, proceed?: (iterations: number) => boolean): LloydRun {
  const { count, width } = points;
  const segments = centers.length / width;
  const places = (segments + 3) & ~3;
  const numbers = (length: number): Float64Array => new Float64Array(length);
  const pass: Pass = {
    points,
    centers,
    labels: labels.fill(-1),
    upper: numbers(count),
    lower: numbers(count),
    sums: numbers(centers.length),
    masses: numbers(segments),
    members: new Int32Array(segments),
    moved: numbers(segments),
    movedOthers: numbers(segments),
    tiles: numbers(places * width),
    norms: numbers(places).fill(Infinity),
    halves: numbers(segments),
    doubtful: new Int32Array(count),
    slack: 0,
    longest: 0,
    farthest: 0,
    changes: 0,
    hasTies: false,
  };
  for (let iterations = 1, isLast = false; ; iterations++) {
    layTiles(pass);
    const changes = assignRows(pass);
    if (changes === 0 || isLast || iterations >= maxIterations) return { iterations, converged: changes === 0 || isLast, sizes: pass.masses, hasTies: pass.hasTies };
    isLast = moveCenters(pass) <= tolerance;
    if (proceed?.(iterations) === false) maxIterations = iterations + 1;
  }
}

function layTiles({ points: { width }, centers, tiles, norms, halves }: Pass): void {
  for (let c = 0; c < halves.length; c++) {
    let norm = 0;
    let nearest = Infinity;
    for (let j = 0; j < width; j++) {
      const x = centers[c * width + j]!;
      norm += x * x;
      tiles[((c >> 2) * width + j) * 4 + (c & 3)] = -2 * x;
    }
    norms[c] = norm;
    for (let e = 0; e < halves.length; e++) {
      if (e !== c) nearest = Math.min(nearest, squareBetween(centers, c * width, centers, e * width, width));
    }
    halves[c] = Math.sqrt(nearest) / 2;
  }
}

/** One pass over the rows; the number that changed segment. */
function assignRows(pass: Pass): number {
  const { norms, doubtful, halves } = pass;
  pass.farthest = 0;
  for (let c = 0; c < halves.length; c++) pass.farthest = Math.max(pass.farthest, norms[c]!);
  pass.changes = 0;
  pass.hasTies = false;
  const last = findDoubtful(pass) - 1;
  for (let i = 0; i <= last; i += 2) scanPair(pass, doubtful[i]!, doubtful[i < last ? i + 1 : i]!);
  pass.slack = 1e-11 * Math.sqrt(pass.longest);
  return pass.changes;
}

/** Lists the rows whose bounds leave a doubt; how many. */
function findDoubtful({ points: { values, width, count }, centers, labels, upper, lower, moved, movedOthers, halves, doubtful, slack }: Pass): number {
  let found = 0;
  for (let row = 0; row < count; row++) {
    const own = labels[row]!;
    if (own >= 0) {
      let above = upper[row]! + moved[own]!;
      const below = lower[row]! - movedOthers[own]!;
      const safe = (halves[own]! > below ? halves[own]! : below) - slack;
      if (above > safe) above = Math.sqrt(squareBetween(values, row * width, centers, own * width, width));
      upper[row] = above;
      lower[row] = below;
      if (above <= safe) continue;
    }
    doubtful[found++] = row;
  }
  return found;
}

/** Two rows against four centres at a time: eight sums, as many as the registers hold. */
function scanPair(pass: Pass, row: number, other: number): void {
  const { tiles, norms } = pass;
  const { values, width } = pass.points;
  const start = row * width;
  const next = other * width;
  let first = Infinity;
  let second = Infinity;
  let label = 0;
  let norm = 0;
  let otherFirst = Infinity;
  let otherSecond = Infinity;
  let otherLabel = 0;
  let otherNorm = 0;
  for (let c = 0, q = 0; c < norms.length; c += 4) {
    let a = norms[c]!;
    let b = norms[c + 1]!;
    let e = norms[c + 2]!;
    let f = norms[c + 3]!;
    let oa = a;
    let ob = b;
    let oe = e;
    let of = f;
    norm = otherNorm = 0;
    for (let j = 0; j < width; j++, q += 4) {
      const x = values[start + j]!;
      const y = values[next + j]!;
      const ta = tiles[q]!;
      const tb = tiles[q + 1]!;
      const te = tiles[q + 2]!;
      const tf = tiles[q + 3]!;
      norm += x * x;
      otherNorm += y * y;
      a += x * ta;
      b += x * tb;
      e += x * te;
      f += x * tf;
      oa += y * ta;
      ob += y * tb;
      oe += y * te;
      of += y * tf;
    }
    if (a < first) {
      second = first;
      first = a;
      label = c;
    } else if (a < second) second = a;
    if (b < first) {
      second = first;
      first = b;
      label = c + 1;
    } else if (b < second) second = b;
    if (e < first) {
      second = first;
      first = e;
      label = c + 2;
    } else if (e < second) second = e;
    if (f < first) {
      second = first;
      first = f;
      label = c + 3;
    } else if (f < second) second = f;
    if (oa < otherFirst) {
      otherSecond = otherFirst;
      otherFirst = oa;
      otherLabel = c;
    } else if (oa < otherSecond) otherSecond = oa;
    if (ob < otherFirst) {
      otherSecond = otherFirst;
      otherFirst = ob;
      otherLabel = c + 1;
    } else if (ob < otherSecond) otherSecond = ob;
    if (oe < otherFirst) {
      otherSecond = otherFirst;
      otherFirst = oe;
      otherLabel = c + 2;
    } else if (oe < otherSecond) otherSecond = oe;
    if (of < otherFirst) {
      otherSecond = otherFirst;
      otherFirst = of;
      otherLabel = c + 3;
    } else if (of < otherSecond) otherSecond = of;
  }
  settleRow(pass, row, label, first, second, norm);
  settleRow(pass, other, otherLabel, otherFirst, otherSecond, otherNorm);
}

/** Takes over what a scan found: squared distances less the norm. */
function settleRow(pass: Pass, row: number, found: number, first: number, second: number, norm: number): void {
  const { centers, labels, upper, lower, sums, masses, members } = pass;
  const { values, width, weights } = pass.points;
  let label = found;
  let least = first + norm;
  let next = second + norm;
  const doubt = (norm + pass.farthest) * (width + 2) * 5e-16;
  if (next - least <= 4 * doubt) {
    // The product form cannot tell them apart: by the differences, as in placeRows.
    least = next = Infinity;
    for (let c = 0; c < members.length; c++) {
      const square = squareBetween(values, row * width, centers, c * width, width);
      if (square < least) {
        next = least;
        least = square;
        label = c;
      } else if (square < next) next = square;
    }
    if (least === next) pass.hasTies = true;
  }
  if (norm > pass.longest) pass.longest = norm;
  upper[row] = Math.sqrt(Math.max(0, least) + doubt);
  lower[row] = Math.sqrt(Math.max(0, next - doubt));
  const own = labels[row]!;
  if (label === own) return;
  pass.changes++;
  labels[row] = label;
  const weight = weights === null ? 1 : weights[row]!;
  if (own >= 0) addRow(sums, masses, members, own, values, row * width, width, -weight);
  addRow(sums, masses, members, label, values, row * width, width, weight);
}

function addRow(sums: Float64Array, masses: Float64Array, members: Int32Array, label: number, values: Float64Array, start: number, width: number, weight: number): void {
  members[label]! += weight > 0 ? 1 : -1;
  masses[label]! += weight;
  for (let j = 0, q = label * width; j < width; j++, q++) sums[q]! += weight * values[start + j]!;
}

/** Puts the centres in the means of their rows; the sum of the squares by which they moved. */
function moveCenters(pass: Pass): number {
  const { points, centers, sums, masses, members, moved, movedOthers } = pass;
  const { width } = points;
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
  for (let c = 0; c < members.length; c++) movedOthers[c] = moved[c] === most ? next : most;
  return total;
}

/** An empty segment takes the row that costs most where it is. */
function fillSegment({ points: { values, width, count, weights }, centers, labels, upper, lower, sums, masses, members }: Pass, empty: number): void {
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
  addRow(sums, masses, members, labels[farthest]!, values, farthest * width, width, -weight);
  addRow(sums, masses, members, empty, values, farthest * width, width, weight);
  labels[farthest] = empty;
  // Bounds that hold whatever the centres do next.
  upper[farthest] = Infinity;
  lower[farthest] = -Infinity;
}

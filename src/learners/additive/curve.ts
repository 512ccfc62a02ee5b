import { choleskyInPlace } from '../../numeric/cholesky.js';
import { symmetricEigenvectors } from '../../numeric/symmetricEigen.js';
import type { Placement } from './axis.js';

/** The directions in which the values at the knots of a number may go, each n long. */
export interface Curve {
  /** x itself, of mean 0 and standard deviation 1 over the rows; null where there is one knot. */
  readonly line: Float64Array | null;
  /** Departures from straight, the smoothest first. */
  readonly bends: readonly Float64Array[];
}

/** Bends kept: what has ten waves and more a penalty leaves next to nothing of. */
const MOST_BENDS = 10;

/**
 * The broken lines on these knots as a straight line and bends (Demmler and Reinsch, 1975): orthogonal over the rows, the smoothest first with mean
 * square 1, the others the smaller the rougher they are. Roughness is the sum of squared departures of a knot from the chord of its
 * neighbours, which does not depend on units and asks of a crowded range no more than of an empty one. One penalty for the squared coefficients
 * of all bends then is a penalty on roughness, and without bends the term is a straight line. O(rows + knots^3).
 */
export function curveOn(knots: readonly number[], placement: Placement, weights: Float64Array | null): Curve {
  const n = knots.length;
  if (n < 2) return { line: null, bends: [] };
  const gram = meanProducts(placement, weights, n);
  return { line: standardLine(knots, gram), bends: n < 3 ? [] : smoothestBends(roughness(knots), gram, n) };
}

/** Mean products of the positions over the known rows, n x n. */
function meanProducts({ at, share }: Placement, weights: Float64Array | null, n: number): Float64Array {
  const sums = new Float64Array(n * n);
  let total = 0;
  for (let row = 0; row < at.length; row++) {
    const i = at[row]!;
    if (i >= n) continue;
    const w = weights === null ? 1 : weights[row]!;
    const s = share === null ? 0 : share[row]!;
    total += w;
    sums[i * n + i]! += w * (1 - s) * (1 - s);
    if (s === 0) continue;
    sums[(i + 1) * n + i]! += w * s * (1 - s);
    sums[i * n + i + 1]! += w * s * (1 - s);
    sums[(i + 1) * n + i + 1]! += w * s * s;
  }
  return sums.map((sum) => sum / total);
}

function standardLine(knots: readonly number[], gram: Float64Array): Float64Array {
  const n = knots.length;
  const range = knots[n - 1]! - knots[0]!;
  const line = Float64Array.from(knots, (x) => (x - knots[0]!) / range);
  // The positions of a row add up to 1, so that a row of the products adds up to a mean.
  let mean = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      mean += gram[i * n + j]! * line[i]!;
      square += gram[i * n + j]! * line[i]! * line[j]!;
    }
  }
  const deviation = Math.sqrt(square - mean * mean);
  return line.map((x) => (x - mean) / deviation);
}

/** D'D, where a row of D is how far a knot departs from the chord of its neighbours. */
function roughness(knots: readonly number[]): Float64Array {
  const n = knots.length;
  const sums = new Float64Array(n * n);
  for (let k = 1; k < n - 1; k++) {
    const t = (knots[k]! - knots[k - 1]!) / (knots[k + 1]! - knots[k - 1]!);
    const d = [t - 1, 1, -t];
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) sums[(k - 1 + a) * n + k - 1 + b]! += d[a]! * d[b]!;
  }
  return sums;
}

/** With gram = L L', the eigenvectors of L^-1 rough L'^-1 taken back by L'^-1 are orthogonal over the rows and in roughness. */
function smoothestBends(rough: Float64Array, gram: Float64Array, n: number): Float64Array[] {
  const l = gram.slice();
  for (let i = 0; i < n; i++) l[i * n + i]! += 1e-10;
  choleskyInPlace(l, n);
  solveLower(l, n, rough);
  transpose(rough, n);
  solveLower(l, n, rough);
  const vectors = symmetricEigenvectors(rough, n);
  const found = Array.from({ length: n }, (_, k) => {
    const vector = vectors.subarray(k * n, k * n + n);
    let value = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) value += vector[i]! * rough[i * n + j]! * vector[j]!;
    return { value, vector };
  });
  // The two without roughness are what is constant and the line.
  const kept = found.sort((a, b) => a.value - b.value).slice(2, 2 + MOST_BENDS);
  return kept.map(({ value, vector }) => {
    const bend = solveUpper(l, n, vector.slice());
    const scale = Math.sqrt(kept[0]!.value / value) * (bend[n - 1]! < 0 ? -1 : 1);
    return bend.map((b) => b * scale);
  });
}

/** Overwrites the n x n matrix m by L^-1 m. */
function solveLower(l: Float64Array, n: number, m: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      const t = l[i * n + k]!;
      for (let j = 0; j < n; j++) m[i * n + j]! -= t * m[k * n + j]!;
    }
    for (let j = 0; j < n; j++) m[i * n + j]! /= l[i * n + i]!;
  }
}

function transpose(m: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const held = m[i * n + j]!;
      m[i * n + j] = m[j * n + i]!;
      m[j * n + i] = held;
    }
  }
}

/** Overwrites b by L'^-1 b; returns it. */
function solveUpper(l: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i]! -= l[k * n + i]! * b[k]!;
    b[i]! /= l[i * n + i]!;
  }
  return b;
}

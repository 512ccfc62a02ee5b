import type { GaussianFactors } from './gaussians.js';
import type { KnownBlock } from './knownBlocks.js';
import { TILE, type MixtureRows } from './settleRows.js';

/** Sums over the rows of a block, by segment, about the current means. */
export interface GaussianSums {
  readonly counts: Float64Array;
  /** Of the distances from the mean, segments x known features. */
  readonly sums: Float64Array;
  /** Of their products, packed lower triangles; for independent features of their squares. */
  readonly products: Float64Array;
}

/** The rows of a block under the densities of a mixture; with `into`, what the next step of EM needs is added up on the way. */
export function gaussianRows({ points, known, count, weights, rows }: KnownBlock, factors: GaussianFactors, into?: GaussianSums): MixtureRows {
  const { isDiagonal, means, inverses, constants } = factors;
  const segments = constants.length;
  const packed = inverses.length / segments;
  // Four rows at once: each number of a matrix is read once for four, and sums run beside each other.
  const lanes: Lanes = [new Float64Array(known), new Float64Array(known), new Float64Array(known), new Float64Array(known)];
  const [d0, d1, d2, d3] = lanes;
  const load = (c: number, r0: number, r1: number, r2: number, r3: number): void => {
    for (let i = 0, m = c * known, a = r0 * known, b = r1 * known, e = r2 * known, f = r3 * known; i < known; i++, m++, a++, b++, e++, f++) {
      const mean = means[m]!;
      d0[i] = points[a]! - mean;
      d1[i] = points[b]! - mean;
      d2[i] = points[e]! - mean;
      d3[i] = points[f]! - mean;
    }
  };
  const squares = new Float64Array(4);
  const fill = (from: number, size: number, joint: Float64Array): void => {
    const last = count - 1;
    for (let c = 0; c < segments; c++) {
      const constant = constants[c]!;
      for (let t = 0; t < size; t += 4) {
        const row = from + t;
        load(c, row, Math.min(row + 1, last), Math.min(row + 2, last), Math.min(row + 3, last));
        (isDiagonal ? diagonalSquares : fullSquares)(inverses, c * packed, known, lanes, squares);
        for (let lane = 0; lane < 4; lane++) joint[c * TILE + t + lane] = constant - 0.5 * squares[lane]!;
      }
    }
  };
  if (into === undefined) return { count, weights, rows, fill };
  const held = new Int32Array(TILE + 3);
  const by = new Float64Array(4);
  const collect = (from: number, size: number, shares: Float64Array): void => {
    for (let c = 0; c < segments; c++) {
      let many = 0;
      for (let t = 0; t < size; t++) if (shares[c * TILE + t]! > 0) held[many++] = t;
      for (let h = 0; h < many; h += 4) {
        // What is beyond the last counts nothing.
        for (let lane = 0; lane < 4; lane++) {
          if (h + lane >= many) held[h + lane] = 0;
          by[lane] = h + lane < many ? shares[c * TILE + held[h + lane]!]! : 0;
        }
        load(c, from + held[h]!, from + held[h + 1]!, from + held[h + 2]!, from + held[h + 3]!);
        into.counts[c]! += by[0]! + by[1]! + by[2]! + by[3]!;
        addSums(into.sums, c * known, known, lanes, by);
        (isDiagonal ? addSquares : addProducts)(into.products, c * packed, known, lanes, by);
      }
    }
  };
  return { count, weights, rows, fill, collect };
}

type Lanes = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Squared Mahalanobis distances of four rows; two rows of the matrix at once. */
function fullSquares(inverses: Float64Array, start: number, known: number, [d0, d1, d2, d3]: Lanes, squares: Float64Array): void {
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  for (let i = 0, p = start; i < known; i += 2) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    if (i + 1 === known) {
      for (let j = 0; j <= i; j++, p++) {
        const x = inverses[p]!;
        s0 += x * d0[j]!;
        s1 += x * d1[j]!;
        s2 += x * d2[j]!;
        s3 += x * d3[j]!;
      }
    } else {
      let u0 = 0;
      let u1 = 0;
      let u2 = 0;
      let u3 = 0;
      let r = p + i + 1;
      for (let j = 0; j <= i; j++, p++, r++) {
        const x = inverses[p]!;
        const y = inverses[r]!;
        const a = d0[j]!;
        const b = d1[j]!;
        const e = d2[j]!;
        const f = d3[j]!;
        s0 += x * a;
        s1 += x * b;
        s2 += x * e;
        s3 += x * f;
        u0 += y * a;
        u1 += y * b;
        u2 += y * e;
        u3 += y * f;
      }
      const y = inverses[r]!;
      u0 += y * d0[i + 1]!;
      u1 += y * d1[i + 1]!;
      u2 += y * d2[i + 1]!;
      u3 += y * d3[i + 1]!;
      q0 += u0 * u0;
      q1 += u1 * u1;
      q2 += u2 * u2;
      q3 += u3 * u3;
      p = r + 1;
    }
    q0 += s0 * s0;
    q1 += s1 * s1;
    q2 += s2 * s2;
    q3 += s3 * s3;
  }
  squares[0] = q0;
  squares[1] = q1;
  squares[2] = q2;
  squares[3] = q3;
}

function diagonalSquares(inverses: Float64Array, start: number, known: number, [d0, d1, d2, d3]: Lanes, squares: Float64Array): void {
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  for (let i = 0; i < known; i++) {
    const x = inverses[start + i]!;
    const z0 = x * d0[i]!;
    const z1 = x * d1[i]!;
    const z2 = x * d2[i]!;
    const z3 = x * d3[i]!;
    q0 += z0 * z0;
    q1 += z1 * z1;
    q2 += z2 * z2;
    q3 += z3 * z3;
  }
  squares[0] = q0;
  squares[1] = q1;
  squares[2] = q2;
  squares[3] = q3;
}

function addSums(sums: Float64Array, start: number, known: number, [d0, d1, d2, d3]: Lanes, by: Float64Array): void {
  const w0 = by[0]!;
  const w1 = by[1]!;
  const w2 = by[2]!;
  const w3 = by[3]!;
  for (let i = 0; i < known; i++) sums[start + i]! += w0 * d0[i]! + w1 * d1[i]! + w2 * d2[i]! + w3 * d3[i]!;
}

/** The lower triangle of the products; two rows of it at once. */
function addProducts(products: Float64Array, start: number, known: number, [d0, d1, d2, d3]: Lanes, by: Float64Array): void {
  const w0 = by[0]!;
  const w1 = by[1]!;
  const w2 = by[2]!;
  const w3 = by[3]!;
  for (let i = 0, p = start; i < known; i += 2) {
    const x0 = w0 * d0[i]!;
    const x1 = w1 * d1[i]!;
    const x2 = w2 * d2[i]!;
    const x3 = w3 * d3[i]!;
    if (i + 1 === known) {
      for (let j = 0; j <= i; j++, p++) products[p]! += x0 * d0[j]! + x1 * d1[j]! + x2 * d2[j]! + x3 * d3[j]!;
      return;
    }
    const y0 = w0 * d0[i + 1]!;
    const y1 = w1 * d1[i + 1]!;
    const y2 = w2 * d2[i + 1]!;
    const y3 = w3 * d3[i + 1]!;
    let r = p + i + 1;
    for (let j = 0; j <= i; j++, p++, r++) {
      const a = d0[j]!;
      const b = d1[j]!;
      const e = d2[j]!;
      const f = d3[j]!;
      products[p]! += x0 * a + x1 * b + x2 * e + x3 * f;
      products[r]! += y0 * a + y1 * b + y2 * e + y3 * f;
    }
    products[r]! += y0 * d0[i + 1]! + y1 * d1[i + 1]! + y2 * d2[i + 1]! + y3 * d3[i + 1]!;
    p = r + 1;
  }
}

function addSquares(squares: Float64Array, start: number, known: number, [d0, d1, d2, d3]: Lanes, by: Float64Array): void {
  const w0 = by[0]!;
  const w1 = by[1]!;
  const w2 = by[2]!;
  const w3 = by[3]!;
  for (let i = 0; i < known; i++) squares[start + i]! += w0 * d0[i]! * d0[i]! + w1 * d1[i]! * d1[i]! + w2 * d2[i]! * d2[i]! + w3 * d3[i]! * d3[i]!;
}

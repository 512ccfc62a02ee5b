import { pointsOf } from './rowGroups.js';

/** Rows of a tile: two tiles of 8 coordinates stay in the cache next to the processor. */
const TILE = 256;

/**
 * Adds to `sums[i]` the Euclidean distances from row `rows[i]` to all of `others`, and to `otherSums[j]` those from `others[j]` to all of `rows`.
 * Where both are the same rows every distance is computed once and goes into `sums` (`otherSums` is not touched). Tiles of both are copied out in
 * turn, so that memory does not grow with the rows. O(rows * others * width).
 */
export function addDistanceSums(points: Float64Array, width: number, rows: Int32Array, others: Int32Array, sums: Float64Array, otherSums: Float64Array): void {
  const unused = new Float64Array(TILE);
  const isSame = rows === others;
  for (let p = 0; p < rows.length; p += TILE) {
    const a = pointsOf(points, width, rows.subarray(p, p + TILE));
    for (let q = isSame ? p : 0; q < others.length; q += TILE) {
      const b = inFours(pointsOf(points, width, others.subarray(q, q + TILE)), width);
      addTile(a, b, width, Math.min(TILE, others.length - q), sums.subarray(p), isSame ? (p === q ? unused : sums.subarray(q)) : otherSums.subarray(q));
    }
  }
}

// Coordinate by coordinate within every four points: what the inner loop reads lies side by side.
function inFours(points: Float64Array, width: number): Float64Array {
  const count = points.length / width;
  const packed = new Float64Array(((count + 3) >> 2) * 4 * width);
  for (let i = 0, at = 0; i < count; i++) for (let f = 0; f < width; f++) packed[(i >> 2) * 4 * width + f * 4 + (i & 3)] = points[at++]!;
  return packed;
}

// Two points against four at a time: eight sums fill the registers. The last points of a tile go one by one.
function addTile(a: Float64Array, b: Float64Array, width: number, bCount: number, aSums: Float64Array, bSums: Float64Array): void {
  const aCount = a.length / width;
  const aPairs = aCount & ~1;
  const bFours = bCount & ~3;
  for (let i = 0; i < aPairs; i += 2) {
    const from = i * width;
    const end = from + width;
    let sum0 = 0;
    let sum1 = 0;
    for (let j = 0, q = 0; j < bFours; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let t0 = 0;
      let t1 = 0;
      let t2 = 0;
      let t3 = 0;
      for (let f = from; f < end; f++, q += 4) {
        const x = a[f]!;
        const y = a[f + width]!;
        const b0 = b[q]!;
        const b1 = b[q + 1]!;
        const b2 = b[q + 2]!;
        const b3 = b[q + 3]!;
        s0 += (x - b0) * (x - b0);
        s1 += (x - b1) * (x - b1);
        s2 += (x - b2) * (x - b2);
        s3 += (x - b3) * (x - b3);
        t0 += (y - b0) * (y - b0);
        t1 += (y - b1) * (y - b1);
        t2 += (y - b2) * (y - b2);
        t3 += (y - b3) * (y - b3);
      }
      s0 = Math.sqrt(s0);
      s1 = Math.sqrt(s1);
      s2 = Math.sqrt(s2);
      s3 = Math.sqrt(s3);
      t0 = Math.sqrt(t0);
      t1 = Math.sqrt(t1);
      t2 = Math.sqrt(t2);
      t3 = Math.sqrt(t3);
      sum0 += s0 + s1 + (s2 + s3);
      sum1 += t0 + t1 + (t2 + t3);
      bSums[j]! += s0 + t0;
      bSums[j + 1]! += s1 + t1;
      bSums[j + 2]! += s2 + t2;
      bSums[j + 3]! += s3 + t3;
    }
    aSums[i]! += sum0;
    aSums[i + 1]! += sum1;
  }
  if (bFours < bCount) addPairs(a, b, width, [0, aPairs, bFours, bCount], aSums, bSums);
  if (aPairs < aCount) addPairs(a, b, width, [aPairs, aCount, 0, bCount], aSums, bSums);
}

function addPairs(a: Float64Array, b: Float64Array, width: number, [aFrom, aTo, bFrom, bTo]: readonly [number, number, number, number], aSums: Float64Array, bSums: Float64Array): void {
  for (let i = aFrom; i < aTo; i++) {
    for (let j = bFrom; j < bTo; j++) {
      let squares = 0;
      for (let f = 0, q = (j >> 2) * 4 * width + (j & 3); f < width; f++, q += 4) squares += (a[i * width + f]! - b[q]!) ** 2;
      const distance = Math.sqrt(squares);
      aSums[i]! += distance;
      bSums[j]! += distance;
    }
  }
}

import type { Lane } from './lanes.js';

/** Adds to eta what the positions of a lane say. */
export function addValues(eta: Float64Array, { at, near, far, stride }: Lane, values: Float64Array): void {
  for (let i = 0; i < eta.length; i++) eta[i]! += values[at[i]!]! * near[i]!;
  if (far !== null) for (let i = 0; i < eta.length; i++) eta[i]! += values[at[i]! + stride]! * far[i]!;
}

/** Adds residuals to the positions they stand on. */
export function addSlope(slope: Float64Array, { at, near, far, stride }: Lane, rows: number, residuals: Float64Array): void {
  for (let i = 0; i < rows; i++) slope[at[i]!]! += residuals[i]! * near[i]!;
  if (far !== null) for (let i = 0; i < rows; i++) slope[at[i]! + stride]! += residuals[i]! * far[i]!;
}

/** to = a b. */
export function multiply(to: Float64Array, a: Float64Array, b: Float64Array, rows: number): void {
  for (let i = 0; i < rows; i++) to[i] = a[i]! * b[i]!;
}

/**
 * Adds the products of a lane and those before it to width x width sums, each pair of positions once, in whichever triangle; `near` and `far` are those of the lane times
 * the curvature. Two lanes at a time where all three are numbers: what is read of the first then serves both.
 */
export function addProducts(wide: Float64Array, width: number, first: Lane, before: readonly Lane[], near: Float64Array, far: Float64Array, rows: number): void {
  for (let b = 0; b < before.length; b++) {
    const [second, third] = [before[b]!, before[b + 1]];
    if (first.far === null || second.far === null || third === undefined || third.far === null) addPair(wide, width, first, second, near, far, rows);
    else {
      addTwoPairs(wide, width, first, second, third, near, far, rows);
      b++;
    }
  }
}

// Nothing is unpacked from arrays in these loops: that alone takes a third of their time.
function addTwoPairs(wide: Float64Array, width: number, first: Lane, second: Lane, third: Lane, near: Float64Array, far: Float64Array, rows: number): void {
  const top = first.at;
  const down = first.stride * width;
  const { at: atB, near: nearB, stride: strideB } = second;
  const { at: atC, near: nearC, stride: strideC } = third;
  const farB = second.far!;
  const farC = third.far!;
  for (let i = 0; i < rows; i++) {
    const row = top[i]! * width;
    const a = near[i]!;
    const b = far[i]!;
    const cellB = row + atB[i]!;
    const c = nearB[i]!;
    const d = farB[i]!;
    wide[cellB]! += a * c;
    wide[cellB + strideB]! += a * d;
    wide[cellB + down]! += b * c;
    wide[cellB + down + strideB]! += b * d;
    const cellC = row + atC[i]!;
    const e = nearC[i]!;
    const f = farC[i]!;
    wide[cellC]! += a * e;
    wide[cellC + strideC]! += a * f;
    wide[cellC + down]! += b * e;
    wide[cellC + down + strideC]! += b * f;
  }
}

function addPair(wide: Float64Array, width: number, first: Lane, second: Lane, near: Float64Array, far: Float64Array, rows: number): void {
  const top = first.at;
  const down = first.stride * width;
  const { at, stride } = second;
  const nearB = second.near;
  const farB = second.far;
  if (first.far !== null && farB !== null) {
    for (let i = 0; i < rows; i++) {
      const cell = top[i]! * width + at[i]!;
      const a = near[i]!;
      const b = far[i]!;
      const c = nearB[i]!;
      const d = farB[i]!;
      wide[cell]! += a * c;
      wide[cell + stride]! += a * d;
      wide[cell + down]! += b * c;
      wide[cell + down + stride]! += b * d;
    }
  } else if (first.far !== null) {
    for (let i = 0; i < rows; i++) {
      const cell = top[i]! * width + at[i]!;
      wide[cell]! += near[i]! * nearB[i]!;
      wide[cell + down]! += far[i]! * nearB[i]!;
    }
  } else if (farB !== null) {
    for (let i = 0; i < rows; i++) {
      const cell = top[i]! * width + at[i]!;
      wide[cell]! += near[i]! * nearB[i]!;
      wide[cell + stride]! += near[i]! * farB[i]!;
    }
  } else for (let i = 0; i < rows; i++) wide[top[i]! * width + at[i]!]! += near[i]! * nearB[i]!;
}

/** The same for a lane and itself. */
export function addSquares(wide: Float64Array, width: number, { at, near: plain, far: plainFar, stride }: Lane, near: Float64Array, far: Float64Array, rows: number): void {
  for (let i = 0; i < rows; i++) wide[at[i]! * (width + 1)]! += near[i]! * plain[i]!;
  if (plainFar === null) return;
  for (let i = 0; i < rows; i++) {
    const next = (at[i]! + stride) * (width + 1);
    wide[next]! += far[i]! * plainFar[i]!;
    wide[next - stride]! += far[i]! * plain[i]!;
  }
}

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

/** Adds the products of two lanes to width x width sums, each pair of positions once, in whichever triangle; `near` and `far` are those of the first times the curvature. */
export function addProducts(wide: Float64Array, width: number, first: Lane, second: Lane, near: Float64Array, far: Float64Array, rows: number): void {
  const top = first.at;
  const down = first.stride * width;
  const { at, stride } = second;
  const nearB = second.near;
  const farB = second.far;
  if (first.far !== null && farB !== null) {
    for (let i = 0; i < rows; i++) {
      const cell = top[i]! * width + at[i]!;
      const [a, b, c, d] = [near[i]!, far[i]!, nearB[i]!, farB[i]!];
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

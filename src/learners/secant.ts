/** A step taken and the change of the gradient it made. */
export interface SecantPair {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** Sum of products. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * The quasi-Newton direction H g by the two-loop recursion (Nocedal, 1980), where `solve` applies an approximate inverse
 * Hessian in place: what the steps taken so far teach about the curvature corrects it.
 */
export function secantDirection(gradient: Float64Array, pairs: readonly SecantPair[], solve: (v: Float64Array) => Float64Array): Float64Array {
  const q = gradient.slice();
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change } = pairs[k]!;
    const alpha = dot(step, q) / dot(step, change);
    alphas[k] = alpha;
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * change[i]!;
  }
  solve(q);
  for (let k = 0; k < pairs.length; k++) {
    const { step, change } = pairs[k]!;
    const beta = alphas[k]! - dot(change, q) / dot(step, change);
    for (let i = 0; i < q.length; i++) q[i]! += beta * step[i]!;
  }
  return q;
}

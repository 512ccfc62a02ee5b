import { choleskyInPlace, choleskySolve } from '../cholesky.js';

/** Which prices may be above 0, and the slope and curvature of the dual function in them. */
export interface PriceSystem {
  readonly free: readonly number[];
  readonly gradient: Float64Array;
  /** Row-major, of all prices. */
  readonly hessian: Float64Array;
}

/**
 * Where a damped Newton step (Levenberg and Marquardt) from `prices` leads; prices at 0 that would fall are held there. null where the
 * system cannot be solved. `floor` keeps the damping alive where the function is flat.
 */
export function priceStep({ free, gradient, hessian }: PriceSystem, prices: Float64Array, damping: number, floor: Float64Array): Float64Array | null {
  const moving = free.filter((j) => prices[j]! > 0 || gradient[j]! < 0);
  const size = moving.length;
  const system = new Float64Array(size * size);
  const step = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    const i = moving[a]!;
    for (let b = 0; b <= a; b++) system[a * size + b] = hessian[i * gradient.length + moving[b]!]!;
    system[a * size + a]! += damping * Math.max(hessian[i * gradient.length + i]!, floor[i]!);
    step[a] = -gradient[i]!;
  }
  if (!choleskyInPlace(system, size)) return null;
  choleskySolve(system, size, step);
  const next = prices.slice();
  for (let a = 0; a < size; a++) next[moving[a]!] = Math.max(0, prices[moving[a]!]! + step[a]!);
  return next;
}

/** The largest slope a price could still follow, each in units of what its limit is about. */
export function steepest({ free, gradient }: PriceSystem, prices: Float64Array, units: Float64Array): number {
  let most = 0;
  for (const j of free) {
    const slope = gradient[j]!;
    if (prices[j]! > 0 || slope < 0) most = Math.max(most, Math.abs(slope) / units[j]!);
  }
  return most;
}

import { gammaFront, incompleteGamma, incompleteGammaComplement } from './incompleteGamma.js';
import { logGamma } from './logGamma.js';
import { normalQuantile } from './normal.js';

/**
 * The x below which a gamma variable of the given shape (above 0) and rate 1 falls with probability p. About 1e-13 of itself; 0 where the answer
 * is below 1e-300, Infinity for p of 1, NaN outside [0, 1].
 */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? 0 : p === 1 ? Infinity : NaN;
  return p <= 0.5 ? solve(p, shape, incompleteGamma, 1) : solve(1 - p, shape, incompleteGammaComplement, -1);
}

/** The x that a gamma variable of the given shape and rate 1 exceeds with probability q: {@link gammaQuantile} of 1 - q, without the loss for a small q. */
export function gammaUpperQuantile(q: number, shape: number): number {
  if (!(q > 0 && q < 1)) return q === 0 ? Infinity : q === 1 ? 0 : NaN;
  return q <= 0.5 ? solve(q, shape, incompleteGammaComplement, -1) : solve(1 - q, shape, incompleteGamma, 1);
}

// Newton's steps for log tail(e^t) = log p: the log of either tail is concave in t, so that after one step they close in from one side only.
function solve(p: number, shape: number, tail: (x: number, shape: number) => number, sign: 1 | -1): number {
  const goal = Math.log(p);
  let t = start(p, shape, sign);
  for (let step = 0; step < 100; step++) {
    const x = Math.exp(t);
    if (x < 1e-300) return 0;
    const at = tail(x, shape);
    const move = ((goal - Math.log(at)) * at) / (sign * gammaFront(x, shape));
    t += move;
    if (Math.abs(move) < 1e-12) return Math.exp(t);
    // No number is left of either: half way back to the mean.
    if (!Number.isFinite(t)) t = (Math.log(x) + Math.log(shape)) / 2;
  }
  return Math.exp(t);
}

// Wilson and Hilferty's (1931) cube of a normal variable, or P ~ x^shape / Gamma(shape + 1) where that is small.
function start(p: number, shape: number, sign: 1 | -1): number {
  const cube = 1 - 1 / (9 * shape) + (sign * normalQuantile(p)) / (3 * Math.sqrt(shape));
  if (cube > 0.2) return Math.log(shape) + 3 * Math.log(cube);
  return (Math.log(sign === 1 ? p : 1 - p) + logGamma(shape + 1)) / shape;
}

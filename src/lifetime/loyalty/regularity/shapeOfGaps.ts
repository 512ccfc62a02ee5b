import { logMinusDigamma } from '../../../numeric/stirling.js';

/** Below this unevenness gaps are equal but for rounding. */
const EVEN = 1e-12;

/**
 * The shape k of the gamma law that makes gaps most likely, from their unevenness s: log k - digamma(k) = s, by Newton in logarithms, in which the
 * function is nearly straight. Infinity where all are equal.
 */
export function mostLikelyShape(s: number): number {
  if (!(s > EVEN)) return Number.isNaN(s) ? NaN : Infinity;
  let shape = minkaShape(s);
  for (let step = 0; step < 20; step++) {
    const { value, slope } = logMinusDigamma(shape);
    const move = (Math.log(s / value) * value) / (slope * shape);
    shape *= Math.exp(move);
    if (Math.abs(move) < 1e-14) break;
  }
  return shape;
}

/** Minka's (2002) approximation of {@link mostLikelyShape}. */
export function minkaShape(s: number): number {
  return s > EVEN ? (3 - s + Math.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s) : infiniteUnlessUnknown(s);
}

/** Thom's (1958) approximation of {@link mostLikelyShape}. */
export function thomShape(s: number): number {
  return s > EVEN ? (1 + Math.sqrt(1 + (4 * s) / 3)) / (4 * s) : infiniteUnlessUnknown(s);
}

/** By the squared coefficient of variation of the gaps from one position to before another (Wu and Chen, 2000). */
export function variationShape(gaps: Float64Array, from: number, to: number): number {
  let mean = 0;
  for (let g = from; g < to; g++) mean += gaps[g]! / (to - from);
  let squares = 0;
  for (let g = from; g < to; g++) squares += (gaps[g]! - mean) ** 2;
  return (mean * mean * (to - from - 1)) / squares;
}

function infiniteUnlessUnknown(s: number): number {
  return Number.isNaN(s) ? NaN : Infinity;
}

import type { Random } from '../../numeric/random.js';
import { symmetricEigenvectors } from '../../numeric/symmetricEigen.js';

/**
 * A source of points without structure: uniform in the box that holds the points along their principal axes (the second reference of Tibshirani,
 * Walther and Hastie, 2001), so that correlated columns alone are no segments.
 */
export function referenceDraws(points: Float64Array, width: number): (random: Random) => Float64Array {
  const count = points.length / width;
  const mean = new Float64Array(width);
  for (let at = 0; at < points.length; at++) mean[at % width]! += points[at]! / count;
  const products = new Float64Array(width * width);
  for (let at = 0; at < points.length; at += width) {
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) products[i * width + j]! += (points[at + i]! - mean[i]!) * (points[at + j]! - mean[j]!);
  }
  const axes = symmetricEigenvectors(products, width);
  const low = new Float64Array(width).fill(Infinity);
  const high = new Float64Array(width).fill(-Infinity);
  for (let at = 0; at < points.length; at += width) {
    for (let axis = 0; axis < width; axis++) {
      let along = 0;
      for (let j = 0; j < width; j++) along += (points[at + j]! - mean[j]!) * axes[axis * width + j]!;
      low[axis] = Math.min(low[axis]!, along);
      high[axis] = Math.max(high[axis]!, along);
    }
  }
  return (random) => {
    const drawn = new Float64Array(points.length);
    for (let at = 0; at < drawn.length; at += width) {
      for (let j = 0; j < width; j++) drawn[at + j] = mean[j]!;
      for (let axis = 0; axis < width; axis++) {
        const along = low[axis]! + random.uniform() * (high[axis]! - low[axis]!);
        for (let j = 0; j < width; j++) drawn[at + j]! += along * axes[axis * width + j]!;
      }
    }
    return drawn;
  };
}

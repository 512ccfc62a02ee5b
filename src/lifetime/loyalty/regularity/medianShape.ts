import { quantileOfSorted } from '../../../numeric/quantile.js';
import type { CustomerGaps } from './customerGaps.js';
import { minkaShape, mostLikelyShape, thomShape, variationShape } from './shapeOfGaps.js';
import type { BoundedShape } from './wheatShape.js';

/** The median over customers of each one's own shape, between the shapes of those ranks that hold the median of all such customers between them. */
export function medianShape({ counts, unevenness, gaps }: CustomerGaps, method: 'mle' | 'minka' | 'thom' | 'cv', least: number, z: number): BoundedShape {
  const own: number[] = [];
  let from = 0;
  counts.forEach((n, c) => {
    if (n >= least) own.push(method === 'cv' ? variationShape(gaps!, from, from + n) : SHAPES[method](unevenness[c]!));
    from += n;
  });
  const sorted = Float64Array.from(own).sort();
  const reach = (z * Math.sqrt(sorted.length)) / 2;
  const middle = (sorted.length - 1) / 2;
  return {
    // An infinite shape is not to be multiplied by a part of 0.
    shape: sorted[Math.floor(middle)] === sorted[Math.ceil(middle)] ? sorted[Math.floor(middle)]! : quantileOfSorted(sorted, 0.5),
    lower: sorted[Math.max(0, Math.floor(middle - reach))]!,
    upper: sorted[Math.min(sorted.length - 1, Math.ceil(middle + reach))]!,
  };
}

const SHAPES = { mle: mostLikelyShape, minka: minkaShape, thom: thomShape } as const;

/**
 * The order that gives segments their numbers: the largest first, equal ones by their place on the axes (first coordinate that differs, ascending). It does not
 * depend on the draw that found them, so that a refit with another seed gives the same numbers to the same segments.
 *
 * @returns `order[newNumber] = oldNumber`
 */
export function segmentOrder(sizes: ArrayLike<number>, centers: Float64Array): number[] {
  const width = sizes.length === 0 ? 0 : centers.length / sizes.length;
  return Array.from(sizes, (_, c) => c).sort((a, b) => {
    if (sizes[a] !== sizes[b]) return sizes[b]! - sizes[a]!;
    for (let j = 0; j < width; j++) {
      const difference = centers[a * width + j]! - centers[b * width + j]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

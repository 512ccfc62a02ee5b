/** Silhouette widths from the matrix of distances, as the definition reads; labels from 0. */
export function naiveWidths(points: Float64Array, width: number, labels: ArrayLike<number>): number[] {
  const n = points.length / width;
  const distance = (i: number, j: number): number => Math.hypot(...Array.from({ length: width }, (_, f) => points[i * width + f]! - points[j * width + f]!));
  const segments = [...new Set(Array.from(labels))].filter((label) => label >= 0);
  return Array.from({ length: n }, (_, i) => {
    if (labels[i]! < 0) return NaN;
    const mean = (label: number): number => {
      const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i && labels[j] === label);
      return others.length === 0 ? NaN : others.reduce((sum, j) => sum + distance(i, j), 0) / others.length;
    };
    const a = mean(labels[i]!);
    const b = Math.min(...segments.filter((label) => label !== labels[i]).map(mean));
    return Number.isNaN(a) || a === b ? 0 : (b - a) / Math.max(a, b);
  });
}

/** Rows as columns x0, x1… of a table. */
export function columnsOf(points: ArrayLike<number>, width: number): Record<string, number[]> {
  return Object.fromEntries(Array.from({ length: width }, (_, j) => [`x${j}`, Array.from({ length: points.length / width }, (_, i) => points[i * width + j]!)]));
}

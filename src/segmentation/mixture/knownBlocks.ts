/** Rows of which the same features are known. */
export interface KnownBlock {
  /** All features, the known ones first. */
  readonly columns: readonly number[];
  /** How many are known. */
  readonly known: number;
  /** The known coordinates, row-major. */
  readonly points: Float64Array;
  /** Null: 1 each. */
  readonly weights: Float64Array | null;
  /** Where the rows stand among all; null: in their order. */
  readonly rows: readonly number[] | null;
  readonly count: number;
}

/** Cuts rows into blocks of which the same features are known; complete rows are one block, without a copy. */
export function knownBlocks(points: Float64Array, width: number, weights: Float64Array | null): KnownBlock[] {
  const all = Array.from({ length: width }, (_, j) => j);
  const count = points.length / width;
  if (!points.some(Number.isNaN)) return [{ columns: all, known: width, points, weights, rows: null, count }];
  const patterns = new Map<string, number[]>();
  for (let row = 0; row < count; row++) {
    let key = '';
    for (let j = 0; j < width; j++) if (Number.isNaN(points[row * width + j])) key += `${j},`;
    const rows = patterns.get(key);
    if (rows === undefined) patterns.set(key, [row]);
    else rows.push(row);
  }
  return Array.from(patterns.values(), (rows): KnownBlock => {
    const isKnown = (j: number): boolean => !Number.isNaN(points[rows[0]! * width + j]);
    const seen = all.filter(isKnown);
    const kept = new Float64Array(rows.length * seen.length);
    rows.forEach((row, i) => {
      seen.forEach((j, at) => (kept[i * seen.length + at] = points[row * width + j]!));
    });
    return {
      columns: [...seen, ...all.filter((j) => !isKnown(j))],
      known: seen.length,
      points: kept,
      weights: weights === null ? null : Float64Array.from(rows, (row) => weights[row]!),
      rows,
      count: rows.length,
    };
  });
}

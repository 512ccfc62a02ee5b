import { createRandom, type Random } from '../../numeric/random.js';

/** Below this a segment is dissolved, above the other it is found again (Hennig, 2007). */
const DISSOLVED = 0.5;
const RECOVERED = 0.75;

/** How well the segments are found again in resampled data; an entry a segment. */
export interface Recoveries {
  /** Mean of the largest Jaccard coefficient with a segment of the resampled data. */
  readonly jaccard: Float64Array;
  /** Standard error of that mean. */
  readonly standardError: Float64Array;
  readonly dissolved: Int32Array;
  readonly recovered: Int32Array;
  readonly done: number;
}

/**
 * Segments again the distinct rows of samples with replacement and compares (clusterboot of fpc): `labels` against what `fitRows` gives for those rows.
 * `onSample` returning false stops.
 */
export function recoveries(labels: ArrayLike<number>, count: number, samples: number, seed: number, fitRows: (rows: Int32Array, seed: number) => ArrayLike<number>, onSample: (worst: number) => boolean): Recoveries {
  const [sums, squares] = [new Float64Array(count), new Float64Array(count)];
  const [dissolved, recovered] = [new Int32Array(count), new Int32Array(count)];
  const random = createRandom(seed);
  let done = 0;
  while (done < samples) {
    const rows = resampled(labels.length, random);
    const again = fitRows(rows, seed + ++done);
    const best = bestJaccard(rows, labels, count, again);
    for (let c = 0; c < count; c++) {
      sums[c]! += best[c]!;
      squares[c]! += best[c]! * best[c]!;
      if (best[c]! < DISSOLVED) dissolved[c]!++;
      if (best[c]! > RECOVERED) recovered[c]!++;
    }
    if (!onSample(Math.min(...best))) break;
  }
  const jaccard = sums.map((sum) => sum / done);
  const standardError = squares.map((square, c) => Math.sqrt(Math.max(0, square / done - jaccard[c]! ** 2) / Math.max(1, done - 1)));
  return { jaccard, standardError, dissolved, recovered, done };
}

/** The distinct rows of a draw of as many rows with replacement, ascending. */
function resampled(rowCount: number, random: Random): Int32Array {
  const isDrawn = new Uint8Array(rowCount);
  for (let i = 0; i < rowCount; i++) isDrawn[random.integer(rowCount)] = 1;
  return Int32Array.from({ length: rowCount }, (_, row) => row).filter((row) => isDrawn[row] === 1);
}

// 0 for a segment without a row in the sample.
function bestJaccard(rows: Int32Array, labels: ArrayLike<number>, count: number, again: ArrayLike<number>): Float64Array {
  let others = 0;
  for (let i = 0; i < rows.length; i++) others = Math.max(others, again[i]! + 1);
  const both = new Float64Array(count * others);
  const [sizes, otherSizes] = [new Float64Array(count), new Float64Array(others)];
  for (let i = 0; i < rows.length; i++) {
    const [c, other] = [labels[rows[i]!]!, again[i]!];
    if (c >= 0) sizes[c]!++;
    if (other >= 0) otherSizes[other]!++;
    if (c >= 0 && other >= 0) both[c * others + other]!++;
  }
  const best = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    for (let other = 0; other < others; other++) {
      const shared = both[c * others + other]!;
      if (shared > 0) best[c] = Math.max(best[c]!, shared / (sizes[c]! + otherSizes[other]! - shared));
    }
  }
  return best;
}

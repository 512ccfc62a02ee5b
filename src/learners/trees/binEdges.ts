import { sortedOrder } from '../../numeric/sorting.js';
import { createRandom } from '../../numeric/random.js';
import { cutEvenly } from './cutEvenly.js';

// Beyond so many rows a sample of them tells where the edges lie.
const SAMPLE = 65_536;

/**
 * Where a column of numbers is cut into at most `maxBins` bins: a value belongs to the first bin whose edge it does not exceed. With no more
 * distinct values than bins every value has its own. Otherwise bins hold about equal weight: each takes its share of what is still left, so
 * that a value many rows have (zero, say) costs its neighbours no bins. Edges lie half-way between neighbouring values.
 */
export function binEdges(values: Float64Array, rows: Int32Array, weights: Float64Array | null, maxBins: number, seed: number): Float64Array {
  const { distinct, mass, total } = distinctValues(values, rows.length > SAMPLE ? sampleOf(rows, seed) : rows, weights);
  const cuts = distinct.length <= maxBins ? [...distinct.keys()].slice(0, -1) : cutEvenly(mass, total, maxBins);
  return Float64Array.from(cuts, (i) => between(distinct[i]!, distinct[i + 1]!));
}

function sampleOf(rows: Int32Array, seed: number): Int32Array {
  const random = createRandom(seed);
  const sample = new Int32Array(SAMPLE);
  // One row from each of so many stretches of equal length.
  const stretch = rows.length / SAMPLE;
  for (let i = 0; i < SAMPLE; i++) sample[i] = rows[Math.floor((i + random.uniform()) * stretch)]!;
  return sample;
}

function distinctValues(values: Float64Array, rows: Int32Array, weights: Float64Array | null): { distinct: Float64Array; mass: Float64Array; total: number } {
  const known = new Float64Array(rows.length);
  const knownRows = weights === null ? null : new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (value !== value) continue;
    if (knownRows !== null) knownRows[count] = rows[i]!;
    known[count++] = value;
  }
  const order = sortedOrder(known.subarray(0, count));
  const distinct = new Float64Array(count);
  const mass = new Float64Array(count);
  let size = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const at = order[i]!;
    const weight = weights === null ? 1 : weights[knownRows![at]!]!;
    if (size === 0 || known[at] !== distinct[size - 1]) distinct[size++] = known[at]!;
    mass[size - 1]! += weight;
    total += weight;
  }
  return { distinct: distinct.subarray(0, size), mass: mass.subarray(0, size), total };
}

// At least a and less than b, also where no double lies between them and where their sum would overflow.
function between(a: number, b: number): number {
  const middle = a + (b / 2 - a / 2);
  return middle < b && middle >= a ? middle : a;
}

const CELLS = 1024;

/**
 * Writes the bin of every value; missing values get `missingBin`. The range of the edges is divided into
 * cells of equal width that know the edges below them: the search has a few edges to go through instead of all.
 */
export function binNumbers(values: Float64Array, edges: Float64Array, missingBin: number, bins: Uint8Array): void {
  const low = edges[0] ?? Infinity;
  const width = (edges[edges.length - 1] ?? 0) - low;
  const scale = CELLS / width < Infinity ? CELLS / width : 0;
  const first = firstEdges(edges, low, scale);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const position = (value - low) * scale;
    let from = 0;
    if (value > low) {
      // No number where the range itself is none: all edges are in the first cell then.
      const cell = position >= CELLS ? CELLS : position | 0;
      from = first[cell]!;
      let to = first[cell + 1]!;
      while (from < to) {
        const middle = (from + to) >> 1;
        if (edges[middle]! < value) from = middle + 1;
        else to = middle;
      }
    } else if (value !== value) from = missingBin;
    bins[row] = from;
  }
}

/** For each cell how many edges lie in cells before it. */
function firstEdges(edges: Float64Array, low: number, scale: number): Int32Array {
  const first = new Int32Array(CELLS + 2);
  for (const edge of edges) first[((edge - low) * scale >= CELLS ? CELLS : ((edge - low) * scale) | 0) + 1]!++;
  for (let cell = 0; cell <= CELLS; cell++) first[cell + 1]! += first[cell]!;
  return first;
}

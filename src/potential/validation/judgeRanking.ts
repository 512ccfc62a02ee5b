import { sortedOrder } from '../../numeric/sorting.js';

/** What each customer grew by, and who spent alike. */
export interface GrowthData {
  readonly growth: Float64Array;
  readonly present: Float64Array;
  readonly bands: Int32Array;
}

/** The figures of one ranking over one sample of customers. */
export interface RankingFigures {
  readonly rankCorrelation: number;
  readonly topTenth: number;
  readonly amongAlike: number;
}

/** How well a score told who would grow, for a sample given by how often each customer is in it. Sorts once; then O(n) a sample. */
export function rankingJudge(score: Float64Array, { growth, present, bands }: GrowthData): (counts: Uint8Array) => RankingFigures {
  const n = score.length;
  const order = sortedOrder(score);
  const byGrowth = sortedOrder(growth);
  const byBand = splitBands(order, bands);
  const [scoreRanks, growthRanks] = [new Float64Array(n), new Float64Array(n)];
  return (counts) => {
    let mean = 0;
    for (let row = 0; row < n; row++) mean += (counts[row]! * growth[row]!) / n;
    countedRanks(order, score, counts, scoreRanks);
    countedRanks(byGrowth, growth, counts, growthRanks);
    return { rankCorrelation: countedCorrelation(scoreRanks, growthRanks, counts), topTenth: meanOfTop(order, score, growth, counts) - mean, amongAlike: halvesApart(byBand, score, growth, present, counts) };
  };
}

/** Ranks less their mean, in a sample; equal values share the mean of their places, so that all equal are exactly 0. */
function countedRanks(order: Uint32Array, values: Float64Array, counts: Uint8Array, ranks: Float64Array): void {
  const n = order.length;
  for (let from = 0, to = 0, before = 0; from < n; from = to) {
    let tied = 0;
    const value = values[order[from]!]!;
    while (to < n && values[order[to]!] === value) tied += counts[order[to++]!]!;
    for (let place = from; place < to; place++) ranks[order[place]!] = before + tied / 2 - n / 2;
    before += tied;
  }
}

function countedCorrelation(a: Float64Array, b: Float64Array, counts: Uint8Array): number {
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let row = 0; row < counts.length; row++) {
    both += counts[row]! * a[row]! * b[row]!;
    squaresA += counts[row]! * a[row]! * a[row]!;
    squaresB += counts[row]! * b[row]! * b[row]!;
  }
  return both / Math.sqrt(squaresA * squaresB);
}

/** The mean growth of the tenth ranked highest; those tied at the end of it count with their mean, so that the order of rows says nothing. */
function meanOfTop(order: Uint32Array, score: Float64Array, growth: Float64Array, counts: Uint8Array): number {
  const top = Math.max(1, Math.round(order.length / 10));
  let [sum, taken] = [0, 0];
  for (let place = order.length - 1; place >= 0 && taken < top; ) {
    const value = score[order[place]!]!;
    let [tied, size] = [0, 0];
    for (; place >= 0 && score[order[place]!] === value; place--) {
      size += counts[order[place]!]!;
      tied += counts[order[place]!]! * growth[order[place]!]!;
    }
    if (size === 0) continue;
    const part = Math.min(size, top - taken);
    sum += (tied * part) / size;
    taken += part;
  }
  return sum / top;
}

/** The rows of each band, by ascending score. */
function splitBands(order: Uint32Array, bands: Int32Array): Uint32Array[] {
  const rows: number[][] = [];
  for (const row of order) (rows[bands[row]!] ??= []).push(row);
  return Object.values(rows).map((of) => Uint32Array.from(of));
}

/** Mean growth of the upper half less that of the lower one, less what present spend foretells within the band; bands weighted by customers. */
function halvesApart(byBand: readonly Uint32Array[], score: Float64Array, growth: Float64Array, present: Float64Array, counts: Uint8Array): number {
  let [sum, weight] = [0, 0];
  for (const rows of byBand) {
    let size = 0;
    for (let i = 0; i < rows.length; i++) size += counts[rows[i]!]!;
    if (size < 2) continue;
    const [low, high] = [scoreAt(rows, score, counts, 0), scoreAt(rows, score, counts, size - 1)];
    if (low === high) continue;
    const middle = (scoreAt(rows, score, counts, (size - 1) >> 1) + scoreAt(rows, score, counts, size >> 1)) / 2;
    const slope = slopeOf(rows, growth, present, counts, size);
    let [over, overs, under, unders] = [0, 0, 0, 0];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const [count, at] = [counts[row]!, score[row]!];
      // Only differences count, and those of near spends are exact: the lowest stands for the mean.
      const left = count * (growth[row]! - slope * (present[row]! - present[rows[0]!]!));
      // Those in the very middle belong to neither half, unless a half would be empty without them.
      if (at > middle || (middle === high && at === high)) {
        over += left;
        overs += count;
      } else if (at < middle || (middle === low && at === low)) {
        under += left;
        unders += count;
      }
    }
    sum += size * (over / overs - under / unders);
    weight += size;
  }
  return weight === 0 ? 0 : sum / weight;
}

/** The score at a place of the sample. */
function scoreAt(rows: Uint32Array, score: Float64Array, counts: Uint8Array, place: number): number {
  let [at, upTo] = [0, counts[rows[0]!]!];
  while (upTo <= place) upTo += counts[rows[++at]!]!;
  return score[rows[at]!]!;
}

/** By how much growth falls or rises with present spend, by least squares; 0 where all spend the same. */
function slopeOf(rows: Uint32Array, growth: Float64Array, present: Float64Array, counts: Uint8Array, size: number): number {
  let [meanX, meanY] = [0, 0];
  const [x0, y0] = [present[rows[0]!]!, growth[rows[0]!]!];
  for (let i = 0; i < rows.length; i++) {
    meanX += (counts[rows[i]!]! * (present[rows[i]!]! - x0)) / size;
    meanY += (counts[rows[i]!]! * (growth[rows[i]!]! - y0)) / size;
  }
  let [both, squares] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const dx = present[rows[i]!]! - x0 - meanX;
    both += counts[rows[i]!]! * dx * (growth[rows[i]!]! - y0 - meanY);
    squares += counts[rows[i]!]! * dx * dx;
  }
  return squares > 0 ? both / squares : 0;
}

import { rankCorrelation } from '../../numeric/rankCorrelation.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** What each customer grew by, and who spent alike. */
export interface GrowthData {
  readonly growth: Float64Array;
  readonly bands: Int32Array;
}

/** The figures of one ranking over one sample of customers. */
export interface RankingFigures {
  readonly rankCorrelation: number;
  readonly topTenth: number;
  readonly amongAlike: number;
}

/** How well a score told who would grow. */
export function judgeRanking(score: Float64Array, { growth, bands }: GrowthData): RankingFigures {
  const order = sortedOrder(score);
  const n = order.length;
  const mean = growth.reduce((sum, amount) => sum + amount, 0) / n;
  return { rankCorrelation: rankCorrelation(score, growth), topTenth: meanOfTop(order, score, growth, Math.max(1, Math.round(n / 10))) - mean, amongAlike: halvesApart(order, score, growth, bands) };
}

/** The mean growth of the customers ranked highest; those tied at the end of it count with their mean, so that the order of rows says nothing. */
function meanOfTop(order: Uint32Array, score: Float64Array, growth: Float64Array, top: number): number {
  let [sum, place] = [0, order.length];
  while (order.length - place < top) {
    let [from, tied] = [place, 0];
    while (from > 0 && score[order[from - 1]!] === score[order[place - 1]!]) tied += growth[order[--from]!]!;
    const size = place - from;
    const taken = Math.min(size, top - (order.length - place));
    sum += (tied * taken) / size;
    place = from;
    if (taken < size) break;
  }
  return sum / top;
}

/** Mean growth of the upper half less that of the lower one, band by band, weighted by customers. */
function halvesApart(order: Uint32Array, score: Float64Array, growth: Float64Array, bands: Int32Array): number {
  const byBand: number[][] = [];
  for (const row of order) (byBand[bands[row]!] ??= []).push(row);
  let [sum, weight] = [0, 0];
  for (const rows of Object.values(byBand)) {
    const [low, high] = [score[rows[0]!]!, score[rows[rows.length - 1]!]!];
    if (low === high) continue;
    const middle = (score[rows[(rows.length - 1) >> 1]!]! + score[rows[rows.length >> 1]!]!) / 2;
    // Those in the very middle belong to neither half, unless a half would be empty without them.
    const over = meanGrowth(rows, growth, (row) => score[row]! > middle || (middle === high && score[row]! === high));
    const under = meanGrowth(rows, growth, (row) => score[row]! < middle || (middle === low && score[row]! === low));
    sum += rows.length * (over - under);
    weight += rows.length;
  }
  return weight === 0 ? 0 : sum / weight;
}

function meanGrowth(rows: readonly number[], growth: Float64Array, isIn: (row: number) => boolean): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    if (!isIn(row)) continue;
    sum += growth[row]!;
    count++;
  }
  return sum / count;
}

import type { DistinctValues } from './distinctValues.js';

/**
 * Where a classification tree (CART, Gini) of that many leaves cuts, the split that gains most first, each leaf of `minRows` at least.
 * O(distinct values * depth).
 */
export function treeCuts(sums: DistinctValues, leaves: number, minRows: number): number[] {
  const cuts: number[] = [];
  const open: TreeCut[] = [];
  const seek = (from: number, to: number): void => {
    const cut = bestCut(sums, from, to, minRows);
    if (cut !== null) open.push(cut);
  };
  seek(0, sums.values.length);
  while (open.length > 0 && cuts.length + 1 < leaves) {
    let best = 0;
    for (let i = 1; i < open.length; i++) if (open[i]!.gain > open[best]!.gain) best = i;
    const [{ from, at, to }] = open.splice(best, 1) as [TreeCut];
    cuts.push(at);
    seek(from, at);
    seek(at, to);
  }
  return cuts.sort((a, b) => a - b);
}

interface TreeCut {
  readonly from: number;
  readonly at: number;
  readonly to: number;
  readonly gain: number;
}

// For two classes Gini's impurity falls by twice what the sum of events^2 / rows over the two sides rises.
function bestCut({ rowsUpTo, eventsUpTo }: DistinctValues, from: number, to: number, minRows: number): TreeCut | null {
  const [rows0, events0] = [rowsUpTo[from]!, eventsUpTo[from]!];
  const [rows, events] = [rowsUpTo[to]! - rows0, eventsUpTo[to]! - events0];
  if (events <= 0 || events >= rows) return null;
  let most = -Infinity;
  let at = 0;
  for (let i = firstOver(rowsUpTo, from, to, rows0 + minRows); i < to; i++) {
    const left = rowsUpTo[i]! - rows0;
    const right = rows - left;
    if (right < minRows) break;
    const leftEvents = eventsUpTo[i]! - events0;
    const rightEvents = events - leftEvents;
    const sum = (leftEvents * leftEvents) / left + (rightEvents * rightEvents) / right;
    if (sum > most) {
      most = sum;
      at = i;
    }
  }
  return at === 0 ? null : { from, at, to, gain: most - (events * events) / rows };
}

/** The first position after `from` up to which so much lies. */
function firstOver(upTo: Float64Array, from: number, to: number, amount: number): number {
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle]! < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}

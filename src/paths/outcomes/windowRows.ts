import type { JourneyColumns } from '../journeys/journeys.js';

/** Stretches of journeys: row `r` is the steps `from[r]` (included) to `until[r]` (excluded). */
export interface Windows {
  readonly from: readonly number[];
  readonly until: readonly number[];
}

/** The windows as journeys of their own, without the items flagged; steps that had nothing else are gone. */
export function windowRows<Times extends Float64Array | null>(journeys: JourneyColumns & { readonly times: Times }, { from, until }: Windows, isLeftOut: Uint8Array): JourneyColumns & { readonly times: Times } {
  const { itemOffsets, items, times } = journeys;
  const offsets = new Uint32Array(from.length + 1);
  const itemEnds: number[] = [0];
  const kept: number[] = [];
  const steps: number[] = [];
  from.forEach((first, row) => {
    for (let s = first; s < until[row]!; s++) {
      const begin = kept.length;
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) if (isLeftOut[items[i]!] === 0) kept.push(items[i]!);
      if (kept.length === begin) continue;
      itemEnds.push(kept.length);
      steps.push(s);
    }
    offsets[row + 1] = steps.length;
  });
  return {
    customers: from.map((_, row) => row),
    itemLevels: journeys.itemLevels,
    offsets,
    itemOffsets: Uint32Array.from(itemEnds),
    items: Int32Array.from(kept),
    times: (times && Float64Array.from(steps, (s) => times[s]!)) as Times,
    until: null,
    weights: null,
    leftOut: 0,
  };
}

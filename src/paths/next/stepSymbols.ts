import type { JourneyColumns } from '../journeys/journeys.js';

/** Journeys whose steps are one number each: what a step stands as where it is the context of the next. */
export interface SymbolJourneys {
  /** Steps of customers. */
  readonly offsets: Uint32Array;
  /** Of each step: the code of its item, or the number of items and the place of its set among the sets known; -1 for the unknown. */
  readonly symbols: Int32Array;
  readonly itemOffsets: Uint32Array;
  /** Codes of items; -1 for the unknown. */
  readonly items: Int32Array;
  /** 0 where an item is not predicted: it is in the journey already and excluded. */
  readonly isTarget: Uint8Array;
  readonly weights: Float64Array | null;
}

/** What steps stand as: an item alone as its code, a set known as itself, any other set as its rarest item. */
export class StepSymbols {
  readonly #sets = new Map<string, number>();
  readonly #counts: ArrayLike<number>;

  constructor(sets: readonly (readonly number[])[], counts: ArrayLike<number>) {
    sets.forEach((set, i) => this.#sets.set(set.join(), counts.length + i));
    this.#counts = counts;
  }

  /** The symbol of the items from `begin` to `end`, ascending. */
  of(items: Int32Array, begin: number, end: number): number {
    if (end - begin === 1) return items[begin]!;
    const set = this.#sets.get(items.subarray(begin, end).join());
    if (set !== undefined) return set;
    let rarest = -1;
    for (let i = begin; i < end; i++) {
      const item = items[i]!;
      if (item >= 0 && (rarest < 0 || this.#counts[item]! < this.#counts[rarest]!)) rarest = item;
    }
    return rarest;
  }
}

/** The sets of several items that are the step of at least `minCount` journeys' worth of steps, in order of first sight. */
export function frequentSets({ offsets, itemOffsets, items, weights }: JourneyColumns, minCount: number): number[][] {
  const counts = new Map<string, number>();
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let s = offsets[c]!; s < offsets[c + 1]!; s++) {
      if (itemOffsets[s + 1]! - itemOffsets[s]! < 2) continue;
      const key = items.subarray(itemOffsets[s], itemOffsets[s + 1]).join();
      counts.set(key, (counts.get(key) ?? 0) + (weights === null ? 1 : weights[c]!));
    }
  }
  return [...counts].filter(([, count]) => count >= minCount).map(([key]) => key.split(',').map(Number));
}

/** How often each item happened, weighted. */
export function countItems({ itemLevels, offsets, itemOffsets, items, weights }: JourneyColumns): number[] {
  const counts = new Array<number>(itemLevels.length).fill(0);
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let i = itemOffsets[offsets[c]!]!; i < itemOffsets[offsets[c + 1]!]!; i++) counts[items[i]!]! += weights === null ? 1 : weights[c]!;
  }
  return counts;
}

/** Steps as symbols, and which items are to be predicted. */
export function symbolJourneys(journeys: JourneyColumns, symbols: StepSymbols, isTakenOnce: ArrayLike<number>): SymbolJourneys {
  const { offsets, itemOffsets, items, weights } = journeys;
  const steps = new Int32Array(itemOffsets.length - 1);
  for (let s = 0; s < steps.length; s++) steps[s] = symbols.of(items, itemOffsets[s]!, itemOffsets[s + 1]!);
  const isTarget = new Uint8Array(items.length).fill(1);
  const lastOwner = new Int32Array(isTakenOnce.length).fill(-1);
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let i = itemOffsets[offsets[c]!]!; i < itemOffsets[offsets[c + 1]!]!; i++) {
      const item = items[i]!;
      if (isTakenOnce[item] !== 1) continue;
      if (lastOwner[item] === c) isTarget[i] = 0;
      lastOwner[item] = c;
    }
  }
  return { offsets, symbols: steps, itemOffsets, items, isTarget, weights };
}

import type { JourneyColumns } from '../journeys/journeys.js';

/** Each step as one name. */
export interface StepNodes {
  /** Position in `names`, one a step; -1 in journeys of weight 0. */
  readonly codes: Int32Array;
  /** Names of steps that occur, ascending by code unit. */
  readonly names: readonly string[];
}

/** A name for each step: its item, or those of one time joined, `'card + loan'`; a step with one of the `alone` items is that item (the first listed). */
export function stepNodes({ offsets, itemOffsets, items, itemLevels, weights }: JourneyColumns, alone: readonly string[] = []): StepNodes {
  const stepCount = itemOffsets.length - 1;
  if (weights === null && stepCount === items.length) return { codes: items, names: itemLevels };
  const rankOf = new Map(alone.map((name, rank) => [itemLevels.indexOf(name), rank]));
  const found = new Map<string, number>();
  const singles = new Int32Array(itemLevels.length).fill(-1);
  const codes = new Int32Array(stepCount).fill(-1);
  const nameOf = (begin: number, end: number): string => {
    let best: number | undefined;
    for (let i = begin; i < end; i++) {
      const rank = rankOf.get(items[i]!);
      if (rank !== undefined && rank < (best ?? Infinity)) best = rank;
    }
    return best === undefined ? Array.from(items.subarray(begin, end), (item) => itemLevels[item]!).join(' + ') : alone[best]!;
  };
  for (let c = 0; c + 1 < offsets.length; c++) {
    if (weights?.[c] === 0) continue;
    for (let s = offsets[c]!; s < offsets[c + 1]!; s++) {
      const [begin, end] = [itemOffsets[s]!, itemOffsets[s + 1]!];
      const isSingle = end === begin + 1;
      let code = isSingle ? singles[items[begin]!]! : -1;
      if (code < 0) {
        const name = nameOf(begin, end);
        code = found.get(name) ?? found.size;
        found.set(name, code);
        if (isSingle) singles[items[begin]!] = code;
      }
      codes[s] = code;
    }
  }
  const names = [...found.keys()].sort((a, b) => (a < b ? -1 : 1));
  const place = new Int32Array(names.length);
  names.forEach((name, i) => (place[found.get(name)!] = i));
  for (let s = 0; s < stepCount; s++) if (codes[s]! >= 0) codes[s] = place[codes[s]!]!;
  return { codes, names };
}

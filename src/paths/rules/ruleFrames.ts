import type { JourneyColumns } from '../journeys/journeys.js';
import type { LimitPair } from '../journeys/stepLimits.js';

/** Stretches of journeys in which a rule may hold: whole journeys, or each as long as the window. */
export interface RuleFrames {
  /** The entries of frame `f` are `starts[f]` to before `starts[f + 1]`. */
  readonly starts: Int32Array;
  readonly customerOf: Int32Array;
  /** Codes of frequent items, each once a frame; the steps of its first and last time in the frame. */
  readonly codes: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** The position of each code in `itemLevels`, rising. */
  readonly levels: Int32Array;
}

/** Cuts journeys into frames: every one that no other holds. O(items), with a window times the steps in it. */
export function frameJourneys(journeys: JourneyColumns, minCount: number, window: LimitPair | null): RuleFrames {
  const { offsets, itemOffsets, items, times } = journeys;
  const { codes, levels } = frequentItems(journeys, minCount);
  const isTime = times !== null && window !== null && window.millis < Infinity;
  const frames: number[] = [];
  let bound = 0;
  // Customer, first step and end of each frame.
  for (let c = 0; c + 1 < offsets.length; c++) {
    const stop = offsets[c + 1]!;
    if (journeys.weights?.[c] === 0) continue;
    for (let s = offsets[c]!, end = s; s < stop && end < stop; s++) {
      const before = end;
      while (end < stop && (window === null || (isTime ? times[end]! - times[s]! <= window.millis : end - s <= window.steps))) end++;
      if (end === before) continue;
      frames.push(c, s, end);
      bound += itemOffsets[end]! - itemOffsets[s]!;
    }
  }
  const found = { starts: new Int32Array(frames.length / 3 + 1), customerOf: new Int32Array(frames.length / 3), codes: new Int32Array(bound), first: new Int32Array(bound), last: new Int32Array(bound), levels };
  const entryOf = new Int32Array(levels.length).fill(-1);
  let to = 0;
  for (let f = 0; f < found.customerOf.length; f++) {
    const begin = to;
    found.customerOf[f] = frames[3 * f]!;
    for (let s = frames[3 * f + 1]!; s < frames[3 * f + 2]!; s++) {
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) {
        const code = codes[items[i]!]!;
        if (code < 0) continue;
        if (entryOf[code]! < begin) {
          entryOf[code] = to;
          found.codes[to] = code;
          found.first[to++] = s;
        }
        found.last[entryOf[code]!] = s;
      }
    }
    found.starts[f + 1] = to;
  }
  return found;
}

/** Where each item is: of code `c`, `offsets[c]` to before `offsets[c + 1]`. */
export interface FramesByItem {
  readonly offsets: Int32Array;
  /** Ascending for each code. */
  readonly frames: Int32Array;
  /** Beside `frames`: the entry of the item there. */
  readonly entries: Int32Array;
}

/** Turns the frames round. */
export function framesByItem({ starts, codes, levels }: RuleFrames): FramesByItem {
  const size = starts[starts.length - 1]!;
  const offsets = new Int32Array(levels.length + 1);
  for (let e = 0; e < size; e++) offsets[codes[e]! + 1]!++;
  for (let code = 0; code < levels.length; code++) offsets[code + 1]! += offsets[code]!;
  const next = offsets.slice();
  const [frames, entries] = [new Int32Array(size), new Int32Array(size)];
  for (let f = 0; f + 1 < starts.length; f++) {
    for (let e = starts[f]!; e < starts[f + 1]!; e++) {
      const at = next[codes[e]!]!++;
      frames[at] = f;
      entries[at] = e;
    }
  }
  return { offsets, frames, entries };
}

/** The items that enough customers have, in the order of names. */
function frequentItems({ offsets, itemOffsets, items, itemLevels, weights }: JourneyColumns, minCount: number): { readonly codes: Int32Array; readonly levels: Int32Array } {
  const counts = new Float64Array(itemLevels.length);
  const seen = new Int32Array(itemLevels.length).fill(-1);
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let i = itemOffsets[offsets[c]!]!; i < itemOffsets[offsets[c + 1]!]!; i++) {
      if (seen[items[i]!] === c) continue;
      seen[items[i]!] = c;
      counts[items[i]!]! += weights === null ? 1 : weights[c]!;
    }
  }
  const levels = Int32Array.from(counts.keys()).filter((level) => counts[level]! >= minCount);
  const codes = new Int32Array(itemLevels.length).fill(-1);
  levels.forEach((level, code) => (codes[level] = code));
  return { codes, levels };
}

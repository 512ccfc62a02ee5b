import type { JourneyColumns } from '../journeys/journeys.js';
import type { SequenceRows } from './miningPlan.js';
import type { PathRules } from './sequenceOptions.js';

/** The part of each journey that the restrictions leave, from `from[c]` to `to[c]` in steps; nothing of journeys without weight. */
interface Crop {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** The rows to search: cropped to what the restrictions can use, items that are too rare left out. */
export function buildRows(journeys: JourneyColumns, rules: PathRules, least: number): SequenceRows {
  const { items, itemOffsets, itemLevels, weights } = journeys;
  const crop = cropJourneys(journeys, rules);
  const { levels, codes } = codeItems(journeys, crop, least);
  let [rowCount, length] = [0, 0];
  for (let c = 0; c < crop.from.length; c++) {
    let kept = 0;
    for (let i = itemOffsets[crop.from[c]!]!; i < itemOffsets[crop.to[c]!]!; i++) if (codes[items[i]!]! >= 0) kept++;
    if (kept === 0) crop.to[c] = crop.from[c]!;
    else {
      rowCount++;
      length += kept + 1;
    }
  }
  const rows = { rowCount, starts: new Int32Array(rowCount + 1), items: new Int32Array(length).fill(-1), steps: new Int32Array(length), levels, weights: weights && new Float64Array(rowCount), singles: true };
  let [row, place] = [0, 0];
  for (let c = 0; c < crop.from.length; c++) {
    if (crop.from[c] === crop.to[c]) continue;
    for (let s = crop.from[c]!; s < crop.to[c]!; s++) {
      const first = place;
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) {
        const code = codes[items[i]!]!;
        if (code < 0) continue;
        rows.items[place] = code;
        rows.steps[place++] = s;
      }
      if (place > first + 1) rows.singles = false;
    }
    if (weights !== null) rows.weights![row] = weights[c]!;
    rows.starts[++row] = ++place;
  }
  return itemLevels.length === 0 ? { ...rows, rowCount: 0 } : rows;
}

/** From the first step a path can begin with to the last it can end with, where an item it must have lies between. */
function cropJourneys({ offsets, weights, itemOffsets, items }: JourneyColumns, { startsWith, endsWith, contains }: PathRules): Crop {
  const from = offsets.slice(0, -1);
  const to = offsets.slice(1);
  const has = (flags: Uint8Array, first: number, end: number): boolean => {
    for (let i = itemOffsets[first]!; i < itemOffsets[end]!; i++) if (flags[items[i]!] === 1) return true;
    return false;
  };
  for (let c = 0; c < from.length; c++) {
    if (startsWith !== null) while (from[c]! < to[c]! && !has(startsWith, from[c]!, from[c]! + 1)) from[c]!++;
    if (endsWith !== null) while (from[c]! < to[c]! && !has(endsWith, to[c]! - 1, to[c]!)) to[c]!--;
    if (weights?.[c] === 0 || (contains !== null && !has(contains, from[c]!, to[c]!))) to[c] = from[c]!;
  }
  return { from, to };
}

/** The items that enough customers have, numbered in the order of names. */
function codeItems({ items, itemOffsets, itemLevels, weights }: JourneyColumns, { from, to }: Crop, least: number): { readonly levels: Int32Array; readonly codes: Int32Array } {
  const counts = new Float64Array(itemLevels.length);
  const last = new Int32Array(itemLevels.length).fill(-1);
  for (let c = 0; c < from.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    for (let i = itemOffsets[from[c]!]!; i < itemOffsets[to[c]!]!; i++) {
      const level = items[i]!;
      if (last[level] === c) continue;
      last[level] = c;
      counts[level] = counts[level]! + weight;
    }
  }
  const codes = new Int32Array(itemLevels.length).fill(-1);
  const levels = new Int32Array(itemLevels.length);
  let found = 0;
  for (let level = 0; level < codes.length; level++) {
    if (counts[level]! < least) continue;
    codes[level] = found;
    levels[found++] = level;
  }
  return { levels: levels.slice(0, found), codes };
}

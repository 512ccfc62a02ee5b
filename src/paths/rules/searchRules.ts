import { longer } from '../sequences/walkPaths.js';
import type { FramesByItem, RuleFrames } from './ruleFrames.js';

/** What to search for. */
export interface RuleSearch {
  readonly minCount: number;
  readonly maxBefore: number;
  readonly maxAfter: number;
  readonly weights: Float64Array | null;
  /** Told of every rule of enough customers; the lists are those of the search, not to be kept. False: the rule is not gone on from. */
  readonly found: (before: readonly number[], after: readonly number[], count: number) => boolean;
  /** Asked after each item a rule can begin with; true ends the search. */
  readonly stop: (done: number, total: number) => boolean;
}

const NONE = 0x7fffffff;

/**
 * Finds the rules of enough customers as RuleGrowth does (Fournier-Viger, Nkambou and Tseng, 2011): a rule holds in a frame when the first times of all items before are earlier than
 * the last times of all items after. Rules grow by one item: first after, then before, always a greater one on its side than those there, so each comes up once.
 */
export function searchRules({ starts, customerOf, codes, first, last, levels }: RuleFrames, byItem: FramesByItem, { minCount, maxBefore, maxAfter, weights, found, stop }: RuleSearch): void {
  const width = levels.length;
  // Keys: the code of an item that comes after, `width` + code of one that comes before.
  const counts = new Float64Array(2 * width);
  const slots = new Int32Array(2 * width);
  const counted = new Int32Array(2 * width);
  const touched = new Int32Array(2 * width);
  const taken = new Uint8Array(width);
  const allowed = new Int32Array(2 * width);
  const [before, after]: [number[], number[]] = [[], []];
  // Where the rule at hand and those it grows to hold: the frame, the latest of the first times before, the earliest of the last times after.
  let frames: Int32Array = new Int32Array(4 * customerOf.length);
  let latest: Int32Array = new Int32Array(frames.length);
  let earliest: Int32Array = new Int32Array(frames.length);
  let size = 0;

  /** One run counts the keys, the other lays down where they hold. What was too rare with fewer items is so with more: `allowed` says with how many it was not. */
  const scan = (low: number, high: number, maySucceed: boolean, mayPrecede: boolean, counting: boolean): void => {
    const lastBefore = before[before.length - 1]!;
    const lastAfter = after.length === 0 ? -1 : after[after.length - 1]!;
    const length = before.length + after.length;
    const parent = length - 1;
    // What may come before is first counted with two items.
    const precedent = length === 2 ? 0 : parent;
    for (let o = low; o < high; o++) {
      const frame = frames[o]!;
      const end = starts[frame + 1]!;
      const late = latest[o]!;
      const early = earliest[o]!;
      const place = counting ? customerOf[frame]! : frame;
      for (let e = starts[frame]!; e < end; e++) {
        const code = codes[e]!;
        // Entries are in order of their first times.
        if (!maySucceed && first[e]! >= early) break;
        if (maySucceed && code > lastAfter && allowed[code]! >= parent && last[e]! > late && taken[code] === 0) {
          if (counting) count(code, place);
          else lay(code, place, late, Math.min(early, last[e]!));
        }
        if (mayPrecede && code > lastBefore && allowed[width + code]! >= precedent && first[e]! < early && taken[code] === 0) {
          if (counting) count(width + code, place);
          else lay(width + code, place, Math.max(late, first[e]!), early);
        }
      }
    }
  };

  const count = (key: number, customer: number): void => {
    if (slots[key]!++ === 0) {
      touched[size++] = key;
      counts[key] = 0;
      counted[key] = -1;
    }
    if (counted[key] === customer) return;
    counted[key] = customer;
    counts[key]! += weights === null ? 1 : weights[customer]!;
  };

  const lay = (key: number, frame: number, late: number, early: number): void => {
    const at = -1 - slots[key]!;
    if (at < 0) return;
    slots[key]!--;
    frames[at] = frame;
    latest[at] = late;
    earliest[at] = early;
  };

  const grow = (low: number, high: number, maySucceed: boolean): void => {
    const mayPrecede = after.length > 0 && before.length < maxBefore;
    const may = maySucceed && after.length < maxAfter;
    if (!may && !mayPrecede) return;
    size = 0;
    scan(low, high, may, mayPrecede, true);
    const kept = touched.slice(0, size).filter((key) => counts[key]! >= minCount).sort();
    const ends = new Int32Array(kept.length);
    const sums = Float64Array.from(kept, (key) => counts[key]!);
    let top = high;
    kept.forEach((key, k) => {
      const length = slots[key]!;
      slots[key] = -1 - top;
      ends[k] = top += length;
    });
    if (top > frames.length) {
      frames = longer(frames, 2 * top);
      latest = longer(latest, 2 * top);
      earliest = longer(earliest, 2 * top);
    }
    if (kept.length > 0) scan(low, high, may, mayPrecede, false);
    for (let k = 0; k < size; k++) slots[touched[k]!] = 0;
    const length = before.length + after.length;
    for (const key of kept) allowed[key] = length;
    for (let k = kept.length - 1; k >= 0; k--) {
      const key = kept[k]!;
      const isAfter = key < width;
      const code = isAfter ? key : key - width;
      const side = isAfter ? after : before;
      side.push(code);
      taken[code] = 1;
      if (found(before, after, sums[k]!)) grow(k === 0 ? high : ends[k - 1]!, ends[k]!, isAfter);
      taken[code] = 0;
      side.pop();
    }
    for (const key of kept) allowed[key] = length - 1;
  };

  for (let code = 0; code < width; code++) {
    const begin = byItem.offsets[code]!;
    const length = byItem.offsets[code + 1]! - begin;
    for (let k = 0; k < length; k++) {
      frames[k] = byItem.frames[begin + k]!;
      latest[k] = first[byItem.entries[begin + k]!]!;
      earliest[k] = NONE;
    }
    before[0] = code;
    taken[code] = 1;
    grow(0, length, true);
    taken[code] = 0;
    if (stop(code + 1, width)) return;
  }
}

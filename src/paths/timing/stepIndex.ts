import type { JourneySteps } from '../journeys/journeySteps.js';

/** Gives the steps that hold all of some items, ascending; the same array for the same items. */
export type StepIndex = (codes: readonly number[]) => Uint32Array;

/**
 * Where each item is. Steps are numbered through all journeys, those of a customer one after another, so that one ascending list says customer and place. O(items).
 */
export function indexSteps({ itemOffsets, items }: Pick<JourneySteps, 'itemOffsets' | 'items'>, itemCount: number): StepIndex {
  const starts = new Uint32Array(itemCount + 1);
  for (let i = 0; i < items.length; i++) starts[items[i]! + 1]!++;
  for (let code = 0; code < itemCount; code++) starts[code + 1]! += starts[code]!;
  const ends = starts.slice();
  const steps = new Uint32Array(items.length);
  for (let s = 0; s + 1 < itemOffsets.length; s++) {
    for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) steps[ends[items[i]!]!++] = s;
  }
  const known = new Map<string, Uint32Array>();
  return (codes) => {
    const key = codes.join();
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = codes.map((code): Uint32Array => steps.subarray(starts[code], starts[code + 1])).reduce(inBoth)));
    return found;
  };
}

function inBoth(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(Math.min(a.length, b.length));
  let [count, at] = [0, 0];
  for (const step of a) {
    at = seek(b, at, step);
    if (b[at] === step) both[count++] = step;
  }
  return both.subarray(0, count);
}

/** The first position from `from` on whose value is at least this: strides that double, then halves, so that near is cheap and far is not dear. */
export function seek(list: Uint32Array, from: number, value: number): number {
  const end = list.length;
  if (from >= end || list[from]! >= value) return from;
  let [low, stride] = [from, 1];
  while (low + stride < end && list[low + stride]! < value) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride, end);
  // list[low] < value, and list[high] is not.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle;
    else high = middle;
  }
  return high;
}

import type { EventColumns } from '../../data/eventRoles.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import type { JourneyColumns } from './journeys.js';

/**
 * Events as steps: those of one moment, or of one day, are one step with their codes ascending, each once; codes of -1 are left out. With `isFirst`, of steps alike that
 * follow one another the first stays.
 */
export function packEvents({ offsets: events, times, customers }: EventColumns, codes: Int32Array, isDay = false, isFirst = false): Pick<JourneyColumns, 'offsets' | 'itemOffsets' | 'items' | 'leftOut'> & { readonly times: Float64Array } {
  const offsets = new Uint32Array(customers.length + 1);
  const items = new Int32Array(codes.length);
  const stepTimes = new Float64Array(codes.length);
  const itemOffsets = new Uint32Array(codes.length + 1);
  let [steps, end, leftOut] = [0, 0, 0];
  for (let c = 0; c < customers.length; c++) {
    const first = steps;
    for (let e = events[c]!; e < events[c + 1]!; ) {
      const moment = isDay ? Math.floor(times[e]! / DAY_MILLIS) : times[e]!;
      const begin = end;
      let start = NaN;
      for (; e < events[c + 1]! && (isDay ? Math.floor(times[e]! / DAY_MILLIS) : times[e]!) === moment; e++) {
        if (codes[e]! < 0) {
          leftOut++;
          continue;
        }
        if (start !== start) start = times[e]!;
        end = insertCode(items, begin, end, codes[e]!);
      }
      if (end === begin) continue;
      if (isFirst && steps > first && isSame(items, itemOffsets[steps - 1]!, begin, end)) {
        end = begin;
        continue;
      }
      stepTimes[steps] = start;
      itemOffsets[++steps] = end;
    }
    offsets[c + 1] = steps;
  }
  return { offsets, items: items.slice(0, end), itemOffsets: itemOffsets.slice(0, steps + 1), times: stepTimes.slice(0, steps), leftOut };
}

/** Puts a code in its place among those from `begin` to `end`, once; returns the new end. */
function insertCode(items: Int32Array, begin: number, end: number, code: number): number {
  let at = end;
  while (at > begin && items[at - 1]! > code) at--;
  if (at > begin && items[at - 1] === code) return end;
  items.copyWithin(at + 1, at, end);
  items[at] = code;
  return end + 1;
}

/** Whether the step before, from `before` to `begin`, has the items from `begin` to `end`. */
function isSame(items: Int32Array, before: number, begin: number, end: number): boolean {
  if (begin - before !== end - begin) return false;
  for (let i = begin; i < end; i++) if (items[i] !== items[i - begin + before]) return false;
  return true;
}

import { Journeys, type JourneyColumns } from '../../../src/paths/journeys/journeys.js';
import { readLimits, type StepLimits } from '../../../src/paths/journeys/stepLimits.js';

/** One journey as lists: items of each step, and its time. */
export interface Tiny {
  readonly steps: readonly (readonly string[])[];
  readonly times: readonly number[] | null;
}

/** Every way in which a journey has a path, by trying all; `isPart` leaves minSpan aside. */
export function allWays({ steps, times }: Tiny, path: readonly (readonly string[])[], limits: StepLimits, isPart = false): number[][] {
  const read = readLimits('test', limits, times && Float64Array.from(times));
  const ways: number[][] = [];
  const between = (from: number, to: number, least: { steps: number; millis: number }, most: { steps: number; millis: number }): boolean => {
    const millis = times === null ? 0 : times[to]! - times[from]!;
    return to - from >= least.steps && to - from <= most.steps && (times === null || (millis >= least.millis && millis <= most.millis));
  };
  const none = { steps: 0, millis: 0 };
  const extend = (way: number[]): void => {
    if (way.length === path.length) {
      if (between(way[0]!, way.at(-1)!, isPart ? none : read.minSpan, read.maxSpan)) ways.push(way);
      return;
    }
    for (let s = way.length === 0 ? 0 : way.at(-1)! + 1; s < steps.length; s++) {
      if (!path[way.length]!.every((item) => steps[s]!.includes(item))) continue;
      if (way.length === 0 || between(way.at(-1)!, s, read.minGap, read.maxGap)) extend([...way, s]);
    }
  };
  extend([]);
  return ways;
}

/** The way that is measured: the earliest end, the latest start, then each step as early as possible. */
export function measuredWay(ways: readonly number[][]): number[] | undefined {
  return [...ways].sort((a, b) => a.at(-1)! - b.at(-1)! || b[0]! - a[0]! || a.map((s, i) => s - b[i]!).find((d) => d !== 0)! || 0)[0];
}

/** Journeys of tiny ones, customer i being the number i. */
export function journeysOf(list: readonly Tiny[], until: readonly number[] | null, weights: readonly number[] | null = null): Journeys {
  const levels = [...new Set(list.flatMap(({ steps }) => steps.flat()))].sort();
  const columns: JourneyColumns = {
    customers: list.map((_, i) => i),
    itemLevels: levels,
    offsets: Uint32Array.from([0, ...sums(list.map(({ steps }) => steps.length))]),
    itemOffsets: Uint32Array.from([0, ...sums(list.flatMap(({ steps }) => steps.map((step) => step.length)))]),
    items: Int32Array.from(list.flatMap(({ steps }) => steps.flatMap((step) => step.map((item) => levels.indexOf(item)).sort((a, b) => a - b)))),
    times: until && Float64Array.from(list.flatMap(({ times }) => times ?? [])),
    until: until && Float64Array.from(until),
    weights: weights && Float64Array.from(weights),
    leftOut: 0,
  };
  return new Journeys(columns);
}

function sums(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}

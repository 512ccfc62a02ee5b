import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { readLimits, type StepLimits } from '../../../src/paths/journeys/stepLimits.js';
import { matchLate } from '../../../src/paths/outcomes/lateMatch.js';
import { indexSteps } from '../../../src/paths/timing/stepIndex.js';

const DAY = 86_400_000;

const steps = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 7 });
const limit = fc.option(fc.oneof(fc.record({ steps: fc.nat(4) }), fc.record({ days: fc.nat(5) })), { nil: undefined });
const limited = fc.record({ minGap: limit, maxGap: limit, minSpan: limit, maxSpan: limit });

/** All ways of a path in a journey, by trying them all. */
function waysOf(journey: string[][], times: number[], path: string[][], limits: StepLimits): number[][] {
  const within = (kind: 'Gap' | 'Span', from: number, to: number): boolean => {
    const distance = (bound: object): readonly [number, number] => ('steps' in bound ? [to - from, (bound as { steps: number }).steps] : [times[to]! - times[from]!, (bound as { days: number }).days]);
    const [least, most] = [limits[`min${kind}`], limits[`max${kind}`]].map((bound) => (bound === undefined ? undefined : distance(bound)));
    return (least === undefined || least[0] >= least[1]) && (most === undefined || most[0] <= most[1]);
  };
  let ways: number[][] = [[]];
  for (const step of path) {
    ways = ways.flatMap((way) => journey.flatMap((items, at) => {
      const last = way.at(-1) ?? -1;
      return at > last && step.every((item) => items.includes(item)) && (last < 0 || within('Gap', last, at)) ? [[...way, at]] : [];
    }));
  }
  return ways.filter((way) => within('Span', way[0]!, way.at(-1)!));
}

describe('matchLate', () => {
  it('finds the latest end and of its ways the latest start, whatever the limits', () => {
    fc.assert(fc.property(steps, fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 7, maxLength: 7 }), fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }), limited, (journey, gaps, path, given) => {
      const limits = Object.fromEntries(Object.entries(given).filter(([, bound]) => bound !== undefined)) as StepLimits;
      const days = journey.map((_, i) => gaps.slice(0, i).reduce((sum, gap) => sum + gap, 0));
      const times = Float64Array.from(days, (day) => day * DAY);
      const read = ((): ReturnType<typeof readLimits> | undefined => {
        try {
          return readLimits('test', limits, times);
        } catch {
          return undefined;
        }
      })();
      if (read === undefined) return;
      const journeys = Journeys.fromLists([['a', 'b', 'c'], journey]);
      const index = indexSteps(journeys, journeys.itemLevels.length);
      const matcher = matchLate(path.map((step) => index(step.map((item) => journeys.itemLevels.indexOf(item)).sort())), Float64Array.of(-9 * DAY, -8 * DAY, -7 * DAY, ...times), read);
      const ways = waysOf(journey, days, path, limits);
      let until = journey.length + 3;
      for (const end of [...new Set(ways.map((way) => way.at(-1)!))].sort((a, b) => b - a)) {
        expect(matcher.find(3, until)).toBe(end + 3);
        expect(matcher.first).toBe(3 + Math.max(...ways.filter((way) => way.at(-1) === end).map((way) => way[0]!)));
        until = end + 3;
      }
      expect(matcher.find(3, until)).toBe(-1);
    }), { seed: 20261122, numRuns: 3000 });
  });
});

import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../../src/data/eventLog.js';
import { createRandom, type Random } from '../../../../src/numeric/random.js';
import { Journeys } from '../../../../src/paths/journeys/journeys.js';
import type { StepDistance, StepLimits } from '../../../../src/paths/journeys/stepLimits.js';
import type { MinedSequences } from '../../../../src/paths/sequences/minedSequences.js';
import { mineSequences } from '../../../../src/paths/sequences/mineSequences.js';
import type { SequenceOptions } from '../../../../src/paths/sequences/sequenceOptions.js';
import { naiveKind, naivePaths, type NaiveJourney, type NaiveLimits } from './naivePaths.js';

const NAMES = ['minGap', 'maxGap', 'minSpan', 'maxSpan'] as const;

const textOf = (mined: MinedSequences): Map<string, number> => new Map([...mined].map(({ steps, count }) => [steps.map((step) => step.join('+')).join('>'), count]));
const sorted = (paths: ReadonlyMap<string, number>): [string, number][] => [...paths].sort(([a], [b]) => (a < b ? -1 : 1));

/** A few customers of a few days, some things at once. */
function drawJourneys(random: Random, weighted: boolean, most = 5): NaiveJourney[] {
  const items = ['a', 'b', 'c', 'd'].slice(0, 2 + random.integer(3));
  return Array.from({ length: 1 + random.integer(6) }, () => {
    let time = 0;
    const length = 1 + random.integer(most);
    const times = Array.from({ length }, () => (time += 1 + random.integer(3)));
    const many = random.uniform() < 0.5;
    const steps = times.map(() => {
      const step = items.filter(() => many && random.uniform() < 0.35);
      return step.length > 0 ? step : [items[random.integer(items.length)]!];
    });
    return { steps, times, weight: weighted ? (random.integer(5) * 0.7) / 3 : 1 };
  });
}

/** Some of the limits, each in days or in steps. */
function drawLimits(random: Random): { readonly limits: StepLimits; readonly naive: NaiveLimits[] } {
  const limits: { -readonly [Name in keyof StepLimits]: StepDistance } = {};
  const naive: NaiveLimits[] = [];
  for (const name of NAMES) {
    if (random.uniform() < 0.5) continue;
    const unit = random.uniform() < 0.5 ? 'days' : 'steps';
    const distance = name === 'minGap' ? random.integer(3) : name === 'minSpan' ? random.integer(5) : (name === 'maxGap' ? 0 : 2) + random.integer(5);
    const other = naive.find((limit) => limit.unit === unit && (name === 'maxGap' ? limit.minGap : name === 'maxSpan' ? limit.minSpan : undefined) !== undefined);
    // The door refuses a least above the most.
    if ((other?.minGap ?? 0) > distance || (other?.minSpan ?? 0) > distance) continue;
    limits[name] = unit === 'days' ? { days: distance } : { steps: distance };
    naive.push({ unit, [name]: distance });
  }
  return { limits, naive };
}

function journeysOf(drawn: readonly NaiveJourney[]): Journeys {
  const rows = drawn.flatMap(({ steps, times }, customer) => steps.flatMap((step, s) => step.map((item) => ({ customer, day: new Date(Date.UTC(2026, 0, 1 + times[s]!)), item }))));
  const log = EventLog.fromRows(rows, { customer: 'customer', time: 'day', item: 'item' });
  return Journeys.fromLog(log, { weights: { customers: drawn.map((_, customer) => customer), values: Float64Array.from(drawn, ({ weight }) => weight) } });
}

describe('paths within limits', () => {
  const log = [['visit', 'quote', 'visit', 'card'], ['visit', 'quote', 'card'], ['visit', 'card']];

  it('have no more steps between two of theirs than maxGap allows', () => {
    const found = textOf(mineSequences(Journeys.fromLists(log), { minCount: 2, patterns: 'frequent', maxGap: { steps: 1 } }));
    expect(sorted(found)).toEqual([['card', 3], ['quote', 2], ['visit', 3], ['visit>card', 2], ['visit>quote', 2]]);
  });

  it('may be more frequent than a part of them', () => {
    const mined = mineSequences(Journeys.fromLists([['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], ['a', 'd', 'a']]), { minCount: 1, patterns: 'frequent', maxGap: { steps: 1 } });
    expect([textOf(mined).get('a>b>c>d'), textOf(mined).get('a>d')]).toEqual([2, 1]);
  });

  it('equal what a search through all embeddings finds, for all combinations of limits, in days and in steps', () => {
    const random = createRandom(7);
    const seen = { paths: 0, both: 0 };
    for (let run = 0; run < 1200; run++) {
      const drawn = drawJourneys(random, run % 3 === 0, run % 10 === 0 ? 5 : 4);
      const { limits, naive } = drawLimits(random);
      const minCount = run % 3 === 0 ? 0.4 : 1 + random.integer(3);
      const expected = naivePaths(drawn, naive, minCount);
      const found = textOf(mineSequences(journeysOf(drawn), { ...limits, minCount, patterns: 'frequent' }));
      // A matcher for each path takes longer than finding them.
      const isEqual = found.size === expected.size && [...found].every(([path, count]) => Math.abs(count - (expected.get(path) ?? NaN)) < 1e-9);
      if (!isEqual) expect(sorted(found), JSON.stringify({ drawn, limits, minCount })).toEqual(sorted(expected));
      seen.paths += found.size;
      if (limits.minSpan && limits.maxSpan) seen.both += found.size;
    }
    expect(seen.paths).toBeGreaterThan(8000);
    expect(seen.both).toBeGreaterThan(500);
  }, 60_000);

  it('are closed, maximal or generators by definition', () => {
    const random = createRandom(8);
    let between = 0;
    for (let run = 0; run < 600; run++) {
      const drawn = drawJourneys(random, false, 4);
      const { limits, naive } = drawLimits(random);
      if (naive.length === 0) continue;
      const minCount = 1 + random.integer(2);
      const kind = (['closed', 'maximal', 'generators'] as const)[run % 3]!;
      const all = naivePaths(drawn, naive, minCount);
      if (all.size > 60) continue;
      const expected = naiveKind(all, kind, drawn, naive);
      const found = textOf(mineSequences(journeysOf(drawn), { ...limits, minCount, patterns: kind }));
      expect(sorted(found), JSON.stringify({ drawn, limits, minCount, kind })).toEqual(sorted(expected));
      between += expected.size;
    }
    expect(between).toBeGreaterThan(500);
  }, 60_000);

  it('are closed when no longer one has the same customers, whatever the count', () => {
    const lists = [['a', 'c'], ['a', 'c'], ['a', 'b', 'c'], ['a', 'b', 'c']];
    const found = (patterns: 'closed' | 'generators'): [string, number][] => sorted(textOf(mineSequences(Journeys.fromLists(lists), { minCount: 2, maxGap: { steps: 1 }, patterns })));
    expect(found('closed')).toEqual([['a', 4], ['a>b>c', 2], ['a>c', 2], ['c', 4]]);
    expect(found('generators')).toEqual([['a', 4], ['a>c', 2], ['b', 2], ['c', 4]]);
  });

  it('are chosen in seconds among tens of thousands', () => {
    const random = createRandom(3);
    const lists = Array.from({ length: 400 }, () => Array.from({ length: 30 }, () => 'abcdefghijklmnopqrst'[Math.floor(20 * random.uniform() ** 1.7)]!));
    const sizes = (['frequent', 'closed', 'maximal', 'generators'] as const).map((patterns) => mineSequences(Journeys.fromLists(lists), { minCount: 4, maxGap: { steps: 3 }, patterns }).size);
    expect(sizes[0]).toBeGreaterThan(10000);
    expect(sizes[1]).toBeGreaterThan(sizes[2]!);
  }, 20_000);

  it('are closed with nothing between: one item more is not enough to compare with', () => {
    const lists = [['a', 'd', 'x', 'a', 'b', 'c', 'd'], ['a', 'd', 'x', 'a', 'b', 'c', 'd']];
    const closed = textOf(mineSequences(Journeys.fromLists(lists), { minCount: 2, maxGap: { steps: 1 } }));
    expect([...closed.keys()]).toEqual(['a>d>x>a>b>c>d']);
  });

  it('keep to the restrictions on paths, and are the most frequent where those are asked for', () => {
    const random = createRandom(10);
    for (let run = 0; run < 200; run++) {
      const drawn = drawJourneys(random, false, 4);
      const { limits, naive } = drawLimits(random);
      const all = naivePaths(drawn, naive, 1);
      const journeys = journeysOf(drawn);
      const item = journeys.itemLevels[random.integer(journeys.itemLevels.length)]!;
      const found = (options: SequenceOptions): [string, number][] => sorted(textOf(mineSequences(journeys, { ...limits, minCount: 1, patterns: 'frequent', ...options })));
      const those = (keep: (steps: string[][], count: number) => boolean): [string, number][] => sorted(all).filter(([path, count]) => keep(path.split('>').map((step) => step.split('+')), count));
      expect(found({ startsWith: item })).toEqual(those((steps) => steps[0]!.includes(item)));
      expect(found({ endsWith: item, maxSteps: 2 })).toEqual(those((steps) => steps.at(-1)!.includes(item) && steps.length <= 2));
      expect(found({ contains: item, minItems: 2 })).toEqual(those((steps) => steps.flat().includes(item) && steps.flat().length >= 2));
      expect(found({ repeats: false, maxStepItems: 1 })).toEqual(those((steps) => new Set(steps.flat()).size === steps.flat().length && steps.every((step) => step.length === 1)));
      const counts = [...all.values()].sort((a, b) => b - a);
      const last = counts[Math.min(counts.length, 5) - 1]!;
      expect(sorted(textOf(mineSequences(journeys, { ...limits, patterns: 'top', top: 5 })))).toEqual(those((_steps, count) => count >= last));
    }
  }, 60_000);

  it('are no more than maxPatterns, of the most customers, and say so', () => {
    const lists = [['a', 'b', 'c'], ['a', 'b', 'd'], ['a', 'b'], ['a']];
    const mined = mineSequences(Journeys.fromLists(lists), { minCount: 1, patterns: 'frequent', maxGap: { steps: 1 }, maxPatterns: 3 });
    expect(sorted(textOf(mined))).toEqual([['a', 4], ['a>b', 3], ['b', 3]]);
    expect(mined.truncated).toBe(true);
  });

  it('are those found so far when the search is stopped', () => {
    const calls: number[] = [];
    const lists = [['a', 'b', 'c'], ['a', 'b', 'c']];
    const mined = mineSequences(Journeys.fromLists(lists), { minCount: 2, patterns: 'frequent', maxGap: { steps: 1 }, onProgress: ({ done, total }) => (calls.push(done, total), done < 2) });
    expect(calls).toEqual([1, 3, 2, 3]);
    expect([...textOf(mined).keys()].sort()).toEqual(['a', 'a>b', 'a>b>c', 'b', 'b>c']);
    expect(mined.truncated).toBe(true);
  });

  it('are none in journeys without steps', () => {
    expect(mineSequences(Journeys.fromLists([[], []]), { minCount: 1, maxGap: { steps: 1 } }).size).toBe(0);
  });
});

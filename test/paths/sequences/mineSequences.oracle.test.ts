import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import type { MinedSequences } from '../../../src/paths/sequences/minedSequences.js';
import { mineSequences } from '../../../src/paths/sequences/mineSequences.js';
import type { SequenceKind, SequenceOptions } from '../../../src/paths/sequences/sequenceOptions.js';
import { allPaths, ofKind, textOf, type OracleRules, type Steps } from './sequenceOracle.js';

/** Restrictions as both sides take them. */
type PathRestrictions = Pick<SequenceOptions, 'minSteps' | 'maxSteps' | 'minItems' | 'maxItems' | 'maxStepItems' | 'repeats'> & Pick<OracleRules, 'startsWith' | 'endsWith' | 'contains'>;

const KINDS: readonly SequenceKind[] = ['frequent', 'closed', 'maximal', 'generators'];

function randomJourneys(random: Random, stepSize: number): Steps[] {
  const alphabet = 'abcd'.slice(0, 2 + random.integer(3));
  return Array.from({ length: 1 + random.integer(5) }, () =>
    Array.from({ length: random.integer(5) }, () => [...new Set(Array.from({ length: 1 + random.integer(stepSize) }, () => alphabet[random.integer(alphabet.length)]!))].sort()),
  );
}

function randomRules(random: Random, items: readonly string[]): PathRestrictions {
  const maybe = <Value>(name: string, share: number, value: () => Value): Record<string, Value> => (random.uniform() < share ? { [name]: value() } : {});
  const some = (): string[] => [...new Set(Array.from({ length: 1 + random.integer(2) }, () => items[random.integer(items.length)]!))];
  const whole = (least: number, most: number) => (): number => least + random.integer(most - least + 1);
  return {
    ...maybe('minSteps', 0.2, whole(1, 2)), ...maybe('maxSteps', 0.2, whole(2, 3)), ...maybe('minItems', 0.2, whole(1, 2)), ...maybe('maxItems', 0.2, whole(2, 4)), ...maybe('maxStepItems', 0.2, whole(1, 2)),
    ...maybe('startsWith', 0.25, some), ...maybe('endsWith', 0.25, some), ...maybe('contains', 0.25, some), ...maybe('repeats', 0.2, () => false),
  };
}

const rounded = (count: number): number => Math.round(count * 1e6) / 1e6;
const sorted = (paths: Iterable<readonly [string, number]>): string[] => Array.from(paths, ([text, count]) => `${text} ${rounded(count)}`).sort();

const shown = (mined: MinedSequences): string[] => sorted(mined.slice().map(({ steps, count }) => [textOf(steps), count] as const));

function check(journeys: readonly Steps[], weights: readonly number[] | undefined, rules: OracleRules, limits: object = {}): void {
  const { minGap, maxGap, minSpan, maxSpan, ...options } = rules;
  void [minGap, maxGap, minSpan, maxSpan];
  const source = Journeys.fromLists(journeys, weights === undefined ? {} : { weights });
  const all = allPaths(journeys, weights ?? journeys.map(() => 1), rules);
  for (const kind of KINDS) {
    const found = shown(mineSequences(source, { ...options, ...limits, patterns: kind }));
    const wanted = sorted(ofKind(all, kind, journeys, weights ?? journeys.map(() => 1), rules));
    if (found.join('|') !== wanted.join('|')) expect({ journeys, weights, rules, kind, limits, found }).toEqual({ journeys, weights, rules, kind, limits, found: wanted });
  }
}

describe('mineSequences equals a naive enumeration', () => {
  for (const [what, stepSize] of [['single items', 1], ['sets', 3]] as const) {
    it(`in every kind, ${what}, with and without restrictions and weights`, () => {
      const random = createRandom(20261122 + stepSize);
      let paths = 0;
      for (let run = 0; run < (stepSize === 1 ? 700 : 500); run++) {
        const journeys = randomJourneys(random, stepSize);
        const items = [...new Set(journeys.flat(2))].sort();
        const rules = run % 2 === 0 || items.length === 0 ? {} : randomRules(random, items);
        const weights = run % 3 === 0 ? journeys.map(() => [0, 0.1, 0.2, 0.3, 1, 2.5][random.integer(6)]!) : undefined;
        const minCount = weights === undefined ? 1 + random.integer(3) : [0.3, 0.5, 1][random.integer(3)]!;
        check(journeys, weights, { ...rules, minCount });
        paths += items.length;
      }
      expect(paths).toBeGreaterThan(1000);
    });
  }

  it('in every kind within gaps and spans', () => {
    const random = createRandom(20261124);
    for (let run = 0; run < 500; run++) {
      const journeys = randomJourneys(random, 1 + (run % 2));
      const items = [...new Set(journeys.flat(2))].sort();
      const least = { minGap: random.integer(3), minSpan: random.integer(3) };
      const all = { ...least, maxGap: Math.max(1, least.minGap + random.integer(2)), maxSpan: Math.max(1, least.minSpan + random.integer(3)) };
      const limits = Object.fromEntries(Object.entries(all).filter(() => random.uniform() < 0.4)) as Partial<typeof all>;
      if (Object.keys(limits).length === 0) continue;
      const rules = { ...(run % 3 === 0 && items.length > 0 ? randomRules(random, items) : {}), ...limits, minCount: 1 + random.integer(2) };
      const asSteps = Object.fromEntries(Object.entries(limits).map(([name, steps]) => [name, { steps }]));
      check(journeys, undefined, rules, asSteps);
    }
  });

  it('of the most frequent, with all that are as frequent as the last', () => {
    const random = createRandom(20261125);
    for (let run = 0; run < 500; run++) {
      const journeys = randomJourneys(random, 1 + (run % 2));
      const items = [...new Set(journeys.flat(2))].sort();
      if (items.length === 0) continue;
      const options = randomRules(random, items);
      const top = 1 + random.integer(12);
      const all = [...allPaths(journeys, journeys.map(() => 1), { ...options, minCount: 1 })];
      const last = all.map(([, count]) => count).sort((a, b) => b - a)[top - 1] ?? Math.min(...all.map(([, count]) => count));
      const found = mineSequences(Journeys.fromLists(journeys), { ...options, patterns: 'top', top });
      expect(found.minCount).toBe(all.length === 0 ? 1 : last);
      expect(shown(found)).toEqual(sorted(all.filter(([, count]) => count >= last)));
    }
  });

  it('held to a budget: as if the count asked for were the one it was raised to', () => {
    const random = createRandom(20261126);
    let cuts = 0;
    for (let run = 0; run < 400; run++) {
      const journeys = randomJourneys(random, 1 + (run % 2));
      const maxPatterns = 1 + random.integer(10);
      const all = [...allPaths(journeys, journeys.map(() => 1), { minCount: 1 })];
      const found = mineSequences(Journeys.fromLists(journeys), { minCount: 1, patterns: 'frequent', maxPatterns });
      expect(found.truncated).toBe(all.length > maxPatterns);
      const least = found.leftOut?.count ?? 1;
      const kept = all.filter(([, count]) => count >= least);
      expect(shown(found)).toEqual(sorted(kept));
      if (!found.truncated) continue;
      cuts++;
      // With those of the next lower count they would not have fitted.
      const next = Math.max(...all.map(([, count]) => count).filter((count) => count < least));
      expect(all.filter(([, count]) => count >= next).length).toBeGreaterThan(maxPatterns);
    }
    expect(cuts).toBeGreaterThan(100);
  });

  it('held to a budget far below what is found, while it searches', () => {
    const random = createRandom(20261127);
    for (const stepSize of [1, 2]) {
      const journeys = Array.from({ length: 40 }, () => Array.from({ length: 12 }, () => [...new Set(Array.from({ length: 1 + random.integer(stepSize) }, () => 'abcdefgh'[random.integer(8)]!))].sort()));
      const source = Journeys.fromLists(journeys);
      const all = mineSequences(source, { minCount: 2, patterns: 'frequent', endsWith: ['a', 'b'], maxItems: 6 });
      expect(all.size).toBeGreaterThan(1500);
      for (const maxPatterns of [1, 30, 500]) {
        const found = mineSequences(source, { minCount: 2, patterns: 'frequent', endsWith: ['a', 'b'], maxItems: 6, maxPatterns });
        expect(found.size).toBeLessThanOrEqual(maxPatterns);
        expect(found.slice()).toEqual(all.slice().filter(({ count }) => count >= found.leftOut!.count!));
        const next = all.at(found.size)!.count;
        expect(all.slice().filter(({ count }) => count >= next).length).toBeGreaterThan(maxPatterns);
      }
    }
  });
});

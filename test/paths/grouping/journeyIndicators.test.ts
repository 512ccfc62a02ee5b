import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { log2Subsequences } from '../../../src/paths/grouping/distinctSubsequences.js';
import { journeyIndicators } from '../../../src/paths/grouping/journeyIndicators.js';
import { stateDistribution } from '../../../src/paths/grouping/stateDistribution.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { thrown } from './naiveDistances.js';

const letters = (...words: readonly string[]): Journeys => Journeys.fromLists(words.map((word) => [...word]));

describe('journeyIndicators', () => {
  it('gives by hand: aabb, abab, aaaa and no steps', () => {
    const found = journeyIndicators(letters('aabb', 'abab', 'aaaa', ''));
    expect(found.length).toEqual(Int32Array.of(4, 4, 4, 0));
    expect(found.distinct).toEqual(Int32Array.of(2, 2, 1, 0));
    expect(found.transitions).toEqual(Int32Array.of(1, 3, 0, 0));
    expect(found.entropy).toEqual(Float64Array.of(1, 1, 0, 0));
    expect(found.complexity).toEqual(Float64Array.of(Math.sqrt(1 / 3), 1, 0, 0));
    // ab has 4 subsequences and stays of 2 and 2: variance 0 of 1 at most; abab 12, of stays of 1; a has 2.
    expect(Array.from(found.turbulence)).toEqual([Math.log2(4 * 2), Math.log2(12), 1, 0].map((value) => expect.closeTo(value, 12) as number));
    expect(found.stateSteps).toEqual({ offsets: Uint32Array.of(0, 2, 4, 5, 5), states: Int32Array.of(0, 1, 0, 1, 0), steps: Int32Array.of(2, 2, 2, 2, 4) });
    expect(found.states).toEqual([{ state: 'a', meanSteps: 2, share: 8 / 12, reach: 3 / 4 }, { state: 'b', meanSteps: 1, share: 4 / 12, reach: 2 / 4 }]);
  });

  it('counts weights, and names states of several items', () => {
    const { states } = journeyIndicators(Journeys.fromLists([[['loan', 'card'], 'card'], ['fund']], { weights: [3, 1] }));
    expect(states.map(({ state, share }) => [state, share])).toEqual([['card', 3 / 7], ['card + loan', 3 / 7], ['fund', 1 / 7]]);
  });

  it('holds no more than there are steps, however many sets of items differ', () => {
    // Every customer a set of its own: 60,000 by 60,000 would be 29 GB.
    const lists = Array.from({ length: 60_000 }, (_, c) => [[`a${c >> 8}`, `b${c & 255}`], 'z', 'z']);
    const { stateSteps, states, distinct } = journeyIndicators(Journeys.fromLists(lists));
    expect(states.length).toBe(60_001);
    expect(stateSteps.states.length).toBe(120_000);
    expect(Array.from(stateSteps.states.slice(0, 2), (state) => states[state]!.state)).toEqual(['a0 + b0', 'z']);
    expect(Array.from(stateSteps.steps.slice(0, 4))).toEqual([1, 2, 1, 2]);
    expect(distinct.every((count) => count === 2)).toBe(true);
  });

  it('takes no journeys, and refuses what are none', () => {
    expect(journeyIndicators(Journeys.fromLists([])).states).toEqual([]);
    expect(journeyIndicators(letters('')).states).toEqual([]);
    expect(thrown(() => journeyIndicators([] as unknown as Journeys))).toMatch(/^INVALID_INPUT: journeyIndicators needs an EventLog or Journeys/);
  });
});

describe('log2Subsequences', () => {
  it('counts those found by taking letters away', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 9 }), (word) => {
        const all = new Set<string>();
        for (let bits = 0; bits < 2 ** word.length; bits++) all.add(word.filter((_, i) => (bits >> i) & 1).join());
        // Of no letters, and of the letter whose text is empty: there is none.
        expect(log2Subsequences(word)).toBeCloseTo(Math.log2(all.size), 12);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('goes beyond the largest number: 5,000 different letters have 2^5000', () => {
    expect(log2Subsequences(Array.from({ length: 5000 }, (_, i) => i))).toBeCloseTo(5000, 9);
  });
});

describe('stateDistribution', () => {
  it('gives shares of the journeys that reach a position, by weight', () => {
    const found = stateDistribution(Journeys.fromLists([['b', 'a'], ['a'], ['b', 'b', 'b']], { weights: [2, 1, 1] }));
    expect(found.states).toEqual(['a', 'b']);
    expect(found.counts).toEqual(Float64Array.of(4, 3, 1));
    expect(found.shares).toEqual(Float64Array.of(0.25, 0.75, 2 / 3, 1 / 3, 0, 1));
    expect(found.entropy[0]).toBeCloseTo(-(0.25 * Math.log2(0.25) + 0.75 * Math.log2(0.75)), 12);
    expect(found.entropy[2]).toBe(0);
    expect(stateDistribution(letters('aa')).entropy).toEqual(Float64Array.of(0, 0));
  });
});

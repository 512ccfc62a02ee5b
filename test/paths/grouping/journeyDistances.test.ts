import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { alignmentRoom, alignRuns, alignSteps } from '../../../src/paths/grouping/alignSteps.js';
import { journeyDistances, type JourneyDistanceOptions } from '../../../src/paths/grouping/journeyDistances.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { naiveMatching, naiveStepCost, thrown } from './naiveDistances.js';

const letters = (...words: readonly string[]): Journeys => Journeys.fromLists(words.map((word) => [...word]));

function matrix(journeys: Journeys, options: JourneyDistanceOptions = {}): number[][] {
  const distances = journeyDistances(journeys, options);
  return journeys.customers.map((a) => journeys.customers.map((b) => distances.between(a, b)));
}

const words = (length: number): fc.Arbitrary<string[]> => fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: length }), { minLength: 1, maxLength: 5 });
const step = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });
const baskets = fc.array(fc.array(step, { maxLength: 5 }), { minLength: 2, maxLength: 4 });

describe('journeyDistances', () => {
  it('gives the examples by hand', () => {
    const four = letters('ABCD', 'ACBD', 'AABD', 'DCBA');
    const matching = [[0, 2, 2, 6], [2, 0, 2, 4], [2, 2, 0, 6], [6, 4, 6, 0]];
    expect(matrix(four)).toEqual(matching);
    expect(matrix(four, { measure: 'commonSubsequence' })).toEqual(matching);
    expect(matrix(four, { measure: 'hamming' })).toEqual([[0, 2, 2, 4], [2, 0, 1, 2], [2, 1, 0, 3], [4, 2, 3, 0]]);
    expect(matrix(letters('ABC', 'ABCDD', 'BC'))).toEqual([[0, 2, 1], [2, 0, 3], [1, 3, 0]]);
    expect(matrix(letters('ABC', 'ABCDD', 'BC'), { measure: 'commonPrefix' })).toEqual([[0, 2, 5], [2, 0, 7], [5, 7, 0]]);
    // One substitution of 1.5 is cheaper than two indels.
    expect(matrix(letters('AB', 'AC'), { substitution: 1.5, indel: 1 })[0]![1]).toBe(1.5);
    expect(matrix(letters('AB', 'AC'), { substitution: { B: { C: 0.25 } }, indel: 1 })[0]![1]).toBe(0.25);
  });

  it('compares steps of several items by what they share', () => {
    const journeys = Journeys.fromLists([['visit', ['card', 'loan']], ['visit', ['card', 'fund', 'loan']], ['visit', 'fund']]);
    const distances = matrix(journeys, { substitution: 2, indel: 2 });
    expect(distances[0]![1]).toBeCloseTo(2 * (1 - 2 / 3), 14);
    expect(distances[0]![2]).toBe(2);
    expect(distances[1]![2]).toBeCloseTo(2 * (1 - 1 / 3), 14);
  });

  it('learns costs from transitions: 2 less the shares of steps that the other follows', () => {
    // After a: a, b, b, c; after b: a. So a for b costs 2 - 1/2 - 1, a for c 2 - 1/4. Leaving the c out, aab and aba differ in two places.
    const journeys = letters('aab', 'abac');
    expect(matrix(journeys, { substitution: 'transitions', indel: 5 })[0]![1]).toBeCloseTo(5 + 2 * (2 - 1 / 2 - 1), 12);
    // By default an indel costs half of the dearest substitution, b for c: 1.
    expect(matrix(journeys, { substitution: 'transitions' })[0]![1]).toBeCloseTo(1 + 2 * (2 - 1 / 2 - 1), 12);
  });

  it('of positions costs what transitions there say (Lesnard): by hand', () => {
    const journeys = letters('aab', 'abb', 'bbb');
    // Into the second place p(a, b) = 1/2; into the third 1.
    const found = matrix(journeys, { measure: 'dynamicHamming' });
    expect(found[0]![1]).toBeCloseTo(4 - 1 / 2 - 1, 14);
    expect(found[1]![2]).toBeCloseTo(4 - 2 * (1 / 2), 14);
  });

  it('equals the recursion of the definition, for sets, given costs and any indel', () => {
    const itemCost = (costs: Record<string, number>) => (x: string, y: string): number => costs[[x, y].sort().join('')] ?? 2;
    fc.assert(
      fc.property(baskets, fc.constantFrom(0.4, 0.75, 1, 3), fc.constantFrom(0, 0.3, 1), (lists, indel, ab) => {
        const journeys = Journeys.fromLists(lists);
        const cost = itemCost({ ab, cd: 1.25 });
        const found = matrix(journeys, { substitution: { a: { b: ab }, d: { c: 1.25 } }, indel });
        journeys.customers.forEach((a, i) => journeys.customers.forEach((b, j) => {
          expect(found[i]![j]).toBeCloseTo(naiveMatching(journeys.stepsOf(a), journeys.stepsOf(b), (x, y) => naiveStepCost(x, y, cost), indel), 10);
        }));
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('equals it for plain words, bit by bit, beyond one and two words of 32', () => {
    fc.assert(
      fc.property(words(80), (lists) => {
        const found = matrix(letters(...lists));
        lists.forEach((a, i) => lists.forEach((b, j) => expect(found[i]![j]).toBe(naiveMatching([...a], [...b], (x, y) => (x === y ? 0 : 2), 1))));
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('counts waits: equal steps after 10 and 30 days cost half of timeWeight', () => {
    const log = (days: readonly number[]): { id: string; at: number; what: string }[] => days.map((day, i) => ({ id: days.join(), at: Date.UTC(2026, 0, 1 + day), what: 'abc'[i]! }));
    const timed = EventLog.fromRows([...log([0, 10, 12]), ...log([0, 30, 32]), ...log([5, 15, 17])], { customer: 'id', time: 'at', item: 'what' } as const);
    const distances = journeyDistances(timed, { timeWeight: 0.8 });
    expect(distances.between('0,10,12', '0,30,32')).toBeCloseTo(0.8 * (20 / 40), 12);
    expect(distances.between('0,10,12', '5,15,17')).toBe(0);
    expect(distances.weights).toEqual(Float64Array.of(2, 1));
    expect(journeyDistances(timed).between('0,10,12', '0,30,32')).toBe(0);
  });

  it('is a metric where the costs are: symmetric, 0 only from itself, no detour shorter', () => {
    fc.assert(
      fc.property(words(7), fc.constantFrom<JourneyDistanceOptions>({}, { substitution: 1.2, indel: 1 }, { measure: 'commonSubsequence' }, { measure: 'commonPrefix' }), (lists, options) => {
        const found = matrix(letters(...lists), options);
        found.forEach((row, i) => row.forEach((d, j) => {
          expect(d).toBe(found[j]![i]);
          expect(d === 0).toBe(lists[i] === lists[j]);
          for (let k = 0; k < lists.length; k++) expect(d).toBeLessThanOrEqual(found[i]![k]! + found[k]![j]! + 1e-12);
        }));
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('is the same whoever has the journey, and learns from weights as from repetitions', () => {
    fc.assert(
      fc.property(words(6), fc.integer({ min: 1, max: 99 }), (lists, seed) => {
        const random = createRandom(seed);
        const weights = lists.map(() => random.integer(3));
        const order = shuffle(lists.map((_, i) => i), random);
        const options = { substitution: 'transitions', indel: 1.3 } as const;
        const weighted = matrix(Journeys.fromLists(lists.map((word) => [...word]), { weights }), options);
        const repeated = lists.flatMap((word, i) => Array.from({ length: weights[i]! }, () => word));
        const again = matrix(letters(...order.map((i) => lists[i]!)));
        const plain = matrix(letters(...lists));
        order.forEach((i, a) => order.forEach((j, b) => expect(again[a]![b]).toBe(plain[i]![j])));
        if (repeated.length === 0) return;
        const known = matrix(letters(...repeated), options);
        repeated.forEach((a, i) => repeated.forEach((b, j) => expect(known[i]![j]).toBeCloseTo(weighted[lists.indexOf(a)]![lists.indexOf(b)]!, 10)));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('normalises by the longer journey, or by the greatest distance: then 1 at most, and reached', () => {
    const journeys = letters('AAAA', 'BB', 'A');
    expect(matrix(journeys, { normalise: 'longest' })[0]![1]).toBe(6 / 4);
    expect(matrix(journeys, { normalise: 'greatest' })[0]).toEqual([0, 1, 3 / 5]);
    expect(matrix(journeys, { normalise: 'greatest', substitution: 1, indel: 1 })[0]![1]).toBe(1);
    expect(matrix(letters('AB', 'BA'), { normalise: 'greatest', measure: 'hamming' })[0]![1]).toBe(1);
    expect(matrix(letters('AB', 'AB'), { normalise: 'greatest', measure: 'dynamicHamming' })[0]![1]).toBe(0);
    expect(matrix(letters('', ''), { normalise: 'longest' })[0]![1]).toBe(0);
  });

  it('keeps each different journey once, in 8 bytes or 4 a pair', () => {
    const { weights, firstCustomer, journeyOf, values } = journeyDistances(letters('AB', '', 'AB', 'C'), { precision: 'single' });
    expect([weights, firstCustomer, journeyOf]).toEqual([Float64Array.of(2, 1, 1), Int32Array.of(0, 1, 3), Int32Array.of(0, 1, 0, 2)]);
    expect(values).toEqual(Float32Array.of(2, 3, 1));
    expect(journeyDistances(Journeys.fromLists([])).values.length).toBe(0);
    expect(journeyDistances(letters('AB')).between(0, 0)).toBe(0);
  });

  it('refuses what it cannot use, saying why', () => {
    const two = letters('AB', 'A');
    const said = (options: object, journeys: unknown = two): string => thrown(() => journeyDistances(journeys as Journeys, options));
    expect(said({ measure: 'hamming' })).toMatch(/^INVALID_INPUT: .*one length for 'hamming', found 2 and 1 steps; make them with journeyStates/);
    expect(said({ measure: 'dynamicHamming' })).toMatch(/^INVALID_INPUT/);
    expect(said({ measure: 'edit' })).toMatch(/^INVALID_OPTION: .*needs measure as one of/);
    expect(said({ costs: 2 })).toMatch(/^INVALID_OPTION: .*knows no option "costs"/);
    expect(said({ substitution: -1 })).toMatch(/^INVALID_OPTION: .*needs substitution/);
    expect(said({ substitution: 'rates' })).toMatch(/^INVALID_OPTION: .*needs substitution/);
    expect(said({ substitution: { A: { B: 1 }, B: { A: 2 } } })).toMatch(/^INVALID_OPTION: .*same both ways.* found 2 from B to A/);
    expect(said({ substitution: { A: { A: 1 } } })).toMatch(/^INVALID_OPTION/);
    expect(said({ indel: 0 })).toMatch(/^INVALID_OPTION: .*needs indel as a finite number above 0/);
    expect(said({ timeWeight: 1 })).toMatch(/^INVALID_INPUT: .*needs to know when steps happened/);
    expect(said({ timeWeight: -1 })).toMatch(/^INVALID_OPTION/);
    expect(said({ measure: 'commonPrefix', indel: 2 })).toMatch(/^INVALID_OPTION: .*knows no indel for measure 'commonPrefix'/);
    expect(said({}, [['A']])).toMatch(/^INVALID_INPUT: .*needs an EventLog or Journeys/);
    expect(thrown(() => journeyDistances(two).between(0, 7))).toMatch(/^UNKNOWN_ID/);
    const many = Journeys.fromLists(Array.from({ length: 4500 }, (_, i) => [`item ${i}`, 'x']));
    expect(said({ substitution: 'transitions' }, many)).toMatch(/^INVALID_INPUT: .*at most 4472 items, found 4501; group items with rename/);
  });
});

describe('alignRuns', () => {
  it('gains what alignSteps gains, step by step', () => {
    const random = createRandom(3);
    const gains = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 2 : [0, 0.25, 1, 1.75][random.integer(4)]!));
    for (let a = 0; a < 4; a++) for (let b = 0; b < a; b++) gains[a * 4 + b] = gains[b * 4 + a]!;
    const room = alignmentRoom(60);
    for (let round = 0; round < 2000; round++) {
      const word = (): Int32Array => Int32Array.from({ length: 1 + random.integer(5) }, () => random.integer(4)).reduce((all, state) => Int32Array.from([...all, ...new Array<number>(1 + random.integer(9)).fill(state)]), new Int32Array(0));
      const [x, y] = [word(), word()];
      const [rows, from] = [x.map((state) => 4 * state), random.integer(2)];
      expect(alignRuns(gains, rows, from, x.length, y, 0, y.length, room)).toBeCloseTo(alignSteps(gains, rows, from, x.length, y, 0, y.length, room), 10);
    }
  });
});

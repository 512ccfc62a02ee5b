import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { customersOnPath } from '../../../src/paths/timing/customersOnPath.js';
import { allWays, journeysOf, measuredWay, type Tiny } from './allWays.js';
import { randomLimits, randomPath, randomTiny } from './randomTiny.js';

describe('customersOnPath', () => {
  it('measures the earliest end, then the latest start, then each step as early as possible', () => {
    const journeys = Journeys.fromLists([['a', 'b', 'a', 'b', 'b', 'c', 'c'], ['c', 'a'], []]);
    const found = customersOnPath(journeys, { steps: ['a', 'b', 'c'] });
    expect(found).toMatchObject({ steps: [['a'], ['b'], ['c']], count: 1, support: 1 / 3, customers: [0], times: null, weights: null });
    expect([...found.positions]).toEqual([2, 3, 5]);
  });

  it('counts occurrences that do not overlap', () => {
    const count = (list: string[], steps: string[]): number => customersOnPath(Journeys.fromLists([list]), { steps }).occurrences[0]!;
    expect(count(['a', 'a', 'b', 'b', 'a', 'b'], ['a', 'b'])).toBe(2);
    expect(count(['a', 'a', 'a', 'a', 'a'], ['a', 'a'])).toBe(2);
    expect(count(['a', 'b', 'a', 'b'], ['a'])).toBe(2);
  });

  it('finds under a largest gap what starting from the first place would miss', () => {
    const found = customersOnPath(Journeys.fromLists([['a', 'x', 'a', 'b', 'x', 'b', 'c']]), { steps: ['a', 'b', 'c'] }, { maxGap: { steps: 3 } });
    expect([...found.positions]).toEqual([2, 3, 6]);
    expect(customersOnPath(Journeys.fromLists([['a', 'x', 'b']]), { steps: ['a', 'b'] }, { maxGap: { steps: 1 } }).customers).toEqual([]);
  });

  it('equals the trying of all ways, with every limit, on thousands of tiny journeys', () => {
    const random = createRandom(20261122);
    const whole = (isTimed: boolean): Tiny => ({ steps: [['a', 'b', 'c']], times: isTimed ? [0] : null });
    for (let round = 0; round < 1500; round++) {
      const isTimed = random.uniform() < 0.6;
      const list = Array.from({ length: 1 + random.integer(3) }, () => randomTiny(random, isTimed)).concat(whole(isTimed));
      const limits = random.uniform() < 0.3 ? {} : randomLimits(random, isTimed);
      const path = randomPath(random);
      const found = customersOnPath(journeysOf(list, isTimed ? list.map(() => 1e10) : null), { steps: path }, limits);
      const ways = list.map((tiny) => allWays(tiny, path, limits));
      const expected = JSON.stringify([
        ways.flatMap(({ length }, i) => (length === 0 ? [] : [i])),
        ways.flatMap((some) => measuredWay(some) ?? []),
        ways.map(occurrencesOf).filter((n) => n > 0),
      ]);
      const got = JSON.stringify([found.customers, [...found.positions], [...found.occurrences]]);
      if (got !== expected) expect.fail(`${JSON.stringify({ list, path, limits })}: ${got} is not ${expected}`);
    }
  });

  it('leaves out customers of weight 0 and sums the weights of the others', () => {
    const journeys = Journeys.fromLists([['a', 'b'], ['a', 'b'], ['b']], { weights: [0, 2.5, 1.5] });
    const found = customersOnPath(journeys, { steps: ['a', 'b'] });
    expect(found).toMatchObject({ count: 2.5, support: 2.5 / 4, customers: [1], weights: Float64Array.of(2.5) });
  });

  it('keeps limits that the path given carries, but for those given', () => {
    const journeys = Journeys.fromLists([['a', 'b'], ['a', 'x', 'b'], ['a', 'x', 'x', 'b']]);
    const path = { steps: ['a', 'b'], limits: { maxGap: { steps: 2 } } };
    expect(customersOnPath(journeys, path).customers).toEqual([0, 1]);
    expect(customersOnPath(journeys, path, { minGap: { steps: 2 } }).customers).toEqual([1]);
    expect(customersOnPath(journeys, path, { maxGap: { steps: 3 } }).customers).toEqual([0, 1, 2]);
  });

  it('tells an unknown item and what is near', () => {
    const journeys = Journeys.fromLists([['visit', 'quote']]);
    expect(() => customersOnPath(journeys, { steps: ['visit', 'quotes'] })).toThrow(expect.objectContaining({ code: 'UNKNOWN_ID', message: 'customersOnPath found no item "quotes" in the journeys (step 1 of path 0); did you mean "quote"?' }));
    expect(() => customersOnPath(journeys, { steps: ['lease'] })).toThrow(expect.objectContaining({ code: 'UNKNOWN_ID', message: expect.stringContaining('there are quote, visit') as string }));
    expect(() => customersOnPath(journeys, { steps: [[]] })).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
    expect(() => customersOnPath(journeys, { steps: [null as never] })).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
    expect(() => customersOnPath(journeys, { steps: [] })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => customersOnPath(journeys, { steps: ['visit'] }, { maxGap: { days: 3 } })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => customersOnPath(journeys, { steps: ['visit'] }, { horizon: 3 } as never)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

/** The most ways that lie one after the other: always the one that ends first. */
function occurrencesOf(ways: readonly number[][]): number {
  let count = 0;
  let end = -1;
  for (const way of [...ways].sort((a, b) => a.at(-1)! - b.at(-1)!)) {
    if (way[0]! <= end) continue;
    count++;
    end = way.at(-1)!;
  }
  return count;
}

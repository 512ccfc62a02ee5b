import { describe, expect, it } from 'vitest';
import { createRandom, shuffle, type Random } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import type { JourneyList } from '../../../src/paths/journeys/journeysOfLists.js';
import { surprisingPaths, type SurprisingPathsOptions } from '../../../src/paths/surprise/surprisingPaths.js';
import { allWays } from '../timing/allWays.js';
import { randomLimits, randomPath, randomTiny } from '../timing/randomTiny.js';

type Steps = readonly (readonly string[])[];

const has = (steps: Steps, path: Steps): boolean => allWays({ steps, times: null }, path, {}).length > 0;

/** Journeys of three to eight steps of six items, no order in them. */
function unordered(random: Random, count: number): string[][] {
  return Array.from({ length: count }, () => Array.from({ length: 3 + random.integer(6) }, () => 'abcdef'[Math.floor(6 * random.uniform() ** 1.5)]!));
}

const pairs = [...'abcdef'].flatMap((a) => [...'abcdef'].filter((b) => b !== a).map((b) => ({ steps: [a, b] })));

describe('surprisingPaths against random order', () => {
  it('expects 1 / k! of those who have k different steps once each', () => {
    const lists = [['a', 'b', 'c', 'd'], ['c', 'b', 'a'], ['x', 'a', 'c', 'b'], ['a', 'b']];
    const [path] = surprisingPaths(Journeys.fromLists(lists), [{ steps: ['a', 'b', 'c'] }]);
    expect(path).toMatchObject({ count: 1, support: 0.25, method: 'exact', familyP: null, improvement: null, explainedBy: null });
    expect(path!.expected).toBeCloseTo(0.5, 14);
    expect(path!.lift).toBeCloseTo(2, 14);
    expect(path!.z).toBeCloseTo(0.5 / Math.sqrt(3 * (5 / 36)), 12);
    expect(path!.p).toBeCloseTo(1 - (5 / 6) ** 3, 14);
    expect(path!.q).toBeCloseTo(path!.p, 14);
  });

  it('equals the trying of all orders, where steps repeat and have several items', () => {
    const random = createRandom(3);
    for (let round = 0; round < 80; round++) {
      const steps = randomTiny(random, false).steps.slice(0, 5);
      const path = randomPath(random);
      const orders = permutations(steps);
      const expected = orders.filter((order) => has(order, path)).length / orders.length;
      const found = surprisingPaths(Journeys.fromLists([steps, [['a', 'b', 'c']]]), [{ steps: path }])[0]!;
      const other = path.length === 1 ? 1 : 0;
      if (Math.abs(found.expected - expected - other) > 1e-12) expect(found.expected, JSON.stringify({ steps, path })).toBe(expected + other);
    }
  });

  it('shuffles where there are too many states, near the exact chance', () => {
    const many = [...'abcdefghij'].flatMap((item) => [item, item, item]);
    const journeys = Journeys.fromLists([many, many]);
    const find = (draws: number, seed = 1): number => surprisingPaths(journeys, [{ steps: [...'abcdefghij'] }], { draws, seed, level: 0 })[0]!.expected;
    expect(surprisingPaths(journeys, [{ steps: [...'abcdefghij'] }], { draws: 5, level: 0 })[0]!.method).toBe('shuffled');
    expect(find(100)).toBe(find(100));
    expect(Math.abs(find(400) / 2 - find(400, 7) / 2)).toBeLessThan(0.09);
  });

  it('shuffles steps over their times under limits, near the share of all orders', () => {
    const steps = [['a'], ['x'], ['b'], ['b'], ['x']];
    const limits = { maxGap: { steps: 1 } };
    const orders = permutations(steps);
    const share = orders.filter((order) => allWays({ steps: order, times: null }, [['a'], ['b']], limits).length > 0).length / orders.length;
    const found = surprisingPaths(Journeys.fromLists([steps, steps, steps]), [{ steps: ['a', 'b'] }], { ...limits, draws: 1500, level: 0 })[0]!;
    expect(found.method).toBe('shuffled');
    expect(Math.abs(found.expected / 3 - share)).toBeLessThan(0.04);
  });

  it('takes the limits of mined paths one by one', () => {
    const journeys = Journeys.fromLists([['a', 'b', 'c'], ['a', 'x', 'c', 'b'], ['b', 'x', 'a', 'c']]);
    const mined = Object.assign([{ steps: ['a', 'c'] }], { limits: { maxGap: { steps: 1 } } });
    expect(surprisingPaths(journeys, mined, { maxSpan: { steps: 3 } })[0]!.count).toBe(1);
    expect(surprisingPaths(journeys, mined, { maxGap: { steps: 2 } })[0]!.count).toBe(3);
  });

  it('shuffles alike for a path and its parts, whatever else is asked', () => {
    const random = createRandom(17);
    const lists = Array.from({ length: 200 }, () => shuffle([...'abcdefgh'], random)).map((list, i) => (i % 3 > 0 ? ['a', 'b', 'c', ...list.filter((item) => !'abc'.includes(item))] : list));
    const journeys = Journeys.fromLists(lists);
    const limits = { maxGap: { steps: 1 }, draws: 40 };
    const paths = [{ steps: ['a', 'b', 'c'] }, { steps: ['a', 'b'] }, { steps: ['b', 'c'] }];
    const together = surprisingPaths(journeys, paths, limits);
    for (const path of paths) {
      const [alone] = surprisingPaths(journeys, [path], limits);
      const other = together.find(({ steps }) => steps.join() === path.steps.join())!;
      expect({ ...other, q: 0 }).toEqual({ ...alone!, q: 0 });
    }
    // Where a customer has a and k, both come at once: who of these has a > b, or k > b, has ak > b, in every shuffle too.
    const twins = Journeys.fromLists(Array.from({ length: 300 }, (_, i) => [[['a', 'k'], 'a', 'k'][i % 3]!, 'b', 'x', 'y']));
    const twin = surprisingPaths(twins, [{ steps: [['a', 'k'], 'b'] }], { ...limits, draws: 20 })[0]!;
    expect(twin.count).toBe(100);
    expect(Math.abs(twin.improvement!.lift - 1)).toBeLessThan(0.03);
    // Right behind each other: b after a in 1 of 8; then c after b in 1 of 7 of those.
    const { improvement, count } = together.find(({ steps }) => steps.length === 3)!;
    const given = count / improvement!.lift / lists.filter((list) => list.join('').includes(improvement!.over.join(''))).length;
    expect(given).toBeGreaterThan(0.1);
    expect(given).toBeLessThan(0.19);
  });

  it('takes any limits, and gives the same for the same seed', () => {
    const random = createRandom(11);
    const lists = Array.from({ length: 12 }, () => randomTiny(random, false).steps);
    const journeys = Journeys.fromLists([...lists, [['a', 'b', 'c']]]);
    for (let round = 0; round < 15; round++) {
      const options = { ...randomLimits(random, false), draws: 10, level: 1, seed: round };
      const paths = [{ steps: randomPath(random) }, { steps: randomPath(random) }];
      const found = surprisingPaths(journeys, paths, options);
      expect(surprisingPaths(journeys, paths, options)).toEqual(found);
      for (const { p, q, expected } of found) expect(p >= 0 && p <= q && q <= 1 && expected >= 0).toBe(true);
    }
  });

  it('finds nothing in shuffled journeys, with p spread evenly', () => {
    const ps: number[] = [];
    for (let seed = 1; seed <= 6; seed++) {
      const found = surprisingPaths(Journeys.fromLists(unordered(createRandom(seed), 300)), pairs, { familyDraws: seed === 1 ? 20 : 0 });
      ps.push(...found.map(({ p }) => p));
      expect(Math.min(...found.map(({ q }) => q))).toBeGreaterThan(0.05);
      if (seed === 1) expect(found.every(({ familyP }) => familyP! > 0.05)).toBe(true);
    }
    // 180 values: standard error .021 of the mean, .037 of a share of a half. Counts are discrete, so that p leans up a little.
    expect(ps.reduce((a, b) => a + b) / ps.length).toBeGreaterThan(0.45);
    expect(ps.reduce((a, b) => a + b) / ps.length).toBeLessThan(0.6);
    for (const share of [0.1, 0.25, 0.5, 0.75]) expect(Math.abs(ps.filter((p) => p <= share).length / ps.length - share)).toBeLessThan(0.12);
  });

  it('finds a planted order first, and says that it explains what is added to it by chance', () => {
    const random = createRandom(5);
    const lists = unordered(random, 400).map((list, i) => (i % 2 === 0 ? list : plant(list, random)));
    const journeys = Journeys.fromLists(lists);
    const paths = [...pairs, { steps: ['a', 'b', 'c'] }, { steps: ['f', 'e'] }, { steps: ['d', 'f', 'e'] }];
    const found = surprisingPaths(journeys, paths, { familyDraws: 30 });
    expect(found[0]).toMatchObject({ steps: [['f'], ['e']], explainedBy: null, familyP: 1 / 31 });
    expect(found[0]!.q).toBeLessThan(1e-6);
    const longer = found.find(({ steps }) => steps.length === 3 && steps[0]![0] === 'd')!;
    expect(longer).toMatchObject({ explainedBy: [['f'], ['e']] });
    expect(longer.p).toBeLessThan(0.01);
    expect(longer.improvement!.p).toBeGreaterThan(0.05);
    expect(surprisingPaths(journeys, paths, { explained: 'drop' }).map(({ steps }) => steps.join())).not.toContain('d,f,e');
    expect(surprisingPaths(journeys, [{ steps: ['e', 'f'] }], { alternative: 'less' })[0]!.p).toBeLessThan(1e-6);
    expect(surprisingPaths(journeys, [{ steps: ['e', 'f'] }], { alternative: 'different' })[0]!.z).toBeLessThan(-4);
  });

  it('gives the improvement over the best part by hand', () => {
    // All 30 have a before b, and c by chance behind both in 1 of 3; of b and c, or a and c, 24 would give 8 of 24.
    const lists = Array.from({ length: 30 }, (_, i) => (i < 24 ? ['a', 'b', 'c'] : ['c', 'a', 'b']));
    const [path] = surprisingPaths(Journeys.fromLists(lists), [{ steps: ['a', 'b', 'c'] }]);
    expect(path!.improvement!.expected).toBeCloseTo(30 / 3, 10);
    expect(path!.improvement).toMatchObject({ over: [['a'], ['b']], lift: 2.4 });
    expect(path!.expected).toBeCloseTo(5, 12);
  });

  it('counts a weight of 2 as two customers, one of 0 as none, and does not mind the order of customers', () => {
    const random = createRandom(9);
    const lists = unordered(random, 40);
    const weights = lists.map(() => random.integer(3));
    const paths = [...pairs.slice(0, 8), { steps: ['a', 'b', 'a'] }];
    for (const options of [{}, { null: 'markov' }] satisfies SurprisingPathsOptions[]) {
      const weighted = surprisingPaths(Journeys.fromLists(lists, { weights }), paths, options);
      const repeated = surprisingPaths(Journeys.fromLists(shuffle(lists.flatMap((list, i) => Array.from({ length: weights[i]! }, () => list)), random)), paths, options);
      expectClose(weighted, repeated);
    }
    const lists20 = Array.from({ length: 20 }, (_, i) => (i < 17 ? ['q', 'c'] : ['c', 'q']));
    for (const weight of [0.05, 0.5, 1e-7]) {
      const [found] = surprisingPaths(Journeys.fromLists(lists20, { weights: lists20.map(() => weight) }), [{ steps: ['q', 'c'] }]);
      expect(found!.p).toBeCloseTo(0.001288414, 9);
      expect(found!.z).toBeCloseTo(7 / Math.sqrt(5), 9);
    }
    const halves = surprisingPaths(Journeys.fromLists(lists, { weights: lists.map(() => 0.5) }), paths)[0]!;
    expect(halves.expected).toBeCloseTo(surprisingPaths(Journeys.fromLists(lists), [halves])[0]!.expected / 2, 10);
  });
});

describe('surprisingPaths against a Markov chain', () => {
  it('equals the sum over all chains of the length', () => {
    const random = createRandom(21);
    for (let round = 0; round < 60; round++) {
      const lists = Array.from({ length: 4 }, () => randomTiny(random, false).steps.slice(0, 5)).concat([[['a', 'b', 'c']]]);
      const path = randomPath(random);
      const expected = lists.reduce((sum, list) => sum + chainShare(lists, list, path), 0);
      const found = surprisingPaths(Journeys.fromLists(lists), [{ steps: path }], { null: 'markov' })[0]!;
      if (Math.abs(found.expected - expected) > 1e-10) expect(found.expected, JSON.stringify({ lists, path })).toBe(expected);
    }
  });

  it('is surprised by memory, not by what neighbours explain', () => {
    const random = createRandom(2);
    // After x comes whatever came before it: a x b and c x d, never a x d. a to x alone is what the chain knows.
    const lists = Array.from({ length: 200 }, () => (random.uniform() < 0.5 ? ['a', 'x', 'b'] : ['c', 'x', 'd']));
    const found = surprisingPaths(Journeys.fromLists(lists), [{ steps: ['a', 'x', 'b'] }, { steps: ['a', 'x'] }, { steps: ['a', 'b'] }, { steps: ['a', 'd'] }], { null: 'markov' });
    expect(found[0]!.p).toBeLessThan(1e-10);
    expect(found.find(({ steps }) => steps.join() === 'a,x')).toMatchObject({ lift: 1, p: 1 });
    expect(found.find(({ steps }) => steps.join() === 'a,b')!.lift).toBeGreaterThan(1.8);
    expect(found.find(({ steps }) => steps.join() === 'a,x,b')!.explainedBy).toHaveLength(2);
    expect(found.at(-1)!.count === 0 || found.at(-1)!.p === 1).toBe(true);
  });

  it('keeps its head in long journeys of a chain that often stops', () => {
    const lists: JourneyList[] = [Array.from({ length: 600 }, () => 'a'), ...Array.from({ length: 600 }, () => ['a', 'end'])];
    const [path] = surprisingPaths(Journeys.fromLists(lists), [{ steps: ['a', 'end'] }], { null: 'markov' });
    expect(path!.expected).toBeGreaterThan(300);
    expect(path!.expected).toBeLessThan(601);
  });

  it('does so also where a chain almost never comes to what lasts', () => {
    const twice = (text: string, times: number): string[] => Array.from(text.repeat(times));
    const lists: JourneyList[] = [...Array.from({ length: 3000 }, () => ['x', 'end']), twice('x', 420), twice('ab', 210)];
    const found = surprisingPaths(Journeys.fromLists(lists), [{ steps: ['x', 'end'] }, { steps: ['a', 'b'] }], { null: 'markov' });
    // a is followed by b always, and the one long journey of x stays with x until its last step, which most often is the end.
    const of = (first: string): (typeof found)[number] => found.find(({ steps }) => steps[0]![0] === first)!;
    expect(of('a')).toMatchObject({ count: 1, expected: expect.closeTo(1, 10) as number });
    const [stay, leave] = [419 / 3419, 3000 / 3419];
    expect(of('x').expected).toBeCloseTo(3000 * leave + leave / (stay + leave), 8);
    for (const { p, q, z, lift } of found) expect([p, q, z, lift].every(Number.isFinite)).toBe(true);
  });
});

describe('surprisingPaths refuses', () => {
  const journeys = Journeys.fromLists([['a', 'b']]);
  const paths = [{ steps: ['a', 'b'] }];
  it.each([
    [{ null: 'shuffle' }, 'INVALID_OPTION'],
    [{ null: 'markov', maxGap: { steps: 2 } }, 'INVALID_OPTION'],
    [{ null: 'markov', familyDraws: 10 }, 'INVALID_OPTION'],
    [{ level: 2 }, 'INVALID_OPTION'],
    [{ draws: 0 }, 'INVALID_OPTION'],
    [{ seed: NaN }, 'INVALID_OPTION'],
    [{ minGap: { days: 2 } }, 'INVALID_OPTION'],
    [{ permutations: 10 }, 'INVALID_OPTION'],
  ])('%o', (options, code) => {
    expect(() => surprisingPaths(journeys, paths, options as SurprisingPathsOptions)).toThrow(expect.objectContaining({ code }));
  });
  it('unknown items and paths of more than 30 steps', () => {
    expect(() => surprisingPaths(journeys, [{ steps: ['z'] }])).toThrow(expect.objectContaining({ code: 'UNKNOWN_ID' }));
    expect(() => surprisingPaths(journeys, [{ steps: Array.from({ length: 31 }, () => 'a') }])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(surprisingPaths(journeys, [])).toEqual([]);
  });
});

function plant(list: readonly string[], random: Random): string[] {
  const rest = list.filter((item) => item !== 'e' && item !== 'f');
  const both = shuffle([...rest, 'f', 'f'], random);
  both[both.lastIndexOf('f')] = 'e';
  return both;
}

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => permutations([...values.slice(0, i), ...values.slice(i + 1)]).map((rest) => [value, ...rest]));
}

/** Of all chains that begin as the journey and are as long, the share that has the path. */
function chainShare(lists: readonly Steps[], list: Steps, path: Steps): number {
  if (list.length === 0) return 0;
  const follow = new Map<string, Steps[number][]>();
  for (const other of lists) other.slice(1).forEach((step, i) => follow.set(other[i]!.join(), [...(follow.get(other[i]!.join()) ?? []), step]));
  let [all, those] = [0, 0];
  const extend = (chain: Steps, probability: number): void => {
    if (chain.length === list.length) {
      all += probability;
      if (has(chain, path)) those += probability;
      return;
    }
    const next = follow.get(chain.at(-1)!.join()) ?? [];
    for (const step of next) extend([...chain, step], probability / next.length);
  };
  extend([list[0]!], 1);
  return those / all;
}

function expectClose(found: unknown, expected: unknown): void {
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
  expect(JSON.parse(JSON.stringify(found, round))).toEqual(JSON.parse(JSON.stringify(expected, round)));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { attributeOutcomes, type AttributionMethod, type AttributionOptions } from '../../../src/paths/attribution/attributeOutcomes.js';
import { pathsOfRows, type AttributionPath } from '../../../src/paths/attribution/attributionPaths.js';
import { removalChain, yieldsWithout } from '../../../src/paths/attribution/markovRemoval.js';
import { resamplePaths } from '../../../src/paths/attribution/resamplePaths.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { errorCode } from '../../errorCode.js';

const RULES = ['first', 'last', 'linear', 'timeDecay', 'position', 'shapley'] as const;
const ALL = [...RULES, 'markov1', 'markov2', 'markov3', 'markov4'] as const;

/** Conversions by method of one channel. */
function creditsOf(paths: Parameters<typeof attributeOutcomes>[0], channel: string, options: AttributionOptions = {}): Partial<Record<AttributionMethod, number>> {
  const { channels } = attributeOutcomes(paths, { methods: ALL, replicates: 0, ...options });
  const { conversions } = channels.find((found) => found.channel === channel)!;
  return Object.fromEntries(Object.entries(conversions).map(([method, { estimate }]) => [method, estimate]));
}

const rows: fc.Arbitrary<AttributionPath[]> = fc.array(
  fc.record({ path: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 }), conversions: fc.integer({ min: 0, max: 5 }), nulls: fc.integer({ min: 0, max: 5 }), value: fc.integer({ min: 0, max: 50 }) }).map((row) => ({ ...row, value: row.conversions > 0 ? row.value : 0 })),
  { minLength: 1, maxLength: 8 },
).filter((all) => all.some(({ conversions, value }) => conversions > 0 && value > 0));

/** The share of journeys that end well when every visit to a state with the channel ends them badly: walking the chain until hardly anybody walks. */
function walkedYield(all: readonly AttributionPath[], order: number, removed: string): number {
  const step = new Map<string, Map<string, number>>();
  const move = (from: string, to: string, weight: number): void => {
    const next = step.get(from) ?? new Map<string, number>();
    step.set(from, next.set(to, (next.get(to) ?? 0) + weight));
  };
  for (const { path, conversions, nulls = 0 } of all) {
    const states = path.length < order ? [path.join('>')] : path.slice(order - 1).map((_, i) => path.slice(i, i + order).join('>'));
    [' begin', ...states].forEach((state, i) => (i < states.length ? move(state, states[i]!, conversions + nulls) : move(state, ' good', conversions)));
    move(states.at(-1)!, ' bad', nulls);
  }
  let walkers = new Map([[' begin', 1]]);
  let good = 0;
  for (let i = 0; i < 3000 && walkers.size > 0; i++) {
    const moved = new Map<string, number>();
    for (const [state, share] of walkers) {
      const next = step.get(state)!;
      const total = [...next.values()].reduce((sum, weight) => sum + weight, 0);
      for (const [to, weight] of next) {
        if (weight === 0 || to === ' bad' || to.split('>').includes(removed)) continue;
        if (to === ' good') good += (share * weight) / total;
        else moved.set(to, (moved.get(to) ?? 0) + (share * weight) / total);
      }
    }
    walkers = moved;
  }
  return good;
}

describe('attributeOutcomes', () => {
  it('shares one path as each rule says', () => {
    const one = [{ path: ['a', 'b', 'a', 'c'], conversions: 60 }];
    const expected = {
      a: { first: 60, last: 0, linear: 30, timeDecay: (60 * (1 / 8 + 1 / 2)) / (15 / 8), position: 30, shapley: 20 },
      b: { first: 0, last: 0, linear: 15, timeDecay: 60 / 4 / (15 / 8), position: 6, shapley: 20 },
      c: { first: 0, last: 60, linear: 15, timeDecay: 60 / (15 / 8), position: 24, shapley: 20 },
    };
    // a: 0.4 of the first touch and 0.1 of one between.
    // Without a or c nothing arrives; from a every other goes to b, every other to c.
    for (const channel of ['a', 'b', 'c'] as const) {
      const found = creditsOf(one, channel);
      for (const rule of RULES) expect(found[rule], `${channel} ${rule}`).toBeCloseTo(expected[channel][rule], 10);
      expect(found.markov1).toBeCloseTo(channel === 'b' ? 12 : 24, 10);
    }
    expect(creditsOf([{ path: ['a', 'b'], conversions: 10 }], 'a').position).toBe(5);
  });

  it('solves a chain to check by hand', () => {
    // From the begin to a: 4 of 8, to b 4 of 8. From a to b: 4 of 4. From b: 2 + 2 well, 2 + 2 badly: half.
    const paths = [{ path: ['a', 'b'], conversions: 2, nulls: 2 }, { path: ['b'], conversions: 2, nulls: 2 }];
    const { channels, conversionProbability } = attributeOutcomes(paths, { methods: ['markov1'], replicates: 0 });
    expect(conversionProbability).toBe(0.5);
    expect(channels.map(({ removalEffects }) => removalEffects.markov1)).toEqual([0.5, 1]);
    expect(channels.map(({ conversions }) => conversions.markov1!.estimate)).toEqual([4 / 3, 8 / 3]);
    expect(channels.map(({ journeys }) => journeys)).toEqual([4, 8]);
  });

  it('equals walking the chain, of any order, for each channel removed', () => {
    fc.assert(fc.property(rows, fc.integer({ min: 1, max: 4 }), (all, order) => {
      const { channels, conversionProbability } = attributeOutcomes(all, { methods: [`markov${order}` as 'markov1'], replicates: 0 });
      for (const { channel, removalEffects } of channels) {
        expect(removalEffects[`markov${order}` as 'markov1']).toBeCloseTo(1 - walkedYield(all, order, channel) / conversionProbability, 9);
      }
    }), { seed: 20261122, numRuns: 50 });
  });

  it('shares all conversions and all value among channels, by every method', () => {
    fc.assert(fc.property(rows, fc.constantFrom('keep', 'first'), (all, repeats) => {
      const found = attributeOutcomes(all, { methods: ALL, repeats, replicates: 0 });
      for (const method of ALL) {
        expect(found.channels.reduce((sum, { conversions }) => sum + conversions[method]!.estimate, 0)).toBeCloseTo(found.conversions, 9);
        expect(found.channels.reduce((sum, { value }) => sum + value![method]!.estimate, 0)).toBeCloseTo(found.value!, 8);
      }
    }), { seed: 20261122, numRuns: 50 });
  });

  it('gives Shapley values: the mean gain of a channel over all orders of joining', () => {
    fc.assert(fc.property(rows, (all) => {
      const channels = [...new Set(all.flatMap(({ path }) => path))].sort();
      const worth = (coalition: readonly string[]): number => all.reduce((sum, { path, conversions }) => sum + (path.every((channel) => coalition.includes(channel)) ? conversions : 0), 0);
      const orders = (left: readonly string[]): string[][] => (left.length === 0 ? [[]] : left.flatMap((channel) => orders(left.filter((other) => other !== channel)).map((rest) => [channel, ...rest])));
      const joinings = orders(channels);
      const found = attributeOutcomes(all, { methods: ['shapley'], replicates: 0 });
      for (const { channel, conversions } of found.channels) {
        const gains = joinings.map((order) => worth(order.slice(0, order.indexOf(channel) + 1)) - worth(order.slice(0, order.indexOf(channel))));
        expect(conversions.shapley!.estimate).toBeCloseTo(gains.reduce((sum, gain) => sum + gain, 0) / gains.length, 9);
      }
    }), { seed: 20261122, numRuns: 50 });
  });

  it('counts rows alike as their sum, and order 1 the same without repeats', () => {
    fc.assert(fc.property(rows, (all) => {
      const twice = [...all, ...all].map((row) => ({ ...row, conversions: row.conversions / 2, nulls: row.nulls! / 2, value: row.value! / 2 }));
      for (const { channel } of attributeOutcomes(all, { methods: ['first'], replicates: 0 }).channels) {
        const found = creditsOf(all, channel);
        const again = creditsOf(twice, channel);
        for (const method of ALL) expect(again[method]).toBeCloseTo(found[method]!, 8);
        expect(creditsOf(all, channel, { repeats: 'first' }).markov1).toBeCloseTo(found.markov1!, 8);
      }
    }), { seed: 20261122, numRuns: 30 });
  });

  it('splits journeys at their outcomes', () => {
    const journeys = Journeys.fromLists([['ad', 'buy', 'mail', 'buy', 'buy', 'ad'], ['ad', ['buy', 'mail']], ['mail'], []], { weights: [1, 2, 3, 9] });
    const found = attributeOutcomes(journeys, { outcome: 'buy', methods: ['last', 'linear'], replicates: 0 });
    // ad → buy; mail → buy; buy without a touch; ad → nothing. Twice: ad, mail → buy. Three times: mail → nothing.
    expect(found).toMatchObject({ conversions: 4, unattributed: 1, nulls: 4, value: null });
    expect(found.channels.map(({ channel, conversions, value, journeys: inPaths }) => [channel, conversions.last!.estimate, conversions.linear!.estimate, value, inPaths])).toEqual([['ad', 1, 2, null, 4], ['mail', 3, 2, null, 6]]);
  });

  it('lets touches count half after the half-life, in days of a log', () => {
    const rowsOf = [{ id: 1, at: '2026-01-01', what: 'ad' }, { id: 1, at: '2026-01-15', what: 'mail' }, { id: 1, at: '2026-02-10', what: 'leave' }];
    const log = EventLog.fromRows(rowsOf, { customer: 'id', time: 'at', item: 'what' });
    expect(creditsOf(log, 'ad', { outcome: ['leave'] }).timeDecay).toBeCloseTo(0.25 / 1.25, 12);
    expect(creditsOf(log, 'ad', { outcome: 'leave', halfLife: { days: 14 } }).timeDecay).toBeCloseTo(0.5 / 1.5, 12);
    expect(creditsOf([{ path: ['a', 'b', 'b'], conversions: 1 }], 'a', { halfLife: { steps: 2 } }).timeDecay).toBeCloseTo(0.5 / (0.5 + Math.SQRT1_2 + 1), 12);
  });

  it('gives intervals that hold the estimate, the same for the same seed, narrower for more journeys', () => {
    const paths = [{ path: ['a', 'b'], conversions: 20, nulls: 30, value: 200 }, { path: ['b'], conversions: 30, nulls: 60, value: 500 }, { path: ['c', 'a'], conversions: 10, nulls: 5, value: 50 }];
    const widths = (times: number): number[] => {
      const { channels } = attributeOutcomes(paths.map(({ path, ...counts }) => ({ path, conversions: counts.conversions * times, nulls: counts.nulls * times, value: counts.value * times })), { methods: ALL });
      return channels.flatMap(({ conversions, value }) => ALL.flatMap((method) => [conversions, value!].map((credits) => {
        const { estimate, lower, upper } = credits[method]!;
        expect(lower!).toBeLessThanOrEqual(estimate);
        expect(upper!).toBeGreaterThanOrEqual(estimate);
        return (upper! - lower!) / Math.max(1, estimate);
      })));
    };
    const [few, many] = [widths(1), widths(25)];
    few.forEach((width, i) => expect(many[i]!).toBeLessThanOrEqual(width * 0.5));
    expect(few.filter((width) => width > 0.1).length).toBeGreaterThan(40);
    expect(attributeOutcomes(paths, { seed: 5, replicates: 20 })).toEqual(attributeOutcomes(paths, { seed: 5, replicates: 20 }));
    expect(attributeOutcomes(paths, { seed: 5, replicates: 20 })).not.toEqual(attributeOutcomes(paths, { seed: 6, replicates: 20 }));
  });

  it('has intervals near those of theory: the last touch is a share of conversions', () => {
    const { channels } = attributeOutcomes([{ path: ['a'], conversions: 100, nulls: 300 }, { path: ['b'], conversions: 100, nulls: 500 }], { methods: ['last'], replicates: 1000 });
    const { lower, upper } = channels[0]!.conversions.last!;
    const half = 1.96 * Math.sqrt(1000 * 0.1 * 0.9);
    expect(Math.abs(upper! - lower! - 2 * half)).toBeLessThan(0.15 * half);
  });

  it('draws rows where weights are not whole, and shares nothing where nothing came', () => {
    const { channels } = attributeOutcomes([{ path: ['a'], conversions: 0.5, nulls: 1 }, { path: ['b'], conversions: 1.5, nulls: 1 }], { methods: ['first', 'markov1'], replicates: 50 });
    expect(channels[0]!.conversions.first!.upper).toBeGreaterThan(0.5);
    const none = attributeOutcomes([{ path: ['a'], conversions: 0, nulls: 3 }], { methods: ALL, replicates: 10 });
    expect(none.channels[0]!.conversions.markov1).toEqual({ estimate: 0, lower: 0, upper: 0 });
  });

  it('refuses value without a conversion, naming the row', () => {
    const paths = [{ path: ['a'], conversions: 1, value: 5 }, { path: ['b'], conversions: 0, nulls: 5, value: 100 }];
    expect(() => attributeOutcomes(paths)).toThrow(expect.objectContaining({ code: 'INVALID_VALUE', message: expect.stringMatching(/row 1/) as string }) as Error);
  });

  it('solves chains of long paths without walking them', () => {
    // One channel over and over, then another: 1 in 2000 leaves each. Removing b or c loses all of the one or the other.
    const paths = [{ path: [...new Array<string>(2000).fill('a'), 'b'], conversions: 1 }, { path: [...new Array<string>(2000).fill('a'), 'c'], conversions: 3 }];
    expect(attributeOutcomes(paths, { methods: ['markov1'], replicates: 0 }).channels.map(({ removalEffects }) => removalEffects.markov1)).toEqual([1, 0.25, 0.75]);
    // A loop of two: no self loop to take out.
    const [there, back] = [Array.from({ length: 4000 }, (_, i) => (i % 2 ? 'a' : 'b')), Array.from({ length: 4001 }, (_, i) => (i % 2 ? 'a' : 'b'))];
    const chain = removalChain(pathsOfRows('test', [{ path: [...there, 'c'], conversions: 1 }, { path: back, conversions: 1 }]), 1, true);
    const once = Float64Array.of(1, 1);
    const { all, without } = yieldsWithout(chain, once, once);
    expect(all).toBeCloseTo(2, 12);
    expect(without[2]!).toBeCloseTo(1, 12);
  });

  it('draws as many journeys as there are, cell by cell, in the shares there are', () => {
    const table = pathsOfRows('test', [{ path: ['a'], conversions: 3, nulls: 500_000_000 }, { path: ['b'], conversions: 40, nulls: 0 }, { path: ['c'], conversions: 5000, nulls: 250_000_000 }]);
    const cells = [3, 40, 5000, 500_000_000, 0, 250_000_000];
    const total = 750_005_043;
    const [sums, squares] = [cells.map(() => 0), cells.map(() => 0)];
    resamplePaths(table, 400, 7, (_, conversions, nulls) => {
      const drawn = [...conversions, ...nulls];
      expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(total);
      drawn.forEach((count, i) => {
        expect(Number.isInteger(count) && count >= 0).toBe(true);
        sums[i]! += count - cells[i]!;
        squares[i]! += (count - cells[i]!) ** 2;
      });
    });
    cells.forEach((cell, i) => {
      const variance = cell * (1 - cell / total);
      // Mean and variance within four standard errors; the fourth moment of the rare cells is a little above that of the normal.
      expect(Math.abs(sums[i]! / 400)).toBeLessThanOrEqual(4 * Math.sqrt(variance / 400));
      expect(Math.abs(squares[i]! / 400 - variance)).toBeLessThanOrEqual(4 * variance * Math.sqrt(2.4 / 400));
    });
  });

  it('refuses what it cannot use', () => {
    const codeOf = (paths: unknown, options: unknown = {}): string => errorCode(() => attributeOutcomes(paths as AttributionPath[], options as AttributionOptions));
    const good = [{ path: ['a'], conversions: 1 }];
    expect(codeOf([])).toBe('EMPTY_INPUT');
    expect(codeOf(null)).toBe('INVALID_INPUT');
    expect(codeOf([null])).toBe('INVALID_VALUE');
    expect(codeOf([{ path: [], conversions: 1 }])).toBe('INVALID_VALUE');
    expect(codeOf([{ path: [3], conversions: 1 }])).toBe('INVALID_VALUE');
    expect(codeOf([{ path: ['a'] }])).toBe('INVALID_VALUE');
    expect(codeOf([{ path: ['a'], conversions: 1, nulls: -1 }])).toBe('INVALID_VALUE');
    expect(codeOf([{ path: ['a'], conversions: 1, value: 3 }, ...good])).toBe('INVALID_VALUE');
    for (const options of [{ outcome: 'a' }, { methods: ['markov5'] }, { halfLife: { days: 3 } }, { halfLife: { steps: 0 } }, { repeats: 'drop' }, { replicates: -1 }, { confidence: 1 }, { order: 2 }, { methods: 'first' }, { methods: [] }, { methods: null }, { halfLife: null }, { halfLife: 7 }]) expect(codeOf(good, options), JSON.stringify(options)).toBe('INVALID_OPTION');
    const journeys = Journeys.fromLists([['a', 'b']]);
    expect(codeOf(journeys)).toBe('INVALID_OPTION');
    expect(codeOf(journeys, { outcome: 'z' })).toBe('UNKNOWN_ID');
    for (const outcome of [5, null, []]) expect(codeOf(journeys, { outcome }), JSON.stringify(outcome)).toBe('INVALID_OPTION');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { absorptionIntervals } from '../../../src/paths/transitions/absorptionIntervals.js';
import { fitMarkovPaths } from '../../../src/paths/transitions/fitMarkovPaths.js';
import { journeyLikelihood } from '../../../src/paths/transitions/journeyLikelihood.js';
import { MarkovPaths } from '../../../src/paths/transitions/markovPaths.js';
import { unusualTransitions } from '../../../src/paths/transitions/unusualTransitions.js';

const DAY = 86_400_000;
const tinyLists = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 8 }).filter((lists) => lists.some((list) => list.length > 1 && list[0] !== 'c'));

describe('journeyLikelihood', () => {
  it('is what the fit reports, on the journeys it learnt from', () => {
    fc.assert(
      fc.property(tinyLists, fc.integer({ min: 1, max: 3 }), fc.constantFrom('open' as const, 'final' as const), fc.boolean(), (lists, order, ends, isCut) => {
        const journeys = Journeys.fromLists(lists, { weights: lists.map((_, i) => 1 + (i % 3)) });
        const model = fitMarkovPaths(journeys, { order, ends, absorbing: isCut && lists.flat().includes('c') ? ['c'] : [] });
        const found = journeyLikelihood(model, journeys);
        expect(found.logLikelihood).toBeCloseTo(model.report.tried[order - 1]!.logLikelihood, 10);
        expect([found.moves, found.impossible]).toEqual([model.report.moves, 0]);
      }),
      { seed: 20261122, numRuns: 80 },
    );
  });

  it('counts moves without a chance apart', () => {
    const model = fitMarkovPaths(Journeys.fromLists([['a', 'b'], ['a', 'c']]), { order: 1 });
    expect(journeyLikelihood(model, Journeys.fromLists([['a', 'z', 'b'], [], ['c']], { weights: [1, 1, 2] }))).toEqual({ logLikelihood: Math.log(1 / 4), moves: 2, impossible: 3 });
  });
});

describe('unusualTransitions', () => {
  const days = [4, 5, 6, 5, 4, 6, 5, 5, 4, 6, 40];
  const log = EventLog.fromRows(
    days.flatMap((gap, id) => [{ id, at: 20_000 * DAY, what: 'order' }, { id, at: (20_000 + gap) * DAY, what: 'delivery' }, { id, at: (20_001 + gap) * DAY, what: 'thanks' }]),
    { customer: 'id', time: 'at', item: 'what' },
  );

  const logOf = (gaps: readonly number[]): EventLog => EventLog.fromRows(gaps.flatMap((gap, id) => [{ id, at: 20_000 * DAY, what: 'order' }, { id, at: (20_000 + gap) * DAY, what: 'delivery' }]), { customer: 'id', time: 'at', item: 'what' });

  it('finds one far off among a few, which with itself in mean and deviation it could not be', () => {
    const few = [4, 5, 6, 5, 60];
    const { transitions, count } = unusualTransitions(logOf(few));
    expect(count).toBe(1);
    expect(transitions[0]!.z).toBeCloseTo((60 - 5) / Math.sqrt(2 / 3), 10);
    // Two passages tell nothing; of three, two others have a deviation.
    expect(unusualTransitions(logOf([1, 90])).count).toBe(0);
    expect(unusualTransitions(logOf([1, 2, 90])).transitions.map(({ elapsedDays }) => elapsedDays)).toEqual([90]);
  });

  it('takes the deviation of all where all others took the same time', () => {
    expect(unusualTransitions(logOf([...Array<number>(9).fill(7), 8])).count).toBe(0);
    const { transitions, count } = unusualTransitions(logOf([...Array<number>(10).fill(7.1), 8]));
    expect([count, transitions[0]!.elapsedDays]).toEqual([1, 8]);
    expect(transitions[0]!.z).toBeCloseTo(10 / Math.sqrt(11), 6);
    expect(unusualTransitions(logOf([3, 3, 3, 3]), { deviations: 0.1 }).count).toBe(0);
  });

  it('does not depend on the unit of the weights', () => {
    const few = logOf([4, 5, 6, 5, 60]);
    const found = (weights: readonly number[]): number[] => unusualTransitions(Journeys.fromLog(few, { weights: { customers: few.customers, values: Float64Array.from(weights) } })).transitions.map(({ z }) => Number(z.toFixed(8)));
    const plain = unusualTransitions(few).transitions.map(({ z }) => Number(z.toFixed(8)));
    for (const weight of [0.01, 1, 250]) expect(found([1, 1, 1, 1, 1].map((one) => one * weight))).toEqual(plain);
    expect(found([0.1, 0.2, 0.3, 0.4, 0.5])).toEqual(found([10, 20, 30, 40, 50]));
  });

  it('lists what lies deviations away from the mean of the same passage over the others, of a sample', () => {
    const { transitions, count } = unusualTransitions(log);
    const others = days.slice(0, -1);
    const mean = others.reduce((sum, gap) => sum + gap, 0) / others.length;
    const deviation = Math.sqrt(others.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (others.length - 1));
    expect(count).toBe(1);
    expect(transitions[0]).toEqual({ customer: 10, from: 'order', to: 'delivery', time: 20_040 * DAY, elapsedDays: 40, z: expect.closeTo((40 - mean) / deviation, 10) as number });
    expect(unusualTransitions(log, { deviations: 0.1, most: 2 })).toMatchObject({ count: 11, transitions: { length: 2 } });
  });

  it('refuses what it cannot use', () => {
    expect(() => unusualTransitions(Journeys.fromLists([['a', 'b']]))).toThrow(/needs to know when steps happened/);
    expect(() => unusualTransitions(log, { deviations: NaN })).toThrow(/needs deviations as a finite number/);
    expect(() => unusualTransitions(log, { most: 0 })).toThrow(/needs most as a whole number/);
  });
});

describe('absorptionIntervals', () => {
  it('hold the true chance about as often as they say', () => {
    const random = createRandom(5);
    let held = 0;
    for (let world = 0; world < 16; world++) {
      const lists = Array.from({ length: 60 }, () => {
        const list = ['a'];
        while (random.uniform() < 0.5) list.push('a');
        return [...list, random.uniform() < 0.3 ? 'buy' : 'leave'];
      });
      const [buy] = absorptionIntervals(Journeys.fromLists(lists), { order: 1, replicates: 40, confidence: 0.9, seed: world });
      if (buy!.probability.lower <= 0.3 && 0.3 <= buy!.probability.upper) held++;
      expect(buy!.expectedSteps!.lower).toBeLessThanOrEqual(buy!.expectedSteps!.estimate);
    }
    expect(held).toBeGreaterThanOrEqual(11);
  });

  it('says null for what nobody comes to, and knows days', () => {
    const rows = [0, 1, 2, 3].flatMap((id) => [{ id, at: 20_000 * DAY, what: 'visit' }, { id, at: (20_002 + id) * DAY, what: id === 0 ? 'leave' : 'buy' }]);
    const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'what' });
    const [buy, leave] = absorptionIntervals(log, { order: 1, replicates: 20 });
    expect(buy!.expectedDays!.estimate).toBe(4);
    expect(buy!.expectedDays!.lower).toBeGreaterThanOrEqual(3);
    expect(leave!.probability.lower).toBe(0);
    const from = absorptionIntervals(log, { order: 1, replicates: 20, history: ['buy'] });
    expect(from.map(({ probability, expectedSteps }) => [probability.estimate, expectedSteps?.estimate])).toEqual([[1, 0], [0, undefined]]);
    expect(absorptionIntervals(log, { replicates: 20, seed: 3 })).toEqual(absorptionIntervals(log, { replicates: 20, seed: 3 }));
  });

  it('refuses what it cannot use', () => {
    const journeys = Journeys.fromLists([['a', 'b']]);
    expect(() => absorptionIntervals(journeys, { replicates: 3 })).toThrow(/needs replicates as a whole number of at least 20, found 3/);
    expect(() => absorptionIntervals(journeys, { confidence: 1 })).toThrow(/needs a confidence between 0 and 1, found 1/);
    expect(() => absorptionIntervals(journeys, { resamples: 3 } as never)).toThrow(/knows no option "resamples"/);
  });
});

describe('a stored MarkovPaths', () => {
  it('of version 1 says what it said when it was stored', () => {
    const { model, next, absorption } = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/paths/MarkovPaths.v1.json'), 'utf8')) as { model: unknown; next: unknown; absorption: unknown };
    const read = MarkovPaths.fromJSON(model);
    expect(JSON.parse(JSON.stringify(read))).toEqual(model);
    expect(read.next(['visit', 'quote'])).toEqual(next);
    expect(JSON.parse(JSON.stringify(read.absorption(['visit'])))).toEqual(absorption);
  });
});

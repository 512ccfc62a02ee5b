import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiscreteHazard } from '../../../src/churn/hazards/discreteHazard.js';
import { fitDiscreteHazard, type DiscreteHazardOptions } from '../../../src/churn/hazards/fitDiscreteHazard.js';
import type { HazardLearner } from '../../../src/churn/hazards/hazardLearners.js';
import { TIME } from '../../../src/churn/hazards/hazardTable.js';
import { intervalCuts } from '../../../src/churn/hazards/intervalCuts.js';
import { personPeriods } from '../../../src/churn/hazards/personPeriods.js';
import type { TableLike } from '../../../src/data/table.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const person = fc.record({ t: fc.integer({ min: 1, max: 12 }), e: fc.constantFrom(0, 1) });
const people = fc.array(person, { minLength: 3, maxLength: 40 }).filter((rows) => rows.some(({ e }) => e === 1));

/** Takes no feature but time: the share with the event in each interval. */
const shares: HazardLearner = (rows, { target, weights }) => {
  const column = (table: TableLike, name: string): ArrayLike<number> => {
    const read = table.column(name);
    return read.kind === 'category' ? read.codes : (read.values as ArrayLike<number>);
  };
  const sums = new Map<number, [events: number, risk: number]>();
  for (let i = 0; i < rows.rowCount; i++) {
    const key = column(rows, TIME)[i]!;
    const [events, risk] = sums.get(key) ?? [0, 0];
    sums.set(key, [events + weights[i]! * column(rows, target)[i]!, risk + weights[i]!]);
  }
  return { predictProbability: (data) => Float64Array.from(column(data as TableLike, TIME), (key) => sums.get(key)![0] / sums.get(key)![1]) };
};

/** Customers who leave at a hazard that a plan halves, seen for up to a year. */
function customers(count: number, seed = 1): { plan: string; age: number; months: number; left: boolean }[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const plan = random.integer(2) ? 'gold' : 'basic';
    const age = random.integer(60);
    const leaves = -Math.log(1 - random.uniform()) / (0.12 * (plan === 'gold' ? 0.5 : 1) * Math.exp(-age / 40));
    const seen = 2 + 10 * random.uniform();
    return { plan, age, months: Math.min(leaves, seen), left: leaves <= seen };
  });
}

describe('fitDiscreteHazard', () => {
  it('is the life table where nothing but time is known, as in Kaplan and Meier for whole times', () => {
    fc.assert(
      fc.property(people, (rows) => {
        const model = fitDiscreteHazard(rows.map((row) => ({ ...row, id: 1 })), { duration: 't', event: 'e', features: ['id'], learner: shares, intervals: 12 });
        let survival = 1;
        for (const end of model.cuts.slice(1)) {
          const before = model.cuts[model.cuts.indexOf(end) - 1]!;
          const events = rows.filter(({ t, e }) => e === 1 && t <= end && t > before).length;
          const risk = rows.filter(({ t }) => t > before).reduce((sum, { t, e }) => sum + (e === 1 && t <= end ? 1 : (Math.min(t, end) - before) / (end - before)), 0);
          survival *= 1 - events / risk;
          expect(model.predictSurvival([{ id: 1 }], end)[0]!).toBeCloseTo(survival, 10);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('splits customers by hand: one who left in the second interval, one seen for half of it, one who came late', () => {
    const rows = { durations: Float64Array.of(15, 15, 20), events: Uint8Array.of(1, 0, 0), entries: Float64Array.of(0, 0, 12), weights: null };
    const { rows: of, intervals, labels, weights } = personPeriods(rows, Float64Array.of(0, 10, 20));
    expect(Array.from(of)).toEqual([0, 0, 1, 1, 2]);
    expect(Array.from(intervals)).toEqual([0, 1, 0, 1, 1]);
    expect(Array.from(labels)).toEqual([0, 1, 0, 0, 0]);
    expect(Array.from(weights)).toEqual([1, 1, 1, 0.5, 0.8]);
  });

  it('joins intervals without an event to the next, and ends with the longest duration', () => {
    const rows = { durations: Float64Array.of(2, 9, 30), events: Uint8Array.of(1, 1, 0), entries: null, weights: null };
    expect(Array.from(intervalCuts('fit', rows, [1, 3, 5, 10]))).toEqual([0, 3, 30]);
    expect(Array.from(intervalCuts('fit', rows, undefined))).toEqual([0, 2, 30]);
    const many = { durations: Float64Array.from({ length: 500 }, (_, i) => i + 1), events: new Uint8Array(500).fill(1), entries: null, weights: null };
    expect(Array.from(intervalCuts('fit', many, 5))).toEqual([0, 100, 200, 300, 400, 500]);
    expect(intervalCuts('fit', many, undefined)).toHaveLength(21);
    expect(Array.from(intervalCuts('fit', rows, [1, 3, 5, 10], false))).toEqual([0, 1, 3, 5, 10, 30]);
  });

  it('counts a customer seen in pieces as one, and weight 2 as two', () => {
    const rows = customers(150);
    const options = { duration: 'months', event: 'left', intervals: [3, 6, 12] } as const;
    const whole = fitDiscreteHazard(rows, options);
    const pieces = rows.flatMap((row) => (row.months > 2 ? [{ ...row, start: 0, months: 2, left: false }, { ...row, start: 2 }] : [{ ...row, start: 0 }]));
    // The piece that ends within an interval carries its part of it, except that the event counts a whole one: cut at an end of an interval they are the same.
    const cut = rows.flatMap((row) => (row.months > 3 ? [{ ...row, start: 0, months: 3, left: false }, { ...row, start: 3 }] : [{ ...row, start: 0 }]));
    expect(fitDiscreteHazard(cut, { ...options, entry: 'start', features: ['plan', 'age'] }).predictSurvival(rows, 7)[4]).toBeCloseTo(whole.predictSurvival(rows, 7)[4]!, 9);
    expect(fitDiscreteHazard(pieces, { ...options, entry: 'start', features: ['plan', 'age'] }).predictSurvival(rows, 7)[4]).toBeCloseTo(whole.predictSurvival(rows, 7)[4]!, 1);
    const twice = fitDiscreteHazard([...rows, ...rows.slice(0, 40)], options);
    const weighted = fitDiscreteHazard(rows.map((row, i) => ({ ...row, w: i < 40 ? 2 : 1 })), { ...options, weights: 'w' });
    expect(weighted.predictSurvival(rows, 5)[3]).toBeCloseTo(twice.predictSurvival(rows, 5)[3]!, 8);
    expect(weighted.logLikelihood).toBeCloseTo(twice.logLikelihood, 6);
  });

  it.each(['logistic', 'additive', 'boosted trees'] as const)('finds with %s how long customers of each plan stay', (learner) => {
    const model = fitDiscreteHazard(customers(1500), { duration: 'months', event: 'left', learner, intervals: 6 });
    for (const [plan, rate] of [['gold', 0.06], ['basic', 0.12]] as const) {
      const truth = Math.exp(-rate * Math.exp(-30 / 40) * 6);
      expect(Math.abs(model.predictSurvival([{ plan, age: 30 }], 6)[0]! - truth)).toBeLessThan(0.08);
    }
    expect(JSON.stringify(DiscreteHazard.fromJSON(JSON.parse(JSON.stringify(model))))).toBe(JSON.stringify(model));
  });

  it('finds by trees hazards that cross, which no proportional model can', () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 1500 }, (_, i) => {
      const early = i % 2 === 0;
      // Half of them leave early or never, half late.
      const leaves = early ? (random.uniform() < 0.5 ? 4 * random.uniform() : 99) : 5 + 20 * random.uniform();
      return { early, months: Math.min(12, leaves), left: leaves <= 12 };
    });
    const model = fitDiscreteHazard(rows, { duration: 'months', event: 'left', learner: 'boosted trees', intervals: 12 });
    const at = (time: number): Float64Array => model.predictSurvival([{ early: true }, { early: false }], time);
    expect(at(4)[0]!).toBeLessThan(0.6);
    expect(at(4)[1]!).toBeGreaterThan(0.95);
    expect(at(12)[0]!).toBeGreaterThan(0.45);
    expect(model.predictQuantile([{ early: true }, { early: false }], 0.3)[0]!).toBeLessThan(4.5);
  });

  it('stores a learner of your own where it can be stored, and asks for its way back', () => {
    const rows = customers(60);
    const options: DiscreteHazardOptions = { duration: 'months', event: 'left', features: ['plan'], intervals: 3 };
    expect(errorCode(() => fitDiscreteHazard(rows, { ...options, learner: shares } as never).toJSON())).toBe('INVALID_INPUT');
    const kept: HazardLearner = () => ({ predictProbability: (data) => new Float64Array((data as TableLike).rowCount).fill(0.25), toJSON: () => ({ always: 0.25 }) });
    const json: unknown = JSON.parse(JSON.stringify(fitDiscreteHazard(rows, { ...options, learner: kept } as never)));
    expect(errorCode(() => DiscreteHazard.fromJSON(json))).toBe('INVALID_OPTION');
    const restored = DiscreteHazard.fromJSON(json, { restore: () => ({ predictProbability: (data) => new Float64Array((data as TableLike).rowCount).fill(0.25) }) });
    expect(restored.hazards({ plan: 'gold' })[0]).toBe(0.25);
  });

  it('is still read as it was stored first', () => {
    const { model, survival } = JSON.parse(readFileSync(new URL('../../formats/churn/DiscreteHazard.v1.json', import.meta.url), 'utf8')) as { readonly model: unknown; readonly survival: readonly number[] };
    DiscreteHazard.fromJSON(model).predictSurvival(customers(5, 99), 6).forEach((share, row) => expect(share).toBeCloseTo(survival[row]!, 12));
  });

  it('refuses what it cannot learn from', () => {
    const rows = customers(40);
    const code = (options: object, some: readonly object[] = rows): string | undefined => errorCode(() => fitDiscreteHazard(some, { duration: 'months', event: 'left', ...options } as never));
    expect(code({}, [])).toBe('EMPTY_INPUT');
    expect(code({ event: 'x' })).toBe('UNKNOWN_COLUMN');
    expect(code({}, rows.map((row) => ({ ...row, left: false })))).toBe('NOT_IDENTIFIED');
    expect(code({ features: ['months'] })).toBe('INVALID_OPTION');
    expect(code({ learner: 'forest' })).toBe('INVALID_OPTION');
    expect(code({ time: 'clock' })).toBe('INVALID_OPTION');
    expect(code({ horizon: 3 })).toBe('INVALID_OPTION');
    for (const intervals of [0, 1.5, [], [3, 2], [0, 2], ['a']]) expect(code({ intervals }), JSON.stringify(intervals)).toBe('INVALID_OPTION');
    expect(code({ learner: () => ({ predictProbability: () => new Float64Array(2) }) })).toBe('INVALID_VALUE');
    expect(code({ learner: (table: TableLike) => ({ predictProbability: () => new Float64Array(table.rowCount).fill(2) }) })).toBe('INVALID_VALUE');
  });
});

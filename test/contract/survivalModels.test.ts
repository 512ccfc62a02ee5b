import { describe, expect, it } from 'vitest';
import { AcceleratedFailure } from '../../src/churn/accelerated/acceleratedFailure.js';
import { fitAcceleratedFailure } from '../../src/churn/accelerated/fitAcceleratedFailure.js';
import { CoxRegression } from '../../src/churn/cox/coxRegression.js';
import { fitCoxRegression } from '../../src/churn/cox/fitCoxRegression.js';
import { fitMixtureCure } from '../../src/churn/cure/fitMixtureCure.js';
import { MixtureCure } from '../../src/churn/cure/mixtureCure.js';
import { DiscreteHazard } from '../../src/churn/hazards/discreteHazard.js';
import { fitDiscreteHazard } from '../../src/churn/hazards/fitDiscreteHazard.js';
import type { SurvivalModel } from '../../src/churn/survivalModel.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode } from '../errorCode.js';

interface Customer {
  readonly months: number;
  readonly left: boolean;
  readonly age: number;
  readonly plan: string;
}

/** Customers of two plans who leave at rates that age and plan move, observed for two years at most. */
function customers(count: number, seed = 1): Customer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = 18 + random.integer(60);
    const plan = random.uniform() < 0.4 ? 'gold' : 'basic';
    const leaves = (20 * (-Math.log(1 - random.uniform())) ** 0.8) / Math.exp(0.03 * (40 - age) + (plan === 'gold' ? -0.7 : 0));
    const seen = 4 + 20 * random.uniform();
    return { months: Math.min(leaves, seen), left: leaves <= seen, age, plan };
  });
}

interface Entry {
  readonly name: string;
  readonly fit: (rows: readonly Customer[]) => SurvivalModel & { toJSON(): unknown };
  readonly restore: (json: unknown) => SurvivalModel & { toJSON(): unknown };
}

const columns = { duration: 'months', event: 'left', features: ['age', 'plan'] } as const;
const entries: readonly Entry[] = [
  { name: 'CoxRegression', fit: (rows) => fitCoxRegression(rows, columns), restore: (json) => CoxRegression.fromJSON(json) },
  { name: 'AcceleratedFailure', fit: (rows) => fitAcceleratedFailure(rows, { ...columns, distribution: 'log-logistic' }), restore: (json) => AcceleratedFailure.fromJSON(json) },
  { name: 'MixtureCure', fit: (rows) => fitMixtureCure(rows, { ...columns, distribution: 'weibull' }), restore: (json) => MixtureCure.fromJSON(json) },
  { name: 'DiscreteHazard', fit: (rows) => fitDiscreteHazard(rows, { ...columns, intervals: 8 }), restore: (json) => DiscreteHazard.fromJSON(json) },
];

const times = [0, 0.5, 2, 5, 9, 14, 20];

describe.each(entries)('$name as a model of survival', ({ fit, restore }) => {
  const model = fit(customers(300));
  const people = customers(25, 2);
  const at = (time: number, elapsed: number | ArrayLike<number> = 0): Float64Array => model.predictSurvival(people, time, { elapsed });

  it('gives probabilities that fall with time, from 1', () => {
    expect(Array.from(at(0)).every((share) => share === 1)).toBe(true);
    times.slice(1).forEach((time, k) => {
      const [before, now] = [at(times[k]!), at(time)];
      now.forEach((share, row) => {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(before[row]!);
      });
    });
  });

  it('ranks risk as it ranks survival, whoever is younger and on the basic plan higher', () => {
    const risk = model.predictRisk(people);
    const survival = at(9);
    for (let a = 0; a < people.length; a++) for (let b = 0; b < people.length; b++) if (risk[a]! > risk[b]! + 1e-9) expect(survival[a]!).toBeLessThanOrEqual(survival[b]! + 1e-12);
    const [young, old] = model.predictRisk([{ age: 20, plan: 'basic' }, { age: 70, plan: 'gold' }]);
    expect(young!).toBeGreaterThan(old!);
  });

  it('has quantiles that are the inverse of survival', () => {
    for (const share of [0.1, 0.3, 0.5]) {
      const quantile = model.predictQuantile(people, share);
      people.forEach((person, row) => {
        const time = quantile[row]!;
        if (time === Infinity) return;
        expect(model.predictSurvival([person], time)[0]!).toBeLessThanOrEqual(1 - share + 1e-6);
        expect(model.predictSurvival([person], time * (1 - 1e-6) - 1e-9 > 0 ? time * (1 - 1e-6) - 1e-9 : 0)[0]!).toBeGreaterThanOrEqual(1 - share - 1e-4);
      });
    }
  });

  it('has a restricted mean that is the area under the curve', () => {
    const mean = model.predictRestrictedMean(people, 12);
    const steps = 600;
    const area = new Float64Array(people.length);
    for (let k = 0; k < steps; k++) at(((k + 0.5) * 12) / steps).forEach((share, row) => (area[row]! += (share * 12) / steps));
    mean.forEach((value, row) => {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(12);
      expect(Math.abs(value - area[row]!)).toBeLessThan(0.03);
    });
  });

  it('foretells the time that remains, given what has elapsed', () => {
    const elapsed = people.map((_, row) => row % 4);
    const given = at(5, elapsed);
    const [before, whole] = [elapsed.map((time, row) => at(time)[row]!), elapsed.map((time, row) => at(time + 5)[row]!)];
    given.forEach((share, row) => expect(share).toBeCloseTo(whole[row]! / before[row]!, 9));
    expect(Array.from(at(0, 3)).every((share) => share === 1)).toBe(true);
    const half = model.predictQuantile(people, 0.4, { elapsed: 2 });
    people.forEach((person, row) => {
      if (half[row] !== Infinity) expect(model.predictSurvival([person], half[row]!, { elapsed: 2 })[0]!).toBeLessThanOrEqual(0.6 + 1e-6);
    });
    expect(Array.from(model.predictRestrictedMean(people, 5, { elapsed: 2 })).every((mean) => mean > 0 && mean <= 5)).toBe(true);
  });

  it('draws the curve of one customer that it predicts', () => {
    for (const elapsed of [0, 2]) {
      const { times: steps, survival } = model.survivalCurve(people[0]!, { elapsed });
      expect(steps.length).toBe(survival.length);
      for (let k = 0; k < steps.length; k += Math.max(1, Math.floor(steps.length / 10))) {
        expect(model.predictSurvival([people[0]!], steps[k]!, { elapsed })[0]!).toBeCloseTo(survival[k]!, 9);
        if (k > 0) expect(survival[k]!).toBeLessThanOrEqual(survival[k - 1]! + 1e-12);
      }
    }
  });

  it('says of a row the same alone, in any order and as columns', () => {
    const all = at(6);
    expect(Array.from(model.predictSurvival([...people].reverse(), 6))).toEqual(Array.from(all).reverse());
    expect(model.predictSurvival([people[3]!], 6)[0]).toBe(all[3]);
    const asColumns = { age: Float64Array.from(people, ({ age }) => age), plan: people.map(({ plan }) => plan) };
    expect(Array.from(model.predictSurvival(asColumns, 6))).toEqual(Array.from(all));
    expect(Array.from(model.predictRisk(Object.freeze(people.map((person) => Object.freeze({ ...person })))))).toEqual(Array.from(model.predictRisk(people)));
  });

  it('travels as JSON to the last bit, without the customers it learnt from', () => {
    const json = JSON.stringify(model);
    const copy = restore(JSON.parse(json));
    expect(Array.from(copy.predictSurvival(people, 7, { elapsed: 1 }))).toEqual(Array.from(at(7, 1)));
    expect(Array.from(copy.predictRisk(people))).toEqual(Array.from(model.predictRisk(people)));
    expect(JSON.stringify(copy)).toBe(json);
    expect(json).not.toMatch(/null,null,null|NaN/);
    expect(errorCode(() => restore({}))).toBe('MODEL_FORMAT');
    expect(errorCode(() => restore({ ...(JSON.parse(json) as object), formatVersion: 99 }))).toBe('MODEL_VERSION');
  });

  it('learns the same from the same rows, in any order', () => {
    const risk = fit([...customers(300)].reverse()).predictRisk(people);
    model.predictRisk(people).forEach((value, row) => expect(risk[row]!).toBeCloseTo(value, 6));
    expect(JSON.stringify(fit(customers(300)))).toBe(JSON.stringify(model));
  });

  it('does not depend on the unit of time', () => {
    const scaled = fit(customers(300).map((customer) => ({ ...customer, months: customer.months * 1e3 })));
    scaled.predictSurvival(people, 6000).forEach((share, row) => expect(share).toBeCloseTo(at(6)[row]!, 5));
  });

  it('takes missing values and levels it has not seen, and names what it cannot do without', () => {
    const [share] = model.predictSurvival([{ age: null, plan: 'platinum' }], 6);
    expect(share! > 0 && share! < 1).toBe(true);
    expect(errorCode(() => model.predictSurvival([{ age: 3 }], 6))).toBe('UNKNOWN_COLUMN');
    expect(model.predictSurvival([], 6)).toHaveLength(0);
    for (const time of [-1, NaN]) expect(errorCode(() => at(time)), String(time)).toBe('INVALID_OPTION');
    for (const elapsed of [-1, NaN, [1]]) expect(errorCode(() => at(1, elapsed)), String(elapsed)).toBeDefined();
    for (const share of [0, 1, NaN]) expect(errorCode(() => model.predictQuantile(people, share)), String(share)).toBe('INVALID_OPTION');
    expect(Array.from(model.predictRestrictedMean(people, 0)).every((mean) => mean === 0)).toBe(true);
    expect(errorCode(() => model.predictRestrictedMean(people, -1))).toBe('INVALID_OPTION');
  });
});

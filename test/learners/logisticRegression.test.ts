import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { LogisticRegression } from '../../src/learners/logisticRegression.js';
import { simulateCustomers } from './simulate.js';

const rows = simulateCustomers(2500, 12, 0.1);
const model = fitLogisticRegression(rows, { target: 'bought' });
const coefficient = (name: string): number => model.coefficients.find((line) => line.name === name)!.estimate;

describe('predictions', () => {
  it('are the logistic function of what the coefficients say', () => {
    const eta = coefficient('(Intercept)') + 300 * coefficient('spend') + 2 * coefficient('visits') + coefficient('plan=gold') + coefficient('mobile');
    const row = { spend: 300, visits: 2, plan: 'gold', mobile: true };
    expect(model.predictLogOdds([row])[0]).toBeCloseTo(eta, 11);
    expect(model.predictProbabilityRow(row)).toBeCloseTo(1 / (1 + Math.exp(-eta)), 12);
  });

  it('take a missing number at its mean, with its indicator', () => {
    const known = rows.filter(({ spend }) => spend !== null);
    const mean = known.reduce((sum, { spend }) => sum + spend!, 0) / known.length;
    const eta = coefficient('(Intercept)') + mean * coefficient('spend') + coefficient('spend is missing') + coefficient('visits');
    expect(model.predictLogOdds([{ spend: null, visits: 1, plan: 'basic', mobile: false }])[0]).toBeCloseTo(eta, 11);
  });

  it('take an unseen level for the average customer', () => {
    const at = (plan: string): number => model.predictLogOdds([{ spend: 200, visits: 3, plan, mobile: false }])[0]!;
    const share = (plan: string): number => rows.filter((row) => row.plan === plan).length / rows.length;
    expect(at('diamond')).toBeCloseTo(share('basic') * at('basic') + share('gold') * at('gold') + share('silver') * at('silver'), 11);
  });

  it('of a row, a subset and any form of data are equal to the bit', () => {
    const all = model.predictProbability(rows);
    for (const i of [0, 1, 777, 1023, 1024, 2499]) expect(model.predictProbabilityRow(rows[i]!)).toBe(all[i]);
    expect(model.predictProbability(rows.slice(1000, 2200))).toEqual(all.slice(1000, 2200));
    expect(model.predictProbability(Frame.fromRows(rows))).toEqual(all);
    expect(model.predictProbability([])).toHaveLength(0);
  });

  it('never are NaN, however far the row lies', () => {
    for (const visits of [1e300, -1e300, 1e6]) {
      const p = model.predictProbabilityRow({ spend: 200, visits, plan: 'basic', mobile: false });
      expect(p >= 0 && p <= 1).toBe(true);
    }
  });

  it('add an offset: the column of the fit by default, another where given', () => {
    const shifted = fitLogisticRegression(rows.map((row, i) => ({ ...row, known: (i % 3) / 10 })), { target: 'bought', offset: 'known' });
    const row = { ...rows[0]!, known: 0.2 };
    const [at] = shifted.predictLogOdds([row]);
    expect(shifted.predictLogOdds([row], { offset: [1.2] })[0]).toBeCloseTo(at! + 1, 12);
    expect(shifted.predictLogOdds([{ ...row, other: 0.7 }], { offset: 'other' })[0]).toBeCloseTo(at! + 0.5, 12);
    expect(shifted.predictProbabilityRow(row, { offset: 0.2 })).toBe(shifted.predictProbabilityRow(row));
    expect(shifted.explain(row, { offset: 1.2 }).logOdds).toBeCloseTo(at! + 1, 12);
    expect(() => shifted.predictLogOdds(rows)).toThrow('LogisticRegression.predictLogOdds found no column "known"');
    expect(() => shifted.predictLogOdds([row, row], { offset: [1] })).toThrow('needs finite numbers, found undefined in offset, row 1');
    expect(() => shifted.predictProbability([{ ...row, known: NaN }])).toThrow('needs finite numbers, found NaN in offset, row 0');
  });

  it('refuse what they cannot use, naming it', () => {
    expect(() => model.predictProbability([rows[0]!, { ...rows[1]!, visits: -Infinity }])).toThrow('LogisticRegression.predictProbability needs finite numbers, found -Infinity in column "visits", row 1');
    expect(() => model.predictProbabilityRow({ spend: 1, visits: 1, plan: 'gold' })).toThrow('LogisticRegression.predictProbabilityRow found no column "mobile"');
    expect(() => model.explain({ spend: 'much', visits: 1, plan: 'gold', mobile: true })).toThrow('LogisticRegression.explain reads column "spend" as numbers');
  });
});

describe('explain', () => {
  const row = { spend: 320, visits: 0, plan: 'gold', mobile: true };
  const { baseline, contributions, logOdds, probability } = model.explain(row);

  it('adds up to the log-odds', () => {
    expect(contributions.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logOdds, 12);
    expect(logOdds).toBe(model.predictLogOdds([row])[0]);
    expect(probability).toBe(model.predictProbabilityRow(row));
  });

  it('measures against the average training customer, the strongest first', () => {
    const visits = contributions.find(({ feature }) => feature === 'visits')!;
    const mean = rows.reduce((sum, r) => sum + r.visits, 0) / rows.length;
    expect(visits.contribution).toBeCloseTo((0 - mean) * coefficient('visits'), 12);
    expect(visits).toMatchObject({ value: 0, direction: 'lowers' });
    expect(contributions.map(({ contribution }) => Math.abs(contribution))).toEqual(contributions.map(({ contribution }) => Math.abs(contribution)).sort((a, b) => b - a));
    // Averaged over the training rows every contribution vanishes.
    const sums = new Map<string, number>();
    for (const each of rows.slice(0, 2500)) for (const part of model.explain(each).contributions) sums.set(part.feature, (sums.get(part.feature) ?? 0) + part.contribution);
    for (const sum of sums.values()) expect(Math.abs(sum)).toBeLessThan(1e-8);
  });

  it('has one line a feature, missing indicators included', () => {
    expect(contributions.map(({ feature }) => feature).sort()).toEqual(['mobile', 'plan', 'spend', 'visits']);
    const gap = model.explain({ ...row, spend: null });
    expect(gap.contributions.find(({ feature }) => feature === 'spend')!.value).toBe(null);
    expect(gap.contributions.reduce((sum, { contribution }) => sum + contribution, gap.baseline)).toBeCloseTo(gap.logOdds, 12);
  });

  it('says none of a column without effect', () => {
    const flat = fitLogisticRegression(rows.map((r) => ({ ...r, constant: 3 })), { target: 'bought' });
    expect(flat.explain({ ...row, constant: 3 }).contributions.at(-1)).toEqual({ feature: 'constant', value: 3, contribution: 0, direction: 'none' });
  });
});

describe('the model', () => {
  it('cannot be changed from outside', () => {
    expect(() => Object.assign(model, { target: 'other' })).toThrow(TypeError);
    expect(model.target).toBe('bought');
  });

  it('comes back from JSON with everything it knows', () => {
    const back = LogisticRegression.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back.predictProbability(rows)).toEqual(model.predictProbability(rows));
    expect(back.coefficients).toEqual(model.coefficients);
    expect(back.covariance()).toEqual(model.covariance());
    expect([back.aic, back.bic, back.convergence, back.features]).toEqual([model.aic, model.bic, model.convergence, model.features]);
  });

  it.each([
    ['null', null, 'MODEL_FORMAT'],
    ['another format', { format: 'Encoding', formatVersion: 1 }, 'MODEL_FORMAT'],
    ['a newer version', { ...model.toJSON(), formatVersion: 2 }, 'MODEL_VERSION'],
    ['lost effects', { ...model.toJSON(), effects: undefined }, 'MODEL_FORMAT'],
    ['an intercept that was not finite', { ...model.toJSON(), intercept: null }, 'MODEL_FORMAT'],
  ])('is refused from %s', (_, json, code) => {
    expect(() => LogisticRegression.fromJSON(json)).toThrow(expect.objectContaining({ code }));
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { campaignSensitivity, type SensitivityFactors } from '../../../src/scoring/campaign/campaignSensitivity.js';
import { idealTarget } from '../../../src/scoring/campaign/idealTarget.js';
import { errorCode as code } from '../../errorCode.js';

describe('campaignSensitivity', () => {
  const random = createRandom(11);
  const scores = Float64Array.from({ length: 300 }, () => random.uniform() ** 2);
  const terms = { contactCost: 3, benefit: 10, fixedCost: 40, budget: 250 };

  it('plans every scenario as idealTarget would, today first', () => {
    const { rows } = campaignSensitivity(scores, terms, { contactCost: [0.5, 2], benefit: [1.5], responseRate: [0.7], scenarios: [{ contactCost: 1.2, responseRate: 0.9 }] });
    expect(rows.map(({ contactCost, benefit, responseRate }) => [contactCost, benefit, responseRate])).toEqual([
      [1, 1, 1], [0.5, 1, 1], [2, 1, 1], [1, 1.5, 1], [1, 1, 0.7], [1.2, 1, 0.9],
    ]);
    for (const row of rows) {
      const target = idealTarget(scores.map((p) => Math.min(1, p * row.responseRate)), { ...terms, contactCost: 3 * row.contactCost, benefit: 10 * row.benefit });
      expect(row.contacts).toBe(target.contacts);
      expect(row.spend).toBeCloseTo(target.spend, 9);
      expect(row.expectedProfit).toBeCloseTo(target.expectedProfit.estimate, 9);
      expect(row.regret).toBeCloseTo(row.expectedProfit - row.profitOfToday, 12);
    }
    expect(rows[0]).toMatchObject({ regret: 0, profitOfToday: rows[0]!.expectedProfit });
    expect(rows.filter(({ contactCost }) => contactCost <= 1).every(({ regret }) => regret >= -1e-9)).toBe(true);
  });

  it('breaks even exactly at the factors it names', () => {
    const { breakEven } = campaignSensitivity(scores, terms, {});
    const { contactCost, benefit, responseRate, fixedCost } = breakEven;
    const at = (scenario: object): number => campaignSensitivity(scores, terms, { scenarios: [scenario] }).rows[1]!.profitOfToday;
    expect(at({ contactCost })).toBeCloseTo(0, 9);
    expect(at({ benefit })).toBeCloseTo(0, 9);
    expect(at({ responseRate })).toBeCloseTo(0, 9);
    const target = idealTarget(scores, terms);
    expect(fixedCost).toBeCloseTo((target.expectedProfit.estimate + 40) / 40, 9);
    expect(contactCost! > 1 && benefit! < 1).toBe(true);
  });

  it('takes the usual factors when none are given', () => {
    const { rows } = campaignSensitivity(scores, terms);
    expect(rows.length).toBe(13);
    expect(rows.slice(1, 5).map(({ contactCost }) => contactCost)).toEqual([0.5, 0.8, 1.25, 2]);
  });

  it('moves a threshold of lift with the scores, leaves one of probability, and contacts nobody below either', () => {
    const some = [0.1, 0.2, 0.6];
    const factors = { responseRate: [0.5] };
    expect(campaignSensitivity(some, { contactCost: 0.1, benefit: 10, minLift: 1.5 }, factors).rows.map(({ contacts }) => contacts)).toEqual([1, 1]);
    expect(campaignSensitivity(some, { contactCost: 0.1, benefit: 10, minProbability: 0.15 }, factors).rows.map(({ contacts }) => contacts)).toEqual([2, 1]);
  });

  it('has no break-even when nobody is chosen', () => {
    const { rows, breakEven } = campaignSensitivity([0.1], { contactCost: 5, benefit: 10 }, { benefit: [10] });
    expect(breakEven).toEqual({ contactCost: null, fixedCost: null, benefit: null, responseRate: null });
    expect(rows.map(({ contacts, spend, expectedProfit, profitOfToday }) => [contacts, spend, expectedProfit, profitOfToday])).toEqual([[0, 0, 0, 0], [1, 5, 5, 0]]);
  });

  it.each([
    [{ contactCost: [-1] }, 'campaignSensitivity needs factors of contactCost finite and not negative, found -1; 1 is as today'],
    [{ benefit: [NaN] }, 'needs factors of benefit finite and not negative, found NaN'],
    [{ benefit: 2 }, 'needs benefit as an array, found 2'],
    [{ scenarios: 'worse' }, 'needs scenarios as an array, found "worse"'],
    [{ scenarios: [{ cost: 2 }] }, 'campaignSensitivity scenario knows no option "cost"; its options are contactCost, benefit, responseRate'],
    [{ costs: [2] }, 'campaignSensitivity knows no option "costs"'],
  ])('refuses %j', (factors, message) => {
    const run = (): unknown => campaignSensitivity([0.5], { contactCost: 1, benefit: 10 }, factors as unknown as SensitivityFactors);
    expect(run).toThrow(message);
    expect(code(run)).toBe('INVALID_OPTION');
  });
});

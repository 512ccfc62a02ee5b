import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../src/numeric/normal.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { eligibility } from '../../../src/propensity/cells/eligibilityRules.js';
import { expectedMargin } from '../../../src/propensity/cells/expectedMargin.js';
import type { PropensityCells } from '../../../src/propensity/cells/propensityCells.js';
import { errorCode } from '../../errorCode.js';

const cells: PropensityCells = { customers: ['ann', 'ben'], products: ['card', 'fund'], probability: Float64Array.of(0.5, 0.1, NaN, 0.2) };
const errors = [0.3, 1, 0, 0.5];
const unsure: PropensityCells = { ...cells, uncertainty: { sumCovariance: () => new Float64Array(1), logOddsError: (row, column) => errors[2 * row + column]! } };

describe('expectedMargin', () => {
  it('is probability × margin − contact cost, whichever way the amounts are given', () => {
    const values = [13, 15, NaN, 35];
    const margin = { card: 30, fund: 200 };
    const contactCost = { card: 2, fund: 5 };
    const close = (found: Float64Array): void => {
      found.forEach((value, at) => (Number.isNaN(values[at]) ? expect(value).toBeNaN() : expect(value).toBeCloseTo(values[at]!, 12)));
    };
    close(expectedMargin(cells, { margin, contactCost }).values);
    close(expectedMargin(cells, { margin: [30, 200, NaN, 200], contactCost: Float64Array.of(2, 5, -1, 5).map(Math.abs) }).values);
    close(expectedMargin(cells, { margin: (_, product) => (product === 'card' ? 30 : 200), contactCost: (customer, product) => (customer === 'ann' && product === 'card' ? 2 : 5) }).values);
    close(expectedMargin(cells, { margin: { card: [30, NaN], fund: 200 }, contactCost }).values);
    expect([...expectedMargin(cells, { margin: { card: [10, 0], fund: [100, 300] } }).values]).toEqual([5, 10, NaN, 60]);
    expect([...expectedMargin(cells, { margin: 10, contactCost: 1, price: 100 }).revenue!]).toEqual([50, 10, NaN, 20]);
    expect(expectedMargin(cells, { margin: 10 })).not.toHaveProperty('lower');
  });

  it('has the interval of the log-odds, turned round for a margin below 0', () => {
    const margin = { card: 30, fund: -200 };
    const { values, lower, upper } = expectedMargin(unsure, { margin, contactCost: 1, confidence: 0.9 });
    const z = normalQuantile(0.95);
    cells.probability.forEach((p, at) => {
      if (Number.isNaN(p)) return [values, lower!, upper!].forEach((ends) => expect(ends[at]).toBeNaN());
      const ends = [-1, 1].map((side) => sigmoid(Math.log(p / (1 - p)) + side * z * errors[at]!) * (at % 2 === 0 ? 30 : -200) - 1).sort((a, b) => a - b);
      expect(lower![at]).toBeCloseTo(ends[0]!, 10);
      expect(upper![at]).toBeCloseTo(ends[1]!, 10);
    });
  });

  it('stays within what is certain: probabilities of 0 and 1, errors without end', () => {
    const sure: PropensityCells = { customers: [1], products: ['a', 'b', 'c'], probability: Float64Array.of(0, 1, 0.5), uncertainty: { sumCovariance: () => new Float64Array(1), logOddsError: () => 1e6 } };
    const { lower, upper } = expectedMargin(sure, { margin: 10 });
    expect([...lower!]).toEqual([0, 10, 0]);
    expect([...upper!]).toEqual([0, 10, 10]);
  });

  it('leaves out what is not eligible, and says why', () => {
    const may = eligibility(cells, { only: { fund: { who: [false, true], reason: 'is under 18' } } });
    const result = expectedMargin(unsure, { margin: 10, eligibility: may });
    expect([...result.values]).toEqual([5, NaN, NaN, 2]);
    expect(result.lower![1]).toBeNaN();
    expect(result.reason(0, 'fund')).toBe('is under 18');
    expect(result.reason(1, 0)).toMatch(/^has no probability/);
    expect(result.reason(1, 'fund')).toBeNull();
    expect([...cells.probability]).toEqual([0.5, 0.1, NaN, 0.2]);
  });

  it('needs no margin where one single customer has no probability', () => {
    const single: PropensityCells = { customers: ['Ann'], products: ['card', 'fund'], probability: Float64Array.of(0.5, NaN) };
    for (const margin of [() => 10, [10, NaN], { card: [10], fund: [NaN] }]) {
      expect([...expectedMargin(single, { margin, contactCost: () => 1, price: () => 20 }).values]).toEqual([4, NaN]);
    }
    expect(() => expectedMargin(single, { margin: [NaN, 10] })).toThrow(/margin finite, found NaN of "card"/);
  });

  it('knows products named like properties of every object', () => {
    const odd: PropensityCells = { customers: ['Ann'], products: ['constructor'], probability: Float64Array.of(0.5) };
    expect([...expectedMargin(odd, { margin: { constructor: 10 }, contactCost: {} } as never).values]).toEqual([5]);
    expect(() => expectedMargin(odd, { margin: {} })).toThrow(/margin of every product, found none of "constructor"/);
  });

  it('takes no customers', () => {
    expect(expectedMargin({ customers: [], products: ['a'], probability: new Float64Array(0) }, { margin: 1 }).values.length).toBe(0);
  });

  it.each<[string, () => unknown, string, RegExp]>([
    ['no cells', () => expectedMargin([] as never, { margin: 1 }), 'INVALID_INPUT', /needs cells/],
    ['probabilities of the wrong length', () => expectedMargin({ ...cells, probability: Float64Array.of(1) }, { margin: 1 }), 'LENGTH_MISMATCH', /each of the 2 x 2 cells, found 1/],
    ['a probability of 2', () => expectedMargin({ ...cells, probability: Float64Array.of(0, 1, 2, 0) }, { margin: 1 }), 'INVALID_VALUE', /found 2 of "card" in row 1/],
    ['no margin', () => expectedMargin(cells, {} as never), 'INVALID_OPTION', /margin as an amount, by product/],
    ['an unknown option', () => expectedMargin(cells, { margin: 1, cost: 2 } as never), 'INVALID_OPTION', /no option "cost"/],
    ['a margin of an unknown product', () => expectedMargin(cells, { margin: { card: 1, fund: 1, loan: 1 } }), 'INVALID_OPTION', /no product "loan", named in margin/],
    ['a margin left out', () => expectedMargin(cells, { margin: { card: 1 } }), 'INVALID_OPTION', /margin of every product, found none of "fund"/],
    ['a margin in words', () => expectedMargin(cells, { margin: { card: 1, fund: 'x' as never } }), 'INVALID_OPTION', /margin of "fund" as one amount or as one a customer/],
    ['a margin that is not a number', () => expectedMargin(cells, { margin: { card: NaN, fund: 1 } }), 'INVALID_OPTION', /margin finite, found NaN of "card"/],
    ['one cell without margin', () => expectedMargin(cells, { margin: [1, 2, 3, NaN] }), 'INVALID_OPTION', /found NaN of "fund" in row 1/],
    ['a function without answer', () => expectedMargin(cells, { margin: () => undefined as never }), 'INVALID_OPTION', /found NaN of "card" in row 0/],
    ['margins for too few cells', () => expectedMargin(cells, { margin: [1, 2] }), 'LENGTH_MISMATCH', /margin for each of the 2 x 2 cells, found 2/],
    ['margins for too few customers', () => expectedMargin(cells, { margin: { card: [1], fund: 1 } }), 'LENGTH_MISMATCH', /margin of "card" for each of the 2 customers, found 1/],
    ['a negative cost', () => expectedMargin(cells, { margin: 1, contactCost: { card: -1 } }), 'INVALID_OPTION', /contactCost finite and not negative, found -1 of "card"/],
    ['a confidence of 95', () => expectedMargin(cells, { margin: 1, confidence: 95 }), 'INVALID_OPTION', /between 0 and 1, found 95/],
    ['another eligibility', () => expectedMargin(cells, { margin: 1, eligibility: eligibility({ customers: ['ann', 'cid'], products: ['card', 'fund'] }) }), 'INVALID_OPTION', /same customers and products/],
    ['no eligibility', () => expectedMargin(cells, { margin: 1, eligibility: {} as never }), 'INVALID_OPTION', /as eligibility\(\) makes it/],
    ['a row that is none', () => expectedMargin(cells, { margin: 1 }).reason(9, 'card'), 'UNKNOWN_ID', /row from 0 to 1/],
  ])('says what is wrong with %s', (_, run, code, message) => {
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import type { SpendWarning } from '../../../src/lifetime/spending/spendState.js';
import { errorCode } from '../../errorCode.js';
import { simulateSpend } from './spendRows.js';

const truth = { p: 6, q: 4, v: 15 };
const some = simulateSpend(truth, 300, 2);
const codes = ({ fit }: { readonly fit: { readonly warnings: readonly SpendWarning[] } | null }): string[] => fit!.warnings.map(({ code }) => code);

describe('fitGammaGamma', () => {
  it('finds the law that customers were drawn from, with intervals that hold it as often as they say', () => {
    let held = 0;
    for (let company = 0; company < 40; company++) {
      const { fit } = fitGammaGamma(simulateSpend(truth, 1000, company));
      expect(fit!.evaluations).toBeLessThan(40);
      for (const { name, lower, upper } of fit!.estimates) if (lower! < truth[name as 'p'] && truth[name as 'p'] < upper!) held++;
    }
    // 114 of 120 to be expected; a hundred times the same law would give fewer than 103 once in a thousand.
    expect(held).toBeGreaterThanOrEqual(103);
  });

  it('ends in one place wherever it begins', () => {
    const right = fitGammaGamma(some);
    const check = fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), fc.double({ min: 0.2, max: 50, noNaN: true }), fc.double({ min: 1, max: 500, noNaN: true }), (p, q, v) => {
      const { parameters, fit } = fitGammaGamma(some, { start: { p, q, v } });
      expect(fit!.logLikelihood).toBeCloseTo(right.fit!.logLikelihood, 8);
      for (const name of ['p', 'q', 'v'] as const) expect(parameters[name] / right.parameters[name]).toBeCloseTo(1, 5);
    });
    fc.assert(check, { seed: 20261123, numRuns: 20 });
  });

  it('moves its scale with the currency, and nothing else', () => {
    const one = fitGammaGamma(some);
    for (const rate of [1e-9, 7, 1e9]) {
      const other = fitGammaGamma({ ...some, monetary: some.monetary.map((amount) => amount * rate) });
      expect(other.parameters.p / one.parameters.p).toBeCloseTo(1, 8);
      expect(other.parameters.q / one.parameters.q).toBeCloseTo(1, 8);
      expect(other.parameters.v / one.parameters.v / rate).toBeCloseTo(1, 8);
      expect(other.fit!.logLikelihood).toBeCloseTo(one.fit!.logLikelihood - 300 * Math.log(rate), 7);
    }
  });

  it('takes weights as so many customers, and no order of rows', () => {
    const repeated = { frequency: [...some.frequency, ...some.frequency.slice(0, 50)], monetary: [...some.monetary, ...some.monetary.slice(0, 50)] };
    const turned = { frequency: some.frequency.slice().reverse(), monetary: some.monetary.slice().reverse(), weights: Float64Array.from({ length: 300 }, (_, i) => (i >= 250 ? 2 : 1)) };
    const [one, other] = [fitGammaGamma(repeated), fitGammaGamma(turned)];
    expect(other.fit!.logLikelihood).toBeCloseTo(one.fit!.logLikelihood, 8);
    expect(other.parameters.v / one.parameters.v).toBeCloseTo(1, 8);
    expect(other.fit!.customers).toBe(350);
    expect(other.fit!.independence.rankCorrelation.estimate).toBeCloseTo(one.fit!.independence.rankCorrelation.estimate!, 12);
  });

  it('does not learn from customers without amounts, and counts them', () => {
    const { parameters } = fitGammaGamma(some);
    const more = fitGammaGamma({ frequency: [0, ...some.frequency, 4, 9], monetary: [0, ...some.monetary, NaN, 7], weights: [2, ...some.frequency.map(() => 1), 1, 0] });
    expect(more.parameters).toEqual(parameters);
    expect([more.fit!.customers, more.fit!.skippedCustomers]).toEqual([300, 3]);
  });

  it('counts the first purchase where it is told to', () => {
    const one = fitGammaGamma({ frequency: some.frequency.map((n) => n - 1), monetary: some.monetary, firstPurchase: 'included' });
    expect(one.parameters).toEqual(fitGammaGamma(some).parameters);
    expect(one.firstPurchase).toBe('included');
    expect(one.fit!.skippedCustomers).toBe(0);
  });

  it('says that customers are all alike, where they are', () => {
    const alike = fitGammaGamma(simulateSpend({ p: 3, q: 1e9, v: 1e10 }, 300, 1));
    const expected = alike.expectedSpend({ frequency: [0, 5], monetary: [NaN, 90] });
    expect(codes(alike)).toEqual(['HETEROGENEITY_NOT_IDENTIFIED', 'NO_STANDARD_ERRORS']);
    // Everybody is expected to spend the mean.
    expect(Math.abs(expected[0]! / 30 - 1)).toBeLessThan(0.1);
    expect(expected[1]! / expected[0]!).toBeCloseTo(1, 6);
    expect(alike.fit!.estimates[1]).toMatchObject({ name: 'q', standardError: null, lower: null });
  });

  it('says that no mean exists, where customers differ without measure', () => {
    const wild = fitGammaGamma(simulateSpend({ p: 5, q: 0.7, v: 10 }, 800, 3));
    expect(wild.meanSpendExists).toBe(false);
    expect(codes(wild)).toContain('MEAN_SPEND_INFINITE');
    expect(wild.expectedSpend({ frequency: [0, 1], monetary: [NaN, 20] }).map((amount) => Number(amount > 0))).toEqual(Float64Array.of(1, 1));
  });

  it('says that the purchases of a customer are equal, where they are', () => {
    const equal = fitGammaGamma(simulateSpend({ p: 1e7, q: 3, v: 1e-5 }, 300, 1));
    expect(codes(equal)).toContain('AMOUNTS_ALIKE');
    expect(equal.expectedSpend({ frequency: [1], monetary: [90] })[0]).toBeCloseTo(90, 1);
  });

  it('says that spend goes with frequency, where it clearly does', () => {
    const monetary = some.monetary.map((amount, i) => amount * some.frequency[i]! ** 1.5);
    expect(codes(fitGammaGamma({ frequency: some.frequency, monetary }))).toEqual(['SPEND_DEPENDS_ON_FREQUENCY']);
    expect(codes(fitGammaGamma(some))).toEqual([]);
  });

  it('takes few customers with a prior, and says that they are few', () => {
    const one = fitGammaGamma({ frequency: [3], monetary: [40] }, { prior: 'weak' });
    expect(codes(one)).toEqual(['FEW_CUSTOMERS']);
    expect(one.fit!.logPrior).toBeLessThanOrEqual(0);
    const equal = fitGammaGamma({ frequency: [1, 2, 3], monetary: [40, 40, 40] }, { prior: 'weak' });
    for (const model of [one, equal]) expect(Math.abs(model.meanSpend / 45 - 1)).toBeLessThan(0.5);
    // The prior moves with the currency.
    const cents = fitGammaGamma({ frequency: [3], monetary: [4000] }, { prior: 'weak' });
    expect(cents.meanSpend / one.meanSpend).toBeCloseTo(100, 6);
    // Of many customers it says next to nothing.
    expect(fitGammaGamma(some, { prior: 'weak' }).parameters.q / fitGammaGamma(some).parameters.q).toBeCloseTo(1, 1);
  });

  it('gives a defined result or an error that says why, whatever the amounts', () => {
    const amount = fc.oneof(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.constantFrom(1, 10, 1e-9, 1e9));
    const check = fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), amount), { maxLength: 12 }), fc.constantFrom('none', 'weak'), (rows, prior) => {
      const customers = { frequency: rows.map(([n]) => n), monetary: rows.map(([, m]) => m) };
      const code = errorCode(() => {
        const { parameters, fit } = fitGammaGamma(customers, { prior });
        expect(Object.values(parameters).every((value) => value > 0 && value < Infinity)).toBe(true);
        expect(Number.isFinite(fit!.logLikelihood)).toBe(true);
        expect(() => JSON.stringify(fit, (_, value: unknown) => (Number.isNaN(value) ? expect.fail('NaN') : value))).not.toThrow();
      });
      expect(['none', 'EMPTY_INPUT', 'NOT_IDENTIFIED']).toContain(code);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('refuses what it cannot learn from', () => {
    expect(errorCode(() => fitGammaGamma({ frequency: [], monetary: [] }))).toBe('EMPTY_INPUT');
    expect(() => fitGammaGamma({ frequency: [0, 0], monetary: [NaN, NaN] })).toThrow(/the 2 given have no known amount/);
    expect(() => fitGammaGamma({ frequency: [1, 2], monetary: [3, 0] })).toThrow(/monetary above 0.* found 0 in row 1/);
    expect(errorCode(() => fitGammaGamma({ frequency: [1, 2], monetary: [3, Infinity] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitGammaGamma({ frequency: [1, 3, 7], monetary: [0.1, 0.1, 0.1] }))).toBe('NOT_IDENTIFIED');
    expect(errorCode(() => fitGammaGamma({ frequency: [1], monetary: [3], weights: [-1] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitGammaGamma({ frequency: [1], monetary: [3], weights: [0] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitGammaGamma(some, { prior: 'strong' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGammaGamma(some, { start: { r: 1 } as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGammaGamma(some, { start: { p: 0 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGammaGamma(some, { maxIterations: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitGammaGamma(some, { pior: 'weak' } as never))).toBe('INVALID_OPTION');
  });
});

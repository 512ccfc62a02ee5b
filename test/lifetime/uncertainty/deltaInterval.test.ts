import { describe, expect, it } from 'vitest';
import { fitBgBb } from '../../../src/lifetime/buying/bgBb/fitBgBb.js';
import { BgNbd } from '../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { fitBgNbd } from '../../../src/lifetime/buying/bgNbd/fitBgNbd.js';
import { fitMbgNbd } from '../../../src/lifetime/buying/bgNbd/fitMbgNbd.js';
import type { BuyingModel } from '../../../src/lifetime/buying/buyingModel.js';
import { fitBgCnbdK } from '../../../src/lifetime/buying/cnbd/fitBgCnbdK.js';
import { fitNbd } from '../../../src/lifetime/buying/nbd/fitNbd.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { newCustomer } from '../../../src/lifetime/newCustomer.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { deltaInterval } from '../../../src/lifetime/uncertainty/deltaInterval.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { simulateSpend } from '../spending/spendRows.js';
import { nbdHistories } from './nbdHistories.js';

const customers = nbdHistories({ r: 0.8, alpha: 8 }, 400, 1);
const model = fitNbd(customers);
const bought = simulatePurchases(BgNbd.fromParameters({ unit: 'week', r: 0.6, alpha: 5, a: 0.8, b: 2.5 }), { customers: 800, observation: { weeks: 40 }, seed: 3 });
const spending = fitGammaGamma(simulateSpend({ p: 6, q: 4, v: 15 }, 300, 2));

describe('deltaInterval', () => {
  it('of a parameter is the interval of the fit', () => {
    for (const { name, estimate, standardError, lower, upper } of model.fit!.estimates) {
      const found = deltaInterval(model, ({ parameters }) => parameters[name as 'r'], { scale: 'log' });
      expect(found.estimate).toBe(estimate);
      expect(found.standardError / standardError!).toBeCloseTo(1, 7);
      expect(found.lower / lower!).toBeCloseTo(1, 7);
      expect(found.upper / upper!).toBeCloseTo(1, 7);
    }
  });

  it('of a ratio of parameters is what their covariance says', () => {
    const [rr, ra, , aa] = model.fit!.logCovariance!;
    const { estimate, standardError, lower, upper } = deltaInterval(model, ({ parameters: { r, alpha } }) => r / alpha, { confidence: 0.9 });
    const right = estimate * Math.sqrt(rr! + aa! - 2 * ra!);
    expect(standardError / right).toBeCloseTo(1, 7);
    expect((estimate - lower) / 1.6448536269514722 / right).toBeCloseTo(1, 7);
    expect((upper - estimate) / 1.6448536269514722 / right).toBeCloseTo(1, 7);
  });

  it('takes several numbers at once, and each as if it were alone', () => {
    const all = deltaInterval(model, (one) => one.expectedPurchases(customers, { weeks: 26 }), { scale: 'log' });
    const third = deltaInterval(model, (one) => one.expectedPurchases(customers, { weeks: 26 })[2]!, { scale: 'log' });
    expect(all.lower).toBeInstanceOf(Float64Array);
    expect([all.estimate[2], all.standardError[2], all.lower[2], all.upper[2]]).toEqual([third.estimate, third.standardError, third.lower, third.upper]);
    expect(all.lower.every((value, i) => value > 0 && value < all.upper[i]!)).toBe(true);
  });

  it.each<[string, BuyingModel]>([
    ['BgNbd', fitBgNbd(bought)],
    ['MbgNbd', fitMbgNbd(bought)],
    ['BgCnbdK', fitBgCnbdK(bought, { k: 2 })],
    ['BgBb', fitBgBb({ unit: 'year', frequency: [0, 1, 1, 2, 3, 4, 6], recency: [0, 1, 4, 3, 6, 6, 6], tenure: [6, 6, 6, 6, 6, 6, 6], weights: [30, 20, 10, 10, 9, 6, 8] })],
  ])('of every parameter of %s is the interval of its fit', (_, fitted) => {
    const all = deltaInterval(fitted, ({ law, parameters }) => law.names.map((name) => parameters[name]!), { scale: 'log' });
    fitted.fit!.estimates.forEach(({ lower, upper }, j) => {
      expect(all.lower[j]! / lower!).toBeCloseTo(1, 6);
      expect(all.upper[j]! / upper!).toBeCloseTo(1, 6);
    });
    const { lower, upper } = deltaInterval(fitted, (one) => one.expectedPurchases(newCustomer(one.unit), { years: 2 })[0]!, { scale: 'log' });
    expect(lower > 0 && lower < upper).toBe(true);
  });

  it('takes models of spend', () => {
    const { estimate, standardError } = deltaInterval(spending, ({ meanSpend }) => meanSpend);
    const c = spending.fit!.logCovariance!;
    const { q } = spending.parameters;
    // log mean = log p + log v - log(q - 1).
    const slopes = [1, -q / (q - 1), 1];
    let variance = 0;
    slopes.forEach((a, j) => slopes.forEach((b, k) => (variance += a * b * c[3 * j + k]!)));
    expect(standardError / (estimate * Math.sqrt(variance))).toBeCloseTo(1, 6);
  });

  it('takes coefficients of covariates', () => {
    const random = createRandom(3);
    const colour = customers.frequency.map(() => random.normal());
    const covaried = fitNbd({ ...customers, covariates: { colour } }, { purchaseCovariates: ['colour'] });
    const { estimate, standardError } = deltaInterval(covaried, ({ purchaseCovariates }) => purchaseCovariates['colour']!);
    expect(estimate).toBe(covaried.fit!.estimates[2]!.estimate);
    expect(standardError / covaried.fit!.estimates[2]!.standardError!).toBeCloseTo(1, 8);
  });

  it('keeps to what is possible on the scale of the answer', () => {
    const { lower, upper, estimate } = deltaInterval(model, (one) => one.purchaseProbability(customers, { weeks: 500 }), { scale: 'logit', confidence: 0.9999 });
    lower.forEach((value, i) => expect(value > 0 && value <= estimate[i]! && estimate[i]! <= upper[i]! && upper[i]! <= 1).toBe(true));
    // Everybody is alive in this model, whatever its parameters.
    expect(deltaInterval(model, (one) => one.aliveProbability(customers)[0]!, { scale: 'logit' })).toEqual({ estimate: 1, standardError: 0, lower: 1, upper: 1 });
    expect(deltaInterval(model, () => 0, { scale: 'log' })).toEqual({ estimate: 0, standardError: 0, lower: 0, upper: 0 });
  });

  it('is the same from the JSON of the model', () => {
    const back = Nbd.fromJSON(JSON.parse(JSON.stringify(model)));
    const mean = (one: Nbd): number => one.parameters.r / one.parameters.alpha;
    expect(deltaInterval(back, mean)).toEqual(deltaInterval(model, mean));
  });

  it('refuses a model whose uncertainty is not known, and says what helps', () => {
    const given = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 2 });
    const flat = new Nbd({ ...model, fit: { ...model.fit!, logCovariance: null } });
    const damaged = new Nbd({ ...model, fit: { ...model.fit!, logCovariance: [1, 2] } });
    expect(() => deltaInterval(given, () => 1)).toThrow(/given parameters.*bootstrapModel/);
    expect(() => deltaInterval(flat, () => 1)).toThrow(/prior: 'weak'.*bootstrapModel/);
    expect([given, flat, damaged, GammaGamma.fromParameters({ p: 1, q: 2, v: 3 })].map((one) => errorCode(() => deltaInterval<Nbd | GammaGamma, number>(one, () => 1)))).toEqual(['INVALID_INPUT', 'NOT_IDENTIFIED', 'MODEL_FORMAT', 'INVALID_INPUT']);
  });

  it('refuses answers without an interval', () => {
    expect(errorCode(() => deltaInterval(model, () => NaN))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => deltaInterval(model, () => Infinity))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => deltaInterval(model, (one) => new Float64Array(one === model ? 2 : 3)))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => deltaInterval(model, ({ parameters }) => -parameters.r, { scale: 'log' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => deltaInterval(model, ({ parameters }) => 1 + parameters.r, { scale: 'logit' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => deltaInterval(model, () => 1, { scale: 'root' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => deltaInterval(model, () => 1, { confidence: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => deltaInterval(model, () => 1, { level: 0.9 } as never))).toBe('INVALID_OPTION');
  });
});

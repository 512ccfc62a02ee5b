import { describe, expect, it } from 'vitest';
import { fitBgCnbdK } from '../../../../src/lifetime/buying/cnbd/fitBgCnbdK.js';
import { fitMbgCnbdK } from '../../../../src/lifetime/buying/cnbd/fitMbgCnbdK.js';
import { MbgCnbdK } from '../../../../src/lifetime/buying/cnbd/mbgCnbdK.js';
import { fitBgNbd } from '../../../../src/lifetime/buying/bgNbd/fitBgNbd.js';
import { errorCode } from '../../../errorCode.js';
import { regularShoppers, type Shoppers } from './regularShoppers.js';

const TRUTH = [1.3, 2.8, 0.5, 1.2] as const;
const twos = regularShoppers(2, 1, TRUTH, 4000, 1);
const few = regularShoppers(3, 0, [1.3, 2, 0.5, 2], 600, 3);
const codes = (model: { readonly fit: { readonly warnings: readonly { readonly code: string }[] } | null }): string[] => model.fit!.warnings.map(({ code }) => code);

/** How far the mean of what came is from the mean expected, in standard errors, in cells of equal or neighbouring frequency. */
function standardised(shoppers: Shoppers, expected: Float64Array): number[] {
  const cells = [[0, 0], [1, 1], [2, 3], [4, 7], [8, 15], [16, 1e9]] as const;
  return cells.map(([low, high]) => {
    let [count, sum, squares] = [0, 0, 0];
    shoppers.frequency.forEach((x, i) => {
      if (x < low || x > high) return;
      count++;
      sum += shoppers.later[i]! - expected[i]!;
      squares += (shoppers.later[i]! - expected[i]!) ** 2;
    });
    return sum / Math.sqrt(squares - (sum * sum) / count);
  });
}

describe('fitMbgCnbdK', () => {
  it('finds the regularity that customers have, and their law', () => {
    const model = fitMbgCnbdK(twos);
    expect(model.k).toBe(2);
    expect(model.candidates.map(({ k }) => k)).toEqual([1, 2, 3]);
    expect(model.candidates.every(({ converged }) => converged)).toBe(true);
    expect(model.candidates[1]!.logLikelihood).toBe(model.fit!.logLikelihood);
    ['r', 'alpha', 'a', 'b'].forEach((name, j) => {
      const { estimate, standardError } = model.fit!.estimates.find((line) => line.name === name)!;
      expect(Math.abs(estimate - TRUTH[j]!)).toBeLessThan(3 * standardError!);
    });
    expect(codes(model)).toEqual([]);
    expect(standardised(twos, model.expectedPurchases(twos, { weeks: 26 })).every((z) => Math.abs(z) < 4)).toBe(true);
  });

  it('expects what comes, whatever has been bought, where the law is known', () => {
    for (const k of [2, 3]) {
      const shoppers = regularShoppers(k, 1, [1.3, 2.8 / k, 0.5, 1.2], 30_000, 10 + k);
      const model = MbgCnbdK.fromParameters({ unit: 'week', k, r: 1.3, alpha: 2.8 / k, a: 0.5, b: 1.2 });
      expect(standardised(shoppers, model.expectedPurchases(shoppers, { weeks: 26 })).every((z) => Math.abs(z) < 4)).toBe(true);
      const bought = { ...shoppers, later: shoppers.later.map((n) => Math.min(n, 1)) };
      expect(standardised(bought, model.purchaseProbability(shoppers, { weeks: 26 })).every((z) => Math.abs(z) < 4)).toBe(true);
      // A model of buying at random is far out somewhere.
      const random = fitMbgCnbdK(shoppers, { k: 1 });
      expect(standardised(shoppers, random.expectedPurchases(shoppers, { weeks: 26 })).some((z) => Math.abs(z) > 6)).toBe(true);
    }
  });
});

describe('fitBgCnbdK', () => {
  it('finds three stages, in any order, unit or weights', () => {
    const model = fitBgCnbdK(few);
    expect(model.k).toBe(3);
    const back = (values: Float64Array): Float64Array => values.slice().reverse();
    const reversed = { unit: 'week', frequency: back(few.frequency), recency: back(few.recency), tenure: back(few.tenure), sumLogGaps: back(few.sumLogGaps) } as const;
    expect(fitBgCnbdK(reversed).parameters.r).toBeCloseTo(model.parameters.r, 8);
    const days = { unit: 'day', frequency: few.frequency, recency: few.recency.map((t) => 7 * t), tenure: few.tenure.map((t) => 7 * t), sumLogGaps: few.sumLogGaps.map((sum, i) => sum + few.frequency[i]! * Math.log(7)) } as const;
    const daily = fitBgCnbdK(days);
    expect(daily.k).toBe(3);
    expect(daily.parameters.alpha / 7).toBeCloseTo(model.parameters.alpha, 5);
    const purchases = few.frequency.reduce((sum, x) => sum + x, 0);
    expect(daily.fit!.logLikelihood).toBeCloseTo(model.fit!.logLikelihood - purchases * Math.log(7), 6);
    const weighted = fitBgCnbdK({ ...few, weights: few.frequency.map(() => 2) }, { k: 3 });
    expect(weighted.fit!.logLikelihood).toBeCloseTo(2 * model.fit!.logLikelihood, 6);
    expect(weighted.parameters.b).toBeCloseTo(model.parameters.b, 5);
  });

  it('is the BG/NBD with one stage, which needs no gaps', () => {
    const model = fitBgCnbdK({ unit: 'week', frequency: few.frequency, recency: few.recency, tenure: few.tenure }, { k: 1 });
    const plain = fitBgNbd(few);
    expect(model.fit!.logLikelihood).toBeCloseTo(plain.fit!.logLikelihood, 7);
    expect(model.parameters.a).toBeCloseTo(plain.parameters.a, 5);
    expect(model.candidates).toEqual([{ k: 1, logLikelihood: model.fit!.logLikelihood, converged: true }]);
  });

  it('moves rates by covariates', () => {
    const [slow, fast] = [regularShoppers(2, 0, [1.3, 4, 0.5, 2], 1500, 5), regularShoppers(2, 0, [1.3, 2, 0.5, 2], 1500, 6)];
    const both = (name: 'frequency' | 'recency' | 'tenure' | 'sumLogGaps'): number[] => [...slow[name], ...fast[name]];
    const customers = { unit: 'week', frequency: both('frequency'), recency: both('recency'), tenure: both('tenure'), sumLogGaps: both('sumLogGaps'), covariates: { app: both('tenure').map((_, i) => Number(i >= 1500)) } } as const;
    const model = fitBgCnbdK(customers, { purchaseCovariates: ['app'] });
    expect(model.k).toBe(2);
    const { standardError } = model.fit!.estimates.find(({ name }) => name === 'purchase: app')!;
    expect(Math.abs(model.purchaseCovariates['app']! - Math.log(2))).toBeLessThan(3 * standardError!);
  });

  it('warns of what customers do not tell', () => {
    const loyal = regularShoppers(2, 0, [1.3, 2.8, 1, 1e7], 400, 4);
    expect(codes(fitBgCnbdK(loyal, { k: 2 }))).toContain('DROPOUT_NOT_NEEDED');
    const clockwork = fitBgCnbdK({ unit: 'week', frequency: [10, 5, 3, 2], recency: [40, 35, 36, 40], tenure: [41, 36, 40, 44], sumLogGaps: [10 * Math.log(4), 5 * Math.log(7), 3 * Math.log(12), 2 * Math.log(20)] }, { prior: 'weak' });
    expect(clockwork.k).toBe(12);
    expect(codes(clockwork)).toContain('REGULARITY_AT_BOUND');
    const nobody = fitBgCnbdK({ unit: 'week', frequency: [0, 0, 0], recency: [0, 0, 0], tenure: [4, 5, 6], sumLogGaps: [0, 0, 0] }, { prior: 'weak' });
    expect(nobody.candidates).toHaveLength(1);
    expect(codes(nobody)).toContain('NO_REPEAT_PURCHASES');
    expect(nobody.expectedPurchases(few, { weeks: 4 }).every((mean) => mean >= 0 && mean < Infinity)).toBe(true);
  });

  it('answers for one customer, equal customers, and huge or tiny times', () => {
    const one = fitBgCnbdK({ unit: 'week', frequency: [3], recency: [9], tenure: [10], sumLogGaps: [3 * Math.log(3)] }, { prior: 'weak', k: 2 });
    expect(Number.isFinite(one.fit!.logLikelihood)).toBe(true);
    for (const scale of [1e-9, 1e9]) {
      const scaled = { unit: 'week', frequency: few.frequency, recency: few.recency.map((t) => t * scale), tenure: few.tenure.map((t) => t * scale), sumLogGaps: few.sumLogGaps.map((sum, i) => sum + few.frequency[i]! * Math.log(scale)) } as const;
      const model = fitBgCnbdK(scaled, { k: 3 });
      expect(model.parameters.alpha / scale / fitBgCnbdK(few, { k: 3 }).parameters.alpha).toBeCloseTo(1, 5);
    }
  });

  it('stops when told to', () => {
    let calls = 0;
    const model = fitBgCnbdK(few, { onProgress: () => ++calls < 3 });
    expect(calls).toBe(3);
    expect(model.candidates).toHaveLength(1);
    expect(codes(model)).toContain('NOT_CONVERGED');
  });

  it('refuses what it cannot learn from', () => {
    const { sumLogGaps: _, later: __, ...without } = few;
    expect(errorCode(() => fitBgCnbdK(without))).toBe('INVALID_INPUT');
    expect(errorCode(() => fitBgCnbdK({ ...few, sumLogGaps: few.sumLogGaps.subarray(1) }))).toBe('LENGTH_MISMATCH');
    // Days where recency is in weeks; a gap of zero.
    expect(errorCode(() => fitBgCnbdK({ ...few, sumLogGaps: few.sumLogGaps.map((sum, i) => sum + few.frequency[i]! * Math.log(7)) }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitBgCnbdK({ ...few, sumLogGaps: few.sumLogGaps.map((sum, i) => (few.frequency[i]! > 1 ? -Infinity : sum)) }))).toBe('INVALID_VALUE');
    for (const k of [0, 1.5, 31, 'many', NaN]) expect(errorCode(() => fitBgCnbdK(few, { k: k as number }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitBgCnbdK(few, { stages: 2 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitBgCnbdK({ unit: 'week', frequency: [], recency: [], tenure: [], sumLogGaps: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitBgCnbdK({ ...few, frequency: few.frequency.map(() => NaN) }))).toBe('INVALID_VALUE');
  });
});

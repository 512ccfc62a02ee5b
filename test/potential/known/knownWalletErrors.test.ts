import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { knownWalletErrors, type KnownWalletErrorOptions } from '../../../src/potential/known/knownWalletErrors.js';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error.code;
  }
  return 'none';
}

describe('knownWalletErrors', () => {
  const known = [100, null, 200, 0, 50];

  it('judges by log error, bias, total, ranks of the headroom and coverage, the best first', () => {
    const errors = knownWalletErrors(
      { twice: { wallet: [200, NaN, 400, 1, 100] }, near: { wallet: [110, 0, 200, 1, 45], walletLower: [90, 0, 210, 0, 40], walletUpper: [120, 0, 220, 0, 60] } },
      { known, spend: [50, 0, 20, 0, 40] },
    );
    expect(errors.map(({ name, customers }) => [name, customers])).toEqual([['near', 3], ['twice', 3]]);
    expect(errors[1]!.logError).toBeCloseTo(Math.LN2, 12);
    expect(errors[1]!.logBias).toBeCloseTo(Math.LN2, 12);
    expect(errors[1]!.totalRatio).toBe(2);
    expect(errors[1]!.coverage).toBeNull();
    // Headrooms 50, 180, 10 by 60, 180, 5: the same order.
    expect(errors[0]!.headroomRankCorrelation).toBeCloseTo(1, 12);
    expect(errors[0]!.coverage).toBeCloseTo(2 / 3, 12);
    expect(errors[0]!.logError).toBeCloseTo(Math.sqrt((Math.log(1.1) ** 2 + Math.log(0.9) ** 2) / 3), 12);
  });

  it('weighs customers, shares ranks among equals, and has none without spread', () => {
    const [weighed] = knownWalletErrors({ a: { wallet: [200, 1, 200, 1, 50] } }, { known, weights: [3, 1, 1, 1, 0] });
    expect(weighed!.customers).toBe(2);
    expect(weighed!.logBias).toBeCloseTo(0.75 * Math.LN2, 12);
    expect(weighed!.headroomRankCorrelation).toBeNull();
    const ranked = (wallet: number[], truth: number[]): number | null => knownWalletErrors({ a: { wallet } }, { known: truth, spend: truth.map(() => 0) })[0]!.headroomRankCorrelation;
    // Ranks 0.5, 0.5, 2 against 0, 1, 2.
    expect(ranked([1, 1, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12);
    expect(ranked([1, 1, 1], [1, 2, 3])).toBeNull();
  });

  it('refuses what it cannot judge', () => {
    const wrong = (wallet: unknown, changes: object = {}): string => codeOf(() => knownWalletErrors({ a: { wallet: wallet as number[] } }, { known, ...changes } as KnownWalletErrorOptions));
    expect(wrong([1, 1, 1])).toBe('LENGTH_MISMATCH');
    expect(wrong([1, 1, NaN, 1, 1])).toBe('INVALID_VALUE');
    expect(wrong(3)).toBe('INVALID_INPUT');
    expect(wrong([1, 1, 1, 1, 1], { known: [null, 0, null, null, null] })).toBe('EMPTY_INPUT');
    expect(wrong([1, 1, 1, 1, 1], { known: [1, -2, 1, 1, 1] })).toBe('INVALID_VALUE');
    expect(wrong([1, 1, 1, 1, 1], { spend: [1, 1, 1, 1, NaN] })).toBe('NON_FINITE_VALUE');
    expect(wrong([1, 1, 1, 1, 1], { weight: [] })).toBe('INVALID_OPTION');
    expect(codeOf(() => knownWalletErrors(null as unknown as Record<string, never>, { known }))).toBe('INVALID_INPUT');
  });
});

import { describe, expect, it } from 'vitest';
import { featureDrift } from '../../src/evaluation/featureDrift.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode as code } from '../errorCode.js';

const customers = (count: number, seed: number, shift = 0): object[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({ spend: 50 + 10 * random.normal() + shift, plan: ['basic', 'gold'][Number(random.uniform() < 0.3)]! }));
};

describe('featureDrift', () => {
  it('by hand: half and half becoming three quarters and one has PSI 0.25 ln 1.5 + 0.25 ln 2', () => {
    const plans = (gold: number): object[] => Array.from({ length: 400 }, (_, i) => ({ plan: i < 400 * gold ? 'gold' : 'basic' }));
    const [found] = featureDrift(plans(0.5) as never, plans(0.75) as never);
    expect(found!.psi).toBeCloseTo(0.25 * Math.log(1.5) + 0.25 * Math.log(2), 12);
    expect(found!.level).toBe('large');
    expect(found!.bins.map(({ bin, current }) => [bin, current])).toEqual([['gold', 0.75], ['basic', 0.25]]);
  });

  it('calls at most one table in twenty that has not changed, and every one that has', () => {
    let calls = 0;
    for (let seed = 1; seed <= 40; seed++) {
      calls += featureDrift(customers(150, seed) as never, customers(150, seed + 1000) as never).some(({ level }) => level !== 'none') ? 1 : 0;
      expect(featureDrift(customers(150, seed) as never, customers(150, seed + 1000, 10) as never)[0]!.level).toBe('large');
    }
    expect(calls).toBeLessThanOrEqual(4);
  });

  it('refuses what cannot be', () => {
    expect(code(() => featureDrift([], [{ a: 1 }] as never))).toBe('EMPTY_INPUT');
    expect(code(() => featureDrift([{ a: 1 }], [{ b: 1 }]))).toBe('UNKNOWN_COLUMN');
    expect(code(() => featureDrift([{ a: 1 }], [{ a: 1 }], { falseAlarmRate: 0 }))).toBe('INVALID_OPTION');
    expect(code(() => featureDrift([{ a: 1 }], [{ a: 1 }], { bins: 1 }))).toBe('INVALID_OPTION');
    expect(code(() => featureDrift([{ a: Infinity }], [{ a: 1 }]))).toBe('NON_FINITE_VALUE');
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { coefficientFactors } from '../../../src/potential/known/coefficientFactor.js';
import { fitKnownWallets } from '../../../src/potential/known/fitKnownWallets.js';

describe('coefficientFactors', () => {
  it('adds up what each row moves, and what it moves at once in both branches', () => {
    // Row 1 served both: variances 1 + 4 and 9 + 16, covariance 2 * 3.
    const { first, second, cross } = coefficientFactors(Float64Array.of(1, 2), [0, 1], Float64Array.of(3, 4), [1, 2]);
    expect(first[0]! ** 2).toBeCloseTo(5, 12);
    expect(first[0]! * cross[0]!).toBeCloseTo(6, 12);
    expect(second[0]! ** 2 + cross[0]! ** 2).toBeCloseTo(25, 12);
  });

  it('lets who does not spend share the unknowns of who does where the same known wallets served both, and only there', () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 300 }, (_, i) => {
      const size = random.normal();
      const wallet = Math.exp(6 + 0.5 * size + 0.3 * random.normal());
      return { size, spend: i % 5 === 0 ? 0 : wallet * (0.2 + 0.6 * random.uniform()), wallet: i < 200 ? wallet : null };
    });
    const crossOf = (given: typeof rows): number | undefined => fitKnownWallets(given, { spend: 'spend', wallet: 'wallet' }).toJSON().profile.cross?.length;
    expect(crossOf(rows)).toBeUndefined();
    const few = rows.map((row, i) => (i < 60 ? row : { ...row, wallet: null }));
    const model = fitKnownWallets(few, { spend: 'spend', wallet: 'wallet' });
    expect(model.toJSON().spenders.factor.length).toBeGreaterThan(0);
    const { sharedLoadings, sharedCount } = model.predict(few);
    const covariance = sharedLoadings.subarray(0, sharedCount).reduce((sum, loading, k) => sum + loading * sharedLoadings[sharedCount + k]!, 0);
    expect(covariance).toBeGreaterThan(0);
  });
});

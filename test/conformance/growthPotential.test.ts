import { expect, it } from 'vitest';
import { growthPotential } from '../../src/potential/aggregate/growthPotential.js';
import { rakePotential } from '../../src/potential/aggregate/rakePotential.js';
import { fitMarketPotential } from '../../src/potential/door/fitMarketPotential.js';
import { describeWithShared, readGolden } from './shared.js';
import { walletSimulation } from './walletSimulation.js';

interface Golden {
  readonly wallet_synthetic: { readonly sumW: number; readonly aggregate: { readonly est: number; readonly sd_idio: number; readonly sd_param: number; readonly ci90: readonly [number, number] } };
}

describeWithShared('growthPotential of the world whose wallets are known (wallet_synthetic)', ['golden/propensity/goldens.json'], () => {
  const golden = readGolden<Golden>('golden', 'propensity', 'goldens.json').wallet_synthetic;
  const world = walletSimulation();
  const model = fitMarketPotential(world, { spend: 'spend', features: ['size', 'sector', 'region'], estimators: ['halfNormal'], peers: 0, folds: 2 });
  const potentials = model.predict(world);
  const by = { sector: world.map(({ sector }) => sector), region: world.map(({ region }) => region) };
  const truth = (dimension: 'sector' | 'region', name: string | null): number => world.reduce((sum, row) => sum + (row[dimension] === name ? row.wallet : 0), 0);

  it('has the estimate, both parts of its error and the interval of the reference, which covers; without the shared part it misses', () => {
    const { est, sd_idio: own, sd_param: shared, ci90 } = golden.aggregate;
    const { potential } = growthPotential(potentials).total;
    expect(Math.abs(potential.estimate - est)).toBeLessThan(0.5);
    expect(Math.abs(Math.sqrt(potential.ownVariance) - own)).toBeLessThan(0.5);
    expect(Math.abs(Math.sqrt(potential.sharedVariance) - shared)).toBeLessThan(0.5);
    expect([Math.abs(potential.lower - ci90[0]), Math.abs(potential.upper - ci90[1])].every((off) => off < 1.5)).toBe(true);
    expect(potential.lower < golden.sumW && golden.sumW < potential.upper).toBe(true);
    const { present, potential: amounts, ownVariance } = potentials;
    expect(growthPotential({ present, potential: amounts, ownVariance }).total.potential.lower).toBeGreaterThan(golden.sumW);
  });

  it('covers every sector and region, and once the sectors are known still every region, more narrowly', () => {
    const growth = growthPotential(potentials, { by });
    for (const dimension of ['sector', 'region'] as const) {
      for (const { name, potential } of growth.by[dimension]!) expect(potential.lower < truth(dimension, name) && truth(dimension, name) < potential.upper).toBe(true);
    }
    const sector = Object.fromEntries(growth.by['sector']!.map(({ name }) => [name, truth('sector', name)]));
    const raked = growthPotential(rakePotential(potentials, { by, totals: { sector } }).potentials, { by }).by['region']!;
    raked.forEach(({ name, potential }, at) => {
      expect(potential.lower < truth('region', name) && truth('region', name) < potential.upper).toBe(true);
      const before = growth.by['region']![at]!.potential;
      expect(potential.upper - potential.lower).toBeLessThan(0.85 * (before.upper - before.lower));
    });
  });
});

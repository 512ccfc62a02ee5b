import { describe, expect, it } from 'vitest';
import { parseTable } from '../../../src/data/takeRows.js';
import { learnWallets, type WalletTask } from '../../../src/potential/wallets/learnWallets.js';
import { WalletEstimator } from '../../../src/potential/wallets/walletEstimator.js';
import type { WalletEstimatorName } from '../../../src/potential/wallets/walletState.js';
import { createWorld, figuresOf, type World, type WorldName } from '../worlds.js';

/** The automatic choice beside every single candidate; what is slow and never the best here is left to bench/cases/walletEstimators.mjs. */
function race(name: WorldName, estimators: readonly WalletEstimatorName[], shareDrivers: readonly string[] = []): { chosen: WalletEstimatorName; errors: ReadonlyMap<WalletEstimatorName, number>; world: World; wallet: Float64Array } {
  const world = createWorld(name, name === 'heavyTails' ? 1500 : 1000, 11);
  const table = parseTable('test', world.rows);
  const walletsOf = (names: readonly WalletEstimatorName[]): { chosen: WalletEstimatorName; wallet: Float64Array } => {
    const task: WalletTask = { spend: world.spend, weights: null, features: ['size', 'sector', 'tenure'], estimators: names, quantile: 0.9, shareDrivers, known: null, folds: 3, seed: 1 };
    const { state, chosen } = learnWallets('test', table, task);
    return { chosen, wallet: WalletEstimator.from(state).estimate('test', table, world.spend, 0.9).wallet };
  };
  const errors = new Map(estimators.map((estimator) => {
    try {
      return [estimator, figuresOf(world, walletsOf([estimator]).wallet).logError];
    } catch {
      return [estimator, Infinity];
    }
  }));
  return { ...walletsOf(estimators), errors, world };
}

describe('the automatic choice', () => {
  it.each([
    ['heavyTails', ['halfNormal', 'exponential', 'heavyTails'], [], 0.34],
    ['betaShares', ['halfNormal', 'exponential', 'quantile'], [], 0.3],
    ['zeroInflated', ['halfNormal', 'exponential', 'quantile'], [], 0.27],
    ['driver', ['halfNormal', 'exponential', 'quantile'], ['tenure'], 0.26],
    ['nonlinear', ['exponential', 'treesFrontier'], [], 0.34],
  ] as const)('in world %s is within 5 percent of the best single candidate', (name, estimators, drivers, most) => {
    const { chosen, errors, world, wallet } = race(name, estimators, drivers);
    const { logError, headroomRank, ratio } = figuresOf(world, wallet);
    expect(logError).toBe(errors.get(chosen));
    expect(logError).toBeLessThanOrEqual(1.05 * Math.min(...errors.values()));
    expect(logError).toBeLessThan(most);
    expect(headroomRank).toBeGreaterThan(0.6);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
  });

  it('cannot know where shares are symmetric in logs: the spend does not tell, and half of the wallets stays out of sight', () => {
    const { errors, world, wallet } = race('symmetric', ['halfNormal', 'quantile']);
    expect(Math.min(...errors.values())).toBeGreaterThan(0.3);
    expect(figuresOf(world, wallet).ratio).toBeLessThan(0.9);
  });
});

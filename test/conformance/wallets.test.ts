import { describe, expect, it } from 'vitest';
import { parseTable } from '../../src/data/takeRows.js';
import { learnWallets, type WalletTask } from '../../src/potential/wallets/learnWallets.js';
import { WalletEstimator } from '../../src/potential/wallets/walletEstimator.js';
import { figuresOf } from '../potential/worlds.js';
import { mulberry32 } from './mulberry32.js';

/** The customers of golden wallet_synthetic. */
function customers(): { rows: { x1: Float64Array; sector: string[]; region: string[] }; spend: Float64Array; wallet: Float64Array } {
  const random = mulberry32(2024);
  const normal = (): number => {
    const [a, b] = [random(), random()];
    return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
  };
  const [x1, spend, wallet] = [0, 1, 2].map(() => new Float64Array(4000)) as [Float64Array, Float64Array, Float64Array];
  const [sector, region] = [new Array<string>(4000), new Array<string>(4000)];
  for (let i = 0; i < 4000; i++) {
    x1[i] = 3 + normal();
    const [s, r] = [Math.floor(random() * 4), Math.floor(random() * 5)];
    const [v, u] = [0.35 * normal(), Math.abs(0.7 * normal())];
    sector[i] = `s${s}`;
    region[i] = `r${r}`;
    wallet[i] = Math.exp(1.2 + 0.8 * x1[i]! + [0, 0.4, -0.3, 0.2][s]! + [0, 0.1, -0.1, 0.05, 0.15][r]! + v);
    spend[i] = wallet[i]! * Math.exp(-u);
  }
  return { rows: { x1, sector, region }, spend, wallet };
}

describe('wallets of golden wallet_synthetic, by the automatic choice', () => {
  const world = customers();
  const table = parseTable('test', world.rows);
  const task: WalletTask = { spend: world.spend, weights: null, features: ['x1', 'sector', 'region'], estimators: 'auto', quantile: 0.9, shareDrivers: [], known: null, folds: 5, seed: 1 };
  const { state, chosen, trials } = learnWallets('test', table, task);
  const estimates = WalletEstimator.from(state).estimate('test', table, world.spend, 0.9);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

  it('are those customers', () => {
    expect(sum(world.spend)).toBeCloseTo(151560.91227426, 6);
    expect(sum(world.wallet)).toBeCloseTo(242830.20087754, 6);
  });

  it('takes the half-normal frontier and finds what the reference finds', () => {
    expect(chosen).toBe('halfNormal');
    expect(trials.find((trial) => trial.chosen)!.status).toBe('tried');
    expect(Math.exp(state.laws[0]!.inefficiency[0]!)).toBeCloseTo(0.69964796, 5);
    expect(Math.exp(state.laws[0]!.noise[0]!)).toBeCloseTo(0.35465876, 5);
  });

  it('is as near to the wallets as asked', () => {
    const { logError, headroomRank } = figuresOf({ ...world, spend: world.spend }, estimates.wallet);
    expect(logError).toBeCloseTo(0.2636, 4);
    expect(headroomRank).toBeCloseTo(0.71328, 4);
  });

  it('has an interval of the sum that covers the truth, parameter uncertainty included', () => {
    const own = Math.sqrt(sum(estimates.ownVariance));
    const shared = Math.hypot(...Array.from({ length: estimates.sharedCount }, (_, k) => estimates.sharedLoadings.reduce((total, value, at) => total + (at % estimates.sharedCount === k ? value : 0), 0)));
    const total = sum(estimates.wallet);
    const sd = Math.hypot(own, shared);
    expect(total).toBeCloseTo(245914.49, 0);
    expect(own).toBeCloseTo(1463.49, 0);
    expect(Math.abs(shared / 3668.4 - 1)).toBeLessThan(0.01);
    expect(Math.abs(sd / 3949.55 - 1)).toBeLessThan(0.01);
    expect(Math.abs(total - 242830.2)).toBeLessThan(1.645 * sd);
  });

  it('has intervals of the share that hold about nine in ten shares', () => {
    const inside = world.spend.reduce((count, spend, i) => count + (spend / world.wallet[i]! >= estimates.shareLower[i]! && spend / world.wallet[i]! <= estimates.shareUpper[i]! ? 1 : 0), 0);
    expect(inside / 4000).toBeGreaterThan(0.88);
    expect(inside / 4000).toBeLessThan(0.92);
    let squares = 0;
    for (let i = 0; i < 4000; i++) squares += (estimates.share[i]! - world.spend[i]! / world.wallet[i]!) ** 2;
    expect(Math.sqrt(squares / 4000)).toBeCloseTo(0.143853, 4);
  });
});

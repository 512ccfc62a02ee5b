import { describe, expect, it } from 'vitest';
import { parseTable } from '../../../src/data/takeRows.js';
import { readTable } from '../../../src/data/table.js';
import { createRandom } from '../../../src/numeric/random.js';
import { learnWallets, type WalletTask } from '../../../src/potential/wallets/learnWallets.js';
import { WalletEstimator } from '../../../src/potential/wallets/walletEstimator.js';
import type { WalletEstimatorName, WalletState } from '../../../src/potential/wallets/walletState.js';
import { errorCode } from '../../errorCode.js';
import { createWorld, figuresOf } from '../worlds.js';

const FEATURES = ['size', 'sector', 'tenure'];
const EVERY: readonly WalletEstimatorName[] = ['halfNormal', 'exponential', 'truncatedNormal', 'heavyTails', 'treesFrontier', 'quantile', 'treesQuantile', 'peersQuantile'];
const world = createWorld('halfNormal', 300, 5);
const table = parseTable('test', world.rows);
const task = (estimators: WalletTask['estimators'], more: Partial<WalletTask> = {}): WalletTask => ({ spend: world.spend, weights: null, features: FEATURES, estimators, quantile: 0.9, shareDrivers: [], known: null, folds: 3, seed: 1, ...more });
const states = new Map<WalletEstimatorName, WalletState>(EVERY.map((name) => [name, learnWallets('test', table, task([name])).state]));

describe.each(EVERY)('the estimator %s', (name) => {
  const state = states.get(name)!;
  const estimator = WalletEstimator.from(state);
  const estimates = estimator.estimate('test', table, world.spend, 0.9);

  it('gives wallets of the spend or more, within their intervals, and shares within theirs', () => {
    expect(estimates.sharedCount).toBeGreaterThan(0);
    for (let i = 0; i < 300; i++) {
      const [low, wallet, high] = [estimates.walletLower[i]!, estimates.wallet[i]!, estimates.walletUpper[i]!];
      expect(low >= world.spend[i]! && low <= wallet && wallet <= high && high < Infinity).toBe(true);
      expect(estimates.shareLower[i]! <= estimates.share[i]! && estimates.share[i]! <= estimates.shareUpper[i]! && estimates.shareUpper[i]! <= 1 + 1e-12).toBe(true);
    }
    expect([...estimates.ownVariance, ...estimates.sharedLoadings].every((value) => Number.isFinite(value))).toBe(true);
  });

  it('comes back from JSON to the bit, holding finite numbers only', () => {
    const text = JSON.stringify(state, (_, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`found ${value}`);
      return value;
    });
    expect(WalletEstimator.from(JSON.parse(text) as WalletState).estimate('test', table, world.spend, 0.9)).toEqual(estimates);
  });

  it('has wallets by the profile alone where no spend is known, and gives rows one by one the same', () => {
    const spend = Float64Array.of(0, NaN, world.spend[2]!);
    const rows = [0, 1, 2].map((i) => ({ size: world.rows['size']![i], sector: world.rows['sector']![i], tenure: world.rows['tenure']![i] }));
    const few = estimator.estimate('test', readTable('test', rows), spend, 0.9);
    const blind = estimator.estimate('test', table, null, 0.9);
    expect(few.wallet[0]).toBe(blind.wallet[0]);
    expect(few.wallet[1]).toBe(blind.wallet[1]);
    expect(few.wallet[2]).toBe(estimates.wallet[2]);
    expect([...few.share.subarray(0, 2)]).toEqual([0, 0]);
    expect(blind.wallet.every((wallet, i) => wallet >= blind.walletLower[i]! && wallet <= blind.walletUpper[i]!)).toBe(true);
    expect(estimator.estimate('test', readTable('test', []), null, 0.9).wallet).toHaveLength(0);
  });

  it('says how probable more spend is, falling from 1', () => {
    const at = (amount: number): Float64Array => estimator.survival('test', table, new Float64Array(300).fill(amount));
    expect(at(0).every((p) => p === 1)).toBe(true);
    const ladder = [0.1, 1, 10, 100, 1000, 1e5, 1e9].map(at);
    for (let i = 0; i < 300; i += 25) for (let k = 1; k < ladder.length; k++) expect(ladder[k]![i]!).toBeLessThanOrEqual(ladder[k - 1]![i]! + 1e-12);
    const above = estimator.survival('test', table, world.spend).reduce((sum, p) => sum + p, 0) / 300;
    expect(above).toBeGreaterThan(0.44);
    expect(above).toBeLessThan(0.56);
  });

  it('has a log survival that still tells far amounts apart, without a break', () => {
    const one = readTable('test', [{ size: 3, sector: 'farm', tenure: 0 }]);
    const at = (amount: number): number => estimator.logSurvival('test', one, Float64Array.of(amount))[0]!;
    let last = 0;
    for (let step = 0; step < 100; step++) {
      const here = at(Math.exp(step / 10));
      expect(here).toBeLessThanOrEqual(last + 1e-9);
      last = here;
    }
    expect(last).toBeGreaterThan(-Infinity);
    expect(at(1e9)).toBeLessThan(last);
  });

  it('explains the wallet by profile as a sum', () => {
    const row = { size: world.rows['size']![7], sector: world.rows['sector']![7], tenure: world.rows['tenure']![7] };
    const { wallet, share } = estimator.explain('test', row);
    const sum = wallet.contributions.reduce((total, { contribution }) => total + contribution, wallet.baseline);
    expect(sum).toBeCloseTo(wallet.margin, 9);
    expect(wallet.prediction / estimator.estimate('test', table, null, 0.9).wallet[7]!).toBeCloseTo(1, 9);
    expect(share).toBeNull();
    expect(estimator.features).toEqual(FEATURES);
  });
});

describe('shared unknowns', () => {
  it.each(['halfNormal', 'heavyTails', 'truncatedNormal'] as const)('of %s move a wallet as a change of the parameters does', (name) => {
    const state = states.get(name)!;
    const { root, rootWidth, line, laws: [law] } = state;
    if (line.kind !== 'linear') throw new Error('not linear');
    const before = WalletEstimator.from(state).estimate('test', table, world.spend, 0.9);
    const blind = WalletEstimator.from(state).estimate('test', table, null, 0.9);
    const slopes = line.slopes[0]!;
    for (let k = 0; k < rootWidth; k += 3) {
      const step = 1e-4;
      const moved = (from: number, values: readonly number[]): number[] => values.map((value, j) => value + step * root[(from + j) * rootWidth + k]!);
      const noiseAt = slopes.length + 1;
      const there: WalletState = {
        ...state,
        line: { ...line, slopes: [moved(0, slopes)] },
        laws: [{ ...law!, inefficiency: moved(slopes.length, law!.inefficiency), noise: moved(noiseAt, law!.noise), tau: law!.tau + (name === 'truncatedNormal' ? step * root[(noiseAt + law!.noise.length) * rootWidth + k]! : 0) }],
      };
      const after = WalletEstimator.from(there).estimate('test', table, world.spend, 0.9);
      const blindAfter = WalletEstimator.from(there).estimate('test', table, null, 0.9);
      for (let i = 0; i < 300; i += 50) {
        expect(Math.abs((after.wallet[i]! - before.wallet[i]!) / step - before.sharedLoadings[i * rootWidth + k]!)).toBeLessThan(2e-3 * before.wallet[i]!);
        expect(Math.abs((blindAfter.wallet[i]! - blind.wallet[i]!) / step - blind.sharedLoadings[i * rootWidth + k]!)).toBeLessThan(2e-3 * blind.wallet[i]!);
      }
    }
  });

  it('of folds add up to nothing, as departures from their mean do', () => {
    const { sharedLoadings } = WalletEstimator.from(states.get('treesFrontier')!).estimate('test', table, world.spend, 0.9);
    for (let i = 0; i < 300; i += 50) expect(Math.abs(sharedLoadings[3 * i]! + sharedLoadings[3 * i + 1]! + sharedLoadings[3 * i + 2]!)).toBeLessThan(1e-9 * world.wallet[i]!);
  });
});

describe('learnWallets', () => {
  it('gives the same from the same, and leaves its input alone', () => {
    const before = world.spend.slice();
    expect(learnWallets('test', table, task(['halfNormal', 'quantile']))).toEqual(learnWallets('test', table, task(['halfNormal', 'quantile'])));
    expect(world.spend).toEqual(before);
  });

  it('leaves out rows without spend', () => {
    const spend = Float64Array.of(...world.spend, 0, NaN);
    const rows = { size: [...world.rows['size']!, 3, 900], sector: [...world.rows['sector']!, 'farm', 'sea'], tenure: [...world.rows['tenure']!, 0, 900] };
    const { state, trials } = learnWallets('test', parseTable('test', rows), task(['halfNormal'], { spend }));
    expect(trials[0]!.rows).toBe(300);
    expect(state).toEqual(states.get('halfNormal'));
  });

  it('takes a weight of 2 for the row twice', () => {
    const weights = world.spend.map((_, i) => 1 + (i % 2));
    const twice = [...world.spend.keys()].flatMap((i) => (i % 2 === 1 ? [i, i] : [i]));
    const rows = Object.fromEntries(FEATURES.map((name) => [name, twice.map((i) => world.rows[name]![i])]));
    for (const name of ['halfNormal', 'heavyTails'] as const) {
      const [a, b] = [learnWallets('test', table, task([name], { weights })), learnWallets('test', parseTable('test', rows), task([name], { spend: Float64Array.from(twice, (i) => world.spend[i]!) }))];
      const [first, second] = [a, b].map(({ state }) => WalletEstimator.from(state).estimate('test', table, world.spend, 0.9).wallet);
      for (let i = 0; i < 300; i += 20) expect(first![i]! / second![i]!).toBeCloseTo(1, name === 'halfNormal' ? 6 : 3);
    }
  });

  it('is free of the currency', () => {
    const spend = world.spend.map((amount) => amount * 1000);
    const { state } = learnWallets('test', table, task(['exponential'], { spend }));
    const there = WalletEstimator.from(state).estimate('test', table, spend, 0.9);
    const here = WalletEstimator.from(states.get('exponential')!).estimate('test', table, world.spend, 0.9);
    for (let i = 0; i < 300; i += 20) expect(there.wallet[i]! / here.wallet[i]!).toBeCloseTo(1000, 3);
  });

  it('says of each candidate how it fared, and why one was taken', () => {
    const { trials, chosen, why } = learnWallets('test', table, task(['halfNormal', 'exponential', 'quantile']));
    expect(trials.map(({ estimator, kind, status }) => [estimator, kind, status])).toEqual([['halfNormal', 'frontier', 'tried'], ['exponential', 'frontier', 'tried'], ['quantile', 'quantile', 'tried']]);
    expect(trials.filter((trial) => trial.chosen).map(({ estimator }) => estimator)).toEqual([chosen]);
    expect(trials[0]!.quantiles).toEqual([0.5, 0.8, 0.9, 0.95]);
    expect(trials[2]!.pinball.map((loss) => loss === null)).toEqual([true, true, false, true]);
    expect(trials[0]!.coverage[2]!).toBeGreaterThan(0.85);
    expect(trials[0]!.logError).toBeNull();
    expect(trials[0]!.timesSpend!).toBeGreaterThan(1.2);
    expect(why).toContain('300 customers');
    expect(why).toContain('Wallets known of a sample would tell');
  });

  it('lets known wallets decide where there are twenty or more', () => {
    const quantileWorld = createWorld('symmetric', 1500, 3);
    const known = quantileWorld.wallet.map((wallet, i) => (i % 5 === 0 ? wallet : i % 5 === 1 ? 0 : NaN));
    const asked = { spend: quantileWorld.spend, known };
    const { chosen, trials, why } = learnWallets('test', parseTable('test', quantileWorld.rows), task(['exponential', 'quantile'], asked));
    expect(chosen).toBe('quantile');
    expect(why).toContain('By the known wallets quantile did best');
    const errors = trials.map(({ logError }) => logError!);
    expect(errors[1]!).toBeLessThan(errors[0]!);
    expect(errors[1]!).toBeGreaterThan(0.25);
    const few = quantileWorld.wallet.map((wallet, i) => (i < 10 ? wallet : NaN));
    expect(learnWallets('test', parseTable('test', quantileWorld.rows), task(['exponential', 'quantile'], { ...asked, known: few })).chosen).toBe('exponential');
  });

  it('takes a quantile where the spend leans the wrong way', () => {
    const spend = world.spend.map((_, i) => 100 / world.spend[i]!);
    const { chosen, trials, why } = learnWallets('test', table, task(['halfNormal', 'truncatedNormal', 'heavyTails', 'treesFrontier', 'quantile'], { spend }));
    expect(chosen).toBe('quantile');
    expect(trials.slice(0, 4).every(({ status }) => status === 'noInefficiency')).toBe(true);
    expect(why).toContain('found no sign');
    expect(errorCode(() => learnWallets('test', table, task(['halfNormal'], { spend })))).toBe('NOT_IDENTIFIED');
  });

  it('reads drivers of the share, and explains by them', () => {
    const loyal = createWorld('driver', 800, 2);
    const rows = parseTable('test', loyal.rows);
    const { state, trials } = learnWallets('test', rows, task(['halfNormal', 'treesFrontier'], { spend: loyal.spend, shareDrivers: ['tenure'] }));
    expect(trials[1]!.status).toBe('notTried');
    const estimator = WalletEstimator.from(state);
    const with_ = figuresOf(loyal, estimator.estimate('test', rows, loyal.spend, 0.9).wallet);
    const without = figuresOf(loyal, WalletEstimator.from(learnWallets('test', rows, task(['halfNormal'], { spend: loyal.spend })).state).estimate('test', rows, loyal.spend, 0.9).wallet);
    expect(with_.logError).toBeLessThan(0.9 * without.logError);
    const { share } = estimator.explain('test', { size: 3, sector: 'farm', tenure: 2 });
    expect(share!.contributions[0]!.feature).toBe('tenure');
    expect(share!.contributions[0]!.direction).toBe('lowers');
    expect(estimator.logSurvival('test', rows, loyal.spend).every((value) => value <= 0)).toBe(true);
  });

  it('bears columns that say the same, a constant, blanks and rare levels', () => {
    const random = createRandom(3);
    const rows = { ...world.rows, twice: Array.from(world.rows['size'] as Float64Array, (x) => 2 * x), same: world.spend.map(() => 4), blank: world.spend.map(() => (random.uniform() < 0.2 ? NaN : random.normal())), rare: [...world.spend.keys()].map((i) => (i === 17 ? 'once' : 'often')) };
    const features = ['size', 'sector', 'tenure', 'twice', 'same', 'blank', 'rare'];
    const { state } = learnWallets('test', parseTable('test', rows), task(['halfNormal'], { features }));
    const { wallet, sharedLoadings } = WalletEstimator.from(state).estimate('test', parseTable('test', rows), world.spend, 0.9);
    const plain = WalletEstimator.from(states.get('halfNormal')!).estimate('test', table, world.spend, 0.9).wallet;
    for (let i = 0; i < 300; i += 20) expect(Math.abs(Math.log(wallet[i]! / plain[i]!))).toBeLessThan(0.2);
    expect(sharedLoadings.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('stops when told to, with the best so far', () => {
    const seen: number[] = [];
    const { trials, chosen } = learnWallets('test', table, task(['halfNormal', 'exponential', 'quantile'], { onProgress: ({ done, total }) => (seen.push(done, total), false) }));
    expect(seen).toEqual([1, 3]);
    expect(chosen).toBe('halfNormal');
    expect(trials.map(({ status }) => status)).toEqual(['tried', 'notTried', 'notTried']);
  });

  it('refuses too few who spend', () => {
    expect(errorCode(() => learnWallets('test', table, task('auto', { spend: world.spend.map((amount, i) => (i < 5 ? amount : 0)) })))).toBe('EMPTY_INPUT');
  });
});

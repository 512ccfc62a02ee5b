import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTable } from '../../../src/data/takeRows.js';
import { isClientelaError } from '../../../src/errors.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitKnownWallets, learnKnownWallets } from '../../../src/potential/known/fitKnownWallets.js';
import { KnownWallets } from '../../../src/potential/known/knownWallets.js';
import { knownWalletErrors } from '../../../src/potential/known/knownWalletErrors.js';

interface Customer {
  readonly size: number;
  readonly plan: string;
  readonly spend: number | null;
  readonly wallet: number | null;
}

/** Wallets log-normal about the profile, shares of wallet uniform products (close to Beta(2, 2)); some spend nothing, a part is known. */
function world(count: number, seed: number, knownShare = 0.3, bias = 0): { rows: Customer[]; truth: Float64Array } {
  const random = createRandom(seed);
  const truth = new Float64Array(count);
  const rows = Array.from({ length: count }, (_, i) => {
    const size = random.normal();
    const plan = ['basic', 'gold'][random.integer(2)]!;
    truth[i] = Math.exp(6 + 0.5 * size + (plan === 'gold' ? 0.4 : 0) + 0.3 * random.normal());
    const share = (random.uniform() + random.uniform() + random.uniform()) / 3;
    const spend = random.uniform() < 0.15 ? 0 : share * truth[i]!;
    const isKnown = random.uniform() < knownShare * Math.exp(bias * size);
    return { size, plan, spend, wallet: isKnown ? truth[i]! : null };
  });
  return { rows, truth };
}

const options = { spend: 'spend', wallet: 'wallet' } as const;
const small = world(400, 3);
const fitted = fitKnownWallets(small.rows, options);

function errorOf(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error;
    throw error;
  }
  return { code: 'none', message: '' };
}

describe('fitKnownWallets', () => {
  it('finds the wallets of the others: in truth, without bias, within intervals that hold', () => {
    const { rows, truth } = world(4000, 7, 0.12);
    const model = fitKnownWallets(rows, options);
    const columns = model.predict(rows);
    const rest = (spends: boolean): (number | null)[] => rows.map(({ wallet, spend }, i) => (wallet === null && spend! > 0 === spends ? truth[i]! : null));
    const [spenders] = knownWalletErrors({ model: columns }, { known: rest(true), spend: rows.map(({ spend }) => spend!) });
    expect(spenders!.customers).toBeGreaterThan(2500);
    // Profile alone: 0.3; the share spent here tells the rest.
    expect(spenders!.logError).toBeLessThan(0.28);
    expect(Math.abs(spenders!.totalRatio - 1)).toBeLessThan(0.03);
    expect(Math.abs(spenders!.coverage! - 0.9)).toBeLessThan(0.03);
    expect(spenders!.headroomRankCorrelation).toBeGreaterThan(0.6);
    // What the report promised of them.
    expect(Math.abs(spenders!.logError - model.report.chosen.logError)).toBeLessThan(0.03);
    expect(Math.abs(spenders!.coverage! - model.report.coverage)).toBeLessThan(0.04);
    const [others] = knownWalletErrors({ model: columns }, { known: rest(false) });
    expect(model.report.profileFrom).toBe('withoutSpend');
    expect(others!.logError).toBeLessThan(0.34);
    expect(others!.coverage).toBeGreaterThan(0.85);
  });

  it('carries what is uncertain into sums: the truth lies within two standard deviations in most worlds', () => {
    let held = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const { rows, truth } = world(600, 50 + seed, 0.2);
      const { wallet, ownVariance, sharedLoadings, sharedCount } = fitKnownWallets(rows, options).predict(rows);
      let [error, variance] = [0, 0];
      const shared = new Float64Array(sharedCount);
      rows.forEach(({ wallet: known }, i) => {
        if (known !== null) return;
        error += wallet[i]! - truth[i]!;
        variance += ownVariance[i]!;
        for (let k = 0; k < sharedCount; k++) shared[k]! += sharedLoadings[i * sharedCount + k]!;
      });
      const common = shared.reduce((sum, x) => sum + x * x, 0);
      expect(common).toBeGreaterThan(0.2 * variance);
      if (Math.abs(error) < 2 * Math.sqrt(variance + common)) held++;
    }
    expect(held).toBeGreaterThanOrEqual(7);
  });

  it('keeps every wallet at the spend or more, shares in [0, 1] and estimates within their intervals', () => {
    const odd = [...small.rows, { size: 40, plan: 'platinum', spend: 1e9, wallet: null }, { size: -40, plan: '', spend: null, wallet: null }, { size: 0, plan: 'gold', spend: 1e-9, wallet: null }];
    const columns = fitted.predict(odd);
    odd.forEach(({ spend }, i) => {
      const amount = spend ?? 0;
      const [wallet, lower, upper] = [columns.wallet[i]!, columns.walletLower[i]!, columns.walletUpper[i]!];
      expect(wallet >= amount && lower >= amount && lower <= wallet && wallet <= upper && Number.isFinite(upper)).toBe(true);
      const [share, low, high] = [columns.share[i]!, columns.shareLower[i]!, columns.shareUpper[i]!];
      expect(low >= 0 && low <= share && share <= high && high <= 1).toBe(true);
      if (amount === 0) expect(high).toBe(0);
      expect(columns.ownVariance[i]).toBeGreaterThanOrEqual(0);
    });
  });

  it('is the same in any order of rows and any unit of currency', () => {
    const plain = fitted.predict(small.rows).wallet;
    const order = shuffle(Uint32Array.from(small.rows.keys()), createRandom(9));
    const turned = fitKnownWallets(Array.from(order, (i) => small.rows[i]!), options).predict(small.rows).wallet;
    turned.forEach((wallet, i) => expect(wallet / plain[i]!).toBeCloseTo(1, 9));
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e6, noNaN: true }), (unit) => {
        const dear = small.rows.map((row) => ({ ...row, spend: row.spend! * unit, wallet: row.wallet === null ? null : row.wallet * unit }));
        fitKnownWallets(dear, options).predict(dear).wallet.forEach((wallet, i) => expect(wallet / unit / plain[i]!).toBeCloseTo(1, 6));
      }),
      { seed: 20261122, numRuns: 3 },
    );
  });

  it('survives JSON to the bit, and predicts a row as it predicts a batch', () => {
    const back = KnownWallets.fromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(back.predict(small.rows)).toEqual(fitted.predict(small.rows));
    expect(back.predictRow(small.rows[5]!).walletUpper).toBe(fitted.predict(small.rows).walletUpper[5]);
    expect([back.spend, back.features, back.confidence]).toEqual(['spend', ['size', 'plan'], 0.9]);
  });

  it('explains the wallet by profile', () => {
    const row = { size: 1, plan: 'gold', spend: 0 };
    const { baseline, contributions, margin, prediction } = fitted.explain(row);
    expect(contributions.map(({ feature, direction }) => [feature, direction])).toEqual([['size', 'raises'], ['plan', 'raises']]);
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 12);
    expect(Math.exp(margin)).toBeCloseTo(prediction, 9);
    expect(fitted.predictRow(row).wallet).toBeCloseTo(prediction, 9);
  });

  it('weighs the known so that they resemble all, and says how far they did not', () => {
    const { rows } = world(2000, 21, 0.12, 0.9);
    const report = fitKnownWallets(rows, options).report;
    const size = report.balance.find(({ name }) => name === 'size')!;
    expect(size.difference).toBeGreaterThan(0.4);
    expect(Math.abs(size.weighted)).toBeLessThan(0.3 * size.difference);
    expect(report.effectiveCustomers).toBeLessThan(report.known + report.knownWithoutSpend);
    const plain = fitKnownWallets(rows, { ...options, selection: 'none' }).report;
    expect(plain.balance.find(({ name }) => name === 'size')!.weighted).toBeCloseTo(size.difference, 9);
    expect(plain.warnings.some((warning) => warning.includes('size'))).toBe(true);
  });

  it('lets an expert count for less, and nobody for nothing', () => {
    const wild = small.rows.map((row, i) => ({ ...row, wallet: row.wallet !== null && i % 2 === 0 ? row.wallet * 3 : row.wallet, trust: i % 2 === 0 ? 0 : 1 }));
    const sober = fitKnownWallets(wild, { ...options, weights: 'trust', selection: 'none' });
    const without = fitKnownWallets(wild.map((row) => (row.trust === 0 ? { ...row, wallet: null } : row)), { ...options, features: ['size', 'plan'], selection: 'none' });
    expect(sober.predict(wild).wallet).toEqual(without.predict(wild).wallet);
    const half = fitKnownWallets(wild, { ...options, weights: wild.map(({ trust }) => (trust === 0 ? 0.05 : 1)), features: ['size', 'plan'] }).predict(wild).wallet;
    const full = fitKnownWallets(wild, { ...options, features: ['size', 'plan'] }).predict(wild).wallet;
    const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    expect(sum(half)).toBeLessThan(sum(full));
  });

  it('fits the form asked for; without standard errors nothing is shared', () => {
    for (const form of ['wallet', 'headroom', 'share'] as const) {
      const { report } = fitKnownWallets(small.rows, { ...options, form, standardErrors: 'none', folds: 4 });
      expect(report.trials.map((trial) => trial.form)).toEqual([form]);
      expect(fitted.report.trials.map((trial) => trial.form)).toContain(form);
    }
    const { sharedCount, sharedLoadings } = fitKnownWallets(small.rows, { ...options, standardErrors: 'none' }).predict(small.rows);
    expect([sharedCount, sharedLoadings.length]).toEqual([0, 0]);
    expect(fitted.report.trials[0]!.logError).toBe(Math.min(...fitted.report.trials.map(({ logError }) => logError)));
  });

  it('reports bands of spend that add up to the known', () => {
    const { bands, known } = fitted.report;
    expect(bands.reduce((sum, { customers }) => sum + customers, 0)).toBe(known);
    bands.forEach(({ from, to, known: mean, estimated }, i) => {
      expect(from).toBeLessThanOrEqual(to);
      if (i > 0) expect(from).toBeGreaterThanOrEqual(bands[i - 1]!.to);
      expect(estimated / mean).toBeGreaterThan(0.6);
      expect(estimated / mean).toBeLessThan(1.6);
    });
  });

  it('tells what it would have said of each known customer without it', () => {
    const { model, outOfFold } = learnKnownWallets('door', parseTable('door', small.rows), options);
    expect(outOfFold.filter((value) => value === value)).toHaveLength(model.report.known + model.report.knownWithoutSpend);
    const spenders = small.rows.map(({ wallet, spend }) => (spend! > 0 ? wallet : null));
    const { logError } = knownWalletErrors({ model: { wallet: outOfFold } }, { known: spenders })[0]!;
    // The report weighs the known for who was asked.
    expect(Math.abs(logError - model.report.chosen.logError)).toBeLessThan(0.02);
  });

  it('takes all known, wallets equal to the spend, columns that say the same, and wallets of 0 as nobody in the market', () => {
    const all = small.rows.map((row, i) => ({ ...row, wallet: small.truth[i]!, twin: 2 * row.size, flat: 3 }));
    expect(fitKnownWallets(all, options).report.effectiveCustomers).toBeCloseTo(400, 6);
    const full = small.rows.map((row) => ({ ...row, wallet: row.wallet === null ? null : row.spend }));
    const model = fitKnownWallets(full, options);
    expect(model.report.outOfMarket).toBeGreaterThan(0);
    const spending = full.filter(({ spend }) => spend! > 0);
    const { wallet, share } = model.predict(spending);
    spending.forEach(({ spend }, i) => expect(wallet[i]! / spend!).toBeLessThan(1.001));
    expect(Math.min(...share)).toBeGreaterThan(0.999);
  });

  it('refuses wallets below the spend with the row, or raises them when asked', () => {
    const bad = small.rows.map((row, i) => (i === 7 ? { ...row, spend: 100, wallet: 80 } : row));
    const { code, message } = errorOf(() => fitKnownWallets(bad, options));
    expect(code).toBe('INVALID_VALUE');
    expect(message).toBe(`fitKnownWallets needs every known wallet to be the spend or more, found 80 in column "wallet" and 100 in column "spend", row 7; correct it, leave it blank, or give belowSpend: 'raise'`);
    const { report } = fitKnownWallets(bad, { ...options, belowSpend: 'raise' });
    expect(report.raised).toBe(1);
    expect(report.warnings.some((warning) => warning.includes('raised'))).toBe(true);
  });

  it('refuses too few, amounts that are none, and options it does not know', () => {
    const few = small.rows.map((row, i) => (i < 60 ? row : { ...row, wallet: null }));
    const { code, message } = errorOf(() => fitKnownWallets(few, options));
    expect(code).toBe('NOT_IDENTIFIED');
    expect(message).toMatch(/^fitKnownWallets needs at least 30 customers who spend and whose wallet is known in column "wallet", found \d+; ask more/);
    const change = (row: object): object[] => small.rows.map((given, i) => (i === 3 ? { ...given, ...row } : given));
    const wrong = (given: readonly object[], changes: object = {}): string => errorOf(() => fitKnownWallets(given as Customer[], { ...options, ...changes } as typeof options)).code;
    expect(wrong(change({ spend: -1 }))).toBe('INVALID_VALUE');
    expect(wrong(change({ wallet: Infinity }))).toBe('NON_FINITE_VALUE');
    expect(wrong(change({ spend: 'much' }))).toBe('INVALID_VALUE');
    expect(wrong([])).toBe('EMPTY_INPUT');
    expect(wrong(small.rows, { wallet: 'purse' })).toBe('UNKNOWN_COLUMN');
    expect(wrong(small.rows, { wallet: 'spend' })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { features: ['size', 'spend'] })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { features: ['size', 'size'] })).toBe('DUPLICATE_COLUMN');
    expect(wrong(small.rows, { weights: [1] })).toBe('LENGTH_MISMATCH');
    expect(wrong(small.rows, { weights: small.rows.map(() => -1) })).toBe('INVALID_VALUE');
    expect(wrong(small.rows, { weights: small.rows.map(() => 0) })).toBe('NOT_IDENTIFIED');
    expect(wrong(small.rows, { confidence: 1 })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { confidence: 0.999 })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { folds: 1 })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { folds: 399 })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { form: 'square' })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { selection: true })).toBe('INVALID_OPTION');
    expect(wrong(small.rows, { feature: [] })).toBe('INVALID_OPTION');
  });
});

import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { fitMarketPotential } from '../../../src/potential/door/fitMarketPotential.js';
import { people, shown } from './people.js';

const rows = shown(people(240));
const fast = { spend: 'spend', features: ['size', 'sector'], estimators: ['halfNormal'], peers: 0 } as const;
const relative = (a: ArrayLike<number>, b: ArrayLike<number>, factor = 1): number => Math.max(...Array.from(a, (value, i) => Math.abs(value / (factor * b[i]!) - 1)));

describe('fitMarketPotential', () => {
  it('tries estimators on masked spend, takes one and says why', () => {
    const model = fitMarketPotential(rows, { spend: 'spend', features: ['size', 'sector'], estimators: ['halfNormal', 'quantile'], folds: 3 });
    const { report } = model;
    expect(report.trials.map(({ estimator }) => estimator).sort()).toEqual(['halfNormal', 'quantile']);
    expect(report.trials.find(({ chosen }) => chosen)!.estimator).toBe(report.estimator);
    expect(report.why.length).toBeGreaterThan(10);
    expect([report.customers, report.spenders, report.zeroShare, report.unknown]).toEqual([240, 240, 0, 0]);
    expect(report.participation.method).toBe('none');
    expect(report.warnings.join('; ')).toContain('nobody spends nothing');
    expect(report.warnings.join('; ')).toContain('spend alone does not tell the level of the wallets: intervals take the estimator for right');
    expect(report.present).toBeCloseTo(rows.reduce((sum, { spend }) => sum + spend, 0), 6);
    expect(report.potential.lower).toBeGreaterThan(report.present);
    expect(model.features).toEqual(['size', 'sector']);
  });

  it('finds wallets from spend alone in a world where they are known', () => {
    const world = people(600, { seed: 3 });
    const { wallet } = fitMarketPotential(shown(world), fast).predict(shown(world));
    const error = Math.sqrt(world.reduce((sum, one, i) => sum + Math.log(wallet[i]! / one.wallet) ** 2, 0) / world.length);
    const naive = Math.sqrt(world.reduce((sum, one) => sum + Math.log(one.spend / one.wallet) ** 2, 0) / world.length);
    expect(error).toBeLessThan(0.3);
    expect(error).toBeLessThan(naive / 2);
  });

  it('does not depend on the order of the rows, nor on the unit of the currency', () => {
    const found = fitMarketPotential(rows, fast).predict(rows);
    const turned = fitMarketPotential([...rows].reverse(), fast).predict(rows);
    expect(relative(turned.potential, found.potential)).toBeLessThan(1e-6);
    const large = rows.map((row) => ({ ...row, spend: row.spend * 1e7 }));
    const scaled = fitMarketPotential(large, fast).predict(large);
    for (const name of ['potential', 'headroom', 'wallet', 'potentialLower', 'potentialUpper'] as const) expect(relative(scaled[name], found[name], 1e7)).toBeLessThan(1e-5);
    expect(relative(scaled.share, found.share)).toBeLessThan(1e-5);
  });

  it('takes rows, columns and a frame alike, and a weight of 0 for no row', () => {
    const found = fitMarketPotential(rows, fast).predict(rows);
    const columns = { size: rows.map(({ size }) => size), sector: rows.map(({ sector }) => sector), spend: Float64Array.from(rows, ({ spend }) => spend) };
    expect(fitMarketPotential(columns, fast).predict(rows).potential).toEqual(found.potential);
    expect(fitMarketPotential(Frame.fromRows(rows), fast).predict(rows).potential).toEqual(found.potential);
    const more = [...rows, ...rows.slice(0, 50).map((row) => ({ ...row, spend: 1e6 }))];
    const weighted = fitMarketPotential(more, { ...fast, weights: more.map((_, i) => (i < 240 ? 1 : 0)) });
    expect(relative(weighted.predict(rows).potential, found.potential)).toBeLessThan(1e-6);
    expect(weighted.report.customers).toBe(240);
  });

  it('learns from 0 who spends at all, nothing from blanks, and tells both', () => {
    const some = [...shown(people(300, { zeros: 0.3 })), ...rows.slice(0, 20).map((row) => ({ ...row, spend: null }))];
    const { report } = fitMarketPotential(some, fast);
    expect([report.customers, report.unknown]).toEqual([300, 20]);
    expect(report.zeroShare).toBeGreaterThan(0.15);
    expect(report.participation).toMatchObject({ method: 'logistic', rate: 1 - report.zeroShare });
    const market = fitMarketPotential(some, { ...fast, zeros: 'wallet' });
    const { participation, potential, wallet } = market.predict(some);
    expect(participation.every((p) => p === 1)).toBe(true);
    expect(potential).toEqual(wallet);
    expect(market.report.participation.why).toContain('zeros');
  });

  it('learns from wallets known of a sample, and takes them where they foretell best', () => {
    const world = people(300, { seed: 5 });
    const asked = world.map(({ wallet, ...row }, i) => ({ ...row, said: i % 3 === 0 ? wallet * (i % 2 ? 1.02 : 0.98) : null }));
    const model = fitMarketPotential(asked, { ...fast, estimators: ['halfNormal', 'known'], knownWallets: 'said' });
    expect(model.report.known!.known).toBe(100);
    expect(model.report.estimator === 'known').toBe(model.report.known!.chosen.logError <= model.report.trials.find(({ chosen }) => chosen)!.logError!);
    const only = fitMarketPotential(asked, { ...fast, estimators: ['known'], knownWallets: 'said' });
    expect(only.report.estimator).toBe('known');
    const { potential, present } = only.predict(asked);
    expect(potential.every((amount, i) => amount >= present[i]!)).toBe(true);
    expect(only.attainability(asked).every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(only.explain(asked[0]!).wallet.length).toBeGreaterThan(0);
    const few = fitMarketPotential(asked.map((row, i) => ({ ...row, said: i < 20 ? row.said : null })), { ...fast, estimators: ['quantile', 'known'], knownWallets: 'said', folds: 2 });
    expect(few.report.known).toBeNull();
    expect(few.report.warnings.join('; ')).toContain('too few wallets are known in column "said"');
    const deaf = fitMarketPotential(asked, { ...fast, estimators: ['quantile'], knownWallets: 'said', folds: 2 });
    expect(deaf.report.warnings.join('; ')).toContain('\'known\' is not among the estimators');
  });

  it('lives with constant and repeated columns, and warns of them and of few spenders', () => {
    const odd = rows.slice(0, 60).map((row) => ({ ...row, one: 1, twice: 2 * row.size }));
    const { report } = fitMarketPotential(odd, { ...fast, estimators: ['quantile'], features: ['size', 'one', 'twice', 'sector'] });
    expect(report.aliased).toEqual(['one', 'twice']);
    expect(report.warnings.join('; ')).toContain('columns that tell nothing of their own: one, twice');
    expect(report.warnings.join('; ')).toContain('only 60 customers spend');
  });

  it('warns where spend leans the wrong way, and of one row that holds much of all spend', () => {
    const wrong = rows.map((row, i) => ({ ...row, spend: 100 * row.size * Math.exp((((i * 37) % 101) / 60) ** 2) }));
    const { report } = fitMarketPotential(wrong, { ...fast, estimators: ['halfNormal', 'quantile'] });
    expect(report.warnings.join('; ')).toContain('leans the wrong way');
    const heavy = fitMarketPotential(rows.map((row, i) => (i === 3 ? { ...row, spend: 1e6 } : row)), { ...fast, estimators: ['quantile'] });
    expect(heavy.report.warnings.join('; ')).toMatch(/one customer has 9\d % of all spend/);
  });

  it('checks the quantiles told of masked customers, in all and by group, and warns of a group where they are off', () => {
    // Sectors are no feature here, and hotels need twice as much.
    const { report } = fitMarketPotential(shown(people(400)), { ...fast, estimators: ['quantile'], features: ['size'], groups: ['sector'] });
    expect(report.coverage.map(({ dimension, name }) => [dimension, name])).toEqual([[null, null], ['sector', 'bar'], ['sector', 'hotel'], ['sector', 'shop']]);
    expect(report.coverage[0]!.customers).toBe(400);
    expect(report.coverage[0]!.figures.map(({ quantile }) => quantile)).toEqual([0.9]);
    expect(report.coverage[2]!.figures[0]!.below.upper).toBeLessThan(0.9);
    expect(report.warnings.join('; ')).toMatch(/with sector = hotel \d+ % spend less than the 0\.9 quantile told of them/);
  });

  it('stops at the best so far when asked, and says so', () => {
    const seen: number[] = [];
    const { report } = fitMarketPotential(rows, { ...fast, estimators: ['halfNormal', 'exponential', 'quantile'], onProgress: ({ done }) => seen.push(done) < 1 });
    expect(report.stopped).toBe(true);
    expect(report.trials.map(({ status }) => status)).toEqual(['tried', 'notTried', 'notTried']);
    expect(report.warnings[0]).toContain('onProgress ended the trials');
  });
});

describe('fitMarketPotential refuses', () => {
  const refuse = (data: readonly object[], options: object, code: string, message: RegExp | string): void => {
    expect(() => fitMarketPotential(data as never, { ...fast, ...options } as never)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  };

  it('spend that is none', () => {
    refuse(rows.map((row, i) => (i === 4 ? { ...row, spend: -2 } : row)), {}, 'INVALID_VALUE', /fitMarketPotential needs a spend of 0 or more, found -2 in column "spend", row 4/);
    refuse(rows.map((row, i) => (i === 4 ? { ...row, spend: Infinity } : row)), {}, 'NON_FINITE_VALUE', /found Infinity in column "spend", row 4/);
    refuse(rows.map((row) => ({ ...row, spend: 0 })), {}, 'NOT_IDENTIFIED', /at least 20 customers who spend to learn from, found 0 of 240 rows with a spend above 0 in column "spend"/);
    refuse(rows.slice(0, 1), {}, 'NOT_IDENTIFIED', /found 1 of 1 rows/);
    refuse(rows.map((row) => ({ ...row, spend: 5 })), {}, 'NOT_IDENTIFIED', /found 5 of every one in column "spend"/);
    refuse([], {}, 'EMPTY_INPUT', 'at least one row');
    refuse(rows, { spend: 'spent' }, 'UNKNOWN_COLUMN', 'did you mean "spend"');
  });

  it('customers twice, and features that are none', () => {
    refuse([...rows, rows[0]!], { customer: 'id' }, 'DUPLICATE_ID', 'found "c0" in rows 0 and 240');
    refuse(rows, { features: ['spend', 'size'] }, 'INVALID_OPTION', 'cannot use "spend" as a feature');
    refuse(rows, { features: ['size', 'size'] }, 'DUPLICATE_COLUMN', 'fitMarketPotential found "size" twice');
    refuse(rows, { features: ['sice'] }, 'UNKNOWN_COLUMN', 'fitMarketPotential found no column "sice"');
    refuse(rows.map((row) => ({ ...row, size: Infinity })), {}, 'NON_FINITE_VALUE', 'fitMarketPotential needs finite numbers, found Infinity in column "size", row 0');
    refuse(rows, { features: [] }, 'EMPTY_INPUT', 'at least one feature');
    refuse(rows, { groups: ['branch'] }, 'UNKNOWN_COLUMN', 'groups');
  });

  it('options it does not know, or that cannot be', () => {
    refuse(rows, { estimator: 'x' }, 'INVALID_OPTION', 'knows no option "estimator"');
    refuse(rows, { estimators: ['guess'] }, 'INVALID_OPTION', 'needs estimators as one of halfNormal');
    refuse(rows, { estimators: [] }, 'INVALID_OPTION', 'estimators');
    refuse(rows, { estimators: ['known'] }, 'INVALID_OPTION', "for the estimator 'known'");
    refuse(rows, { quantile: 1.2 }, 'INVALID_OPTION', 'needs quantile from 0.5 to below 1, found 1.2');
    refuse(rows, { confidence: 90 }, 'INVALID_OPTION', 'needs confidence between 0 and 1, found 90');
    refuse(rows, { weights: [1, 2] }, 'LENGTH_MISMATCH', 'needs weights as one number for each of the 240 rows, found 2');
    refuse(rows, { zeros: 'none' }, 'INVALID_OPTION', 'zeros');
    refuse(rows, { folds: 1 }, 'INVALID_OPTION', 'folds');
    refuse(rows, { features: 'size' }, 'INVALID_OPTION', 'needs features as an array');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { expectedCalibrationError } from '../../../src/evaluation/expectedCalibrationError.js';
import { rocAuc } from '../../../src/evaluation/rocAuc.js';
import { CaptureEase } from '../../../src/potential/ease/captureEase.js';
import type { CaptureEaseOptions } from '../../../src/potential/ease/captureEaseOptions.js';
import { fitCaptureEase } from '../../../src/potential/ease/fitCaptureEase.js';
import { quickWins } from '../../../src/potential/ease/quickWins.js';
import { errorCode } from '../../errorCode.js';
import { simulateWorld, type World } from './world.js';

const past = simulateWorld(1500);
const now = simulateWorld(4000, 8);
type Known = CaptureEaseOptions<'id' | 'plan' | 'visits' | 'satisfaction' | 'dip'>;
const fit = (world: World, options: Partial<Known> = {}): CaptureEase =>
  fitCaptureEase(world.rows, { potentials: world.potentials, later: world.later, customer: 'id', learner: 'logistic', ...options });
const ease = fit(past, { horizon: { years: 1 } });
const small = simulateWorld(150, 3);
const smallEase = fit(small, { calibration: 'platt' });
const rowOf = ({ potentials }: World, i: number): { present: number; potential: number; potentialLower: number; potentialUpper: number } => ({
  present: potentials.present[i]!,
  potential: potentials.potential[i]!,
  potentialLower: potentials.potentialLower[i]!,
  potentialUpper: potentials.potentialUpper[i]!,
});
const headroomOf = ({ potentials }: World): Float64Array => potentials.potential.map((amount, i) => amount - potentials.present[i]!);
const captured = (world: World, step = 0.2): number[] => Array.from(headroomOf(world), (room, i) => Number(world.later[i]! - world.potentials.present[i]! >= step * room));
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(tolerance);
};

describe('fitCaptureEase in a world whose probabilities are known', () => {
  const foretold = ease.predict(now.rows, now.potentials);

  it('ranks new customers nearly as the true probabilities do, and holds what it promises', () => {
    const labels = captured(now);
    expect(rocAuc(labels, foretold)).toBeGreaterThan(rocAuc(labels, now.truth) - 0.03);
    expect(expectedCalibrationError(labels, foretold)).toBeLessThan(0.035);
    expect(Math.sqrt(foretold.reduce((sum, p, i) => sum + (p - now.truth[i]!) ** 2, 0) / foretold.length)).toBeLessThan(0.1);
  });

  it('finds more of the later growth by headroom * ease than by either alone', () => {
    const room = headroomOf(now);
    const growth = (score: (row: number) => number): number => {
      const order = Array.from(room.keys()).sort((a, b) => score(b) - score(a));
      return order.slice(0, 400).reduce((sum, row) => sum + Math.min(room[row]!, Math.max(0, now.later[row]! - now.potentials.present[row]!)), 0);
    };
    const wins = quickWins(now.potentials, { ease: foretold, top: 400 }).wins;
    const both = wins.reduce((sum, { row }) => sum + Math.min(room[row]!, Math.max(0, now.later[row]! - now.potentials.present[row]!)), 0);
    expect(both).toBe(growth((row) => foretold[row]! * room[row]!));
    expect(both).toBeGreaterThan(1.1 * growth((row) => room[row]!));
    expect(both).toBeGreaterThan(1.5 * growth((row) => foretold[row]!));
  });

  it('reports figures of customers left out, which new customers confirm', () => {
    const { figures, baselines, groups, rankings, baseRate, growth, drivers, tried, warnings, ...counts } = ease.report;
    expect(counts).toEqual({ customers: 1500, learntFrom: 1500, withoutHeadroom: 0, absent: 0, newCustomers: 0, learner: 'logistic', calibration: ease.report.calibration });
    expect(Math.abs(figures!.auc!.estimate - rocAuc(captured(now), foretold))).toBeLessThan(0.04);
    expect(figures!.logLoss).toBeCloseTo(tried[0]!.logLoss, 12);
    expect(figures!.logLoss).toBeLessThan(baselines[0]!.logLoss);
    expect(baseRate.estimate).toBeCloseTo(captured(past).reduce((sum, label) => sum + label, 0) / 1500, 12);
    expect(groups.map(({ customers }) => customers)).toEqual(Array<number>(10).fill(150));
    expect(groups[0]!.captured.estimate).toBeGreaterThan(groups[9]!.captured.estimate + 0.4);
    expect(groups.reduce((sum, group) => sum + group.growth, 0)).toBeCloseTo(past.later.reduce((sum, amount, i) => sum + amount - past.potentials.present[i]!, 0), 6);
    expect(growth).toBeGreaterThan(0.1);
    expect(rankings.map(({ by }) => by)).toEqual(['capture', 'headroom', 'ease', 'present']);
    expect(rankings[0]!.topTenth).toBeGreaterThan(rankings[2]!.topTenth);
    expect(drivers[0]!.feature).toBe('satisfaction');
    expect(warnings).toEqual([]);
  });

  it('says what it adds to the present spend alone, and to the potentials alone', () => {
    const { baselines } = ease.report;
    expect(baselines.map(({ by }) => by)).toEqual(['rate', 'present', 'potentials']);
    for (const { added } of baselines) expect(added!.lower).toBeGreaterThan(0.1);
    const blind = fit(past, { features: [] });
    expect(blind.report.baselines.map(({ by }) => by)).toEqual(['rate', 'present']);
    expect(blind.report.warnings.join()).not.toMatch(/without error/);
    expect(blind.features).toEqual([]);
  });

  it('warns where growth after a bad year is all that there is', () => {
    const count = 400;
    const present = Float64Array.from({ length: count }, (_, i) => 20 + ((i * 37) % 80));
    // Everybody comes back to a usual year of about 60, of a wallet of 120.
    const later = Float64Array.from({ length: count }, (_, i) => 60 + ((i * 53) % 41) - 20);
    const model = fitCaptureEase({ noise: present.map((_, i) => (i * 29) % 31) }, { potentials: { present, potential: present.map(() => 120) }, later, learner: 'logistic' });
    expect(model.report.warnings.join()).toContain('not clearly better than one from the present spend alone');
    expect(model.report.baselines.find(({ by }) => by === 'present')!.auc!.estimate).toBeGreaterThan(0.85);
  });

  it('chooses trees where effects are no lines', () => {
    const count = 300;
    const rows = Array.from({ length: count }, (_, i) => ({ a: (i * 7) % 10, b: (i * 3) % 11 }));
    const present = new Float64Array(count).map((_, i) => 40 + (i % 13));
    const later = present.map((spend, i) => spend + ((rows[i]!.a < 5) === (rows[i]!.b < 5) && i % 10 < 9 ? 30 : 0));
    const model = fitCaptureEase(rows, { potentials: { present, potential: present.map((spend) => spend + 60 + (spend % 3)) }, later, folds: 3 });
    expect(model.report.learner).toBe('trees');
    expect(model.report.tried).toHaveLength(3);
    expect(model.report.figures!.auc!.estimate).toBeGreaterThan(0.85);
    const back = CaptureEase.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(JSON.stringify(back)).toBe(JSON.stringify(model));
    expect(back.explain(rows[0]!, { present: 40, potential: 100 }).reasons[0]!.feature).toMatch(/^[ab]$/);
  });
});

describe('an ease', () => {
  it('lies in [0, 1], is 0 without headroom, and one row is as the batch to the bit', () => {
    const some = { present: [10, 10, 0, 1e9], potential: [10, 10.05, 50, 3e9] };
    const rows = small.rows.slice(0, 4);
    const found = smallEase.predict(rows, some);
    expect(Array.from(found.subarray(0, 2))).toEqual([0, 0]);
    for (const p of found) expect(p >= 0 && p <= 1).toBe(true);
    rows.forEach((row, i) => expect(smallEase.predictRow(row, { present: some.present[i]!, potential: some.potential[i]! })).toBe(found[i]));
    expect(smallEase.predict([], { present: [], potential: [] })).toEqual(new Float64Array(0));
  });

  it('goes with its customers, whatever their order and the form of the data', () => {
    const straight = smallEase.predict(small.rows, small.potentials);
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from(small.rows.keys()), { minLength: 1 }), (order) => {
        const pick = (values: Float64Array): number[] => order.map((i) => values[i]!);
        const { present, potential, potentialLower, potentialUpper } = small.potentials;
        const part = { present: pick(present), potential: pick(potential), potentialLower: pick(potentialLower), potentialUpper: pick(potentialUpper) };
        expect(Array.from(smallEase.predict(order.map((i) => small.rows[i]!), part))).toEqual(pick(straight));
      }),
      { seed: 20261122, numRuns: 10 },
    );
    expect(smallEase.predict(Frame.fromRows(small.rows), small.potentials)).toEqual(straight);
    const columns = { satisfaction: small.rows.map((row) => row.satisfaction), visits: small.rows.map((row) => row.visits), plan: small.rows.map((row) => row.plan), dip: small.rows.map((row) => row.dip) };
    expect(smallEase.predict(columns, small.potentials)).toEqual(straight);
  });

  it('does not ask for the currency: all amounts a thousand times as large give the same', () => {
    const scaled = (world: World): World => {
      const { customers, present, potential, potentialLower, potentialUpper } = world.potentials;
      const times = (values: Float64Array): Float64Array => values.map((value) => 1000 * value);
      return { ...world, later: times(world.later), potentials: { customers, present: times(present), potential: times(potential), potentialLower: times(potentialLower), potentialUpper: times(potentialUpper) } };
    };
    near(fit(scaled(small), { calibration: 'platt' }).predict(small.rows, scaled(small).potentials), smallEase.predict(small.rows, small.potentials), 1e-7);
  });

  it('explains itself in the words of its reader', () => {
    const i = small.rows.findIndex((row) => row.plan === 'gold');
    const { ease: p, by, baseline, margin, reasons } = smallEase.explain(small.rows[i]!, rowOf(small, i), { words: { plan: 'the plan', 'potential.share': 'our share' } });
    expect(by).toBe('model');
    expect(p).toBe(smallEase.predictRow(small.rows[i]!, rowOf(small, i)));
    expect(reasons.reduce((sum, { contribution }) => sum + contribution, baseline!)).toBeCloseTo(margin!, 10);
    const plan = reasons.find(({ feature }) => feature === 'plan')!;
    expect(plan).toMatchObject({ value: 'gold', direction: 'raises', text: expect.stringContaining('the plan = gold raises the odds') as string });
    const share = reasons.find(({ feature }) => feature === 'potential.share')!;
    expect(share.text).toContain('our share = ');
    expect(share.value).toBeCloseTo(rowOf(small, i).present / rowOf(small, i).potential, 12);
    expect(reasons.find(({ feature }) => feature === 'potential.headroom')!.value).toBeCloseTo(rowOf(small, i).potential - rowOf(small, i).present, 9);
    const strength = reasons.map(({ contribution }) => Math.abs(contribution));
    expect(strength).toEqual([...strength].sort((a, b) => b - a));
    expect(smallEase.explain(small.rows[i]!, rowOf(small, i), { top: 2 }).reasons).toHaveLength(2);
    expect(smallEase.explain(small.rows[i]!, { present: 10, potential: 10 })).toEqual({ ease: 0, by: 'noHeadroom', baseline: null, margin: null, reasons: [] });
  });

  it('knows whoever spends nothing, and takes missing values and unseen levels', () => {
    const rows = small.rows.map((row, i) => ({ ...row, visits: i % 9 === 0 ? null : row.visits, plan: i % 11 === 0 ? null : row.plan }));
    const present = small.potentials.present.map((spend, i) => (i % 4 === 0 ? 0 : spend));
    const potentials = { present, potential: small.potentials.potential, participation: present.map((spend) => (spend > 0 ? 1 : 0.4)), share: present.map((spend, i) => spend / small.potentials.potential[i]!) };
    const model = fitCaptureEase(rows, { potentials, later: small.later, features: ['visits', 'plan'], learner: 'logistic', calibration: 'none' });
    for (const p of model.predict(rows, potentials)) expect(p > 0 && p < 1).toBe(true);
    expect(model.predictRow({ visits: null, plan: 'platinum' }, { present: 0, potential: 100, participation: 0.4 })).toBeGreaterThan(0);
  });
});

describe('the later spend', () => {
  const { rows, potentials, later } = small;
  const plain = { learner: 'logistic', calibration: 'none', features: ['satisfaction'] } as const;

  it('is taken by row, by column and by customer alike', () => {
    const byRow = fitCaptureEase(rows, { ...plain, potentials, later });
    const byColumn = fitCaptureEase(rows.map((row, i) => ({ ...row, later: later[i]! })), { ...plain, potentials, later: 'later' });
    const order = Array.from(rows.keys()).reverse();
    const byCustomer = fitCaptureEase(rows, { ...plain, potentials, later: { customers: [...order.map((i) => rows[i]!.id), 'new'], values: Float64Array.from([...order.map((i) => later[i]!), 5]) } });
    expect(JSON.stringify(byColumn)).toBe(JSON.stringify(byRow));
    expect(byCustomer.report.newCustomers).toBe(1);
    expect(byCustomer.predict(rows, potentials)).toEqual(byRow.predict(rows, potentials));
  });

  it('missing counts as 0, or leaves the customer out', () => {
    const gaps = Float64Array.from(later, (amount, i) => (i % 3 === 0 ? NaN : amount));
    const zero = fitCaptureEase(rows, { ...plain, potentials, later: gaps });
    expect(zero.report).toMatchObject({ absent: 50, learntFrom: 150 });
    expect(zero.report.warnings.join()).toContain('33 % of the customers have no later spend');
    const out = fitCaptureEase(rows, { ...plain, potentials, later: gaps, absent: 'leaveOut' });
    expect(out.report).toMatchObject({ absent: 50, learntFrom: 100 });
    expect(out.report.baseRate.estimate).toBeGreaterThan(zero.report.baseRate.estimate);
  });

  it('is learnt by weight: 0 is no row, and the rate counts customers', () => {
    const weights = rows.map((_, i) => (i % 5 === 0 ? 0 : 2));
    const weighted = fitCaptureEase(rows, { ...plain, potentials, later, weights });
    const labels = captured(small).filter((_, i) => i % 5 !== 0);
    expect(weighted.report.learntFrom).toBe(120);
    expect(weighted.report.baseRate.estimate).toBeCloseTo(labels.reduce((sum, label) => sum + label, 0) / 120, 12);
  });

  it('nobody or everybody captures, or too few are there: all have the rate, and a warning says so', () => {
    const none = fitCaptureEase(rows, { potentials, later: potentials.present.map((spend) => 0.9 * spend) });
    expect(none.report).toMatchObject({ learner: 'rate', figures: null, baselines: [] });
    expect(none.report.warnings[0]).toContain('do not tell who captures more easily');
    expect(none.features).toEqual([]);
    expect(none.predictRow({}, { present: 5, potential: 20 })).toBe(1 / 152);
    expect(none.explain({}, { present: 5, potential: 20 })).toEqual({ ease: 1 / 152, by: 'rate', baseline: null, margin: null, reasons: [] });
    const all = fitCaptureEase(rows, { potentials, later: potentials.potential });
    expect(all.predictRow({}, { present: 5, potential: 20 })).toBe(151 / 152);
    const few = fitCaptureEase(rows.slice(0, 4), { potentials: { present: [1, 1, 1, 1], potential: [2, 2, 2, 2] }, later: [2, 1, 1, 1] });
    expect(few.predictRow({}, { present: 1, potential: 2 })).toBe(2 / 6);
    expect(JSON.stringify(CaptureEase.fromJSON(JSON.parse(JSON.stringify(few))))).toBe(JSON.stringify(few));
    expect(errorCode(() => fitCaptureEase(rows, { potentials: { present: potentials.present, potential: potentials.present }, later }))).toBe('NOT_IDENTIFIED');
  });

  it('warns of a column that knows the outcome, and of a market that moved', () => {
    const telling = fitCaptureEase(rows.map((_, i) => ({ won: later[i]! / potentials.present[i]!, x: i % 3 })), { potentials, later: later.map((amount) => 1.01 * amount), learner: 'logistic' });
    expect(telling.report.warnings.join()).not.toContain('x alone');
    const known = fitCaptureEase(rows.map((_, i) => ({ won: (later[i]! - potentials.present[i]!) / (potentials.potential[i]! - potentials.present[i]!) })), { potentials, later, learner: 'logistic' });
    expect(known.report.warnings.join()).toContain('won alone tell');
    const inflated = fitCaptureEase(rows, { ...plain, potentials, later: later.map((amount) => 1.4 * amount) });
    expect(inflated.report.warnings.join()).toMatch(/all spend together changed by \d+ %/);
  });
});

describe('fitCaptureEase refuses', () => {
  const { rows, potentials, later } = small;
  const base = { potentials, later };
  const cases: [string, string, () => unknown][] = [
    ['one snapshot given twice', 'INVALID_INPUT', () => fitCaptureEase(rows, { potentials, later: potentials.present })],
    ['a feature that is the later spend', 'INVALID_INPUT', () => fitCaptureEase(rows.map((row, i) => ({ ...row, next: later[i]! })), base)],
    ['a feature with another role', 'INVALID_OPTION', () => fitCaptureEase(rows.map((row, i) => ({ ...row, next: later[i]! })), { potentials, later: 'next', features: ['next'] })],
    ['a name it keeps for itself', 'INVALID_OPTION', () => fitCaptureEase(rows.map((row) => ({ ...row, 'potential.share': 1 })), base)],
    ['no rows', 'EMPTY_INPUT', () => fitCaptureEase([], { potentials: { present: [], potential: [] }, later: [] })],
    ['a later spend of another length', 'LENGTH_MISMATCH', () => fitCaptureEase(rows, { potentials, later: [1, 2] })],
    ['potentials of another length', 'LENGTH_MISMATCH', () => fitCaptureEase(rows.slice(1), base)],
    ['potentials of other customers', 'INVALID_INPUT', () => fitCaptureEase([...rows].reverse(), { ...base, customer: 'id' })],
    ['a customer twice', 'DUPLICATE_ID', () => fitCaptureEase(rows, { ...base, potentials: { ...potentials, customers: rows.map(() => 'a') } })],
    ['a later customer twice', 'DUPLICATE_ID', () => fitCaptureEase(rows, { potentials, later: { customers: ['c1', 'c1'], values: new Float64Array(2) } })],
    ['later customers whom nobody knows', 'UNKNOWN_ID', () => fitCaptureEase(rows, { potentials, later: { customers: [1, 2], values: new Float64Array(2) } })],
    ['values of customers where nobody is named', 'INVALID_INPUT', () => fitCaptureEase(rows, { potentials: { ...potentials, customers: null }, later: { customers: ['c1'], values: new Float64Array(1) } })],
    ['fewer values than customers', 'LENGTH_MISMATCH', () => fitCaptureEase(rows, { potentials, later: { customers: ['c1'], values: new Float64Array(2) } })],
    ['an infinite later spend', 'NON_FINITE_VALUE', () => fitCaptureEase(rows, { potentials, later: later.map((amount, i) => (i === 3 ? Infinity : amount)) })],
    ['a negative later spend', 'INVALID_VALUE', () => fitCaptureEase(rows, { potentials, later: later.map((amount, i) => (i === 3 ? -1 : amount)) })],
    ['text for a later spend', 'INVALID_VALUE', () => fitCaptureEase(rows, { potentials, later: rows.map(() => 'much') as unknown as number[] })],
    ['a later spend that is none', 'INVALID_OPTION', () => fitCaptureEase(rows, { potentials, later: 7 as unknown as number[] })],
    ['NaN in a potential', 'NON_FINITE_VALUE', () => fitCaptureEase(rows, { potentials: { ...potentials, potential: potentials.potential.map((amount, i) => (i === 0 ? NaN : amount)) }, later })],
    ['no potentials', 'INVALID_INPUT', () => fitCaptureEase(rows, { later } as unknown as CaptureEaseOptions<never>)],
    ['a step of 0', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, step: 0 })],
    ['an unknown option', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, steps: 0.2 } as unknown as CaptureEaseOptions<never>)],
    ['an unknown learner', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, learner: 'forest' as 'trees' })],
    ['a share of 1', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, minHeadroomShare: 1 })],
    ['a confidence of 1', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, confidence: 1 })],
    ['one fold', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, folds: 1 })],
    ['a horizon of nothing', 'INVALID_OPTION', () => fitCaptureEase(rows, { ...base, horizon: {} })],
    ['an unknown column', 'UNKNOWN_COLUMN', () => fitCaptureEase(rows, { ...base, features: ['age' as 'visits'] })],
    ['rows and potentials of different length, predicting', 'LENGTH_MISMATCH', () => smallEase.predict(rows.slice(1), potentials)],
    ['a row without its columns', 'UNKNOWN_COLUMN', () => smallEase.predictRow({ visits: 1 }, { present: 1, potential: 2 })],
    ['a row without its potential', 'INVALID_INPUT', () => smallEase.predictRow(rows[0]!, undefined as unknown as { present: 1; potential: 2 })],
    ['an unknown option of a reason', 'INVALID_OPTION', () => smallEase.explain(rows[0]!, rowOf(small, 0), { first: 2 } as object)],
  ];
  it.each(cases)('%s', (_, code, run) => {
    expect(errorCode(run)).toBe(code);
  });
});

describe('a stored ease', () => {
  it('survives JSON to the bit, in finite plain numbers and names', () => {
    const json = JSON.parse(JSON.stringify(smallEase)) as Record<string, unknown>;
    expect(json).toMatchObject({ format: 'CaptureEase', formatVersion: 1 });
    const back = CaptureEase.fromJSON(json);
    expect(JSON.stringify(back)).toBe(JSON.stringify(smallEase));
    expect(JSON.stringify(json)).toBe(JSON.stringify(smallEase));
    expect(back.predict(small.rows, small.potentials)).toEqual(smallEase.predict(small.rows, small.potentials));
    expect([back.step, back.horizon, ease.horizon]).toEqual([0.2, null, '1y']);
    expect(back.features).toEqual(['satisfaction', 'visits', 'plan', 'dip']);
    for (const bad of [null, {}, { ...json, format: 'Ease' }, { ...json, step: null }, { ...json, model: undefined }]) expect(errorCode(() => CaptureEase.fromJSON(bad))).toBe('MODEL_FORMAT');
    expect(errorCode(() => CaptureEase.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
  });

  it('of the first version is read, and predicts what it predicted when it was stored', () => {
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/potential/CaptureEase.v1.json'), 'utf8')) as { model: unknown; rows: World['rows']; potentials: World['potentials']; predictions: number[] };
    near(CaptureEase.fromJSON(stored.model).predict(stored.rows, stored.potentials), stored.predictions, 1e-12);
  });
});

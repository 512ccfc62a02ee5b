import { describe, expect, it } from 'vitest';
import { ChurnScore } from '../../../src/churn/score/churnScore.js';
import type { ChurnScoreOptions } from '../../../src/churn/score/churnOptions.js';
import { fitChurnScore } from '../../../src/churn/score/fitChurnScore.js';
import { Frame } from '../../../src/data/frame.js';
import { logLoss } from '../../../src/evaluation/logLoss.js';
import { rocAuc } from '../../../src/evaluation/rocAuc.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitTargetScore } from '../../../src/scores/fitTargetScore.js';
import { errorCode as code } from '../../errorCode.js';

interface Member {
  readonly id: number;
  readonly asOf: string;
  readonly recencyDays: number;
  readonly tenure: number;
  readonly plan: string;
  readonly complaints: number | null;
  readonly noise: number;
  readonly truth: number;
  readonly left: string;
}

/** Members at six moments; the log-odds of leaving are a hump of tenure, complaints, plan and silence. */
function members(count: number, seed = 5): Member[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const recencyDays = Math.floor(60 * random.uniform());
    const tenure = Math.floor(60 * random.uniform());
    const complaints = random.uniform() < 0.7 ? 0 : 1 + random.integer(3);
    const plan = ['basic', 'plus', 'gold'][random.integer(3)]!;
    const truth = 1 / (1 + Math.exp(2.6 - 0.02 * recencyDays - 0.8 * complaints + (plan === 'gold' ? 1.2 : 0) - (tenure > 10 && tenure < 25 ? 1.5 : 0)));
    return {
      id: i % Math.floor(count / 2),
      asOf: `2026-0${1 + (i % 6)}-01`,
      recencyDays,
      tenure,
      plan,
      complaints: random.uniform() < 0.05 ? null : complaints,
      noise: random.normal(),
      truth,
      left: random.uniform() < truth ? 'yes' : 'no',
    };
  });
}
const known = members(3000);
const fresh = members(2000, 6);
const labels = fresh.map(({ left }) => (left === 'yes' ? 1 : 0));
const frame = Frame.fromRows(known, { id: 'id', asOf: 'date' });
const options = { target: 'left', exclude: ['truth', 'id', 'asOf'] } as const;
const score = fitChurnScore(known, options);

describe('fitChurnScore from a table', () => {
  it('gives probabilities near the truth for customers it has not seen, and says how near', () => {
    const probabilities = score.predict(fresh);
    expect(logLoss(labels, probabilities) - logLoss(labels, fresh.map(({ truth }) => truth))).toBeLessThan(0.015);
    const { report } = score;
    expect(Math.abs(report.auc.estimate - rocAuc(labels, probabilities))).toBeLessThan(0.03);
    expect(report.intervals.logLoss.estimate).toBeCloseTo(report.logLoss, 12);
    expect(report.intervals.brierScore.estimate).toBeCloseTo(report.brierScore, 12);
    expect(report.intervals.calibrationError.estimate).toBeCloseTo(report.calibrationError, 12);
    expect(report.intervals.logLoss.lower).toBeLessThan(logLoss(labels, probabilities));
    expect(report.intervals.logLoss.upper).toBeGreaterThan(logLoss(labels, probabilities));
    expect(report.topDecileLift.lower).toBeGreaterThan(1.5);
    expect(report).toMatchObject({ validation: 'cross-validation', isBelievable: true, design: [] });
    expect(report.verdict).toMatch(/^on customers it has not seen it ranks with an AUC of 0\.\d\d \(0\.\d\d to 0\.\d\d\), the highest tenth holds \d\.\d .* times as many leavers as chance, and its probabilities are off by 0\.\d{3} on average$/);
    expect(score).toMatchObject({ target: 'left', positive: 'yes', direction: 'leave' });
  });

  it('tries four ways of learning, and takes the simplest within a standard error of the best', () => {
    const { tried, method } = score.report;
    expect(new Set(tried.map((trial) => trial.method))).toEqual(new Set(['logistic', 'elastic net', 'additive', 'boosted trees']));
    // The hump of tenure is no line, and no interaction needs trees.
    expect(method).toBe('additive');
    const straight = members(3000, 9).map(({ tenure: _, ...row }) => ({ ...row, left: createRandom(row.id * 7 + row.recencyDays).uniform() < 1 / (1 + Math.exp(1 - 0.05 * row.recencyDays)) ? 1 : 0 }));
    expect(['logistic', 'elastic net']).toContain(fitChurnScore(straight, { target: 'left', features: ['recencyDays', 'noise', 'plan'] }).report.method);
  });

  it('beats the days since the last purchase alone, and says by how much', () => {
    const { baseline, profit } = score.report;
    expect(baseline!.feature).toBe('recencyDays');
    expect(baseline!.aucGain.lower).toBeGreaterThan(0.05);
    expect(baseline!.logLossGain.lower).toBeGreaterThan(0.01);
    expect(baseline!.auc + baseline!.aucGain.estimate).toBeCloseTo(score.report.auc.estimate, 12);
    expect(baseline!.logLoss - baseline!.logLossGain.estimate).toBeCloseTo(score.report.logLoss, 12);
    expect(profit!.expectedProfit).toBeGreaterThan(baseline!.expectedProfit!);
    const alone = fitChurnScore(known, { target: 'left', features: ['recencyDays', 'noise'], methods: ['logistic'] }).report;
    expect(alone.verdict).toContain('not surely better than recencyDays alone');
    expect(fitChurnScore(known, { target: 'left', features: ['tenure', 'plan'], methods: ['logistic'] }).report.baseline).toBeNull();
    expect(fitChurnScore(known, { target: 'left', features: ['tenure', 'plan'], baseline: 'tenure', methods: ['logistic'] }).report.baseline!.feature).toBe('tenure');
  });

  it('keeps the rate of the data, however rare the event is: decisions belong to costs', () => {
    const random = createRandom(3);
    const rare = members(6000, 8).map((row) => ({ ...row, left: random.uniform() < row.truth / 6 ? 1 : 0 }));
    const of = fitChurnScore(rare, { ...options, methods: ['logistic'] });
    const mean = of.predict(rare).reduce((sum, p) => sum + p, 0) / rare.length;
    expect(Math.abs(mean - of.report.baseRate.estimate)).toBeLessThan(0.004);
    expect(of.report.baseRate.estimate).toBeLessThan(0.05);
    expect(of.report.calibrationError).toBeLessThan(0.015);
  });

  it('is judged on later moments where they are known, from rows whose outcome was over by then', () => {
    const { report } = fitChurnScore(frame, { target: 'left', exclude: ['truth'], horizon: { months: 1 }, methods: ['logistic'] });
    expect(report.validation).toBe('out of time');
    expect(report.testFrom).toBe(Date.UTC(2026, 4, 1));
    expect(report.testRows).toBe(1000);
    expect(report.baseRate.moments.map(({ rows }) => rows)).toEqual(Array.from({ length: 6 }, () => 500));
    expect(report.baseRate.moments.reduce((sum, { events }) => sum + events, 0)).toBe(report.events);
    expect(report.baseRate.driftP).toBeGreaterThan(0.001);
    const drifting = frame.withColumn('left', known.map((row) => (row.asOf > '2026-03-15' ? row.left : row.truth > 0.6 ? 'yes' : 'no')));
    expect(fitChurnScore(drifting, { target: 'left', exclude: ['truth'], horizon: { months: 1 }, methods: ['logistic'] }).report.baseRate.driftP).toBeLessThan(0.001);
  });

  it('keeps all rows of a customer in one fold, by the column of kind id or the one named', () => {
    const random = createRandom(31);
    const panel = Array.from({ length: 60 }, (_, client) => ({ client, town: `t${client}`, label: random.uniform() < 0.5 ? 1 : 0 })).flatMap((row) => Array.from({ length: 25 }, () => ({ ...row, noise: random.normal() })));
    const named = fitChurnScore(panel, { target: 'label', customer: 'client', methods: ['logistic'] }).report;
    expect(named.groupedBy).toBe('client');
    expect(named.leftOut).toContainEqual({ column: 'client', reason: 'identifier' });
    expect(named.auc.estimate).toBeLessThan(0.65);
    expect(named.isBelievable).toBe(false);
    expect(named.verdict).toMatch(/^do not use this score: .*no evidence that it ranks better than chance/);
    const byKind = fitChurnScore(Frame.fromRows(panel, { client: 'id' }), { target: 'label', methods: ['logistic'] }).report;
    expect(byKind.auc).toEqual(named.auc);
  });

  it('says not to believe a column that knows the outcome', () => {
    const leaky = known.map((row, i) => ({ ...row, closingCall: row.left === 'yes' && i % 40 > 0 ? 1 : 0 }));
    const { report } = fitChurnScore(leaky, { ...options, methods: ['logistic'] });
    expect(report.isBelievable).toBe(false);
    expect(report.verdict).toContain('column "closingCall"');
  });

  it('explains a customer in the words of customers, and knows who is inclined', () => {
    const row = { recencyDays: 50, tenure: 15, plan: 'basic', complaints: 3, noise: 0 };
    const [first] = score.explain(row, { top: 1, words: { complaints: 'complaints this year' } });
    expect(first!.text).toMatch(/^complaints this year = 3 raises the odds \d/);
    const logOdds = (of: object): number => Math.log(score.predictRow(of) / (1 - score.predictRow(of)));
    const sum = (of: object): number => score.explain(of).reduce((total, { contribution }) => total + contribution, 0);
    const other = { ...row, complaints: 0, plan: 'gold' };
    expect(sum(row) - sum(other)).toBeCloseTo(logOdds(row) - logOdds(other), 9);
    expect(score.profiles().most.map(({ feature }) => feature)).toContain('complaints');
    expect(score.rules().most.length).toBeGreaterThan(0);
    expect(score.rules().most.every(({ lift }) => lift > 1)).toBe(true);
    expect(score.unseen([{ ...row, plan: 'platinum' }])).toEqual([{ column: 'plan', value: 'platinum', rows: 1, takenAs: 'average' }]);
  });

  it('chooses by costs that differ between customers, as one by one', () => {
    const rows = fresh.slice(0, 200);
    const customerValue = rows.map((_, i) => 20 + (i % 7) * 60);
    const costs = { customerValue, contactCost: 1, incentiveCost: rows.map((_, i) => i % 3), acceptance: 0.25 };
    const { probabilities, thresholds, expectedGain, chosen } = score.decide(rows, costs);
    rows.forEach((row, i) => {
      const threshold = score.threshold({ customerValue: customerValue[i]!, contactCost: 1, incentiveCost: i % 3, acceptance: 0.25 });
      expect(thresholds[i]).toBe(threshold);
      const p = score.predictRow(row);
      expect(expectedGain[i]).toBeCloseTo(p * (0.25 * (customerValue[i]! - (i % 3)) - 1) - (1 - p) * (1 + (i % 3)), 10);
      expect(chosen.includes(i)).toBe(probabilities[i]! > threshold);
    });
    expect([...chosen].every((row, k) => k === 0 || expectedGain[row]! <= expectedGain[chosen[k - 1]!]!)).toBe(true);
  });

  it('cuts by costs where the profit of the report is largest, as calibrated probabilities do', () => {
    const { profit } = score.report;
    const cut = score.threshold({ customerValue: 200, incentiveCost: 10, contactCost: 1, acceptance: 0.3 });
    const p = score.predict(fresh);
    const profitAt = (from: number): number => fresh.reduce((sum, { left }, i) => sum + (p[i]! < from ? 0 : left === 'yes' ? 0.3 * 190 - 1 : -11), 0) / fresh.length;
    const best = Math.max(...Array.from({ length: 100 }, (_, k) => profitAt(k / 100)));
    expect(profitAt(cut)).toBeGreaterThan(0.97 * best);
    expect(Math.abs(profitAt(cut) - profit!.maximumProfit)).toBeLessThan(0.15 * profit!.maximumProfit);
  });

  it('learns deepening as well, without the profit of retention', () => {
    const deepen = fitChurnScore(known, { ...options, direction: 'deepen', methods: ['logistic'] });
    expect(deepen.report.profit).toBeNull();
    expect(deepen.report.baseline!.expectedProfit).toBeNull();
    expect(deepen.report.verdict).toContain('customers who deepen');
    expect(deepen.predict(fresh)).toEqual(fitChurnScore(known, { ...options, methods: ['logistic'] }).predict(fresh));
  });

  it('is the target score of the same method, with more said about it', () => {
    const same = fitTargetScore(known, { ...options, methods: ['boosted trees'] });
    const churn = fitChurnScore(known, { ...options, methods: ['boosted trees'] });
    expect(churn.predict(fresh)).toEqual(same.predict(fresh));
    expect(churn.report).toMatchObject({ auc: same.report.auc, logLoss: same.report.logLoss, gains: same.report.gains });
  });

  it('travels as JSON to the bit, frozen, with no customer in it', () => {
    const text = JSON.stringify(score);
    const back = ChurnScore.fromJSON(JSON.parse(text));
    expect(back.predict(fresh)).toEqual(score.predict(fresh));
    expect(JSON.stringify(back) === text).toBe(true);
    expect(back.report).toEqual(score.report);
    expect(() => (score.report.warnings as string[]).push('x')).toThrow(TypeError);
    expect(() => ((score.report as { verdict: string }).verdict = 'fine')).toThrow(TypeError);
    expect(text.length).toBeLessThan(100_000);
    expect(code(() => ChurnScore.fromJSON({ ...JSON.parse(text), score: undefined }))).toBe('MODEL_FORMAT');
    expect(code(() => ChurnScore.fromJSON({ ...JSON.parse(text), formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(code(() => ChurnScore.fromJSON({ ...JSON.parse(text), format: 'TargetScore' }))).toBe('MODEL_FORMAT');
  });

  it('gives the same whatever the form of the data', () => {
    const columns = Object.fromEntries(Object.keys(known[0]!).map((name) => [name, known.map((row) => row[name as keyof Member])]));
    const other = fitChurnScore(columns, { ...options, methods: ['logistic'] } as ChurnScoreOptions);
    const first = fitChurnScore(known, { ...options, methods: ['logistic'] });
    expect(JSON.stringify(other) === JSON.stringify(first)).toBe(true);
    expect(first.predict(fresh.slice(5, 9))).toEqual(first.predict(fresh).slice(5, 9));
  });

  it('refuses what cannot be', () => {
    const fit = (more: object, data: readonly object[] = known): string => code(() => fitChurnScore(data as readonly Member[], { ...options, ...more } as ChurnScoreOptions<keyof Member>));
    expect(fit({ classWeight: 'balanced' })).toBe('INVALID_OPTION');
    expect(fit({ methods: ['forest'] })).toBe('INVALID_OPTION');
    expect(fit({ ridge: 1 })).toBe('INVALID_OPTION');
    expect(fit({ target: 'lost' })).toBe('UNKNOWN_COLUMN');
    expect(fit({ customer: 'client' })).toBe('UNKNOWN_COLUMN');
    expect(fit({ baseline: 'silence' })).toBe('UNKNOWN_COLUMN');
    expect(fit({ direction: 'both' })).toBe('INVALID_OPTION');
    expect(fit({ costs: { customerValue: 5, incentiveCost: 10 }, methods: ['logistic'] })).toBe('INVALID_OPTION');
    expect(fit({}, [])).toBe('EMPTY_INPUT');
    expect(fit({}, known.slice(0, 1))).toBe('TARGET_CLASSES');
    expect(fit({}, known.map((row) => ({ ...row, left: 'no' })))).toBe('TARGET_CLASSES');
  });
});

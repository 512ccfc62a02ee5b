import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { logLoss } from '../../src/evaluation/logLoss.js';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { createRandom } from '../../src/numeric/random.js';
import { fitTargetScore } from '../../src/scores/fitTargetScore.js';
import type { TargetScoreOptions } from '../../src/scores/targetOptions.js';
import { TargetScore } from '../../src/scores/targetScore.js';
import { errorCode as code } from '../errorCode.js';

interface Person {
  readonly id: string;
  readonly number: number;
  readonly age: number | null;
  readonly plan: string;
  readonly visits: number;
  readonly noise: number;
  readonly country: string;
  readonly day: string;
  readonly truth: number;
  readonly bought: string | null;
}

/** Customers whose log-odds are known: -1.5 + 0.05 (age - 40) + 0.4 (visits - 3) + 1 for gold. */
function people(count: number, seed = 3, drift = 0): Person[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const age = 20 + random.integer(50);
    const visits = random.integer(7);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const late = i >= count / 2 ? drift : 0;
    const truth = 1 / (1 + Math.exp(1.5 - 0.05 * (age - 40) - 0.4 * (visits - 3) - (plan === 'gold' ? 1 : 0) - late));
    return {
      id: `c${i}`,
      number: 1000 + i,
      age: random.uniform() < 0.05 ? null : age,
      plan,
      visits,
      noise: random.normal(),
      country: 'here',
      day: `2026-${String(1 + Math.floor((12 * i) / count)).padStart(2, '0')}-15`,
      truth,
      bought: random.uniform() < truth ? 'yes' : 'no',
    };
  });
}
const known = people(3000);
const fresh = people(2000, 4);
const score = fitTargetScore(known, { target: 'bought', exclude: ['truth', 'day'] });

describe('fitTargetScore', () => {
  it('gives probabilities near the truth for customers it has not seen', () => {
    const probabilities = score.predict(fresh);
    const distance = probabilities.reduce((sum, p, i) => sum + Math.abs(p - fresh[i]!.truth), 0) / fresh.length;
    expect(distance).toBeLessThan(0.03);
    const labels = fresh.map(({ bought }) => (bought === 'yes' ? 1 : 0));
    // The best any score can do is the truth itself.
    expect(logLoss(labels, probabilities) - logLoss(labels, fresh.map(({ truth }) => truth))).toBeLessThan(0.006);
  });

  it('reports figures that hold for new customers', () => {
    const { report } = score;
    const labels = fresh.map(({ bought }) => (bought === 'yes' ? 1 : 0));
    const auc = rocAuc(labels, score.predict(fresh));
    expect(report.auc.lower - 0.02).toBeLessThan(auc);
    expect(report.auc.upper + 0.02).toBeGreaterThan(auc);
    expect(Math.abs(report.logLoss - logLoss(labels, score.predict(fresh)))).toBeLessThan(0.03);
    expect(report).toMatchObject({ validation: 'cross-validation', rows: 3000, testRows: 3000, unlabelledRows: 0, warnings: [] });
    expect(report.events).toBe(known.filter(({ bought }) => bought === 'yes').length);
    expect(report.gains).toHaveLength(10);
    expect(report.gains[0]!.lift).toBeGreaterThan(2);
    expect(report.gains.at(-1)!.cumulativeGain).toBeCloseTo(1, 12);
    expect(report.logLoss).toBeLessThan(report.baselineLogLoss);
    expect(report.calibrationError).toBeLessThan(0.03);
    expect(report.tried.map(({ method, ridge }) => `${method} ${ridge ?? ''}`.trim()).sort()).toEqual(['boosted trees', 'elastic net', 'logistic 0.1', 'logistic 1', 'logistic 10', 'logistic 100', 'scorecard']);
    const { logLoss: _, ...best } = report.tried[0]!;
    expect(report).toMatchObject(best);
    expect(report.tried[0]!.logLoss).toBe(Math.min(...report.tried.map((trial) => trial.logLoss)));
  });

  it('leaves out what cannot serve, and says why', () => {
    // An elastic net asks for the columns that it uses.
    expect(score.features.filter((name) => name !== 'noise')).toEqual(['age', 'plan', 'visits']);
    expect(score.report.leftOut).toEqual([
      { column: 'id', reason: 'looks like an identifier: 3000 levels in 3000 rows' },
      { column: 'number', reason: 'looks like an identifier: a different whole number in every row' },
      { column: 'country', reason: 'the same in every row' },
      { column: 'day', reason: 'excluded' },
      { column: 'truth', reason: 'excluded' },
    ]);
    const rare = known.slice(0, 500).map((row, i) => ({ visits: row.visits, town: `t${i % 40}`, bought: row.bought }));
    expect(fitTargetScore(rare, { target: 'bought' }).report.leftOut).toEqual([{ column: 'town', reason: 'every level has fewer than 20 rows (see minLevelCount)' }]);
    expect(fitTargetScore(rare, { target: 'bought', minLevelCount: 5, methods: ['logistic'] }).features).toEqual(['visits', 'town']);
    const numbered = fitTargetScore(known, { target: 'bought', features: ['number', 'country', 'visits'], ridge: 1 });
    expect(numbered.features).toEqual(['number', 'visits']);
    expect(numbered.report.leftOut).toEqual([{ column: 'country', reason: 'the same in every row' }]);
    const frame = Frame.fromRows(known, { id: 'id', day: 'date' });
    const reasons = fitTargetScore(frame, { target: 'bought', exclude: ['truth'], ridge: 1 }).report.leftOut;
    expect(reasons).toContainEqual({ column: 'id', reason: 'identifier' });
    expect(reasons).toContainEqual({ column: 'day', reason: 'date: turn it into days before the moment of scoring, or give it as time' });
  });

  it('explains a customer by features, values and directions that add up to the score', () => {
    const [rich, poor] = [{ age: 69, plan: 'gold', visits: 6, noise: 0 }, { age: 20, plan: 'basic', visits: 0, noise: 0 }];
    expect(score.predictRow(rich)).toBeGreaterThan(0.7);
    const reasons = score.explain(rich);
    expect(reasons.slice(0, 3).map(({ feature }) => feature).sort()).toEqual(['age', 'plan', 'visits']);
    expect(reasons[0]).toMatchObject({ direction: 'raises' });
    expect(score.explain(poor, { top: 1 })).toHaveLength(1);
    expect(score.explain(poor, { top: 1 })[0]!.direction).toBe('lowers');
    const logOdds = (p: number): number => Math.log(p / (1 - p));
    const sum = (row: object): number => score.explain(row).reduce((total, { contribution }) => total + contribution, 0);
    expect(sum(rich) - sum(poor)).toBeCloseTo(logOdds(score.predictRow(rich)) - logOdds(score.predictRow(poor)), 9);
  });

  it('knows who is most and least inclined', () => {
    const { most, least } = score.profiles();
    expect(most.map(({ feature }) => feature)).toEqual(expect.arrayContaining(['age', 'plan', 'visits']));
    expect([...most, ...least].map(({ feature }) => feature)).not.toContain('noise');
    expect(most.find(({ value }) => value === 'plan = gold')).toMatchObject({ direction: 'over' });
  });

  it('is judged on later customers where dates are given, and tells the truth about drift', () => {
    const drifting = Frame.fromRows(people(3000, 5, 1.5), { id: 'id', day: 'date' }).without(['truth', 'number']);
    const byTime = fitTargetScore(drifting, { target: 'bought', time: 'day', horizon: { hours: 1 } }).report;
    expect(byTime.validation).toBe('out of time');
    // 30 % of the rows begin within September; September as a whole is on the later side.
    expect(new Date(byTime.testFrom!).toISOString()).toBe('2026-09-15T00:00:00.000Z');
    expect(byTime.testRows).toBe(1000);
    expect(byTime.rows).toBe(3000);
    expect(byTime.warnings.join()).toContain('differ by more than chance');
    const shuffled = fitTargetScore(drifting.without(['day']), { target: 'bought' }).report;
    expect(byTime.calibrationError).toBeGreaterThan(2 * shuffled.calibrationError);
  });

  it('uses asOf, the date that snapshots write, without being told', () => {
    const frame = Frame.fromRows(known.map(({ day, truth: _, ...row }) => ({ asOf: day, ...row })), { asOf: 'date', id: 'id' });
    expect(fitTargetScore(frame, { target: 'bought', ridge: 1 }).report.validation).toBe('out of time');
  });

  it('leaves out of its judgement the rows whose outcome was not over when the test began, and warns when it cannot know', () => {
    const frame = Frame.fromRows(known.map(({ day, truth: _, ...row }) => ({ asOf: day, ...row })), { asOf: 'date', id: 'id' });
    const blind = fitTargetScore(frame, { target: 'bought', ridge: 1 }).report;
    expect(blind.warnings.join()).toContain('give horizon to leave those out');
    const honest = fitTargetScore(frame, { target: 'bought', ridge: 1, horizon: { months: 2 } }).report;
    expect(honest.warnings.join()).not.toContain('give horizon');
    expect(honest.testFrom).toBe(blind.testFrom);
    // Two months less to learn from, so other figures on the same later rows.
    expect(honest.auc.estimate).not.toBe(blind.auc.estimate);
    expect(honest.testRows).toBe(blind.testRows);
  });

  it('keeps the rows of a customer in one fold: what it learnt by heart does not count', () => {
    const random = createRandom(31);
    const panel = Array.from({ length: 60 }, (_, customer) => ({ customer: `c${customer}`, town: `t${customer}`, label: random.uniform() < 0.5 ? 1 : 0 })).flatMap((row) =>
      Array.from({ length: 25 }, () => ({ ...row, noise: random.normal() })),
    );
    const options = { target: 'label', features: ['town', 'noise'], ridge: 1 } as const;
    const grouped = fitTargetScore(Frame.fromRows(panel, { customer: 'id' }), options).report;
    expect(grouped.groupedBy).toBe('customer');
    expect(grouped.auc.estimate).toBeLessThan(0.65);
    expect(fitTargetScore(panel, options).report.auc.estimate).toBeGreaterThan(0.8);
    const one = Frame.fromRows(panel.map((row) => ({ ...row, label: row.customer === 'c0' ? 1 : 0 })), { customer: 'id' });
    expect(() => fitTargetScore(one, options)).toThrow('fitTargetScore needs rows with the positive value from at least two customers (by column "customer"), found them from one; add customers');
  });

  it('judges alike whatever the form of the data and the order of the rows', () => {
    const raw = known.map(({ day, truth: _, id: __, ...row }) => ({ asOf: new Date(day), ...row }));
    expect(fitTargetScore(raw, { target: 'bought', ridge: 1 }).report.validation).toBe('out of time');
    const random = createRandom(8);
    const rich = Array.from({ length: 300 }, (_, i) => {
      const income = 20_000 + 97 * i + random.integer(90);
      return { income, bought: random.uniform() < 1 / (1 + Math.exp(-(income - 34_000) / 5000)) ? 1 : 0 };
    });
    expect(fitTargetScore(rich, { target: 'bought' }).features).toEqual(['income']);
    const clients = rich.map((row, i) => ({ customerId: (i * 7919) % 100_003, ...row }));
    expect(fitTargetScore(clients, { target: 'bought' }).features).toEqual(['income']);
  });

  it('looks at the labelled rows only to tell what is the same in every row', () => {
    const some = known.map((row, i) => ({ visits: row.visits, wave: i < 1000 ? 1 : 2, bought: i < 1000 ? row.bought : null }));
    expect(fitTargetScore(some, { target: 'bought' }).report.leftOut).toEqual([{ column: 'wave', reason: 'the same in every row' }]);
  });

  it('falls back to folds where no date divides the customers, and says so', () => {
    const oneDay = Frame.fromRows(known.map((row) => ({ age: row.age, bought: row.bought, day: '2026-01-01' })), { day: 'date' });
    const { report } = fitTargetScore(oneDay, { target: 'bought', time: 'day', ridge: 1 });
    expect(report.validation).toBe('cross-validation');
    expect(report.warnings.join()).toContain('not out of time');
  });

  it('leaves out and counts rows without a target, as labels of an incomplete horizon are', () => {
    const some = known.map((row, i) => ({ visits: row.visits, bought: i % 3 === 0 ? null : row.bought }));
    const { report } = fitTargetScore(some, { target: 'bought' });
    expect(report).toMatchObject({ rows: 2000, unlabelledRows: 1000 });
    expect(fitTargetScore(some.filter(({ bought }) => bought !== null), { target: 'bought' }).report.auc).toEqual(report.auc);
  });

  it('says when there is nothing to find', () => {
    const random = createRandom(9);
    const nothing = Array.from({ length: 600 }, () => ({ x: random.normal(), y: random.uniform() < 0.3 ? 1 : 0 }));
    const { report } = fitTargetScore(nothing, { target: 'y' });
    expect(report.warnings).toContain('no evidence that the score ranks better than chance');
  });

  it('warns of a column known only after the event, and of few events', () => {
    const leaky = known.map((row, i) => ({ visits: row.visits, called: (row.bought === 'yes' ? 1 : 0) + (i % 100 === 0 ? 0.5 : 0), bought: row.bought }));
    expect(fitTargetScore(leaky, { target: 'bought' }).report.warnings.join()).toContain('known only after the event');
    expect(fitTargetScore(known.slice(0, 150), { target: 'bought', features: ['visits', 'age'] }).report.warnings.join()).toContain('rows of the rarer class');
  });

  it('can be stopped while it searches, and keeps the best so far', () => {
    const seen: number[] = [];
    const stopped = fitTargetScore(known, {
      target: 'bought',
      features: ['visits'],
      onProgress: ({ done, total, objective }) => {
        seen.push(done);
        expect(total).toBe(7);
        expect(objective).toBeGreaterThan(0);
        return done < 2;
      },
    });
    expect(seen).toEqual([1, 2]);
    expect(stopped.report.tried).toHaveLength(2);
    expect(stopped.report.warnings).toContain('the search for the best way of learning was stopped early');
  });

  it('takes the value of the target that is asked for', () => {
    const no = fitTargetScore(known, { target: 'bought', positive: 'no', features: ['visits', 'age', 'plan'], ridge: 1 });
    const yes = fitTargetScore(known, { target: 'bought', features: ['visits', 'age', 'plan'], ridge: 1 });
    expect([no.positive, yes.positive]).toEqual(['no', 'yes']);
    const [p, q] = [no.predict(fresh), yes.predict(fresh)];
    p.forEach((value, i) => expect(value + q[i]!).toBeCloseTo(1, 9));
  });

  it('tells what new customers hold that it never saw', () => {
    expect(score.unseen([{ age: 30, plan: 'platinum', visits: 1, noise: 0 }])).toEqual([{ column: 'plan', value: 'platinum', rows: 1, takenAs: 'average' }]);
  });

  it('travels as JSON', () => {
    const back = TargetScore.fromJSON(JSON.parse(JSON.stringify(score)));
    expect(back.predict(fresh)).toEqual(score.predict(fresh));
    expect(back.report).toEqual(score.report);
    expect(back.profiles()).toEqual(score.profiles());
    expect(() => (score.report.warnings as string[]).push('x')).toThrow(TypeError);
    expect(() => score.explain({ age: 1, plan: 'gold', visits: 1, noise: 0 }, { tpo: 1 } as object)).toThrow('TargetScore.explain knows no option "tpo"');
    expect(() => TargetScore.fromJSON({ ...JSON.parse(JSON.stringify(score)), profiles: undefined })).toThrow('TargetScore.fromJSON needs profiles, found undefined');
    for (const field of ['model', 'report', 'profiles']) expect(() => TargetScore.fromJSON({ ...JSON.parse(JSON.stringify(score)), [field]: null })).toThrow(`TargetScore.fromJSON needs ${field}, found null`);
  });

  it.each([
    [{ target: 'buoght' }, 'UNKNOWN_COLUMN', 'fitTargetScore found no column "buoght"; did you mean "bought"?'],
    [{ target: 'bought', features: ['bought'] }, 'INVALID_OPTION', 'cannot use column "bought" as a feature: it is the target'],
    [{ target: 'bought', features: ['day'], time: 'day' }, 'INVALID_OPTION', 'it is the time'],
    [{ target: 'bought', features: ['country'], exclude: ['country'] }, 'EMPTY_INPUT', 'found no column it can use as a feature; "country": excluded'],
    [{ target: 'bought', testShare: 1 }, 'INVALID_OPTION', 'needs a testShare between 0 and 1, found 1'],
    [{ target: 'bought', rigde: 1 }, 'INVALID_OPTION', 'fitTargetScore knows no option "rigde"'],
    [{ target: 'bought', exclude: ['pln'] }, 'UNKNOWN_COLUMN', 'fitTargetScore found no column "pln"; did you mean "plan"?'],
    [{ target: 'bought', exclude: 'plan' }, 'INVALID_OPTION', 'needs exclude as an array of column names, found "plan"'],
    [{ target: 'bought', folds: 2.5 }, 'INVALID_OPTION', 'fitTargetScore needs folds as a whole number of at least 2, found 2.5'],
    [{ target: 'bought', minLevelCount: NaN }, 'INVALID_OPTION', 'needs minLevelCount as a whole number of at least 0, found NaN'],
    [{ target: 'plan' }, 'TARGET_CLASSES', 'say with positive which value counts as 1'],
    [{ target: 'bought', features: ['id'] }, 'COLUMN_KIND', 'cannot use column "id" as a feature: looks like an identifier: 3000 levels in 3000 rows'],
  ])('refuses %j', (options, expectedCode, message) => {
    const run = (): unknown => fitTargetScore(known, options as unknown as TargetScoreOptions<keyof Person>);
    expect(run).toThrow(message);
    expect(code(run)).toBe(expectedCode);
  });

  it('refuses data that cannot tell anything', () => {
    expect(code(() => fitTargetScore([] as Person[], { target: 'bought' }))).toBe('EMPTY_INPUT');
    expect(() => fitTargetScore(known.slice(0, 12), { target: 'bought', features: ['visits'] })).toThrow('needs at least 10 rows of each class');
    const undated = Frame.fromRows(known.map((row, i) => ({ ...row, day: i === 7 ? null : row.day })), { day: 'date' });
    expect(() => fitTargetScore(undated, { target: 'bought', time: 'day' })).toThrow('validates out of time by column "day", found no date in row 7');
  });
});

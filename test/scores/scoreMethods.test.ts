import { describe, expect, it } from 'vitest';
import { Scorecard } from '../../src/learners/scorecard/scorecard.js';
import { createRandom } from '../../src/numeric/random.js';
import { fitTargetScore } from '../../src/scores/fitTargetScore.js';
import type { TargetScoreOptions } from '../../src/scores/targetOptions.js';
import { TargetScore } from '../../src/scores/targetScore.js';
import { errorCode as code } from '../errorCode.js';

interface Person {
  readonly age: number | null;
  readonly visits: number;
  readonly plan: string;
  readonly bought: number;
}

/** Either log-odds that are a sum, or a rule that no sum can tell: gold members buy when young, the others when old. */
function people(count: number, truth: 'sum' | 'rule', seed = 5): Person[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const age = 20 + random.integer(50);
    const visits = random.integer(7);
    const plan = ['basic', 'gold', 'silver'][random.integer(3)]!;
    const logOdds = truth === 'sum' ? 0.06 * (age - 45) + 0.4 * (visits - 3) + (plan === 'gold' ? 1 : 0) : (plan === 'gold') === age < 45 ? 1.5 : -1.5;
    return { age: random.uniform() < 0.04 ? null : age, visits, plan, bought: random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0 };
  });
}
const sum = people(1000, 'sum');
const rule = people(1000, 'rule');
const METHODS = ['logistic', 'scorecard', 'elastic net', 'boosted trees'] as const;

describe('the way of learning', () => {
  it('is a linear one where the truth is a sum, and boosted trees where it is not', () => {
    expect(['logistic', 'elastic net', 'scorecard']).toContain(fitTargetScore(sum, { target: 'bought' }).report.method);
    const { report } = fitTargetScore(rule, { target: 'bought' });
    expect(report.method).toBe('boosted trees');
    expect(report.tried[0]!.method).toBe('boosted trees');
    expect(report.ridge).toBeUndefined();
    expect(report.auc.estimate).toBeGreaterThan(0.75);
    const linear = fitTargetScore(rule, { target: 'bought', methods: ['logistic', 'elastic net'] }).report;
    expect(linear.auc.estimate).toBeLessThan(0.63);
    expect(linear.tried).toHaveLength(5);
  });

  it.each(METHODS)('%s gives a score of the same shape, that survives JSON to the bit', (method) => {
    const score = fitTargetScore(rule, { target: 'bought', methods: [method] });
    expect(score.report.method).toBe(method);
    const back = TargetScore.fromJSON(JSON.parse(JSON.stringify(score)));
    expect(back.predict(rule.slice(0, 50))).toEqual(score.predict(rule.slice(0, 50)));
    expect(JSON.stringify(back) === JSON.stringify(score)).toBe(true);
    const row = { age: 30, visits: 2, plan: 'gold' };
    expect(score.predictRow(row)).toBe(score.predict([row])[0]);
    const reasons = score.explain(row);
    for (const { feature, value, direction, contribution, oddsFactor, size, text } of reasons) {
      expect(oddsFactor).toBeCloseTo(Math.exp(contribution), 12);
      expect(size).toBe(oddsFactor >= 2 || oddsFactor <= 0.5 ? 'strong' : oddsFactor >= 1.25 || oddsFactor <= 0.8 ? 'clear' : 'slight');
      expect(text.startsWith(`${feature} = ${String(value)} ${direction} the odds`)).toBe(true);
      expect(value).toBe(row[feature as keyof typeof row]);
      expect(direction).toBe(contribution > 0 ? 'raises' : 'lowers');
    }
  });

  it.each(METHODS)('%s: reasons add up to the difference of two scores in log-odds', (method) => {
    const score = fitTargetScore(rule, { target: 'bought', methods: [method] });
    const logOdds = (row: object): number => Math.log(score.predictRow(row) / (1 - score.predictRow(row)));
    const total = (row: object): number => score.explain(row).reduce((result, { contribution }) => result + contribution, 0);
    const [a, b] = [{ age: 25, visits: 1, plan: 'gold' }, { age: 60, visits: 6, plan: 'basic' }];
    expect(total(a) - total(b)).toBeCloseTo(logOdds(a) - logOdds(b), 9);
  });

  it('reasons speak the words of the customer', () => {
    const score = fitTargetScore(sum, { target: 'bought', methods: ['logistic'] });
    const [first] = score.explain({ age: 69, visits: 3, plan: 'basic' }, { top: 1, words: { age: 'years of age' } });
    expect(first!.text).toMatch(/^years of age = 69 raises the odds [\d.]+ times$/);
    expect(score.explain({ age: 20, visits: 3, plan: 'basic' }, { top: 1 })[0]!.text).toMatch(/^age = 20 lowers the odds to \d+ %$/);
  });

  it('a scorecard knows what it never saw', () => {
    const score = fitTargetScore(rule, { target: 'bought', methods: ['scorecard'], features: ['age', 'plan'] });
    expect(Scorecard.fromJSON(score.toJSON().model).meaning).toContain('for bought = 1 (a probability');
    expect(score.unseen(rule)).toEqual([]);
    if (score.features.includes('plan')) expect(score.unseen([{ age: 30, plan: 'platinum' }])).toEqual([{ column: 'plan', value: 'platinum', rows: 1, takenAs: 'average' }]);
  });

  it('boosted trees know what they never saw', () => {
    const score = fitTargetScore(rule, { target: 'bought', methods: ['boosted trees'], features: ['age', 'visits', 'plan'] });
    expect(score.unseen([{ age: null, visits: null, plan: 'platinum' }])).toEqual([
      { column: 'visits', value: null, rows: 1, takenAs: 'average' },
      { column: 'plan', value: 'platinum', rows: 1, takenAs: 'average' },
    ]);
    expect(score.unseen(rule)).toEqual([]);
    expect(score.explain({ age: 30, visits: 2, plan: 'platinum' }).map(({ feature }) => feature)).not.toContain('plan');
  });

  it('repeats itself for the same seed', () => {
    const once = fitTargetScore(rule, { target: 'bought', seed: 3 });
    expect(fitTargetScore(rule, { target: 'bought', seed: 3 }).toJSON()).toEqual(once.toJSON());
  });

  it('reads a score stored by version 1, which knew logistic regressions only', () => {
    const json = JSON.parse(JSON.stringify(fitTargetScore(sum, { target: 'bought', ridge: 1 }))) as { formatVersion: number; report: { method?: string } };
    json.formatVersion = 1;
    delete json.report.method;
    expect(TargetScore.fromJSON(json).report.method).toBe('logistic');
  });

  it('has enough of a rare class to choose by, however many rows there are', () => {
    const random = createRandom(2);
    const count = 210_000;
    const visits = Float64Array.from({ length: count }, () => random.uniform());
    const bought = Float64Array.from({ length: count }, (_, i) => (i % 20_000 === 7 ? 1 : 0));
    const { report } = fitTargetScore({ visits, bought }, { target: 'bought', methods: ['logistic'], folds: 2 });
    expect(report.events).toBe(11);
    expect(report.tried).toHaveLength(4);
  });

  it('leaves out a category of more levels than boosted trees take, rather than fail', () => {
    const rows = Array.from({ length: 3600 }, (_, i) => ({ visits: i % 7, town: `t${i % 600}`, bought: (i * 5) % 11 < i % 7 ? 1 : 0 }));
    const { features, report } = fitTargetScore(rows, { target: 'bought', methods: ['boosted trees'], minLevelCount: 5 });
    expect(features).toEqual(['visits']);
    expect(report.leftOut).toEqual([{ column: 'town', reason: 'looks like an identifier: 600 levels in 3600 rows' }]);
  });

  it('tries each method once, the simpler first, in whatever order they are named', () => {
    const seen = (methods: TargetScoreOptions['methods'] & object): number[] => {
      const losses: number[] = [];
      fitTargetScore(sum, { target: 'bought', methods, onProgress: ({ objective }) => losses.push(objective) < 0 || undefined });
      return losses;
    };
    expect(seen(['elastic net', 'logistic', 'elastic net'])).toEqual(seen(['logistic', 'elastic net']));
  });

  it('refuses methods it does not know, none, and a ridge for others', () => {
    const fit = (options: object): unknown => fitTargetScore(sum, { target: 'bought', ...options } as TargetScoreOptions<keyof Person>);
    expect(code(() => fit({ methods: [] }))).toBe('INVALID_OPTION');
    expect(code(() => fit({ methods: 'logistic' }))).toBe('INVALID_OPTION');
    expect(() => fit({ methods: ['forest'] })).toThrow('fitTargetScore needs methods as one of logistic, scorecard, elastic net, additive, boosted trees, found "forest"');
    expect(() => fit({ methods: ['boosted trees'], ridge: 1 })).toThrow('fitTargetScore takes ridge for a logistic regression, found methods boosted trees; leave one of the two out');
    const damaged = JSON.parse(JSON.stringify(fitTargetScore(sum, { target: 'bought', ridge: 1 }))) as { model: { format: string } };
    damaged.model.format = 'Oracle';
    expect(() => TargetScore.fromJSON(damaged)).toThrow('TargetScore.fromJSON knows no model of format "Oracle"');
  });
});

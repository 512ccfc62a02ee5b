import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngagementScore } from '../../../src/churn/score/engagementScore.js';
import { fitEngagementScore, type EngagementScoreOptions } from '../../../src/churn/score/fitEngagementScore.js';
import { scoreEngagement } from '../../../src/churn/score/scoreEngagement.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode as code } from '../../errorCode.js';

const STATES = ['left', 'same', 'grew'] as const;

interface Member {
  readonly silence: number;
  readonly visits: number;
  readonly plan: string;
  readonly next: (typeof STATES)[number] | null;
}

/** Members whose three probabilities are known; silence leaves, visits grow. */
function members(count: number, seed: number): { rows: Member[]; truth: (readonly [number, number, number])[] } {
  const random = createRandom(seed);
  const made = Array.from({ length: count }, () => {
    const [silence, visits] = [random.normal(), random.normal()];
    const plan = random.uniform() < 0.5 ? 'basic' : 'gold';
    const leave = 1 / (1 + Math.exp(1.2 - 1.1 * silence + (plan === 'gold' ? 0.8 : 0)));
    const grow = (1 - leave) / (1 + Math.exp(1 - 0.9 * visits));
    const draw = random.uniform();
    const next = draw < leave ? ('left' as const) : draw < leave + grow ? ('grew' as const) : ('same' as const);
    return { row: { silence, visits, plan, next }, truth: [leave, 1 - leave - grow, grow] as const };
  });
  return { rows: made.map(({ row }) => row), truth: made.map(({ truth }) => truth) };
}
const { rows: known } = members(2500, 2);
const { rows: fresh, truth } = members(1500, 3);
const options: EngagementScoreOptions<keyof Member> = { target: 'next', leave: 'left', grow: 'grew', methods: ['logistic'] };
const score = fitEngagementScore(known, options);

describe('fitEngagementScore', () => {
  const found = score.predict(fresh);

  it('gives three probabilities near the truth, that add up to 1', () => {
    let distance = 0;
    fresh.forEach((_, row) => {
      const three = [found.leave[row]!, found.same[row]!, found.grow[row]!];
      expect(three.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(three.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
      distance += three.reduce((sum, p, k) => sum + Math.abs(p - truth[row]![k]!), 0) / 3 / fresh.length;
    });
    expect(distance).toBeLessThan(0.03);
  });

  it('is nested: who grows has stayed first', () => {
    const row = { silence: 0.3, visits: 1, plan: 'gold' };
    const [leave, given] = [score.leave.predictRow(row), score.grow.predictRow(row)];
    const { grow, same } = score.predictRow(row);
    expect(grow).toBeCloseTo((1 - leave) * given, 15);
    expect(same).toBeCloseTo((1 - leave) * (1 - given), 15);
    expect(score.grow.report.rows).toBe(known.filter(({ next }) => next !== 'left').length);
    expect([score.leave.direction, score.grow.direction]).toEqual(['leave', 'deepen']);
  });

  it('reports the log loss of three outcomes, which holds for new customers', () => {
    const loss = (probabilityOf: (row: number) => readonly number[]): number => fresh.reduce((sum, { next }, row) => sum - Math.log(probabilityOf(row)[STATES.indexOf(next!)]!), 0) / fresh.length;
    const { report } = score;
    const ours = loss((row) => [found.leave[row]!, found.same[row]!, found.grow[row]!]);
    expect(ours - loss((row) => truth[row]!)).toBeLessThan(0.01);
    expect(Math.abs(report.logLoss - ours)).toBeLessThan(0.04);
    const shares = (['leave', 'same', 'grow'] as const).map((state) => report.shares[state].estimate);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    // Everybody the shares of all: the entropy of the shares.
    expect(report.baselineLogLoss).toBeCloseTo(-shares.reduce((sum, share) => sum + share * Math.log(share), 0), 3);
    expect(report.logLoss).toBeLessThan(report.baselineLogLoss);
    expect(report).toMatchObject({ isBelievable: true, verdict: expect.stringMatching(/^leaving: on customers .* Growing, of those who stay: on customers/) });
  });

  it('explains both sides', () => {
    const { leave, grow } = score.explain({ silence: 2, visits: 2, plan: 'basic' }, { top: 1 });
    expect([leave[0]!.feature, grow[0]!.feature]).toEqual(['silence', 'visits']);
    expect(score.features).toEqual(expect.arrayContaining(['silence', 'visits', 'plan']));
  });

  it('counts any other value as staying, and leaves out rows without one', () => {
    const other = known.map((row, i) => ({ ...row, next: row.next === 'same' ? `s${i % 3}` : row.next }));
    expect(JSON.stringify(fitEngagementScore(other, options)) === JSON.stringify(score)).toBe(true);
    const some = fitEngagementScore([...known, ...known.slice(0, 50).map((row) => ({ ...row, next: null }))], options);
    expect(some.leave.report.unlabelledRows).toBe(50);
    expect(some.predict(fresh)).toEqual(found);
    const coded = known.map(({ next, ...row }) => ({ ...row, next: STATES.indexOf(next!) }));
    expect(fitEngagementScore(coded, { target: 'next', leave: 0, grow: 2, methods: ['logistic'] }).predict(fresh)).toEqual(found);
  });

  it('travels as JSON to the bit', () => {
    const back = EngagementScore.fromJSON(JSON.parse(JSON.stringify(score)));
    expect(back.predict(fresh)).toEqual(found);
    expect(JSON.stringify(back) === JSON.stringify(score)).toBe(true);
    expect(back.report).toEqual(score.report);
    expect(code(() => EngagementScore.fromJSON({ ...JSON.parse(JSON.stringify(score)), grow: null }))).toBe('MODEL_FORMAT');
  });

  it('stored by version 1 is read, and predicts what it predicted then', () => {
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/churn/EngagementScore.v1.json'), 'utf8')) as { model: unknown; rows: object[]; predictions: Record<'leave' | 'same' | 'grow', number[]> };
    const again = EngagementScore.fromJSON(stored.model).predict(stored.rows);
    for (const state of ['leave', 'same', 'grow'] as const) stored.predictions[state].forEach((p, row) => expect(again[state][row]).toBeCloseTo(p, 12));
  });

  it('refuses what cannot be', () => {
    const fit = (more: object): string => code(() => fitEngagementScore(known, { ...options, ...more }));
    expect(fit({ grow: 'more' })).toBe('TARGET_CLASSES');
    expect(fit({ target: 'after' })).toBe('UNKNOWN_COLUMN');
    expect(fit({ positive: 'left' })).toBe('INVALID_OPTION');
    expect(fit({ direction: 'leave' })).toBe('INVALID_OPTION');
  });
});

describe('fitEngagementScore from an event log', () => {
  const DAY = 86_400_000;
  const [start, end] = [Date.UTC(2025, 0, 1), Date.UTC(2026, 3, 1)];
  const random = createRandom(8);
  const events = Array.from({ length: 500 }, (_, c) => {
    const [every, life, change] = [5 + 15 * random.uniform(), -Math.log(random.uniform()) * 400, 450 * random.uniform()];
    const found = [];
    // From some day on, half of them buy more of twice as much.
    for (let day = 100 * random.uniform(), age = 0; day < 455 && age < life; ) {
      found.push({ id: `c${c}`, at: start + Math.floor(day) * DAY, paid: (c % 2 === 0 && day > change ? 40 : 20) + random.integer(5) });
      const gap = -Math.log(random.uniform()) * every;
      [day, age] = [day + gap, age + gap];
    }
    return found;
  }).flat();
  const log = EventLog.fromRows(events, { customer: 'id', time: 'at', amount: 'paid' }, { observedUntil: end });
  const both = fitEngagementScore(log, { rule: { kind: 'inactivity' }, growth: { kind: 'growth', usual: { days: 60 }, share: 1.4 }, lookback: { days: 60 }, horizon: { days: 60 }, every: { days: 45 }, methods: ['logistic'] });

  it('learns leaving from all who could, growing from who stayed, and scores those of today', () => {
    const today = scoreEngagement(both, log);
    expect(today.customers.length).toBeGreaterThan(100);
    today.leave.forEach((p, i) => expect(p + today.same[i]! + today.grow[i]!).toBeCloseTo(1, 14));
    expect(both.grow.report.rows).toBeLessThan(both.leave.report.rows - both.leave.report.events + 1);
    expect(both.report.shares.grow.estimate).toBeGreaterThan(0.1);
    expect(both.leave.report.validation).toBe('out of time');
    const mean = (values: Float64Array): number => values.reduce((sum, p) => sum + p, 0) / values.length;
    expect(Math.abs(mean(today.leave) - both.report.shares.leave.estimate)).toBeLessThan(0.15);
  });

  it('takes rules of the right direction only', () => {
    const fit = (more: object): string => code(() => fitEngagementScore(log, { rule: { kind: 'inactivity' }, growth: { kind: 'newLine' }, horizon: { days: 60 }, ...more }));
    expect(fit({ growth: { kind: 'inactivity' } })).toBe('INVALID_OPTION');
    expect(fit({ rule: { kind: 'growth', usual: { days: 60 } } })).toBe('INVALID_OPTION');
    expect(fit({ growth: undefined })).toBe('INVALID_OPTION');
  });
});

import { describe, expect, it } from 'vitest';
import { auditChurnDesign } from '../../../src/churn/define/auditChurnDesign.js';
import { churnSnapshots } from '../../../src/churn/define/churnSnapshots.js';
import type { DesignOptions } from '../../../src/churn/define/designOptions.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.parse('2024-01-01');

interface Customer {
  readonly customer: string;
  readonly plan: string;
  readonly age: number;
  readonly calls: number;
  readonly spend: number;
  readonly auto: boolean;
  readonly days: number;
  readonly joined: Date;
  readonly ended: Date | null;
  readonly left: number;
}

/** Customers followed from joining, over three years, with hazards by plan and calls: nothing is wrong with them. */
function clean(count: number, seed: number): Customer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const plan = ['basic', 'plus', 'gold'][Math.floor(3 * random.uniform())]!;
    const calls = Math.floor(-3 * Math.log(random.uniform()));
    const joined = START + Math.floor(1000 * random.uniform()) * DAY;
    const life = Math.ceil(-Math.log(random.uniform()) * 900 * Math.exp((plan === 'gold' ? 0.9 : 0) - 0.12 * calls));
    const observed = Math.round((START + 1095 * DAY - joined) / DAY);
    const left = Number(life < observed);
    return {
      customer: `C${seed}-${i}`, plan, calls, age: Math.floor(18 + 60 * random.uniform()), spend: Math.round(1000 * Math.exp(random.normal())) / 10, auto: random.uniform() < 0.4,
      days: Math.min(life, observed), joined: new Date(joined), ended: left === 1 ? new Date(joined + life * DAY) : null, left,
    };
  });
}

const codes = (data: readonly object[] | Frame, options: DesignOptions): string[] => auditChurnDesign(data as readonly object[], options).findings.map(({ code }) => code);
const followed = { target: 'left', customer: 'customer', duration: 'days', joinedAt: 'joined', endedAt: 'ended' } as const;

describe('auditChurnDesign is quiet', () => {
  it('about simulated data with nothing wrong: no false alarm in 60 sets of 600', () => {
    const alarms = Array.from({ length: 60 }, (_, seed) => codes(clean(600, seed + 1), followed)).flat();
    expect(alarms).toEqual([]);
  });

  it('about coarse data whose rows repeat by chance, rare events, and snapshots', () => {
    const random = createRandom(9);
    const pick = (count: number): number => Math.floor(count * random.uniform());
    const coarse = Array.from({ length: 2000 }, () => ({ region: pick(5), band: pick(4), web: pick(2), left: Number(random.uniform() < 0.1) }));
    expect(codes(coarse, { target: 'left' })).toEqual([]);
    // Columns that hang together repeat more often still.
    const tied = Array.from({ length: 2000 }, () => { const size = pick(6); return { size, spend: size * 2 + pick(2), visits: size + pick(2), left: Number(random.uniform() < 0.05 * (1 + size)) }; });
    expect(codes(tied, { target: 'left' })).toEqual([]);
    const events = Array.from({ length: 300 }, (_, c) => Array.from({ length: 3 + pick(20) }, (_, k) => ({ who: `c${c}`, at: START + Math.floor(k * (5 + (c % 20)) + 10 * random.uniform()) * DAY }))).flat();
    const log = EventLog.fromRows(events, { customer: 'who', time: 'at' });
    const { rows, span } = churnSnapshots(log, { from: START + 60 * DAY, to: START + 200 * DAY, every: { days: 30 }, horizon: { days: 30 }, lookback: { days: 60 }, rule: { kind: 'inactivity' }, drift: false });
    const audit = auditChurnDesign(rows, { target: 'churned', horizon: span, observedUntil: log.observedUntil });
    expect(audit.findings).toEqual([]);
    expect(audit.checked).toContain('INCOMPLETE_HORIZON');
  });

  it('and says what it could not look for', () => {
    const { checked, unchecked } = auditChurnDesign(clean(200, 1), { target: 'left', customer: 'customer', features: ['plan', 'age'] });
    expect(checked).toEqual(['POST_OUTCOME', 'DUPLICATE_ROWS', 'RESAMPLED']);
    expect(unchecked).toEqual([
      { code: 'LEFT_TRUNCATION', needs: 'joinedAt and endedAt, or duration' },
      { code: 'IMMORTAL_TIME', needs: 'duration' },
      { code: 'INCOMPLETE_HORIZON', needs: 'time and horizon' },
      { code: 'CUSTOMER_IN_FOLDS', needs: 'folds and customer' },
      { code: 'OVERLAPPING_WINDOWS', needs: 'folds, time and horizon' },
      { code: 'CLASS_WEIGHTS', needs: 'weights' },
    ]);
  });
});

describe('auditChurnDesign warns', () => {
  const good = clean(2000, 77);

  it('of who left before being missing: by period, by dates, by name', () => {
    const from = START + 1000 * DAY;
    // Of those who left only who left in the last three months.
    const crossSection = good.filter(({ ended }) => ended === null || ended.getTime() >= from);
    const found = auditChurnDesign(crossSection, { ...followed, target: 'left' }).findings;
    expect(found.map(({ code, columns }) => [code, columns])).toEqual([['LEFT_TRUNCATION', ['joined', 'ended']]]);
    expect(found[0]!.text).toContain('nobody left before 2026-09');
    expect(found[0]!.rows).toBe(crossSection.filter(({ joined }) => joined < new Date(Math.min(...crossSection.flatMap(({ ended }) => (ended === null ? [] : [ended.getTime()]))))).length);
    expect(found[0]!.examples).toHaveLength(10);
    // With the ages at which they were first seen all is well.
    const entered = crossSection.map((row) => ({ ...row, entry: Math.max(0, (from - row.joined.getTime()) / DAY) - 1e-6 })).map((row) => ({ ...row, entry: Math.max(0, row.entry) }));
    expect(codes(entered, { ...followed, entry: 'entry' })).toEqual([]);
    const bare = good.map(({ days: tenure, left, plan, age }) => ({ tenure, left, plan, age }));
    expect(auditChurnDesign(bare, { target: 'left', duration: 'tenure' }).findings).toMatchObject([{ code: 'LEFT_TRUNCATION', certainty: 'possible' }]);
    expect(auditChurnDesign(bare, { target: 'left', duration: 'tenure', eventPeriod: 30 }).findings).toMatchObject([{ code: 'LEFT_TRUNCATION', certainty: 'certain', rows: bare.filter(({ tenure }) => tenure > 30).length }]);
  });

  it('of time that could not have ended: a bonus for who stays a year', () => {
    const random = createRandom(5);
    const withBonus = good.map((row) => ({ ...row, bonus: row.days > 300 && random.uniform() < 0.6 ? 'yes' : 'no' }));
    const found = auditChurnDesign(withBonus, followed).findings;
    expect(found).toMatchObject([{ code: 'IMMORTAL_TIME', columns: ['bonus'], rows: withBonus.filter(({ bonus }) => bonus === 'yes').length }]);
    expect(found[0]!.remedy).toContain('timeVaryingRows');
    // The same bonus at random from the beginning is none.
    expect(codes(good.map((row) => ({ ...row, bonus: random.uniform() < 0.3 ? 'yes' : 'no' })), followed)).toEqual([]);
    expect(codes(good.map((row) => ({ ...row, points: row.days > 300 ? 5 + Math.floor(9 * random.uniform()) : 0, flag: random.uniform() < 0.5 })), followed)).toEqual(['IMMORTAL_TIME']);
  });

  it('of columns that know how it went', () => {
    const random = createRandom(6);
    const leaky = good.map((row) => ({ ...row, refund: row.left === 1 ? 5 + random.uniform() : random.uniform(), reason: row.left === 1 && random.uniform() < 0.6 ? 'price' : null, exitTalks: row.left === 1 ? 2 * random.uniform() : 1.2 * random.uniform() }));
    const found = auditChurnDesign(leaky, { target: 'left', customer: 'customer', features: ['refund', 'reason', 'exitTalks', 'age'] }).findings;
    expect(found.map(({ code, columns, certainty }) => [code, columns[0], certainty])).toEqual([['POST_OUTCOME', 'refund', 'likely'], ['POST_OUTCOME', 'reason', 'likely']]);
    const stronger = leaky.map((row) => ({ ...row, exitTalks: row.left === 1 ? 0.6 + random.uniform() : random.uniform() }));
    expect(auditChurnDesign(stronger, { target: 'left', features: ['exitTalks', 'age'] }).findings).toMatchObject([{ code: 'POST_OUTCOME', columns: ['exitTalks'], certainty: 'possible' }]);
  });

  it('of values from after the moment, by dates and by stamps', () => {
    const moments = good.map((row, i) => ({ ...row, at: new Date(START + 500 * DAY), seen: new Date(START + (i < 40 ? 510 : 400) * DAY) }));
    const options = { target: 'left', customer: 'customer', time: 'at' } as const;
    expect(auditChurnDesign(moments, { ...options, features: ['age', 'seen'] }).findings).toMatchObject([{ code: 'POST_OUTCOME', columns: ['seen'], certainty: 'certain' }]);
    expect(auditChurnDesign(moments, { ...options, features: ['age', 'spend'], knownAt: { spend: 'seen' } }).findings).toMatchObject([{ code: 'POST_OUTCOME', columns: ['spend', 'seen'], rows: 40, certainty: 'certain' }]);
    expect(codes(moments.slice(40), { ...options, features: ['age', 'spend'], knownAt: { spend: 'seen' } })).toEqual([]);
  });

  it('of copies, and of a class that was multiplied or made up', () => {
    expect(auditChurnDesign([...good, ...good.slice(100, 180)], { ...followed }).findings).toMatchObject([{ code: 'DUPLICATE_ROWS', rows: 80, examples: [2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009] }]);
    const rare = good.filter((row, i) => row.left === 0 || i % 4 === 0);
    const ones = rare.filter(({ left }) => left === 1);
    expect(auditChurnDesign([...rare, ...ones, ...ones], followed).findings).toMatchObject([{ code: 'RESAMPLED', certainty: 'likely', rows: 2 * ones.length }]);
    const random = createRandom(8);
    const between = ones.map((row, i) => { const other = ones[(i + 1) % ones.length]!; const share = random.uniform(); return { ...row, age: row.age + share * (other.age - row.age), calls: row.calls + share * (other.calls - row.calls) }; });
    expect(auditChurnDesign([...rare, ...between], followed).findings).toMatchObject([{ code: 'RESAMPLED', columns: ['calls', 'age'] }]);
    const zeros = good.filter(({ left }) => left === 0).slice(0, 300);
    expect(auditChurnDesign([...zeros, ...good.filter(({ left }) => left === 1).slice(0, 300)], followed).findings).toMatchObject([{ code: 'RESAMPLED', certainty: 'possible', rows: 600 }]);
  });

  const panel = Array.from({ length: 900 }, (_, i) => ({ ...good[i % 300]!, month: Math.floor(i / 300), spend: good[i]!.spend, left: good[i]!.left, half: i % 300 < 150 ? 'a' : 'b', byTime: i < 600 ? 'train' : 'test' }));
  const ofPanel = { target: 'left', customer: 'customer', features: ['spend', 'age'], time: 'month' } as const;

  it('of customers and windows on both sides', () => {
    expect(codes(panel, { ...ofPanel, folds: 'half', horizon: 1 })).toEqual([]);
    expect(auditChurnDesign(panel, { ...ofPanel, folds: 'byTime' }).findings).toMatchObject([{ code: 'CUSTOMER_IN_FOLDS', rows: 900, columns: ['customer', 'byTime'] }]);
    const apart = panel.filter(({ byTime, half }) => (byTime === 'train') === (half === 'a'));
    expect(auditChurnDesign(apart, { ...ofPanel, folds: 'byTime', horizon: 2 }).findings).toMatchObject([{ code: 'OVERLAPPING_WINDOWS', rows: 150 }]);
    expect(codes(apart, { ...ofPanel, folds: 'byTime', horizon: 1 })).toEqual([]);
  });

  it('of windows that were not over', () => {
    expect(auditChurnDesign(panel, { ...ofPanel, horizon: 1, observedUntil: 2 }).findings).toMatchObject([{ code: 'INCOMPLETE_HORIZON', certainty: 'certain', rows: 300 }]);
    expect(codes(panel.map((row) => ({ ...row, left: row.month === 2 ? null : row.left })), { ...ofPanel, horizon: 1, observedUntil: 2 })).toEqual([]);
    // Where the end is not known: the rate of the last month falls.
    expect(codes(panel, { ...ofPanel, horizon: 1 })).toEqual([]);
    expect(auditChurnDesign(panel.map((row, i) => ({ ...row, left: row.month === 2 && i % 5 > 0 ? 0 : row.left })), { ...ofPanel, horizon: 1 }).findings).toMatchObject([{ code: 'INCOMPLETE_HORIZON', certainty: 'possible', rows: 300 }]);
  });

  it('of weights by class', () => {
    const byClass = good.map(({ left }) => (left === 1 ? 3 : 1) / 7);
    expect(auditChurnDesign(good, { ...followed, weights: byClass }).findings).toMatchObject([{ code: 'CLASS_WEIGHTS', certainty: 'certain' }]);
    expect(codes(good, { ...followed, weights: good.map(() => 2) })).toEqual([]);
    expect(codes(good, { ...followed, weights: good.map(({ age }) => age) })).toEqual([]);
  });

  it.each([
    ['no rows', () => auditChurnDesign([], { target: 'left' }), 'EMPTY_INPUT', 'needs at least one row'],
    ['one class', () => auditChurnDesign([{ left: 1 }, { left: 1 }], { target: 'left' }), 'TARGET_CLASSES', 'needs a target of two classes'],
    ['an unknown column', () => auditChurnDesign(good, { target: 'left', duration: 'dayz' as never }), 'UNKNOWN_COLUMN', 'dayz'],
    ['a threshold of 2', () => auditChurnDesign(good, { target: 'left', threshold: 2 }), 'INVALID_OPTION', 'needs a threshold above 0.5'],
    ['a horizon of days for months', () => auditChurnDesign(panel, { ...ofPanel, horizon: { days: 3 } }), 'INVALID_OPTION', 'needs horizon as a number from 0 up'],
    ['a time that is none', () => auditChurnDesign(panel, { ...ofPanel, time: 'plan', horizon: 3 }), 'COLUMN_KIND', 'needs dates or numbers as time'],
    ['stamps without a moment', () => auditChurnDesign(good, { target: 'left', customer: 'customer', knownAt: { age: 'joined' } }), 'INVALID_OPTION', 'needs time as a column of dates'],
    ['a misspelt option', () => auditChurnDesign(good, { target: 'left', tenure: 'days' } as never), 'INVALID_OPTION', 'knows no option "tenure"'],
  ] as [string, () => unknown, string, string][])('refuses %s', (_, run, code, message) => {
    expect(run).toThrow(message);
    expect(errorCode(run)).toBe(code);
  });
});

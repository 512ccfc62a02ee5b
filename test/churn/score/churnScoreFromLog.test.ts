import { describe, expect, it } from 'vitest';
import { churnSnapshots } from '../../../src/churn/define/churnSnapshots.js';
import { fitChurnScore, type ChurnScoreLogOptions } from '../../../src/churn/score/fitChurnScore.js';
import { scoreChurn } from '../../../src/churn/score/scoreChurn.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode as code } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const END = START + 480 * DAY;

interface Client {
  readonly id: string;
  readonly plan: string;
  readonly joined: number;
}

/** Clients who visit at a rhythm of their own and stop for good, those of plan basic three times as often; a complaint comes before half of the stops. */
function world(count: number, seed = 4): { clients: Client[]; events: { id: string; at: number; item: string; paid: number }[]; stoppedAt: Map<string, number> } {
  const random = createRandom(seed);
  const clients: Client[] = [];
  const events: { id: string; at: number; item: string; paid: number }[] = [];
  const stoppedAt = new Map<string, number>();
  for (let c = 0; c < count; c++) {
    const id = `c${c}`;
    const plan = random.uniform() < 0.5 ? 'basic' : 'gold';
    const joined = START + Math.floor(200 * random.uniform()) * DAY;
    const every = 5 + 20 * random.uniform();
    const stop = joined - Math.log(random.uniform()) * (plan === 'basic' ? 250 : 750) * DAY;
    clients.push({ id, plan, joined });
    if (stop < END) stoppedAt.set(id, stop);
    for (let at = joined; at < Math.min(stop, END); at -= Math.log(random.uniform()) * every * DAY) events.push({ id, at, item: 'book', paid: 5 + random.integer(40) });
    if (random.uniform() < 0.5 && stop < END && stop - joined > 10 * DAY) events.push({ id, at: stop - 9 * DAY * random.uniform(), item: 'complaint', paid: 0 });
  }
  return { clients, events, stoppedAt };
}

const { clients, events, stoppedAt } = world(700);
const roles = { customer: 'id', time: 'at', item: 'item', amount: 'paid' } as const;
const log = EventLog.fromRows(events, roles, { observedUntil: END });
const customers = { table: Frame.fromRows(clients, { id: 'id', joined: 'date' }), id: 'id', knownAt: 'joined' };
const options: ChurnScoreLogOptions = { rule: { kind: 'inactivity' }, lookback: { days: 45 }, horizon: { days: 60 }, every: { days: 40 }, customers, methods: ['logistic'] };
const score = fitChurnScore(log, options);

describe('fitChurnScore from an event log', () => {
  it('learns from who could leave at earlier moments, and is judged on the latest, out of reach of the outcomes learnt from', () => {
    const { report } = score;
    expect(report.validation).toBe('out of time');
    expect(report.baseline!.feature).toBe('recencyDays');
    expect(report.isBelievable).toBe(true);
    expect(report.auc.lower).toBeGreaterThan(0.6);
    expect(report.warnings.some((warning) => warning.includes('horizon'))).toBe(false);
    const { moments } = report.baseRate;
    expect(moments.length).toBeGreaterThanOrEqual(5);
    // The last window is over.
    expect(moments.at(-1)!.moment + 60 * DAY).toBeLessThanOrEqual(END);
    expect(report.testFrom).toBeGreaterThan(moments[0]!.moment + 60 * DAY);
    expect(score).toMatchObject({ target: 'churned', positive: 1, direction: 'leave' });
  });

  it('learns from the rows of churnSnapshots, and nothing else', () => {
    const first = new Date(score.report.baseRate.moments[0]!.moment);
    const last = new Date(score.report.baseRate.moments.at(-1)!.moment);
    const { customers: _, methods, every, ...shape } = options;
    const made = churnSnapshots(log, { ...shape, every: every!, from: first, to: last, itemRecency: true });
    const bare = fitChurnScore(log, { ...shape, every: every!, methods: methods! });
    const byHand = fitChurnScore(made.rows, { target: made.label, horizon: made.span, methods: methods! });
    expect(bare.report.auc).toEqual(byHand.report.auc);
    expect(bare.predict(made.rows)).toEqual(byHand.predict(made.rows));
  });

  it('finds what moves the risk, and says it in words', () => {
    expect(score.features).toContain('plan');
    const row = Object.fromEntries(score.features.map((name) => [name, name === 'plan' ? 'basic' : 20]));
    const texts = score.explain(row).map(({ text }) => text);
    expect(texts.some((text) => /^plan = basic raises the odds/.test(text))).toBe(true);
    expect(texts.some((text) => /^days since the last purchase = 20 /.test(text))).toBe(true);
    expect(score.explain(row, { words: { recencyDays: 'silence' } }).some(({ text }) => text.startsWith('silence = 20'))).toBe(true);
  });

  it('scores those who can leave today, as calibrated as the truth allows', () => {
    const today = scoreChurn(score, log, { customers });
    expect(today.asOf).toBe(END);
    const lastVisit = new Map<string, number>();
    for (const { id, at, paid } of events) if (paid > 0) lastVisit.set(id, Math.max(at, lastVisit.get(id) ?? 0));
    expect(new Set(today.customers)).toEqual(new Set([...lastVisit].filter(([, at]) => at >= END - 45 * DAY).map(([id]) => id)));
    const planOf = new Map(clients.map(({ id, plan }) => [id, plan]));
    const mean = (plan: string): number => {
      const values = today.values.filter((_, i) => planOf.get(today.customers[i] as string) === plan);
      return values.reduce((sum, p) => sum + p, 0) / values.length;
    };
    expect(mean('basic')).toBeGreaterThan(1.5 * mean('gold'));
  });

  it('sees nothing of what comes after the moment', () => {
    const asOf = END - 100 * DAY;
    const past = EventLog.fromRows(events.filter(({ at }) => at < asOf), roles, { observedUntil: asOf });
    expect(scoreChurn(score, past, { customers })).toEqual(scoreChurn(score, log, { asOf: new Date(asOf), customers }));
  });

  it('learns the end of contracts, by events or by moments from elsewhere; the latter have to be given again', () => {
    const ends = [...stoppedAt].map(([id, at]) => ({ id, at, item: 'closing', paid: 0 }));
    const closing = EventLog.fromRows([...events, ...ends], roles, { observedUntil: END });
    const contract = { horizon: { days: 60 }, every: { days: 40 }, customers, methods: ['logistic'] } as const;
    const byEvent = fitChurnScore(closing, { ...contract, rule: { kind: 'contract', end: 'closing' } });
    expect(scoreChurn(byEvent, closing, { customers }).customers).toHaveLength(clients.length - stoppedAt.size);
    const endedAt = { customers: [...stoppedAt.keys()], values: Float64Array.from(stoppedAt.values()) };
    const rule = { kind: 'contract', endedAt } as const;
    const byMoment = fitChurnScore(log, { ...contract, rule });
    expect(byMoment.report.events).toBe(byEvent.report.events);
    expect(JSON.stringify(byMoment)).not.toContain('c17');
    expect(() => scoreChurn(byMoment, log, { customers })).toThrow('scoreChurn needs the rule again');
    expect(scoreChurn(byMoment, log, { customers, rule }).customers).toEqual(scoreChurn(byEvent, closing, { customers }).customers);
  });

  it('learns deepening from a rule of growth', () => {
    const grow = fitChurnScore(log, { ...options, rule: { kind: 'growth', usual: { days: 90 } } });
    expect(grow.direction).toBe('deepen');
    expect(grow.report.profit).toBeNull();
    expect(scoreChurn(grow, log, { customers }).values.every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('warns of attributes that do not say since when they were known', () => {
    expect(score.report.design).toEqual([]);
    const { design } = fitChurnScore(log, { ...options, customers: { table: customers.table, id: 'id' } }).report;
    expect(design.join()).toContain('give knownAt');
  });

  it('refuses what cannot be', () => {
    const fit = (more: object): string => code(() => fitChurnScore(log, { ...options, ...more }));
    expect(fit({ rule: { kind: 'gone' } })).toBe('INVALID_OPTION');
    expect(fit({ horizon: undefined })).toBe('INVALID_OPTION');
    expect(fit({ horizon: { years: 2 } })).toBe('INVALID_OPTION');
    expect(fit({ target: 'left' })).toBe('INVALID_OPTION');
    expect(fit({ customers: { table: [{ id: 'nobody', plan: 'x' }], id: 'id' } })).toBe('UNKNOWN_ID');
    expect(code(() => scoreChurn(score, log))).toBe('INVALID_OPTION');
    expect(code(() => scoreChurn(score, [] as never, { customers }))).toBe('INVALID_INPUT');
    const fromTable = fitChurnScore(clients.map((row, i) => ({ ...row, left: (i * 7) % 10 < 4 ? 1 : 0 })), { target: 'left', features: ['plan'], methods: ['logistic'] });
    expect(code(() => scoreChurn(fromTable, log))).toBe('INVALID_INPUT');
  });
});

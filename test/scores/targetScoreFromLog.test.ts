import { describe, expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { labelOutcome } from '../../src/data/labelOutcome.js';
import { snapshot } from '../../src/data/snapshot.js';
import { snapshots } from '../../src/data/snapshots.js';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import { createRandom } from '../../src/numeric/random.js';
import { fitTargetScore } from '../../src/scores/fitTargetScore.js';
import { scoreCustomers } from '../../src/scores/scoreCustomers.js';
import { errorCode as code } from '../errorCode.js';
import { idealTarget } from '../../src/scoring/campaign/idealTarget.js';
import { readLog } from '../../src/scores/readLog.js';

/** Customers with a rhythm of their own; a card is bought by those who have bought a loan in the last two months, one time in three. */
function events(count: number): { customer: number; at: number; product: string; paid: number }[] {
  const random = createRandom(21);
  const day = 86_400_000;
  const start = Date.UTC(2025, 0, 1);
  return Array.from({ length: count }, (_, customer) => {
    const every = 10 + random.integer(90);
    const found = [];
    for (let at = random.integer(every); at < 540; at += 1 + random.integer(2 * every)) {
      const product = random.uniform() < 0.2 ? 'loan' : 'book';
      found.push({ customer, at: start + at * day, product, paid: 5 + random.integer(50) });
      if (product === 'loan' && random.uniform() < 0.5) found.push({ customer, at: start + (at + 1 + random.integer(30)) * day, product: 'card', paid: 90 });
    }
    return found;
  }).flat();
}

const log = EventLog.fromRows(events(1500), { customer: 'customer', time: 'at', item: 'product', amount: 'paid' });
const asOf = '2026-04-01';
const horizon = { weeks: 2 };

describe('will this customer buy a card in the next two weeks?', () => {
  const past = snapshot(log, { asOf, itemRecency: true });
  const labels = labelOutcome(log, { asOf, horizon, outcome: 'card' });
  const score = fitTargetScore(past.withColumn('buysCard', labels), { target: 'buysCard' });

  it('is answered by a score that ranks the buyers of a later moment first', () => {
    const later = '2026-05-01';
    const truth = labelOutcome(log, { asOf: later, horizon, outcome: 'card' });
    const today = snapshot(log, { asOf: later, like: past });
    const auc = rocAuc(truth.values, score.predict(today));
    expect(auc).toBeGreaterThan(0.75);
    expect(score.report.auc.lower).toBeLessThan(auc + 0.05);
    expect(today.ids()).toEqual(truth.customers);
    expect(score.unseen(today)).toEqual([]);
  });

  it('finds what drives it: a loan not long ago', () => {
    expect(score.profiles().most.some(({ feature }) => feature.includes('loan'))).toBe(true);
    expect(score.report.leftOut.some(({ column }) => column === 'customer')).toBe(true);
  });

  it('gives a target whose expected answers come true within chance', () => {
    const later = '2026-05-01';
    const today = snapshot(log, { asOf: later, like: past });
    const truth = labelOutcome(log, { asOf: later, horizon, outcome: 'card' }).values;
    const target = idealTarget(score.predict(today), { contactCost: 1, benefit: 20, customers: today.ids() });
    const answers = target.selected.reduce((sum, row) => sum + truth[row]!, 0);
    expect(target.contacts).toBeGreaterThan(20);
    expect(Math.abs(answers - target.expectedResponses)).toBeLessThan(4 * Math.sqrt(target.expectedResponses));
  });

  it('is judged out of time on a series of snapshots, without being told', () => {
    const series = snapshots(log, { from: '2025-10-01', to: '2026-05-01', every: { months: 1 }, horizon, outcome: 'card', label: 'buysCard' });
    const { report } = fitTargetScore(series, { target: 'buysCard', ridge: 1 });
    expect(report.validation).toBe('out of time');
    expect(report.testRows).toBeGreaterThan(0.2 * report.rows);
    expect(report.auc.estimate).toBeGreaterThan(0.7);
  });
});

describe('fitTargetScore from an event log', () => {
  const score = fitTargetScore(log, { outcome: 'card', horizon, itemRecency: true, methods: ['logistic', 'boosted trees'] });

  it('learns from what customers did next at earlier moments, and is judged on the latest', () => {
    const { report } = score;
    expect(report.validation).toBe('out of time');
    expect(report.auc.estimate).toBeGreaterThan(0.7);
    // The test begins only where every outcome learnt from is over.
    expect(report.warnings.some((warning) => warning.includes('horizon'))).toBe(false);
    expect(score.target).toBe('outcome');
    expect(score.features).not.toContain('asOf');
    expect(score.features.some((feature) => feature.includes('loan'))).toBe(true);
  });

  it('says what changed between then and later, and that scores did as well from moment to moment', () => {
    const { stability } = score.report;
    expect(stability!.features.map(({ feature }) => feature).sort()).toEqual([...score.features].sort());
    expect(stability!.periods.length).toBeGreaterThan(0);
    expect(stability!.periods.reduce((sum, { rows }) => sum + rows, 0)).toBe(score.report.testRows);
    for (const { rate, meanScore } of stability!.periods) {
      expect(rate.lower).toBeLessThan(meanScore + 0.03);
      expect(rate.upper).toBeGreaterThan(meanScore - 0.03);
    }
  });

  it('scores every customer of the log at a moment, as a snapshot by hand would', () => {
    const { customers, values } = scoreCustomers(score, log, { asOf });
    const today = snapshot(log, { asOf, itemRecency: true });
    expect(customers).toEqual(today.ids());
    expect(values).toEqual(score.predict(snapshot(log, { asOf, like: score.features })));
    expect(scoreCustomers(score, log).customers.length).toBeGreaterThanOrEqual(customers.length);
  });

  it('takes the moments it is given', () => {
    const { report } = fitTargetScore(log, { outcome: 'card', horizon, gap: { days: 2 }, from: '2025-10-01', to: '2026-04-01', every: { months: 1 }, methods: ['logistic'], ridge: 1 });
    expect(report.testFrom).toBeGreaterThan(Date.UTC(2026, 0, 1));
    expect(report.rows).toBeGreaterThan(5000);
  });

  it('refuses what cannot be', () => {
    expect(code(() => fitTargetScore(log, { outcome: 'card', horizon: { years: 2 } }))).toBe('INVALID_OPTION');
    expect(code(() => fitTargetScore(log, { outcome: 'boat', horizon }))).toBe('UNKNOWN_ID');
    expect(code(() => fitTargetScore(log, {} as never))).toBe('INVALID_OPTION');
    expect(code(() => fitTargetScore(log, { horizon, target: 'card' } as never))).toBe('INVALID_OPTION');
    expect(code(() => scoreCustomers(score, [] as never))).toBe('INVALID_INPUT');
  });

  it('goes back to the last moment whose outcome is over, be months as long as they are', () => {
    const day = 86_400_000;
    const [start, end] = [Date.UTC(2025, 8, 1), Date.UTC(2026, 2, 31)];
    const visits = Array.from({ length: 60 }, (_, c) => Array.from({ length: 80 }, (__, k) => ({ id: c, at: start + day * (k * (3 + (c % 9)) + (c % 5)) }))).flat().filter(({ at }) => at < end);
    const monthly = EventLog.fromRows([...visits, { id: 0, at: end - day }], { customer: 'id', time: 'at' });
    // Three days and a month before 31 March is 28 February, and from there it takes until 3 April.
    const rows = readLog('test', monthly, { horizon: { months: 1 }, gap: { days: 3 } });
    const [moments, outcomes] = ['asOf', 'outcome'].map((name) => (rows.column(name) as { values: Float64Array }).values) as [Float64Array, Float64Array];
    expect(new Date(Math.max(...moments)).toISOString().slice(0, 10)).toBe('2026-02-25');
    expect(outcomes.some(Number.isNaN)).toBe(false);
  });
});

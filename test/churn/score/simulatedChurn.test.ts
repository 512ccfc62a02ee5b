import { describe, expect, it } from 'vitest';
import { simulateCompany } from '../../../examples/company/index.mjs';
import { fitChurnScore } from '../../../src/churn/score/fitChurnScore.js';
import { scoreChurn } from '../../../src/churn/score/scoreChurn.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { Frame } from '../../../src/data/frame.js';

const company = simulateCompany({ customers: 4000, seed: 7 });
const log = EventLog.fromRows(company.events, { customer: 'customerId', time: 'at', item: 'item', amount: 'amount', channel: 'channel' }, { observedUntil: company.end });
const customers = { table: Frame.fromRows(company.customers, { customerId: 'id', joinedAt: 'date' }), id: 'customerId' };

describe('the churn score of the simulated company', () => {
  const score = fitChurnScore(log, { rule: { kind: 'contract', end: 'membership' }, horizon: { days: 90 }, customers, windows: [{ days: 60 }] });
  const { customers: ids, values } = scoreChurn(score, log, { customers });
  const truthOf = new Map(company.truth.customers.map(({ customerId, leavesWithin90Days }) => [customerId, leavesWithin90Days]));
  const truth = ids.map((id) => truthOf.get(id as string)!);

  it('scores every member, and no one who has left', () => {
    expect(ids).toHaveLength(company.truth.customers.filter(({ departedAt }) => departedAt === null).length);
    expect(truth.every((p) => p > 0)).toBe(true);
  });

  it('recovers the probability of leaving within 90 days', () => {
    const logs = [Array.from(values, Math.log), truth.map(Math.log)] as const;
    expect(correlation(logs[0], logs[1])).toBeGreaterThan(0.65);
    expect(score.report.auc.lower).toBeGreaterThan(0.5);
    expect(score.report.isBelievable).toBe(true);
  });

  it('is calibrated within the noise of the leavers it learnt from', () => {
    const mean = (of: ArrayLike<number>): number => Array.from(of).reduce((sum, p) => sum + p, 0) / of.length;
    // Some 350 leavers: 1 in 19 by chance, and two standard errors of it.
    const noise = 2 / Math.sqrt(score.report.events);
    expect(Math.abs(mean(values) / mean(truth) - 1)).toBeLessThan(noise + 0.05);
    const order = [...ids.keys()].sort((a, b) => values[a]! - values[b]!);
    for (let third = 0; third < 3; third++) {
      const part = order.filter((_, i) => Math.floor((3 * i) / order.length) === third);
      expect(Math.abs(mean(part.map((i) => values[i]!)) / mean(part.map((i) => truth[i]!)) - 1)).toBeLessThan(2 * noise * Math.sqrt(3) + 0.05);
    }
  });
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length) as [number, number];
  const sum = (of: (i: number) => number): number => a.reduce((total, _, i) => total + of(i), 0);
  return sum((i) => (a[i]! - meanA) * (b[i]! - meanB)) / Math.sqrt(sum((i) => (a[i]! - meanA) ** 2) * sum((i) => (b[i]! - meanB) ** 2));
}

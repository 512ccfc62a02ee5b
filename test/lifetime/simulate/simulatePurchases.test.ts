import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { BgBb } from '../../../src/lifetime/buying/bgBb/bgBb.js';
import { BgNbd } from '../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { MbgNbd } from '../../../src/lifetime/buying/bgNbd/mbgNbd.js';
import type { BuyingModel } from '../../../src/lifetime/buying/buyingModel.js';
import { MbgCnbdK } from '../../../src/lifetime/buying/cnbd/mbgCnbdK.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { ParetoNbd } from '../../../src/lifetime/buying/paretoNbd/paretoNbd.js';
import { newCustomer } from '../../../src/lifetime/newCustomer.js';
import { simulatePurchases } from '../../../src/lifetime/simulate/simulatePurchases.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { customerSummary } from '../../../src/lifetime/summary/customerSummary.js';
import { errorCode } from '../../errorCode.js';

const unit = 'week';
const laws: readonly (readonly [string, BuyingModel])[] = [
  ['Nbd', Nbd.fromParameters({ unit, r: 0.6, alpha: 6 })],
  ['BgNbd', BgNbd.fromParameters({ unit, r: 0.6, alpha: 6, a: 0.8, b: 2.4 })],
  ['MbgNbd', MbgNbd.fromParameters({ unit, r: 0.6, alpha: 6, a: 0.8, b: 2.4 })],
  ['ParetoNbd', ParetoNbd.fromParameters({ unit, r: 0.6, alpha: 6, s: 0.7, beta: 12 })],
  ['MbgCnbdK', MbgCnbdK.fromParameters({ unit, k: 2, r: 0.8, alpha: 3, a: 0.8, b: 2.4 })],
];

describe.each(laws)('customers of %s', (_, law) => {
  const customers = 6000;
  const found = simulatePurchases(law, { customers, observation: { weeks: 30 }, holdout: { weeks: 15 }, seed: 3 });

  it('do what the law expects, within chance', () => {
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / customers;
    const spread = (values: ArrayLike<number>): number => {
      const middle = mean(values);
      return Math.sqrt(mean(Array.from(values, (value) => (value - middle) ** 2)) / customers);
    };
    const newcomer = law.expectedPurchases(newCustomer(unit), { weeks: 30 })[0]!;
    expect(Math.abs(mean(found.frequency) - newcomer) / spread(found.frequency)).toBeLessThan(4);
    const off = law.expectedPurchases(found, { weeks: 15 }).map((expected, i) => expected - found.holdout!.frequency[i]!);
    expect(Math.abs(mean(off)) / spread(off)).toBeLessThan(4);
    const alive = law.aliveProbability(found).map((probability, i) => probability - found.truth.alive[i]!);
    expect(Math.abs(mean(alive)) / Math.max(1e-12, spread(alive))).toBeLessThan(4);
    // Probabilities mean what they say where they are high, too.
    const sure = Array.from(law.purchaseProbability(found, { weeks: 15 }), (probability, i) => ({ probability, bought: Number(found.holdout!.frequency[i]! > 0) })).filter(({ probability }) => probability > 0.6);
    const gap = sure.reduce((sum, { probability, bought }) => sum + probability - bought, 0);
    expect(Math.abs(gap) / Math.sqrt(sure.reduce((sum, { probability }) => sum + probability * (1 - probability), 0))).toBeLessThan(4);
  });

  it('are the same for the same seed', () => {
    const few = (seed: number): unknown => simulatePurchases(law, { customers: 20, observation: { weeks: 30 }, seed });
    expect(few(5)).toEqual(few(5));
    expect(few(5)).not.toEqual(few(6));
  });
});

describe('simulatePurchases', () => {
  it('tells the events from which the histories come', () => {
    const law = BgNbd.fromParameters({ unit: 'day', r: 0.6, alpha: 40, a: 0.8, b: 2.4 });
    const found = simulatePurchases(law, { customers: 50, observation: { days: 200 }, spend: GammaGamma.fromParameters({ p: 6, q: 4, v: 15 }), seed: 2 });
    const log = EventLog.fromColumns(found.events as never, { customer: 'customer', time: 'time', amount: 'amount' } as never);
    const summary = customerSummary(log, { unit: 'day', mergeWithin: { days: 0 }, asOf: log.lastTime + 1 });
    expect(summary.customers.length).toBe(50);
    summary.frequency.forEach((frequency, i) => {
      expect(frequency).toBe(found.frequency[i]);
      expect(summary.recency[i]).toBeCloseTo(found.recency[i]!, 5);
      if (frequency > 0) expect(summary.monetary[i]! / found.monetary![i]!).toBeCloseTo(1, 9);
    });
  });

  it('lets customers come one after the other, and buy in whole periods', () => {
    const arriving = simulatePurchases(laws[0]![1], { customers: 500, observation: { weeks: 52 }, arrivals: { weeks: 26 }, seed: 1 });
    expect(Math.min(...arriving.tenure as Float64Array)).toBeGreaterThanOrEqual(26);
    expect(Math.max(...arriving.tenure as Float64Array)).toBeLessThanOrEqual(52);
    const donors = simulatePurchases(BgBb.fromParameters({ unit: 'year', alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 }), { customers: 300, observation: { years: 6 }, seed: 1 });
    for (let i = 0; i < 300; i++) expect(Number.isInteger(donors.recency[i]) && donors.frequency[i]! <= donors.recency[i]! && donors.recency[i]! <= 6).toBe(true);
  });

  it('refuses what it cannot draw', () => {
    const draw = (options: object, law: unknown = laws[0]![1]): string => errorCode(() => simulatePurchases(law as never, { customers: 5, observation: { weeks: 4 }, ...options } as never));
    expect(draw({ customers: -1 })).toBe('INVALID_OPTION');
    expect(draw({ customers: 1.5 })).toBe('INVALID_OPTION');
    expect(draw({ observation: 4 })).toBe('INVALID_OPTION');
    expect(draw({ seed: 0.5 })).toBe('INVALID_OPTION');
    expect(draw({ until: 1 })).toBe('INVALID_OPTION');
    expect(draw({ arrivals: { weeks: 9 } })).toBe('INVALID_OPTION');
  });
});

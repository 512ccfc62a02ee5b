import { describe, expect, it } from 'vitest';
import { wilsonRate } from '../../../src/evaluation/intervals.js';
import { createRandom } from '../../../src/numeric/random.js';
import { rateRatio } from '../../../src/paths/order/rateRatio.js';

describe('rateRatio', () => {
  it('is, in one band, the ratio of rates with the odds of Wilson’s interval', () => {
    for (const [after, all, daysAfter, days] of [[12, 40, 300, 2000], [1, 3, 10, 11], [900, 1000, 5, 10]] as const) {
      const { ratio, p, expected } = rateRatio({ events: [all], eventsAfter: [after], days: [days], daysAfter: [daysAfter] }, 1.96);
      const odds = daysAfter / (days - daysAfter);
      const share = wilsonRate(after, all, 1.96);
      expect(ratio!.estimate).toBeCloseTo(after / (all - after) / odds, 9);
      expect(ratio!.lower).toBeCloseTo(share.lower / (1 - share.lower) / odds, 9);
      expect(ratio!.upper).toBeCloseTo(share.upper / (1 - share.upper) / odds, 8);
      expect(expected).toBeCloseTo((all * daysAfter) / days, 12);
      expect(p < 0.05).toBe(ratio!.lower > 1 || ratio!.upper! < 1);
    }
  });

  it('solves the conditional likelihood over bands, whose rates may differ as they like', () => {
    const rates = { events: [10, 50, 0, 7], eventsAfter: [6, 40, 0, 7], days: [1000, 200, 500, 90], daysAfter: [300, 90, 100, 90] };
    const { ratio } = rateRatio(rates, 1.96);
    const score = (psi: number): number => rates.events.reduce((sum, n, k) => sum + rates.eventsAfter[k]! - (n * psi * rates.daysAfter[k]!) / (psi * rates.daysAfter[k]! + rates.days[k]! - rates.daysAfter[k]!), 0);
    expect(score(ratio!.estimate!)).toBeCloseTo(0, 9);
    expect(score(ratio!.lower)).toBeGreaterThan(0);
    expect(score(ratio!.upper!)).toBeLessThan(0);
    expect(rateRatio({ ...rates, days: rates.days.map((days) => days * 7), daysAfter: rates.daysAfter.map((days) => days * 7) }, 1.96).ratio!.estimate).toBeCloseTo(ratio!.estimate!, 9);
  });

  it('finds both ends of the interval of any bands, few events and extreme shares of the time among them', () => {
    const random = createRandom(4);
    for (let run = 0; run < 3000; run++) {
      const size = 1 + random.integer(6);
      const [events, eventsAfter, days, daysAfter] = [0, 1, 2, 3].map(() => new Array<number>(size).fill(0)) as [number[], number[], number[], number[]];
      for (let k = 0; k < size; k++) {
        events[k] = random.integer(run % 2 === 0 ? 4 : 400);
        eventsAfter[k] = random.integer(events[k]! + 1);
        days[k] = 1 + random.integer(1000);
        daysAfter[k] = days[k]! / (1 + 10 ** (12 * random.uniform() - 6));
      }
      const { ratio } = rateRatio({ events, eventsAfter, days, daysAfter }, 1.96);
      if (ratio === null) continue;
      // The deviation of the score at a ratio, from its definition.
      const deviation = (psi: number): number => {
        let [score, variance] = [0, 0];
        for (let k = 0; k < size; k++) {
          const share = (psi * daysAfter[k]!) / (psi * daysAfter[k]! + days[k]! - daysAfter[k]!);
          score += eventsAfter[k]! - events[k]! * share;
          variance += events[k]! * share * (1 - share);
        }
        return score / Math.sqrt(variance);
      };
      if (ratio.lower > 0) expect(deviation(ratio.lower)).toBeCloseTo(1.96, 5);
      if (ratio.upper !== null) expect(deviation(ratio.upper)).toBeCloseTo(-1.96, 5);
      if (ratio.estimate !== null && ratio.estimate > 0) {
        expect(deviation(ratio.estimate)).toBeCloseTo(0, 5);
        expect(ratio.lower < ratio.estimate && ratio.estimate < ratio.upper!).toBe(true);
      }
    }
  });

  it('passes over bands without days, where there is nothing to compare', () => {
    const rates = { events: [9, 1], eventsAfter: [4, 1], days: [100, 0], daysAfter: [50, 0] };
    expect(rateRatio(rates, 1.96)).toEqual(rateRatio({ events: [9], eventsAfter: [4], days: [100], daysAfter: [50] }, 1.96));
  });

  it('has a one-sided interval where all events are on one side, and nothing to say without time on both', () => {
    const none = rateRatio({ events: [9], eventsAfter: [0], days: [100], daysAfter: [50] }, 1.96).ratio!;
    expect([none.estimate, none.lower]).toEqual([0, 0]);
    expect(none.upper).toBeCloseTo(1.96 ** 2 / 9, 9);
    const all = rateRatio({ events: [9], eventsAfter: [9], days: [100], daysAfter: [50] }, 1.96).ratio!;
    expect([all.estimate, all.upper]).toEqual([null, null]);
    expect(all.lower).toBeCloseTo(9 / 1.96 ** 2, 9);
    expect(rateRatio({ events: [9], eventsAfter: [9], days: [100], daysAfter: [100] }, 1.96)).toMatchObject({ ratio: null, p: 1, expected: 9 });
    expect(rateRatio({ events: [0], eventsAfter: [0], days: [100], daysAfter: [50] }, 1.96)).toMatchObject({ ratio: null, p: 1, expected: 0 });
  });
});

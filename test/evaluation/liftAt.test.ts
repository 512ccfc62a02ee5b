import { describe, expect, it } from 'vitest';
import { gainsTable, liftAt, type LiftOptions } from '../../src/evaluation/index.js';
import { liftInterval } from '../../src/evaluation/liftInterval.js';
import { normalCdf, normalQuantile } from '../../src/numeric/normal.js';
import { createRandom } from '../../src/numeric/random.js';
import { forRows } from './rows.js';

describe('liftAt', () => {
  it('counts by hand, and shares the events of customers who tie at the cut', () => {
    expect(liftAt([1, 1, 0, 0], [4, 3, 2, 1], 0.5).estimate).toBe(2);
    expect(liftAt([1, 0, 0, 1], [2, 1, 1, 1], 0.5).estimate).toBeCloseTo(4 / 3, 12);
    expect(liftAt([1, 0, 0, 1], [2, 1, 1, 1], 0.5, { ties: 'rowOrder' }).estimate).toBe(1);
  });

  it('does not lose a customer to rounding: 29 % of 100 are 29', () => {
    const labels = Array.from({ length: 100 }, (_, i) => Number(i < 29));
    expect(liftAt(labels, labels.map((_, i) => -i), 0.29).estimate).toBeCloseTo(1 / 0.29, 12);
  });

  it('is 1 without doubt for all customers, and at most 1 / share', () => {
    expect(liftAt([1, 0, 1], [1, 2, 3], 1)).toEqual({ estimate: 1, lower: 1, upper: 1 });
    expect(liftAt([1, 0, 0, 0], [4, 3, 2, 1], 0.25)).toMatchObject({ estimate: 4, upper: 4 });
    expect(liftAt([0, 0, 0, 1], [4, 3, 2, 1], 0.25)).toMatchObject({ estimate: 0, lower: 0 });
  });

  it('has ends at which the ratio is as far from the data as the confidence says', () => {
    // Koopman's statistic of 40 of 200 against 60 of 800, solved by scipy 1.17.1 (brentq): ratio of the rest to the first 0.375, from 0.2609 to 0.5435.
    const { lower, upper } = liftInterval(40, 200, 100, 1000, 1.959963984540054);
    expect(lower).toBeCloseTo(1.5753020222037755, 9);
    expect(upper).toBeCloseTo(2.4465423130491564, 9);
  });

  it('covers the true lift at about the confidence asked for, also with few events', () => {
    for (const [n, rate] of [[400, 0.25], [300, 0.05]] as const) {
      // A normal score, the event with probability rising in it: the true lift of the best fifth by integration.
      const slope = 1;
      const probability = (score: number): number => rate * 2 * normalCdf(slope * score);
      const cells = 20_000;
      let inTop = 0;
      for (let i = 0; i < cells; i++) inTop += probability(normalQuantile(0.8 + (0.2 * (i + 0.5)) / cells)) / cells;
      const truth = inTop / rate;
      let covered = 0;
      for (let seed = 1; seed <= 500; seed++) {
        const random = createRandom(seed);
        const scores = Float64Array.from({ length: n }, () => random.normal());
        const { lower, upper } = liftAt(Uint8Array.from(scores, (score) => (random.uniform() < probability(score) ? 1 : 0)), scores, 0.2, { confidence: 0.9 });
        if (lower <= truth && truth <= upper) covered++;
      }
      expect(covered / 500).toBeGreaterThan(0.86);
      expect(covered / 500).toBeLessThan(0.94);
    }
  });

  it('is the first bin of the gains table', () => {
    forRows(({ labels, scores }) => {
      const n = Math.floor(labels.length / 5);
      const table = gainsTable(labels, scores, { bins: 5 });
      expect(liftAt(labels, scores, 0.2)).toEqual(table[0]!.liftInterval);
      expect(table[0]!.customers).toBe(n);
      for (const row of table) {
        expect(row.liftInterval.estimate).toBeCloseTo(row.lift, 12);
        expect(row.cumulativeLiftInterval.estimate).toBeCloseTo(row.cumulativeLift, 12);
        for (const { estimate, lower, upper } of [row.liftInterval, row.cumulativeLiftInterval]) {
          expect(lower).toBeLessThanOrEqual(estimate + 1e-12);
          expect(upper).toBeGreaterThanOrEqual(estimate - 1e-12);
          expect(Number.isNaN(lower + upper)).toBe(false);
        }
      }
    }, 60);
  });

  it.each<[number, unknown, string, string]>([
    [0, {}, 'INVALID_OPTION', 'liftAt needs a share above 0 and at most 1, found 0'],
    [1.2, {}, 'INVALID_OPTION', 'found 1.2'],
    [0.1, {}, 'INVALID_OPTION', 'liftAt needs a share of at least one customer, found 0.1 of 3'],
    [0.5, { ties: 'random' }, 'INVALID_OPTION', 'liftAt needs ties as one of shared, rowOrder'],
    [0.5, { confidence: 2 }, 'INVALID_OPTION', 'liftAt needs a confidence between 0 and 1'],
    [0.5, { weights: [1] }, 'LENGTH_MISMATCH', 'liftAt needs as many weights as labels'],
    [0.5, { bins: 3 }, 'INVALID_OPTION', 'liftAt knows no option "bins"'],
  ])('refuses a share of %s with %j', (share, options, code, message) => {
    const run = (): unknown => liftAt([1, 0, 0], [1, 2, 3], share, options as LiftOptions);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }));
  });
});

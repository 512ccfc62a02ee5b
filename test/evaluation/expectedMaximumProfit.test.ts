import { describe, expect, it } from 'vitest';
import { expectedMaximumProfit, type ChurnProfitOptions } from '../../src/evaluation/index.js';
import { incompleteBeta } from '../../src/numeric/incompleteBeta.js';
import { forRows, reordered } from './rows.js';

/** The definition itself: at every value of the unknown the best of all depths, averaged over a fine grid of its law. */
function naive(labels: readonly number[], scores: readonly number[], profitOf: (unknown: number, events: number, others: number) => number, cdf: (x: number) => number): number {
  const depths = [...new Set(scores)].map((cut) => {
    const chosen = labels.filter((_, i) => scores[i]! >= cut);
    const events = chosen.filter(Boolean).length / labels.length;
    return [events, chosen.length / labels.length - events] as const;
  });
  let sum = 0;
  const steps = 2000;
  for (let k = 0; k < steps; k++) {
    const unknown = (k + 0.5) / steps;
    sum += Math.max(0, ...depths.map(([events, others]) => profitOf(unknown, events, others))) * (cdf((k + 1) / steps) - cdf(k / steps));
  }
  return sum;
}

describe('expectedMaximumProfit', () => {
  it('is for churn the best depth at every share of those who can be kept, averaged over its beta law', () => {
    forRows(({ labels, scores }) => {
      const { expectedProfit } = expectedMaximumProfit(labels, scores, { purpose: 'churn', alpha: 2, beta: 3, customerValue: 100, incentiveCost: 20, contactCost: 5 });
      const right = naive(labels, scores, (kept, events, others) => kept * 80 * events - 5 * events - 25 * others, (x) => incompleteBeta(x, 2, 3));
      expect(Math.abs(expectedProfit - right)).toBeLessThan(2e-4 * 100);
    }, 15);
  });

  it('is for credit the same over the loss given default', () => {
    forRows(({ labels, scores }) => {
      const { expectedProfit } = expectedMaximumProfit(labels, scores, { purpose: 'credit' });
      const between = naive(labels, scores, (loss, events, others) => loss * events - 0.2644 * others, (x) => x);
      const full = naive(labels, scores, (_, events, others) => events - 0.2644 * others, (x) => x);
      expect(expectedProfit).toBeCloseTo(0.35 * between + 0.1 * full, 5);
    }, 15);
  });

  it('knows the best depth when the unknown is at its mean, with its threshold', () => {
    // 2 leavers of 5; contacting the first three brings (2 x 0.3 x 190 - 3 - 10) / 5, the first one (0.3 x 190 - 1) / 5.
    const found = expectedMaximumProfit([1, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.2, 0.1], { purpose: 'churn' });
    expect(found.maximumProfit).toBeCloseTo((2 * 0.3 * 190 - 3 - 10) / 5, 12);
    expect(found.maximumShare).toBeCloseTo(0.6, 12);
    expect(found.threshold).toBe(0.7);
  });

  it('contacts nobody when nothing pays', () => {
    const found = expectedMaximumProfit([0, 1], [0.9, 0.1], { purpose: 'churn', customerValue: 11, incentiveCost: 10, contactCost: 5 });
    expect(found).toEqual({ expectedProfit: 0, expectedShare: 0, maximumProfit: 0, maximumShare: 0, threshold: Infinity });
  });

  it('contacts all events where nothing costs anything', () => {
    const found = expectedMaximumProfit([1, 0, 1], [3, 2, 1], { purpose: 'churn', incentiveCost: 0, contactCost: 0, customerValue: 10 });
    expect(found.expectedProfit).toBeCloseTo((2 / 3) * 0.3 * 10, 12);
  });

  it('is at least what one depth earns at the mean, whatever the order of the rows', () => {
    forRows((rows) => {
      const found = expectedMaximumProfit(rows.labels, rows.scores, { purpose: 'churn' });
      expect(found.expectedProfit).toBeGreaterThanOrEqual(found.maximumProfit - 1e-9);
      expect(expectedMaximumProfit(reordered(rows, 4).labels, reordered(rows, 4).scores, { purpose: 'churn' })).toEqual(found);
      for (const share of [found.expectedShare, found.maximumShare]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-12);
      }
    }, 60);
  });

  it.each<[unknown, string]>([
    [{ purpose: 'uplift' }, 'needs purpose as one of churn, credit, found uplift'],
    [{}, 'needs purpose as one of churn, credit, found undefined'],
    [null, 'needs purpose as one of churn, credit'],
    [{ purpose: 'churn', alpha: 0 }, 'needs alpha above 0, found 0'],
    [{ purpose: 'churn', beta: NaN }, 'needs beta as a finite number'],
    [{ purpose: 'churn', contactCost: -1 }, 'needs contactCost from 0 up, found -1'],
    [{ purpose: 'churn', customerValue: 5 }, 'needs customerValue above the incentiveCost of 10'],
    [{ purpose: 'credit', fullRecovery: 0.95, fullLoss: 0.1 }, 'needs fullLoss at most 1 - fullRecovery'],
    [{ purpose: 'credit', alpha: 3 }, 'knows no option "alpha"'],
  ])('refuses %j', (options, message) => {
    const run = (): unknown => expectedMaximumProfit([1, 0], [2, 1], options as ChurnProfitOptions);
    expect(run).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(`expectedMaximumProfit ${message}`) as string }));
  });

  it('needs both classes', () => {
    expect(() => expectedMaximumProfit([1, 1], [2, 1], { purpose: 'credit' })).toThrow('expectedMaximumProfit needs labels 0 and 1');
  });
});

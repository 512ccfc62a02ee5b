import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { chooseMethods } from '../../../src/propensity/stack/chooseMethods.js';
import { lossOf, portfolio } from './portfolio.js';

const log = Math.log;

describe('chooseMethods', () => {
  it('compares mean log losses customer by customer, as can be checked by hand', () => {
    // Probabilities 1/2 and 3/4 of three customers of whom the first two took it; the fourth could not.
    const half = Float64Array.of(0, 0, 0, NaN);
    const bold = Float64Array.of(log(3), log(3), log(3), NaN);
    const [choice] = chooseMethods({ methods: [{ name: 'half', logits: half }, { name: 'bold', logits: bold }], labels: [1, 1, 0, -1], productCount: 1, fewPositives: 1 });
    const losses = [-log(0.75), -log(0.75), -log(0.25)];
    const mean = (losses[0]! + losses[1]! + losses[2]!) / 3;
    expect(choice!.rows).toBe(3);
    expect(choice!.positives).toBe(2);
    expect(choice!.losses[0]!.logLoss).toBeCloseTo(log(2), 12);
    expect(choice!.losses[0]!.standardError).toBeCloseTo(0, 12);
    expect(choice!.losses[1]!.logLoss).toBeCloseTo(mean, 12);
    const error = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 2 / 3);
    expect(choice!.losses[1]!.standardError).toBeCloseTo(error, 12);
    expect(choice!.losses[1]!.excess).toBe(0);
    expect(choice!.losses[0]!.excess).toBeCloseTo(log(2) - mean, 12);
    // The loss of the first method is the same for all, so that the paired differences spread as the losses of the second.
    expect(choice!.losses[0]!.excessError).toBeCloseTo(error, 12);
    // Within one standard error the simpler one is taken.
    expect(choice!.method).toBe('half');
  });

  it('takes the better method where the difference is clear, product by product', () => {
    const { labels, logits } = portfolio({ rows: 3000, products: 3, seed: 1 });
    const rates = logits.map((_, i) => [-3, -1.5, -0.4][i % 3]!);
    // For the last product the second method knows nothing and says it boldly.
    const random = createRandom(2);
    const other = logits.map((logit, i) => (i % 3 === 2 ? random.normal() * 3 : logit));
    const choices = chooseMethods({ methods: [{ name: 'popularity', logits: rates }, { name: 'ease', logits: other }], labels, productCount: 3 });
    expect(choices.map(({ method }) => method)).toEqual(['ease', 'ease', 'popularity']);
    expect(choices.map(({ pooled }) => pooled)).toEqual([false, false, false]);
    const total = choices.reduce((sum, { losses, rows }) => sum + losses[1]!.logLoss * rows, 0) / choices.reduce((sum, { rows }) => sum + rows, 0);
    expect(total).toBeCloseTo(lossOf(labels, other), 10);
  });

  it('lets rare products decide together', () => {
    const { labels, logits } = portfolio({ rows: 600, products: 6, seed: 3 });
    const rates = logits.map((_, i) => -3.2 + (2.8 * (i % 6)) / 5 + 0.5);
    const methods = [{ name: 'popularity', logits: rates }, { name: 'ease', logits }];
    const choices = chooseMethods({ methods, labels, productCount: 6, fewPositives: 10_000 });
    expect(new Set(choices.map(({ method }) => method))).toEqual(new Set(['ease']));
    expect(choices.every(({ pooled }) => pooled)).toBe(true);
    // One of them alone may decide otherwise, and its own losses are kept.
    const alone = chooseMethods({ methods, labels, productCount: 6, fewPositives: 0 });
    choices.forEach(({ losses }, j) => expect(losses).toEqual(alone[j]!.losses));
  });

  it('takes the simplest method for products nobody could or did take', () => {
    const methods = [{ name: 'popularity', logits: Float64Array.of(-5, -5, -5, -5) }, { name: 'ease', logits: Float64Array.of(-5, -5, -5, -5) }];
    const choices = chooseMethods({ methods, labels: [0, -1, 0, -1], productCount: 2 });
    expect(choices.map(({ method, rows, positives }) => [method, rows, positives])).toEqual([['popularity', 2, 0], ['popularity', 0, 0]]);
    expect(choices[1]!.losses[0]).toEqual({ method: 'popularity', logLoss: 0, standardError: 0, excess: 0, excessError: 0 });
  });
});

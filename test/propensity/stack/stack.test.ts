import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { crossFitStack, fitStack } from '../../../src/propensity/stack/fitStack.js';
import { applyStack } from '../../../src/propensity/stack/stackedLogits.js';
import { lossOf, portfolio } from './portfolio.js';

const folds = (rows: number): Uint8Array => Uint8Array.from({ length: rows }, (_, r) => r % 5);

/** The truth in two halves, each of which one engine knows, calibrated by itself; and an engine that knows nothing. */
function engines(rows: number, seed: number): { logits: Float64Array; labels: Int8Array; views: Float64Array[] } {
  const { logits, labels } = portfolio({ rows, products: 4, seed });
  const random = createRandom(seed + 100);
  const blur = (spread: number): Float64Array => logits.map((logit) => logit + spread * random.normal());
  return { logits, labels, views: [blur(0.5), blur(1), Float64Array.from(logits, () => random.normal() - 2)] };
}

describe('applyStack', () => {
  it('adds intercept and weighed log-odds, as can be checked by hand, also in place', () => {
    const stack = { intercepts: [1, -1], weights: [[2, 0], [0.5, 0.5]], shared: [0, 0] };
    const [a, b] = [Float64Array.of(9, 9, 1, 2, 3, 4), Float64Array.of(9, 9, 5, 6, 7, 8)];
    applyStack(stack, [a, b], 1, 3, a);
    expect([...a]).toEqual([3, 3, 7, 5, 3, 4]);
  });
});

describe('fitStack', () => {
  it('weighs engines by what they know, never below 0, and beats each alone', () => {
    const { labels, views } = engines(3000, 1);
    const { stack, logits } = crossFitStack({ engines: views, labels, productCount: 4 }, folds(3000), 5);
    for (const weights of stack.weights) {
      expect(weights[0]).toBeGreaterThan(weights[1]!);
      expect(weights[1]).toBeGreaterThan(0);
      expect(weights[2]).toBeGreaterThanOrEqual(0);
      expect(weights[2]).toBeLessThan(0.15);
    }
    for (const view of views) expect(lossOf(labels, logits)).toBeLessThan(lossOf(labels, view));
  });

  it('puts the odds of drawn rows right: promised and taken agree', () => {
    const { labels, logits } = portfolio({ rows: 9000, products: 2, seed: 3 });
    const low = logits.map((logit) => logit - 1.5);
    const random = createRandom(4);
    const taken = labels.map((label, i) => (label < 0 ? -1 : random.uniform() < 1 / (1 + Math.exp(-low[i]!)) ? 1 : 0));
    const stack = fitStack({ engines: [low], labels: taken, productCount: 2 });
    const out = new Float64Array(low.length);
    applyStack(stack, [low], 0, 9000, out);
    for (const j of [0, 1]) {
      let [promised, positives] = [0, 0];
      for (let i = j; i < out.length; i += 2) {
        if (taken[i]! < 0) continue;
        promised += 1 / (1 + Math.exp(-out[i]!));
        positives += taken[i]!;
      }
      expect(Math.abs(promised / positives - 1)).toBeLessThan(0.1);
    }
  });

  it('has no loss below that of the truth by more than chance', () => {
    const { labels, logits } = engines(2000, 5);
    const excess = lossOf(labels, crossFitStack({ engines: [logits, logits.map((logit) => logit / 2)], labels, productCount: 4 }, folds(2000), 5).logits) - lossOf(labels, logits);
    expect(excess).toBeGreaterThan(-0.001);
    expect(excess).toBeLessThan(0.003);
  });

  it('gives a product that nobody took the shared weights, and stays finite for all, none and nobody', () => {
    const { labels, views } = engines(500, 6);
    for (let i = 0; i < labels.length; i += 4) [labels[i], labels[i + 1], labels[i + 2]] = [0, 1, -1];
    const stack = fitStack({ engines: views, labels, productCount: 4 });
    const out = new Float64Array(2000);
    applyStack(stack, views, 0, 500, out);
    expect(out.every((logit) => Number.isFinite(logit))).toBe(true);
    stack.weights[2]!.forEach((weight, k) => expect(Math.abs(weight - stack.shared[k]!)).toBeLessThan(0.02));
    expect(JSON.parse(JSON.stringify(stack))).toEqual(stack);
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import { crossFitHeads, fitHeads, type HeadData } from '../../../src/propensity/stack/fitHeads.js';
import { applyHeads, bendLogOdds, logOddsOf, openHeads, type Heads } from '../../../src/propensity/stack/heads.js';
import { portfolio, lossOf } from './portfolio.js';

function probabilities(heads: Heads, scores: readonly number[]): Float64Array {
  const out = Float64Array.from(scores);
  applyHeads(openHeads(heads), out, 0, scores.length / heads.intercept.length, out);
  return out.map(sigmoid);
}

const plain = { floor: 0.1, scale: [1], silent: null, bends: [null] };

describe('applyHeads', () => {
  it('adds intercept, line and logarithm, as can be checked by hand', () => {
    const heads: Heads = { ...plain, kind: 'score', intercept: [-1], linear: [2], logarithm: [1], scale: [3] };
    const out = Float64Array.of(0.5, -0.5, 0);
    applyHeads(openHeads(heads), out, 0, 3, out);
    expect(out[0]).toBeCloseTo(-1 + 2 * 0.5 + Math.log(1.6), 3);
    expect(out[1]).toBeCloseTo(-1 - 2 * 0.5 + Math.log(0.1), 3);
    expect(out[2]).toBeCloseTo(-1 + Math.log(0.1), 3);
  });

  it('gives a silent engine its own level, and a score near 0 the level of the map', () => {
    const heads: Heads = { ...plain, kind: 'score', intercept: [-1], linear: [1], logarithm: [0], silent: [2] };
    const out = Float64Array.of(0, 1e-9, -1e-9);
    applyHeads(openHeads(heads), out, 0, 3, out);
    expect(out[0]).toBe(2);
    expect(out[1]).toBeCloseTo(-1, 6);
    expect(out[2]).toBeCloseTo(-1, 6);
  });

  it('writes the rows asked for into the first places, and gives NaN for NaN', () => {
    const heads: Heads = { ...plain, kind: 'logit', intercept: [0, 1], linear: [1, 2], logarithm: [0, 0], scale: [1, 1], bends: [null, null] };
    const out = new Float64Array(4);
    applyHeads(openHeads(heads), Float64Array.of(9, 9, 1, 2, NaN, -3), 1, 3, out);
    expect(out[0]).toBeCloseTo(1, 12);
    expect(out[1]).toBeCloseTo(5, 12);
    expect(out[2]).toBeNaN();
    expect(out[3]).toBeCloseTo(-5, 12);
  });

  it('tells every row the rates where the engine has no scores', () => {
    const out = new Float64Array(4);
    applyHeads(openHeads({ ...plain, kind: 'rate', intercept: [-1, -2], linear: [0, 0], logarithm: [0, 0], scale: [1, 1], bends: [null, null] }), null, 5, 7, out);
    expect([...out]).toEqual([-1, -2, -1, -2]);
  });

  it('stays within the pieces of a product however large a score is', () => {
    const heads: Heads = { ...plain, kind: 'score', intercept: [0, 7], linear: [1, 0], logarithm: [0, 0], scale: [1, 1], bends: [null, null] };
    const out = Float64Array.of(1e300, 1e300, -1e300, -1e300);
    applyHeads(openHeads(heads), out, 0, 2, out);
    expect(out[0]! / 1e300).toBeCloseTo(1, 6);
    expect(out[2]! / 1e300).toBeCloseTo(-1, 6);
    expect(out[3]).toBeCloseTo(7, 9);
  });

  it('bends along a line in pieces', () => {
    const bend = { at: [0, 1, 3], to: [0, 2, 3], below: 0.5, above: 4 };
    expect([-2, 0, 0.5, 2, 3, 4].map((x) => bendLogOdds(bend, x))).toEqual([-1, 0, 1, 2.5, 3, 7]);
    const heads: Heads = { ...plain, kind: 'logit', intercept: [0], linear: [1], logarithm: [0], bends: [bend] };
    expect(logOddsOf(heads, 0, 2)).toBe(2.5);
  });
});

describe('fitHeads', () => {
  it('recovers a line in log-odds', () => {
    const { labels, logits } = portfolio({ rows: 4000, products: 6, seed: 1 });
    const scores = logits.map((logit) => (logit + 1) / 0.6);
    const heads = fitHeads({ scores, labels, productCount: 6, kind: 'logit' });
    const out = new Float64Array(scores.length);
    applyHeads(openHeads(heads), scores, 0, 4000, out);
    expect(lossOf(labels, out) - lossOf(labels, logits)).toBeLessThan(0.0015);
    heads.linear.forEach((slope) => expect(Math.abs(slope - 0.6)).toBeLessThan(0.12));
  });

  it('recovers probabilities from scores that are proportional to them', () => {
    const { labels, logits } = portfolio({ rows: 6000, products: 5, seed: 2 });
    const scores = logits.map((logit) => 7 * sigmoid(logit));
    const out = new Float64Array(scores.length);
    applyHeads(openHeads(fitHeads({ scores, labels, productCount: 5, kind: 'score' })), scores, 0, 6000, out);
    expect(lossOf(labels, out) - lossOf(labels, logits)).toBeLessThan(0.002);
  });

  it('never lets the log-odds fall with the score, whatever the data', () => {
    const random = createRandom(3);
    const scores = Float64Array.from({ length: 900 }, () => random.normal());
    // The higher the score, the fewer take the product.
    const labels = Uint8Array.from(scores, (s) => (random.uniform() < sigmoid(-2 * s) ? 1 : 0));
    const grid = Array.from({ length: 400 }, (_, i) => (i - 200.5) / 40);
    for (const kind of ['score', 'logit'] as const) {
      for (const y of [labels, labels.map((label) => 1 - label)]) {
        const p = probabilities(fitHeads({ scores, labels: y, productCount: 1, kind }), grid);
        for (let i = 1; i < p.length; i++) expect(p[i]! - p[i - 1]!).toBeGreaterThanOrEqual(-1e-12);
      }
    }
  });

  it('bends where a straight line in log-odds does not hold', () => {
    const random = createRandom(5);
    const scores = Float64Array.from({ length: 12_000 }, () => 3 * random.normal() - 1);
    const truth = scores.map((s) => (s < 0 ? 0.9 * s : 0.15 * s));
    const labels = Uint8Array.from(truth, (logit) => (random.uniform() < sigmoid(logit) ? 1 : 0));
    const heads = fitHeads({ scores, labels, productCount: 1, kind: 'logit' });
    const straight = scores.map((s) => heads.intercept[0]! + heads.linear[0]! * s);
    const out = new Float64Array(12_000);
    applyHeads(openHeads(heads), scores, 0, 12_000, out);
    expect(lossOf(labels, out)).toBeLessThan(lossOf(labels, straight) - 0.01);
    expect(lossOf(labels, out)).toBeLessThan(lossOf(labels, truth) + 0.0005);
  });

  it('learns what silence means', () => {
    const random = createRandom(4);
    const scores = Float64Array.from({ length: 4000 }, (_, i) => (i % 4 === 0 ? 0 : random.uniform()));
    const labels = Uint8Array.from(scores, (s) => (random.uniform() < (s === 0 ? 0.6 : 0.2 * s) ? 1 : 0));
    const p = probabilities(fitHeads({ scores, labels, productCount: 1, kind: 'score' }), [0, 0.02, 0.9]);
    expect(Math.abs(p[0]! - 0.6)).toBeLessThan(0.05);
    expect(p[1]).toBeLessThan(0.05);
    expect(Math.abs(p[2]! - 0.18)).toBeLessThan(0.05);
  });

  it('draws a rare product to the slopes of the others', () => {
    const { labels, logits } = portfolio({ rows: 3000, products: 8, seed: 5 });
    // Nobody takes the last product, and the one before it a single customer of middling score.
    for (let r = 0; r < 3000; r++) labels[r * 8 + 7] = labels[r * 8 + 6] = 0;
    labels[6] = 1;
    logits[6] = -1;
    const heads = fitHeads({ scores: logits, labels, productCount: 8, kind: 'logit' });
    expect(heads.linear[7]).toBeGreaterThan(0.7);
    expect(heads.linear[6]).toBeGreaterThan(0.4);
    const p = probabilities(heads, [...logits]);
    let sum = 0;
    for (let r = 0; r < 3000; r++) sum += p[r * 8 + 7]!;
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(1);
  });

  it.each(['score', 'logit', 'rate'] as const)('stays finite for labels all 0, all 1, of nobody, and for a score that is the same for all (%s)', (kind) => {
    const rows = 60;
    const labels = Int8Array.from({ length: rows * 5 }, (_, i) => [0, 1, -1, i % 2, i % 3 === 0 ? 1 : 0][i % 5]!);
    const scores = Float64Array.from({ length: rows * 5 }, (_, i) => [Math.sin(i), Math.cos(i), i, 0.3, -0.2][i % 5]!);
    const heads = fitHeads({ scores, labels, productCount: 5, kind });
    const out = new Float64Array(rows * 5);
    applyHeads(openHeads(heads), scores, 0, rows, out);
    expect(out.every((logit) => Number.isFinite(logit))).toBe(true);
    const mean = (j: number): number => out.reduce((sum, logit, i) => sum + (i % 5 === j ? sigmoid(logit) : 0), 0) / rows;
    expect(mean(0)).toBeLessThan(0.05);
    expect(mean(1)).toBeGreaterThan(0.95);
    expect(Math.abs(mean(3) - 0.5)).toBeLessThan(0.03);
    expect(JSON.parse(JSON.stringify(heads))).toEqual(heads);
  });

  it('does not depend on the order of the rows', () => {
    const { labels, logits } = portfolio({ rows: 300, products: 3, seed: 6 });
    const turned = (values: Float64Array | Int8Array): number[] => Array.from(values, (_, i) => values[(299 - Math.floor(i / 3)) * 3 + (i % 3)]!);
    const a = fitHeads({ scores: logits, labels, productCount: 3, kind: 'score' });
    const b = fitHeads({ scores: Float64Array.from(turned(logits)), labels: turned(labels), productCount: 3, kind: 'score' });
    a.linear.forEach((slope, j) => expect(b.linear[j]).toBeCloseTo(slope, 6));
    a.intercept.forEach((intercept, j) => expect(b.intercept[j]).toBeCloseTo(intercept, 6));
  });

  it('draws the intercept of a product without takers to the rate given', () => {
    const labels = new Uint8Array(50);
    const rateOf = (rate: number): number => sigmoid(fitHeads({ scores: null, labels, productCount: 1, kind: 'rate', rates: [rate] }).intercept[0]!);
    // 51 rows, the share `rate` of one took it.
    expect(rateOf(0.5)).toBeCloseTo(0.5 / 51, 9);
    expect(rateOf(0.1)).toBeCloseTo(0.1 / 51, 9);
    expect(rateOf(0)).toBeGreaterThan(0);
  });
});

describe('crossFitHeads', () => {
  const folds = (rows: number): Uint8Array => Uint8Array.from({ length: rows }, (_, r) => r % 5);

  it('gives every row log-odds of the rows of the other folds only', () => {
    const { labels, logits } = portfolio({ rows: 500, products: 3, seed: 7 });
    const data: HeadData = { scores: logits, labels, productCount: 3, kind: 'logit' };
    const before = crossFitHeads(data, folds(500), 5);
    // What happened in a fold does not change what is said of it, and does change what is said of the others.
    const others = labels.map((label, i) => (Math.floor(i / 3) % 5 === 2 ? 1 - label : label));
    const after = crossFitHeads({ ...data, labels: others }, folds(500), 5);
    let changed = 0;
    for (let i = 0; i < logits.length; i++) {
      if (Math.floor(i / 3) % 5 === 2) expect(after.logits[i]).toBe(before.logits[i]);
      else if (after.logits[i] !== before.logits[i]) changed++;
    }
    expect(changed).toBeGreaterThan(1000);
    expect(before.heads).toEqual(fitHeads(data));
  });

  it('has no loss below that of the truth by more than chance, also where scores say nothing', () => {
    const random = createRandom(8);
    const { labels, logits } = portfolio({ rows: 2000, products: 4, seed: 9 });
    const noise = Float64Array.from(logits, () => random.normal());
    for (const [scores, kind] of [[logits, 'logit'], [logits, 'score'], [noise, 'score'], [noise, 'logit'], [null, 'rate']] as const) {
      const excess = lossOf(labels, crossFitHeads({ scores, labels, productCount: 4, kind }, folds(2000), 5).logits) - lossOf(labels, logits);
      expect(excess).toBeGreaterThan(-0.001);
      if (scores === logits) expect(excess).toBeLessThan(0.004);
    }
  });
});

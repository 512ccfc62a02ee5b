import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { sigmoid } from '../../../src/numeric/sigmoid.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';
import { learnProductTrees } from '../../../src/propensity/stack/learnProductTrees.js';
import { ProductTrees } from '../../../src/propensity/stack/productTrees.js';
import { lossOf } from './portfolio.js';

const products = ['account', 'card', 'loan', 'rare'];

/** The card goes with the account, the loan with income and region; nobody but a few has the rare one. */
function customers(count: number, seed: number): { profile: { income: Float64Array; region: string[] }; held: SparseRows; labels: Int8Array; truth: Float64Array } {
  const random = createRandom(seed);
  const income = Float64Array.from({ length: count }, (_, r) => (r % 10 === 9 ? NaN : random.normal()));
  const region = Array.from({ length: count }, () => (random.uniform() < 0.5 ? 'north' : 'south'));
  const columns: number[] = [];
  const offsets = new Uint32Array(count + 1);
  const labels = new Int8Array(count * 4);
  const truth = new Float64Array(count * 4);
  for (let r = 0; r < count; r++) {
    const account = random.uniform() < 0.5;
    const logits = [0, account ? 0.5 : -3, -1 + 1.5 * (income[r]! > 0 ? 1 : 0) - (region[r] === 'north' ? 1.5 : 0), -6];
    truth.set(logits, r * 4);
    const has = logits.map((logit, j) => (j === 0 ? account : random.uniform() < sigmoid(logit)));
    has.forEach((yes, j) => {
      if (yes) columns.push(j);
      labels[r * 4 + j] = yes ? 1 : 0;
    });
    offsets[r + 1] = columns.length;
  }
  return { profile: { income, region }, held: { rowCount: count, columnCount: 4, offsets, columns: Int32Array.from(columns), values: null }, labels, truth };
}

const { profile, held, labels, truth } = customers(3000, 1);
const learnt = learnProductTrees('test', { customers: profile, held, products, labels }, { trees: 30 });
const fresh = customers(1500, 2);

function logitsOf(trees: ProductTrees, from = 0, to = 1500): Float64Array {
  const out = new Float64Array((to - from) * 4);
  trees.logitsInto(trees.readProfile('test', fresh.profile, 1500), fresh.held, from, to, out);
  return out;
}

const column = (values: ArrayLike<number>, j: number): Float64Array => Float64Array.from({ length: values.length / 4 }, (_, r) => values[r * 4 + j]!);

describe('learnProductTrees', () => {
  it('learns from profile and other holdings what there is to know, for customers it has not seen', () => {
    const logits = logitsOf(learnt);
    for (const j of [1, 2]) {
      const excess = lossOf(column(fresh.labels, j), column(logits, j)) - lossOf(column(fresh.labels, j), column(fresh.truth, j));
      expect(excess).toBeGreaterThan(-0.005);
      expect(excess).toBeLessThan(0.015);
    }
  });

  it('never asks the product itself: with its own holding turned about, what is said of it stays', () => {
    const other: SparseRows = { ...fresh.held, offsets: new Uint32Array(1501).map((_, r) => r), columns: new Int32Array(1500).fill(1) };
    const none: SparseRows = { ...other, offsets: new Uint32Array(1501), columns: new Int32Array(0) };
    const of = (rows: SparseRows): Float64Array => {
      const out = new Float64Array(6000);
      learnt.logitsInto(learnt.readProfile('test', fresh.profile, 1500), rows, 0, 1500, out);
      return out;
    };
    expect(column(of(other), 1)).toEqual(column(of(none), 1));
    // Holding the card says that the account is likely.
    expect(column(of(other), 0)[0]).toBeGreaterThan(column(of(none), 0)[0]!);
  });

  it('gives a product few took its rate, and one that nobody or everybody took, or nobody could', () => {
    expect(learnt.toJSON().trees[3]).toBeNull();
    const few = [...column(labels, 3)].filter((label) => label === 1).length;
    expect(learnt.toJSON().baselines[3]).toBeCloseTo(Math.log((few + 0.5) / (3000 - few + 0.5)), 12);
    const odd = Int8Array.from(labels, (label, i) => [0, 1, -1, label][i % 4]!);
    const state = learnProductTrees('test', { customers: profile, held, products, labels: odd }).toJSON();
    expect(state.trees).toEqual([null, null, null, null]);
    expect(state.baselines.every((baseline) => Number.isFinite(baseline))).toBe(true);
  });

  it('leaves out cells that are not at risk', () => {
    const half = labels.map((label, i) => (Math.floor(i / 4) % 2 === 0 ? -1 : label));
    const { baselines } = learnProductTrees('test', { customers: profile, held, products, labels: half }, { trees: 3 }).toJSON();
    const few = [...column(half, 3)].filter((label) => label === 1).length;
    expect(baselines[3]).toBeCloseTo(Math.log((few + 0.5) / (1500 - few + 0.5)), 12);
  });

  it('puts the odds right where only some of the others are drawn', () => {
    // 100 takers of 3,000: of the others 2,000 are drawn.
    const rare = Int8Array.from(labels, (_, i) => (i % 4 === 2 && Math.floor(i / 4) % 30 === 0 ? 1 : 0));
    const trees = learnProductTrees('test', { customers: profile, held, products, labels: rare });
    const logits = column(logitsOf(trees), 2);
    expect(Math.abs(logits.reduce((sum, logit) => sum + sigmoid(logit), 0) / 1500 - 1 / 30)).toBeLessThan(0.008);
  });

  it('learns without a profile, and of drawn customers only', () => {
    const trees = learnProductTrees('test', { customers: null, held, products, labels }, { trees: 20, maxRows: 1000 });
    const out = new Float64Array(6000);
    trees.logitsInto(trees.readProfile('test', null, 1500), fresh.held, 0, 1500, out);
    expect(lossOf(column(fresh.labels, 1), column(out, 1)) - lossOf(column(fresh.labels, 1), column(fresh.truth, 1))).toBeLessThan(0.02);
  });

  it('is the same for the same seed, and refuses a table of other length', () => {
    const again = learnProductTrees('test', { customers: profile, held, products, labels }, { trees: 30 });
    expect(again.toJSON()).toEqual(learnt.toJSON());
    expect(() => learnProductTrees('test', { customers: { income: [1] }, held, products, labels })).toThrow(
      expect.objectContaining({ code: 'LENGTH_MISMATCH', message: 'test needs a row of customers for each of the 3000 customers of the holdings, found 1' }),
    );
    expect(truth.length).toBe(12_000);
  });
});

describe('ProductTrees', () => {
  it('predicts the same after a journey as JSON, and in blocks', () => {
    const copy = new ProductTrees(JSON.parse(JSON.stringify(learnt)));
    const whole = logitsOf(learnt);
    expect(logitsOf(copy)).toEqual(whole);
    expect(logitsOf(copy, 700, 1100)).toEqual(whole.slice(2800, 4400));
    expect(logitsOf(copy, 5, 5)).toEqual(new Float64Array(0));
  });

  it('treats a customer without a profile as an average one', () => {
    const out = new Float64Array(6000);
    learnt.logitsInto(learnt.readProfile('test', null, 1500), fresh.held, 0, 1500, out);
    const loan = column(out, 2);
    expect(loan.every((logit) => logit > -3 && logit < 1)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { choleskyInPlace, choleskyInverse } from '../../../src/numeric/cholesky.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';
import type { ParameterUncertainty } from '../../../src/propensity/cells/propensityCells.js';
import type { DesignState } from '../../../src/propensity/products/designState.js';
import { fitProducts, type FitProductsOptions } from '../../../src/propensity/products/fitProducts.js';
import { learnDesign } from '../../../src/propensity/products/learnDesign.js';
import { ProductLogits } from '../../../src/propensity/products/productLogits.js';
import { openUncertainty, uncertaintyOf, type ProductUncertaintyState } from '../../../src/propensity/products/productUncertainty.js';
import { replayDesign } from '../../../src/propensity/products/replayDesign.js';
import { naiveNewton, naiveRow } from './naive.js';
import { listOf, sparse } from './portfolio.js';

const random = createRandom(3);
const plans = Array.from({ length: 90 }, () => ['a', 'b', 'c'][random.integer(3)]!);
const held = sparse(plans.map(() => [0, 1, 2].filter(() => random.uniform() < 0.3)), 3);
const taken = sparse(plans.map((plan, row) => [0, 1, 2].filter((j) => !listOf(held, row).includes(j) && random.uniform() < (plan === 'a' ? 0.5 : 0.25))), 3);
const design = learnDesign('test', { plan: plans }, held, ['x', 'y', 'z'], { minLevelRows: 1 });
const rows = replayDesign('test', design, { plan: plans }, held);

function predicted(state: DesignState, all: SparseRows, own: SparseRows, later: SparseRows, options: FitProductsOptions) {
  const fit = fitProducts('test', state, all, own, later, { uncertainty: true, ...options });
  const P = state.products.length;
  const probabilities = new Float64Array(all.rowCount * P);
  new ProductLogits(state, fit.state).logitsInto(all, 0, all.rowCount, probabilities);
  for (let at = 0; at < probabilities.length; at++) probabilities[at] = 1 / (1 + Math.exp(-probabilities[at]!));
  for (let row = 0; row < all.rowCount; row++) for (const j of listOf(own, row)) probabilities[row * P + j] = NaN;
  return { probabilities, state: JSON.parse(JSON.stringify(fit.uncertainty)) as ProductUncertaintyState };
}

const groups = Int32Array.from(plans, (_, row) => (row % 4) - 1);
const weightsOf = (probabilities: Float64Array, j: number): Float64Array =>
  Float64Array.from(plans, (_, row) => (probabilities[row * 3 + j]! >= 0 ? 1 + (row % 5) : 0));

describe('the uncertainty of the regressions', () => {
  const { probabilities, state } = predicted(design, rows, held, taken, { ridge: 0.8, pooling: false });
  const found = uncertaintyOf(design, state, rows, probabilities);

  it('is that of the inverse of the second derivatives, by the delta method', () => {
    expect(state.kind).toBe('coefficients');
    for (let j = 0; j < 3; j++) {
      const x = plans.map((plan, row) => naiveRow(plan, listOf(held, row), j, 3, true));
      const learnt = x.map((_, row) => row).filter((row) => !listOf(held, row).includes(j));
      const { hessian } = naiveNewton(learnt.map((row) => x[row]!), learnt.map((row) => Number(listOf(taken, row).includes(j))), 0.8);
      const size = x[0]!.length;
      expect(choleskyInPlace(hessian, size)).toBe(true);
      const v = choleskyInverse(hessian, size);
      const form = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, p, k) => sum + p * b.reduce((inner, q, l) => inner + v[k * size + l]! * q, 0), 0);
      const weights = weightsOf(probabilities, j);
      const gradients = [0, 1, 2].map((group) =>
        x[0]!.map((_, k) => learnt.reduce((sum, row) => (groups[row] !== group ? sum : sum + weights[row]! * probabilities[row * 3 + j]! * (1 - probabilities[row * 3 + j]!) * x[row]![k]!), 0)),
      );
      const covariance = found.sumCovariance(j, groups, 3, weights);
      for (let g = 0; g < 3; g++) for (let h = 0; h < 3; h++) expect(covariance[g * 3 + h]! / form(gradients[g]!, gradients[h]!)).toBeCloseTo(1, 3);
      for (const row of learnt) expect(found.logOddsError(row, j) / Math.sqrt(form(x[row]!, x[row]!))).toBeCloseTo(1, 3);
    }
  });

  it('is 0 where there is no probability, and the same from covariances laid out before', () => {
    const row = plans.findIndex((_, i) => listOf(held, i).includes(1));
    expect(found.logOddsError(row, 1)).toBe(0);
    const again = uncertaintyOf(design, state, rows, probabilities, openUncertainty(design, state));
    const weights = weightsOf(probabilities, 2);
    expect(again.sumCovariance(2, groups, 3, weights)).toEqual(found.sumCovariance(2, groups, 3, weights));
    expect([...found.sumCovariance(0, new Int32Array(90).fill(-1), 0, weights)]).toEqual([]);
  });

  it('of one group is the sum over its parts', () => {
    const weights = weightsOf(probabilities, 0);
    const parts = found.sumCovariance(0, groups, 3, weights);
    const whole = found.sumCovariance(0, groups.map((group) => Math.min(group, 0)), 1, weights);
    expect(parts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(whole[0]!, 8);
  });
});

describe('what the uncertainty promises', () => {
  // The same customers, again and again, with labels drawn anew from one truth.
  const chance = createRandom(12);
  const customers = { age: Array.from({ length: 500 }, () => chance.integer(50)), plan: Array.from({ length: 500 }, () => ['a', 'b'][chance.integer(2)]!) };
  const none = sparse(customers.age.map(() => []), 2);
  const draw = (): SparseRows =>
    sparse(customers.age.map((age, i) => [0, 1].filter((j) => chance.uniform() < 1 / (1 + Math.exp(1.5 + 0.5 * j - age / 40 - (customers.plan[i] === 'a' ? 0.8 : 0))))), 2);
  const state = learnDesign('test', customers, none, ['x', 'y'], { variant: 'profile', bins: 4 });
  const all = replayDesign('test', state, customers, none);
  const some = new Int32Array(500).map((_, row) => (row < 200 ? 0 : -1));
  const ones = new Float64Array(500).fill(1);
  const errorOf = (uncertainty: ParameterUncertainty): number => Math.sqrt(uncertainty.sumCovariance(1, some, 1, ones)[0]!);

  it('is how far sums of probabilities vary from one training to the next', () => {
    const sums: number[] = [];
    let promised = 0;
    for (let repeat = 0; repeat < 60; repeat++) {
      const { probabilities, state: numbers } = predicted(state, all, none, draw(), { ridge: 0.2, pooling: false });
      let sum = 0;
      for (let row = 0; row < 200; row++) sum += probabilities[row * 2 + 1]!;
      sums.push(sum);
      promised += errorOf(uncertaintyOf(state, numbers, all, probabilities)) / 60;
    }
    const mean = sums.reduce((total, sum) => total + sum, 0) / 60;
    const spread = Math.sqrt(sums.reduce((total, sum) => total + (sum - mean) ** 2, 0) / 59);
    expect(spread / promised).toBeGreaterThan(0.8);
    expect(spread / promised).toBeLessThan(1.2);
  });

  it('of very many columns comes from a line through the log-odds', () => {
    const wide: DesignState = { ...state, terms: [state.terms[0]!, { kind: 'category', column: 'plan', levels: ['a', 'b', ...Array.from({ length: 420 }, (_, i) => `z${i}`)] }] };
    const later = draw();
    const wideRows = replayDesign('test', wide, customers, none);
    const full = predicted(state, all, none, later, { ridge: 0.2, pooling: false });
    const line = predicted(wide, wideRows, none, later, { ridge: 0.2, pooling: false });
    expect(line.state.kind).toBe('line');
    expect(line.state.numbers).toHaveLength(6);
    const [exact, near] = [uncertaintyOf(state, full.state, all, full.probabilities), uncertaintyOf(wide, line.state, wideRows, line.probabilities)];
    expect(errorOf(near) / errorOf(exact)).toBeGreaterThan(0.5);
    expect(errorOf(near) / errorOf(exact)).toBeLessThan(1.5);
    for (let row = 0; row < 20; row++) {
      expect(near.logOddsError(row, 0)).toBeGreaterThan(0.3 * exact.logOddsError(row, 0));
      expect(near.logOddsError(row, 0)).toBeLessThan(1.5 * exact.logOddsError(row, 0));
    }
  });
});

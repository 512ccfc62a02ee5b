import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { SparseRows } from '../../../src/numeric/sparseRows.js';
import type { CategoryDesignTerm, DesignState } from '../../../src/propensity/products/designState.js';
import { fitProducts, type FitProductsOptions } from '../../../src/propensity/products/fitProducts.js';
import { learnDesign } from '../../../src/propensity/products/learnDesign.js';
import { ProductLogits } from '../../../src/propensity/products/productLogits.js';
import { replayDesign } from '../../../src/propensity/products/replayDesign.js';
import { naiveLogits } from './naive.js';
import { listOf, simulatePortfolio, smallPortfolio, sparse } from './portfolio.js';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function fitted(design: DesignState, rows: SparseRows, held: SparseRows, taken: SparseRows | null, options: FitProductsOptions = {}) {
  const fit = fitProducts('test', design, rows, held, taken, options);
  const model = new ProductLogits(design, fit.state);
  const logits = new Float64Array(rows.rowCount * design.products.length);
  model.logitsInto(rows, 0, rows.rowCount, logits);
  return { fit, model, logits };
}

/** Mean log loss of the cells; rows that hold a product do not count for it unless the label is that they do. */
function logLoss(logits: Float64Array, held: SparseRows, taken: SparseRows | null, from: number, to: number): number {
  const P = held.columnCount;
  let [sum, count] = [0, 0];
  for (let row = from; row < to; row++) {
    const own = listOf(held, row);
    const positive = taken === null ? own : listOf(taken, row);
    for (let j = 0; j < P; j++) {
      if (taken !== null && own.includes(j)) continue;
      sum += Math.log1p(Math.exp(positive.includes(j) ? -logits[row * P + j]! : logits[row * P + j]!));
      count++;
    }
  }
  return sum / count;
}

const small = smallPortfolio();
const design = learnDesign('test', small.customers, small.held, small.products, { bins: 4, minLevelRows: 2 });
const rows = replayDesign('test', design, small.customers, small.held);
const plain = { ridge: 0.7, pooling: false, digits: 17 } as const;

describe('regressions by product', () => {
  // LogisticRegression(C=1/.7, solver='newton-cholesky', tol=1e-13) of scikit-learn 1.9.1 on the same 0/1 columns, the number held counted without the product.
  it.each([
    [0, { 1: 0.228665355, 2: -0.626515334, 30: 0.100578949, 59: -0.619294761 }, { 0: -0.861535561, 1: -1.735386046, 2: -0.376505531, 30: -0.010615237, 59: -0.960247221 }],
    [1, { 1: 1.028284479, 2: -1.304672913, 59: -0.632379307 }, { 0: -0.533849481, 1: -1.135320556, 2: -0.65248089, 30: -0.566953992, 59: -0.926718329 }],
    [2, { 1: -0.013737646, 59: 0.588255653 }, { 0: 0.381627883, 1: 0.258290625, 2: 0.216985163, 30: 0.378715812, 59: 0.216985163 }],
  ])('are those of scikit-learn, product %i', (j, dated, still) => {
    const later = fitted(design, rows, small.held, small.taken, plain).logits;
    for (const [row, value] of Object.entries(dated)) expect(later[Number(row) * 3 + j]).toBeCloseTo(value, 6);
    const now = fitted(design, rows, small.held, null, plain).logits;
    for (const [row, value] of Object.entries(still)) expect(now[Number(row) * 3 + j]).toBeCloseTo(value, 6);
  });

  it('of one column that parts the customers are two rates, found by hand', () => {
    // 100 customers with a card, 30 of them take the loan; 200 without, 20 of them. A weak ridge leaves the rates.
    const lists = Array.from({ length: 300 }, (_, i) => (i < 100 ? [0] : []));
    const held = sparse(lists, 2);
    const taken = sparse(Array.from({ length: 300 }, (_, i) => (i < 30 || (i >= 100 && i < 120) ? [1] : i === 299 ? [0] : [])), 2);
    const state = learnDesign('test', null, held, ['card', 'loan']);
    const { logits, fit } = fitted(state, replayDesign('test', state, null, held), held, taken, { ridge: 1e-6, pooling: false });
    expect(sigmoid(logits[1]!)).toBeCloseTo(0.3, 5);
    expect(sigmoid(logits[299 * 2 + 1]!)).toBeCloseTo(0.1, 5);
    expect(fit.lines[1]).toMatchObject({ rows: 300, positives: 50, converged: true });
    expect(fit.lines[0]).toMatchObject({ rows: 200, positives: 1 });
  });

  const portfolios = fc.record({
    lists: fc.array(fc.tuple(fc.subarray([0, 1, 2]), fc.subarray([0, 1, 2]), fc.constantFrom('a', 'b', 'c')), { minLength: 12, maxLength: 30 }),
    ridge: fc.constantFrom(0.3, 2),
    isStatic: fc.boolean(),
    variant: fc.constantFrom('profile', 'holdings', 'both'),
  });

  it('equal Newton on a dense matrix written down from the definition', () => {
    fc.assert(
      fc.property(portfolios, ({ lists, ridge, isStatic, variant }) => {
        // The first two customers see to it that every product has both labels and every level occurs.
        const all = [[[], [0, 1, 2], 'a'], [[], [], 'b'], [[0, 1, 2], [], 'c'], ...lists] as const;
        const held = sparse(all.map(([own]) => [...own]), 3);
        const taken = isStatic ? null : sparse(all.map(([own, later]) => later.filter((j) => !(own as readonly number[]).includes(j))), 3);
        const customers = { plan: all.map(([, , plan]) => plan) };
        const state = learnDesign('test', customers, held, ['x', 'y', 'z'], { variant, minLevelRows: 1 });
        const { logits } = fitted(state, replayDesign('test', state, customers, held), held, taken, { ridge, pooling: false, digits: 17 });
        const expected = naiveLogits(variant === 'holdings' ? null : customers.plan, held, taken, ridge, variant !== 'profile');
        logits.forEach((logit, at) => expect(logit).toBeCloseTo(expected[at]!, 6));
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('leave no gradient: what is expected is what was seen, in all and wherever a column is, but for the ridge', () => {
    const { fit, logits } = fitted(design, rows, small.held, small.taken, { ...plain, ridge: 1e-4 });
    for (let j = 0; j < 3; j++) {
      const gaps = new Float64Array(design.columnNames.length);
      let total = 0;
      for (let row = 0; row < 60; row++) {
        if (listOf(small.held, row).includes(j)) continue;
        const gap = sigmoid(logits[row * 3 + j]!) - Number(listOf(small.taken, row).includes(j));
        total += gap;
        for (const column of listOf(rows, row)) gaps[column]! += gap;
      }
      expect(total).toBeCloseTo(0, 7);
      gaps.forEach((gap) => expect(Math.abs(gap)).toBeLessThan(2e-3));
      expect(fit.lines[j]!.converged).toBe(true);
    }
  });

  it('are the same by conjugate gradients, which many columns call for', () => {
    const wide: DesignState = { ...design, terms: [design.terms[0]!, { kind: 'category', column: 'plan', levels: [...(design.terms[1] as CategoryDesignTerm).levels, ...Array.from({ length: 420 }, (_, i) => `z${i}`)] }] };
    const wideRows = replayDesign('test', wide, small.customers, small.held);
    for (const taken of [small.taken, null]) {
      for (const options of [plain, { digits: 17, ridge: 0.7 }]) {
        const expected = fitted(design, rows, small.held, taken, options).logits;
        // Pooled, the share that data decide is taken from the diagonal alone: near, not equal.
        const digits = options === plain ? 5 : 0.5;
        fitted(wide, wideRows, small.held, taken, options).logits.forEach((logit, at) => expect(logit).toBeCloseTo(expected[at]!, digits));
      }
    }
  });
});

describe('a product and its own column', () => {
  it('does not count where products are foretold from the others: holding it or not gives the same log-odds', () => {
    const { model } = fitted(design, rows, small.held, null);
    const [without, held] = [sparse([[1], []], 3), sparse([[0, 1], [0]], 3)];
    const two = { age: [30, 30], plan: ['gold', 'gold'] };
    const scores = [without, held].map((own) => {
      const out = new Float64Array(6);
      model.logitsInto(replayDesign('test', design, two, own), 0, 2, out);
      return out;
    });
    expect(scores[0]![0]).toBeCloseTo(scores[1]![0]!, 12);
    expect(scores[0]![3]).toBeCloseTo(scores[1]![3]!, 12);
    expect(scores[0]![1]).not.toBeCloseTo(scores[1]![1]!, 3);
  });

  it('is not told by the number held: products held at random stay at their rates', () => {
    const random = createRandom(8);
    const lists = Array.from({ length: 1500 }, () => [0, 1, 2, 3, 4, 5].filter(() => random.uniform() < 0.3));
    const held = sparse(lists, 6);
    const state = learnDesign('test', null, held, ['a', 'b', 'c', 'd', 'e', 'f']);
    const { logits } = fitted(state, replayDesign('test', state, null, held), held, null);
    // The entropy of a rate of 0.3 is 0.611; counted with the product itself, the number held would tell much of it.
    expect(logLoss(logits, held, null, 0, 1500)).toBeGreaterThan(0.59);
    const counts = new Float64Array(6);
    for (const own of lists) for (const j of own) counts[j]!++;
    const rates = counts.map((count) => Math.log(count / (1500 - count)));
    expect(Math.max(...logits.map((logit, at) => Math.abs(logit - rates[at % 6]!)))).toBeLessThan(0.5);
  });

  it('leaves holders out where labels are what is taken later', () => {
    const { held, taken, customers } = small;
    const noise = sparse(Array.from({ length: 60 }, (_, row) => [...new Set([...listOf(taken, row), ...listOf(held, row)])].sort()), 3);
    expect(fitProducts('test', design, rows, held, noise).state).toEqual(fitProducts('test', design, rows, held, taken).state);
    expect(replayDesign('test', design, customers, held)).toEqual(rows);
  });
});

describe('what products learn from each other', () => {
  const { customers, held, taken, truth, products } = simulatePortfolio(5000, 6, 4);
  const state = (variant: 'profile' | 'holdings' | 'both'): DesignState => learnDesign('test', customers, held, products, { variant });
  const half = (lists: SparseRows): SparseRows => sparse(Array.from({ length: 2500 }, (_, row) => listOf(lists, row)), lists.columnCount);
  const losses = (taken_: SparseRows | null, options: FitProductsOptions = {}) =>
    (['profile', 'holdings', 'both'] as const).map((variant) => {
      const one = state(variant);
      const all = replayDesign('test', one, customers, held);
      const fit = fitProducts('test', one, half(all), half(held), taken_ === null ? null : half(taken_), options);
      const logits = new Float64Array(5000 * 6);
      new ProductLogits(one, fit.state).logitsInto(all, 0, 5000, logits);
      return { loss: logLoss(logits, held, taken_, 2500, 5000), penalties: fit.penalties };
    });

  it('profile and holdings together foretell more than either alone, near what the truth itself loses', () => {
    const [profile, holdings, both] = losses(taken) as [{ loss: number }, { loss: number }, { loss: number; penalties: number[] }];
    const best = logLoss(truth.map((p) => Math.log(p / (1 - p))), held, taken, 2500, 5000);
    expect(both.loss).toBeLessThan(profile.loss * 0.98);
    expect(both.loss).toBeLessThan(holdings.loss * 0.95);
    expect(both.loss).toBeLessThan(best * 1.03);
    // A column of noise is all but switched off.
    expect(both.penalties[3]).toBeGreaterThan(5 * Math.max(...both.penalties.slice(0, 3)));
    expect(losses(taken, { ridge: 1, pooling: false })[2]!.loss).toBeGreaterThan(both.loss);
    const [nowProfile, nowHoldings, nowBoth] = losses(null);
    expect(nowBoth!.loss).toBeLessThan(Math.min(nowProfile!.loss, nowHoldings!.loss));
  });

  it('a product of three takers gets what its takers and the others bear out', () => {
    const few = sparse(Array.from({ length: 5000 }, (_, row) => listOf(taken, row).filter((j) => j !== 5).concat(row === 11 || row === 700 || row === 2400 ? [5] : [])), 6);
    const both = state('both');
    const { logits, fit } = fitted(both, replayDesign('test', both, customers, held), held, few);
    expect(fit.lines[5]!.positives).toBeLessThanOrEqual(3);
    let sum = 0;
    let most = 0;
    for (let row = 0; row < 5000; row++) {
      if (listOf(held, row).includes(5)) continue;
      const p = sigmoid(logits[row * 6 + 5]!);
      sum += p;
      most = Math.max(most, p);
    }
    expect(sum).toBeGreaterThan(fit.lines[5]!.positives);
    // The prior of the rates is worth at most 50 customers, at a rate of about a tenth.
    expect(sum).toBeLessThan(fit.lines[5]!.positives + 5);
    expect(most).toBeLessThan(0.1);
    for (let j = 0; j < 5; j++) {
      let seen = 0;
      for (let row = 0; row < 5000; row++) if (!listOf(held, row).includes(j)) seen += sigmoid(logits[row * 6 + j]!);
      expect(Math.abs(seen / fit.lines[j]!.positives - 1)).toBeLessThan(0.01);
    }
  });

  it('a product nobody takes, and one everybody holds, get finite log-odds', () => {
    const everybody = sparse(Array.from({ length: 60 }, (_, row) => [...new Set([...listOf(small.held, row), 2])].sort()), 3);
    const none = sparse(Array.from({ length: 60 }, (_, row) => listOf(small.taken, row).filter((j) => j === 0)), 3);
    const one = learnDesign('test', small.customers, everybody, small.products);
    const { logits, fit } = fitted(one, replayDesign('test', one, small.customers, everybody), everybody, none);
    expect(fit.lines.map(({ positives }) => positives)).toEqual([18, 0, 0].map((count, j) => (j === 0 ? fit.lines[0]!.positives : count)));
    expect(fit.lines[2]!.rows).toBe(0);
    logits.forEach((logit) => expect(Math.abs(logit)).toBeLessThan(15));
    for (let row = 0; row < 60; row++) expect(sigmoid(logits[row * 3 + 1]!)).toBeLessThan(0.1);
  });

  it('separation is harmless', () => {
    const customers = { plan: Array.from({ length: 80 }, (_, i) => (i < 40 ? 'a' : 'b')) };
    const held = sparse(customers.plan.map(() => []), 1);
    const taken = sparse(customers.plan.map((plan) => (plan === 'a' ? [0] : [])), 1);
    const one = learnDesign('test', customers, held, ['p']);
    for (const options of [{}, { ridge: 0.01, pooling: false }]) {
      const { logits, fit } = fitted(one, replayDesign('test', one, customers, held), held, taken, options);
      expect(fit.lines[0]!.converged).toBe(true);
      expect(logits[0]).toBeGreaterThan(3);
      expect(logits[0]).toBeLessThan(12);
    }
  });
});

describe('reasons', () => {
  it('add up to the log-odds, in the words of the design', () => {
    for (const taken of [small.taken, null]) {
      const { model, logits } = fitted(design, rows, small.held, taken);
      for (let row = 0; row < 60; row++) {
        for (let j = 0; j < 3; j++) {
          const { baseline, contributions, logit } = model.contributions(rows, row, j);
          expect(logit).toBeCloseTo(logits[row * 3 + j]!, 12);
          expect(contributions.reduce((sum, { contribution }) => sum + contribution, baseline)).toBeCloseTo(logit, 12);
          const sizes = contributions.map(({ contribution }) => Math.abs(contribution));
          expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
          expect(contributions.map(({ name }) => name)).not.toContain(`holds ${design.products[j]!}`);
        }
      }
      const names = model.contributions(rows, 1, 0).contributions.map(({ name }) => name);
      for (const name of names) expect([...design.columnNames, 'does not hold loan', 'does not hold fund']).toContain(name);
    }
  });

  it('are against the average customer: over all customers those of a trait cancel, and a level nobody knew adds nothing', () => {
    const { model, fit } = fitted(design, rows, small.held, small.taken);
    for (const [from, to] of [[0, 4], [4, 7], [10, 13]] as const) {
      let mean = 0;
      for (let column = from; column < to; column++) mean += fit.state.means[column]! * fit.state.coefficients[column * 3]!;
      expect(mean).toBeCloseTo(0, 7);
    }
    const unknown = replayDesign('test', design, { age: [30], plan: ['diamond'] }, sparse([[]], 3));
    expect(model.contributions(unknown, 0, 0).contributions.map(({ name }) => name).sort()).toEqual(['age 30 to 39', 'does not hold fund', 'does not hold loan', 'holds no other product']);
  });
});

describe('the model', () => {
  it('survives JSON to the bit and scores parts as it scores the whole', () => {
    const { model, fit, logits } = fitted(design, rows, small.held, small.taken);
    const again = new ProductLogits(JSON.parse(JSON.stringify(design)), JSON.parse(JSON.stringify(model)));
    const part = new Float64Array(90);
    again.logitsInto(rows, 30, 60, part);
    expect(part).toEqual(logits.slice(90));
    expect(again.toJSON()).toEqual(fit.state);
    expect(fitProducts('test', design, rows, small.held, small.taken).state).toEqual(fit.state);
    for (const number of fit.state.coefficients) expect(Number(number.toPrecision(8))).toBe(number);
  });

  it('tells how far it is, and ends when told to', () => {
    const seen: number[] = [];
    const fit = fitProducts('test', design, rows, small.held, small.taken, { onProgress: ({ done, total }) => void seen.push(done / total) });
    expect(seen).toHaveLength(9);
    expect(seen.at(-1)).toBe(1);
    expect(fit.lines.every(({ converged }) => converged)).toBe(true);
    const early = fitProducts('test', design, rows, small.held, small.taken, { uncertainty: true, onProgress: ({ done }) => done < 2 });
    expect(early.uncertainty).toBeNull();
    expect(early.lines.map(({ converged }) => converged)).toEqual([false, false, false]);
    expect(early.state.coefficients.every(Number.isFinite)).toBe(true);
  });

  it('refuses what it cannot learn from', () => {
    const codeOf = (run: () => unknown): unknown => {
      try {
        run();
      } catch (error) {
        return isClientelaError(error) ? error.code : error;
      }
      return 'none';
    };
    const { held, taken } = small;
    const none = sparse(Array.from({ length: 60 }, () => []), 3);
    expect(codeOf(() => fitProducts('test', design, rows, held, taken, { ridge: 0 }))).toBe('INVALID_OPTION');
    expect(codeOf(() => fitProducts('test', design, rows, held, taken, { ridg: 1 } as FitProductsOptions))).toBe('INVALID_OPTION');
    expect(codeOf(() => fitProducts('test', design, rows, held, taken, { digits: 0 }))).toBe('INVALID_OPTION');
    expect(codeOf(() => fitProducts('test', design, rows, sparse([[]], 3), taken))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => fitProducts('test', design, rows, held, sparse(Array.from({ length: 60 }, () => []), 2)))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => fitProducts('test', design, held, held, taken))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => fitProducts('test', design, sparse([], rows.columnCount), sparse([], 3), null))).toBe('EMPTY_INPUT');
    expect(() => fitProducts('test', design, rows, held, none, { pooling: false })).toThrow('test needs customers who take "card" and some who do not, found 0 of 38');
  });
});

import { describe, expect, it } from 'vitest';
import type { DesignColumn } from '../../src/learners/logisticDesign.js';
import { LogisticPass, type LogisticProblem } from '../../src/learners/logisticPass.js';
import { leastSquaresStart, minimiseLoss, totalWeight } from '../../src/learners/newtonLogistic.js';
import { sampleStart, spreadRows } from '../../src/learners/sampleStart.js';
import { solveLogistic } from '../../src/learners/solveLogistic.js';
import { createRandom } from '../../src/numeric/random.js';

/** A problem of `width` standardised numbers and one level column, with weights and offset where asked. */
function simulateProblem(count: number, width: number, { weighted = false, shifted = false, base = -0.5 } = {}): LogisticProblem {
  const random = createRandom(count + width);
  const values = Array.from({ length: width }, () => Float64Array.from({ length: count }, () => 3 + 2 * random.normal()));
  const codes = Int32Array.from({ length: count }, () => random.integer(2));
  const table = Float64Array.of(0, -1, 1);
  const columns: DesignColumn[] = [
    ...values.map((column, j): DesignColumn => ({ kind: 'number', name: `x${j}`, values: column, center: 3, scale: 2 })),
    { kind: 'level', name: 'level', codes, place: 1, table, center: 0.5, scale: 0.5, baseline: 'none' },
  ];
  const y = Float64Array.from({ length: count }, (_, i) => {
    const eta = values.reduce((sum, column, j) => sum + 0.4 * Math.cos(j) * ((column[i]! - 3) / 2), base + (codes[i] === 1 ? 0.3 : -0.3));
    return random.uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
  });
  const weights = weighted ? Float64Array.from({ length: count }, () => random.integer(3)) : null;
  const offset = shifted ? Float64Array.from({ length: count }, () => random.normal() / 2) : null;
  return { columns, y, weights, offset, ridge: 0 };
}

function designRow(columns: readonly DesignColumn[], row: number): number[] {
  return [1, ...columns.map((column) => (column.kind === 'number' ? (column.values[row]! - column.center) / column.scale : column.table[column.codes[row]! + 1]!))];
}

/** Loss, gradient and Hessian by their definitions. */
function naivePass({ columns, y, weights, offset, ridge }: LogisticProblem, beta: Float64Array): { loss: number; gradient: number[]; hessian: number[] } {
  const size = beta.length;
  const gradient = new Array<number>(size).fill(0);
  const hessian = new Array<number>(size * size).fill(0);
  let loss = 0;
  for (let row = 0; row < y.length; row++) {
    const x = designRow(columns, row);
    const eta = x.reduce((sum, value, j) => sum + value * beta[j]!, offset?.[row] ?? 0);
    const w = weights?.[row] ?? 1;
    const p = 1 / (1 + Math.exp(-eta));
    loss -= w * Math.log(y[row] === 1 ? p : 1 - p);
    for (let j = 0; j < size; j++) {
      gradient[j]! += w * (p - y[row]!) * x[j]!;
      for (let k = 0; k < size; k++) hessian[j * size + k]! += w * p * (1 - p) * x[j]! * x[k]!;
    }
  }
  for (let j = 1; j < size; j++) {
    loss += (ridge / 2) * beta[j]! ** 2;
    gradient[j]! += ridge * beta[j]!;
    hessian[j * size + j]! += ridge;
  }
  return { loss, gradient, hessian };
}

describe('LogisticPass', () => {
  it.each([
    ['fewer rows than a block', 37, 3, {}, 0],
    ['rows that do not fill the last block', 1500, 6, {}, 0],
    ['weights, an offset and a ridge', 1100, 4, { weighted: true, shifted: true }, 2.5],
    ['one column', 30, 0, {}, 0],
  ] as const)('equals the definitions with %s', (_, count, width, options, ridge) => {
    const problem = { ...simulateProblem(count, width, options), ridge };
    const pass = new LogisticPass(problem);
    const beta = Float64Array.from({ length: pass.size }, (__, j) => 0.3 * Math.sin(j + 1));
    const expected = naivePass(problem, beta);
    expect(pass.evaluate(beta, true) / expected.loss).toBeCloseTo(1, 12);
    expected.gradient.forEach((g, j) => expect(pass.gradient[j]).toBeCloseTo(g, 9));
    expected.hessian.forEach((h, at) => expect(pass.hessian[at]).toBeCloseTo(h, 9));
    pass.gradient.fill(0);
    expect(pass.evaluate(beta)).toBe(pass.evaluate(beta, true));
    expected.gradient.forEach((g, j) => expect(pass.gradient[j]).toBeCloseTo(g, 9));
  });

  it.each([1e3, 1e6, -1e6])('is finite at log-odds of %d', (size) => {
    const pass = new LogisticPass(simulateProblem(100, 2));
    const loss = pass.evaluate(Float64Array.of(size, size, 0, 0), true);
    expect(Number.isFinite(loss)).toBe(true);
    expect([...pass.gradient, ...pass.hessian].every(Number.isFinite)).toBe(true);
  });

  it('sums the loss of many sure rows without losing digits', () => {
    const count = 5000;
    const pass = new LogisticPass({ columns: [], y: new Float64Array(count), weights: null, offset: null, ridge: 0 });
    expect(pass.evaluate(Float64Array.of(-20)) / (count * Math.log1p(Math.exp(-20)))).toBeCloseTo(1, 6);
    expect(pass.evaluate(Float64Array.of(0)) / (count * Math.log(2))).toBeCloseTo(1, 13);
  });
});

describe('spreadRows', () => {
  it('takes one row of each stretch, all different and in order', () => {
    const rows = spreadRows(1000, 90);
    expect(rows).toHaveLength(90);
    rows.forEach((row, k) => {
      expect(row).toBeGreaterThanOrEqual(Math.floor((k * 1000) / 90));
      expect(row).toBeLessThan(((k + 1) * 1000) / 90);
    });
  });
});

describe('the start on a sample', () => {
  const solve = (problem: LogisticProblem): ReturnType<typeof solveLogistic> => solveLogistic('test', problem, false, { tolerance: 1e-8, maxIterations: 50, total: totalWeight(problem) });
  const plain = (problem: LogisticProblem): Float64Array => {
    const pass = new LogisticPass(problem);
    return minimiseLoss(pass, leastSquaresStart(pass), { tolerance: 1e-10, maxIterations: 50, total: problem.y.length }).beta;
  };

  it.each([
    ['60,000 rows', 60_000, {}],
    ['with weights and offset', 60_000, { weighted: true, shifted: true }],
    ['rare events', 60_000, { base: -5 }],
    ['420,000 rows, in two samples', 420_000, {}],
  ] as const)('ends where plain Newton ends: %s', (_, count, shape) => {
    const problem = simulateProblem(count, 5, shape);
    expect(sampleStart(new LogisticPass(problem), { total: count })).not.toBe(null);
    const { fit, beta } = solve(problem);
    expect(fit.outcome).toBe('step below tolerance');
    expect(fit.iterations).toBeLessThanOrEqual(10);
    plain(problem).forEach((b, j) => expect(Math.abs(beta[j]! - b)).toBeLessThan(1e-10 * Math.max(1, Math.abs(b))));
  }, 60_000);

  it('gives way to plain Newton where a level hardly occurs in the sample', () => {
    const problem = simulateProblem(60_000, 2);
    // Twenty rows in 60,000, none of them in the sample of 20,000.
    const sampled = new Set(spreadRows(60_000, 20_000));
    const codes = new Int32Array(60_000);
    for (let row = 0, left = 20; left > 0; row += 100) if (!sampled.has(row)) codes[row] = left-- > 0 ? 1 : 0;
    const rare: DesignColumn = { kind: 'level', name: 'rare', codes, place: 1, table: Float64Array.of(0, -0.018, 54.8), center: 1 / 3000, scale: 0.01825, baseline: 'usual' };
    const withRare = { ...problem, columns: [...problem.columns, rare] };
    expect(sampleStart(new LogisticPass(withRare), { total: 60_000 })).toBe(null);
    const { fit, beta } = solve(withRare);
    expect(fit.outcome).toBe('step below tolerance');
    plain(withRare).forEach((b, j) => expect(beta[j]).toBeCloseTo(b, 9));
  });

  it('tells its progress step by step, and stops when told to', () => {
    const problem = simulateProblem(60_000, 3);
    const seen: number[] = [];
    const onStep = (iteration: number): boolean => {
      seen.push(iteration);
      return iteration < 2;
    };
    const { fit } = solveLogistic('test', problem, false, { tolerance: 1e-8, maxIterations: 50, total: 60_000, onStep });
    expect(seen).toEqual([1, 2, 2]);
    expect(fit).toMatchObject({ outcome: 'stopped by onProgress', iterations: 2 });
  });
});

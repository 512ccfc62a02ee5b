import { describe, expect, it } from 'vitest';
import { baselineHazard } from '../../../../src/churn/cox/after/baselineHazard.js';
import { scoreMeat } from '../../../../src/churn/cox/after/robustVariance.js';
import { requireBroken, scoreRows } from '../../../../src/churn/cox/after/scoreRows.js';
import type { CoxRows } from '../../../../src/churn/cox/coxRows.js';
import { CoxSweep } from '../../../../src/churn/cox/coxSweep.js';
import { naiveSteps, randomRows, SHAPES } from './naiveCox.js';

function naiveScores(rows: CoxRows, beta: ArrayLike<number>, ties: 'efron' | 'breslow'): { martingale: number[]; score: number[] } {
  const { columnCount: p, rowCount, events, design, eventEnds, blockStarts } = rows;
  const martingale = Array.from(events, Number);
  const score = new Array<number>(rowCount * p).fill(0);
  for (const { block, expected, mean } of naiveSteps(rows, beta, ties)) {
    const count = eventEnds[block]! - blockStarts[block]!;
    for (const [row, amount] of expected) {
      const isEvent = row >= blockStarts[block]! && row < eventEnds[block]!;
      martingale[row]! -= amount;
      for (let j = 0; j < p; j++) score[row * p + j]! += (design[row * p + j]! - mean[j]!) * ((isEvent ? 1 / count : 0) - amount);
    }
  }
  return { martingale, score };
}

const near = (found: ArrayLike<number>, wanted: readonly number[], within = 1e-11): void => wanted.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(within * (1 + Math.abs(value))));

describe.each(SHAPES)('rows that are %s', (_, shape) => {
  const sides = (['efron', 'breslow'] as const).flatMap((ties) => [0.6, 250].map((size) => [ties, size] as const));

  it.each(sides)('%s, coefficients of %d: residuals are what the definition says, and add up to the gradient', (ties, size) => {
    for (let seed = 1; seed <= 4; seed++) {
      const rows = randomRows(seed, shape);
      const beta = Float64Array.from({ length: shape.columns }, (_, j) => (j % 2 === 0 ? size : -size / 2));
      const found = scoreRows(rows, beta, ties);
      const naive = naiveScores(rows, beta, ties);
      near(found.martingale, naive.martingale);
      near(found.score, naive.score);
      const weightOf = (row: number): number => rows.weights?.[row] ?? 1;
      expect(Math.abs(found.martingale.reduce((sum, value, row) => sum + weightOf(row) * value, 0))).toBeLessThan(1e-9);
      const { gradient } = new CoxSweep(rows, ties).evaluate(beta);
      for (let j = 0; j < shape.columns; j++) {
        const sum = found.martingale.reduce((soFar, _, row) => soFar + weightOf(row) * found.score[row * shape.columns + j]!, 0);
        expect(Math.abs(sum - gradient[j]!)).toBeLessThan(1e-9 * (1 + Math.abs(gradient[j]!)));
      }
    }
  });

  it('the baseline hazard is the sum of steps', () => {
    for (const ties of ['efron', 'breslow'] as const) {
      for (const size of [0.6, 100]) {
        const rows = randomRows(7, shape);
        const beta = Float64Array.from({ length: shape.columns }, () => size);
        const baseline = baselineHazard(rows, beta, ties);
        expect(baseline.length).toBe(shape.strata);
        baseline.forEach(({ times, cumulative }, s) => {
          const steps = naiveSteps(rows, beta, ties).filter(({ block }) => block >= rows.stratumBlocks[s]! && block < rows.stratumBlocks[s + 1]!);
          expect(times).toEqual([...new Set(steps.map(({ time }) => time))]);
          times.forEach((time, k) => {
            const wanted = steps.filter((step) => step.time <= time).reduce((sum, { logHazard }) => sum + Math.exp(logHazard), 0);
            expect(Math.abs(cumulative[k]! / wanted - 1)).toBeLessThan(1e-10);
          });
        });
      }
    }
  });
});

describe('the middle of the robust covariance', () => {
  it('adds up products of weighted scores, within clusters first', () => {
    const rows = randomRows(3, SHAPES[4]![1]);
    const beta = Float64Array.of(0.4, -0.2);
    const { score } = naiveScores(rows, beta, 'efron');
    for (const clusters of [null, Int32Array.from({ length: 60 }, (_, i) => i % 7)]) {
      const sums = new Map<number, [number, number]>();
      rows.order.forEach((of, row) => {
        const key = clusters === null ? row : clusters[of]!;
        const [a, b] = sums.get(key) ?? [0, 0];
        sums.set(key, [a + rows.weights![row]! * score[row * 2]!, b + rows.weights![row]! * score[row * 2 + 1]!]);
      });
      const all = [...sums.values()];
      const product = (i: 0 | 1, j: 0 | 1): number => all.reduce((sum, v) => sum + v[i] * v[j], 0);
      near(scoreMeat(rows, beta, 'efron', clusters), [product(0, 0), product(0, 1), product(0, 1), product(1, 1)], 1e-10);
    }
  });

  it('is not known of exact ties', () => {
    expect(() => requireBroken('coxResiduals', 'exact')).toThrow(/coxResiduals needs a fit with ties 'efron' or 'breslow', found 'exact'/);
  });
});

it('a baseline hazard stays a finite number, above 0, at any coefficients', () => {
  const rows = randomRows(5, SHAPES[3]![1]);
  for (const size of [-3000, 3000]) {
    const { cumulative } = baselineHazard(rows, Float64Array.of(size, size / 3), 'efron')[0]!;
    expect(cumulative.every((hazard, k) => hazard > 0 && hazard < Infinity && (k === 0 || hazard >= cumulative[k - 1]!))).toBe(true);
  }
});

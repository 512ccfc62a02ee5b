import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoostingLoss } from '../../../src/learners/trees/boostedTreesState.js';
import type { BoostedTreesOptions } from '../../../src/learners/trees/boostingOptions.js';
import { fitBoostedTrees } from '../../../src/learners/trees/fitBoostedTrees.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { at, mixedData, repeatBy } from './boostingData.js';

const LOSSES: readonly BoostingLoss[] = ['logistic', 'multinomial', 'squared', 'absolute', 'quantile', 'poisson', 'gamma', 'tweedie'];
const PLAN = { seed: 20261122, numRuns: 12 };

/** A target the loss can take, from a score. */
function targetOf(loss: BoostingLoss, score: readonly number[]): (number | string)[] {
  if (loss === 'logistic') return score.map((value) => (value > 2 ? 1 : 0));
  if (loss === 'multinomial') return score.map((value) => (value > 4 ? 'high' : value > 1 ? 'middle' : 'low'));
  if (loss === 'squared' || loss === 'absolute' || loss === 'quantile') return [...score];
  return score.map((value) => Math.max(loss === 'gamma' ? 0.1 : 0, Math.round(10 * value) / 10));
}

const fitted = fc.record({ loss: fc.constantFrom(...LOSSES), seed: fc.integer({ min: 1, max: 10_000 }), count: fc.integer({ min: 30, max: 90 }) });
const OPTIONS = { target: 'y', trees: 4, learningRate: 0.3, maxLeaves: 6, minLeafRows: 3, quantile: 0.7 } as const;

function figures(data: Readonly<Record<string, readonly unknown[]>>, scored: Readonly<Record<string, readonly unknown[]>>, options: Omit<BoostedTreesOptions, 'target'>): number[] {
  return Array.from(fitBoostedTrees(data, { ...OPTIONS, ...options }).predictMargin(scored));
}

function expectEqual(found: readonly number[], expected: readonly number[]): void {
  found.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected[i]!))));
}

describe('boosted trees', () => {
  it('take a weight as that many rows, and weight 0 as none', () => {
    fc.assert(
      fc.property(fitted, ({ loss, seed, count }) => {
        const { score, ...columns } = mixedData(count, seed);
        const random = createRandom(seed);
        const weights = score.map(() => random.integer(4));
        const data = { ...columns, y: targetOf(loss, score) };
        const repeated = repeatBy(weights);
        if (new Set(repeated.map((i) => data.y[i])).size < 2 || !repeated.some((i) => data.y[i] !== 0)) return;
        const options = { loss, features: Object.keys(columns) as (keyof typeof columns)[] };
        const kept = weights.flatMap((weight, i) => (weight > 0 ? [i] : []));
        expectEqual(figures(data, columns, { ...options, weights }), figures(at(data, repeated), columns, options));
        // A row of weight 0 may hold anything, and leaves no trace in the JSON.
        const json = (table: typeof data, own: readonly number[]) => JSON.stringify(fitBoostedTrees(table, { ...OPTIONS, ...options, weights: own, rowShare: 0.7, seed: 3 }));
        expect(json({ ...data, y: data.y.map((value, i) => (weights[i] === 0 ? data.y[kept[0]!]! : value)) }, weights)).toBe(json(at(data, kept), kept.map((i) => weights[i]!)));
      }),
      PLAN,
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fitted, ({ loss, seed, count }) => {
        const { score, ...columns } = mixedData(count, seed);
        const data = { ...columns, y: targetOf(loss, score) };
        if (new Set(data.y).size < 2) return;
        const order = shuffle(score.map((_, i) => i), createRandom(seed));
        expectEqual(figures(at(data, order), columns, { loss }), figures(data, columns, { loss }));
      }),
      PLAN,
    );
  });

  it('rise and fall with monotone columns only as they are told, whatever the loss', () => {
    fc.assert(
      fc.property(fitted, fc.constantFrom('increasing' as const, 'decreasing' as const), fc.constantFrom(0, 5), ({ loss, seed, count }, direction, pathSmoothing) => {
        if (loss === 'multinomial') return;
        const { score, ...columns } = mixedData(count, seed);
        const data = { ...columns, y: targetOf(loss, score) };
        if (new Set(data.y).size < 2) return;
        const model = fitBoostedTrees(data, { ...OPTIONS, loss, trees: 12, pathSmoothing, monotone: { x: direction, gappy: 'increasing' } });
        const steps = Array.from({ length: 25 }, (_, i) => -3 + i / 4);
        for (let i = 0; i < 8; i++) {
          const row = { x: columns.x[i]!, ties: columns.ties[i]!, gappy: columns.gappy[i]!, level: columns.level[i]! };
          const along = (name: 'x' | 'gappy'): Float64Array => model.predictMargin(steps.map((value) => ({ ...row, [name]: value })));
          along('x').forEach((value, k, all) => k > 0 && expect((value - all[k - 1]!) * (direction === 'increasing' ? 1 : -1)).toBeGreaterThan(-1e-12));
          along('gappy').forEach((value, k, all) => k > 0 && expect(value - all[k - 1]!).toBeGreaterThan(-1e-12));
        }
      }),
      { ...PLAN, numRuns: 25 },
    );
  });

  it('give finite figures for columns that tell nothing, few rows and numbers of any size', () => {
    const random = createRandom(4);
    for (const loss of LOSSES) {
      const score = Array.from({ length: 40 }, () => 3 + random.normal());
      const y = targetOf(loss, score);
      const tables: Record<string, readonly unknown[]>[] = [
        { constant: y.map(() => 7), missing: y.map(() => null), y, one: y.map(() => 'a') },
        { huge: score.map((value) => value * 1e300), tiny: score.map((value) => value * 1e-300), large: score.map((value) => 1e9 + value), y },
        Object.fromEntries([...Array.from({ length: 60 }, (_, j) => [`x${j}`, score.map(() => random.normal())] as const), ['y', y]]),
      ];
      for (const table of tables) {
        for (const learningRate of [0.1, 1]) {
          const { y: _, ...columns } = table;
          const found = figures(table, columns, { loss, learningRate, trees: 30, minLeafRows: 1, minLeafWeight: 0, features: Object.keys(columns) });
          expect(found.every(Number.isFinite)).toBe(true);
        }
      }
    }
    expect(figures({ x: [1], y: [4] }, { x: [1, 9, null] }, {})).toEqual([4, 4, 4]);
  });

  it('scale with a target of numbers', () => {
    const { score, ...columns } = mixedData(80, 3);
    for (const loss of ['squared', 'absolute', 'quantile'] as const) {
      const plain = figures({ ...columns, y: score }, columns, { loss });
      const scaled = figures({ ...columns, y: score.map((value) => 1e9 * value) }, columns, { loss });
      expectEqual(scaled.map((value) => value / 1e9), plain);
    }
  });
});

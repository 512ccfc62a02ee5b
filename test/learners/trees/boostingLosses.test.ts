import { PLAIN } from './boostingData.js';
import { describe, expect, it } from 'vitest';
import type { BoostingLoss } from '../../../src/learners/trees/boostedTreesState.js';
import { fitBoostedTrees } from '../../../src/learners/trees/fitBoostedTrees.js';

// n = 600; i = numpy.arange(n); X = [(i*37)%101, (i*61+7)%89, (i*17+3)%7]; noise = ((i*7919)%31)/31
// y = 1 + X0/20 + 3*(X1>40) + 2*noise + (X2==3)
const x0 = Array.from({ length: 600 }, (_, i) => (i * 37) % 101);
const x1 = x0.map((_, i) => (i * 61 + 7) % 89);
const x2 = x0.map((_, i) => (i * 17 + 3) % 7);
const noise = x0.map((_, i) => ((i * 7919) % 31) / 31);
const score = x0.map((value, i) => 1 + value / 20 + 3 * (x1[i]! > 40 ? 1 : 0) + noise[i]! * 2 + (x2[i] === 3 ? 1 : 0));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const SETTINGS = { ...PLAIN, target: 'y', trees: 20, learningRate: 0.1, maxLeaves: 8, minLeafRows: 20 } as const;

interface Case {
  readonly loss: BoostingLoss;
  readonly y: readonly number[];
  /** Loss of a row. */
  readonly of: (y: number, prediction: number) => number;
  /** Mean loss and first predictions of the peer. */
  readonly expected: number;
  readonly first: readonly number[];
  readonly digits: number;
  readonly quantile?: number;
}

const spent = score.map((value, i) => (noise[i]! < 0.3 ? 0 : value));

// scikit-learn 1.9.1, HistGradientBoosting(max_iter=20, learning_rate=.1, max_leaf_nodes=8, min_samples_leaf=20, early_stopping=False);
// tweedie: LightGBM 4.7.0 with num_leaves=8, min_child_samples=20, min_data_in_bin=1, in single precision: of two splits nearly equal it may take the other.
const cases: readonly Case[] = [
  { loss: 'squared', y: score, of: (y, p) => (y - p) ** 2, expected: 0.5041318119733866, first: [2.810245887072083, 6.6768278400169985, 6.046206012195739], digits: 6 },
  { loss: 'absolute', y: score, of: (y, p) => Math.abs(y - p), expected: 0.5855801819038794, first: [3.173759511722656, 6.763066609612, 6.2837903872442755], digits: 6 },
  // scikit-learn interpolates within the rows of a leaf; ours is a minimiser of the loss.
  { loss: 'quantile', quantile: 0.8, y: score, of: (y, p) => (y >= p ? 0.8 * (y - p) : 0.2 * (p - y)), expected: 0.23933222165785645, first: [5.319469451502635, 7.400655198119353, 6.5130221101264], digits: 1.5 },
  { loss: 'poisson', y: score.map(Math.floor), of: (y, p) => p - y * Math.log(p), expected: -4.67972323822958, first: [2.3491907556842855, 6.093275469723197, 5.517401157425772], digits: 6 },
  { loss: 'gamma', y: score, of: (y, p) => Math.log(p) + y / p, expected: 2.7634074541652116, first: [2.591890119872965, 6.671327242651203, 6.03687696373403], digits: 6 },
  { loss: 'tweedie', y: spent, of: (y, p) => 2 * Math.sqrt(p) + (2 * y) / Math.sqrt(p), expected: 8.280398621141948, first: [], digits: 4 },
];

describe('losses of boosted trees', () => {
  it.each(cases)('$loss falls round after round, to the figure of the peer', ({ loss, y, of, expected, first, digits, quantile }) => {
    const fit = (trees: number) => fitBoostedTrees({ x0, x1, x2, y }, { ...SETTINGS, loss, trees, ...(quantile && { quantile }) });
    const lossOf = (trees: number): number => {
      const found = fit(trees).predict({ x0, x1, x2 });
      return mean(y.map((value, i) => of(value, found[i]!)));
    };
    const losses = [1, 5, 10, 15].map(lossOf);
    losses.forEach((value, k) => k > 0 && expect(value).toBeLessThan(losses[k - 1]!));
    const model = fit(20);
    const predictions = Array.from(model.predict({ x0, x1, x2 }));
    const tolerance = 10 ** -digits;
    expect(Math.abs(mean(y.map((value, i) => of(value, predictions[i]!))) / expected - 1)).toBeLessThan(tolerance);
    first.forEach((value, i) => expect(Math.abs(predictions[i]! / value - 1)).toBeLessThan(tolerance * 3));
  });

  it('logistic and multinomial equal scikit-learn', () => {
    const two = score.map((value) => (value > 5.03 ? 1 : 0));
    const p = fitBoostedTrees({ x0, x1, x2, y: two }, SETTINGS).predictProbability({ x0, x1, x2 });
    expect(mean(two.map((y, i) => -Math.log(y === 1 ? p[i]! : 1 - p[i]!)))).toBeCloseTo(0.19189467309955452, 6);
    [0.10194597576819937, 0.9611068627817952, 0.8896050993887739].forEach((value, i) => expect(p[i]).toBeCloseTo(value, 6));
    const three = score.map((value) => Math.min(2, Math.floor(value / 3)));
    const model = fitBoostedTrees({ x0, x1, x2, y: three.map((k) => 'abc'[k]!) }, SETTINGS);
    const q = model.predictProbability({ x0, x1, x2 });
    expect(mean(three.map((k, i) => -Math.log(q[3 * i + k]!)))).toBeCloseTo(0.28694586180253834, 6);
    [0.7740973994079278, 0.18891766968191048, 0.03698493091016164].forEach((value, k) => expect(q[k]).toBeCloseTo(value, 6));
  });

  it('absolute and quantile give leaves the quantile of what is left', () => {
    const y = [1, 2, 3, 4, 9, 101, 102, 103, 104, 105];
    const x = y.map((_, i) => (i < 5 ? 0 : 1));
    const leaf = (options: { loss: BoostingLoss; quantile?: number; weights?: number[] }) => fitBoostedTrees({ x, y }, { ...PLAIN, target: 'y', trees: 1, learningRate: 1, minLeafRows: 1, ...options }).predictRow({ x: 0 });
    expect(leaf({ loss: 'absolute' })).toBe(3);
    expect(leaf({ loss: 'quantile', quantile: 0.1 })).toBe(1);
    // A share met exactly: half-way to the next.
    expect(leaf({ loss: 'quantile', quantile: 0.8 })).toBe(6.5);
    expect(leaf({ loss: 'absolute', weights: [1, 1, 1, 1, 10, 1, 1, 1, 1, 1] })).toBe(9);
  });
});

import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../src/errors.js';
import { fromMlLogisticRegression, type FromMlOptions, type MlLogisticRegression } from '../../src/learners/fromMlLogisticRegression.js';
import { LogisticRegression } from '../../src/learners/logisticRegression.js';
import { createRandom } from '../../src/numeric/random.js';

interface PeerMatrix {
  to1DArray(): number[];
}
interface Peer extends MlLogisticRegression {
  readonly classifiers: readonly { readonly weights: PeerMatrix | null; testScores(x: PeerMatrix): number[] }[];
  train(x: PeerMatrix, y: PeerMatrix): void;
  predict(x: PeerMatrix): number[];
}

// The package, and the matrices of its own dependency, whatever version that is. Neither has types of its own.
const require = createRequire(import.meta.url);
const PeerRegression = require('ml-logistic-regression') as new (options?: object) => Peer;
const { Matrix } = createRequire(require.resolve('ml-logistic-regression'))('ml-matrix') as { Matrix: { new (rows: number[][]): PeerMatrix; columnVector(values: number[]): PeerMatrix } };

const NAMES = ['recency', 'visits', 'age'];

function trained(classCount: number, seed: number, count = 120): { peer: Peer; x: number[][]; rows: Record<string, number>[]; matrix: PeerMatrix } {
  const random = createRandom(seed);
  const x = Array.from({ length: count }, () => [1, random.normal(), random.normal(), random.normal()]);
  const labels = x.map(([, a, b], i) => (i < classCount ? i : Math.min(classCount - 1, Math.max(0, Math.round((classCount - 1) / 2 + a! - 0.7 * b! + random.normal())))));
  const peer = new PeerRegression({ numSteps: 200, learningRate: 5e-3 });
  const matrix = new Matrix(x);
  peer.train(matrix, Matrix.columnVector(labels));
  return { peer, x, matrix, rows: x.map(([, ...values]) => Object.fromEntries(values.map((value, j) => [NAMES[j]!, value]))) };
}

const refusal = (model: unknown, options: unknown): [code: string, message: string] => {
  try {
    fromMlLogisticRegression(model as MlLogisticRegression, options as FromMlOptions);
  } catch (error) {
    if (isClientelaError(error)) return [error.code, error.message];
    throw error;
  }
  return ['none', ''];
};

describe('a model of ml-logistic-regression, two classes', () => {
  const { peer, matrix, rows, x } = trained(2, 1);
  const features = [null, ...NAMES];

  it('has the probabilities of its classifiers, and its classes', () => {
    const model = fromMlLogisticRegression(peer, { features, classes: ['no', 'yes'] });
    const found = model.predictProbability(rows);
    // Classifier 0 is trained to say "not class 0", classifier 1 to say "not class 1".
    peer.classifiers[0]!.testScores(matrix).forEach((score, i) => expect(Math.abs(found[i]! - score)).toBeLessThan(1e-12));
    peer.classifiers[1]!.testScores(matrix).forEach((score, i) => expect(Math.abs(1 - found[i]! - score)).toBeLessThan(1e-12));
    expect(Array.from(found, (p) => (p > 0.5 ? 1 : 0))).toEqual(peer.predict(matrix));
    expect([model.target, model.positive, model.features]).toEqual(['label', 'yes', NAMES]);
  });

  it('is the same from its JSON', () => {
    const json = JSON.parse(JSON.stringify(peer)) as MlLogisticRegression;
    expect(JSON.stringify(fromMlLogisticRegression(json, { features }))).toBe(JSON.stringify(fromMlLogisticRegression(peer, { features })));
  });

  it('is a model like any other: rows by name, JSON, explanation, the other class', () => {
    const model = fromMlLogisticRegression(peer, { features, target: 'bought' });
    const back = LogisticRegression.fromJSON(JSON.parse(JSON.stringify(model)));
    expect([...back.predictProbability(rows)]).toEqual([...model.predictProbability(rows)]);
    const { baseline, contributions, logOdds } = model.explain(rows[0]!);
    expect(baseline).toBe(model.coefficients[0]!.estimate);
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(logOdds, 12);
    const other = fromMlLogisticRegression(peer, { features, positive: 0 });
    other.predictProbability(rows).forEach((p, i) => expect(p).toBeCloseTo(1 - model.predictProbabilityRow(rows[i]!), 13));
    expect([other.positive, model.target]).toEqual([0, 'bought']);
    expect(model.predictProbabilityRow({ recency: null, visits: null, age: null })).toBeCloseTo(1 / (1 + Math.exp(-baseline)), 14);
  });

  it('claims no inference, and says why', () => {
    const model = fromMlLogisticRegression(peer, { features });
    const { inference, inferenceNote, coefficients, convergence, rowCount } = model;
    expect([inference, rowCount, coefficients[1]!.standardError, convergence.converged, convergence.iterations]).toEqual([null, 0, null, false, 200]);
    expect(inferenceNote).toContain('keeps nothing of its training data');
    expect(convergence.reason).toContain('does not test for convergence');
    expect(model.covariance()).toBe(null);
  });

  it('without a column of ones has no intercept', () => {
    const model = fromMlLogisticRegression(peer, { features: ['one', ...NAMES] });
    expect(model.coefficients[0]!.estimate).toBe(0);
    const withOnes = rows.map((row, i) => ({ ...row, one: x[i]![0]! }));
    peer.classifiers[0]!.testScores(matrix).forEach((score, i) => expect(Math.abs(model.predictProbabilityRow(withOnes[i]!) - score)).toBeLessThan(1e-12));
  });
});

describe('more classes', () => {
  it('are a model each, and the largest probability is the class of the package', () => {
    const property = fc.property(fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 1000 }), (classCount, seed) => {
      const { peer, matrix, rows } = trained(classCount, seed, 60);
      const classes = Array.from({ length: classCount }, (_, k) => `class ${k}`);
      const probabilities = classes.map((positive) => fromMlLogisticRegression(peer, { features: [null, ...NAMES], classes, positive }).predictProbability(rows));
      probabilities.forEach((found, k) => peer.classifiers[k]!.testScores(matrix).forEach((score, i) => expect(Math.abs(found[i]! - (1 - score))).toBeLessThan(1e-12)));
      const largest = rows.map((_, i) => probabilities.reduce((best, found, k) => (found[i]! > probabilities[best]![i]! ? k : best), 0));
      expect(largest).toEqual(peer.predict(matrix));
    });
    fc.assert(property, { seed: 20261122, numRuns: 5 });
  });

  it('must be chosen among', () => {
    const model = { numberClasses: 3, classifiers: [{ weights: [[1]] }, { weights: [[1]] }, { weights: [[1]] }] };
    expect(refusal(model, { features: ['x'] })).toEqual([
      'TARGET_CLASSES',
      'fromMlLogisticRegression needs positive, the class to predict, found none and 3 classes; call it once for each of 0, 1, 2: the class of the largest probability is the one the package takes',
    ]);
  });
});

describe('what is no such model', () => {
  const model = { numberClasses: 2, classifiers: [{ weights: [[1, 2]] }, { weights: [[-1, -2]] }] };
  const features = ['a', 'b'];

  it.each([
    [null, 'INVALID_INPUT', 'found null without classifiers'],
    [JSON.stringify(model), 'INVALID_INPUT', 'without classifiers'],
    [{ numberClasses: 0, classifiers: [] }, 'INVALID_INPUT', 'found 0 classifiers for 0 classes; train it before'],
    [new PeerRegression(), 'INVALID_INPUT', 'found 0 classifiers for 0 classes'],
    [{ numberClasses: 2, classifiers: [{ weights: null }, { weights: null }] }, 'INVALID_INPUT', 'found no weights in classifier 0; train it before'],
    [{ numberClasses: 2, classifiers: [{ weights: [[1, 2]] }, null] }, 'INVALID_INPUT', 'found no weights in classifier 1'],
    [{ ...model, classifiers: [{ weights: [[1, NaN]] }, { weights: [[1, 2]] }] }, 'NON_FINITE_VALUE', 'found NaN in classifier 0, column 1; its training diverged'],
    [{ ...model, classifiers: [{ weights: [[1, 2]] }, { weights: [[1]] }] }, 'LENGTH_MISMATCH', 'needs features with one name for each of the 1 columns'],
  ])('%j is refused', (bad, code, message) => {
    const found = refusal(bad, { features });
    expect(found[0]).toBe(code);
    expect(found[1]).toContain(message);
    expect(found[1]).toMatch(/^fromMlLogisticRegression needs .*[^.]$/);
  });

  it.each([
    [{}, 'INVALID_OPTION', 'needs features as the names'],
    [{ features: ['a'] }, 'LENGTH_MISMATCH', 'found 1'],
    [{ features: features.map((_, j) => j) }, 'INVALID_OPTION', 'needs features as the names'],
    [{ features, classes: null }, 'INVALID_OPTION', 'needs classes as an array'],
    [{ features: ['a', 'a'] }, 'DUPLICATE_COLUMN', 'found "a" twice'],
    [{ features, classes: ['x'] }, 'LENGTH_MISMATCH', 'needs classes with one value for each of the 2 labels, found 1'],
    [{ features, classes: ['x', 'x'] }, 'INVALID_OPTION', 'needs classes different from each other'],
    [{ features, positive: 'x' }, 'INVALID_OPTION', 'needs positive as one of 0, 1, found "x"'],
    [{ features, labels: [] }, 'INVALID_OPTION', 'knows no option "labels"'],
  ])('the options %j are refused', (options, code, message) => {
    const found = refusal(model, options);
    expect(found[0]).toBe(code);
    expect(found[1]).toContain(message);
  });
});

import { describe, expect, it } from 'vitest';
import {
  assignFolds,
  averagePrecision,
  brierScore,
  calibrationTable,
  compareRocAuc,
  expectedCalibrationError,
  expectedMaximumProfit,
  gainsTable,
  hosmerLemeshow,
  ksStatistic,
  liftAt,
  logLoss,
  profitCurve,
  rocAuc,
  rocAucInterval,
  rocCurve,
} from '../../src/evaluation/index.js';
import { isClientelaError } from '../../src/errors.js';

type Call = (labels: readonly unknown[], scores: readonly unknown[], weights?: readonly unknown[]) => unknown;
const call = (run: (labels: number[], scores: number[], weights?: number[]) => unknown): Call => run as Call;
const weighted = (weights?: number[]): { weights?: number[] } => (weights === undefined ? {} : { weights });

const all: Readonly<Record<string, Call>> = {
  rocAuc: call(rocAuc),
  rocCurve: call(rocCurve),
  averagePrecision: call(averagePrecision),
  ksStatistic: call(ksStatistic),
  logLoss: call(logLoss),
  brierScore: call(brierScore),
  gainsTable: call((labels, scores, weights) => gainsTable(labels, scores, { bins: 2, ...weighted(weights) })),
  calibrationTable: call((labels, scores, weights) => calibrationTable(labels, scores, { bins: 2, ...weighted(weights) })),
  expectedCalibrationError: call((labels, scores, weights) => expectedCalibrationError(labels, scores, { bins: 2, ...weighted(weights) })),
  hosmerLemeshow: call((labels, scores, weights) => hosmerLemeshow(labels, scores, { bins: 3, ...weighted(weights) })),
  rocAucInterval: call((labels, scores, weights) => rocAucInterval(labels, scores, weighted(weights))),
  compareRocAuc: call((labels, scores, weights) => compareRocAuc(labels, scores, scores, weighted(weights))),
  profitCurve: call((labels, scores, weights) => profitCurve(labels, scores, { contactCost: 1, benefit: 2, ...weighted(weights) })),
  liftAt: call((labels, scores, weights) => liftAt(labels, scores, 0.5, weighted(weights))),
  expectedMaximumProfit: call((labels, scores, weights) => expectedMaximumProfit(labels, scores, { purpose: 'churn', ...weighted(weights) })),
};

/** Code and message of what a call throws. */
const failure = (run: () => unknown): { code: unknown; message: string; details: unknown } => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return { code: error.code, message: error.message, details: error.details };
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe.each(Object.entries(all))('%s', (name, run) => {
  it('names itself in every error, without a final period', () => {
    for (const bad of [() => run([], []), () => run([0, 1], [1]), () => run([0, 2], [0.1, 0.2]), () => run([0, 1], [0.1, Number.NaN])]) {
      const { message } = failure(bad);
      expect(message.startsWith(`${name} `)).toBe(true);
      expect(message.endsWith('.')).toBe(false);
    }
  });

  it('refuses no rows, unequal lengths, other labels and scores that are not finite, naming the place', () => {
    expect(failure(() => run([], [])).code).toBe('EMPTY_INPUT');
    for (const nothing of [null, undefined, 3]) {
      expect(failure(() => run(nothing as never, [0.1, 0.2])).code).toBe('EMPTY_INPUT');
      expect(failure(() => run([0, 1], nothing as never)).code).toBe('LENGTH_MISMATCH');
    }
    expect(failure(() => run([0, 1, 1], [0.1, 0.2]))).toMatchObject({ code: 'LENGTH_MISMATCH', details: { expected: 3, found: 2 } });
    for (const label of [2, -1, 0.5, Number.NaN, null, undefined, '', '1']) {
      expect(failure(() => run([0, 1, label], [0.1, 0.2, 0.3]))).toMatchObject({ code: 'INVALID_VALUE', details: { index: 2, value: label } });
    }
    for (const score of [Number.NaN, Number.POSITIVE_INFINITY, null, '0.4']) {
      expect(failure(() => run([0, 1, 1], [0.1, score, 0.3]))).toMatchObject({ code: 'NON_FINITE_VALUE', details: { index: 1, value: score } });
    }
  });
});

describe.each(Object.entries(all))('%s', (_, run) => {
  it('refuses weights that are negative, not finite or too few, and rows without any weight', () => {
    for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(failure(() => run([0, 1], [0.1, 0.2], [1, weight]))).toMatchObject({ code: 'INVALID_VALUE', details: { index: 1, value: weight } });
    }
    expect(failure(() => run([0, 1], [0.1, 0.2], [1])).code).toBe('LENGTH_MISMATCH');
    expect(['EMPTY_INPUT', 'TARGET_CLASSES']).toContain(failure(() => run([0, 1], [0.1, 0.2], [0, 0])).code);
  });
});

describe('the classes that must be there', () => {
  it('are both for ROC and KS, also by weight', () => {
    for (const run of [all['rocAuc']!, all['rocCurve']!, all['ksStatistic']!]) {
      expect(failure(() => run([1, 1], [0.1, 0.2])).code).toBe('TARGET_CLASSES');
      expect(failure(() => run([0, 0], [0.1, 0.2])).code).toBe('TARGET_CLASSES');
      expect(failure(() => run([0, 1], [0.1, 0.2], [0, 1]))).toMatchObject({ code: 'TARGET_CLASSES', details: { positives: 1, negatives: 0 } });
    }
  });

  it('are two of each for an interval of the AUC', () => {
    for (const run of [all['rocAucInterval']!, all['compareRocAuc']!]) expect(failure(() => run([0, 0, 1], [1, 2, 3])).code).toBe('TARGET_CLASSES');
  });

  it('are the event for gains and average precision, which do with events alone', () => {
    expect(failure(() => all['gainsTable']!([0, 0], [1, 2])).code).toBe('TARGET_CLASSES');
    expect(failure(() => all['averagePrecision']!([0, 0], [1, 2])).code).toBe('TARGET_CLASSES');
    expect(gainsTable([1, 1], [1, 2], { bins: 2 }).map((row) => row.lift)).toEqual([1, 1]);
    expect(averagePrecision([1, 1], [1, 2])).toBe(1);
  });
});

describe('probabilities', () => {
  it.each(['logLoss', 'brierScore', 'calibrationTable', 'expectedCalibrationError', 'hosmerLemeshow'])('must lie in [0, 1] for %s', (name) => {
    for (const p of [-0.01, 1.01]) {
      const { code, message, details } = failure(() => all[name]!([0, 1, 1], [0.1, p, 0.2], [1, 0, 1]));
      expect(code).toBe('INVALID_VALUE');
      expect(details).toEqual({ index: 1, value: p });
      expect(message).toContain('turn log-odds or points into probabilities first');
    }
  });
});

describe('options', () => {
  const labels = [0, 1, 0, 1];
  const scores = [0.1, 0.2, 0.3, 0.4];

  it.each([
    ['bins that are no whole number', () => gainsTable(labels, scores, { bins: 2.5 })],
    ['bins below 1', () => calibrationTable(labels, scores, { bins: 0 })],
    ['more bins than rows', () => gainsTable(labels, scores, { bins: 5 })],
    ['bins of a Hosmer-Lemeshow test below 3', () => hosmerLemeshow(labels, scores, { bins: 2 })],
    ['degrees of freedom below 1', () => hosmerLemeshow(labels, scores, { bins: 3, degreesOfFreedom: 0 })],
    ['a confidence of 1', () => rocAucInterval(labels, scores, { confidence: 1 })],
    ['a confidence of 95', () => gainsTable(labels, scores, { bins: 2, confidence: 95 })],
    ['a method nobody knows', () => calibrationTable(labels, scores, { bins: 2, method: 'quantile' as 'mass' })],
    ['a tie rule nobody knows', () => gainsTable(labels, scores, { bins: 2, ties: 'random' as 'shared' })],
    ['an option nobody knows', () => gainsTable(labels, scores, { bin: 2 } as object)],
    ['a contact cost that is not finite', () => profitCurve(labels, scores, { contactCost: Number.NaN, benefit: 1 })],
    ['a benefit that is no amount', () => profitCurve(labels, scores, { contactCost: 1, benefit: 'ten' as unknown as number })],
    ['a fixed cost that is not finite', () => profitCurve(labels, scores, { contactCost: 1, benefit: 1, fixedCost: Number.POSITIVE_INFINITY })],
    ['one fold', () => assignFolds(labels, { folds: 1 })],
    ['a seed that is no whole number', () => assignFolds(labels, { folds: 2, seed: 0.5 })],
    ['half a row', () => assignFolds(1.5, { folds: 2 })],
  ])('refuse %s', (_, run) => {
    expect(failure(run).code).toBe('INVALID_OPTION');
  });

  it('check costs customer by customer', () => {
    expect(failure(() => profitCurve(labels, scores, { contactCost: [1, 2], benefit: 1 })).code).toBe('LENGTH_MISMATCH');
    expect(failure(() => profitCurve(labels, scores, { contactCost: 1, benefit: [1, 2, Number.NaN, 4] }))).toMatchObject({ code: 'INVALID_OPTION', details: { row: 2 } });
  });
});

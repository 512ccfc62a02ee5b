import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import { isClientelaError, type ClientelaErrorCode } from '../../src/errors.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { naiveLogistic } from './naiveLogistic.js';
import { designOfCustomers, simulateCustomers } from './simulate.js';

/** Of 100 customers with a card 40 answered, of 100 without 20. */
const table = Array.from({ length: 200 }, (_, i) => ({ card: i < 100 ? 1 : 0, answered: i % 100 < (i < 100 ? 40 : 20) ? 'yes' : 'no' }));

function refusal(run: () => unknown): { code: ClientelaErrorCode | undefined; message: string } {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: undefined, message: '' };
}

describe('a 2 x 2 table, by hand', () => {
  const model = fitLogisticRegression(table, { target: 'answered' });
  const [intercept, card] = model.coefficients;

  it('has the log odds ratio and its standard error', () => {
    expect(card!.estimate).toBeCloseTo(Math.log((40 * 80) / (60 * 20)), 13);
    expect(card!.standardError).toBeCloseTo(Math.sqrt(1 / 40 + 1 / 60 + 1 / 20 + 1 / 80), 12);
    expect(intercept!.estimate).toBeCloseTo(Math.log(20 / 80), 13);
    expect(intercept!.standardError).toBeCloseTo(Math.sqrt(1 / 20 + 1 / 80), 12);
  });

  it('has z, p and the interval that follow', () => {
    const z = card!.estimate / card!.standardError!;
    expect(card!.z).toBe(z);
    // 0.980829 / 0.322749; two-sided p by R's 2 * pnorm(-3.038988).
    expect(z).toBeCloseTo(3.038988, 5);
    expect(card!.p).toBeCloseTo(0.002374, 5);
    expect(card!.lower).toBeCloseTo(card!.estimate - 1.959963984540054 * card!.standardError!, 12);
    expect(card!.upper).toBeCloseTo(card!.estimate + 1.959963984540054 * card!.standardError!, 12);
    expect(fitLogisticRegression(table, { target: 'answered', confidence: 0.5 }).coefficients[1]!.upper).toBeCloseTo(
      card!.estimate + 0.6744897501960817 * card!.standardError!,
      12,
    );
  });

  it('has likelihood, deviance and criteria', () => {
    const logLikelihood = 40 * Math.log(0.4) + 60 * Math.log(0.6) + 20 * Math.log(0.2) + 80 * Math.log(0.8);
    expect(model.logLikelihood).toBeCloseTo(logLikelihood, 10);
    expect(model.nullLogLikelihood).toBeCloseTo(60 * Math.log(0.3) + 140 * Math.log(0.7), 10);
    expect(model.deviance).toBe(-2 * model.logLikelihood);
    expect(model.nullDeviance).toBe(-2 * model.nullLogLikelihood);
    expect(model.aic).toBeCloseTo(-2 * logLikelihood + 4, 9);
    expect(model.bic).toBeCloseTo(-2 * logLikelihood + 2 * Math.log(200), 9);
    expect([model.rowCount, model.events, model.parameterCount]).toEqual([200, 60, 2]);
  });

  it('says what it predicts and how it ended', () => {
    expect([model.target, model.positive, model.features]).toEqual(['answered', 'yes', ['card']]);
    expect(model.convergence).toMatchObject({ converged: true, reason: 'step below tolerance' });
    expect(model.convergence.gradientNorm).toBeLessThan(1e-9);
    expect(model.inferenceNote).toBe(null);
  });

  it('has the robust errors, which for a saturated table are the same', () => {
    const robust = fitLogisticRegression(table, { target: 'answered', standardErrors: 'robust' });
    expect(robust.coefficients[1]!.standardError).toBeCloseTo(card!.standardError!, 10);
    expect(robust.inference).toEqual({ standardErrors: 'robust', confidence: 0.95 });
  });

  it('has larger errors where rows come in pairs that say the same', () => {
    const doubled = [...table, ...table].map((row, i) => ({ ...row, household: i % 200 }));
    const clustered = fitLogisticRegression(doubled, { target: 'answered', features: ['card'], standardErrors: { cluster: 'household' } });
    expect(clustered.coefficients[1]!.standardError).toBeCloseTo(card!.standardError!, 10);
    expect(fitLogisticRegression(doubled, { target: 'answered', standardErrors: { cluster: 'household' } }).features).toEqual(['card']);
  });
});

describe('the positive value', () => {
  it('is 1 of 0 and 1, true, or the later of two levels, and stated in the model', () => {
    const fit = (values: readonly unknown[]): unknown => fitLogisticRegression({ x: [1, 2, 3, 4], y: values }, { target: 'y' }).positive;
    expect(fit([0, 1, 0, 1])).toBe(1);
    expect(fit([true, false, true, false])).toBe(true);
    expect(fit(['a', 'b', 'a', 'b'])).toBe('b');
  });

  it('can be chosen; labels the other way round turn every sign', () => {
    const other = fitLogisticRegression(table, { target: 'answered', positive: 'no' });
    const model = fitLogisticRegression(table, { target: 'answered' });
    expect(other.events).toBe(140);
    other.coefficients.forEach(({ estimate, standardError }, j) => {
      expect(estimate).toBeCloseTo(-model.coefficients[j]!.estimate, 12);
      expect(standardError).toBeCloseTo(model.coefficients[j]!.standardError!, 12);
    });
  });
});

describe('fitLogisticRegression on mixed columns', () => {
  const rows = simulateCustomers(400, 5);
  const model = fitLogisticRegression(rows, { target: 'bought' });

  it('equals the textbook on the same design', () => {
    const naive = naiveLogistic(designOfCustomers(rows), rows.map(({ bought }) => (bought === 'yes' ? 1 : 0)));
    expect(model.coefficients.map(({ name }) => name)).toEqual(['(Intercept)', 'spend', 'visits', 'plan=gold', 'plan=silver', 'mobile']);
    model.coefficients.forEach(({ estimate, standardError }, j) => {
      expect(estimate).toBeCloseTo(naive.beta[j]!, 10);
      expect(standardError! / Math.sqrt(naive.covariance[j]![j]!)).toBeCloseTo(1, 9);
    });
    expect(model.logLikelihood).toBeCloseTo(naive.logLikelihood, 9);
    const { names, values } = model.covariance()!;
    expect(names).toEqual(model.coefficients.map(({ name }) => name));
    naive.covariance.flat().forEach((value, at) => expect(Math.abs(values[at]! - value)).toBeLessThan(1e-9 * Math.abs(naive.covariance[0]![0]!)));
  });

  it('gives a missing number an indicator of its own', () => {
    const gaps = simulateCustomers(400, 6, 0.2);
    const { coefficients } = fitLogisticRegression(gaps, { target: 'bought' });
    expect(coefficients.map(({ name }) => name)).toContain('spend is missing');
  });

  it('takes rows, columns and frames alike', () => {
    const frame = Frame.fromRows(rows);
    expect(JSON.stringify(fitLogisticRegression(frame, { target: 'bought' }))).toBe(JSON.stringify(model));
  });

  it('leaves columns named in other options and ids out of the default features', () => {
    const frame = Frame.fromRows(rows.map((row, i) => ({ ...row, id: i, w: 1 + (i % 2), o: 0.1 })), { id: 'id' });
    const weighted = fitLogisticRegression(frame, { target: 'bought', weights: 'w', offset: 'o' });
    expect(weighted.features).toEqual(['spend', 'visits', 'plan', 'mobile']);
    expect(weighted.rowCount).toBe(600);
  });

  it('pools rare levels where asked', () => {
    const rare = rows.map((row, i) => (i < 3 ? { ...row, plan: 'platinum' } : row));
    const pooled = fitLogisticRegression(rare, { target: 'bought', minLevelCount: 10 });
    expect(pooled.coefficients.map(({ name }) => name)).toContain('plan=(other)');
  });

  it('takes an offset: with the true log-odds as offset the rest is nothing', () => {
    const offset = model.predictLogOdds(rows);
    const rest = fitLogisticRegression(rows, { target: 'bought', offset });
    for (const { estimate, standardError } of rest.coefficients) expect(Math.abs(estimate)).toBeLessThan(1e-9 * standardError! + 1e-12);
    expect(rest.nullLogLikelihood).toBeCloseTo(model.logLikelihood, 9);
  });

  it('shrinks under a ridge penalty, and then gives no inference', () => {
    const ridged = fitLogisticRegression(rows, { target: 'bought', ridge: 100 });
    expect(ridged.inference).toBe(null);
    expect(ridged.covariance()).toBe(null);
    expect(ridged.inferenceNote).toContain('ridge');
    ridged.coefficients.slice(1).forEach(({ estimate, standardError, p }, j) => {
      if (j < 2) expect(Math.abs(estimate)).toBeLessThan(Math.abs(model.coefficients[j + 1]!.estimate));
      expect([standardError, p]).toEqual([null, null]);
    });
    expect(ridged.parameterCount).toBeGreaterThan(1);
    expect(ridged.parameterCount).toBeLessThan(6);
    expect(ridged.logLikelihood).toBeLessThan(model.logLikelihood);
  });

  it('ends at a maximum of the penalised likelihood: nearby coefficients are worse', () => {
    const ridge = 3;
    const { intercept, effects } = fitLogisticRegression(rows, { target: 'bought', features: ['visits'], ridge }).toJSON();
    const [visits] = effects;
    if (visits === undefined || !('slope' in visits)) throw new Error('one effect expected');
    const sd = Math.sqrt(rows.reduce((sum, row) => sum + (row.visits - visits.center) ** 2, 0) / rows.length);
    const objective = (b0: number, b1: number): number =>
      rows.reduce((sum, row) => {
        const eta = b0 + (b1 * (row.visits - visits.center)) / sd;
        return sum - Math.log1p(Math.exp(row.bought === 'yes' ? -eta : eta));
      }, (-ridge / 2) * b1 * b1);
    const slope = visits.slope * sd;
    for (const [d0, d1] of [[1e-4, 0], [-1e-4, 0], [0, 1e-4], [0, -1e-4]] as const) {
      expect(objective(intercept + d0, slope + d1)).toBeLessThan(objective(intercept, slope));
    }
  });
});

describe('progress', () => {
  const rows = simulateCustomers(300, 8);

  it('is told after each iteration with a rising likelihood', () => {
    const seen: number[] = [];
    const model = fitLogisticRegression(rows, {
      target: 'bought',
      onProgress: ({ done, total, objective }) => {
        expect(total).toBe(50);
        expect(done).toBe(seen.length + 1);
        seen.push(objective);
      },
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThanOrEqual(model.convergence.iterations - 1);
  });

  it.each([false, true])('stops at the best so far when told to, and says so (firth: %s)', (firth) => {
    const model = fitLogisticRegression(rows, { target: 'bought', firth, onProgress: ({ done }) => done < 2 });
    expect(model.convergence).toMatchObject({ converged: false, iterations: 2, reason: 'stopped by onProgress' });
    expect(model.coefficients.every(({ estimate }) => Number.isFinite(estimate))).toBe(true);
  });

  it.each([false, true])('ends at the iteration limit without pretending to have converged (firth: %s)', (firth) => {
    const model = fitLogisticRegression(rows, { target: 'bought', firth, maxIterations: 2 });
    expect(model.convergence).toMatchObject({ converged: false, iterations: 2, reason: 'iteration limit' });
  });
});

describe('bad input is refused with what was found and what to do', () => {
  const rows = simulateCustomers(50, 9);
  it.each([
    ['an empty table', [], { target: 'bought' }, 'UNKNOWN_COLUMN', 'needs at least one row'],
    ['a missing target', [...rows, { ...rows[0], bought: null }], { target: 'bought' }, 'MISSING_VALUE', 'column "bought", row 50; leave out rows'],
    ['one class', rows.map((row) => ({ ...row, bought: 'yes' })), { target: 'bought' }, 'TARGET_CLASSES', 'two classes'],
    ['three classes', rows, { target: 'plan' }, 'TARGET_CLASSES', 'two classes'],
    ['one class among the rows that count', rows, { target: 'bought', weights: rows.map(({ bought }) => (bought === 'yes' ? 1 : 0)) }, 'TARGET_CLASSES', 'both classes'],
    ['an unknown target', rows, { target: 'bougt' }, 'UNKNOWN_COLUMN', 'did you mean "bought"'],
    ['an unknown feature', rows, { target: 'bought', features: ['visit'] }, 'UNKNOWN_COLUMN', 'did you mean "visits"'],
    ['no feature', rows, { target: 'bought', features: [] }, 'EMPTY_INPUT', 'at least one feature'],
    ['the target as a feature', rows, { target: 'bought', features: ['bought'] }, 'INVALID_OPTION', 'it is the target'],
    ['an infinite number', rows.map((row, i) => (i === 7 ? { ...row, visits: Infinity } : row)), { target: 'bought' }, 'NON_FINITE_VALUE', 'column "visits", row 7'],
    ['a negative weight', rows, { target: 'bought', weights: rows.map((_, i) => i - 1) }, 'INVALID_VALUE', 'not negative'],
    ['weights of another length', rows, { target: 'bought', weights: [1, 2] }, 'LENGTH_MISMATCH', 'each of the 50 rows'],
    ['an infinite offset', rows, { target: 'bought', offset: rows.map(() => Infinity) }, 'NON_FINITE_VALUE', 'offset'],
    ['clusters of another length', rows, { target: 'bought', standardErrors: { cluster: [1] } }, 'LENGTH_MISMATCH', 'one cluster for each'],
    ['a missing weight', rows, { target: 'bought', weights: rows.map((_, i) => (i === 3 ? null : 1)) }, 'NON_FINITE_VALUE', 'in row 3'],
    ['a single cluster', rows, { target: 'bought', standardErrors: { cluster: rows.map(() => 'all') } }, 'INVALID_OPTION', 'at least two clusters'],
    ['no cluster', rows, { target: 'bought', standardErrors: { cluster: undefined } }, 'LENGTH_MISMATCH', 'one cluster for each'],
    ['no target', rows, { features: ['visits'] }, 'UNKNOWN_COLUMN', 'no column "undefined"'],
    ['a missing cluster', rows, { target: 'bought', standardErrors: { cluster: rows.map(() => null) } }, 'MISSING_VALUE', 'in row 0'],
    ['a negative ridge', rows, { target: 'bought', ridge: -1 }, 'INVALID_OPTION', 'ridge of 0 or more'],
    ['two penalties', rows, { target: 'bought', ridge: 1, firth: true }, 'INVALID_OPTION', 'firth'],
    ['a confidence of 95', rows, { target: 'bought', confidence: 95 }, 'INVALID_OPTION', 'between 0 and 1'],
    ['no tolerance', rows, { target: 'bought', tolerance: 0 }, 'INVALID_OPTION', 'above 0'],
    ['no iterations', rows, { target: 'bought', maxIterations: 0 }, 'INVALID_OPTION', '1 or more'],
    ['unknown errors', rows, { target: 'bought', standardErrors: 'HC3' }, 'INVALID_OPTION', "'robust'"],
    ['a misspelt option', rows, { target: 'bought', penalty: 1 }, 'INVALID_OPTION', 'no option "penalty"'],
    ['a date as a feature', rows.map((row, i) => ({ ...row, since: new Date(2020, 0, i + 1) })), { target: 'bought' }, 'COLUMN_KIND', 'kind date'],
    ['a name as a feature', Array.from({ length: 900 }, (_, i) => ({ name: `n${i}`, bought: i % 2 })), { target: 'bought' }, 'COLUMN_KIND', 'looks like an identifier'],
  ] as const)('%s', (what, data, options, code, text) => {
    const { code: found, message } = refusal(() => fitLogisticRegression(data as never, options as never));
    expect(found).toBe(what === 'an empty table' ? 'EMPTY_INPUT' : code);
    expect(message).toContain(text);
    expect(message).toMatch(/^fitLogisticRegression .*[^.]$/);
  });
});

import type { TargetValue } from '../data/binaryTarget.js';
import type { NumberTerm } from '../data/encodingTerm.js';
import { describeValue } from '../data/instant.js';
import { requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import type { NumberEffect } from './featureEffects.js';
import { LogisticRegression } from './logisticRegression.js';
import type { LogisticCoefficient, LogisticSummary } from './logisticState.js';

/** The weights of one classifier: a matrix of ml-matrix, or what its JSON has, one row of numbers. */
export type MlWeights =
  | {
      /** Its numbers, row after row. */
      to1DArray(): readonly number[];
    }
  | readonly (readonly number[])[];

/** A trained `LogisticRegression` of ml-logistic-regression, or what its `toJSON` gave. */
export interface MlLogisticRegression {
  /** How many classes: labels 0, 1, ... */
  readonly numberClasses: number;
  /** One for each class; each is trained on 0 for its own class and 1 for the rest. */
  readonly classifiers: readonly { readonly weights: MlWeights | null }[];
  /** Steps of gradient descent. */
  readonly numSteps?: number;
}

/** What ml-logistic-regression does not keep. */
export interface FromMlOptions {
  /** The names of the columns of the matrix it was trained on, in their order; null for a column of ones, which becomes the intercept. */
  readonly features: readonly (string | null)[];
  /** What the labels 0, 1, ... stood for. @defaultValue the labels themselves */
  readonly classes?: readonly TargetValue[];
  /** The class whose probability is predicted. @defaultValue the later of two; with more it must be named */
  readonly positive?: TargetValue;
  /** What the target is called. @defaultValue 'label' */
  readonly target?: string;
}

const CALLER = 'fromMlLogisticRegression';

/**
 * A model of the npm package ml-logistic-regression as a {@link LogisticRegression}: one that takes rows by name, explains itself and is stored.
 *
 * The package trains one classifier for each class against the rest, without intercept, and takes the class whose classifier says "the rest" least.
 * Of two classes the log-odds are half the difference of the two classifiers', which have opposite weights but for rounding: its probabilities
 * and its classes are kept. Of more, each class has a model of its own, and the class of the largest probability is the one the package takes;
 * these probabilities need not add up to 1. Weights are of the numbers it was trained on: if they were scaled, scale rows alike. A missing
 * number adds nothing, as 0 does. There are no standard errors, as the package keeps nothing of its data; figures of the fit stand at 0.
 *
 * @param model - the trained object, or the JSON of it, parsed
 * @param options - `features` at least
 * @returns the probability of one class; its `predictProbability` is that of the package to rounding
 * @throws a {@link ClientelaError} `INVALID_INPUT` (no such model, or untrained), `LENGTH_MISMATCH` (features or classes), `NON_FINITE_VALUE` (a
 * training that diverged), `TARGET_CLASSES` (more than two classes and no `positive`) or `INVALID_OPTION`
 * @example
 * ```ts
 * const stored = { name: 'LogisticRegression', numberClasses: 2, classifiers: [{ weights: [[-1, 0.5]] }, { weights: [[1, -0.5]] }] };
 * const model = fromMlLogisticRegression(stored, { features: [null, 'visits'], classes: ['no', 'yes'] });
 * model.predictProbabilityRow({ visits: 4 }); // => 1 / (1 + Math.exp(1 - 0.5 * 4))
 *
 * // Three classes: a model for each.
 * const three = { numberClasses: 3, classifiers: [{ weights: [[1]] }, { weights: [[-2]] }, { weights: [[0.5]] }] };
 * const models = [0, 1, 2].map((positive) => fromMlLogisticRegression(three, { features: ['x'], positive }));
 * models.map((each) => each.predictProbabilityRow({ x: 1 }) > 0.5); // => [false, true, false]
 * ```
 */
export function fromMlLogisticRegression(model: MlLogisticRegression, options: FromMlOptions): LogisticRegression {
  requireKnownOptions(CALLER, options, ['features', 'classes', 'positive', 'target']);
  const weights = readClassifiers(model);
  const { features, target = 'label' } = options;
  if (!(features instanceof Array) || features.some((name: unknown) => name !== null && typeof name !== 'string')) throw invalidOption('features', 'as the names of the columns it was trained on', features);
  const odd = weights.find((row) => row.length !== features.length);
  if (odd !== undefined) throw mismatch('features', `one name for each of the ${odd.length} columns it was trained on (null for a column of ones)`, features.length);
  const names = features.filter((name) => name !== null);
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${CALLER} found "${repeated}" twice in features; name it once`, { column: repeated });
  const { positive, logOdds } = choosePositive(weights, options);
  const intercept = features.reduce((sum, name, j) => (name === null ? sum + logOdds[j]! : sum), 0);
  const slopes = logOdds.filter((_, j) => features[j] !== null);
  return new LogisticRegression({
    format: 'LogisticRegression',
    formatVersion: 1,
    intercept,
    effects: names.map((column, j): NumberEffect => ({ column, center: 0, slope: slopes[j]!, level: 0, missing: 0 })),
    terms: names.map((column): NumberTerm => ({ kind: 'number', column, fill: 0, center: 0, scale: 1 })),
    offset: null,
    covariance: null,
    summary: summaryOf({ target, positive, names, intercept, slopes, steps: model.numSteps }),
  });
}

function readClassifiers(model: MlLogisticRegression): number[][] {
  const needs = `${CALLER} needs a trained LogisticRegression of ml-logistic-regression, or its JSON (parsed, if it was text)`;
  const { classifiers, numberClasses } = Object(model) as Partial<MlLogisticRegression>;
  if (!Array.isArray(classifiers)) throw new ClientelaError('INVALID_INPUT', `${needs}, found ${describeValue(model)} without classifiers`);
  if (classifiers.length < 2 || classifiers.length !== numberClasses) {
    throw new ClientelaError('INVALID_INPUT', `${needs}, found ${classifiers.length} classifiers for ${describeValue(numberClasses)} classes; train it before`, { classifiers: classifiers.length });
  }
  return (classifiers as MlLogisticRegression['classifiers']).map((classifier, label) => {
    const { weights } = Object(classifier) as Partial<(typeof classifiers)[number]>;
    const row = isMatrix(weights) ? weights.to1DArray() : Array.isArray(weights) ? (weights as number[][])[0] : undefined;
    if (!Array.isArray(row)) throw new ClientelaError('INVALID_INPUT', `${needs}, found no weights in classifier ${label}; train it before`, { classifier: label });
    const wrong = row.findIndex((weight) => !Number.isFinite(weight));
    if (wrong < 0) return Array.from(row as readonly number[]);
    throw new ClientelaError('NON_FINITE_VALUE', `${CALLER} needs finite weights, found ${describeValue(row[wrong])} in classifier ${label}, column ${wrong}; its training diverged: train it with a smaller learningRate`, {
      classifier: label,
      column: wrong,
    });
  });
}

function isMatrix(weights: unknown): weights is { to1DArray(): readonly number[] } {
  return typeof (Object(weights) as { to1DArray?: unknown }).to1DArray === 'function';
}

/** The log-odds of the positive class, by column. */
function choosePositive(weights: readonly (readonly number[])[], { classes = [...weights.keys()], positive }: FromMlOptions): { positive: TargetValue; logOdds: number[] } {
  if (!(classes instanceof Array)) throw invalidOption('classes', 'as an array of what the labels stood for', classes);
  if (classes.length !== weights.length) throw mismatch('classes', `one value for each of the ${weights.length} labels`, classes.length);
  if (new Set(classes).size < classes.length) throw invalidOption('classes', 'different from each other', classes);
  if (positive === undefined && weights.length > 2) {
    throw new ClientelaError(
      'TARGET_CLASSES',
      `${CALLER} needs positive, the class to predict, found none and ${weights.length} classes; call it once for each of ${classes.map(describeValue).join(', ')}: the class of the largest probability is the one the package takes`,
      { classes },
    );
  }
  const label = positive === undefined ? 1 : classes.indexOf(positive);
  if (label < 0) throw invalidOption('positive', `as one of ${classes.map(describeValue).join(', ')}`, positive);
  const own = weights[label]!;
  // Its own classifier says "the rest".
  if (weights.length > 2) return { positive: classes[label]!, logOdds: own.map((weight) => 0 - weight) };
  const other = weights[1 - label]!;
  return { positive: classes[label]!, logOdds: own.map((weight, j) => (other[j]! - weight) / 2) };
}

function mismatch(option: string, needs: string, found: number): ClientelaError {
  return new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs ${option} with ${needs}, found ${found}`, { option, found });
}

function invalidOption(option: string, needs: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
}

interface Imported {
  readonly target: string;
  readonly positive: TargetValue;
  readonly names: readonly string[];
  readonly intercept: number;
  readonly slopes: readonly number[];
  readonly steps: number | undefined;
}

/** What is known without the data: the coefficients. The figures are those of no rows. */
function summaryOf({ target, positive, names, intercept, slopes, steps }: Imported): LogisticSummary {
  const line = (name: string, estimate: number): LogisticCoefficient => ({ name, estimate, standardError: null, z: null, p: null, lower: null, upper: null });
  return {
    target,
    positive,
    features: names,
    coefficients: [line('(Intercept)', intercept), ...names.map((name, j) => line(name, slopes[j]!))],
    inference: null,
    inferenceNote: 'taken over from ml-logistic-regression, which keeps nothing of its training data: likelihood, rows and events are unknown and stand at 0',
    logLikelihood: 0,
    nullLogLikelihood: 0,
    deviance: 0,
    nullDeviance: 0,
    parameterCount: names.length + 1,
    aic: 0,
    bic: 0,
    rowCount: 0,
    events: 0,
    convergence: { converged: false, iterations: steps ?? 0, gradientNorm: 0, reason: 'taken over from ml-logistic-regression, which makes a fixed number of steps and does not test for convergence' },
    aliased: [],
    separated: [],
  };
}

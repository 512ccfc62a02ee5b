import type { TableLike } from '../../data/table.js';
import { ClientelaError, isClientelaError } from '../../errors.js';
import { fitElasticNet } from '../../learners/elasticNet/fitElasticNet.js';
import { fitLogisticRegression } from '../../learners/fitLogisticRegression.js';
import { fitGlm } from '../../learners/glm/fitGlm.js';
import type { CoefficientCovariance } from '../../learners/logisticState.js';
import { fitBoostedTrees } from '../../learners/trees/fitBoostedTrees.js';
import { lowerModel } from './lowerModel.js';
import { openOther, openPart, type OpenPart, type OutcomeModel } from './openPart.js';
import type { LearnerTask, OutcomeLearner } from './upliftOptions.js';
import type { UpliftCoefficient, UpliftPart } from './upliftState.js';

/** One model to learn. */
export interface ModelTask extends LearnerTask {
  /** In words: what it is about. */
  readonly of: string;
  readonly learner: OutcomeLearner;
  /** The features and the target. */
  readonly table: TableLike;
  readonly y: Float64Array;
  /** Whether robust standard errors hold, those of the model, or none. */
  readonly inference: 'model' | 'robust' | null;
  readonly confidence: number;
}

/** A model learnt. */
export interface LearntModel {
  readonly of: string;
  readonly part: UpliftPart;
  readonly open: OpenPart;
  readonly coefficients: readonly UpliftCoefficient[] | null;
  readonly covariance: CoefficientCovariance | null;
  /** Whether the features foretell every outcome learnt from, so that the model had to be shrunk to exist. */
  readonly isShrunk: boolean;
}

/** Learns one model, and brings it to a form that travels without its class. */
export function learnModel(caller: string, task: ModelTask): LearntModel {
  const { of, y, isBinary } = task;
  // An arm in which nobody, or everybody, has the outcome.
  if (isBinary && y.every((value) => value === y[0])) {
    const part: UpliftPart = { kind: 'linear', link: 'identity', intercept: y[0]!, effects: [] };
    return { of, part, open: openPart(part), coefficients: null, covariance: null, isShrunk: false };
  }
  const { model, isShrunk } = runLearner(caller, task);
  const part = lowerModel(caller, model, isBinary);
  const open = part.kind === 'other' ? openOther(model, isBinary) : openPart(part);
  const withInference = task.inference !== null && 'covariance' in model;
  return {
    of,
    part,
    open,
    coefficients: part.kind === 'linear' && 'coefficients' in model ? (model.coefficients as readonly Partial<UpliftCoefficient>[]).map((line) => readCoefficient(line, withInference)) : null,
    isShrunk,
    covariance: withInference ? (model as { covariance(): CoefficientCovariance | null }).covariance() : null,
  };
}

/** Of columns of standard deviation 1: enough for a finite answer, little beside the rows of any trial. */
export const SHRINKAGE = 1;

/** A model of outcomes is a means here: where plain logistic regression has no finite answer, a shrunk one serves, and the report says so. */
function runLearner(caller: string, task: ModelTask): { readonly model: OutcomeModel; readonly isShrunk: boolean } {
  try {
    return { model: fitLearner(caller, task, undefined), isShrunk: false };
  } catch (error) {
    if (task.learner !== 'logistic' || !isClientelaError(error) || error.code !== 'PERFECT_SEPARATION') throw error;
    return { model: fitLearner(caller, task, SHRINKAGE), isShrunk: true };
  }
}

function fitLearner(caller: string, { of, learner, table, target, features, isBinary, weights, seed, inference, confidence }: ModelTask, ridge: number | undefined): OutcomeModel {
  const given = { target, features, ...(weights && { weights }) };
  const family = isBinary ? 'binomial' : 'gaussian';
  try {
    if (learner === 'logistic') return fitLogisticRegression(table, { ...given, confidence, ...(ridge !== undefined && { ridge }) });
    if (learner === 'linear') return fitGlm(table, { ...given, family: 'gaussian', confidence, standardErrors: inference ?? 'model' });
    if (learner === 'elastic net') return fitElasticNet(table, { ...given, family, seed });
    if (learner === 'boosted trees') return fitBoostedTrees(table, { ...given, loss: isBinary ? 'logistic' : 'squared', seed });
    return learner(table, { ...given, isBinary, seed });
  } catch (error) {
    if (!isClientelaError(error)) throw error;
    throw new ClientelaError(error.code, `${caller} could not learn the ${of}: ${error.message}`, { ...error.details, of });
  }
}

function readCoefficient({ name = '', estimate = 0, standardError = null, p = null, lower = null, upper = null }: Partial<UpliftCoefficient>, withInference: boolean): UpliftCoefficient {
  return withInference ? { name, estimate, standardError, p, lower, upper } : { name, estimate, standardError: null, p: null, lower: null, upper: null };
}

import type { Frame } from '../data/frame.js';
import type { TableInput } from '../data/table.js';
import { fitAdditiveLogistic } from '../learners/additive/fitAdditiveLogistic.js';
import { fitElasticNet } from '../learners/elasticNet/fitElasticNet.js';
import { fitLogisticRegression } from '../learners/fitLogisticRegression.js';
import { fitScorecard } from '../learners/scorecard/fitScorecard.js';
import { fitBoostedTrees } from '../learners/trees/fitBoostedTrees.js';
import { LABEL } from './prepareTarget.js';
import type { ScoreModel } from './scoreModel.js';

/** A way of learning a score. */
export type ScoreMethod = 'logistic' | 'scorecard' | 'elastic net' | 'additive' | 'boosted trees';

/** All of them, the simpler first. */
export const KNOWN_METHODS: readonly ScoreMethod[] = ['logistic', 'scorecard', 'elastic net', 'additive', 'boosted trees'];

/** Those that are tried unasked, the simpler first. */
export const METHODS: readonly ScoreMethod[] = ['logistic', 'scorecard', 'elastic net', 'boosted trees'];

/** A way of learning with its settings. */
export type ScoreChoice =
  | { readonly method: 'logistic'; /** The ridge penalty. */ readonly ridge: number }
  | { readonly method: 'elastic net'; /** The penalty, on the scale of glmnet. */ readonly lambda: number }
  | { readonly method: 'scorecard' }
  | { readonly method: 'additive' }
  | { readonly method: 'boosted trees' };

/** What every way of learning is told. */
export interface LearnOptions {
  readonly features: readonly string[];
  readonly minLevelCount: number;
  readonly seed: number;
}

/** A model of the labels of a prepared frame, or of some of its rows. */
export function learn(table: TableInput, choice: ScoreChoice, { features, minLevelCount, seed }: LearnOptions): ScoreModel {
  const shared = { target: LABEL, features };
  if (choice.method === 'logistic') return fitLogisticRegression(table, { ...shared, minLevelCount, ridge: choice.ridge });
  if (choice.method === 'elastic net') return fitElasticNet(table, { ...shared, minLevelCount, family: 'binomial', lambda: choice.lambda });
  if (choice.method === 'scorecard') return fitScorecard(table, shared);
  if (choice.method === 'additive') return fitAdditiveLogistic(table, { ...shared, minLevelCount });
  return fitBoostedTrees(table, { ...shared, loss: 'logistic', seed });
}

/** The elastic net with the penalty of least log loss on folds left out, found on one path for all penalties. */
export function chooseLambda(sample: Frame, folds: Int32Array, { features, minLevelCount }: LearnOptions): ScoreChoice {
  const { lambda } = fitElasticNet(sample, { target: LABEL, features, minLevelCount, family: 'binomial', lambdaCount: 50, folds });
  return { method: 'elastic net', lambda };
}

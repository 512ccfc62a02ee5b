export { fitLogisticRegression } from './fitLogisticRegression.js';
export { LogisticRegression } from './logisticRegression.js';
export type { FitProgress, LogisticRegressionOptions } from './logisticOptions.js';
export type {
  AliasedColumn,
  CoefficientCovariance,
  Contribution,
  Explanation,
  LogisticCoefficient,
  LogisticInference,
  LogisticRegressionState,
  LogisticSummary,
  PredictionOptions,
} from './logisticState.js';
export type { CategoryEffect, FeatureEffect, NumberEffect } from './featureEffects.js';
export type { Convergence } from '../numeric/convergence.js';

import type { Convergence } from '../../numeric/convergence.js';
import type { ScaledFeature } from '../space/scaling.js';
import type { CovarianceKind } from './covarianceKind.js';

/** How well a mixture fits and how long it took: part of its JSON. */
export interface MixtureFigures {
  /** Of the rows learnt from. */
  readonly logLikelihood: number;
  /** Free parameters. */
  readonly parameterCount: number;
  /** Schwarz's criterion, parameters x log(rows) - 2 log-likelihood: lower is better. */
  readonly bic: number;
  /** Akaike's criterion, 2 x parameters - 2 log-likelihood: lower is better. */
  readonly aic: number;
  /** BIC - 2 x the sum of the logarithms of the rows' highest probabilities (Biernacki, Celeux and Govaert, 2000): lower is better, and overlap costs. */
  readonly icl: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
  /** What to know before using the segments, in words; mostly nothing. */
  readonly warnings: readonly string[];
  /** The logarithm of the density below which lies 1 % of the rows learnt from. */
  readonly outlierBelow: number;
}

/** A Gaussian mixture as JSON. */
export interface GaussianMixtureState extends MixtureFigures {
  /** Which class reads it. */
  readonly format: 'GaussianMixture';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns and the scale on which the rest is. */
  readonly features: readonly ScaledFeature[];
  /** How the covariances differ. */
  readonly covariance: CovarianceKind;
  /** Shares of the segments, the largest first. */
  readonly weights: readonly number[];
  /** Row-major, segments x features. */
  readonly means: readonly number[];
  /** One a segment, or one for all (tied): a row-major matrix, or the variances (diagonal, spherical). */
  readonly covariances: readonly (readonly number[])[];
}

import type { MixtureFigures } from './gaussianState.js';

/** A column of categories of a latent class model. */
export interface LatentFeature {
  /** The column of the data. */
  readonly column: string;
  /** Whether its levels are numbers, so that text is refused. */
  readonly isNumber: boolean;
  /** The levels learnt, by code unit; numbers ascending. */
  readonly levels: readonly string[];
  /** Probabilities, row-major segments x levels. */
  readonly probabilities: readonly number[];
}

/** A latent class model as JSON. */
export interface LatentClassState extends MixtureFigures {
  /** Which class reads it. */
  readonly format: 'LatentClass';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns with what is typical of each segment. */
  readonly features: readonly LatentFeature[];
  /** Shares of the segments, the largest first. */
  readonly weights: readonly number[];
  /** How well the segments are told apart, 0 to 1. */
  readonly entropyR2: number;
}

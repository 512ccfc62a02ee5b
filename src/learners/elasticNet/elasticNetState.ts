import type { TargetValue } from '../../data/binaryTarget.js';
import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { MarginExplanation } from '../explanation.js';
import type { ElasticNetFamily } from './penalisedLoss.js';

/** One coefficient, on the scale of the raw column; 0 where the penalty left the column out. */
export interface ElasticNetCoefficient {
  /** `(Intercept)`, `balance`, `student=Yes`, `income is missing`. */
  readonly name: string;
  /** Change in the linear predictor for one unit more. */
  readonly estimate: number;
  /** Of more than two classes: to which it belongs. */
  readonly class?: string;
}

/** What one penalty gave. */
export interface ElasticNetPathPoint {
  /** The strength of the penalty. */
  readonly lambda: number;
  /** How many columns of the design have a coefficient other than 0 (in any class). */
  readonly columnCount: number;
  /** Share of the null deviance that is explained, on the training rows. */
  readonly devianceRatio: number;
  /** Mean deviance of a held-out row; null where nothing was held out. */
  readonly heldOutDeviance: number | null;
  /** Standard error of that over the folds. */
  readonly heldOutError: number | null;
  /** Coefficients of the standardised columns, class after class, the intercept first; with `keepPath`. */
  readonly parameters?: readonly number[];
}

/** Why a row has its prediction. */
export interface ElasticNetExplanation extends MarginExplanation {
  /** Which class is explained, of more than two. */
  readonly class?: string;
}

/** What a fit tells about itself. */
export interface ElasticNetSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** What the target was taken for. */
  readonly family: ElasticNetFamily;
  /** Of two classes: the value whose probability is predicted. */
  readonly positive: TargetValue | null;
  /** Of more classes: all of them, sorted by code unit. */
  readonly classes: readonly string[] | null;
  /** Share of the absolute values in the penalty. */
  readonly mixing: number;
  /** The strength of the penalty. */
  readonly lambda: number;
  /** The penalty of the least deviance on held-out rows; null where nothing was held out. */
  readonly minimumLambda: number | null;
  /** The largest penalty whose held-out deviance is within one standard error of the least. */
  readonly oneStandardErrorLambda: number | null;
  /** The penalties tried, the largest first. It ends early where less penalty explains no more. */
  readonly path: readonly ElasticNetPathPoint[];
  /** Mean deviance of a training row by the model that has an intercept (and the offset, and what bears no penalty) only. */
  readonly nullDeviance: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** How the fit ended: steps for all penalties, and the largest violation of the conditions for a minimum, as a slope of the mean loss. */
  readonly convergence: Convergence;
}

/** An elastic net as JSON. */
export interface ElasticNetState {
  /** Which class reads it. */
  readonly format: 'ElasticNet';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** How the fit saw the raw columns. */
  readonly terms: readonly EncodingTerm[];
  /** Coefficients of the standardised columns, class after class, the intercept first. */
  readonly parameters: readonly number[];
  /** Column added to the linear predictor; null when there is none (or it was an array). */
  readonly offset: string | null;
  /** What the fit tells about itself. */
  readonly summary: ElasticNetSummary;
}

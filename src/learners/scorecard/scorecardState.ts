import type { TargetValue } from '../../data/binaryTarget.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { BinnedFeature } from '../binning/binningState.js';
import type { LogisticCoefficient, LogisticInference } from '../logisticState.js';
import type { PointsScale } from './pointsScale.js';

/** What a level is called on a card that no bin holds. */
export const UNSEEN = 'any other';

/** A feature that is not on the card, and why. */
export interface LeftOutFeature {
  /** The column of the data. */
  readonly feature: string;
  /** Of its binning. */
  readonly informationValue: number;
  /**
   * `information value`: it tells too little; `correlation`: another feature says nearly the same; `sign`: beside the others its coefficient
   * would turn its own evidence upside down; `stepwise`: it does not improve the card by what it costs; `aliased`: others determine it.
   */
  readonly reason: 'information value' | 'correlation' | 'sign' | 'stepwise' | 'aliased';
  /** The same in words, with the figures. */
  readonly explanation: string;
}

/** What rounded points do to the order of the training rows. */
export interface RoundingEffect {
  /** Decimal digits kept. */
  readonly digits: number;
  /** Between the sum of the rounded points of a row and its score, in points. */
  readonly largestDifference: number;
  /** Pairs of training rows whose order turns, among the pairs with different scores, in [0, 1]. */
  readonly reversedPairs: number;
  /** Pairs that become equal, among the same, in [0, 1]. */
  readonly mergedPairs: number;
}

/** What a card tells about itself. */
export interface ScorecardSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** The value of the target whose probability is predicted. */
  readonly positive: TargetValue;
  /** The columns of the data a row must have to be scored, in the order of the card: from the highest information value. */
  readonly features: readonly string[];
  /** What was not taken, and why; in the order in which it was left out. */
  readonly leftOut: readonly LeftOutFeature[];
  /** Features whose coefficient turns their own evidence upside down: only with `selection: 'all'` (or a given list under it) there are any. */
  readonly wrongSigned: readonly string[];
  /**
   * Features with a bin that foretells the outcome of its rows so that there is no finite estimate: their card is fitted with Firth's penalty
   * (1993), which has one.
   */
  readonly separated: readonly string[];
  /** From log-odds to points: score = offset + factor * log-odds. */
  readonly scale: PointsScale;
  /** The points every row has; 0 when they are spread over the features. Never rounded. */
  readonly basePoints: number;
  /** The points of a feature without evidence, such as a level never seen: 0, or its share of the base points when they are spread. */
  readonly neutralPoints: number;
  /** The scale in one sentence, as a legend for whoever reads scores. */
  readonly meaning: string;
  /** Of the logistic regression on the weights of evidence, `(Intercept)` first. Null figures under a ridge penalty; too good where features were selected. */
  readonly coefficients: readonly LogisticCoefficient[];
  /** How standard errors and intervals were made; null where there are none to trust. */
  readonly inference: LogisticInference | null;
  /** In words: why there is no inference; null where there is. */
  readonly inferenceNote: string | null;
  /** Log of the likelihood of the training rows; at most 0. */
  readonly logLikelihood: number;
  /** The same for a card of base points only. */
  readonly nullLogLikelihood: number;
  /** How many coefficients were estimated; under a ridge penalty the effective number. The cuts of the bins are not counted. */
  readonly parameterCount: number;
  /** Akaike's criterion: lower is better. */
  readonly aic: number;
  /** Schwarz's criterion: lower is better. */
  readonly bic: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Training rows with the positive value; with weights the sum of theirs. */
  readonly events: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
  /** What the rounding of the printed points does; null when they are not rounded. */
  readonly rounding: RoundingEffect | null;
}

/** One feature on a card. */
export interface ScorecardFeature {
  /** How its values fall into bins. */
  readonly binning: BinnedFeature;
  /** Change in log-odds for one unit of weight of evidence. */
  readonly coefficient: number;
  /** What it adds to the log-odds of the average training customer. */
  readonly mean: number;
}

/** A scorecard as JSON. */
export interface ScorecardState {
  /** Which class reads it. */
  readonly format: 'Scorecard';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** Log-odds of a row whose weights of evidence are all 0. */
  readonly intercept: number;
  /** In the order of the card. */
  readonly features: readonly ScorecardFeature[];
  /** What the card tells about itself. */
  readonly summary: ScorecardSummary;
}

/** One line of a card. */
export interface ScorecardLine {
  /** The column of the data. */
  readonly feature: string;
  /** `[26, 28)`, `car, furniture`, `missing`; `any other` for a level that was not seen in training. */
  readonly bin: string;
  /** Training rows in the bin; with weights their sum. */
  readonly rows: number;
  /** Of all training rows, in [0, 1]. */
  readonly share: number;
  /** Share of the positive value in the bin, in [0, 1]; of a bin without rows that of all. */
  readonly eventRate: number;
  /** Weight of evidence, in the sign of the binning. */
  readonly woe: number;
  /** Of the feature, in log-odds for one unit of weight of evidence. */
  readonly coefficient: number;
  /** What the bin adds to the score; rounded when the card has a `rounding`. */
  readonly points: number;
}

/** One reason for a score, in points. */
export interface ScorecardReason {
  /** The column of the data. */
  readonly feature: string;
  /** What the row holds there. */
  readonly value: unknown;
  /** The bin it falls in. */
  readonly bin: string;
  /** What that bin adds to the score. */
  readonly points: number;
  /** Points of the baseline less these: what the row loses by this feature; negative for what it gains. */
  readonly lost: number;
  /** Whether the feature moves the score up or down from the baseline. */
  readonly direction: 'raises' | 'lowers' | 'none';
}

/** With what to compare, and how many. */
export interface ScorecardReasonOptions {
  /**
   * `neutral`: the points of a weight of evidence of 0, as a bin has that is like the whole; `max`: the most points the feature can give;
   * `mean`: its average over the training rows. @defaultValue 'neutral'
   */
  readonly baseline?: 'neutral' | 'max' | 'mean';
  /** How many at most. @defaultValue all */
  readonly top?: number;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { FeatureEffect } from '../../learners/featureEffects.js';
import type { BoostedTreesState } from '../../learners/trees/boostedTreesState.js';
import type { BalanceLine } from '../trial/treatmentBalance.js';
import type { Estimate } from '../../numeric/estimate.js';

/** How a model of uplift is put together from models of outcomes. */
export type UpliftMethod = 'T' | 'S' | 'X' | 'R' | 'DR' | 'class transformation' | 'transformed outcome';

/** A sum over features behind a link: what every linear model of the library comes down to. */
export interface LinearPart {
  readonly kind: 'linear';
  /** The mean is the sum itself, its logistic function, or its exponential. */
  readonly link: 'identity' | 'logit' | 'log';
  /** The sum of the average training customer. */
  readonly intercept: number;
  /** What each feature adds. */
  readonly effects: readonly FeatureEffect[];
}

/** Boosted trees. */
export interface TreesPart {
  readonly kind: 'trees';
  /** As `BoostedTrees` has it. */
  readonly state: BoostedTreesState;
}

/** A model that a learner of the caller's own gave. */
export interface OtherPart {
  readonly kind: 'other';
  /** Whether it gives probabilities. */
  readonly isProbability: boolean;
  /** What its `toJSON` gave. */
  readonly model: unknown;
}

/** One of the models that an uplift is made of. */
export type UpliftPart = LinearPart | TreesPart | OtherPart;

/** A weighted sum of predictions. */
export interface PartSum {
  /** Added to the sum. */
  readonly constant: number;
  /** Position of the part, its weight, and the arm it is asked about, where the arm is one of its features. */
  readonly terms: readonly { readonly part: number; readonly weight: number; readonly arm?: string }[];
}

/** What happened in one arm of the trial. */
export interface ArmSummary {
  /** The value of the treatment column. */
  readonly arm: string;
  /** Its rows. */
  readonly rows: number;
  /** Their share among the rows used (by weight). */
  readonly share: number;
  /** Their mean outcome: the rate of the positive value, or the mean amount; with unequal propensities rows weigh by their inverse. */
  readonly mean: Estimate;
  /** How many have the positive value (by weight); null for numbers. */
  readonly events: number | null;
}

/** What a treatment does on average. */
export interface TreatmentEffect {
  /** The value of the treatment column. */
  readonly treatment: string;
  /** What it adds to the expected outcome of the average customer. */
  readonly average: Estimate;
  /** `'difference of means'`, or `'doubly robust'`: the mean of the DR learner's pseudo-outcomes, whose interval is narrower the more the features explain. */
  readonly averageBy: 'difference of means' | 'doubly robust';
  /**
   * Whether the uplift depends on the features at all: a Wald test of all coefficients of the DR learner's linear model of the effect, with robust standard
   * errors. A large p means that no difference between customers is seen. Null for other learners, and where the features are too few.
   */
  readonly heterogeneity: { readonly chiSquare: number; readonly degreesOfFreedom: number; readonly p: number } | null;
}

/** One coefficient of a part, on the scale of the raw column. Inference is null where the method gives none to trust. */
export interface UpliftCoefficient {
  /** `(Intercept)`, `balance`, `student=Yes`, `income is missing`. */
  readonly name: string;
  /** Change in the outcome, in its log-odds, or in the uplift, as the part has it. */
  readonly estimate: number;
  /** Of the estimate. */
  readonly standardError: number | null;
  /** Two-sided, for the coefficient being 0. */
  readonly p: number | null;
  /** Lower end of the interval. */
  readonly lower: number | null;
  /** Upper end of the interval. */
  readonly upper: number | null;
}

/** What one of the models is about. */
export interface PartSummary {
  /** `outcome under "No E-Mail"`, `effect of "Womens E-Mail"` and the like. */
  readonly of: string;
  /** Of a linear model; null for others. */
  readonly coefficients: readonly UpliftCoefficient[] | null;
}

/** How the uplift was learnt, and what the trial says as a whole. */
export interface UpliftReport {
  /** How the models of outcomes were put together. */
  readonly method: UpliftMethod;
  /** What learnt the outcome, and the effect (null where the method has no model of the effect). */
  readonly learner: string;
  /** What learnt the effect; null for methods without a model of it. */
  readonly effectLearner: string | null;
  /** Folds of cross-fitting; 1: none, each row helped to learn the outcome it was compared with. */
  readonly folds: number;
  /** Where the probabilities of the arms come from. */
  readonly propensity: 'observed shares' | 'given' | 'estimated';
  /** Rows of the arms compared, of weight above 0. */
  readonly rowCount: number;
  /** Rows of the data that were not. */
  readonly leftOut: number;
  /** Of intervals. */
  readonly confidence: number;
  /** Control first. */
  readonly arms: readonly ArmSummary[];
  /** One for each treatment. */
  readonly effects: readonly TreatmentEffect[];
  /** The models, in the order of the parts. */
  readonly parts: readonly PartSummary[];
  /** Whether the arms differ in what was known before. Empty where propensities differ by row: they are meant to. */
  readonly balance: readonly BalanceLine[];
  /** What to know before these figures are used. */
  readonly warnings: readonly string[];
}

/** An uplift model as JSON. */
export interface UpliftState {
  /** Which class reads it. */
  readonly format: 'Uplift';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The outcome. */
  readonly target: string;
  /** The value of it that counts as 1; null for numbers. */
  readonly positive: TargetValue | null;
  /** The column of arms. */
  readonly treatment: string;
  /** The arm that means that nothing was done. */
  readonly control: string;
  /** The arms compared with it. */
  readonly treatments: readonly string[];
  /** The columns a row must have. */
  readonly features: readonly string[];
  /** The models. */
  readonly parts: readonly UpliftPart[];
  /** The uplift by each treatment. */
  readonly uplift: readonly PartSum[];
  /** The expected outcome of every arm, control first; null where the method has none. */
  readonly outcomes: readonly PartSum[] | null;
  /** How it was learnt. */
  readonly report: UpliftReport;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { Contribution } from '../logisticState.js';
import type { TermAxis } from './axis.js';

/** What one term adds to the log-odds of a row. */
export interface TermContribution {
  /** The feature, or the two features that act together. */
  readonly features: readonly string[];
  /** Change in log-odds against the average training customer. */
  readonly contribution: number;
}

/** Why a row has its probability. */
export interface AdditiveExplanation {
  /** Log-odds of the average training customer. */
  readonly baseline: number;
  /** One for each feature, the strongest first: its own term and half of each pair it is in (Shapley's split). */
  readonly contributions: readonly Contribution[];
  /** The same by term, pairs apart, the strongest first. */
  readonly terms: readonly TermContribution[];
  /** baseline + contributions = baseline + terms. */
  readonly logOdds: number;
  /** In [0, 1]. */
  readonly probability: number;
}

/** A point of the shape of a term. */
export interface ShapePoint {
  /** A knot of a number or a level of a category; of a pair one of each; null is a missing number. */
  readonly at: readonly (number | string | null)[];
  /** Change in log-odds against the average training customer; between the knots of a number it runs straight. */
  readonly effect: number;
  /** Lower end of the band. */
  readonly lower: number;
  /** Upper end of the band. */
  readonly upper: number;
}

/** The shape of a term as a table: the whole model is these tables and a baseline. */
export interface TermShape {
  /** The feature, or the two features that act together. */
  readonly features: readonly string[];
  /** Of a number, a category, or a pair. */
  readonly kind: 'number' | 'category' | 'pair';
  /** Standard deviation of the effect over the training rows: how much the term moves log-odds. */
  readonly spread: number;
  /** In the order of knots or levels; of a pair row by row. */
  readonly points: readonly ShapePoint[];
}

/** A penalty, as strong as the data ask for. */
export interface TermPenalty {
  /** `lines and levels`, `pairs`, or `bends of` a number. */
  readonly name: string;
  /** Of the squared coefficients; null where all of them were found to be 0. */
  readonly strength: number | null;
  /** How many coefficients its coefficients are worth. */
  readonly effectiveCount: number;
}

/** A pair of features that act together. */
export interface CrossSummary {
  /** Which two. */
  readonly features: readonly [string, string];
  /** Of the test that chose it, before correction for the number of pairs; null where it was asked for. */
  readonly p: number | null;
}

/** What a fit tells about itself. */
export interface AdditiveSummary {
  /** The column that is predicted. */
  readonly target: string;
  /** The value of the target whose probability is predicted. */
  readonly positive: TargetValue;
  /** The columns of the data a row must have to be scored. */
  readonly features: readonly string[];
  /** The pairs in the model, the clearest first. */
  readonly crosses: readonly CrossSummary[];
  /** How many pairs were tested. */
  readonly crossesTested: number;
  /** The penalties, chosen by marginal likelihood. */
  readonly penalties: readonly TermPenalty[];
  /** Effective number of coefficients, the intercept included. */
  readonly parameterCount: number;
  /** Log of the likelihood of the training rows, without the penalty. */
  readonly logLikelihood: number;
  /** The same for the base rate. */
  readonly nullLogLikelihood: number;
  /** Akaike's criterion, -2 logLikelihood + 2 parameterCount: lower is better. */
  readonly aic: number;
  /** Training rows; with weights their sum. */
  readonly rowCount: number;
  /** Training rows with the positive value; with weights the sum of theirs. */
  readonly events: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
}

/** A term as JSON. */
export interface AdditiveTermState {
  /** Where rows stand: on one axis, or on two whose positions multiply, the first the slower. */
  readonly axes: readonly TermAxis[];
  /** Log-odds at the positions; a number has one more for a missing value, behind its knots. */
  readonly effects: readonly number[];
  /** Their standard errors. */
  readonly errors: readonly number[];
  /** Standard deviation of the effect over the training rows. */
  readonly spread: number;
}

/** An additive logistic regression as JSON. */
export interface AdditiveLogisticState {
  /** Which class reads it. */
  readonly format: 'AdditiveLogistic';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** Log-odds of the average training customer. */
  readonly intercept: number;
  /** One for each feature, then one for each pair. */
  readonly terms: readonly AdditiveTermState[];
  /** What the fit tells about itself. */
  readonly summary: AdditiveSummary;
}

import type { BuyingModel } from '../buying/buyingModel.js';
import type { ConditionalRow } from './conditionalRows.js';
import type { DecileRow } from './decileRows.js';

/** What was forecast in all, against what happened. */
export interface BacktestTotal {
  /** What happened. */
  readonly actual: number;
  /** What was forecast. */
  readonly expected: number;
  /** `expected - actual`. */
  readonly bias: number;
  /** The bias as a share of what happened; `NaN` where nothing did. */
  readonly relativeBias: number;
  /** Of the bias: by chance, as the errors of the customers show it, and by the uncertainty of the parameters where it is known. */
  readonly standardError: number;
  /** The bias in standard errors. */
  readonly z: number;
}

/** How far the forecasts of single customers are off. */
export interface BacktestErrors {
  /** Mean absolute error. The median, not the mean, makes it small: of rare purchases it prefers forecasts of nothing. */
  readonly mae: number;
  /** Root of the mean squared error, which the expected value makes small. */
  readonly rmse: number;
  /** Pearson's, of forecast and outcome; `NaN` where one of them does not vary. */
  readonly correlation: number;
  /** How well the forecast ranks customers by what they did: the Gini coefficient of outcomes in the order of forecasts, over that in their own order. 1: perfectly, 0: as chance does. `NaN` where outcomes do not vary. */
  readonly gini: number;
}

/** Forecasts of a quantity, judged. */
export interface BacktestPart {
  /** In all. */
  readonly total: BacktestTotal;
  /** Customer by customer. */
  readonly errors: BacktestErrors;
  /** Tenths of the customers by forecast, the highest first; customers of one forecast are spread evenly over the tenths they fall in. */
  readonly deciles: readonly DecileRow[];
}

/** A forecast without a model. */
export interface NaiveForecast {
  /**
   * `'sameRate'`: each customer goes on as before; `'meanRate'`: all buy at the mean rate; `'previousPeriod'`: as often as in the last period of the length of the holdout;
   * `'rfmMean'`: as often as customers of the same frequency and recency did in that period. The last two where the log reaches back far enough.
   */
  readonly name: 'sameRate' | 'meanRate' | 'previousPeriod' | 'rfmMean';
  /** Purchases in all. */
  readonly expected: number;
  /** Customer by customer. */
  readonly errors: BacktestErrors;
}

/** How often predictive intervals hold what happens. */
export interface IntervalCoverage {
  /** What the intervals are to hold. */
  readonly confidence: number;
  /** The share of customers whose number of purchases they hold; a number at the very end counts in part, so that a true model has `confidence` on average. */
  readonly covered: number;
  /** Of `covered`, by chance. */
  readonly standardError: number;
}

/** Why a model should not be believed. */
export interface BacktestReason {
  /** For programs. Beyond those of the fit. */
  readonly code: 'BIASED' | 'VALUE_BIASED' | 'INTERVALS_TOO_NARROW' | 'WORSE_THAN_NAIVE' | 'RANKS_AS_CHANCE' | 'TOO_FEW_PURCHASES' | 'DROPOUT_NOT_IDENTIFIED' | 'HETEROGENEITY_NOT_IDENTIFIED' | 'NO_REPEAT_PURCHASES' | 'NOT_CONVERGED' | 'NO_STANDARD_ERRORS' | 'FEW_CUSTOMERS';
  /** For people: what was found and what to do. */
  readonly message: string;
}

/** Whether to believe the model. */
export interface BacktestVerdict {
  /** `'undecided'` where the holdout has too few purchases to tell. */
  readonly outcome: 'believable' | 'doubtful' | 'undecided';
  /** Empty where it is believable. */
  readonly reasons: readonly BacktestReason[];
}

/** A model of purchases held against what happened after it was learnt. */
export interface PurchaseBacktest {
  /** Learnt before the split. */
  readonly model: BuyingModel;
  /** Of the holdout, in the unit of the model. */
  readonly duration: number;
  /** Purchases of each customer in the holdout, in the order of the customers. */
  readonly actual: Float64Array;
  /** Forecast. */
  readonly expected: Float64Array;
  /** The forecast of purchases. */
  readonly purchases: BacktestPart;
  /** Mean purchases by how often customers had bought before: 0, 1, …, 6, 7 and more. */
  readonly byFrequency: readonly ConditionalRow[];
  /** Of intervals at 80 and 95 %, with the parameters taken as known. */
  readonly coverage: readonly IntervalCoverage[];
  /** Where outcomes lie in their predictive distributions, in shares of customers a tenth: all near 0.1 when the model is right, high at both ends when its distributions are too narrow. */
  readonly placement: Float64Array;
  /** Forecasts that need no model. */
  readonly naive: readonly NaiveForecast[];
  /** The forecast of what is spent; with `spending` only. */
  readonly spend?: BacktestPart;
  /** What to make of it. */
  readonly verdict: BacktestVerdict;
}

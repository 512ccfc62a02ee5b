import type { Trait } from '../../evaluation/traits.js';

/** One column of numbers in one segment, beside the whole portfolio. */
export interface NumberProfile {
  /** The column. */
  readonly feature: string;
  /** Customers of the segment whose value is known. */
  readonly known: number;
  /** Mean of the segment; as all typical values, NaN where none is known. */
  readonly mean: number;
  /** Type 7 of Hyndman and Fan, as the quartiles. */
  readonly median: number;
  /** A quarter of the segment lies below. */
  readonly lowerQuartile: number;
  /** A quarter of the segment lies above. */
  readonly upperQuartile: number;
  /** (mean - mean of all) / standard deviation of all: comparable between columns. */
  readonly z: number;
  /** 100 x mean / mean of all: 100 is average; null where some value is below 0 or all are 0. */
  readonly index: number | null;
  /** How many standard errors the mean is from that of a random draw of so many customers (Morineau, 1984): beyond 2 on either side it is hardly chance. */
  readonly vTest: number;
  /** Two-sided p-value of it. */
  readonly p: number;
  /** p corrected for all segments and columns of numbers (Benjamini and Hochberg, 1995). */
  readonly q: number;
  /** Cohen's d against all other customers: 0.2 is small, 0.5 medium, 0.8 large, however many customers there are. */
  readonly effectSize: number;
}

/** How frequent one level is in a segment. */
export interface LevelProfile {
  /** The level; `(missing)` where the value is not known. */
  readonly level: string;
  /** Share of the segment. */
  readonly share: number;
  /** 100 x share / share of all: 100 is average, 200 twice as frequent. */
  readonly index: number;
}

/** One category, or a boolean, in one segment. */
export interface CategoryProfile {
  /** The column. */
  readonly feature: string;
  /** The levels that occur in the segment, the most frequent first. */
  readonly levels: readonly LevelProfile[];
}

/** A level or a band that a segment has more or less of than all customers. */
export interface SegmentTrait extends Trait {
  /** Adjusted Pearson residual: how many standard errors the count is from what independence lets expect (Haberman, 1973). */
  readonly residual: number;
}

/** A customer near the centre of a segment. */
export interface TypicalCustomer {
  /** The row of the data. */
  readonly row: number;
  /** What the column `customer` says; null without one. */
  readonly customer: unknown;
  /** From the centre, on the scale of the model. */
  readonly distance: number;
}

/** One segment: how large, how much it is worth, and what marks it. */
export interface SegmentCard {
  /** The number in the labels. */
  readonly segment: number;
  /** The one given, otherwise made of what marks the segment most, and then no other has it. */
  readonly name: string;
  /** How many. */
  readonly customers: number;
  /** Of all customers, those of no segment included. */
  readonly share: number;
  /** Sum of the value column; null without one. */
  readonly value: number | null;
  /** Share of the value of all; null where that is not above 0. */
  readonly valueShare: number | null;
  /** Value a customer; null without one. */
  readonly meanValue: number | null;
  /** The numbers whose mean differs beyond chance, the largest effect first; none is a normal answer. */
  readonly drivers: readonly NumberProfile[];
  /** The levels and bands that differ beyond chance, the largest effect first; none is a normal answer. */
  readonly traits: readonly SegmentTrait[];
  /** Every column of numbers, in the order of the features. */
  readonly numbers: readonly NumberProfile[];
  /** Every category and boolean, in the order of the features. */
  readonly categories: readonly CategoryProfile[];
  /** The customers nearest the centre, the nearest first. */
  readonly typical: readonly TypicalCustomer[];
}

/** How far one column tells the segments apart. */
export interface FeatureSeparation {
  /** The column. */
  readonly feature: string;
  /** Whether strength is that of a number (eta) or of a category (Cramér's V). */
  readonly measure: 'eta' | "Cramér's V";
  /** 0 (the segments do not differ) to 1 (the segment says it all); eta squared is the share of the variance between segments. */
  readonly strength: number;
  /** Of a category Pearson's; of a number (n - 1) eta squared, which for two segments is the v-test squared. */
  readonly chiSquare: number;
  /** Degrees of freedom. */
  readonly degreesOfFreedom: number;
  /** Probability of so large a chi-square when the column has nothing to do with the segments. */
  readonly p: number;
  /** p corrected for all columns (Benjamini and Hochberg, 1995). */
  readonly q: number;
}

/** What marks each segment of a portfolio. */
export interface SegmentDescription {
  /** One card a segment, by number. */
  readonly segments: readonly SegmentCard[];
  /** Which columns tell the segments apart, the strongest first. */
  readonly features: readonly FeatureSeparation[];
  /** All customers. */
  readonly customers: number;
  /** Customers of no segment: they count in the portfolio, which segments are compared with. */
  readonly unassigned: number;
}

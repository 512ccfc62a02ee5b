import type { Duration } from '../../data/duration.js';
import type { Instant } from '../../data/instant.js';

/** For how long, at what discount and with which margin; all of it can be left out, and what the model was learnt with holds. */
export interface ValueOptions {
  /** How far ahead, or `'ever'`. */
  readonly horizon?: Duration | 'ever';
  /** What a year takes off: 0.1 for ten per cent. A purchase after t years counts (1 + rate)^-t, to the day. */
  readonly annualDiscountRate?: number;
  /** The share of an amount that is earned, in [0, 1]: for all, or for each customer. */
  readonly margin?: number | ArrayLike<number>;
  /** What a purchase earns, whatever its amount; in place of amounts, margin and returns. For all, or for each customer. */
  readonly marginPerPurchase?: number | ArrayLike<number>;
  /** What a purchase amounts to, where you know it better than the model: for all, or for each customer. It is then taken as certain. */
  readonly spend?: number | ArrayLike<number>;
  /** Of intervals, in (0, 1). */
  readonly confidence?: number;
  /** From a log: the end of observation. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
}

/** What {@link LifetimeValue.predict} takes. */
export interface PredictValueOptions extends ValueOptions {
  /** Whether `lower` and `upper` are wanted. @defaultValue true */
  readonly intervals?: boolean;
  /** Whether `standardError` is wanted: it takes the model's answers twice for each of its parameters. @defaultValue false */
  readonly standardErrors?: boolean;
}

/** What customers are worth: an entry each, in their order. */
export interface LifetimeValues {
  /** Identifiers; null where they are not known. */
  readonly customers: readonly (string | number)[] | null;
  /** The probability that the customer has not silently stopped. */
  readonly aliveProbability: Float64Array;
  /** Purchases to expect within the horizon; Infinity where they have no end. */
  readonly expectedPurchases: Float64Array;
  /** The same, each at what it is worth today. */
  readonly discountedPurchases: Float64Array;
  /** The amount to expect of a purchase, before margin and returns; what you said it is, where you said it. */
  readonly expectedSpend: Float64Array;
  /** discountedPurchases × expectedSpend × margin × (1 - share of amounts brought back). */
  readonly value: Float64Array;
  /** What the customer is really going to bring is below with at most half of what is left of `confidence`; null without intervals, and of a horizon without end. */
  readonly lower: Float64Array | null;
  /** And above with the other half. */
  readonly upper: Float64Array | null;
  /** Of `value`, from what is not known of the parameters; null unless asked for, and where a model has no standard errors. */
  readonly standardError: Float64Array | null;
  /** Of `lower` and `upper`. */
  readonly confidence: number;
}

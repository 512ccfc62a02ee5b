/** A part of what is known of one rate: a gamma law (shape, rate) or a beta law (a, b) with its weight. */
export interface PosteriorPart {
  /** How probable this part is; those of a customer add up to 1. */
  readonly weight: number;
  /** Gamma: shape and rate. Of buying at an opportunity, in a law whose purchases are a probability: beta a and b. */
  readonly purchaseRate: readonly [number, number];
  /** Of dying at a purchase: beta a and b. Of the rate of dying: gamma shape and rate. None in a law without death. */
  readonly dropout: readonly [number, number] | null;
}

/**
 * What a law of buying says of one customer, given its parameters and x repeat purchases, the last at `last`, looked at from `tenure`.
 * Everything but `alive` and `posterior` is given that the customer is alive at `tenure`.
 */
export interface BuyingLaw {
  /** Names of the parameters, all above 0, in the order of `theta`. The second is alpha, which a purchase covariate divides. */
  readonly names: readonly string[];
  /** Which parameters a covariate of dropout multiplies (1) or divides (-1) by its factor, by position; empty where there are none. */
  readonly dropoutPowers: readonly (readonly [position: number, power: 1 | -1])[];
  /** Whether dropout is a probability at each purchase (beta), a rate (gamma), or does not happen. */
  readonly dropout: 'probability' | 'rate' | 'none';
  /** Whether customers buy at a rate (gamma), which is so where nothing is said, or with a probability (beta) at each opportunity. */
  readonly purchases?: 'rate' | 'probability';
  /** The probability of being alive at `tenure`. */
  alive(theta: Float64Array, x: number, last: number, tenure: number): number;
  /** The probability of being alive `ahead` later. */
  survives(theta: Float64Array, x: number, last: number, tenure: number, ahead: number): number;
  /** The expected purchases in the time `ahead`. */
  expected(theta: Float64Array, x: number, last: number, tenure: number, ahead: number): number;
  /** The probability of `least` or more purchases in the time `ahead`; `least` from 1. */
  atLeast(theta: Float64Array, x: number, last: number, tenure: number, ahead: number, least: number): number;
  /** The time within which the next purchase comes with probability `share`; Infinity where it need not come. */
  waits(theta: Float64Array, x: number, last: number, tenure: number, share: number): number;
  /** The expected purchases in the time `ahead` (Infinity: ever), each worth exp(-delta time); Infinity where the sum has no end. */
  discounted(theta: Float64Array, x: number, last: number, tenure: number, ahead: number, delta: number): number;
  /** What is known of the customer's own rates, dead or alive, as a mixture whose weights add up to 1. */
  posterior(theta: Float64Array, x: number, last: number, tenure: number): PosteriorPart[];
}

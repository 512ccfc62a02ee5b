import type { Estimate } from '../../numeric/estimate.js';

/** What contacting the first k customers of the ranking is expected to bring; position k of each, from nobody (0) to everybody. */
export interface ProfitCurve {
  /** Benefits less contact and fixed costs. */
  readonly expectedProfit: Float64Array;
  /** Lower ends of the interval that chance leaves at each depth by itself, as for {@link CampaignTarget.expectedProfit}. */
  readonly lower: Float64Array;
  /** Upper ends. */
  readonly upper: Float64Array;
  /** Successes. */
  readonly expectedResponses: Float64Array;
  /** Contact and fixed costs. */
  readonly spend: Float64Array;
}

/** The random part of the chosen that is left alone. */
export interface ControlGroup {
  /** Positions of the control in the scores, the most valuable first. */
  readonly selected: Uint32Array;
  /** Their identifiers, when `customers` were given. */
  readonly customers?: readonly (string | number)[];
  /** The chance with which each of the chosen came into the control. */
  readonly share: number;
  /** How much more the campaign would be expected to bring without a control. */
  readonly forgoneProfit: number;
}

/** Who is left alone for being too unlikely to respond. */
export interface NotDisturbed {
  /** Nobody below this probability is contacted: the larger of `minProbability` and `minLift` times the mean score. */
  readonly threshold: number;
  /** Customers below it. */
  readonly customers: number;
  /** Those of them whose contact would pay. */
  readonly wouldPay: number;
  /** How much more the campaign would be expected to bring without the threshold. */
  readonly forgoneProfit: number;
}

/** Whom to contact in a campaign, and what to expect of it. */
export interface CampaignTarget {
  /** Positions of the customers to contact in the scores, the most valuable first. */
  readonly selected: Uint32Array;
  /** Their identifiers, when `customers` were given. */
  readonly customers?: readonly (string | number)[];
  /** How many are contacted. */
  readonly contacts: number;
  /** Expected profit with the interval that chance leaves when the probabilities are right. */
  readonly expectedProfit: Estimate;
  /** Expected number of successes among those contacted. */
  readonly expectedResponses: number;
  /** Contact and fixed costs. */
  readonly spend: number;
  /**
   * The probability at which a contact just pays: cost over benefit. Above 1 when no contact can ever pay; `null` when costs or
   * benefits differ between customers, or nothing is to be gained (benefit 0).
   */
  readonly breakEvenProbability: number | null;
  /** The lowest probability among those contacted; `null` when nobody is. */
  readonly lowestProbability: number | null;
  /** What keeps the target from being larger; `fixed cost`: the contacts would pay, but not the campaign; `relevance`: more would pay, but are not to be disturbed. */
  readonly limitedBy: 'break-even' | 'budget' | 'capacity' | 'fixed cost' | 'relevance' | 'everybody chosen';
  /** Customers left out who are worth exactly as much as the last one chosen. */
  readonly tiedAtCut: number;
  /**
   * No other choice within the limits can be expected to bring more than this amount above `expectedProfit`; 0 where the choice is proven best. With a
   * control, of the whole group it was drawn from.
   */
  readonly optimalityGap: number;
  /** Who is left alone for being too unlikely, when `minProbability` or `minLift` was given. */
  readonly notDisturbed?: NotDisturbed;
  /** The chosen who are not contacted, when `control` was given. */
  readonly control?: ControlGroup;
  /** Every customer in the order of the curve; those not to be disturbed last. */
  readonly ranking: Uint32Array;
  /** The whole curve along that ranking, as if without a control. */
  readonly curve: ProfitCurve;
}

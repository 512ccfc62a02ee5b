import type { BuyingWarning } from '../buying/buyingState.js';
import type { SpendIndependence } from '../spending/spendIndependence.js';
import type { SpendWarning } from '../spending/spendState.js';

/** A law of buying that can be chosen. */
export type LifetimeValueLaw = 'mbgNbd' | 'paretoNbd' | 'bgNbd' | 'nbd' | 'mbgCnbdK' | 'bgCnbdK';

/** One law of buying, as it fared. */
export interface LifetimeValueCandidate {
  /** Which. */
  readonly law: LifetimeValueLaw;
  /** Parameters at all histories. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Number of parameters. */
  readonly parameterCount: number;
  /** Of all histories, at its maximum. */
  readonly logLikelihood: number;
  /** Less is better. */
  readonly aic: number;
  /** Less is better. */
  readonly bic: number;
  /** Whether the search for the parameters came to its end. */
  readonly converged: boolean;
  /** Mean logarithm of the probability that it gave to the purchases each customer made after the cuts: more is better. Null where nothing was held out. */
  readonly logScore: number | null;
  /** The best candidate's log score less this one's, 0 for the best. */
  readonly logScoreGap: number | null;
  /** Standard error of the gap, by the customers' own differences. */
  readonly logScoreGapError: number | null;
  /** Mean absolute difference between the purchases expected and made after the cuts. */
  readonly meanAbsoluteError: number | null;
  /** Purchases expected in all, over those made, less 1. */
  readonly bias: number | null;
}

/** Something to mind about a lifetime value. */
export interface LifetimeValueWarning {
  /** For programs; of the laws of buying and of amounts their own. */
  readonly code: BuyingWarning['code'] | SpendWarning['code'] | 'NO_LAW_OF_AMOUNTS' | 'AMOUNTS_NOT_KNOWN' | 'AMOUNTS_WITHOUT_VARIANCE' | 'CHOSEN_WITHOUT_HOLDOUT' | 'ALIVE_FOR_SURE' | 'HORIZON_BEYOND_HISTORY';
  /** For people. */
  readonly message: string;
}

/** How a lifetime value model was found. */
export interface LifetimeValueReport {
  /** Customers learnt from. */
  readonly customers: number;
  /** The law chosen; `'given'` in a model of given laws. */
  readonly chosen: LifetimeValueLaw | 'given';
  /** By what; `'given'` where there was no choice. */
  readonly judgedBy: 'holdout' | 'bic' | 'aic' | 'given';
  /** Why, in words. */
  readonly reason: string;
  /** All that were tried, best first by what they were judged by; none of given laws. */
  readonly candidates: readonly LifetimeValueCandidate[];
  /** The ends of learning that later purchases judged, ascending, UTC epoch milliseconds; empty without a log. */
  readonly cuts: readonly number[];
  /** How long purchases after each cut were counted, in the unit of the model; 0 where none were. */
  readonly holdoutDuration: number;
  /** The share of amounts that was brought back; null where returns are not known. */
  readonly returnedShare: number | null;
  /** Whether amounts and frequency are independent; null without amounts. */
  readonly independence: SpendIndependence | null;
  /** What to mind; empty where there is nothing. */
  readonly warnings: readonly LifetimeValueWarning[];
}

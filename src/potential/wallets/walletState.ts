import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { NearestPeersState } from '../../learners/peers/peersState.js';
import type { BoostedTreesState } from '../../learners/trees/boostedTreesState.js';
import type { InefficiencyDistribution } from '../frontier/frontierLaw.js';

/** A way to tell wallets from spend alone. */
export type WalletEstimatorName = 'halfNormal' | 'exponential' | 'truncatedNormal' | 'heavyTails' | 'treesFrontier' | 'quantile' | 'treesQuantile' | 'peersQuantile';

/** Where the line runs from which wallets are told: the ln wallet by profile of a frontier, or a quantile of ln spend. */
export type WalletLineState =
  | {
      readonly kind: 'linear';
      readonly terms: readonly EncodingTerm[];
      /** Intercept and standardised slopes learnt from all rows; then, where there is no `root`, without each fold. */
      readonly slopes: readonly (readonly number[])[];
    }
  | {
      readonly kind: 'trees';
      /** Learnt without each fold; the line is their mean. */
      readonly models: readonly BoostedTreesState[];
    }
  | {
      readonly kind: 'peers';
      readonly finder: NearestPeersState;
      /** How many of the nearest are asked. */
      readonly peers: number;
      /** Training row i is in fold i mod `groups`. */
      readonly groups: number;
    };

/** The law of ln spend - ln wallet by profile: noise less inefficiency, the latter being -ln of the share of wallet. */
export interface WalletLawState {
  /** Of the inefficiency. */
  readonly distribution: InefficiencyDistribution;
  /** What the frontier lies above the line. */
  readonly shift: number;
  /** ln sigmaU: intercept, then a slope for each column of the drivers. */
  readonly inefficiency: readonly number[];
  /** mu / sigmaU. */
  readonly tau: number;
  /** ln sigmaV; with heavy tails also ln(how much wider the rare noise is - 1), and the log-odds of its share. */
  readonly noise: readonly number[];
}

/** A learnt estimator of wallets, as JSON. */
export interface WalletState {
  /** Which way. */
  readonly estimator: WalletEstimatorName;
  /** Which quantile counts as wallet; null for frontiers. */
  readonly quantile: number | null;
  /** From which line the wallets are told. */
  readonly line: WalletLineState;
  /** How the drivers of the share become numbers. */
  readonly drivers: readonly EncodingTerm[];
  /** Of all rows, then (trees) without each fold; none for quantiles. */
  readonly laws: readonly WalletLawState[];
  /** For quantiles: equally likely ln spend - line, out of fold, ascending. */
  readonly spread: readonly number[];
  /** Root of the covariance of (slopes, ln sigmaU, noise, tau), row-major with `rootWidth` columns; empty where folds tell the uncertainty. */
  readonly root: readonly number[];
  /** Columns of `root`: how many unknowns all customers share. */
  readonly rootWidth: number;
}

/** How one way to estimate wallets fared with customers it was not learnt from. */
export interface WalletTrial {
  /** Which way. */
  readonly estimator: WalletEstimatorName;
  /** A frontier tells noise and share apart; a quantile takes what the best of the like spend for the wallet. */
  readonly kind: 'frontier' | 'quantile';
  /** `'noInefficiency'`: the spend shows none at 5 %, so that the wallet would be the spend. `'notTried'`: stopped before, or not for such data. */
  readonly status: 'tried' | 'noInefficiency' | 'notTried';
  /** Mean ln density of the masked ln spend; null for quantiles. */
  readonly logScore: number | null;
  /** Mean pinball loss of masked ln spend at each of `quantiles`; null where it tells none. */
  readonly pinball: readonly (number | null)[];
  /** Share of the masked spend at or below each of them. */
  readonly coverage: readonly (number | null)[];
  /** The quantiles judged at. */
  readonly quantiles: readonly number[];
  /** Wallets of all, told by what was learnt without their fold, over what all spend: where candidates differ, spend alone cannot tell. */
  readonly timesSpend: number | null;
  /** Root mean square of ln(wallet / known wallet), the customer's fold left out; null without known wallets. */
  readonly logError: number | null;
  /** Mean of ln(wallet / known wallet). */
  readonly logBias: number | null;
  /** Customers judged on. */
  readonly rows: number;
  /** Whether this one was taken. */
  readonly chosen: boolean;
}

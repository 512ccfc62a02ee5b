import type { Estimate } from '../../numeric/estimate.js';
import type { NearestPeersState } from '../../learners/peers/peersState.js';
import type { KnownWalletReport, KnownWalletsState } from '../known/knownWalletState.js';
import type { CoverageGroup } from '../validation/spendCoverage.js';
import type { WalletState, WalletTrial } from '../wallets/walletState.js';
import type { PotentialEstimator } from './marketPotentialOptions.js';
import type { ParticipationState } from './participation.js';

/** How it was learnt who spends at all. */
export interface ParticipationReport {
  /** `'logistic'`: by the profile; `'rate'`: the same for everybody; `'none'`: everybody is in the market. */
  readonly method: 'logistic' | 'rate' | 'none';
  /** In words: why this way. */
  readonly why: string;
  /** Share of the customers learnt from who spend, by weight. */
  readonly rate: number;
  /** Mean log loss of the regression on customers left out; null where none was tried. */
  readonly logLoss: number | null;
  /** The same of the rate alone. */
  readonly rateLogLoss: number | null;
  /** Area under the ROC curve of the regression on customers left out; null where none was tried. */
  readonly auc: number | null;
}

/** What was learnt from, what was tried, and how good it is. */
export interface MarketPotentialReport {
  /** Customers learnt from: those of weight above 0 whose spend is known. */
  readonly customers: number;
  /** Those of them who spend. */
  readonly spenders: number;
  /** Share of them who spend nothing, by count. */
  readonly zeroShare: number;
  /** Rows whose spend is blank: nothing was learnt from them. */
  readonly unknown: number;
  /** The estimator chosen. */
  readonly estimator: PotentialEstimator;
  /** In words: why that one. */
  readonly why: string;
  /** All estimators tried, with their figures on customers whose spend was masked. */
  readonly trials: readonly WalletTrial[];
  /** What learning from known wallets tells; null where none were given. */
  readonly known: KnownWalletReport | null;
  /** Who spends at all. */
  readonly participation: ParticipationReport;
  /** What the customers learnt from spend in all. */
  readonly present: number;
  /** What they could bring in all, with an interval that carries what they have in common. */
  readonly potential: Estimate;
  /** Whether the quantiles of spend, told of customers whose spend was masked, are what they claim: in all, then in every level of `groups`. */
  readonly coverage: readonly CoverageGroup[];
  /** Columns of the design that others determine exactly, or that are the same everywhere: they tell nothing of their own. */
  readonly aliased: readonly string[];
  /** Coverage of all intervals. */
  readonly confidence: number;
  /** Whether `onProgress` ended the trials early. */
  readonly stopped: boolean;
  /** What to look at, in words. */
  readonly warnings: readonly string[];
}

/** A `MarketPotential` as JSON. */
export interface MarketPotentialState {
  /** Which class reads it. */
  readonly format: 'MarketPotential';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The column of the spend. */
  readonly spend: string;
  /** The columns a row must have. */
  readonly features: readonly string[];
  /** The column that names the customers; null where none was given. */
  readonly customer: string | null;
  /** Coverage of all intervals. */
  readonly confidence: number;
  /** How wallets follow from profile and spend: not meant to be read. */
  readonly wallets: WalletState;
  /** The same from known wallets, where they foretell better; null otherwise. */
  readonly known: KnownWalletsState | null;
  /** Who spends at all; null where everybody is taken to be in the market. */
  readonly participation: ParticipationState | null;
  /** The spenders learnt from, to find peers among, how many to name, and their rows in the data (null where all rows spend); null where none are kept. */
  readonly peers: { readonly finder: NearestPeersState; readonly count: number; readonly rows: readonly number[] | null } | null;
  /** What `report` says. */
  readonly report: MarketPotentialReport;
}

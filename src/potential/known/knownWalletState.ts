import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { KnownWalletForm } from './walletForms.js';

/** One way to learn, judged on customers that it was not learnt from. */
export interface KnownWalletTrial {
  /** What the logarithm was taken of. */
  readonly form: KnownWalletForm;
  /** Whether the square of ln spend entered beside ln spend. */
  readonly squared: boolean;
  /** How strongly the coefficients of the features were drawn to a multiple of those by which all spend: as so many customers would. */
  readonly penalty: number;
  /** Root mean square of ln(estimated wallet / known wallet), by weight. */
  readonly logError: number;
  /** Mean of ln(estimated wallet / known wallet), by weight. */
  readonly logBias: number;
}

/** Known wallets of customers who spend alike, beside what was estimated of them out of fold. */
export interface KnownWalletBand {
  /** The least spend of the band. */
  readonly from: number;
  /** The largest. */
  readonly to: number;
  /** How many customers. */
  readonly customers: number;
  /** Mean of the known wallets, by weight. */
  readonly known: number;
  /** Mean of the estimates. */
  readonly estimated: number;
  /** Root mean square of ln(estimated / known). */
  readonly logError: number;
  /** Share of the known wallets within their intervals. */
  readonly coverage: number;
}

/** How the customers of known wallet differ from all in one column of the design. */
export interface KnownWalletBalance {
  /** `size`, `plan=gold`, `ln spend`, `spends`. */
  readonly name: string;
  /** Mean of the known less the mean of all, in standard deviations of all. */
  readonly difference: number;
  /** The same with the weights used in learning. */
  readonly weighted: number;
}

/** What learning from known wallets tells about itself. */
export interface KnownWalletReport {
  /** Customers who spend and whose wallet is known. */
  readonly known: number;
  /** Customers who do not spend, with a known wallet above 0. */
  readonly knownWithoutSpend: number;
  /** Customers who spend nothing anywhere (known wallet 0): they are left out, being a matter of participation. */
  readonly outOfMarket: number;
  /** Known wallets below the spend that were raised to it. */
  readonly raised: number;
  /** What was chosen for customers who spend: the trial of the least log error. */
  readonly chosen: KnownWalletTrial;
  /** The best of each form, the one chosen first. */
  readonly trials: readonly KnownWalletTrial[];
  /** From whom the wallet by profile alone was learnt: customers without spend where 30 or more are known, or everybody known. */
  readonly profileFrom: 'withoutSpend' | 'everybody';
  /** The trial of the wallet by profile alone. */
  readonly profile: KnownWalletTrial;
  /** Share of the known wallets (of customers who spend) within intervals made without them. */
  readonly coverage: number;
  /** Five parts of equal size by spend, from the least. */
  readonly bands: readonly KnownWalletBand[];
  /** Where the known differ most from all, the largest difference first. */
  readonly balance: readonly KnownWalletBalance[];
  /** (sum of weights)² / sum of squares: as many equal weights say as much. */
  readonly effectiveCustomers: number;
  /** What to be careful about, in words. */
  readonly warnings: readonly string[];
}

/** What is kept of one regression. */
export interface KnownWalletBranch {
  /** What the linear predictor stands for. */
  readonly form: KnownWalletForm;
  /** Mean and standard deviation of ln spend; null where the profile alone is used. */
  readonly spendScale: readonly [center: number, scale: number] | null;
  /** Intercept, features, ln spend, its square. */
  readonly slopes: readonly number[];
  /** Equally likely residuals, ascending. */
  readonly atoms: readonly number[];
  /** The residuals at the ends of the intervals. */
  readonly ends: readonly [lower: number, upper: number];
  /** Least and largest linear predictor taken: what was seen, and as much again on either side. */
  readonly range: readonly [least: number, most: number];
  /** Factor of the covariance of slopes and ln mean residual, row-major; empty without standard errors. */
  readonly factor: readonly number[];
  /** Where the customers of the branch of spenders served this one too: how it moves with their unknowns, row-major. */
  readonly cross?: readonly number[];
}

/** Wallets learnt from known ones, as JSON. */
export interface KnownWalletsState {
  /** Which class reads it. */
  readonly format: 'KnownWallets';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The column of the spend. */
  readonly spend: string;
  /** How the raw columns become numbers. */
  readonly terms: readonly EncodingTerm[];
  /** For customers who spend. */
  readonly spenders: KnownWalletBranch;
  /** For those of whom only the profile is known. */
  readonly profile: KnownWalletBranch;
  /** Coverage of the intervals. */
  readonly confidence: number;
  /** What learning tells about itself. */
  readonly report: KnownWalletReport;
}

import type { Estimate } from '../../numeric/estimate.js';

/**
 * What the probabilities of a product are good for: `certified` they may be taken at their word; `pooled` too few customers took it to judge it
 * alone, its probabilities lean on the other products; `refused` they are not given out.
 */
export type CertificateStatus = 'certified' | 'pooled' | 'refused';

/** How well the probabilities of one product held for customers its model had not seen. */
export interface ProductCertificate {
  /** The product. */
  readonly product: string;
  /** The method that gives its probabilities. */
  readonly method: string;
  /** Whether its probabilities may be used. */
  readonly status: CertificateStatus;
  /** Why, in words. */
  readonly reason: string;
  /** Customers that could take it. */
  readonly rows: number;
  /** Customers that took it. */
  readonly positives: number;
  /** positives / rows; 0 without rows. */
  readonly rate: number;
  /** Whether as many took it as promised. */
  readonly inTheLarge: {
    /** The sum of the probabilities. */
    readonly expected: number;
    /** How many took it. */
    readonly observed: number;
    /** Their difference in units of what chance makes of it (Poisson-binomial); above 0 more took it than promised. */
    readonly z: number;
    /** Probability of a difference as large when the probabilities are exactly right. */
    readonly p: number;
  };
  /** How far promised and observed rates are apart on average over ten groups of equally many customers, in probability. */
  readonly calibrationError: {
    /** The average distance; 0 is perfect. */
    readonly estimate: number;
    /** What chance alone makes of it: its average when the probabilities are exactly right. */
    readonly byChance: number;
    /** Probability of an error as large when they are. */
    readonly p: number;
  };
  /** Change in observed log-odds for one unit promised (Cox, 1958): 1 is right, below 1 too bold; null where it cannot be told, as with probabilities that hardly differ. */
  readonly slope: Estimate | null;
  /** Observed log-odds where a probability of 0.5 was promised: 0 is right; null with the slope. */
  readonly intercept: Estimate | null;
  /** Mean squared distance of probability and outcome. */
  readonly brier: number;
  /** Share of the Brier score of the base rate that is saved; null where all or none took it. */
  readonly brierSkill: Estimate | null;
  /** Mean log loss. */
  readonly logLoss: number;
  /** Share of the log loss of the base rate that is saved; null where all or none took it. */
  readonly logLossSkill: Estimate | null;
  /** Probability that one who took it was ranked above one who did not; null where all or none took it. */
  readonly auc: number | null;
}

import type { Estimate } from '../../numeric/estimate.js';
import type { UpliftReport, UpliftState } from '../uplift/upliftState.js';

/** What one depth of discount does on average. */
export interface DiscountEffect {
  /** The discount. */
  readonly discount: number;
  /** Rows that had it. */
  readonly rows: number;
  /** What it adds to the expected outcome of the average customer, as the trial says it: not forced to rise with the discount. */
  readonly average: Estimate;
}

/** What a trial of discounts says as a whole. */
export interface PromotionReport {
  /** By depth. */
  readonly discounts: readonly DiscountEffect[];
  /** Whether the average effects rise with the discount as they are. */
  readonly risesOnAverage: boolean;
  /** How the uplifts behind the curves were learnt; its tests say whether customers differ at all. */
  readonly uplift: UpliftReport;
}

/** A model of promotion sensitivity as JSON. */
export interface PromotionSensitivityState {
  /** Which class reads it. */
  readonly format: 'PromotionSensitivity';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The discount of control. */
  readonly control: number;
  /** The other discounts, rising. */
  readonly discounts: readonly number[];
  /** Share of the rows (by weight) behind each: how much it counts where curves are made to rise. */
  readonly shares: readonly number[];
  /** The discount that makes it free; null where not known. */
  readonly fullDiscount: number | null;
  /** The uplift by each discount. */
  readonly uplift: UpliftState;
}

import type { Duration } from '../../data/duration.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { GammaGamma } from '../spending/gammaGamma.js';
import type { LifetimeValueReport } from './lifetimeValueReport.js';
import type { LogReading } from './valueHistories.js';

/** What a lifetime value model is. */
export interface LifetimeValueState {
  /** The law of buying and stopping. */
  readonly buying: BuyingModel;
  /** The law of amounts; null where none could be learnt. */
  readonly spending: GammaGamma | null;
  /** The amount of every purchase where there is no law of amounts; 1 where amounts are not known at all. */
  readonly meanSpend: number;
  /** What values are counted in: amounts, or purchases where amounts are not known. */
  readonly measure: 'amounts' | 'purchases';
  /** How far ahead. */
  readonly horizon: Duration | 'ever';
  /** What a year takes off. */
  readonly annualDiscountRate: number;
  /** The share of an amount that is earned. */
  readonly margin: number;
  /** What a purchase earns whatever its amount; null where amounts and margin count. */
  readonly marginPerPurchase: number | null;
  /** The share of amounts brought back that is taken off, in [0, 1]. */
  readonly returnedShare: number;
  /** Of intervals. */
  readonly confidence: number;
  /** How histories are made of a log. */
  readonly reading: LogReading;
  /** How all of it was found. */
  readonly report: LifetimeValueReport;
}

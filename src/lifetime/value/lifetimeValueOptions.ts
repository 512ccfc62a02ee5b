import type { Duration } from '../../data/duration.js';
import type { Instant } from '../../data/instant.js';
import type { TimeUnit } from '../timeUnit.js';
import type { LifetimeValueLaw } from './lifetimeValueReport.js';

/** What `fitLifetimeValue` is told; all of it can be left out. */
export interface LifetimeValueOptions {
  /** How far ahead values count, or `'ever'`. @defaultValue { years: 1 } */
  readonly horizon?: Duration | 'ever';
  /** What a year takes off: 0.1 for ten per cent. @defaultValue 0.1 */
  readonly annualDiscountRate?: number;
  /** The share of an amount that is earned, in [0, 1]. @defaultValue 1: values are amounts spent */
  readonly margin?: number;
  /** What a purchase earns, whatever its amount; in place of `margin`. @defaultValue none */
  readonly marginPerPurchase?: number;
  /** Whether the share of amounts brought back, of all customers together, is taken off. @defaultValue 'subtract' */
  readonly returns?: 'subtract' | 'ignore';
  /** Laws of buying to choose from. @defaultValue 'mbgNbd', 'paretoNbd', 'bgNbd', 'nbd', and 'mbgCnbdK' where the times between purchases are known */
  readonly models?: readonly LifetimeValueLaw[];
  /** By what the law is chosen. @defaultValue 'holdout' where something can be held out, otherwise 'bic' */
  readonly judge?: 'holdout' | 'bic' | 'aic';
  /** From a log: how many stretches at its end are held out, one after another. @defaultValue 2 */
  readonly cuts?: number;
  /** `'weak'` pulls parameters gently towards usual ones: for few customers. @defaultValue 'none' */
  readonly prior?: 'none' | 'weak';
  /** Of intervals, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
  /** From a log: the unit of times. @defaultValue 'week' */
  readonly unit?: TimeUnit;
  /** From a log: the end of observation. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
  /** From a log: purchases within one period of this length are one; see `customerSummary`. @defaultValue { days: 1 } */
  readonly mergeWithin?: Duration;
  /** From a log: whether the first purchase counts in a customer's mean amount. @defaultValue 'excluded' */
  readonly firstPurchase?: 'excluded' | 'included';
  /** From a log: whether an amount of 0 is a purchase. @defaultValue 'ignored' */
  readonly zeroAmounts?: 'ignored' | 'purchases';
}

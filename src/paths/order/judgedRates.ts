import { DAY_MILLIS } from '../../data/utcDays.js';
import type { ProductPair } from './productPair.js';
import { rateRatio, type BandedRates } from './rateRatio.js';

/** What is kept of the rates of a pair: their ratio and what is behind it, without the bands. */
export interface JudgedRates extends Pick<ProductPair, 'rateRatio' | 'rateP' | 'eventsAfter' | 'eventsWithout' | 'daysAfter' | 'daysWithout'> {
  /** Events after if the rates were the same. */
  readonly expected: number;
}

/** Compares the rates and sums over their bands. */
export function judgedRates(rates: BandedRates, z: number): JudgedRates {
  const { ratio, p, expected } = rateRatio(rates, z);
  const [after, time] = [total(rates.eventsAfter), total(rates.daysAfter)];
  return {
    rateRatio: ratio,
    rateP: p,
    eventsAfter: after,
    eventsWithout: Math.max(0, total(rates.events) - after),
    daysAfter: time / DAY_MILLIS,
    daysWithout: Math.max(0, total(rates.days) - time) / DAY_MILLIS,
    expected,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

import { addDuration } from '../../data/calendar.js';
import type { Duration } from '../../data/duration.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { unitMillis, type TimeUnit } from '../timeUnit.js';

/** The periods of a forecast. */
export interface ForecastSpan {
  /** The bounds of the periods, one more than there are; UTC epoch milliseconds. */
  readonly bounds: readonly number[];
  /** The same as times from the first, in the unit of the model. */
  readonly times: Float64Array;
  /** What the season multiplies each period by. */
  readonly seasons: Float64Array;
}

/** Calendar periods from a moment on. Each is counted from that moment, so that months from the 31st end with the month. */
export function forecastSpan(caller: string, unit: TimeUnit, from: number, { every, periods, seasonality }: { readonly every: Duration; readonly periods: number; readonly seasonality: ArrayLike<number> | undefined }): ForecastSpan {
  const bounds = Array.from({ length: periods + 1 }, (_, k) => addDuration(from, timesDuration(every, k)));
  const factors = seasonality === undefined ? null : readFactors(caller, seasonality);
  return {
    bounds,
    times: Float64Array.from(bounds, (bound) => (bound - from) / unitMillis(unit)),
    seasons: Float64Array.from({ length: periods }, (_, k) => (factors === null ? 1 : meanFactor(factors, bounds[k]!, bounds[k + 1]!))),
  };
}

function timesDuration({ years = 0, months = 0, weeks = 0, days = 0, hours = 0 }: Duration, count: number): Duration {
  return { years: years * count, months: months * count, weeks: weeks * count, days: days * count, hours: hours * count };
}

function readFactors(caller: string, seasonality: ArrayLike<number>): Float64Array {
  const factors = typeof seasonality === 'object' && (seasonality as unknown) !== null ? Float64Array.from(seasonality) : new Float64Array(0);
  const isPositive = factors.length === 12 && factors.every((factor) => factor >= 0 && factor < Infinity);
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / 12;
  if (isPositive && Math.abs(mean - 1) < 0.01) return factors;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs seasonality as twelve factors from January on, not negative and with mean 1, found ${factors.length === 12 ? `the mean ${mean}` : describeValue(seasonality)}`, {
    function: caller,
    option: 'seasonality',
  });
}

/** The mean of the months' factors over a span, each by the time in it. */
function meanFactor(factors: Float64Array, from: number, to: number): number {
  let [sum, start] = [0, from];
  while (start < to) {
    const date = new Date(start);
    const month = date.getUTCMonth();
    const end = Math.min(to, Date.UTC(date.getUTCFullYear(), month + 1, 1));
    sum += factors[month]! * (end - start);
    start = end;
  }
  return sum / (to - from);
}

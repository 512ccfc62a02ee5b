import { requireDuration, type Duration } from '../data/duration.js';
import { requireChoice } from '../data/options.js';
import { ClientelaError } from '../errors.js';

/** The unit that recency and tenure are counted in; a month is a twelfth of a year, a year 365.25 days. */
export type TimeUnit = 'hour' | 'day' | 'week' | 'month' | 'year';

/** Hours in each unit. */
const HOURS: Readonly<Record<TimeUnit, number>> = { hour: 1, day: 24, week: 168, month: 730.5, year: 8766 };

/** The unit of an option, when it is one. */
export function requireTimeUnit(caller: string, unit: unknown): TimeUnit {
  return requireChoice(caller, 'unit', unit, ['hour', 'day', 'week', 'month', 'year']);
}

/** How many milliseconds a unit has. */
export function unitMillis(unit: TimeUnit): number {
  return HOURS[unit] * 3_600_000;
}

/** How many units of a model a duration is: a horizon is converted here and nowhere else. */
export function durationIn(unit: TimeUnit, caller: string, option: string, duration: Duration): number {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0 } = requireDuration(caller, option, duration, true);
  const found = (years * HOURS.year + months * HOURS.month + weeks * HOURS.week + days * HOURS.day + hours) / HOURS[unit];
  if (found < 1e15) return found;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} shorter than 1e15 ${unit}s, found ${found}`, { option, value: duration });
}

/** The rate a unit at which value is discounted continuously, from what a year discounts: ln(1 + rate) over the units of a year. */
export function discountIn(unit: TimeUnit, caller: string, annualDiscountRate: number): number {
  if (typeof annualDiscountRate === 'number' && annualDiscountRate >= 0 && annualDiscountRate < Infinity) return (Math.log1p(annualDiscountRate) * HOURS[unit]) / HOURS.year;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs an annualDiscountRate of 0 or more, such as 0.1 for ten per cent a year, found ${String(annualDiscountRate)}`, {
    option: 'annualDiscountRate',
    value: annualDiscountRate,
  });
}

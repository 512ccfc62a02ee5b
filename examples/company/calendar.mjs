// @ts-check

/** Milliseconds in a day. Inside the simulation a moment is a number of days since 1970-01-01T00:00Z, fractions included. */
export const DAY = 86_400_000;

/** Trade swings by ±15 % in a year, highest in mid-December: rate(t) = mean rate × (1 + 0.15 cos(2π (t - peak) / year)). */
export const season = { amplitude: 0.15, peakDay: 19_707, yearDays: 365.25 };

/**
 * The moment of an ISO date such as '2024-01-01', in days.
 *
 * @param {string} text
 * @returns {number}
 */
export function dayOf(text) {
  const millis = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : '');
  if (Number.isNaN(millis)) throw new RangeError(`simulateCompany needs dates such as '2024-01-01', found '${text}'`);
  return millis / DAY;
}

/**
 * The moment as ISO text in UTC, to the minute as a till records it.
 *
 * @param {number} day
 * @returns {string}
 */
export function isoInstant(day) {
  return new Date(Math.floor(day * 1440) * 60_000).toISOString();
}

/**
 * The calendar day as ISO text.
 *
 * @param {number} day
 * @returns {string}
 */
export function isoDate(day) {
  return isoInstant(day).slice(0, 10);
}

/**
 * When `amount` of seasonal time has passed since `from`: in December it passes faster, so that events at a constant rate
 * in seasonal time follow the season on the calendar, and every law of the process stays exact.
 *
 * @param {number} from - a moment
 * @param {number} amount - seasonal days, not negative
 * @returns {number} the moment at which they have passed
 */
export function addSeasonalDays(from, amount) {
  const goal = seasonalClock(from) + amount;
  let day = from + amount;
  // Newton; the clock's slope stays within [0.85, 1.15], so that it converges from anywhere.
  for (let i = 0; i < 20; i++) {
    const step = (goal - seasonalClock(day)) / (1 + season.amplitude * Math.cos(angle(day)));
    day += step;
    if (Math.abs(step) < 1e-7) break;
  }
  return Math.max(day, from);
}

/** @param {number} day */
function angle(day) {
  return (2 * Math.PI * (day - season.peakDay)) / season.yearDays;
}

/** @param {number} day */
function seasonalClock(day) {
  return day + ((season.amplitude * season.yearDays) / (2 * Math.PI)) * Math.sin(angle(day));
}

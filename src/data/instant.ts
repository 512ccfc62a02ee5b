import { ClientelaError } from '../errors.js';

/**
 * A moment: a `Date`, milliseconds since 1970-01-01T00:00Z, or ISO 8601 text (`2026-06-30`, `2026-06-30T18:00:00+02:00`, `20260630`).
 * Text without a zone is UTC. The number 20260630 is refused: it means a day, and as milliseconds would lie in the first hours of 1970.
 */
export type Instant = Date | number | string;

/**
 * The moment as milliseconds since 1970-01-01T00:00Z, or `NaN` when it is not understood, not in the calendar, or a day written as a number.
 * Never reads the zone of the machine; a slash date such as `03/04/2026` is not understood, on purpose: it means two days.
 * (ISO 8601-1:2019, proleptic Gregorian calendar.)
 */
export function instantMillis(value: unknown): number {
  if (typeof value === 'number') return Math.abs(value) <= 8.64e15 && !isDayNumber(value) ? value : NaN;
  if (typeof value === 'string') return textMillis(value);
  if (typeof value === 'bigint') return instantMillis(Number(value));
  // A Date of another realm is no instanceof Date, so ask for its behaviour.
  if (typeof value === 'object' && value !== null && 'getTime' in value && typeof value.getTime === 'function') {
    return Number((value as { getTime(): unknown }).getTime());
  }
  return NaN;
}

/**
 * The moment in milliseconds, for an option such as `asOf`.
 *
 * @throws a {@link ClientelaError} `INVALID_DATE` naming the function, the option and the value
 */
export function requireInstant(caller: string, option: string, value: unknown): number {
  const millis = instantMillis(value);
  if (Number.isFinite(millis)) return millis;
  throw new ClientelaError(
    'INVALID_DATE',
    `${caller} needs ${option} as a Date, epoch milliseconds or ISO text such as "2026-06-30", found ${describeNoInstant(value)}`,
    { option, value },
  );
}

/** A value that is no moment, in a message; with the remedy where it is a day written as a number. */
export function describeNoInstant(value: unknown): string {
  const found = describeValue(value);
  return Number.isNaN(textMillis(found)) ? found : `the number ${found}; give text "${found}" or epoch milliseconds`;
}

/** A value as it should stand in a message: quoted text, at most 60 characters. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- toJSON of an invalid Date is null, its declaration forgets that
  if (value instanceof Date) return value.toJSON() ?? 'an invalid Date';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value !== Object(value) ? String(value) : typeof value === 'function' ? 'a function' : 'an object';
}

const MINUTE = 60_000;

/** Digits `from..to` of `text` as a number, or -1 when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  if (to > text.length) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** yyyymmdd from 1900 to 2100 as a number; the milliseconds given up are 1970-01-01T05:16 to 05:51. */
function isDayNumber(value: number): boolean {
  return value >= 19000101 && value <= 21001231 && !Number.isNaN(textMillis(String(value)));
}

/** Days from 1970-01-01 to a day of the Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
function epochDay(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** By hand and not by Date.parse: that reads the zone of the machine, guesses slash dates, and takes five times as long. */
function textMillis(raw: string): number {
  const text = raw.trim();
  const dashed = text.charCodeAt(4) === 45;
  const year = digits(text, 0, 4);
  const month = dashed ? digits(text, 5, 7) : digits(text, 4, 6);
  const day = dashed ? (text.charCodeAt(7) === 45 ? digits(text, 8, 10) : -1) : digits(text, 6, 8);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  const dayMillis = epochDay(year, month, day) * 1440 * MINUTE;
  const end = dashed ? 10 : 8;
  return text.length === end ? dayMillis : dayMillis + clockMillis(text, end);
}

/** What follows the day: `T18:30`, ` 18:30:05.250`, with `Z`, `+02:00`, `+0200` or nothing (UTC). Digit by digit: logs hold millions. */
function clockMillis(text: string, from: number): number {
  const hour = digits(text, from + 1, from + 3);
  const minute = digits(text, from + 4, from + 6);
  let second = 0;
  let fraction = 0;
  let end = from + 6;
  if (text[end] === ':') {
    second = digits(text, end + 1, end + 3);
    end += 3;
    if (text[end] === '.' || text[end] === ',') {
      const start = ++end;
      while (end < start + 9 && digits(text, end, end + 1) >= 0) end++;
      if (end === start) return NaN;
      fraction = Number(text.slice(start, Math.min(end, start + 3)).padEnd(3, '0'));
    }
  }
  const separated = (text[from] === 'T' || text[from] === 't' || text[from] === ' ') && text[from + 3] === ':';
  const endOfDay = hour === 24 && minute === 0 && second === 0 && fraction === 0;
  if (!separated || hour < 0 || (hour > 23 && !endOfDay) || minute < 0 || minute > 59 || second < 0 || second > 59) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offsetMillis(text.slice(end));
}

function offsetMillis(text: string): number {
  if (text === '' || text === 'Z' || text === 'z') return 0;
  const zone = /^ ?([+-])(\d\d)(?::?(\d\d))?$|^ Z$/i.exec(text);
  if (zone === null) return NaN;
  const hours = Number(zone[2] ?? 0);
  const minutes = Number(zone[3] ?? 0);
  if (hours > 23 || minutes > 59) return NaN;
  return (zone[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * MINUTE;
}

// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */

/**
 * @typedef {object} Cells - what a column of text holds, blanks apart
 * @property {number} rowCount
 * @property {number} distinct - different values
 * @property {number} numbers - share that reads as a number
 * @property {number} dates - share that reads as an ISO or yyyymmdd day
 * @property {boolean} unique - no value twice, and no blank
 * @property {ReadonlyMap<string, number>} counts - how often each value occurs
 */

/** @type {WeakMap<readonly string[], Cells>} */
const known = new WeakMap();

/**
 * Describes a column; remembered, since many guesses ask.
 *
 * @param {CsvTable} table
 * @param {string} name
 * @returns {Cells}
 */
export function describeCells(table, name) {
  const values = table.columns[name] ?? [];
  const found = known.get(values) ?? describe(values);
  known.set(values, found);
  return found;
}

/**
 * Whether the values could name customers: many of them, no fractions, and no dates.
 *
 * @param {Cells} cells
 * @returns {boolean}
 */
export function looksLikeId(cells) {
  return cells.distinct > Math.min(20, cells.rowCount / 50) && cells.dates < 0.5 && ![...cells.counts.keys()].slice(0, 50).some((value) => /^\d+\.\d*[1-9]/.test(value));
}

/** @param {readonly string[]} values */
function describe(values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) {
    const text = value.trim();
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  let filled = 0;
  let numbers = 0;
  let dates = 0;
  for (const [text, times] of counts) {
    filled += times;
    if (Number.isFinite(Number(text))) numbers += times;
    if (isDay(text)) dates += times;
  }
  const share = (/** @type {number} */ part) => (filled === 0 ? 0 : part / filled);
  return { rowCount: values.length, distinct: counts.size, numbers: share(numbers), dates: share(dates), unique: counts.size === values.length, counts };
}

/** @param {string} text */
function isDay(text) {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:$|[T ])/.exec(text) ?? [];
  return year !== undefined && +year >= 1900 && +year < 2100 && +(month ?? 0) >= 1 && +(month ?? 0) <= 12 && +(day ?? 0) >= 1 && +(day ?? 0) <= 31;
}

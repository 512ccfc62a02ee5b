// @ts-check

/** @typedef {string | number | null | undefined} Cell */

const WIDTH = 110;

/**
 * A table of text: numbers (and what looks like one) to the right, words to the left.
 *
 * @param {readonly string[]} headers
 * @param {readonly (readonly Cell[])[]} rows
 * @returns {string}
 */
export function table(headers, rows) {
  const texts = rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell))));
  const widths = headers.map((header, i) => Math.max(header.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const right = headers.map((_, i) => texts.length > 0 && texts.every((row) => /^[<≥≤]? ?[-+−]?[\d.,]*\d[\d.,]* ?[%×]?$|^$|^–$/.test(row[i] ?? '')));
  const line = (/** @type {readonly string[]} */ cells) =>
    `  ${cells.map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd();
  return [line(headers), `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`, ...texts.map(line)].join('\n');
}

/**
 * A heading with a rule below it.
 *
 * @param {string} text
 * @returns {string}
 */
export function heading(text) {
  return `\n${text}\n${'='.repeat(text.length)}`;
}

/**
 * A paragraph broken into lines of the width of the page.
 *
 * @param {string} text
 * @returns {string}
 */
export function paragraph(text) {
  /** @type {string[]} */
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1] ?? '';
    if (last !== '' && last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

/**
 * A whole number with thousands apart: 12,345.
 *
 * @param {number} value
 * @returns {string}
 */
export function count(value) {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * A number to so many decimals, thousands apart; `–` when there is none.
 *
 * @param {number | null | undefined} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function decimal(value, decimals = 2) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? 'no limit' : '-no limit';
  const [whole = '', part] = Math.abs(value).toFixed(decimals).split('.');
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '-' : '';
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`);
}

/**
 * A share as a percentage: 0.123 is 12.3 %.
 *
 * @param {number | null | undefined} value
 * @param {number} [decimals]
 * @returns {string}
 */
export function percent(value, decimals = 1) {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : `${decimal(value * 100, decimals)} %`;
}

/**
 * An estimate with its interval: 0.812 (0.790 to 0.833).
 *
 * @param {{ estimate: number, lower: number, upper: number }} value
 * @param {(value: number) => string} [format]
 * @returns {string}
 */
export function interval({ estimate, lower, upper }, format = (value) => decimal(value, 3)) {
  return Number.isFinite(lower) && Number.isFinite(upper) ? `${format(estimate)} (${format(lower)} to ${format(upper)})` : format(estimate);
}

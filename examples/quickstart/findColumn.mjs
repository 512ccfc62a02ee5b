// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */
import { describeCells } from './cells.mjs';

/** How people name the columns of each role, the surer names first. */
export const roleNames = {
  customer: [/^(customer|client|user|member|account|household|cust|visitor)[\s_.-]*(id|number|no|nr|code)?$/i, /^id$/i, /(^|[_\s.-])id$|Id$|ID$/],
  time: [/^(date|time|timestamp|day|at|when)$/i, /date|_at$|At$|time$|timestamp|when|placed/i],
  amount: [/^(amount|value|total|revenue|spend|sales|price|paid|monetary)$/i, /amount|value|total|revenue|spend|sales|paid|price|cost|money/i],
  item: [/^(item|product|sku|article|category|description)$/i, /product|item|sku|article|categor/i],
};

/**
 * The first column that fits, by the surest name pattern first.
 *
 * @param {CsvTable} table
 * @param {readonly RegExp[]} patterns
 * @param {(cells: ReturnType<typeof describeCells>, exact: boolean) => boolean} fits
 * @param {ReadonlySet<string>} [taken]
 */
export function findColumn(table, patterns, fits, taken = new Set()) {
  for (const [i, pattern] of patterns.entries()) {
    const found = table.names.find((name) => !taken.has(name) && pattern.test(name) && fits(describeCells(table, name), i === 0));
    if (found !== undefined) return found;
  }
  return undefined;
}

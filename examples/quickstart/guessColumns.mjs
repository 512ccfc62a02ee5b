// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */
/** @import { DemoOptions } from './options.mjs' */
import { list } from './parseCsv.mjs';
import { DemoError } from './demoError.mjs';
import { describeCells, looksLikeId } from './cells.mjs';
import { findColumn, roleNames } from './findColumn.mjs';
import { guessPositive, guessTarget } from './guessTarget.mjs';

/**
 * @typedef {object} Guess - what the columns are taken to be
 * @property {'customers' | 'transactions'} kind - one row per customer with a target, or one row per event
 * @property {string | undefined} customer
 * @property {string | undefined} time
 * @property {string | undefined} amount
 * @property {string | undefined} item
 * @property {string | undefined} target
 * @property {string | undefined} positive
 * @property {string[]} exclude - columns that are no features
 * @property {string[]} notes - what was guessed and left out, in words
 */

/** Names of outcomes of which one follows the other: when one of them is the target, the others are known only after it. */
const consequences = [/^(visit|visited|bought|purchased|converted|conversion|clicked|opened|spend|spent|revenue)$/i];

/**
 * Says what every column of a file is for: as named in the options, otherwise by name and content.
 *
 * @param {CsvTable} table
 * @param {DemoOptions} options
 * @returns {Guess}
 */
export function guessColumns(table, options) {
  for (const role of /** @type {const} */ (['target', 'customer', 'time', 'amount', 'item'])) requireColumn(table, role, options[role]);
  for (const name of [...(options.features ?? []), ...options.exclude]) requireColumn(table, options.exclude.includes(name) ? 'exclude' : 'features', name);
  const time = options.time ?? (options.target === undefined ? findColumn(table, roleNames.time, (cells) => cells.dates > 0.95) : undefined);
  const customer = options.customer ?? findColumn(table, roleNames.customer, (cells) => looksLikeId(cells));
  if (time !== undefined && options.target === undefined) {
    if (customer !== undefined) return guessTransactions(table, options, { time, customer });
    if (options.time !== undefined) throw new DemoError(`${table.source} has dates in "${time}", but no column that looks like a customer number. Name it with --customer; its columns are ${list(table.names)}.`);
  }
  return guessCustomers(table, options, customer);
}

/**
 * @param {CsvTable} table
 * @param {DemoOptions} options
 * @param {{ time: string, customer: string }} found
 * @returns {Guess}
 */
function guessTransactions(table, options, { time, customer }) {
  const taken = new Set([time, customer, ...options.exclude]);
  const amount = options.amount ?? findColumn(table, roleNames.amount, (cells) => cells.numbers > 0.95, taken);
  // A number is a product by its exact name only: 'products' is how many, 'product' may be a code.
  const item = options.item ?? findColumn(table, roleNames.item, (cells, exact) => cells.distinct > 1 && cells.distinct <= 1000 && (exact || cells.numbers < 0.95), taken);
  const notes = [
    said('customer', customer, options.customer),
    said('time', time, options.time),
    amount === undefined ? 'no column of amounts found (name it with --amount): every row counts as one purchase, and there is no monetary side' : said('amount', amount, options.amount),
    item === undefined ? 'no column of products found (name it with --item)' : said('item', item, options.item),
  ];
  return { kind: 'transactions', customer, time, amount, item, target: undefined, positive: undefined, exclude: [], notes };
}

/**
 * @param {CsvTable} table
 * @param {DemoOptions} options
 * @param {string | undefined} customer
 * @returns {Guess}
 */
function guessCustomers(table, options, customer) {
  const target = options.target ?? guessTarget(table);
  if (target === undefined) {
    throw new DemoError(
      `${table.source} has neither dates with customer numbers (transactions) nor a column of two values that could be predicted. ` +
        `Name the one with --customer and --time, or the other with --target; its columns are ${list(table.names)}.${unreadDates(table)}`,
    );
  }
  const positive = guessPositive(table, target, options.positive);
  const notes = [said('target', target, options.target), said('positive', `${target} = ${positive}`, options.positive)];
  const id = options.customer ?? (customer !== undefined && describeCells(table, customer).unique ? customer : undefined);
  if (id !== undefined) notes.push(said('customer', id, options.customer));
  const exclude = [...options.exclude];
  if (options.exclude.length > 0) notes.push(`left out ${list(options.exclude)}: as asked`);
  if (options.features === undefined) {
    const follows = consequences.some((pattern) => pattern.test(target));
    const after = !follows ? [] : table.names.filter((name) => name !== target && !exclude.includes(name) && consequences.some((pattern) => pattern.test(name)));
    if (after.length > 0) notes.push(`left out ${list(after)}: known only after the outcome, by their names (--features brings them back)`);
    exclude.push(...after, ...(id === undefined ? [] : [id]));
  }
  return { kind: 'customers', customer: id, time: undefined, amount: undefined, item: undefined, target, positive, exclude, notes };
}

/**
 * Dates in a form that means two days, or none: told, not guessed.
 *
 * @param {CsvTable} table
 */
function unreadDates(table) {
  const isDate = (/** @type {string} */ text) => /^\d{1,4}[-/. ][A-Za-z\d]{1,9}[-/. ]\d{2,4}/.test(text);
  const name = table.names.find((column) => {
    const { counts, distinct } = describeCells(table, column);
    return distinct > 0 && [...counts.keys()].slice(0, 20).every(isDate);
  });
  return name === undefined ? '' : ` The column "${name}" may hold dates, but "${table.columns[name]?.[0] ?? ''}" is not understood: write days as 2026-06-30 or 20260630.`;
}

/**
 * @param {string} role
 * @param {string} column
 * @param {string | undefined} named
 */
function said(role, column, named) {
  return `${role}: ${column}${named === undefined ? ' (guessed)' : ''}`;
}

/**
 * @param {CsvTable} table
 * @param {string} option
 * @param {string | undefined} name
 */
function requireColumn(table, option, name) {
  if (name === undefined || table.names.includes(name)) return;
  const near = table.names.find((other) => other.toLowerCase() === name.toLowerCase());
  throw new DemoError(`--${option} names the column "${name}", which ${table.source} does not have${near ? `; did you mean "${near}"` : ''}. Its columns are ${list(table.names)}.`);
}

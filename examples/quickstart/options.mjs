// @ts-check
import { parseArgs } from 'node:util';
import { DemoError } from './demoError.mjs';

/**
 * @typedef {object} DemoOptions
 * @property {boolean} help
 * @property {string | undefined} file - none: the simulated company
 * @property {string | undefined} target
 * @property {string | undefined} positive
 * @property {string | undefined} customer
 * @property {string | undefined} time
 * @property {string | undefined} amount
 * @property {string | undefined} item
 * @property {readonly string[] | undefined} features
 * @property {readonly string[]} exclude
 * @property {string | undefined} asOf
 * @property {number | undefined} horizon - days
 * @property {number | undefined} contactCost
 * @property {number | undefined} benefit
 * @property {number | undefined} budget
 * @property {string | undefined} delimiter
 * @property {number} customers - of the simulated company
 * @property {number} seed - of the simulated company
 */

export const help = `
clientela: segments, a score, and whom to contact, in one run

  npm run demo                                  on a simulated company whose truth is known
  npm run demo -- customers.csv                 a file with one row per customer and a yes/no column to predict
  npm run demo -- orders.csv                    a file of transactions: customer, date, amount

The columns are guessed by name and content, and what was guessed is said. To name them:

  one row per customer
    --target NAME        the column to predict: two values, such as yes and no
    --positive VALUE     which of the two is the one to find
    --features A,B,C     use these columns only
    --exclude A,B        leave these columns out (those known only after the outcome, above all)
    --customer NAME      the customer number, if there is one

  transactions
    --customer NAME      whose
    --time NAME          when: 2026-06-30, 2026-06-30T18:00:00Z or 20260630
    --amount NAME        how much (--value is the same)
    --item NAME          what
    --as-of DATE         score as of this day (default: the day after the last transaction)
    --horizon DAYS       "will buy within so many days" (default: an eighth of the history, 7 to 90)

  both
    --contact-cost 1     what one contact costs
    --benefit 30         what one answer earns, before that cost
    --budget 10000       the most to spend
    --delimiter ';'      what separates the cells (default: detected)

  the simulated company
    --customers 5000  --seed 7
`;

/**
 * Reads the command line.
 *
 * @param {readonly string[]} argv - without the names of node and of the script
 * @returns {DemoOptions}
 */
export function readOptions(argv) {
  const { values, positionals } = parse(argv);
  if (positionals.length > 1) throw new DemoError(`One file at a time: found ${positionals.join(' and ')}. See npm run demo -- --help`);
  const list = (/** @type {string | undefined} */ text) => text?.split(',').map((name) => name.trim()).filter((name) => name !== '');
  return {
    help: values.help ?? false,
    file: positionals[0],
    target: values.target,
    positive: values.positive,
    customer: values.customer ?? values.id,
    time: values.time,
    amount: values.amount ?? values.value,
    item: values.item,
    features: list(values.features),
    exclude: list(values.exclude) ?? [],
    asOf: values['as-of'],
    horizon: number(values, 'horizon', { above: 0, whole: true }),
    contactCost: number(values, 'contact-cost', { atLeast: 0 }),
    benefit: number(values, 'benefit', { above: 0 }),
    budget: number(values, 'budget', { atLeast: 0 }),
    delimiter: values.delimiter === '\\t' || values.delimiter === 'tab' ? '\t' : values.delimiter,
    customers: number(values, 'customers', { above: 0, whole: true }) ?? 5000,
    seed: number(values, 'seed', { atLeast: 0, whole: true }) ?? 7,
  };
}

/** @param {readonly string[]} argv */
function parse(argv) {
  const text = /** @type {const} */ ({ type: 'string' });
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        target: text, positive: text, customer: text, id: text, time: text, amount: text, value: text, item: text, features: text, exclude: text,
        'as-of': text, horizon: text, 'contact-cost': text, benefit: text, budget: text, delimiter: text, customers: text, seed: text,
      },
    });
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new DemoError(`${message}. See npm run demo -- --help`);
  }
}

/**
 * @param {Record<string, string | boolean | undefined>} values
 * @param {string} name
 * @param {{ above?: number, atLeast?: number, whole?: boolean }} bounds
 * @returns {number | undefined}
 */
function number(values, name, { above = -Infinity, atLeast = -Infinity, whole = false }) {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text !== '' && value > above && value >= atLeast && value < Infinity && (!whole || Number.isSafeInteger(value))) return value;
  throw new DemoError(`--${name} needs a ${whole ? 'whole ' : ''}number ${Number.isFinite(above) ? `above ${above}` : `of at least ${atLeast}`}, found "${text}".`);
}

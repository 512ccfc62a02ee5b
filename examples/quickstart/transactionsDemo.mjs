// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */
/** @import { DemoOptions } from './options.mjs' */
/** @import { Guess } from './guessColumns.mjs' */
import { EventLog, isClientelaError, snapshot, snapshots } from 'clientela/data';
import { fitTargetScore } from 'clientela/scoring';
import { DemoError } from './demoError.mjs';
import { profilesSection } from './profilesSection.mjs';
import { scoreSection } from './scoreSection.mjs';
import { segmentsSection } from './segmentsSection.mjs';
import { targetSection } from './targetSection.mjs';
import { count, heading, paragraph } from './text.mjs';

const DAY = 86_400_000;

/**
 * The main job on a file of transactions: segments, "will buy within so many days", profiles, target.
 *
 * @param {CsvTable} file
 * @param {Guess & { customer: string, time: string }} guess
 * @param {DemoOptions} options
 * @returns {string[]} sections of text
 */
export function transactionsDemo(file, guess, options) {
  const whole = readLog(file, guess);
  const asOf = options.asOf === undefined ? dayAfter(whole.lastTime) : dayOf(options.asOf);
  // Nothing from asOf on may be seen; before it, everything that happened is in the file.
  const log = whole.between({ to: asOf });
  if (log.eventCount === 0) throw new DemoError(`There is no transaction before ${isoDay(asOf)}. The file runs from ${isoDay(whole.firstTime)} to ${isoDay(whole.lastTime)}; choose --as-of within it.`);
  const horizon = options.horizon ?? usualHorizon((asOf - log.firstTime) / DAY);
  const { text: segments } = segmentsSection(log, asOf);
  return [readNotes(whole, asOf), segments, ...scoreAndTarget(log, { asOf, horizon, observedUntil: Math.min(asOf, dayAfter(whole.lastTime)) }, options)];
}

/**
 * @param {EventLog} log
 * @param {{ asOf: number, horizon: number, observedUntil: number }} moment - horizon in days; until when everything is in the file
 * @param {DemoOptions} options
 * @returns {string[]}
 */
function scoreAndTarget(log, { asOf, horizon, observedUntil }, options) {
  const answer = `buys within ${horizon} days`;
  // Half the history at least goes before the first moment; the last one is a horizon before asOf, so that every label is complete.
  const moments = Math.min(4, Math.floor((asOf - log.firstTime) / (2 * horizon * DAY)));
  if (moments < 1) {
    const text = `Not from this file: a history of ${count((asOf - log.firstTime) / DAY)} days is too short to learn what happens in ${horizon}. Choose a shorter --horizon, or bring a longer history.`;
    return [[heading(`The score: who ${answer}?`), paragraph(text)].join('\n')];
  }
  const days = { days: horizon };
  const past = snapshots(log, { from: asOf - moments * horizon * DAY, to: asOf - horizon * DAY, every: days, horizon: days, observedUntil, label: 'buys' });
  const score = fitTargetScore(past, { target: 'buys', horizon: days });
  const today = snapshot(log, { asOf, like: past });
  const { text } = targetSection({
    answer,
    probability: score.predict(today),
    customers: today.values('customer').map(String),
    explain: (row) => score.explain(today.row(row)),
    terms: { contactCost: options.contactCost ?? 1, benefit: options.benefit ?? 30, budget: options.budget, assumed: options.contactCost === undefined || options.benefit === undefined },
  });
  const how = `Looked back at ${moments === 1 ? 'one moment' : `${moments} moments`}, ${horizon} days apart: what was known of each customer then, and whether they bought in the ${horizon} days after.`;
  const mind = 'Mind: this is who will buy, not who will buy because of a contact. Keep a control group, and the next score can learn the difference.';
  return [`${scoreSection(score, answer, 'looks at customers')}\n${paragraph(how)}`, profilesSection(score), `${text}\n${paragraph(mind)}`];
}

/**
 * @param {CsvTable} file
 * @param {Guess & { customer: string, time: string }} guess
 */
function readLog({ source, columns }, { customer, time, item, amount }) {
  const roles = { customer, time, ...(item === undefined ? {} : { item }), ...(amount === undefined ? {} : { amount }) };
  try {
    return EventLog.fromColumns(columns, roles, { invalid: 'skip' });
  } catch (error) {
    if (!isClientelaError(error) || error.code !== 'EMPTY_INPUT') throw error;
    throw new DemoError(
      `No row of ${source} has a customer in "${customer}", a date in "${time}" such as 2026-06-30 or 20260630${amount === undefined ? '' : ` and a number in "${amount}"`}. ` +
        'Name the columns with --customer, --time and --amount.',
    );
  }
}

/**
 * @param {EventLog} log
 * @param {number} asOf
 */
function readNotes(log, asOf) {
  const { quality } = log;
  const skipped = quality.skippedCustomers + quality.skippedTimes + quality.skippedAmounts;
  return [
    `${count(log.eventCount)} transactions of ${count(log.customerCount)} customers, from ${isoDay(log.firstTime)} to ${isoDay(log.lastTime)}; looked at as of ${isoDay(asOf)}.`,
    ...(skipped > 0 ? [`${count(skipped)} rows without a readable customer, date or amount were left out.`] : []),
    ...(quality.returns > 0 ? [`${count(quality.returns)} negative amounts count as returns: off the money, and no purchase.`] : []),
    ...(quality.duplicates > 0 ? [`${count(quality.duplicates)} rows equal an earlier one in customer, date, amount and product; they count as purchases of their own.`] : []),
  ].map(paragraph).join('\n');
}

/**
 * An eighth of the history, as people say it: a week to three months.
 *
 * @param {number} days
 */
function usualHorizon(days) {
  return [90, 60, 30, 14].find((usual) => usual <= days / 8) ?? 7;
}

/** @param {string} text */
function dayOf(text) {
  const millis = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(millis)) throw new DemoError(`--as-of needs a day such as 2026-06-30, found "${text}".`);
  return millis;
}

/** @param {number} millis */
function dayAfter(millis) {
  return (Math.floor(millis / DAY) + 1) * DAY;
}

/** @param {number} millis */
function isoDay(millis) {
  return new Date(millis).toISOString().slice(0, 10);
}

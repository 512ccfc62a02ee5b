// @ts-check
/** @import { CsvTable } from './parseCsv.mjs' */
/** @import { DemoOptions } from './options.mjs' */
/** @import { Guess } from './guessColumns.mjs' */
import { Frame } from 'clientela/data';
import { rocAuc } from 'clientela/evaluation';
import { fitTargetScore } from 'clientela/scoring';
import { groupsSection } from './groupsSection.mjs';
import { profilesSection } from './profilesSection.mjs';
import { scoreSection } from './scoreSection.mjs';
import { targetSection } from './targetSection.mjs';
import { count, decimal, paragraph } from './text.mjs';

/**
 * The main job on a file with one row per customer: score, gains, profiles, target.
 *
 * @param {CsvTable} file
 * @param {Guess & { target: string, positive: string }} guess
 * @param {DemoOptions} options
 * @returns {string[]} sections of text
 */
export function customersDemo(file, guess, options) {
  const { customer, target, positive, exclude } = guess;
  const data = Frame.fromColumns(file.columns, customer === undefined ? {} : { [customer]: 'id' });
  const features = options.features?.filter((name) => name !== target && !exclude.includes(name));
  const score = fitTargetScore(data, { target, positive, exclude, ...(features === undefined ? {} : { features }) });
  const waiting = rowsToScore(data, target);
  const scored = data.take(waiting.rows);
  const answer = `${target} = ${positive}`;
  const names = customer === undefined ? Array.from(waiting.rows, (row) => `row ${row + 1}`) : scored.values(customer).map(String);
  const { text } = targetSection({
    answer,
    probability: score.predict(scored),
    customers: names,
    explain: (row) => score.explain(scored.row(row)),
    terms: { contactCost: options.contactCost ?? 1, benefit: options.benefit ?? 30, budget: options.budget, assumed: options.contactCost === undefined || options.benefit === undefined },
  });
  return [
    groupsSection(data, { target, positive, customer, exclude, features }),
    [scoreSection(score, answer), ...suspects(data, score, target)].join('\n'),
    profilesSection(score),
    `${text}\n${paragraph(waiting.note)}`,
  ];
}

/**
 * Those whose outcome is not known yet, when there are any; otherwise everybody, as if the next campaign met the same customers.
 *
 * @param {Frame} data
 * @param {string} target
 */
function rowsToScore(data, target) {
  const outcomes = data.values(target);
  const all = Uint32Array.from(outcomes.keys());
  const open = all.filter((row) => outcomes[row] === null);
  return open.length > 0
    ? { rows: open, note: `Scored are the ${count(open.length)} rows without a value of ${target}; the score never learnt from them.` }
    : { rows: all, note: 'Scored are all rows of the file, which the score has learnt from. For customers it has not met, add them with a blank target.' };
}

/**
 * Single columns that rank suspiciously well: often they are known only after the outcome.
 *
 * @param {Frame} data
 * @param {ReturnType<typeof fitTargetScore>} score
 * @param {string} target
 * @returns {string[]}
 */
function suspects(data, score, target) {
  const found = score.features.flatMap((name) => {
    const column = data.column(name);
    if (column.kind !== 'number') return [];
    const outcomes = data.values(target);
    const rows = Uint32Array.from(outcomes.keys()).filter((row) => outcomes[row] !== null && !Number.isNaN(column.values[row]));
    const labels = Array.from(rows, (row) => (String(outcomes[row]) === String(score.positive) ? 1 : 0));
    if (new Set(labels).size < 2) return [];
    const auc = rocAuc(labels, Array.from(rows, (row) => column.values[row] ?? 0));
    return Math.abs(auc - 0.5) > 0.3 ? [`${name} (AUC ${decimal(Math.max(auc, 1 - auc))})`] : [];
  });
  if (found.length === 0) return [];
  return [paragraph(`Mind: ranking by one column alone goes far: ${found.join(', ')}. If it is known only after the outcome (the length of the call itself, say), leave it out with --exclude.`)];
}

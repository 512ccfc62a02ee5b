// @ts-check
/** @import { CampaignTarget } from 'clientela/scoring' */
import { idealTarget } from 'clientela/scoring';
import { inWords } from './words.mjs';
import { count, decimal, heading, interval, paragraph, percent, table } from './text.mjs';

/**
 * @typedef {object} Reason - one line of an explanation, as `explain` of a score gives it
 * @property {string} feature
 * @property {unknown} value
 * @property {string} direction
 * @property {number} contribution
 */

/**
 * @typedef {object} Campaign - what whom-to-contact needs
 * @property {string} answer - what an answer is, in words: 'churn = Yes'
 * @property {Float64Array} probability - one a customer
 * @property {readonly (string | number)[]} customers - their names, in the same order
 * @property {(row: number) => readonly Reason[]} explain
 * @property {{ contactCost: number, benefit: number, budget?: number | undefined, assumed: boolean }} terms
 */

/**
 * Whom to contact, how many, why, and what other depths would bring.
 *
 * @param {Campaign} campaign
 * @returns {{ target: CampaignTarget, text: string }}
 */
export function targetSection({ answer, probability, customers, explain, terms }) {
  const { contactCost, benefit, budget } = terms;
  const target = idealTarget(probability, { contactCost, benefit, customers, ...(budget === undefined ? {} : { budget }) });
  const text = [
    heading('Whom to contact in the next campaign'),
    paragraph(
      `A contact costs ${decimal(contactCost)} and an answer earns ${decimal(benefit)}${terms.assumed ? ' (assumed: say yours with --contact-cost and --benefit)' : ''}` +
        `${budget === undefined ? '' : `, with a budget of ${decimal(budget)}`}. ` +
        `A contact pays from a probability of ${percent(target.breakEvenProbability, 1)} upwards: ${decimal(contactCost)} / ${decimal(benefit)}.`,
    ),
    '',
    summary(target, probability.length),
    ...(target.contacts === 0 ? [] : ['', `The first ${Math.min(8, target.contacts)}, and why:`, firstOnes(target, customers, probability, explain)]),
    '',
    'What other depths would bring:',
    depths(target, probability.length),
    paragraph(`An answer is "${answer}". The figures after a reason are log-odds against the average customer. The interval holds the chance in who answers, not the error of the score.`),
  ];
  return { target, text: text.join('\n') };
}

/**
 * @param {CampaignTarget} target
 * @param {number} n
 */
function summary(target, n) {
  if (target.contacts === 0) return paragraph(`Contact nobody: ${limits[target.limitedBy]}.`);
  return paragraph(
    `Contact ${count(target.contacts)} of ${count(n)} customers, those from ${percent(target.lowestProbability, 1)} upwards: it costs ${decimal(target.spend)}, ` +
      `about ${count(target.expectedResponses)} answer, and the expected profit is ${interval(target.expectedProfit, (value) => decimal(value, 0))}. ${sentence(limits[target.limitedBy])}.` +
      (target.tiedAtCut > 0 ? ` ${count(target.tiedAtCut)} more are worth exactly as much as the last one chosen.` : ''),
  );
}

/** @type {Record<CampaignTarget['limitedBy'], string>} */
const limits = {
  'break-even': 'beyond them a contact costs more than it brings',
  budget: 'the budget ends here; more contacts would still pay',
  capacity: 'the capacity ends here; more contacts would still pay',
  'fixed cost': 'the contacts would pay, but not the fixed cost of the campaign',
  relevance: 'the others are not to be disturbed',
  'everybody chosen': 'a contact pays with everybody',
};

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * @param {CampaignTarget} target
 * @param {Campaign['customers']} customers
 * @param {Float64Array} probability
 * @param {Campaign['explain']} explain
 */
function firstOnes(target, customers, probability, explain) {
  const rows = Array.from(target.selected.subarray(0, 8), (row) => [String(customers[row]), percent(probability[row]), explain(row).slice(0, 3).map(reason).join(' · ')]);
  return table(['customer', 'probability', 'because'], rows);
}

/**
 * One reason in words: 'tenure: 3 (+0.41)'.
 *
 * @param {Reason} reason
 * @returns {string}
 */
export function reason({ feature, value, contribution }) {
  const shown = value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value)) ? 'not known' : typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
  return `${inWords(feature)}: ${shown} (${contribution < 0 ? '' : '+'}${decimal(contribution)})`;
}

/**
 * @param {CampaignTarget} target
 * @param {number} n
 */
function depths(target, n) {
  const marks = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 1].map((share) => Math.max(1, Math.round(share * n)));
  const all = [...new Set([...marks, ...(target.contacts > 0 ? [target.contacts] : [])])].sort((a, b) => a - b);
  const { expectedProfit, expectedResponses, spend } = target.curve;
  const rows = all.map((k) => [
    count(k), percent(k / n), decimal(spend[k], 0), decimal(expectedResponses[k], 1), decimal(expectedProfit[k], 0), k === target.contacts ? '<- the ideal target' : '',
  ]);
  return table(['contacts', 'of all', 'spend', 'answers', 'profit', ''], rows);
}

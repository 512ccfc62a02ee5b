// @ts-check
/** @import { Company } from '../company/index.mjs' */
import { responseBySegment, rfm, valueActions } from 'clientela/segmentation';
import { companyLog } from './companyData.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/**
 * What a letter is worth in each segment, learnt from the past campaign: the segments as they stood on its day, and who answered.
 *
 * @param {Company} company
 * @param {{ contactCost: number, benefit: number }} terms
 * @returns {string}
 */
export function actionsSection({ campaign, ...company }, { contactCost, benefit }) {
  const log = companyLog({ campaign, ...company });
  const then = rfm(log, { asOf: campaign.asOf });
  const names = then.segments.map(({ name }) => name);
  const segmentOf = new Map(then.customers.map((id, i) => [String(id), names[then.segment[i] ?? -1] ?? '']));
  const contacted = campaign.rows.filter((row) => row.contacted);
  const { letter: history = [] } = responseBySegment(contacted.map((row) => segmentOf.get(row.customerId) ?? ''), 'letter', contacted.map((row) => row.responded));
  const today = rfm(companyLog({ campaign, ...company }, { membersOnly: true }), { asOf: company.end, cuts: then.cuts }).segments.filter((segment) => segment.customers > 0);
  const plan = valueActions(today, [{ name: 'letter', contactCost, benefit, history: history.filter(({ segment }) => today.some(({ name }) => name === segment)) }]);
  const rows = plan.segments.map(({ segment, customers, verdict, actions: [letter] }) => [
    segment, count(customers), count(letter?.contacts ?? 0), percent((letter?.responses ?? 0) / (letter?.contacts ?? 0)), percent(letter?.response.estimate ?? NaN),
    `${decimal(letter?.netValue.lower ?? NaN, 2)} to ${decimal(letter?.netValue.upper ?? NaN, 2)}`, verdict,
  ]);
  return [
    heading('What to do with each segment'),
    paragraph(`The letters of ${campaign.asOf} by the segment of that day. Rates of small segments are drawn to the common one; a letter costs ${contactCost} and an answer is worth ${benefit}.`),
    '',
    table(['segment', 'customers', 'letters', 'answered', 'to expect', 'worth of a letter', 'verdict'], rows),
    '',
    paragraph(`Writing only where it pays: ${count(plan.contacts)} letters, ${decimal(plan.netValue, 0)} to expect. The score further down chooses by customer instead.`),
  ].join('\n');
}

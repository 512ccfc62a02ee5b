// @ts-check
/** @import { Frame } from 'clientela/data' */
/** @import { EffectHeterogeneity } from 'clientela/response' */
/** @import { Company } from '../company/index.mjs' */
import { effectHeterogeneity, fitUplift, planControlGroup } from 'clientela/response';
import { companyLog, knownAt } from './companyData.mjs';
import { correlation } from './correlation.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

const trialOf = { target: 'responded', positive: true, treatment: 'contacted', control: 'false' };

/**
 * The past campaign as the trial it was: what was known of everybody that day, who was written to by lot, and who answered.
 *
 * @param {Company} company
 * @returns {Frame}
 */
export function campaignTrial(company) {
  const { asOf, rows } = company.campaign;
  const known = knownAt(company, companyLog(company), asOf, rows.map((row) => row.customerId));
  return known.withColumn('contacted', rows.map((row) => String(row.contacted))).withColumn('responded', rows.map((row) => row.responded));
}

/**
 * @typedef {object} MembersUplift - whom a letter moves
 * @property {EffectHeterogeneity} gate - the evidence from rows a model had not learnt from
 * @property {Float64Array} uplift - one a member of today
 * @property {Uint32Array} chosen - those for whom a letter pays by what it changes
 */

/**
 * Learns from the trial what a letter changes for each member, and asks on halves left out whether that is more than noise.
 *
 * @param {Company} company
 * @param {Frame} today
 * @param {{ contactCost: number, benefit: number }} terms
 * @returns {MembersUplift}
 */
export function upliftOfMembers(company, today, { contactCost, benefit }) {
  const trial = campaignTrial(company);
  const halves = [0, 1].map((part) => Uint32Array.from({ length: trial.rowCount }, (_, row) => row).filter((row) => row % 2 === part));
  const scores = new Float64Array(trial.rowCount);
  halves.forEach((judged, part) => {
    const model = fitUplift(trial.take(halves[1 - part] ?? []), trialOf);
    model.predictUplift(trial.take(judged)).forEach((uplift, i) => (scores[judged[i] ?? -1] = uplift));
  });
  const { rows } = company.campaign;
  const gate = effectHeterogeneity(rows.map((row) => row.responded), rows.map((row) => row.contacted), scores, { benefit, contactCost });
  const uplift = fitUplift(trial, trialOf).predictUplift(today);
  return { gate, uplift, chosen: Uint32Array.from(uplift.keys()).filter((row) => (uplift[row] ?? 0) * benefit > contactCost) };
}

/**
 * What a letter changes, in words.
 *
 * @param {Company} company
 * @param {MembersUplift} found
 * @param {{ contactCost: number, benefit: number }} terms
 * @returns {string}
 */
export function upliftSection({ campaign }, { gate, uplift, chosen }, { contactCost, benefit }) {
  const answers = campaign.rows.filter((row) => !row.contacted);
  const baselineRate = answers.filter((row) => row.responded).length / answers.length;
  const plan = planControlGroup({ baselineRate, minimumEffect: gate.averageEffect.estimate, customers: uplift.length, benefit, contactCost });
  return [
    heading('Whom does a letter move? (uplift, from the members left in peace by lot)'),
    paragraph(
      `Without a letter ${percent(baselineRate)} bought; a letter added ${percent(gate.averageEffect.estimate)} (${percent(gate.averageEffect.lower)} to ${percent(gate.averageEffect.upper)}). ` +
        `By the score of uplift, from members the model had not seen:`,
    ),
    table(
      ['fifth by uplift', 'a letter added', 'between'],
      gate.groups.effects.map(({ estimate, lower, upper }, i) => [i + 1, percent(estimate), `${percent(lower)} and ${percent(upper)}`]),
    ),
    paragraph(`Verdict: ${verdicts[gate.verdict]}. ${sentence(gate.reason)}.`),
    paragraph(`A letter pays by what it changes for ${count(chosen.length)} of ${count(uplift.length)} members. To see next time what it brought, ${count(plan.control)} of them left in peace by lot are enough (power ${percent(plan.power, 0)}).`),
  ].join('\n');
}

/** @type {Record<EffectHeterogeneity['verdict'], string>} */
const verdicts = { target: 'choose by uplift', treatAll: 'write to everybody', treatNone: 'write to nobody', undecided: 'test more' };

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * @typedef {object} UpliftCloseness - how near the uplift came to the truth
 * @property {number} correlation
 * @property {number} profit - what the letters chosen by uplift truly change, less their cost
 * @property {number} byAnswer - the same of as many letters chosen by the score of answers
 * @property {number} everybody - of letters to all
 * @property {number} best - of those whom the truth would choose
 */

/**
 * Compares the uplift with the truth, which only a simulated company has.
 *
 * @param {Company} company
 * @param {{ members: readonly string[], probability: Float64Array, found: MembersUplift, terms: { contactCost: number, benefit: number } }} answer - probability: of an answer if contacted
 * @returns {UpliftCloseness}
 */
export function upliftCloseness(company, { members, probability, found, terms }) {
  const truthOf = new Map(company.truth.customers.map((truth) => [truth.customerId, truth.nextCampaign?.uplift ?? NaN]));
  const truth = Float64Array.from(members, (id) => truthOf.get(id) ?? NaN);
  const net = truth.map((uplift) => uplift * terms.benefit - terms.contactCost);
  const worth = (/** @type {Iterable<number>} */ rows) => Array.from(rows).reduce((sum, row) => sum + (net[row] ?? 0), 0);
  const byAnswer = Array.from(probability.keys()).sort((a, b) => (probability[b] ?? 0) - (probability[a] ?? 0)).slice(0, found.chosen.length);
  return {
    correlation: correlation(found.uplift, truth),
    profit: worth(found.chosen),
    byAnswer: worth(byAnswer),
    everybody: worth(members.keys()),
    best: net.reduce((sum, value) => sum + Math.max(0, value), 0),
  };
}

/**
 * The comparison in words.
 *
 * @param {UpliftCloseness} near
 * @returns {string}
 */
export function upliftTruth(near) {
  return paragraph(
    `Counting only what a letter changes, those chosen by uplift truly bring ${decimal(near.profit, 0)} (${percent(near.profit / near.best, 0)} of what perfect knowledge would), as many chosen by the score of answers ` +
      `${decimal(near.byAnswer, 0)}, letters to everybody ${decimal(near.everybody, 0)}. Predicted and true uplift correlate ${decimal(near.correlation)}.`,
  );
}

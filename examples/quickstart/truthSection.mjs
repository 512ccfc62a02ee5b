// @ts-check
/** @import { Company } from '../company/index.mjs' */
/** @import { CampaignTarget } from 'clientela/scoring' */
import { rocAuc } from 'clientela/evaluation';
import { idealTarget } from 'clientela/scoring';
import { correlation, mean } from './correlation.mjs';
import { decimal, heading, paragraph, percent, table, count } from './text.mjs';

/**
 * @typedef {object} Answer - what the score said of today's members
 * @property {readonly string[]} members
 * @property {Float64Array} probability - of an answer if contacted
 * @property {CampaignTarget} target
 * @property {{ contactCost: number, benefit: number, budget?: number | undefined }} terms
 */

/**
 * @typedef {object} Closeness - how near the score came to the truth
 * @property {number} auc - expected AUC of the score, the chance in the answers integrated out
 * @property {number} bestAuc - that of the true probabilities: no score can do better
 * @property {number} meanError - mean absolute difference of probabilities
 * @property {number} correlation
 * @property {number} meanProbability
 * @property {number} meanTruth
 * @property {number} profit - true expected profit of the target chosen
 * @property {number} bestProfit - of the target that the truth would choose
 * @property {number} everybodyProfit - of contacting everybody
 * @property {number} aloneShare - of the answers expected from the target, those that come without a letter
 */

/**
 * Compares the score with the truth, which only a simulated company has.
 *
 * @param {Company} company
 * @param {Answer} answer
 * @returns {Closeness}
 */
export function closeness(company, { members, probability, target, terms }) {
  const truthOf = new Map(company.truth.customers.map((truth) => [truth.customerId, truth.nextCampaign]));
  const truth = Float64Array.from(members, (id) => truthOf.get(id)?.contacted ?? NaN);
  const alone = Float64Array.from(members, (id) => truthOf.get(id)?.alone ?? NaN);
  const worth = (/** @type {Uint32Array} */ rows) => rows.reduce((sum, row) => sum + (truth[row] ?? 0) * terms.benefit - terms.contactCost, 0);
  const { contactCost, benefit, budget } = terms;
  const best = idealTarget(truth, { contactCost, benefit, ...(budget === undefined ? {} : { budget }) });
  const answers = target.selected.reduce((sum, row) => sum + (truth[row] ?? 0), 0);
  return {
    auc: expectedAuc(probability, truth),
    bestAuc: expectedAuc(truth, truth),
    meanError: mean(probability.map((p, i) => Math.abs(p - (truth[i] ?? 0)))),
    correlation: correlation(probability, truth),
    meanProbability: mean(probability),
    meanTruth: mean(truth),
    profit: worth(target.selected),
    bestProfit: best.expectedProfit.estimate,
    everybodyProfit: worth(Uint32Array.from(members.keys())),
    aloneShare: target.selected.reduce((sum, row) => sum + (alone[row] ?? 0), 0) / answers,
  };
}

/**
 * The comparison in words.
 *
 * @param {Company} company
 * @param {Answer} answer
 * @returns {string}
 */
export function truthSection(company, answer) {
  const near = closeness(company, answer);
  return [
    heading('How close did it come? (the company is simulated, so the truth is known)'),
    table(
      ['over the members of today', 'score', 'truth'],
      [
        ['ranking: AUC to expect', decimal(near.auc, 3), decimal(near.bestAuc, 3)],
        ['mean probability of an answer', percent(near.meanProbability, 2), percent(near.meanTruth, 2)],
        ['profit of the chosen target', decimal(answer.target.expectedProfit.estimate, 0), decimal(near.profit, 0)],
        ['profit of the best possible target', '', decimal(near.bestProfit, 0)],
        ['profit of writing to everybody', '', decimal(near.everybodyProfit, 0)],
      ],
    ),
    '',
    paragraph(
      `Probabilities are off by ${decimal(near.meanError * 100, 1)} points on average and correlate ${decimal(near.correlation, 2)} with the true ones. ` +
        `The target chosen earns ${percent(near.profit / near.bestProfit, 0)} of what perfect knowledge would earn.`,
    ),
    ...(answer.target.contacts === 0 ? [] : [paragraph(
      `Mind: of the answers among those ${count(answer.target.contacts)}, ${percent(near.aloneShare, 0)} would come without a letter. A score of answers cannot tell them apart; ` +
        'that is the question of uplift, for which the campaign has a control group.',
    )]),
  ].join('\n');
}

/**
 * The AUC to expect when customers answer with the probabilities `truth`: every customer counts as an answer with weight p and as none with 1 - p.
 *
 * @param {Float64Array} scores
 * @param {Float64Array} truth
 */
function expectedAuc(scores, truth) {
  const labels = [...truth].map(() => 1).concat([...truth].map(() => 0));
  return rocAuc(labels, [...scores, ...scores], [...truth, ...truth.map((p) => 1 - p)]);
}

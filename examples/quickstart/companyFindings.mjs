// @ts-check
/** @import { Frame } from 'clientela/data' */
/** @import { TargetScore } from 'clientela/scoring' */
/** @import { Company } from '../company/index.mjs' */
/** @import { Churn } from './churnSection.mjs' */
/** @import { Lifetime } from './lifetimeSection.mjs' */
/** @import { Paths } from './pathsSection.mjs' */
import { fitTargetScore } from 'clientela/scoring';
import { churnOfMembers } from './churnSection.mjs';
import { companyLog, currentMembers, knownAt } from './companyData.mjs';
import { lifetimeOfMembers } from './lifetimeSection.mjs';
import { pathsOfCustomers } from './pathsSection.mjs';
import { potentialOfMembers } from './potentialSection.mjs';
import { propensityOfMembers } from './propensitySection.mjs';
import { upliftOfMembers } from './upliftSection.mjs';

/**
 * @typedef {object} MemberScore - how likely each member of today is to answer
 * @property {TargetScore} score - learnt from the past campaign
 * @property {string[]} members - of today
 * @property {Frame} today - what is known of them, a row a member
 * @property {Float64Array} probability - one a member
 */

/**
 * Learns a score from the past campaign and applies it to the members of today.
 *
 * @param {Company} company
 * @returns {MemberScore}
 */
export function scoreMembers(company) {
  const log = companyLog(company);
  const { campaign, end } = company;
  // Who was contacted, what was known of them on that day, and whether they answered.
  const contacted = campaign.rows.filter((row) => row.contacted);
  const past = knownAt(company, log, campaign.asOf, contacted.map((row) => row.customerId)).withColumn('responded', contacted.map((row) => row.responded));
  const score = fitTargetScore(past, { target: 'responded' });
  // The same columns for everybody who is a member today.
  const members = currentMembers(company);
  const today = knownAt(company, log, end, members);
  return { score, members, today, probability: score.predict(today) };
}

/**
 * @typedef {object} CompanyFindings - what the library makes of the company's data
 * @property {MemberScore} answers
 * @property {ReturnType<typeof upliftOfMembers>} moved - whom a letter moves
 * @property {ReturnType<typeof propensityOfMembers>} signing - what each member signs next
 * @property {Paths} paths
 * @property {ReturnType<typeof potentialOfMembers>} potential - what each could bring
 * @property {Churn} churn - who leaves, when, and whom to keep
 * @property {Lifetime} lifetime - what each is going to buy, and what that is worth
 */

/**
 * Everything that is learnt from the company, before any of it is put in words.
 *
 * @param {Company} company
 * @param {{ contactCost: number, benefit: number }} terms - of the next campaign
 * @returns {CompanyFindings}
 */
export function companyFindings(company, terms) {
  const answers = scoreMembers(company);
  return {
    answers,
    moved: upliftOfMembers(company, answers.today, terms),
    signing: propensityOfMembers(company),
    paths: pathsOfCustomers(company),
    potential: potentialOfMembers(company),
    churn: churnOfMembers(company),
    lifetime: lifetimeOfMembers(company),
  };
}

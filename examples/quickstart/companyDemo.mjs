// @ts-check
/** @import { Frame } from 'clientela/data' */
/** @import { TargetScore } from 'clientela/scoring' */
/** @import { Company } from '../company/index.mjs' */
import { fitTargetScore } from 'clientela/scoring';
import { actionsSection } from './actionsSection.mjs';
import { companyLog, currentMembers, knownAt } from './companyData.mjs';
import { householdsSection, householdsTruth } from './householdsSection.mjs';
import { pathsCloseness, pathsOfCustomers, pathsSection, pathsTruth } from './pathsSection.mjs';
import { potentialCloseness, potentialOfMembers, potentialSection, potentialTruth } from './potentialSection.mjs';
import { profilesSection } from './profilesSection.mjs';
import { propensityCloseness, propensityOfMembers, propensitySection, propensityTruth } from './propensitySection.mjs';
import { scoreSection } from './scoreSection.mjs';
import { segmentsSection } from './segmentsSection.mjs';
import { targetSection } from './targetSection.mjs';
import { count, paragraph } from './text.mjs';
import { truthSection } from './truthSection.mjs';
import { upliftCloseness, upliftOfMembers, upliftSection, upliftTruth } from './upliftSection.mjs';

/**
 * Learns a score from the past campaign and applies it to the members of today.
 *
 * @param {Company} company
 * @returns {{ score: TargetScore, members: string[], today: Frame, probability: Float64Array }} one row of `today` and one probability a member
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
 * The main job on the simulated company: segments of today's members, a score learnt from the past campaign, today's target, whom a letter moves, what each member signs next, the paths customers take, what each could bring, and the truth.
 *
 * @param {Company} company
 * @param {{ contactCost?: number | undefined, benefit?: number | undefined, budget?: number | undefined }} [options] - those of the past campaign unless given
 * @returns {string[]} sections of text
 */
export function companyDemo(company, { contactCost = company.campaign.contactCost, benefit = company.campaign.benefit, budget } = {}) {
  const { text: segments } = segmentsSection(companyLog(company, { membersOnly: true }), company.end);
  const { households, segmentation, text: kinds } = householdsSection(company);
  const { score, members, today, probability } = scoreMembers(company);
  const terms = { contactCost, benefit, budget, assumed: false };
  const { target, text: contacts } = targetSection({ answer: 'buys the season box', probability, customers: members, explain: (row) => score.explain(today.row(row)), terms });
  const moved = upliftOfMembers(company, today, terms);
  const signing = propensityOfMembers(company);
  const paths = pathsOfCustomers(company);
  const potential = potentialOfMembers(company);
  return [
    introduction(company, members.length),
    segments,
    actionsSection(company, { contactCost, benefit }),
    kinds,
    scoreSection(score, 'buys the season box within 28 days of a letter', 'members written to'),
    profilesSection(score),
    contacts,
    upliftSection(company, moved, terms),
    propensitySection(company, signing),
    pathsSection(paths),
    potentialSection(company, potential),
    truthSection(company, { members, probability, target, terms }),
    upliftTruth(upliftCloseness(company, { members, probability, found: moved, terms })),
    propensityTruth(propensityCloseness(company, signing)),
    pathsTruth(pathsCloseness(company, paths)),
    potentialTruth(potentialCloseness(company, potential)),
    householdsTruth(company, households, segmentation).text,
  ];
}

/**
 * @param {Company} company
 * @param {number} members
 */
function introduction({ customers, events, campaign, start, end }, members) {
  const contacted = campaign.rows.filter((row) => row.contacted);
  return paragraph(
    `The Costanera cooperative, a simulated company: ${count(customers.length)} customers, ${count(events.length)} events from ${start} to ${end}, ${count(members)} members today. ` +
      `On ${campaign.asOf} it wrote to ${count(contacted.length)} of ${count(campaign.rows.length)} members, chosen by lot; ${count(contacted.filter((row) => row.responded).length)} bought the season box. ` +
      'The score learns from those letters. Everything below uses only what such a company has; the last section compares it with the truth.',
  );
}

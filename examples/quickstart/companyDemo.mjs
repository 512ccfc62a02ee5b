// @ts-check
/** @import { Company } from '../company/index.mjs' */
/** @import { CompanyFindings } from './companyFindings.mjs' */
import { actionsSection } from './actionsSection.mjs';
import { churnCloseness, churnSection, churnTruth } from './churnSection.mjs';
import { companyLog } from './companyData.mjs';
import { companyFindings } from './companyFindings.mjs';
import { householdsSection, householdsTruth } from './householdsSection.mjs';
import { lifetimeCloseness, lifetimeSection, lifetimeTruth } from './lifetimeSection.mjs';
import { pathsCloseness, pathsSection, pathsTruth } from './pathsSection.mjs';
import { potentialCloseness, potentialSection, potentialTruth } from './potentialSection.mjs';
import { profilesSection } from './profilesSection.mjs';
import { propensityCloseness, propensitySection, propensityTruth } from './propensitySection.mjs';
import { scoreSection } from './scoreSection.mjs';
import { segmentsSection } from './segmentsSection.mjs';
import { targetSection } from './targetSection.mjs';
import { count, paragraph } from './text.mjs';
import { truthSection } from './truthSection.mjs';
import { upliftCloseness, upliftSection, upliftTruth } from './upliftSection.mjs';

/**
 * The main job on the simulated company: segments of today's members, a score learnt from the past campaign, today's target, whom a letter moves, what each member signs next, the paths customers take, what each could bring, who leaves and whom to keep, what each is worth, and the truth.
 *
 * @param {Company} company
 * @param {{ contactCost?: number | undefined, benefit?: number | undefined, budget?: number | undefined }} [options] - those of the past campaign unless given
 * @param {CompanyFindings} [findings] - what was learnt from the company already
 * @returns {string[]} sections of text
 */
export function companyDemo(company, { contactCost = company.campaign.contactCost, benefit = company.campaign.benefit, budget } = {}, findings = companyFindings(company, { contactCost, benefit })) {
  const { answers: { score, members, today, probability }, moved, signing, paths, potential, churn, lifetime } = findings;
  const { text: segments } = segmentsSection(companyLog(company, { membersOnly: true }), company.end);
  const { households, segmentation, text: kinds } = householdsSection(company);
  const terms = { contactCost, benefit, budget, assumed: false };
  const { target, text: contacts } = targetSection({ answer: 'buys the season box', probability, customers: members, explain: (row) => score.explain(today.row(row)), terms });
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
    churnSection(churn),
    lifetimeSection(lifetime),
    truthSection(company, { members, probability, target, terms }),
    upliftTruth(upliftCloseness(company, { members, probability, found: moved, terms })),
    propensityTruth(propensityCloseness(company, signing)),
    pathsTruth(pathsCloseness(company, paths)),
    potentialTruth(potentialCloseness(company, potential)),
    churnTruth(churnCloseness(company, churn)),
    lifetimeTruth(lifetimeCloseness(company, lifetime)),
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

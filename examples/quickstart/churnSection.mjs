// @ts-check
/** @import { ChurnScore, CoxRegression, GroupCurve, RetentionTarget, ValueAtRisk } from 'clientela/churn' */
/** @import { Company } from '../company/index.mjs' */
import { fitAcceleratedFailure, fitChurnScore, fitCoxRegression, kaplanMeierBy, retentionTarget, scoreChurn, timeVaryingRows, valueAtRisk } from 'clientela/churn';
import { Frame } from 'clientela/data';
import { companyLog } from './companyData.mjs';
import { correlation } from './correlation.mjs';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

const DAY = 86_400_000;
/** What closes a membership in the log. */
const LEAVING = 'membership';
/** How far ahead; what a year of a member brings of what it spends, what a call and the offer cost, and whom of those who would leave it keeps (assumed). */
const terms = { days: 90, margin: 0.25, contactCost: 0.5, incentiveCost: 2, acceptance: 0.3 };

/**
 * @typedef {object} Churn - who leaves, when, and whom to keep
 * @property {readonly GroupCurve[]} staying - how long members of each plan stay
 * @property {CoxRegression} hazard - what moves leaving, with what changes over time
 * @property {ChurnScore} score - of leaving within 90 days, from what the log shows
 * @property {string[]} members - of today
 * @property {Float64Array} scored - their probability of leaving within 90 days by the score
 * @property {Float64Array} foretold - the same by a law for the hazard, as things stand today
 * @property {ValueAtRisk} risk
 * @property {RetentionTarget} target
 */

/**
 * Learns from memberships that ended who leaves and when, and says of today's members whom to keep.
 *
 * @param {Company} company
 * @returns {Churn}
 */
export function churnOfMembers(company) {
  const log = companyLog(company);
  const attributes = Frame.fromRows(company.customers.map(({ customerId, age, plan, acquisition }) => ({ customerId, age, plan, acquisition })), { customerId: 'id' });
  const life = lives(company, attributes);
  const features = /** @type {const} */ (['complaint', 'contractsHeld', 'age', 'plan', 'acquisition']);
  const times = /** @type {const} */ ({ duration: 'stop', entry: 'start', event: 'event' });
  const hazard = fitCoxRegression(life, { ...times, features });
  // A Cox curve knows nothing after the last departure seen, and the longest memberships are there: what comes then needs a law.
  const law = fitAcceleratedFailure(life, { ...times, features, distribution: 'weibull' });
  const score = fitChurnScore(log, {
    rule: { kind: 'contract', end: LEAVING }, horizon: { days: terms.days }, every: { days: terms.days }, windows: [{ days: 60 }], items: ['complaint', 'query'], itemRecency: true, channels: false,
    customers: { table: attributes, id: 'customerId' }, methods: ['logistic', 'additive'],
  });
  const { customers, values: scored } = scoreChurn(score, log, { asOf: company.end, customers: { table: attributes, id: 'customerId' } });
  const members = customers.map(String);
  const today = standing(life, members);
  const foretold = law.predictSurvival(today, terms.days, { elapsed: today.values('stop').map(Number) }).map((staying) => 1 - staying);
  const value = marginPerYear(company, members);
  return {
    staying: kaplanMeierBy(life, { ...times, by: 'plan' }),
    hazard, score, members, scored, foretold,
    risk: valueAtRisk(foretold, { customerValue: value, by: { plan: today.values('plan') } }),
    target: retentionTarget(foretold, { customerValue: value, contactCost: terms.contactCost, incentiveCost: terms.incentiveCost, acceptance: terms.acceptance, customers: members }),
  };
}

/** Every membership in stretches (start, stop] of days since joining, with what was so during each. @param {Company} company @param {Frame} attributes @returns {Frame} */
function lives(company, attributes) {
  const moments = (/** @type {readonly { customerId: string, at: string }[]} */ rows) => ({ customers: rows.map(({ customerId }) => customerId), values: Float64Array.from(rows, ({ at }) => Date.parse(at)) });
  const contracts = company.products.filter(({ kind }) => kind === 'contract').map(({ product }) => product);
  return timeVaryingRows(companyLog(company), {
    rule: {
      kind: 'contract',
      startedAt: moments(company.customers.map(({ customerId, joinedAt }) => ({ customerId, at: joinedAt }))),
      endedAt: moments(company.events.filter(({ type }) => type === 'departure')),
    },
    states: { complaint: { recent: 'complaint', within: { days: 60 } }, contractsHeld: { count: contracts } },
    observedFrom: company.start,
    attributes,
  });
}

/** The last stretch of each member: how things stand today. @param {Frame} life @param {readonly string[]} members @returns {Frame} */
function standing(life, members) {
  const lastOf = new Map(life.values('customer').map((id, row) => [String(id), row]));
  return life.take(members.map((member) => lastOf.get(member) ?? -1));
}

/** What each member brought in the last year. @param {Company} company @param {readonly string[]} members @returns {Float64Array} */
function marginPerYear(company, members) {
  const from = Date.parse(company.end) - 365 * DAY;
  const spent = new Map(members.map((member) => [member, 0]));
  for (const { customerId, at, amount } of company.events) {
    const before = spent.get(customerId);
    if (before !== undefined && amount !== null && Date.parse(at) >= from) spent.set(customerId, before + amount);
  }
  return Float64Array.from(members, (member) => Math.max(0, terms.margin * (spent.get(member) ?? 0)));
}

/**
 * Who leaves, when, and whom to keep, in words.
 *
 * @param {Churn} churn
 * @returns {string}
 */
export function churnSection({ staying, hazard, score, risk, target, members }) {
  const { report } = score;
  return [
    heading('Who will leave, and whom to keep? (churn, 90 days)'),
    table(
      ['plan', 'members', 'left', 'still there after a year', 'after two years'],
      staying.map(({ group, curve }) => [
        String(group), count(risk.groups.find((one) => one.group === String(group))?.customers ?? 0), count(curve.events.reduce((sum, events) => sum + events, 0)), percent(curve.survivalAt(365)), percent(curve.survivalAt(730)),
      ]),
    ),
    paragraph('What makes leaving more likely at any moment (Cox regression; complaints and contracts count from the day they happen):'),
    table(
      ['', 'times as likely', 'from', 'to'],
      hazard.coefficients
        .filter(({ lower, upper }) => lower !== null && upper !== null && lower * upper > 0)
        .map(({ name, hazardRatio, lower, upper }) => [name, decimal(hazardRatio), decimal(Math.exp(lower ?? 0)), decimal(Math.exp(upper ?? 0))]),
    ),
    paragraph(
      `A score from what the log shows each quarter (${report.method}), judged on later quarters: AUC ${decimal(report.auc.estimate)} (${decimal(report.auc.lower)} to ${decimal(report.auc.upper)}), the highest tenth leaves ${decimal(report.topDecileLift.estimate, 1)} times as often. ` +
        `By a law for the hazard, of ${count(members.length)} members ${count(risk.expectedLeavers)} leave in ${terms.days} days; at risk is ${count(risk.atRisk.estimate)} (${count(risk.atRisk.lower)} to ${count(risk.atRisk.upper)}) of the ${count(risk.value)} they bring in a year, ` +
        `half of it with ${count(risk.customersWithHalf)} members.`,
    ),
    paragraph(
      `Whom to keep: a call of ${decimal(terms.contactCost)} and an offer of ${decimal(terms.incentiveCost)} that keeps ${percent(terms.acceptance, 0)} of those who would leave (assumed) pays with ${count(target.contacts)} members: ` +
        `${decimal(target.expectedKept, 1)} are kept, for a profit of ${count(target.expectedProfit.estimate)}. As many of the likeliest to leave would bring ${count(target.rivals[0]?.expectedProfit ?? 0)}, calling everybody ${count(target.rivals[2]?.expectedProfit ?? 0)}.`,
    ),
  ].join('\n');
}

/**
 * Compares what was found with the law of leaving, which only a simulated company tells.
 *
 * @param {Company} company
 * @param {Churn} found
 * @returns {{ effects: { name: string, truth: number, found: number, lower: number, upper: number }[], expected: number, truth: number, correlation: number, scoreCorrelation: number }}
 */
export function churnCloseness({ truth }, { hazard, members, scored, foretold }) {
  const { effects } = truth.parameters.leaving;
  const truthOf = new Map(truth.customers.map(({ customerId, leavesWithin90Days }) => [customerId, leavesWithin90Days]));
  const probability = Float64Array.from(members, (member) => truthOf.get(member) ?? NaN);
  const laws = { complaint: effects.recentComplaint, contractsHeld: effects.contractsHeld, age: effects.ageDecades / 10, 'plan=plus': effects.plus, 'plan=gold': effects.gold };
  const total = (/** @type {Float64Array} */ values) => values.reduce((sum, value) => sum + value, 0);
  return {
    effects: Object.entries(laws).map(([name, law]) => {
      const found = hazard.coefficients.find((coefficient) => coefficient.name === name);
      return { name, truth: Math.exp(law), found: found?.hazardRatio ?? NaN, lower: Math.exp(found?.lower ?? NaN), upper: Math.exp(found?.upper ?? NaN) };
    }),
    expected: total(foretold),
    truth: total(probability),
    correlation: correlation(foretold, probability),
    scoreCorrelation: correlation(scored, probability),
  };
}

/**
 * The comparison in words.
 *
 * @param {ReturnType<typeof churnCloseness>} near
 * @returns {string}
 */
export function churnTruth({ effects, expected, truth, correlation: close, scoreCorrelation }) {
  const found = effects.map(({ name, truth: law, found: ratio, lower, upper }) => `${name} ${decimal(law)} (found ${decimal(ratio)}, ${decimal(lower)} to ${decimal(upper)})`);
  return paragraph(
    `What truly multiplies leaving: ${found.join('; ')}. In 90 days ${decimal(truth, 1)} members are expected to leave (foretold ${decimal(expected, 1)}); true and foretold probabilities correlate by ${decimal(close)} by the law, ${decimal(scoreCorrelation)} by the score.`,
  );
}

// @ts-check
/** @import { Company } from '../company/index.mjs' */
/** @import { Segmentation } from 'clientela/segmentation' */
import { EventLog, Frame, snapshot } from 'clientela/data';
import { adjustedRandIndex, fitSegmentation } from 'clientela/segmentation';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

const departments = ['food', 'home', 'garden', 'clothing', 'electronics'];
const plans = ['basic', 'plus', 'gold'];
/** Fewer purchases say too little of what a household likes. */
const FEWEST = 10;

/**
 * What is known of the households that bought often enough: who they are, how much a visit comes to, and how their purchases spread over the shop.
 *
 * @param {Company} company
 * @returns {Frame}
 */
export function householdFeatures(company) {
  const shop = company.events.filter((event) => departments.includes(String(event.item)) && Number(event.amount) > 0);
  const log = EventLog.fromRows(shop, { customer: 'customerId', time: 'at', item: 'item', amount: 'amount' }, { observedUntil: company.end });
  const customerOf = new Map(company.customers.map((customer) => [customer.customerId, customer]));
  const rows = snapshot(log, { asOf: company.end, items: departments, windows: [] }).toRows().flatMap((row) => {
    const purchases = Number(row['frequency']);
    const customer = customerOf.get(String(row['customer']));
    if (purchases < FEWEST || customer === undefined) return [];
    const shares = departments.map((item) => [`${item}Share`, Number(row[`itemCount=${item}`]) / purchases]);
    return [{
      customer: customer.customerId, age: customer.age, householdSize: customer.householdSize,
      plan: customer.plan === null ? null : plans.indexOf(customer.plan), ticket: row['amountMean'], purchases, spent: row['amountTotal'], ...Object.fromEntries(shares),
    }];
  });
  return Frame.fromRows(rows);
}

/**
 * The kinds of household among the customers who bought often enough.
 *
 * @param {Company} company
 * @returns {{ households: Frame, segmentation: Segmentation, text: string }}
 */
export function householdsSection(company) {
  const households = householdFeatures(company);
  const segmentation = fitSegmentation(households, { customer: 'customer', value: 'spent' });
  const { comparison, description, segments } = segmentation;
  const rows = segments.map(({ name, share, valueShare }, segment) => {
    const typical = (/** @type {string} */ feature) => description?.segments[segment]?.numbers.find((number) => number.feature === feature)?.mean ?? NaN;
    return [
      name, percent(share, 0), percent(valueShare ?? NaN, 0), decimal(typical('age'), 0), decimal(typical('householdSize'), 1), decimal(typical('ticket'), 0),
      ...departments.map((item) => percent(typical(`${item}Share`), 0)),
    ];
  });
  const text = [
    heading('What kinds of household are there?'),
    paragraph(
      `By age, household, plan, visits and departments of the ${count(households.rowCount)} customers with ${FEWEST} purchases or more. ` +
        `How many kinds? ${sentence(comparison?.recommendation.reason ?? '')}`,
    ),
    '',
    table(['kind of household', 'share', 'revenue', 'age', 'people', 'ticket', ...departments], rows),
    '',
    paragraph(`Skewed columns enter by their logarithm (${segmentation.scaling.filter(({ scaling }) => scaling === 'log').map(({ column }) => column).join(', ')}). ${newcomer(segmentation)}`),
  ];
  return { households, segmentation, text: text.join('\n') };
}

/**
 * Where somebody falls of whom little is known.
 *
 * @param {Segmentation} segmentation
 */
function newcomer(segmentation) {
  const unknown = Object.fromEntries(segmentation.features.map((name) => [name, null]));
  const { name, confidence, missing } = segmentation.assignRow({ ...unknown, age: 71, householdSize: 1, plan: 0 });
  return `A new member of 71 who lives alone, of whom the other ${count(missing.length)} columns are not known yet, falls among "${name ?? ''}" (${percent(confidence, 0)} sure).`;
}

/**
 * How the kinds found compare with the kinds the world was drawn with, which only a simulated company knows.
 *
 * @param {Company} company
 * @param {Frame} households
 * @param {Segmentation} segmentation
 * @returns {{ agreement: number, withFive: number, text: string }}
 */
export function householdsTruth(company, households, segmentation) {
  const kindOf = new Map(company.truth.customers.map(({ customerId, segment }) => [customerId, segment]));
  const truth = households.values('customer').map((id) => kindOf.get(String(id)) ?? '');
  const agreement = adjustedRandIndex(segmentation.labels, truth);
  const withFive = adjustedRandIndex(fitSegmentation(households, { customer: 'customer', value: 'spent', segments: 5 }).labels, truth);
  const kinds = company.truth.parameters.segments.map(({ name }) => name);
  const rows = segmentation.segments.map(({ name }, segment) => [
    name, ...kinds.map((kind) => count(truth.filter((own, row) => own === kind && segmentation.labels[row] === segment).length)),
  ]);
  const text = [
    paragraph('Households by the kind found and the kind they were drawn as:'),
    '',
    table(['kind found', ...kinds], rows),
    '',
    paragraph(
      `Households found against the kinds the world was drawn with: adjusted Rand index ${decimal(agreement, 2)} (0 is chance, 1 the truth); ` +
        `asked for five, as many as there are, it is ${decimal(withFive, 2)}.`,
    ),
  ];
  return { agreement, withFive, text: text.join('\n') };
}

/** @param {string} reason */
function sentence(reason) {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

// @ts-check
/** @import { Frame } from 'clientela/data' */
import { fitSegmentation, segmentRules } from 'clientela/segmentation';
import { count, heading, paragraph, percent, table } from './text.mjs';

/**
 * The groups of customers that one table shows, how often each has the outcome, and rules to tell them by.
 *
 * @param {Frame} data
 * @param {{ target: string, positive: string, customer: string | undefined, exclude: readonly string[], features: readonly string[] | undefined }} roles - the outcome, and what forms groups
 * @returns {string}
 */
export function groupsSection(data, { target, positive, customer, exclude, features = data.names }) {
  const facts = data.select(data.names.filter((name) => name === customer || (features.includes(name) && name !== target && !exclude.includes(name))));
  const segmentation = fitSegmentation(facts, customer === undefined ? {} : { customer });
  const { labels, segments, notes, segmentCount } = segmentation;
  const outcomes = data.values(target);
  const rows = segments.map(({ name, customers, share }, segment) => {
    const known = outcomes.filter((outcome, row) => labels[row] === segment && outcome !== null);
    return [name, count(customers), percent(share), percent(known.filter((outcome) => String(outcome) === positive).length / known.length)];
  });
  return [
    heading('Groups of customers'),
    paragraph(`How they were found: ${notes.join('; ')}. The outcome had no part in it.`),
    '',
    table(['group', 'customers', 'share', `${target} = ${positive}`], rows),
    ...(segmentCount > 1 ? ['', paragraph(`${segmentRules(facts, labels, { features: segmentation.features }).statement}.`)] : []),
    '',
    paragraph('Segments by recency, frequency and money need dated purchases: a file of transactions (customer, date, amount).'),
  ].join('\n');
}

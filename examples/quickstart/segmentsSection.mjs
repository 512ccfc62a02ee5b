// @ts-check
/** @import { EventLog } from 'clientela/data' */
/** @import { RfmResult } from 'clientela/segmentation' */
import { rfm } from 'clientela/segmentation';
import { count, decimal, heading, paragraph, percent, table } from './text.mjs';

/**
 * The RFM segments of a portfolio.
 *
 * @param {EventLog} log
 * @param {string | number} asOf
 * @returns {{ portfolio: RfmResult, text: string }}
 */
export function segmentsSection(log, asOf) {
  const portfolio = rfm(log, { asOf });
  const money = log.amounts !== undefined;
  const rows = portfolio.segments
    .filter((segment) => segment.customers > 0)
    .map((segment) => [
      segment.name, count(segment.customers), percent(segment.share), decimal(segment.meanRecencyDays, 0), decimal(segment.meanFrequency, 1),
      ...(money ? [decimal(segment.meanMonetary, 0), percent(segment.revenueShare)] : []),
    ]);
  const biggest = portfolio.segments.reduce((best, segment) => (segment.revenueShare > best.revenueShare ? segment : best));
  const text = [
    heading('The portfolio: segments by recency, frequency and money (RFM)'),
    paragraph(`Every customer gets a score of 1 to 5 for how recently and how often they bought${money ? ' (and for how much)' : ''}; the scores make the segments.`),
    '',
    table(['segment', 'customers', 'share', 'days since', 'purchases', ...(money ? ['money each', 'of revenue'] : [])], rows),
    '',
    ...(money ? [paragraph(`${percent(biggest.share, 0)} of the customers, the ${biggest.name}, bring ${percent(biggest.revenueShare, 0)} of the revenue.`)] : []),
    ...(portfolio.customersWithoutPurchase > 0 ? [`${count(portfolio.customersWithoutPurchase)} customers without a purchase are in no segment.`] : []),
    ...(portfolio.eventsIgnored > 0 ? [`${count(portfolio.eventsIgnored)} events at or after that day were not looked at.`] : []),
  ];
  return { portfolio, text: text.join('\n') };
}

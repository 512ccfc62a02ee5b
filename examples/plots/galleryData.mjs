// @ts-check
import { EventLog, Frame } from 'clientela/data';
import { customerSummary } from 'clientela/lifetime';
import { simulateCompany } from '../company/index.mjs';
import { companyLog, currentMembers, knownAt } from '../quickstart/companyData.mjs';

/** @typedef {ReturnType<typeof galleryData>} GalleryData */

const DAY = 86_400_000;

/** What the pictures of the gallery are drawn from: the simulated company, as its warehouse would give it. */
export function galleryData() {
  const company = simulateCompany({ customers: 2000 });
  const log = companyLog(company);
  const asOf = company.end;
  const earlier = '2025-12-30';
  const contacted = company.campaign.rows.filter((row) => row.contacted);
  const past = knownAt(company, log, company.campaign.asOf, contacted.map((row) => row.customerId)).withColumn('answered', contacted.map((row) => row.responded));
  const members = currentMembers(company);
  const left = new Map(company.events.filter((event) => event.type === 'departure').map((event) => [event.customerId, Date.parse(event.at)]));
  const end = Date.parse(asOf);
  const spent = new Map(members.map((id) => [id, 0]));
  for (const { customerId, at, amount } of company.events) {
    if (amount !== null && spent.has(customerId) && Date.parse(at) >= end - 365 * DAY) spent.set(customerId, (spent.get(customerId) ?? 0) + amount);
  }
  return {
    log, asOf, earlier, past, split: earlier,
    today: knownAt(company, log, asOf, members),
    /** @type {('recencyDays' | 'frequency' | 'amountMean' | 'tenureDays')[]} */
    behaviour: ['recencyDays', 'frequency', 'amountMean', 'tenureDays'],
    contracts: company.products.filter(({ kind }) => kind === 'contract').map(({ product }) => product),
    contacts: EventLog.fromRows(company.events.filter((event) => event.type !== 'purchase'), { customer: 'customerId', time: 'at', item: 'item' }, { observedUntil: asOf }),
    lives: Frame.fromRows(company.customers.map(({ customerId, plan, joinedAt }) => ({ plan, duration: ((left.get(customerId) ?? end) - Date.parse(joinedAt)) / DAY, event: left.has(customerId) }))),
    members: company.customers.filter(({ customerId }) => spent.has(customerId)).map((customer) => ({ ...customer, spend: Math.max(0, spent.get(customer.customerId) ?? 0) })),
    purchases: customerSummary(log, { split: earlier, unit: 'day' }),
  };
}

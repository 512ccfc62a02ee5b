// @ts-check
/** @import { Frame } from 'clientela/data' */
/** @import { Company } from '../company/index.mjs' */
import { EventLog, snapshot } from 'clientela/data';

/** What of the behaviour a score may use, and the shape of a snapshot that has it. */
const shape = { windows: [{ days: 60 }, { days: 180 }], items: ['card', 'complaint', 'query'], channels: /** @type {const} */ (false), itemRecency: true };
const behaviours = [
  'recencyDays', 'tenureDays', 'frequency', 'amountMean', 'meanGapDays', 'count60d', 'count180d', 'itemDaysSince=card', 'itemDaysSince=complaint', 'itemDaysSince=query',
];

/** The attributes of the customer table that a score may use. */
const attributes = /** @type {const} */ (['age', 'householdSize', 'province', 'plan', 'incomeBand', 'acquisition', 'preferredChannel', 'newsletter']);

/**
 * Those who have not closed their membership.
 *
 * @param {Company} company
 * @returns {string[]} their ids, in the order of the customer table
 */
export function currentMembers(company) {
  const left = new Set(company.events.filter((event) => event.type === 'departure').map((event) => event.customerId));
  return company.customers.map((customer) => customer.customerId).filter((id) => !left.has(id));
}

/**
 * The log of the company, everything before its end known; of members only when asked.
 *
 * @param {Company} company
 * @param {{ membersOnly?: boolean }} [options]
 * @returns {EventLog}
 */
export function companyLog(company, { membersOnly = false } = {}) {
  const members = new Set(currentMembers(company));
  const events = membersOnly ? company.events.filter((event) => members.has(event.customerId)) : company.events;
  return EventLog.fromRows(events, { customer: 'customerId', time: 'at', item: 'item', amount: 'amount', channel: 'channel' }, { observedUntil: company.end });
}

/**
 * What was known at a moment of the customers given, in their order: behaviour from the log, and attributes.
 *
 * @param {Company} company
 * @param {EventLog} log
 * @param {string} asOf
 * @param {readonly string[]} customerIds - each with an event before that moment
 * @returns {Frame}
 */
export function knownAt(company, log, asOf, customerIds) {
  const behaviour = snapshot(log, { asOf, ...shape });
  const rowOf = new Map(behaviour.values('customer').map((id, row) => [String(id), row]));
  const customerOf = new Map(company.customers.map((customer) => [customer.customerId, customer]));
  let frame = behaviour.select(behaviours).take(customerIds.map((id) => rowOf.get(id) ?? -1));
  for (const name of attributes) frame = frame.withColumn(name, customerIds.map((id) => customerOf.get(id)?.[name] ?? null));
  return frame;
}

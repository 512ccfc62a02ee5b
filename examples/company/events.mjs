// @ts-check
import { isoInstant } from './calendar.mjs';

/**
 * @typedef {object} DatedEvent - an event inside the simulation
 * @property {string} customerId
 * @property {number} day - days since 1970-01-01T00:00Z
 * @property {'contact' | 'purchase' | 'contract' | 'departure'} type
 * @property {string} item - department, contract, offer, or what the contact was about
 * @property {number | null} amount - money of a purchase, negative for a return; null for all else (the fee of a contract stands in the catalogue)
 * @property {string} channel
 */

/**
 * @typedef {object} CompanyEvent - a row of the log, as a company has it
 * @property {string} customerId
 * @property {string} at - ISO text, UTC, to the minute
 * @property {DatedEvent['type']} type
 * @property {string} item
 * @property {number | null} amount
 * @property {string} channel
 */

/**
 * The log as the company keeps it: in order of time, in ISO text.
 *
 * @param {DatedEvent[]} events
 * @returns {CompanyEvent[]}
 */
export function writeLog(events) {
  return [...events]
    .sort((a, b) => a.day - b.day)
    .map(({ customerId, day, type, item, amount, channel }) => ({ customerId, at: isoInstant(day), type, item, amount, channel }));
}

// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Customer } from './customers.mjs' */
/** @import { DatedEvent } from './events.mjs' */
import { exponential } from './draws.mjs';

/**
 * Closing the membership: a proportional-hazards law with Weibull baseline since joining,
 * H0(days) = (days / scaleDays)^shape, and log-hazard effects of what anybody can see.
 */
export const leaving = {
  shape: 1.2,
  scaleDays: 3400,
  complaintDays: 60,
  effects: { plus: -0.4, gold: -0.9, promotion: 0.6, referral: -0.4, ageDecades: -0.15, contractsHeld: -0.2, recentComplaint: 1.8 },
};

/**
 * @typedef {object} Exposure - what moves the hazard in time
 * @property {number} joined
 * @property {readonly number[]} contractDays
 * @property {readonly number[]} complaintDays
 */

/**
 * The log of the factor on the baseline hazard at a moment.
 *
 * @param {Customer} customer
 * @param {Exposure} exposure
 * @param {number} day
 * @returns {number}
 */
export function leavingLogRisk(customer, exposure, day) {
  const { effects, complaintDays } = leaving;
  const held = exposure.contractDays.filter((signed) => signed <= day).length;
  const complained = exposure.complaintDays.some((at) => at <= day && day < at + complaintDays);
  return (
    (customer.plan === 'plus' ? effects.plus : customer.plan === 'gold' ? effects.gold : 0) +
    (customer.acquisition === 'promotion' ? effects.promotion : customer.acquisition === 'referral' ? effects.referral : 0) +
    (effects.ageDecades * (customer.age - 45)) / 10 +
    effects.contractsHeld * held +
    (complained ? effects.recentComplaint : 0)
  );
}

/**
 * The accumulated baseline hazard since joining.
 *
 * @param {number} days
 * @returns {number}
 */
export function baselineHazard(days) {
  return Math.pow(Math.max(0, days) / leaving.scaleDays, leaving.shape);
}

/**
 * Draws the day of closing, Infinity when it lies after the end: a unit exponential is spent along the accumulated hazard, stretch by stretch.
 *
 * @param {Random} random
 * @param {Customer} customer
 * @param {Exposure} exposure
 * @param {number} end
 * @returns {number}
 */
export function drawDeparture(random, customer, exposure, end) {
  let left = exponential(random, 1);
  const { joined } = exposure;
  const changes = [...exposure.contractDays, ...exposure.complaintDays, ...exposure.complaintDays.map((day) => day + leaving.complaintDays), end];
  let from = joined;
  for (const to of changes.filter((day) => day > joined && day <= end).sort((a, b) => a - b)) {
    const risk = Math.exp(leavingLogRisk(customer, exposure, from));
    const spent = risk * (baselineHazard(to - joined) - baselineHazard(from - joined));
    if (spent >= left) return joined + leaving.scaleDays * Math.pow(baselineHazard(from - joined) + left / risk, 1 / leaving.shape);
    left -= spent;
    from = to;
  }
  return Infinity;
}

/**
 * The row of the log that closes a membership.
 *
 * @param {Customer} customer
 * @param {number} day
 * @returns {DatedEvent}
 */
export function departureEvent(customer, day) {
  return { customerId: customer.customerId, day, type: 'departure', item: 'membership', amount: null, channel: customer.preferredChannel };
}

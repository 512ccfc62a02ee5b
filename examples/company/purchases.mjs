// @ts-check
/** @import { Random } from 'clientela/data' */
/** @import { Traits, Customer } from './customers.mjs' */
/** @import { DatedEvent } from './events.mjs' */
import { chance, choose, exponential, gamma } from './draws.mjs';
import { addSeasonalDays } from './calendar.mjs';
import { buying } from './customers.mjs';
import { departments } from './catalogue.mjs';

/** Blemishes of a real till: tickets written as two lines of the same minute, and goods brought back. */
export const tillBlemishes = { splitShare: 0.03, returnShare: 0.02, returnAfterDays: [2, 20] };

/**
 * Draws all tickets of one customer from joining to the end: gaps are exponential at the customer's own rate (in seasonal time), and after
 * each repeat ticket the customer silently stops with the customer's own probability (BG/NBD: Fader, Hardie and Lee, 2005).
 *
 * @param {Random} random
 * @param {Traits} traits
 * @param {Customer} customer
 * @param {{ joined: number, end: number }} span
 * @returns {{ events: DatedEvent[], droppedOut: number }} droppedOut: the day of the last ticket of one who stopped, else Infinity
 */
export function drawPurchases(random, traits, customer, { joined, end }) {
  /** @type {DatedEvent[]} */
  const events = [];
  let day = joined;
  for (let repeats = 0; day < end; repeats++) {
    addTicket(random, traits, customer, day, events);
    if (repeats > 0 && chance(random, traits.dropout)) return { events, droppedOut: day };
    day = addSeasonalDays(day, exponential(random, traits.ticketsPerDay));
  }
  return { events, droppedOut: Infinity };
}

/**
 * Writes one ticket of one amount; sometimes as two lines, sometimes with a return some days later.
 *
 * @param {Random} random
 * @param {Traits} traits
 * @param {Customer} customer
 * @param {number} day
 * @param {DatedEvent[]} events - extended
 */
function addTicket(random, traits, customer, day, events) {
  const amount = Math.max(0.5, gamma(random, buying.ticket.p, traits.ticketRate));
  const channel = chance(random, 0.8) ? customer.preferredChannel : 'shop';
  const item = drawDepartment(random, traits);
  // One literal for every line, and no spreading: all events keep one shape, which makes the whole simulation twice as fast.
  /** @param {number} at @param {string} item @param {number} amount */
  const addLine = (at, item, amount) => events.push({ customerId: customer.customerId, day: at, type: 'purchase', item, amount, channel });
  if (chance(random, tillBlemishes.splitShare)) {
    const first = amount * (0.2 + 0.6 * random.uniform());
    addLine(day, item, cents(first));
    addLine(day, drawDepartment(random, traits), cents(amount - first));
  } else {
    addLine(day, item, cents(amount));
  }
  if (chance(random, tillBlemishes.returnShare)) {
    const [from = 0, to = 0] = tillBlemishes.returnAfterDays;
    addLine(day + from + (to - from) * random.uniform(), item, -cents(amount * (chance(random, 0.5) ? 1 : 0.5)));
  }
}

/**
 * @param {Random} random
 * @param {Traits} traits
 */
function drawDepartment(random, traits) {
  return choose(random, departments, traits.segment.departments);
}

/** @param {number} amount */
function cents(amount) {
  return Math.round(Math.max(amount, 0.01) * 100) / 100;
}

import type { FoundSegment, Limits } from './actionValues.js';

/**
 * How many customers of each segment to contact with its recommended action: the segments that return most per unit of money first (per contact
 * where no budget is given), the last one in part, whole customers only. With one limit nothing better exists but for that rounding.
 */
export function spendBudget(found: readonly FoundSegment[], { budget, capacity }: Limits): number[] {
  let [money, places] = [budget, Math.floor(capacity)];
  const returns = found.map(({ chosen }) => (chosen === undefined ? 0 : budget < Infinity ? chosen.net / chosen.cost : chosen.net));
  const contacts = found.map(() => 0);
  const order = found.map((_, s) => s).sort((a, b) => (returns[a] === returns[b] ? a - b : returns[b]! - returns[a]!));
  for (const s of order) {
    const { chosen, line } = found[s]!;
    if (chosen === undefined) continue;
    // What rounding takes off 0.3 / 0.1 must not cost a customer.
    const affordable = chosen.cost > 0 ? Math.floor((money / chosen.cost) * (1 + 1e-12)) : Infinity;
    const count = Math.min(line.customers, affordable, places);
    contacts[s] = count;
    money = Math.max(0, money - count * chosen.cost);
    places -= count;
  }
  return contacts;
}

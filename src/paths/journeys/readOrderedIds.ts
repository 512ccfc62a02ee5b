import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** Identifiers given for journeys: one each, strictly ascending as in an `EventLog`; 0, 1, 2, … where none are given. */
export function readOrderedIds(caller: string, customers: readonly (string | number)[] | undefined, count: number): readonly (string | number)[] {
  if (customers === undefined) return Array.from({ length: count }, (_, i) => i);
  if (customers.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one customer per journey, found ${customers.length} customers for ${count} journeys`, { option: 'customers' });
  }
  const kind = typeof customers[0];
  for (let i = 0; i < count; i++) {
    const id = customers[i]!;
    const isKnown = (kind === 'string' || (kind === 'number' && Number.isFinite(id))) && typeof id === kind;
    if (!isKnown || (i > 0 && !(id > customers[i - 1]!))) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs customers all text or all numbers, ascending, each once, found ${describeValue(id)} at ${i}; sort the journeys by customer`, { option: 'customers', row: i });
    }
  }
  return customers.slice();
}

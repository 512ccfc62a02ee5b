import type { Holdings } from '../../data/holdings.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import { ClientelaError } from '../../errors.js';

/** Holdings from which something about two products can be learnt, or the error that says what is missing. */
export function requirePairs(caller: string, holdings: Holdings): void {
  requireHoldings(caller, holdings);
  if (holdings.count === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one holding, found none among ${holdings.customers.length} customers`, { function: caller });
  const held = holdings.productCounts.filter((count) => count > 0).length;
  if (held > 1) return;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} learns what one product says about another: it needs at least two products that somebody holds, found ${held}; use a model of the profile instead`, { function: caller });
}

import { ClientelaError } from '../../../errors.js';
import type { Histories } from '../../purchaseHistories.js';

/** So many periods no table is made for. */
const MOST_PERIODS = 1_000_000;

/**
 * Refuses histories that are not in whole periods with at most one purchase each.
 *
 * @throws a {@link ClientelaError} `INVALID_VALUE` naming column, row and value
 */
export function requireOpportunities(caller: string, { count, unit, frequency, recency, tenure }: Histories): void {
  const remedy = `a customer buys in a ${unit} or not; count in whole periods (rounded down, at most one purchase in each), or use fitMbgNbd where purchases come at any time`;
  for (let row = 0; row < count; row++) {
    const [x, last, periods] = [frequency[row]!, recency[row]!, tenure[row]!];
    if (Number.isInteger(last) && Number.isInteger(periods) && x <= last && periods <= MOST_PERIODS) continue;
    const [column, value, need] = !Number.isInteger(last)
      ? ['recency', last, `as a whole number of ${unit}s`]
      : x > last
        ? ['frequency', x, `not above the recency ${last}`]
        : Number.isInteger(periods)
          ? ['tenure', periods, `of at most ${MOST_PERIODS} periods`]
          : ['tenure', periods, `as a whole number of ${unit}s`];
    throw new ClientelaError('INVALID_VALUE', `${caller} needs ${column} ${need}, found ${value} in row ${row}; ${remedy}`, { function: caller, column, row, value });
  }
}

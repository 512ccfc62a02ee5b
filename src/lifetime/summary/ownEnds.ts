import { describeValue, instantMillis, type Instant } from '../../data/instant.js';
import { valuesById } from '../../data/valuesForCustomers.js';
import { ClientelaError } from '../../errors.js';

/** When the observation of some customers ended: `CustomerValues` in epoch milliseconds are of this shape. */
export interface OwnEnds {
  /** Identifiers. */
  readonly customers: readonly (string | number)[];
  /** The moment, one a customer: only events strictly before it count. `NaN`, and one after `asOf`, stand for `asOf`. */
  readonly values: ArrayLike<Instant>;
}

/** The end of observation of each customer, epoch milliseconds. */
export function ownEnds(caller: string, customers: readonly (string | number)[], until: OwnEnds, asOf: number): Float64Array {
  const { customers: ids, values } = readEnds(caller, until);
  const moments = new Float64Array(ids.length);
  for (let i = 0; i < moments.length; i++) moments[i] = momentOf(caller, values[i]!, i);
  const ends = valuesById(caller, ids, moments);
  let known = 0;
  const own = new Float64Array(customers.length);
  for (let c = 0; c < own.length; c++) {
    const end = ends.get(String(customers[c]!));
    if (end !== undefined) known++;
    own[c] = end !== undefined && end < asOf ? end : asOf;
  }
  if (known > 0 || ids.length === 0) return own;
  throw new ClientelaError('UNKNOWN_ID', `${caller} found no customer of until in the log: the log begins with ${describeValue(customers[0])}, until with ${describeValue(ids[0])}; identifiers must be written alike`, { option: 'until', customer: ids[0] });
}

function readEnds(caller: string, until: OwnEnds): OwnEnds {
  const { customers, values } = Object(until) as Partial<OwnEnds>;
  if (!Array.isArray(customers) || typeof values?.length !== 'number') {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs until as { customers, values }, found ${describeValue(until)}`, { option: 'until' });
  }
  if (customers.length === values.length) return { customers: customers as readonly (string | number)[], values };
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs until with one moment a customer, found ${customers.length} customers and ${values.length} values`, { option: 'until', expected: customers.length, found: values.length });
}

function momentOf(caller: string, value: Instant, index: number): number {
  const moment = instantMillis(value);
  if (!Number.isNaN(moment) || Number.isNaN(value)) return moment;
  throw new ClientelaError('INVALID_DATE', `${caller} needs until as dates or epoch milliseconds, found ${describeValue(value)} at ${index}`, { option: 'until', index, value });
}

import { ClientelaError } from '../../errors.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import { matchCustomers } from './matchCustomers.js';

/** Customers and the segment of each: a result of `rfm`, or `{ customers: ids, segment: model.assign(data) }`. */
export interface SegmentedCustomers {
  /** Identifiers, each once. */
  readonly customers: readonly (string | number)[];
  /** The segment of each: numbers, -1 for none; or names. */
  readonly segment: SegmentLabels;
  /** The name of each segment by its number. @defaultValue those of `segments`, otherwise the numbers */
  readonly names?: readonly string[];
  /** The segments by number, of which the names are taken. */
  readonly segments?: readonly { readonly name: string }[];
  /** What each customer is worth, in one currency at both moments: revenue of the last year, expected margin. */
  readonly value?: ArrayLike<number>;
}

/** One moment, read. */
export interface ReadMoment {
  readonly segmentOf: Int32Array;
  /** At least as many as the numbers in use. */
  readonly names: readonly string[];
  readonly value: ArrayLike<number> | undefined;
}

/** The segments, names and values of one moment. */
export function readMoment(caller: string, { customers, segment, names, segments, value }: SegmentedCustomers): ReadMoment {
  const { length } = customers;
  const read = readSegmentLabels(caller, segment, length);
  const given = names ?? segments?.map(({ name }) => name) ?? read.names ?? [];
  if (value !== undefined && value.length !== length) throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one value per customer, found ${value.length} for ${length}`, { expected: length, found: value.length });
  for (let i = 0; value !== undefined && i < length; i++) {
    if (!Number.isFinite(value[i])) throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs a finite value for every customer, found ${value[i]} at ${i}; leave value out, or give 0`, { index: i });
  }
  return { segmentOf: read.segmentOf, names: Array.from({ length: Math.max(given.length, read.count) }, (_, s) => given[s] ?? String(s)), value };
}

/** The position of each customer of before in after, or -1. */
export function positionsAfter(caller: string, before: SegmentedCustomers, after: SegmentedCustomers): Int32Array {
  return matchCustomers(caller, before.customers, after.customers);
}

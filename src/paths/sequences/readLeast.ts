import { describeValue } from '../../data/instant.js';
import { requireFinite } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';

/** The customers asked for, of so many in all: as a number, or as a share. */
export function readLeast(caller: string, { minSupport, minCount }: { readonly minSupport?: number; readonly minCount?: number }, share: number, total: number, whole: boolean): number {
  if (minSupport !== undefined && minCount !== undefined) throw badOption(caller, 'minCount', 'takes one of minSupport and minCount, found both; leave one out', minCount);
  if (minSupport !== undefined && !(minSupport > 0 && minSupport <= 1)) throw badOption(caller, 'minSupport', `needs minSupport above 0 and at most 1, found ${describeValue(minSupport)}; for a number of customers give minCount`, minSupport);
  if (minCount !== undefined && !(requireFinite(caller, 'minCount', minCount) > 0)) throw badOption(caller, 'minCount', `needs minCount above 0, found ${minCount}`, minCount);
  const least = (minSupport ?? share) * total;
  // 0.07 × 100 is a little more than 7: what rounding adds must not ask for an eighth customer.
  return minCount ?? (whole ? Math.max(1, Math.ceil(least - 1e-9)) : least || Number.MIN_VALUE);
}

/** An option that cannot be. */
export function badOption(caller: string, option: string, message: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} ${message}`, { option, value });
}

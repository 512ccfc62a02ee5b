import { describeValue } from '../../data/instant.js';
import { requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { ckmeans } from 'simple-statistics';

/**
 * Cut points where the values have gaps, for `scoring` of `rfm`: the groups have the least squared distance to their means that
 * `bins` groups can have. Groups are of very unequal size on skewed money: a few customers score highest. With fewer distinct values
 * than bins the middle scores are left out, so that the highest value still scores highest. `O(bins · n log n)`. (`ckmeans` of
 * simple-statistics after Wang and Song, "Ckmeans.1d.dp", 2011; Jenks' natural breaks, exactly.)
 *
 * @param values - finite numbers, at least one
 * @param bins - how many scores
 * @returns `bins - 1` ascending numbers: the greatest value of each group but the last
 * @example
 * ```ts
 * naturalBreaks([1, 2, 2, 40, 41, 300], 3); // => [2, 41]
 * ```
 */
export function naturalBreaks(values: ArrayLike<number>, bins: number): number[] {
  requireWhole('naturalBreaks', 'bins', bins, 1);
  if (!(Array.isArray(values) || ArrayBuffer.isView(values)) || values.length === 0) throw new ClientelaError('INVALID_INPUT', `naturalBreaks needs an array of at least one number, found ${describeValue(values)}`);
  const numbers = Array.from(values);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new ClientelaError('NON_FINITE_VALUE', `naturalBreaks needs finite numbers, found ${describeValue(numbers[bad])} in row ${bad}`, { row: bad, value: numbers[bad] });
  // Asked for more groups than there are distinct values, it would part equal ones.
  const ends = ckmeans(numbers, Math.min(bins, new Set(numbers).size)).map((group) => group[group.length - 1]!);
  const last = ends[Math.max(0, ends.length - 2)]!;
  return Array.from({ length: bins - 1 }, (_, k) => (k < ends.length - 1 ? ends[k]! : last));
}

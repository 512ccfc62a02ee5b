import { requireKnownOptions } from '../data/options.js';
import { readTable, type ColumnNameOf, type TableInput } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import { findTraits, requireOnePerRow, TRAIT_OPTIONS, type TraitOptions } from './findTraits.js';
import { unfit } from '../data/labelsAndScores.js';
import { repeatRows, repeatValues } from './repeatRows.js';
import type { Trait } from './traits.js';

/**
 * What marks any group of customers (a segment, those who left) against all others; see `profiles` for how traits are found.
 *
 * @param data - a Frame, rows, or columns
 * @param members - per row whether it belongs to the group: 1 or true, 0 or false
 * @param options - features, top, bands, falseDiscoveryRate, weights, confidence
 * @returns the traits, the strongest first; none is a normal answer
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_OPTION` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * const channel = Array.from({ length: 300 }, (_, i) => (i % 3 ? 'shop' : 'web'));
 * const left = channel.map((used, i) => used === 'web' && i % 2 === 0);
 * profileGroup({ channel }, left).map((trait) => [trait.value, trait.index]); // => [['channel = web', 300]]
 * ```
 */
export function profileGroup<Data extends TableInput>(
  data: Data,
  members: ArrayLike<number> | ArrayLike<boolean>,
  options: TraitOptions<ColumnNameOf<Data>> = {},
): Trait[] {
  requireKnownOptions('profileGroup', options, TRAIT_OPTIONS);
  const given = readTable('profileGroup', data);
  if (given.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', 'profileGroup needs at least one row');
  requireOnePerRow('profileGroup', 'member', given.rowCount, members);
  const groupOf = Int32Array.from(members as ArrayLike<number | boolean>, (member, i) => {
    if (member !== 0 && member !== 1 && member !== true && member !== false) {
      throw unfit('profileGroup', 'member', member, i, '1 for a member of the group, 0 otherwise');
    }
    return Number(member) - 1;
  });
  const { view, rows } = repeatRows('profileGroup', given, options.weights);
  return findTraits('profileGroup', view, Int32Array.from(repeatValues(groupOf, rows)), 1, options)[0]!;
}

import { requireKnownOptions } from '../data/options.js';
import { readTable, type ColumnNameOf, type TableInput } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import { sortedOrder } from '../numeric/sorting.js';
import { findTraits, requireOnePerRow, TRAIT_OPTIONS, type TraitOptions } from './findTraits.js';
import { unfit } from '../data/labelsAndScores.js';
import { repeatRows, repeatValues } from './repeatRows.js';
import type { Trait } from './traits.js';

/** Options of {@link profiles}. */
export interface ProfileOptions<Names extends string = string> extends TraitOptions<Names> {
  /** Which share of the customers counts as most, and as least inclined; above 0, at most 0.5. @defaultValue 0.1 */
  readonly share?: number;
}

/** What marks the customers at either end of a score. */
export interface GroupProfiles {
  /** Traits of the highest scores, the strongest first. */
  readonly most: readonly Trait[];
  /** Traits of the lowest scores, the strongest first. */
  readonly least: readonly Trait[];
}

/**
 * What marks the customers with the highest and the lowest scores: values that are clearly more, or less, frequent among them than elsewhere.
 *
 * Every level of a category, every band of a number is one question, answered by Fisher's exact test (exact whatever the counts, given the scores:
 * when the score has nothing to do with the column, the group is a random draw), and all questions about both groups are corrected together for their number.
 * An empty list is a normal answer: nothing marks that group beyond chance. Values of fewer than 10 customers are not looked at.
 * Customers with equal scores stay together: the group is the one whose size comes nearest to the share; a score that is the same for more than half has no such end.
 *
 * @param data - a Frame, rows, or columns
 * @param scores - one finite number per row
 * @param options - share, features, top, bands, falseDiscoveryRate, weights, confidence
 * @returns traits of the most and of the least inclined
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_OPTION` or `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * const rows = Array.from({ length: 400 }, (_, i) => ({ plan: i % 4 === 0 ? 'gold' : 'basic', shoe: 36 + ((i * 7) % 9) }));
 * const scores = rows.map((row, i) => (row.plan === 'gold' ? 1 : 0) + ((i * 29) % 100) / 50);
 * const { most } = profiles(rows, scores);
 * most.map((trait) => trait.value); // => ['plan = gold']
 * most[0]?.index; // => 400
 * ```
 */
export function profiles<Data extends TableInput>(
  data: Data,
  scores: ArrayLike<number>,
  options: ProfileOptions<ColumnNameOf<Data>> = {},
): GroupProfiles {
  requireKnownOptions('profiles', options, ['share', ...TRAIT_OPTIONS]);
  const given = readTable('profiles', data);
  const { share = 0.1 } = options;
  if (!(share > 0 && share <= 0.5)) {
    throw new ClientelaError('INVALID_OPTION', `profiles needs a share above 0 and at most 0.5, found ${share}; 0.1 is a tenth at each end`, { share });
  }
  requireScores(scores, given.rowCount);
  if (given.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', 'profiles needs at least one row');
  const { view, rows } = repeatRows('profiles', given, options.weights);
  const values = repeatValues(scores, rows);
  const order = sortedOrder(values);
  const n = order.length;
  const groupOf = new Int32Array(n).fill(-1);
  const least = wholeTies(n, share, (i) => values[order[i]!]!);
  const most = wholeTies(n, share, (i) => values[order[n - 1 - i]!]!);
  // With few rows or many ties the ends can meet: the customers in both are in neither.
  order.forEach((row, i) => (groupOf[row] = (i >= n - most) === i < least ? -1 : i < least ? 1 : 0));
  const [highest, lowest] = findTraits('profiles', view, groupOf, 2, options);
  return { most: highest!, least: lowest! };
}

function requireScores(scores: ArrayLike<number>, n: number): void {
  requireOnePerRow('profiles', 'score', n, scores);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(scores[i])) throw unfit('profiles', 'score', scores[i], i, 'finite; leave out rows without a score', 'NON_FINITE_VALUE');
  }
}

// How many from this end: the share of n, moved to the nearer end of the tie group that it cuts; the first tie group whole, unless it is most of n.
function wholeTies(n: number, share: number, scoreAt: (i: number) => number): number {
  const size = Math.min(n, Math.max(1, Math.round(n * share)));
  const cut = scoreAt(size - 1);
  let low = size;
  let high = size;
  while (low > 0 && scoreAt(low - 1) === cut) low--;
  while (high < n && scoreAt(high) === cut) high++;
  if (low === 0) return high <= n / 2 ? high : 0;
  return size - low < high - size ? low : high;
}

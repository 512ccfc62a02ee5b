import { addDuration } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import type { Holdings } from '../../data/holdings.js';
import { describeValue, requireInstant, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import { ClientelaError } from '../../errors.js';
import { markHashed, markLatest, type Marks } from './splitMarks.js';

/** How {@link splitHoldings} divides holdings in two. */
export interface SplitHoldingsOptions {
  /**
   * `'hash'`: each holding by a draw of its own; `'last'`: the latest of every customer; `'time'`: what was taken from `asOf` on.
   *
   * @defaultValue 'hash'
   */
  readonly by?: 'hash' | 'last' | 'time';
  /**
   * Share of the holdings in the test, between 0 and 1. With `'last'` it is floor(share x holdings of the customer), instead of `count`.
   *
   * @defaultValue 0.2 with 'hash'
   */
  readonly share?: number;
  /** With `'hash'`: chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** With `'hash'`, instead of `seed`: a number from 0 up for each holding, in the order of `toRows()`; those below `share` are the test. */
  readonly draws?: ArrayLike<number>;
  /** With `'last'`: how many of the latest holdings; customers who hold no more than that stay in the training part whole. @defaultValue 1 */
  readonly count?: number;
  /** With `'time'`: the moment of the cut. */
  readonly asOf?: Instant;
  /** With `'time'`: how long after `asOf` the test lasts. @defaultValue without end */
  readonly horizon?: Duration;
}

/** What {@link splitHoldings} returns: holdings of the same customers and products, row by row and column by column. */
export interface HoldingsSplit {
  /** To learn from. */
  readonly train: Holdings;
  /** To judge by. */
  readonly test: Holdings;
}

/** Which options belong to which split. */
const OPTIONS = { hash: ['share', 'seed', 'draws'], last: ['count', 'share'], time: ['asOf', 'horizon'] } as const;

const CALLER = 'splitHoldings';

/**
 * Holdings divided into a part to learn from and a part to judge by, both with all customers and products.
 *
 * - `'time'` answers the question a campaign asks, and should be preferred where dates are known: the training part is `heldAt(asOf)`, the test what
 *   began at `asOf` or later, before the end of the `horizon`. What ended before `asOf` is in neither part.
 * - `'last'` holds out the latest `count` of every customer who holds more (leave-last-out), or the latest floor(`share` x n) of n. Equal moments go by the order of `products`;
 *   a holding without `since` counts as the earliest. Test products of one customer may be older than training ones of another.
 * - `'hash'` holds out a share of all holdings at random: what else do they hold, not what do they take next. The draw depends on the text of the customer
 *   identifier, the name of the product and the seed alone, so that a holding stays on its side when others come or go.
 *
 * O(holdings).
 *
 * @param holdings - who holds what; with `since` for `'last'` and `'time'`
 * @param options - by, and what belongs to it; see {@link SplitHoldingsOptions}
 * @returns the two parts
 * @throws a {@link ClientelaError} `INVALID_INPUT` for what are no holdings or have no dates; `INVALID_OPTION`, `INVALID_DATE`, `LENGTH_MISMATCH`, `INVALID_VALUE`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const holdings = Holdings.fromRows([
 *   { who: 'ann', what: 'card', from: '2025-03-01' },
 *   { who: 'ann', what: 'loan', from: '2026-05-20' },
 *   { who: 'bob', what: 'loan', from: '2026-02-11' },
 * ], { customer: 'who', product: 'what', since: 'from' });
 * const { train, test } = splitHoldings(holdings, { by: 'last' });
 * test.productsOf('ann'); // => ['loan']
 * test.productsOf('bob'); // => []
 * train.productsOf('bob'); // => ['loan']
 * splitHoldings(holdings, { by: 'time', asOf: '2026-01-01', horizon: { months: 3 } }).test.productsOf('bob'); // => ['loan']
 * ```
 */
export function splitHoldings(holdings: Holdings, options: SplitHoldingsOptions = {}): HoldingsSplit {
  requireHoldings(CALLER, holdings);
  requireKnownOptions(CALLER, options, ['by', ...OPTIONS.hash, ...OPTIONS.last, ...OPTIONS.time]);
  const by = requireChoice(CALLER, 'by', options.by ?? 'hash', ['hash', 'last', 'time']);
  const strange = Object.keys(options).find((name) => name !== 'by' && options[name as keyof SplitHoldingsOptions] !== undefined && !(OPTIONS[by] as readonly string[]).includes(name));
  if (strange !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} has no use for ${strange} with by: '${by}', which takes ${OPTIONS[by].join(', ')}; leave it out`, { option: strange });
  }
  if (by === 'time') return splitInTime(holdings, options);
  const marks = by === 'hash' ? drawn(holdings, options) : latest(holdings, options);
  return { train: holdings.filter((h) => marks[h] === 0), test: holdings.filter((h) => marks[h] === 1) };
}

function splitInTime(holdings: Holdings, { asOf, horizon }: SplitHoldingsOptions): HoldingsSplit {
  const from = requireInstant(CALLER, 'asOf', asOf);
  const end = horizon === undefined ? Infinity : addDuration(from, requireDuration(CALLER, 'horizon', horizon));
  const since = requireDates(holdings);
  return { train: holdings.heldAt(from), test: holdings.filter((h) => since[h]! >= from && since[h]! < end) };
}

function drawn({ customers, products, sparse }: Holdings, { share = 0.2, seed, draws }: SplitHoldingsOptions): Marks {
  requireShare(share);
  if (draws === undefined) {
    if (seed === undefined || Number.isSafeInteger(seed)) return markHashed(customers, products, sparse, share, seed ?? 1);
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a whole number as seed, found ${describeValue(seed)}; give one such as 1`, { option: 'seed', value: seed });
  }
  if (seed !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} takes one of draws and seed, found both; leave one out`, { option: 'draws' });
  const marks = new Uint8Array(sparse.columns.length);
  if (draws.length !== marks.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs one draw for each of ${marks.length} holdings, found ${draws.length}`, { found: draws.length, expected: marks.length });
  }
  for (let h = 0; h < marks.length; h++) {
    if (!(draws[h]! >= 0)) throw new ClientelaError('INVALID_VALUE', `${CALLER} needs draws from 0 up, found ${describeValue(draws[h])} at index ${h}`, { index: h, value: draws[h] });
    marks[h] = draws[h]! < share ? 1 : 0;
  }
  return marks;
}

function latest(holdings: Holdings, { share, count }: SplitHoldingsOptions): Marks {
  const since = requireDates(holdings);
  if (share === undefined) {
    const wanted = requireWhole(CALLER, 'count', count ?? 1, 1);
    return markLatest(holdings.sparse, since, (held) => (held > wanted ? wanted : 0));
  }
  if (count !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} takes one of count and share, found both; leave one out`, { option: 'share' });
  requireShare(share);
  // What rounding takes from 0.29 * 100 may not cost a holding, nor what it adds to a share next to 1 the last one.
  return markLatest(holdings.sparse, since, (held) => (held === 0 ? 0 : Math.min(held - 1, Math.floor(share * held + 1e-12))));
}

function requireShare(share: number): void {
  if (share > 0 && share < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs share above 0 and below 1, found ${describeValue(share)}; 0.2 is usual`, { option: 'share', value: share });
}

function requireDates({ since }: Holdings): Float64Array {
  if (since !== undefined) return since;
  throw new ClientelaError('INVALID_INPUT', `${CALLER} needs to know since when products are held, found no dates; name their column as since when the holdings are made, or split by: 'hash'`);
}

import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { JourneySource } from '../journeys/journeys.js';
import { requireMillis, type FixedDuration } from '../journeys/fixedDuration.js';
import { readFirstTimes } from './firstTimes.js';
import { judgePairs } from './judgePairs.js';
import type { ProductPair } from './productPair.js';
import { pairsFrom } from './productPairs.js';
import { productPlace, type ProductPlace } from './productPlaces.js';
import { riskTable } from './riskTable.js';

/** What is a product, and how sure to be. */
export interface ProductOrderOptions {
  /** The items that are products; the others still tell since when a customer is known. @defaultValue all */
  readonly items?: readonly string[];
  /** Products, and pairs, of fewer customers (sums of weights) are left out; pairs are counted. @defaultValue 10 */
  readonly minCount?: number;
  /** After how long to ask who went on. @defaultValue { days: 90 } */
  readonly horizon?: FixedDuration;
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** In which order products are contracted, and what depends on what. */
export interface ProductOrder {
  /** All customers of the source. */
  readonly customerCount: number;
  /** Most customers first. */
  readonly products: readonly ProductPlace[];
  /** Both readings of every pair, in the order of `products`. */
  readonly pairs: readonly ProductPair[];
  /** Pairs (of two readings) of these products that somebody has, but fewer than `minCount` customers. */
  readonly leftOut: number;
  /** How long the horizon is. */
  readonly horizonDays: number;
}

/**
 * The order in which products are contracted, how long one follows another, and which products depend on which.
 *
 * Of each customer counts when each item came first. A customer is observed from the first event of any item to `until` (`log.observedUntil`, or that of `Journeys.fromLog`;
 * later events are not looked at): with `items` the other events keep telling since when, while a log cut by `where` no longer has them.
 *
 * *Order*: among customers with both, how often one came before the other, against one half. *Time*: days to those who went on, and how many have gone on by when with
 * those not there yet as censored (Kaplan and Meier, 1958). *Dependence*: `rateRatio`, the rate of first times of `to` while `from` is held against while it is not. A
 * customer changes sides when `from` comes, so that the time it took to get it counts as time without (no immortal time); events and days are
 * compared within bands of time at risk that double (so long since the first event), by the conditional likelihood and the score interval. Who enters with
 * `to` was not at risk before. Below 1 a product slows the other. It is not an effect proved: customers who sign more of everything raise all ratios a little.
 *
 * A product `requires` another when the others almost never have it: the lower end of `earlierShare` is 0.95 or more, and that is not for being common: its rate with the other is
 * at least 5 times that without (lower end of the interval). Then who can have it are those with all it requires, and its other ratios are taken among them, since then.
 * Likewise for what `from` requires: else `from` would be credited with what its requirements do (savings that need the card, and travel which the card raises). So ratios
 * are taken among customers who could have either product; `given` names what they have.
 *
 * {@link productDependencies} makes a graph of what is found, {@link productItineraries} counts whole orders.
 *
 * A pair which excludes itself, so that fewer than `minCount` have both, is left out like any rare one. `O(first times × products of their customer + sorting)`, some
 * dozen steps over 16 bands per pair for its interval, and once more over the holders for each different set of requirements; memory about 40 bytes per first time and 256 per
 * product, and one to two kB for each pair found, which grows with the square of the products: with hundreds, raise `minCount`.
 *
 * @param source - a log, or journeys of one
 * @param options - products, horizon, confidence; see {@link ProductOrderOptions}
 * @returns products and pairs; nothing in them where no two products are common enough
 * @throws a {@link ClientelaError} `INVALID_INPUT` when items or times are not known, `UNKNOWN_ID` for an item that is not there, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const rows = [['a', '01-01', 'visit'], ['a', '01-11', 'card'], ['a', '01-31', 'loan'], ['b', '01-05', 'card'], ['b', '03-06', 'loan'], ['c', '01-09', 'card']];
 * const log = EventLog.fromRows(rows.map(([id, day, what]) => ({ id, at: `2026-${day}`, what })), { customer: 'id', time: 'at', item: 'what' });
 * const { products, pairs } = productOrder(log, { items: ['card', 'loan'], minCount: 1 });
 * products.map(({ product, first, meanPosition }) => [product, first, meanPosition]); // => [['card', 3, 1], ['loan', 0, 2]]
 * pairs[0].before; // => 2
 * pairs[0].elapsedDays?.median; // => 20
 * pairs[0].medianDays; // => 60
 * ```
 */
export function productOrder(source: JourneySource, options: ProductOrderOptions = {}): ProductOrder {
  requireKnownOptions('productOrder', options, ['items', 'minCount', 'horizon', 'confidence']);
  const { items, confidence = 0.95 } = options;
  const minCount = requireWhole('productOrder', 'minCount', options.minCount ?? 10, 1) - 1e-9;
  const z = normalMultiplier('productOrder', confidence);
  const firsts = readFirstTimes('productOrder', source, items);
  const horizon = requireMillis('productOrder', 'horizon', options.horizon ?? { days: 90 });
  const risk = riskTable(firsts);
  const left = { count: 0 };
  const common = [...firsts.itemLevels.keys()].filter((item) => risk.customers[item]! >= minCount);
  const places = common.map((item) => productPlace(item, firsts, risk, z));
  const order = common.map((_, i) => i).sort((a, b) => places[b]!.customers - places[a]!.customers || a - b);
  const found = order.map((i) => pairsFrom(common[i]!, firsts, risk, { minCount, horizon, z }, left));
  const pairs = judgePairs(found.flat(), firsts, risk, z);
  const required = pairs.filter(({ prerequisite }) => prerequisite);
  const products = order.map((i): ProductPlace => {
    const { isEntry, ...place } = places[i]!;
    const requires = required.filter(({ to }) => to === place.product).map(({ from }) => from);
    const opens = required.filter(({ from }) => from === place.product).map(({ to }) => to);
    return { ...place, role: requires.length > 0 ? 'dependent' : isEntry ? 'entry' : opens.length > 0 ? 'prerequisite' : 'free', requires, opens };
  });
  return { customerCount: firsts.customerCount, products, pairs, leftOut: left.count / 2, horizonDays: horizon / DAY_MILLIS };
}

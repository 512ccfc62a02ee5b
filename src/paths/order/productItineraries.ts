import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readFirstTimes, type FirstTimes } from './firstTimes.js';
import { weightedMedian } from './weightedMedian.js';

/** Which products, and how far. */
export interface ProductItineraryOptions {
  /** The items that are products. @defaultValue all */
  readonly items?: readonly string[];
  /** How many steps of the order are looked at. @defaultValue 3 */
  readonly steps?: number;
  /** Beginnings of fewer customers (sums of weights) are left out of the tree, with all that follows them. @defaultValue 10 */
  readonly minCount?: number;
  /** How many whole itineraries are listed at most. @defaultValue 20 */
  readonly most?: number;
}

/** The first products of a customer, in order. */
export interface ProductItinerary {
  /** Each step is the products first had at one moment, in the order of code units. */
  readonly steps: readonly (readonly string[])[];
  /** Customers (sum of weights) whose order this is: they have no product beyond, or it has as many steps as are looked at. */
  readonly count: number;
  /** As a share of the customers with any product. */
  readonly share: number;
  /** Median days from each step to the next. */
  readonly medianDays: readonly number[];
}

/** A beginning of itineraries: the step after those above it, and what follows. */
export interface ProductItineraryNode {
  /** The products so far, in order. */
  readonly products: readonly string[];
  /** Customers (sum of weights) who begin so. */
  readonly count: number;
  /** As a share of all customers. */
  readonly share: number;
  /** Of them, those whose itinerary ends here. */
  readonly ended: number;
  /** Median days since the step before; null for a first step. */
  readonly medianDays: number | null;
  /** Most customers first. */
  readonly next: readonly ProductItineraryNode[];
}

/** The typical orders, as a list and as a tree of beginnings. */
export interface ProductItineraries {
  /** Customers (sum of weights) with any product. */
  readonly customerCount: number;
  /** Most customers first. */
  readonly itineraries: readonly ProductItinerary[];
  /** The itineraries as a tree, for drawing: each node goes on from that of its products but the last. */
  readonly tree: readonly ProductItineraryNode[];
  /** Share of the customers whose itinerary is listed. */
  readonly covered: number;
}

/** A node while customers are counted. */
interface Branch {
  readonly codes: readonly number[];
  readonly next: Map<string | number, Branch>;
  readonly waits: number[];
  readonly weights: number[];
  count: number;
  ended: number;
}

/**
 * The orders in which customers typically contract their first products.
 *
 * Of each customer counts when each product came first; products of one moment are one step. `O(first times + n log n)` for the medians; memory 16 bytes per step of a customer.
 *
 * @param source - a log, or journeys of one; see {@link productOrder}
 * @param options - products, how many steps, how many itineraries; see {@link ProductItineraryOptions}
 * @returns the most frequent whole orders, and the tree of all beginnings that are frequent enough
 * @throws a {@link ClientelaError} `INVALID_INPUT` when items or times are not known, `UNKNOWN_ID` for an item that is not there, `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const rows = [['a', '01-11', 'card'], ['a', '01-31', 'loan'], ['b', '01-05', 'card'], ['b', '03-06', 'loan'], ['c', '01-09', 'card']];
 * const log = EventLog.fromRows(rows.map(([id, day, what]) => ({ id, at: `2026-${day}`, what })), { customer: 'id', time: 'at', item: 'what' });
 * const { itineraries } = productItineraries(log, { minCount: 1 });
 * itineraries[0].steps; // => [['card'], ['loan']]
 * itineraries[0].count; // => 2
 * itineraries[0].medianDays; // => [40]
 * ```
 */
export function productItineraries(source: JourneySource, options: ProductItineraryOptions = {}): ProductItineraries {
  requireKnownOptions('productItineraries', options, ['items', 'steps', 'minCount', 'most']);
  const steps = requireWhole('productItineraries', 'steps', options.steps ?? 3, 1);
  const minCount = requireWhole('productItineraries', 'minCount', options.minCount ?? 10, 1) - 1e-9;
  const most = requireWhole('productItineraries', 'most', options.most ?? 20, 0);
  const firsts = readFirstTimes('productItineraries', source, options.items);
  const root = grow(firsts, steps);
  const listed: ProductItinerary[] = [];
  const list = (branch: Branch, path: readonly (readonly string[])[], days: readonly number[]): ProductItineraryNode[] =>
    [...branch.next.values()]
      .filter(({ count }) => count >= minCount)
      .sort((a, b) => b.count - a.count || compare(a.codes, b.codes))
      .map((child) => {
        const { count, ended } = child;
        const products = child.codes.map((code) => firsts.itemLevels[code]!);
        const [below, medianDays] = [[...path, products], path.length > 0 ? weightedMedian(Float64Array.from(child.waits), Float64Array.from(child.weights)) / DAY_MILLIS : null];
        const daysBelow = medianDays === null ? days : [...days, medianDays];
        if (ended >= minCount) listed.push({ steps: below, count: ended, share: ended / root.count, medianDays: daysBelow });
        return { products, count, share: count / root.count, ended, medianDays, next: list(child, below, daysBelow) };
      });
  const tree = list(root, [], []);
  // The sort is stable: of equals, the one whose beginning is more frequent comes first.
  const itineraries = listed.sort((a, b) => b.count - a.count).slice(0, most);
  return { customerCount: root.count, itineraries, tree, covered: root.count > 0 ? itineraries.reduce((sum, { share }) => sum + share, 0) : 0 };
}

/** All beginnings of all customers. */
function grow({ offsets, items, since, weights }: FirstTimes, steps: number): Branch {
  const root: Branch = newBranch([]);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const end = offsets[c + 1]!;
    const weight = weights === null ? 1 : weights[c]!;
    let [branch, f, before] = [root, offsets[c]!, NaN];
    if (f === end) continue;
    root.count += weight;
    for (let step = 0; step < steps && f < end; step++) {
      const time = since[f]!;
      const first = f++;
      while (f < end && since[f] === time) f++;
      const codes = f - first === 1 ? [items[first]!] : [...items.subarray(first, f)].sort((a, b) => a - b);
      const key = codes.length === 1 ? codes[0]! : codes.join();
      let child = branch.next.get(key);
      if (child === undefined) branch.next.set(key, (child = newBranch(codes)));
      child.count += weight;
      child.waits.push(time - before);
      child.weights.push(weight);
      [branch, before] = [child, time];
    }
    branch.ended += weight;
  }
  return root;
}

function newBranch(codes: readonly number[]): Branch {
  return { codes, next: new Map(), waits: [], weights: [], count: 0, ended: 0 };
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((code, i) => code !== b[i]);
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

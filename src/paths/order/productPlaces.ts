import { wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { FirstTimes } from './firstTimes.js';
import type { RiskTable } from './riskTable.js';
import { weightedMedian } from './weightedMedian.js';

/** Where one product stands in the journeys; counts are customers (sums of their weights). */
export interface ProductPlace {
  /** The product. */
  readonly product: string;
  /** Have it. */
  readonly customers: number;
  /** As a share of all customers. */
  readonly share: number;
  /** Had it as their first product; who began with several at one moment counts as a fraction for each. */
  readonly first: number;
  /** Of its customers with two products or more, the share that began with it, with Wilson's interval; null where there are none. */
  readonly firstShare: Estimate | null;
  /** That share if the order were drawn by lot: the mean of 1 / products held over the same customers. */
  readonly firstByChance: number | null;
  /** Which in the order of products it was on average: 1 for the first; products of one moment share their place. */
  readonly meanPosition: number;
  /** The median of that place; halfway between two where it lies between them. */
  readonly medianPosition: number;
  /**
   * What it is in the order: `dependent` when it requires another; else `entry` when journeys begin with it far more often than by lot (the lower end of `firstShare` above 1.25 times `firstByChance`);
   * else `prerequisite` when another requires it; else `free`.
   */
  readonly role: 'dependent' | 'entry' | 'prerequisite' | 'free';
  /** Products it requires. */
  readonly requires: readonly string[];
  /** Products that require it. */
  readonly opens: readonly string[];
}

/** The place of one item, its role among requirements aside. */
export function productPlace(item: number, { itemLevels, offsets, since, owners, weights, customerCount }: FirstTimes, { byItem, itemStarts }: RiskTable, z: number): Omit<ProductPlace, 'role' | 'requires' | 'opens'> & { readonly isEntry: boolean } {
  const rows = byItem.subarray(itemStarts[item], itemStarts[item + 1]);
  const positions = new Float64Array(rows.length);
  let [customers, first, several, severalFirst, byLot, sum] = [0, 0, 0, 0, 0, 0];
  rows.forEach((f, i) => {
    const c = owners[f]!;
    const [begin, end] = [offsets[c]!, offsets[c + 1]!];
    const weight = weights === null ? 1 : weights[c]!;
    let [position, together] = [1, 0];
    for (let j = begin; j < end; j++) {
      if (j > begin && j <= f && since[j]! > since[j - 1]!) position++;
      if (since[j] === since[begin]) together++;
    }
    const credit = position === 1 ? weight / together : 0;
    positions[i] = position;
    customers += weight;
    sum += weight * position;
    first += credit;
    if (end - begin < 2) return;
    several += weight;
    severalFirst += credit;
    byLot += weight / (end - begin);
  });
  const firstShare = several > 0 ? wilsonRate(severalFirst, several, z) : null;
  return {
    product: itemLevels[item]!,
    customers,
    share: customers / customerCount,
    first,
    firstShare,
    firstByChance: several > 0 ? byLot / several : null,
    meanPosition: sum / customers,
    medianPosition: weightedMedian(positions, weights && Float64Array.from(rows, (f) => weights[owners[f]!]!)),
    isEntry: firstShare !== null && firstShare.lower > (1.25 * byLot) / several,
  };
}

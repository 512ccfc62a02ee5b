import { requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';

/** How often products must be together to count, and how long to look. */
export interface ItemsetOptions {
  /** The share of baskets a set must be in, above 0 to 1: in at least `minSupport` × baskets of them, rounded up. @defaultValue 0.01 */
  readonly minSupport?: number;
  /** The number of baskets a set must be in, at least 1, in place of `minSupport`. @defaultValue from `minSupport` */
  readonly minCount?: number;
  /** The most products in a set. @defaultValue any number */
  readonly maxLength?: number;
  /**
   * The most sets, up to 50 million (24 bytes each while they are searched). Where more are frequent, those in the most baskets are kept, and the
   * result says below which count it is not complete. @defaultValue 1,000,000
   */
  readonly maxItemsets?: number;
  /** Called after each product, from the most frequent on, with the products done, their total, and the sets found; `false` stops with the sets of the products done. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;
}

/** What a result does not have because a limit or the caller ended the search. */
export interface LeftOutItemsets {
  /** `limit`: more sets were frequent than `maxItemsets`; `stopped`: `onProgress` returned false. */
  readonly reason: 'limit' | 'stopped';
  /** With `limit`: all sets in more baskets than this are there, and none in fewer. */
  readonly count?: number;
  /** With `limit`: of the sets in exactly `count` baskets, those with fewer products than this are there, and no others. */
  readonly length?: number;
  /** With `stopped`: sets with any of these products were not looked for. */
  readonly products?: readonly string[];
}

/** The options, read. */
export interface MiningPlan {
  readonly minCount: number;
  readonly maxLength: number;
  readonly maxItemsets: number;
  readonly onProgress: ItemsetOptions['onProgress'];
}

/** What may be asked of a search for itemsets. */
export const ITEMSET_OPTIONS: readonly string[] = ['minSupport', 'minCount', 'maxLength', 'maxItemsets', 'onProgress'];

/** Checks the options against baskets of this number. */
export function readMiningPlan(caller: string, options: ItemsetOptions, rowCount: number): MiningPlan {
  const { minSupport, minCount, maxLength, maxItemsets = 1_000_000, onProgress } = options;
  if (minSupport !== undefined && minCount !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes one of minSupport and minCount, found both; leave one out`, { minSupport, minCount });
  }
  if (requireWhole(caller, 'maxItemsets', maxItemsets, 1) > 5e7) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs maxItemsets of at most 50 million, found ${maxItemsets}; more do not fit into memory`, { option: 'maxItemsets', value: maxItemsets });
  }
  return {
    minCount: minCount === undefined ? countOf(caller, minSupport ?? 0.01, rowCount) : requireWhole(caller, 'minCount', minCount, 1),
    maxLength: maxLength === undefined ? Infinity : requireWhole(caller, 'maxLength', maxLength, 1),
    maxItemsets,
    onProgress,
  };
}

function countOf(caller: string, minSupport: number, rowCount: number): number {
  if (!(minSupport > 0 && minSupport <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs minSupport above 0 and at most 1, found ${minSupport}; for a number of baskets give minCount`, { option: 'minSupport', value: minSupport });
  }
  // 0.07 × 100 is a little more than 7: what rounding adds must not ask for an eighth basket.
  return Math.max(1, Math.ceil(minSupport * rowCount - 1e-9));
}

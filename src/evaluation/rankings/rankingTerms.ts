import { describeValue } from '../../data/instant.js';
import { requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { RankingMetricsOptions } from './rankingMetrics.js';

/** The depths asked for, ascending, each once. */
export function requireDepths(caller: string, k: readonly number[] | undefined): number[] {
  const depths: readonly number[] = k ?? [5, 10, 20];
  if (!depths.length) throw new ClientelaError('INVALID_OPTION', `${caller} needs k as an array such as [5, 10], found ${describeValue(depths)}`, { option: 'k', value: k });
  for (const depth of depths) requireWhole(caller, 'k', depth, 1);
  return [...new Set(depths)].sort((a, b) => a - b);
}

/** What each product is worth, in the order of the columns. */
export function worthOf(caller: string, products: readonly string[], values: RankingMetricsOptions['values']): Float64Array | undefined {
  if (values === undefined) return undefined;
  const listed = Array.isArray(values) || ArrayBuffer.isView(values);
  if (listed && values.length !== products.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one of values for each of ${products.length} products, found ${String(values.length)}`, { found: values.length, expected: products.length });
  }
  return Float64Array.from(products, (product, column) => {
    const value = listed ? (values as ArrayLike<number>)[column] : Object.hasOwn(values, product) ? (values as Record<string, number>)[product] : undefined;
    if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs values finite and from 0 up, found ${describeValue(value)} for product "${product}"`, { product, value });
  });
}

/** What stands for the candidates of finished lists: nobody can tell what they were made of. */
export const AS_LISTED = 'as the lists have them';

/** A short mark of what the products are worth, whatever their order: other values have another one but for one case in four billion. */
export function valuesMark(products: readonly string[], worth: Float64Array): string {
  let mark = 0;
  products.forEach((product, column) => {
    // FNV-1a over the UTF-16 units.
    let hash = 0x811c9dc5;
    for (const unit of `${product}\u0000${worth[column]!}`.split('')) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
    mark = (mark + (hash >>> 0)) >>> 0;
  });
  return mark.toString(16);
}

/** What the figures mean, in words. `values` is from {@link valuesMark}. */
export function definitionsOf(denominator: string, candidates: string, values: string | undefined): Record<string, string> {
  return {
    recall: `hits among the first k / ${denominator}, n being the products taken`,
    precision: 'hits among the first k / k',
    hitRate: '1 with a hit among the first k, else 0',
    map: `sum of hits so far / place over the places of the hits among the first k / ${denominator}`,
    ndcg: 'sum of 1 / log2(place + 1) over the hits among the first k / the same for min(k, n) hits in front',
    mrr: '1 / place of the first hit among the first k, 0 without one',
    ...(values !== undefined && { valueNdcg: `as ndcg, each product counting its value, the most valuable in front; only customers who took some value (values ${values})` }),
    candidates,
    ties: 'equal scores in the order of the products, the first one first',
    customers: 'those who took at least one product',
    interval: "Wilson's at the spread between customers",
  };
}

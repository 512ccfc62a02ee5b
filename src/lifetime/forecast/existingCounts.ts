import type { BuyingModel } from '../buying/buyingModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import { expectedUpTo, PairMoments } from './futureCounts.js';

/** Customers whose histories are equal. */
export interface DistinctHistories {
  /** One of each kind. */
  readonly histories: PurchaseHistories;
  /** The kind of each customer. */
  readonly kinds: Int32Array;
  readonly count: number;
}

/** The different histories among customers; covariates make them differ, too. */
export function distinctHistories(customers: PurchaseHistories, count: number): DistinctHistories {
  const { frequency, recency, tenure, covariates = {} } = customers;
  const names = Object.keys(covariates);
  const places = new Map<string, number>();
  const kinds = new Int32Array(count);
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    const key = `${frequency[row]!} ${recency[row]!} ${tenure[row]!} ${names.map((name) => covariates[name]![row]!).join(' ')}`;
    let kind = places.get(key);
    if (kind === undefined) {
      places.set(key, (kind = rows.length));
      rows.push(row);
    }
    kinds[row] = kind;
  }
  const taken = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  const histories = { unit: customers.unit, frequency: taken(frequency), recency: taken(recency), tenure: taken(tenure), covariates: Object.fromEntries(names.map((name) => [name, taken(covariates[name]!)])) };
  return { histories, kinds, count: rows.length };
}

/** The purchases that each kind of customer is expected to make in each period: row by row. */
export function purchasesByPeriod(caller: string, model: BuyingModel, { histories, count }: DistinctHistories, times: Float64Array): Float64Array {
  const width = times.length;
  const upTo = new Float64Array(count * width);
  let at = 0;
  model.each(caller, histories, (...history) => {
    expectedUpTo(model.law, history, times, upTo, at);
    return (at += width);
  });
  const periods = width - 1;
  const counts = new Float64Array(count * periods);
  for (let kind = 0; kind < count; kind++) {
    for (let k = 0; k < periods; k++) counts[kind * periods + k] = Math.max(0, upTo[kind * width + k + 1]! - upTo[kind * width + k]!);
  }
  return counts;
}

/** The mean of N (N - 1) of each kind in each period, and last in all of them together: row by row. */
export function pairsByPeriod(caller: string, model: BuyingModel, { histories, count }: DistinctHistories, times: Float64Array): Float64Array {
  const periods = times.length - 1;
  const found = new Float64Array(count * (periods + 1));
  const moments = new PairMoments(times[periods]!);
  let at = 0;
  model.each(caller, histories, (...history) => {
    moments.load(model.law, history);
    for (let k = 0; k < periods; k++) found[at++] = moments.between(times[k]!, times[k + 1]!);
    return (found[at++] = moments.between(0, times[periods]!));
  });
  return found;
}

import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { newCustomer } from '../newCustomer.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import { PairMoments, type CustomerHistory } from './futureCounts.js';

/** New customers at moments within periods: the nodes of an integral over when they come. */
export interface Newcomers {
  /** When each node comes, in the unit of the model from the start of the forecast. */
  readonly arrivals: Float64Array;
  /** The share of its period's arrivals that it stands for. */
  readonly shares: Float64Array;
  /** The period it comes in. */
  readonly periods: Int32Array;
  /** One of them on arrival. */
  readonly history: PurchaseHistories;
}

/** Nodes in each period. */
const POINTS = 8;

/** Nodes for the periods between these times. */
export function newcomerNodes(model: BuyingModel, times: Float64Array, covariates: Readonly<Record<string, number>> = {}): Newcomers {
  const rule = gaussLegendre(POINTS);
  const count = POINTS * (times.length - 1);
  const [arrivals, shares, periods] = [new Float64Array(count), new Float64Array(count), new Int32Array(count)];
  for (let node = 0; node < count; node++) {
    const period = Math.floor(node / POINTS);
    const { point, weight } = rule[node % POINTS]!;
    arrivals[node] = times[period]! + point * (times[period + 1]! - times[period]!);
    shares[node] = weight;
    periods[node] = period;
  }
  return { arrivals, shares, periods, history: { ...newCustomer(model.unit), covariates: Object.fromEntries(Object.entries(covariates).map(([name, value]) => [name, [value]])) } };
}

/** The repeat purchases expected of one who comes in period j during period k: entry j * periods + k. */
export function repeatsOfNewcomers(caller: string, model: BuyingModel, { arrivals, shares, periods, history }: Newcomers, times: Float64Array): Float64Array {
  const count = times.length - 1;
  const repeats = new Float64Array(count * count);
  model.each(caller, history, (...newcomer) => {
    const alive = model.law.alive(...newcomer);
    for (let node = 0; node < arrivals.length; node++) {
      const from = periods[node]!;
      let before = 0;
      for (let k = from; k < count; k++) {
        const now = alive * model.law.expected(...newcomer, times[k + 1]! - arrivals[node]!);
        repeats[from * count + k]! += shares[node]! * (now - before);
        before = now;
      }
    }
    return 0;
  });
  return repeats;
}

/** The mean of n (n - 1) for the purchases n, the first included, of one who comes in period j during period k; entry `count` of a row: during all. */
export function pairsOfNewcomers(caller: string, model: BuyingModel, { arrivals, shares, periods, history }: Newcomers, times: Float64Array): Float64Array {
  const count = times.length - 1;
  const end = times[count]!;
  const found = new Float64Array(count * (count + 1));
  model.each(caller, history, (...newcomer: CustomerHistory) => {
    const moments = new PairMoments(end);
    moments.load(model.law, newcomer);
    const alive = model.law.alive(...newcomer);
    for (let node = 0; node < arrivals.length; node++) {
      const from = periods[node]!;
      for (let k = from; k <= count; k++) {
        const [a, b] = [k === from || k === count ? 0 : times[k]! - arrivals[node]!, (k === count ? end : times[k + 1]!) - arrivals[node]!];
        // With the first purchase n = 1 + N there, and n (n - 1) = N (N - 1) + 2 N.
        const repeats = a === 0 ? alive * model.law.expected(...newcomer, b) : 0;
        found[from * (count + 1) + k]! += shares[node]! * (moments.between(a, b) + 2 * repeats);
      }
    }
    return 0;
  });
  return found;
}

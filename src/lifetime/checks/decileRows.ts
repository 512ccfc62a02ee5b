import { sortedOrder } from '../../numeric/sorting.js';

/** A tenth of the customers by forecast. */
export interface DecileRow {
  /** 1 holds the highest forecasts. */
  readonly decile: number;
  /** How many; a fraction where a tenth is none. */
  readonly customers: number;
  /** What they did, in all. */
  readonly actual: number;
  /** What was forecast of them, in all. */
  readonly expected: number;
}

/** Customers in tenths by forecast, the highest first; those with one forecast are spread evenly, so that their order leaves no trace. */
export function decileRows(actual: Float64Array, expected: Float64Array): DecileRow[] {
  const n = actual.length;
  const order = sortedOrder(expected);
  const sums = Array.from({ length: 10 }, () => ({ actual: 0, expected: 0 }));
  for (let top = n; top > 0; ) {
    const forecast = expected[order[top - 1]!]!;
    let bottom = top;
    let did = 0;
    for (; bottom > 0 && expected[order[bottom - 1]!]! === forecast; bottom--) did += actual[order[bottom - 1]!]!;
    const count = top - bottom;
    // Places from the top, in tenths.
    const [from, to] = [((n - top) / n) * 10, ((n - bottom) / n) * 10];
    for (let decile = Math.floor(from); decile < Math.min(10, to); decile++) {
      const share = (Math.min(to, decile + 1) - Math.max(from, decile)) / (to - from);
      sums[decile]!.actual += share * did;
      sums[decile]!.expected += share * count * forecast;
    }
    top = bottom;
  }
  return sums.map((sum, i) => ({ decile: i + 1, customers: n / 10, ...sum }));
}

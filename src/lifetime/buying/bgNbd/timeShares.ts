import { distinctValues, type DistinctValues } from '../fitting/distinctValues.js';

/** What a likelihood takes of the times t of its tuples and the rate alpha: ln(1 + t / alpha) and t / (alpha + t), computed once for equal times. */
export class TimeShares {
  /** Which entry each tuple has: its logarithm at twice that, its share after it. */
  readonly index: Int32Array;
  readonly shares: Float64Array;
  readonly #times: Float64Array;

  /** `isShared`: whether all tuples have one alpha. */
  constructor(times: Float64Array, isShared: boolean) {
    const { values, index }: DistinctValues = isShared ? distinctValues(times) : { values: times, index: Int32Array.from(times.keys()) };
    this.#times = values;
    this.index = index;
    this.shares = new Float64Array(2 * values.length);
  }

  /** For one alpha, or one divided by the factor of each tuple. */
  compute(alpha: number, factors: Float64Array | null): void {
    const times = this.#times;
    for (let i = 0; i < times.length; i++) {
      const own = factors === null ? alpha : alpha / factors[i]!;
      this.shares[2 * i] = Math.log1p(times[i]! / own);
      this.shares[2 * i + 1] = times[i]! / (own + times[i]!);
    }
  }
}

import { valueFigure, type ValueFigure } from '../value/valueSums.js';
import type { SharedLoadings } from '../value/sharedLoadings.js';
import type { AmountMoments } from './amountMoments.js';
import type { ForecastFigures } from './forecastTypes.js';

/** Sums of purchases and of what they bring, period by period and in all: an entry for each series and period, the whole last. */
export class ForecastSums {
  readonly periods: number;
  readonly purchases: Float64Array;
  readonly earned: Float64Array;
  readonly purchaseVariance: Float64Array;
  readonly earnedVariance: Float64Array;

  constructor(series: number, periods: number) {
    const column = (): Float64Array => new Float64Array(series * (periods + 1));
    this.periods = periods;
    this.purchases = column();
    this.earned = column();
    this.purchaseVariance = column();
    this.earnedVariance = column();
  }

  /** Adds `weight` independent sources of purchases with the given mean and mean of N (N - 1). */
  add(at: number, weight: number, [mean, pairs]: readonly [number, number], [amount, square, product]: readonly [number, number, number]): void {
    this.purchases[at]! += weight * mean;
    this.earned[at]! += weight * mean * amount;
    this.purchaseVariance[at]! += weight * Math.max(0, pairs + mean - mean * mean);
    if (mean > 0) this.earnedVariance[at]! += weight * Math.max(0, mean * square + pairs * product - (mean * amount) ** 2);
  }
}

/** All that turns sums into figures. */
export interface FigureScale {
  readonly z: number;
  /** What revenue is multiplied by to give margin. */
  readonly margin: number;
  readonly hasRevenue: boolean;
  readonly hasMargin: boolean;
}

/** The figures of one series and period; `loadings` are of purchases and, after them, of what they bring. */
export function figuresOf(sums: ForecastSums, at: number, shared: { readonly purchases: number; readonly earned: number }, { z, margin, hasRevenue, hasMargin }: FigureScale): ForecastFigures {
  const earned = (factor: number): ValueFigure => valueFigure(factor * sums.earned[at]!, factor * factor * sums.earnedVariance[at]!, factor * factor * shared.earned, z);
  return {
    purchases: valueFigure(sums.purchases[at]!, sums.purchaseVariance[at]!, shared.purchases, z),
    revenue: hasRevenue ? earned(1) : null,
    margin: hasMargin ? earned(margin) : null,
  };
}

/** What the parameters' uncertainty makes of sums of answers: rows `first` + k × `step` for k below `count`, each by its factor, added up. */
export function sharedVariance(parts: readonly (SharedLoadings | null)[], rows: readonly (readonly [row: number, factor: number])[]): number {
  let variance = 0;
  for (const part of parts) {
    if (part === null) continue;
    const { width, loadings } = part;
    for (let unknown = 0; unknown < width; unknown++) {
      let sum = 0;
      for (const [row, factor] of rows) sum += factor * loadings[row * width + unknown]!;
      variance += sum * sum;
    }
  }
  return variance;
}

/** Adds the purchases of every customer, by period, to the series of the customer's groups. */
export function addCustomers(sums: ForecastSums, series: readonly Int32Array[], kinds: Int32Array, weights: Float64Array | null, counts: { readonly means: Float64Array; readonly pairs: Float64Array; readonly seasons: Float64Array }, { mean, square, product }: AmountMoments): void {
  const { periods } = sums;
  const { means, pairs, seasons } = counts;
  for (let i = 0; i < kinds.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    const amount = [mean[i]!, square[i]!, product[i]!] as const;
    const from = kinds[i]! * periods;
    let [whole, plain] = [0, 0];
    for (let k = 0; k < periods; k++) {
      const season = seasons[k]!;
      const own = [season * means[from + k]!, season * season * pairs[kinds[i]! * (periods + 1) + k]!] as const;
      for (const codes of series) sums.add(codes[i]! * (periods + 1) + k, weight, own, amount);
      whole += own[0];
      plain += means[from + k]!;
    }
    const swing = plain > 0 ? whole / plain : 1;
    const all = [whole, swing * swing * pairs[kinds[i]! * (periods + 1) + periods]!] as const;
    for (const codes of series) sums.add(codes[i]! * (periods + 1) + periods, weight, all, amount);
  }
}

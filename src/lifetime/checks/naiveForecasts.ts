import type { CustomerSummary } from '../summary/summaryTypes.js';
import type { Histories } from '../purchaseHistories.js';
import type { NaiveForecast } from './backtestTypes.js';
import { forecastErrors } from './forecastErrors.js';

/** Forecasts that need no model, judged; `before` is the previous period, where there is one. */
export function naiveForecasts(histories: Histories, duration: number, actual: Float64Array, ids: readonly (string | number)[], before: CustomerSummary | null): NaiveForecast[] {
  const { frequency, tenure } = histories;
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const time = sum(tenure);
  const meanRate = time > 0 ? sum(frequency) / time : 0;
  const judged = (name: NaiveForecast['name'], expected: Float64Array): NaiveForecast => ({ name, expected: sum(expected), errors: forecastErrors(actual, expected) });
  const found = [
    judged('sameRate', frequency.map((x, i) => (tenure[i]! > 0 ? x / tenure[i]! : meanRate) * duration)),
    judged('meanRate', frequency.map(() => meanRate * duration)),
  ];
  if (before?.holdout === undefined) return found;
  const place = new Map(before.customers.map((id, row) => [id, row]));
  const previous = frequency.map((x, i) => {
    const row = place.get(ids[i]!);
    // Who came within the period made all repeat purchases in it.
    return row === undefined ? x : before.holdout!.frequency[row]!;
  });
  return [...found, judged('previousPeriod', previous), judged('rfmMean', rfmMeans(histories, duration, before))];
}

/** What customers of the same frequency and time since the last purchase did in the previous period, on average. */
function rfmMeans({ count, frequency, recency, tenure }: Histories, duration: number, before: CustomerSummary): Float64Array {
  const cells = new Map<number, { count: number; purchases: number }>();
  const all = { count: 0, purchases: 0 };
  const then = before.holdout!.frequency;
  for (let i = 0; i < then.length; i++) {
    const cell = cellOf(before.frequency[i]!, before.tenure[i]! - before.recency[i]!, duration);
    const known = cells.get(cell) ?? { count: 0, purchases: 0 };
    cells.set(cell, known);
    for (const sums of [known, all]) {
      sums.count++;
      sums.purchases += then[i]!;
    }
  }
  const means = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const cell = cells.get(cellOf(frequency[i]!, tenure[i]! - recency[i]!, duration)) ?? all;
    means[i] = cell.purchases / cell.count;
  }
  return means;
}

/** 0, 1, 2, 3–5, 6–10, more purchases, by time since the last in quarters of the holdout, four or more together. */
function cellOf(x: number, since: number, duration: number): number {
  const often = x <= 2 ? x : x <= 5 ? 3 : x <= 10 ? 4 : 5;
  return often * 5 + Math.min(4, Math.floor((4 * since) / duration));
}

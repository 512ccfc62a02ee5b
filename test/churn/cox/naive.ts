import type { CoxTies } from '../../../src/churn/cox/coxRows.js';

/** Rows with two features, as plain objects. */
export interface NaiveRow {
  readonly entry: number;
  readonly time: number;
  readonly event: number;
  readonly weight: number;
  readonly stratum: string;
  readonly x: number;
  readonly y: number;
}

/** The log partial likelihood as it is defined: every time of an event against all rows, O(n²); the exact one by all subsets. */
export function naiveLikelihood(rows: readonly NaiveRow[], b: readonly [number, number], ties: CoxTies): number {
  const eta = (row: NaiveRow): number => b[0] * row.x + b[1] * row.y;
  let sum = 0;
  for (const stratum of new Set(rows.map((row) => row.stratum))) {
    const mine = rows.filter((row) => row.stratum === stratum && row.weight > 0);
    for (const time of new Set(mine.filter((row) => row.event === 1).map((row) => row.time))) {
      const atRisk = mine.filter((row) => row.entry < time && row.time >= time);
      const events = atRisk.filter((row) => row.time === time && row.event === 1);
      sum += events.reduce((soFar, row) => soFar + row.weight * eta(row), 0);
      if (ties === 'exact') {
        sum -= Math.log(subsetSum(atRisk.map((row) => Math.exp(eta(row))), events.length));
        continue;
      }
      const total = (of: readonly NaiveRow[]): number => of.reduce((soFar, row) => soFar + row.weight * Math.exp(eta(row)), 0);
      const weight = events.reduce((soFar, row) => soFar + row.weight, 0) / events.length;
      events.forEach((_, j) => (sum -= weight * Math.log(total(atRisk) - (ties === 'efron' ? j / events.length : 0) * total(events))));
    }
  }
  return sum;
}

/** The sum over all sets of k of the products of their risks. */
function subsetSum(risks: readonly number[], k: number): number {
  if (k === 0) return 1;
  if (risks.length < k) return 0;
  const [first, ...rest] = risks as [number, ...number[]];
  return first * subsetSum(rest, k - 1) + subsetSum(rest, k);
}

/** Slopes by central differences. */
export function slopesOf(f: (b: [number, number]) => number, b: readonly [number, number], step = 1e-5): [number, number] {
  const along = (j: number): number => {
    const at = (h: number): number => f([b[0] + (j === 0 ? h : 0), b[1] + (j === 1 ? h : 0)]);
    return (at(step) - at(-step)) / (2 * step);
  };
  return [along(0), along(1)];
}

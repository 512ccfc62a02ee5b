import type { RfmPortfolio } from './scoreCustomers.js';

/** One cell of the heat map of recency and frequency. */
export interface RfmGridCell {
  /** 1 (longest ago) to `bins` (most recent). */
  readonly recencyScore: number;
  /** 1 (least) to `bins` (most). */
  readonly frequencyScore: number;
  /** How many customers. */
  readonly customers: number;
  /** Their share of all, 0 to 1. */
  readonly share: number;
  /** Mean of their monetary value; `NaN` for a cell without customers, and without amounts. */
  readonly meanMonetary: number;
}

/**
 * The customers of a portfolio cell by cell of recency and frequency score: plain data for the heat map.
 *
 * @param portfolio - a result of `rfm`
 * @returns `bins` · `bins` cells, empty ones too: by recency score ascending, then by frequency score ascending
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { rfm } from 'clientela/segmentation';
 * const log = EventLog.fromRows([
 *   { id: 'ann', day: '2026-06-01', paid: 40 },
 *   { id: 'ann', day: '2026-06-20', paid: 60 },
 *   { id: 'bob', day: '2025-12-31', paid: 10 },
 * ], { customer: 'id', time: 'day', amount: 'paid' });
 * const grid = rfmGrid(rfm(log, { asOf: '2026-06-30', bins: 2, segments: false }));
 * grid.map((cell) => cell.customers); // => [1, 0, 0, 1]
 * grid[3]?.meanMonetary; // => 100
 * ```
 */
export function rfmGrid(portfolio: RfmPortfolio): RfmGridCell[] {
  const { bins, recencyScore, frequencyScore, monetary } = portfolio;
  const customers = new Float64Array(bins * bins);
  const money = new Float64Array(bins * bins);
  for (let i = 0; i < monetary.length; i++) {
    const cell = (recencyScore[i]! - 1) * bins + frequencyScore[i]! - 1;
    customers[cell]!++;
    money[cell]! += monetary[i]!;
  }
  return Array.from(customers, (count, cell) => ({
    recencyScore: Math.floor(cell / bins) + 1,
    frequencyScore: (cell % bins) + 1,
    customers: count,
    share: count / monetary.length,
    meanMonetary: money[cell]! / count,
  }));
}

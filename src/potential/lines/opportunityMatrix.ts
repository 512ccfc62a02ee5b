import { requireWhole } from '../../data/options.js';
import { bestCells } from './bestCells.js';
import type { OpportunityMatrix, OpportunityOptions } from './opportunityOptions.js';
import { readOpportunities } from './readOpportunities.js';

/**
 * Which customer promises what in which line: probability of opening the line * its wallet where it is not held, ease * step * headroom
 * where it is, times the margin.
 *
 * Lines may not promise twice the same money: substitutes together no more than the largest of their wallets, and all lines together no more
 * than the total headroom where it is given; what exceeds is cut in proportion. O(customers * lines).
 *
 * @param options - `lines`, `probability` and `perLine` at least
 * @returns the cells, their sums, and the best of them
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `DUPLICATE_COLUMN`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * const matrix = opportunityMatrix({
 *   lines: ['card', 'insurance'],
 *   probability: [0.1, 0.3, 0.2, 0.4],
 *   perLine: [{ wallet: [1000, 500], present: [200, 0] }, { wallet: [300, 600] }],
 *   ease: 0.5,
 * });
 * matrix.opportunity; // => [80, 90, 100, 240]
 * matrix.top[0]; // => { row: 1, customer: null, line: 'insurance', kind: 'open', opportunity: 240 }
 * matrix.byLine[0]?.growing; // => 80
 * ```
 */
export function opportunityMatrix(options: OpportunityOptions): OpportunityMatrix {
  const cells = readOpportunities(options);
  const { width, rows, expected, limits, held, eligible, margins } = cells;
  const opportunity = new Float64Array(rows * width);
  const byCustomer = new Float64Array(rows);
  const bestLine = new Int32Array(rows).fill(-1);
  const sums = new Float64Array(width * 4);
  let limited = 0;
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    if (limitRow(expected, at, limits, cells.groups, cells.totalHeadroom?.[row] ?? Infinity, width)) limited++;
    let best = 0;
    for (let line = 0; line < width; line++) {
      const cell = at + line;
      const value = expected[cell]! * margins[line]!;
      opportunity[cell] = value;
      byCustomer[row]! += value;
      if (value > best) [best, bestLine[row]] = [value, line];
      if (eligible !== null && eligible[cell] === 0) continue;
      sums[line * 4 + (held[cell] === 0 ? 0 : 1)]! += value;
      sums[line * 4 + (held[cell] === 0 ? 2 : 3)]!++;
    }
  }
  const { lines, customers = null, top = 100 } = options;
  return {
    ...{ lines, customers, opportunity, byCustomer, bestLine },
    byLine: lines.map((line, i) => {
      const [opening, growing, customersToOpen, customersToGrow] = sums.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
      return { line, opening, growing, opportunity: opening + growing, customersToOpen, customersToGrow };
    }),
    total: byCustomer.reduce((sum, value) => sum + value, 0),
    top: bestCells(opportunity, held, lines, customers, requireWhole('opportunityMatrix', 'top', top, 0)),
    limited,
  };
}

// Cuts a customer's expected amounts in proportion, first within groups of substitutes, then all; whether any was cut.
function limitRow(expected: Float64Array, at: number, limits: Float64Array, groups: readonly (readonly number[])[], total: number, width: number): boolean {
  let isCut = false;
  for (const group of groups) {
    let [sum, most] = [0, 0];
    for (const line of group) {
      sum += expected[at + line]!;
      if (expected[at + line]! > 0 && limits[at + line]! > most) most = limits[at + line]!;
    }
    if (sum <= most) continue;
    isCut = true;
    for (const line of group) expected[at + line]! *= most / sum;
  }
  let sum = 0;
  for (let line = 0; line < width; line++) sum += expected[at + line]!;
  if (sum <= total) return isCut;
  for (let line = 0; line < width; line++) expected[at + line]! *= total / sum;
  return true;
}

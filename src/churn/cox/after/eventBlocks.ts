import type { CoxRows } from '../coxRows.js';
import { RiskSums } from '../riskSums.js';

/**
 * What is known where events happen. With d events of mean weight w, S0 and S1 the sums of r and r z over the risk set, D1 that over the events,
 * c_j = j / d (Breslow: 0) and u_j = 1 / (S0 - c_j D0) for j = 0 .. d - 1, all in the unit of the block. One object for all blocks: copy what stays.
 */
export interface EventBlock {
  /** Which block of the rows. */
  block: number;
  eventCount: number;
  /** Mean weight of the events. */
  weight: number;
  /** What was taken from eta. */
  unit: number;
  /** S1, of which nothing must be kept. */
  sum: Float64Array;
  /** D1; zeros where no ties are broken. */
  tied: Float64Array;
  /** Sum of u. */
  a: number;
  /** Sum of c u. */
  b: number;
  /** Sum of u². */
  a2: number;
  /** Sum of c u². */
  b2: number;
  /** Sum of c² u². */
  c2: number;
}

/**
 * Walks over the blocks with events, stratum after stratum, in each the latest time first.
 *
 * @returns eta of every row, and whether all blocks have one unit
 */
export function walkEvents(rows: CoxRows, beta: Float64Array, ties: 'efron' | 'breslow', visit: (at: EventBlock) => void): { readonly eta: Float64Array; readonly isFlat: boolean } {
  const { stratumBlocks, blockStarts, eventEnds } = rows;
  const risks = new RiskSums(rows);
  risks.moveTo(beta);
  const at: EventBlock = { block: 0, eventCount: 0, weight: 0, unit: 0, sum: risks.sum, tied: new Float64Array(rows.columnCount), a: 0, b: 0, a2: 0, b2: 0, c2: 0 };
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    risks.begin(s);
    for (let block = stratumBlocks[s]!; block < stratumBlocks[s + 1]!; block++) {
      risks.advance(block);
      const start = blockStarts[block]!;
      const eventCount = eventEnds[block]! - start;
      if (eventCount === 0) continue;
      Object.assign(at, { block, eventCount, weight: meanWeight(rows, start, eventCount), unit: risks.unit });
      breakTies(rows, risks, at, start, ties === 'efron');
      visit(at);
    }
  }
  return { eta: risks.eta, isFlat: risks.isFlat };
}

function meanWeight({ weights }: CoxRows, start: number, eventCount: number): number {
  if (weights === null) return 1;
  let sum = 0;
  for (let row = start; row < start + eventCount; row++) sum += weights[row]!;
  return sum / eventCount;
}

function breakTies({ design, columnCount }: CoxRows, risks: RiskSums, at: EventBlock, start: number, isEfron: boolean): void {
  const { eventCount, tied } = at;
  const inverse = 1 / risks.sum0;
  tied.fill(0);
  at.a = eventCount * inverse;
  at.a2 = at.a * inverse;
  at.b = at.b2 = at.c2 = 0;
  if (eventCount === 1 || !isEfron) return;
  let tied0 = 0;
  for (let row = start, from = start * columnCount; row < start + eventCount; row++) {
    const risk = risks.risk(row);
    tied0 += risk;
    for (let j = 0; j < columnCount; j++) tied[j]! += risk * design[from++]!;
  }
  at.a = at.a2 = 0;
  for (let j = 0; j < eventCount; j++) {
    const c = j / eventCount;
    const u = 1 / (risks.sum0 - c * tied0);
    at.a += u;
    at.b += c * u;
    at.a2 += u * u;
    at.b2 += c * u * u;
    at.c2 += c * c * u * u;
  }
}

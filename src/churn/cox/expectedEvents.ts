import type { CoxRows } from './coxRows.js';
import { HazardTree } from './hazardTree.js';

/** What a sweep over the risk sets leaves behind, from which expected events follow. */
export interface SweptRisks {
  readonly rows: CoxRows;
  /** Expected events of each row, times its weight. */
  readonly expected: Float64Array;
  /** Of each row, in the unit of its block: w exp(eta - unit). */
  readonly risks: Float64Array;
  readonly eta: Float64Array;
  /** Block by block: w A and w B times exp(unit), and the unit. */
  readonly hazards: Float64Array;
  readonly tiedShares: Float64Array;
  readonly units: Float64Array;
}

/** Of the rows of blocks `first` to `end` - 1 (a stratum), all there from the start: the hazard so far, going forward in time. */
export function expectFromStart({ rows, expected, risks, hazards, tiedShares, units }: SweptRisks, first: number, end: number): void {
  const { blockStarts, eventEnds } = rows;
  let hazard = 0;
  for (let b = end - 1; b >= first; b--) {
    // Going forward rows leave, so that the unit falls: what is summed so far is scaled down with it.
    if (b < end - 1 && units[b]! < units[b + 1]!) hazard *= Math.exp(units[b]! - units[b + 1]!);
    hazard += hazards[b]!;
    const ofEvents = hazard - tiedShares[b]!;
    const eventEnd = eventEnds[b]!;
    const stop = blockStarts[b + 1]!;
    let row = blockStarts[b]!;
    for (; row < eventEnd; row++) expected[row] = risks[row]! * ofEvents;
    for (; row < stop; row++) expected[row] = risks[row]! * hazard;
  }
}

/** The same where rows enter later: the hazards from each entry on. */
export function expectBetween({ rows, expected, risks, eta, hazards, tiedShares, units }: SweptRisks, first: number, end: number): void {
  const { blockStarts, eventEnds, weights } = rows;
  const tree = new HazardTree(end - first);
  tree.fill(hazards, units, first);
  const entered = blocksSinceEntry(rows, first, end);
  const firstRow = blockStarts[first]!;
  for (let b = first; b < end; b++) {
    for (let row = blockStarts[b]!; row < blockStarts[b + 1]!; row++) {
      const atRisk = (weights === null ? 1 : weights[row]!) * tree.expected(eta[row]!, b - first, entered[row - firstRow]!);
      expected[row] = row < eventEnds[b]! ? atRisk - risks[row]! * tiedShares[b]! : atRisk;
    }
  }
}

/** How many blocks of the stratum are of a later time than each row's entry. */
function blocksSinceEntry({ blockStarts, durations, leaving, entries }: CoxRows, first: number, end: number): Uint32Array {
  const firstRow = blockStarts[first]!;
  const blocks = new Uint32Array(blockStarts[end]! - firstRow);
  let block = first;
  for (let i = firstRow; i < blockStarts[end]!; i++) {
    const row = leaving![i]!;
    while (block < end && durations[blockStarts[block]!]! > entries![row]!) block++;
    blocks[row - firstRow] = block - first;
  }
  return blocks;
}

import type { CoxRows } from './coxRows.js';

/** Risks within a factor exp(300) of each other have one unit: neither their sums nor the squares of these leave the range of numbers. */
const ONE_UNIT = 300;
/** Below this share of its peak a sum that rows were taken out of has lost too many digits. */
const DIGITS_LOST = 1e-5;

/**
 * S0 and S1 of the risk set, block after block, the latest time first: sums of r and r z with r = w exp(eta - unit). The unit is the largest eta
 * of all rows, or where they are too far apart for one, of the rows at risk. O(rows * columns) over all blocks.
 */
export class RiskSums {
  readonly eta: Float64Array;
  /** r of each row in the unit of its own block, of the blocks gone by. */
  readonly risks: Float64Array;
  readonly sum: Float64Array;
  sum0 = 0;
  unit = 0;
  /** Whether all blocks have one unit. */
  isFlat = true;
  readonly #rows: CoxRows;
  #highest = 0;
  #firstRow = 0;
  #lastRow = 0;
  #out = 0;
  #peak = 0;

  constructor(rows: CoxRows) {
    this.#rows = rows;
    this.eta = new Float64Array(rows.rowCount);
    this.risks = new Float64Array(rows.rowCount);
    this.sum = new Float64Array(rows.columnCount);
  }

  /** Takes the coefficients of the standardised design. */
  moveTo(beta: Float64Array): void {
    const { design, rowCount, columnCount } = this.#rows;
    const { eta } = this;
    let lowest = Infinity;
    let highest = -Infinity;
    for (let row = 0, at = 0; row < rowCount; row++) {
      let sum = 0;
      for (let j = 0; j < columnCount; j++) sum += design[at++]! * beta[j]!;
      eta[row] = sum;
      if (sum > highest) highest = sum;
      if (sum < lowest) lowest = sum;
    }
    this.#highest = highest;
    this.isFlat = highest - lowest < ONE_UNIT;
  }

  /** Begins a stratum: nobody is at risk yet. */
  begin(stratum: number): void {
    const { stratumBlocks, blockStarts } = this.#rows;
    this.#firstRow = this.#out = blockStarts[stratumBlocks[stratum]!]!;
    this.#lastRow = blockStarts[stratumBlocks[stratum + 1]!]!;
    this.sum0 = this.#peak = 0;
    this.sum.fill(0);
    this.unit = this.isFlat ? this.#highest : -Infinity;
  }

  /** Goes to the next block of the stratum. */
  advance(block: number): void {
    const { blockStarts, entries, durations } = this.#rows;
    const start = blockStarts[block]!;
    const end = blockStarts[block + 1]!;
    if (entries !== null) this.#takeOut(entries, durations[start]!);
    if (!this.isFlat) this.#raiseUnit(start, end);
    this.#putIn(start, end);
    if (this.sum0 > this.#peak) this.#peak = this.sum0;
    else if (this.sum0 < DIGITS_LOST * this.#peak) this.#sumAgain(start, end);
  }

  /** r of a row, in the unit of the block. */
  risk(row: number): number {
    const { weights } = this.#rows;
    const risk = Math.exp(this.eta[row]! - this.unit);
    return weights === null ? risk : weights[row]! * risk;
  }

  #putIn(start: number, end: number): void {
    const { eta, risks, sum, unit } = this;
    const { design, weights, columnCount } = this.#rows;
    let sum0 = this.sum0;
    for (let row = start, at = start * columnCount; row < end; row++) {
      const risk = weights === null ? Math.exp(eta[row]! - unit) : weights[row]! * Math.exp(eta[row]! - unit);
      risks[row] = risk;
      sum0 += risk;
      for (let j = 0; j < columnCount; j++) sum[j]! += risk * design[at++]!;
    }
    this.sum0 = sum0;
  }

  #add(row: number, sign: 1 | -1): void {
    const { design, columnCount } = this.#rows;
    const { sum } = this;
    const risk = sign * this.risk(row);
    this.sum0 += risk;
    for (let j = 0, at = row * columnCount; j < columnCount; j++) sum[j]! += risk * design[at++]!;
  }

  /** Rows that enter at this time or later were not yet at risk. */
  #takeOut(entries: Float64Array, time: number): void {
    const leaving = this.#rows.leaving!;
    for (; this.#out < this.#lastRow && entries[leaving[this.#out]!]! >= time; this.#out++) this.#add(leaving[this.#out]!, -1);
  }

  #raiseUnit(start: number, end: number): void {
    let unit = this.unit;
    for (let row = start; row < end; row++) unit = Math.max(unit, this.eta[row]!);
    if (unit === this.unit) return;
    const factor = Math.exp(this.unit - unit);
    this.sum0 *= factor;
    this.#peak *= factor;
    for (let j = 0; j < this.sum.length; j++) this.sum[j]! *= factor;
    this.unit = unit;
  }

  /** The sums from the rows that are at risk in this block, and none that left. */
  #sumAgain(start: number, end: number): void {
    const entries = this.#rows.entries!;
    const time = this.#rows.durations[start]!;
    if (!this.isFlat) {
      this.unit = -Infinity;
      for (let row = this.#firstRow; row < end; row++) if (entries[row]! < time) this.unit = Math.max(this.unit, this.eta[row]!);
    }
    this.sum0 = 0;
    this.sum.fill(0);
    for (let row = this.#firstRow; row < start; row++) if (entries[row]! < time) this.#add(row, 1);
    this.#putIn(start, end);
    this.#peak = this.sum0;
  }
}

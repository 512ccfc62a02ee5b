import type { CoxRows } from './coxRows.js';
import type { CoxSweep } from './coxSweep.js';

/**
 * Half the slope of log det I: tr(G dI/db_c) / 2 for every column c, G the inverse information; the sweep was evaluated at those coefficients.
 *
 * dI/db_c are third central moments of z among the rows at risk. With q = z' G z they need no third-order sums: for one draw of an event, M0, M1, M2
 * the sums of r, r z, r z z', Q0 and Q1 those of r q and r q z, m = M1 / M0,
 *
 *     tr(G dI/db_c) = Q1_c / M0 - m_c Q0 / M0 - 2 sum_a (G m)_a (M2_ac / M0 - m_a m_c)
 *
 * and among d tied events (Efron) draw j takes c_j = j / d of the events' own sums off. O((rows + events) columns²); where rows enter later the sums
 * begin anew at each time of an event.
 */
export function firthSlopes(rows: CoxRows, sweep: CoxSweep, inverse: Float64Array, ties: 'efron' | 'breslow'): Float64Array {
  const { blockStarts, eventEnds, stratumBlocks, entries, weights, durations, columnCount: size } = rows;
  const atRisk = new MomentSums(rows, inverse);
  const tied = new MomentSums(rows, inverse);
  const slopes = new Float64Array(size);
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    const first = blockStarts[stratumBlocks[s]!]!;
    atRisk.clear();
    let unit = -Infinity;
    for (let b = stratumBlocks[s]!; b < stratumBlocks[s + 1]!; b++) {
      const start = blockStarts[b]!;
      const count = eventEnds[b]! - start;
      const next = sweep.units[b]!;
      if (entries !== null) atRisk.clear();
      else if (next !== unit && unit > -Infinity) atRisk.scale(Math.exp(unit - next));
      unit = next;
      if (entries !== null && count === 0) continue;
      for (let row = entries === null ? start : first; row < blockStarts[b + 1]!; row++) {
        if (entries === null || entries[row]! < durations[start]!) atRisk.add(row, (weights === null ? 1 : weights[row]!) * Math.exp(sweep.eta[row]! - unit));
      }
      if (count === 0) continue;
      let weight = 0;
      for (let row = start; row < start + count; row++) weight += weights === null ? 1 : weights[row]!;
      if (count === 1 || ties === 'breslow') {
        addDraw(slopes, weight, atRisk, null, 0, inverse, size);
        continue;
      }
      tied.clear();
      for (let row = start; row < start + count; row++) tied.add(row, sweep.risks[row]!);
      for (let j = 0; j < count; j++) addDraw(slopes, weight / count, atRisk, tied, j / count, inverse, size);
    }
  }
  return slopes.map((slope) => slope / 2);
}

/** Sums over rows of r, r z, r z z' (full), r q and r q z. */
class MomentSums {
  readonly #design: Float64Array;
  readonly #inverse: Float64Array;
  readonly #size: number;
  /** M0 and Q0. */
  readonly scalars: Float64Array = new Float64Array(2);
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;

  constructor({ design, columnCount }: CoxRows, inverse: Float64Array) {
    this.#design = design;
    this.#inverse = inverse;
    this.#size = columnCount;
    this.first = new Float64Array(columnCount);
    this.second = new Float64Array(columnCount * columnCount);
    this.third = new Float64Array(columnCount);
  }

  clear(): void {
    this.scale(0);
  }

  scale(factor: number): void {
    for (const sums of [this.scalars, this.first, this.second, this.third]) for (let i = 0; i < sums.length; i++) sums[i] = factor === 0 ? 0 : sums[i]! * factor;
  }

  add(row: number, risk: number): void {
    const size = this.#size;
    const from = row * size;
    let q = 0;
    for (let a = 0; a < size; a++) {
      const za = this.#design[from + a]!;
      let product = 0;
      for (let c = 0; c < size; c++) {
        product += this.#inverse[a * size + c]! * this.#design[from + c]!;
        this.second[a * size + c]! += risk * za * this.#design[from + c]!;
      }
      q += za * product;
    }
    this.scalars[0]! += risk;
    this.scalars[1]! += risk * q;
    for (let a = 0; a < size; a++) {
      this.first[a]! += risk * this.#design[from + a]!;
      this.third[a]! += risk * q * this.#design[from + a]!;
    }
  }
}

function addDraw(slopes: Float64Array, weight: number, all: MomentSums, tied: MomentSums | null, c: number, inverse: Float64Array, size: number): void {
  const left = (of: 'scalars' | 'first' | 'second' | 'third', i: number): number => all[of][i]! - (tied === null ? 0 : c * tied[of][i]!);
  const m0 = left('scalars', 0);
  const mean = Float64Array.from({ length: size }, (_, a) => left('first', a) / m0);
  const pulled = mean.map((_, a) => mean.reduce((sum, m, k) => sum + inverse[a * size + k]! * m, 0));
  const pulledMean = mean.reduce((sum, m, a) => sum + m * pulled[a]!, 0);
  for (let k = 0; k < size; k++) {
    let cross = 0;
    for (let a = 0; a < size; a++) cross += pulled[a]! * left('second', a * size + k);
    slopes[k]! += weight * (left('third', k) / m0 - (mean[k]! * left('scalars', 1)) / m0 - 2 * (cross / m0 - pulledMean * mean[k]!));
  }
}

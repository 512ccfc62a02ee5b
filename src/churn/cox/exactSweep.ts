import { ClientelaError } from '../../errors.js';
import type { CoxRows } from './coxRows.js';
import type { CoxLikelihood, CoxSums } from './coxSweep.js';
import { mirror } from './gramSum.js';

/** Products of one evaluation beyond which the exact method is refused: some 20 s. */
const MOST_PRODUCTS = 1e10;

/**
 * The exact partial likelihood of discrete times: at each time the probability that of all sets of so many rows at risk it was this one (Cox, 1972;
 * the recursion of Gail, Lubin and Rubinstein, 1981).
 *
 * e_k is the sum over all sets of k rows at risk of exp(sum of eta), M_k and V_k are mean and covariance of the sum of z over such a set, drawn with
 * those probabilities. One more row at risk is in the set with probability p = exp(eta) e_{k-1} / e_k (the new e_k), and
 *
 *     M_k <- (1 - p) M_k + p (M_{k-1} + z)      V_k <- (1 - p) V_k + p V_{k-1} + p (1 - p) D D',  D = M_{k-1} + z - M_k
 *
 * so that nothing is subtracted and nothing leaves the range of numbers. d events at a time add sum eta - log e_d, sum z - M_d and V_d.
 * O(rows * largest tie * columns²); where rows enter later this at every time of an event.
 */
export class ExactSweep implements CoxLikelihood {
  readonly #rows: CoxRows;
  readonly #eta: Float64Array;
  readonly #gradient: Float64Array;
  readonly #lower: Float64Array;
  readonly #information: Float64Array;
  /** log e_k, M_k and V_k (lower triangle), level after level. */
  readonly #logs: Float64Array;
  readonly #means: Float64Array;
  readonly #spreads: Float64Array;
  readonly #gap: Float64Array;
  /** Block by block the largest tie from there on: no higher level is needed. */
  readonly #levels: Uint32Array;
  #known = 0;

  constructor(caller: string, rows: CoxRows) {
    const size = rows.columnCount;
    this.#rows = rows;
    this.#levels = levelsNeeded(rows);
    const highest = this.#levels.reduce((most, level) => Math.max(most, level), 0);
    requireFewProducts(caller, rows, this.#levels);
    this.#eta = new Float64Array(rows.rowCount);
    this.#gradient = new Float64Array(size);
    this.#lower = new Float64Array(size * size);
    this.#information = new Float64Array(size * size);
    this.#logs = new Float64Array(highest + 1);
    this.#means = new Float64Array((highest + 1) * size);
    this.#spreads = new Float64Array((highest + 1) * size * size);
    this.#gap = new Float64Array(size);
  }

  /** The sums at the coefficients of the standardised design. */
  evaluate(beta: Float64Array): CoxSums {
    const { blockStarts, stratumBlocks, entries, columnCount } = this.#rows;
    this.#readEta(beta);
    this.#gradient.fill(0);
    this.#lower.fill(0);
    let logLikelihood = 0;
    for (let s = 0; s + 1 < stratumBlocks.length; s++) {
      this.#known = 0;
      for (let b = stratumBlocks[s]!; b < stratumBlocks[s + 1]!; b++) {
        if (entries !== null) this.#startAgain(b, blockStarts[stratumBlocks[s]!]!);
        else for (let row = blockStarts[b]!; row < blockStarts[b + 1]!; row++) this.#add(row, this.#levels[b]!);
        logLikelihood += this.#addBlock(b);
      }
    }
    mirror(this.#lower, this.#information, columnCount);
    return { logLikelihood, gradient: this.#gradient, information: this.#information };
  }

  #readEta(beta: Float64Array): void {
    const { design, rowCount, columnCount } = this.#rows;
    for (let row = 0, at = 0; row < rowCount; row++) {
      let sum = 0;
      for (let j = 0; j < columnCount; j++) sum += design[at++]! * beta[j]!;
      this.#eta[row] = sum;
    }
  }

  /** The rows at risk in a block, all anew: those that entered since cannot be taken out. */
  #startAgain(b: number, first: number): void {
    const { blockStarts, eventEnds, durations } = this.#rows;
    const entries = this.#rows.entries!;
    const level = eventEnds[b]! - blockStarts[b]!;
    this.#known = 0;
    if (level === 0) return;
    const time = durations[blockStarts[b]!]!;
    for (let row = first; row < blockStarts[b + 1]!; row++) if (entries[row]! < time) this.#add(row, level);
  }

  /** One more row at risk, for sets of up to so many rows. */
  #add(row: number, levels: number): void {
    const logs = this.#logs;
    const eta = this.#eta[row]!;
    for (let k = Math.min(this.#known + 1, levels); k > 0; k--) {
      const withRow = eta + logs[k - 1]!;
      const isFirst = k > this.#known;
      const total = isFirst ? withRow : addLogs(logs[k]!, withRow);
      this.#mix(row, k, isFirst ? 1 : Math.exp(withRow - total));
      logs[k] = total;
    }
    this.#known++;
  }

  #mix(row: number, k: number, share: number): void {
    const { design, columnCount } = this.#rows;
    const means = this.#means;
    const spreads = this.#spreads;
    const gap = this.#gap;
    const at = k * columnCount;
    const rest = 1 - share;
    for (let j = 0; j < columnCount; j++) {
      const into = means[at - columnCount + j]! + design[row * columnCount + j]!;
      gap[j] = rest === 0 ? 0 : into - means[at + j]!;
      means[at + j] = rest === 0 ? into : means[at + j]! + share * gap[j]!;
    }
    for (let i = 0, to = at * columnCount, from = to - columnCount * columnCount; i < columnCount; i++, to += columnCount, from += columnCount) {
      const pull = share * rest * gap[i]!;
      for (let j = 0; j <= i; j++) spreads[to + j] = rest * spreads[to + j]! + share * spreads[from + j]! + pull * gap[j]!;
    }
  }

  /** What the events of a block add; their part of the log-likelihood. */
  #addBlock(b: number): number {
    const { blockStarts, eventEnds, design, columnCount } = this.#rows;
    const start = blockStarts[b]!;
    const count = eventEnds[b]! - start;
    if (count === 0) return 0;
    let sum = -this.#logs[count]!;
    for (let row = start; row < start + count; row++) {
      sum += this.#eta[row]!;
      for (let j = 0; j < columnCount; j++) this.#gradient[j]! += design[row * columnCount + j]!;
    }
    for (let j = 0; j < columnCount; j++) this.#gradient[j]! -= this.#means[count * columnCount + j]!;
    const from = count * columnCount * columnCount;
    for (let i = 0; i < this.#lower.length; i++) this.#lower[i]! += this.#spreads[from + i]!;
    return sum;
  }
}

/** log(e^a + e^b). */
function addLogs(a: number, b: number): number {
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

function levelsNeeded({ blockStarts, eventEnds, stratumBlocks }: CoxRows): Uint32Array {
  const levels = new Uint32Array(eventEnds.length);
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    let most = 0;
    for (let b = stratumBlocks[s + 1]! - 1; b >= stratumBlocks[s]!; b--) levels[b] = most = Math.max(most, eventEnds[b]! - blockStarts[b]!);
  }
  return levels;
}

function requireFewProducts(caller: string, { blockStarts, eventEnds, stratumBlocks, columnCount, entries }: CoxRows, levels: Uint32Array): void {
  let steps = 0;
  for (let s = 0; s + 1 < stratumBlocks.length; s++) {
    for (let b = stratumBlocks[s]!; b < stratumBlocks[s + 1]!; b++) {
      const count = eventEnds[b]! - blockStarts[b]!;
      steps += entries === null ? levels[b]! * (blockStarts[b + 1]! - blockStarts[b]!) : count * (blockStarts[b + 1]! - blockStarts[stratumBlocks[s]!]!);
    }
  }
  // Logarithms cost as much as some twenty products.
  const products = steps * (columnCount * columnCount * 0.5 + 20);
  if (products <= MOST_PRODUCTS) return;
  const largest = levels.reduce((most, level) => Math.max(most, level), 0);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs fewer tied events for ties: 'exact', found up to ${largest} at one time, which takes ${products.toExponential(0)} products an iteration; use ties: 'efron'`, { function: caller, option: 'ties', largestTie: largest });
}

import type { CoxRows } from './coxRows.js';
import { expectBetween, expectFromStart } from './expectedEvents.js';
import { GramSum, mirror } from './gramSum.js';
import { RiskSums } from './riskSums.js';

/** The log partial likelihood at some coefficients, with its derivatives. */
export interface CoxSums {
  readonly logLikelihood: number;
  /** Of the log-likelihood. */
  readonly gradient: Float64Array;
  /** Minus its second derivatives, row-major, symmetric. */
  readonly information: Float64Array;
}

/** What every kind of partial likelihood can do. The arrays it returns are its own, and good until the next call. */
export interface CoxLikelihood {
  /** The sums at the coefficients of the standardised design. */
  evaluate(beta: Float64Array): CoxSums;
}

/**
 * Efron's and Breslow's partial likelihood in one sweep, the latest time first.
 *
 * With r = w exp(eta - unit), S0 and S1 the sums of r and r z over the risk set, D0 and D1 over the d events of a block, w the mean weight of
 * these, c_j = j / d (Breslow: 0) and u_j = 1 / (S0 - c_j D0):
 *
 *     log L += sum w eta - w sum log(1 / u_j)      A = sum u   B = sum c u   A2 = sum u²   B2 = sum c u²   C2 = sum c² u²
 *     U     += sum w z - w (A S1 - B D1)
 *     I     -= w (A2 S1 S1' - B2 (S1 D1' + D1 S1') + C2 D1 D1')
 *
 * What is added to I is one Gram matrix weighted by expected events, r (sum of w A over the blocks a row was at risk in) - r w B where it is an
 * event: a block costs O(d + p), whatever its ties. The unit is the running maximum of eta in the risk set where one for all would not do.
 * O(rows * columns²).
 */
export class CoxSweep implements CoxLikelihood {
  readonly rows: CoxRows;
  /** Expected events of each row, times its weight; of the last call. */
  readonly expected: Float64Array;
  /** Of each row, the unit of its block taken out: w exp(eta - unit). */
  readonly risks: Float64Array;
  readonly eta: Float64Array;
  /** Block by block: w A and w B times exp(unit), and the unit. */
  readonly hazards: Float64Array;
  readonly tiedShares: Float64Array;
  readonly units: Float64Array;
  readonly #isEfron: boolean;
  readonly #atRisk: RiskSums;
  readonly #gradient: Float64Array;
  readonly #information: Float64Array;
  readonly #gram: GramSum;
  /** Sum of w z over all events: their part of the gradient. */
  readonly #eventSum: Float64Array;
  readonly #tied: Float64Array;
  readonly #shares: Float64Array = new Float64Array(6);
  #logLikelihood = 0;

  constructor(rows: CoxRows, ties: 'efron' | 'breslow') {
    const { rowCount, columnCount } = rows;
    const blocks = rows.eventEnds.length;
    this.rows = rows;
    this.#isEfron = ties === 'efron';
    this.#atRisk = new RiskSums(rows);
    this.risks = this.#atRisk.risks;
    this.eta = this.#atRisk.eta;
    this.expected = new Float64Array(rowCount);
    this.hazards = new Float64Array(blocks);
    this.tiedShares = new Float64Array(blocks);
    this.units = new Float64Array(blocks);
    this.#gradient = new Float64Array(columnCount);
    this.#information = new Float64Array(columnCount * columnCount);
    this.#gram = new GramSum(columnCount);
    this.#eventSum = sumOfEvents(rows);
    this.#tied = new Float64Array(columnCount);
  }

  evaluate(beta: Float64Array): CoxSums {
    const { rows } = this;
    const { stratumBlocks } = rows;
    this.#gram.clear();
    this.#gradient.set(this.#eventSum);
    this.#logLikelihood = beta.reduce((sum, b, j) => sum + b * this.#eventSum[j]!, 0);
    this.#atRisk.moveTo(beta);
    for (let s = 0; s + 1 < stratumBlocks.length; s++) {
      const first = stratumBlocks[s]!;
      const end = stratumBlocks[s + 1]!;
      this.#atRisk.begin(s);
      for (let b = first; b < end; b++) this.#block(b);
      if (rows.entries === null) expectFromStart(this, first, end);
      else expectBetween(this, first, end);
    }
    this.#gram.flush();
    this.#gram.addRows(rows.design, this.expected, rows.rowCount);
    mirror(this.#gram.sum, this.#information, rows.columnCount);
    return { logLikelihood: this.#logLikelihood, gradient: this.#gradient, information: this.#information };
  }

  #block(b: number): void {
    const { blockStarts, eventEnds } = this.rows;
    this.#atRisk.advance(b);
    this.units[b] = this.#atRisk.unit;
    this.hazards[b] = 0;
    this.tiedShares[b] = 0;
    const start = blockStarts[b]!;
    const eventCount = eventEnds[b]! - start;
    if (eventCount > 1 && this.#isEfron) this.#efron(b, start, eventCount);
    else if (eventCount > 0) this.#breslow(b, start, eventCount);
  }

  /** All events against the whole risk set: Breslow's rule, and any rule for one event. */
  #breslow(b: number, start: number, eventCount: number): void {
    const { weights } = this.rows;
    const { sum, sum0, unit } = this.#atRisk;
    let weight = eventCount;
    if (weights !== null) {
      weight = 0;
      for (let row = start; row < start + eventCount; row++) weight += weights[row]!;
    }
    const inverse = 1 / sum0;
    this.hazards[b] = weight * inverse;
    this.#logLikelihood -= weight * (Math.log(sum0) + unit);
    const share = weight * inverse;
    for (let j = 0; j < sum.length; j++) this.#gradient[j]! -= share * sum[j]!;
    this.#gram.addCombination(-weight, inverse, sum, 0, sum);
  }

  #efron(b: number, start: number, eventCount: number): void {
    const { design, weights, columnCount } = this.rows;
    const { sum, sum0, unit } = this.#atRisk;
    const tied = this.#tied.fill(0);
    let tied0 = 0;
    let weight = 0;
    for (let row = start, at = start * columnCount; row < start + eventCount; row++) {
      const risk = this.risks[row]!;
      tied0 += risk;
      weight += weights === null ? 1 : weights[row]!;
      for (let j = 0; j < columnCount; j++) tied[j]! += risk * design[at++]!;
    }
    weight /= eventCount;
    // All in units of S0, so that squares stay in range.
    efronSums(eventCount, tied0 / sum0, this.#shares);
    const [logs, a, b1, a2, b2, c2] = [this.#shares[0]!, this.#shares[1]!, this.#shares[2]!, this.#shares[3]!, this.#shares[4]!, this.#shares[5]!];
    const inverse = 1 / sum0;
    this.hazards[b] = weight * a * inverse;
    this.tiedShares[b] = weight * b1 * inverse;
    this.#logLikelihood -= weight * (logs + eventCount * (Math.log(sum0) + unit));
    for (let j = 0; j < columnCount; j++) this.#gradient[j]! -= weight * inverse * (a * sum[j]! - b1 * tied[j]!);
    // The quadratic form in S1 and D1 as two squares.
    this.#gram.addCombination(-weight * a2, inverse, sum, (-b2 / a2) * inverse, tied);
    this.#gram.addCombination(-weight * (c2 - (b2 * b2) / a2), inverse, tied, 0, tied);
  }
}

function sumOfEvents({ design, events, weights, rowCount, columnCount }: CoxRows): Float64Array {
  const sum = new Float64Array(columnCount);
  for (let row = 0; row < rowCount; row++) {
    if (events[row] === 0) continue;
    const weight = weights === null ? 1 : weights[row]!;
    for (let j = 0; j < columnCount; j++) sum[j]! += weight * design[row * columnCount + j]!;
  }
  return sum;
}

/** Of draws j = 0 to d - 1 that find 1 - c_j share left, c_j = j / d: the sums of log(left), u, c u, u², c u² and c² u², u = 1 / left. */
function efronSums(count: number, share: number, to: Float64Array): void {
  to.fill(0);
  for (let j = 0; j < count; j++) {
    const c = j / count;
    const left = 1 - c * share;
    const u = 1 / left;
    to[0]! += Math.log(left);
    to[1]! += u;
    to[2]! += c * u;
    to[3]! += u * u;
    to[4]! += c * u * u;
    to[5]! += c * c * u * u;
  }
}

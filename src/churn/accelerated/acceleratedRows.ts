import { derive, logSurvival, type Censoring, type LawPoint, type ResidualLaw } from './residualLaw.js';
import type { LikelihoodBlock } from './rowLikelihood.js';
import { EVENT, INTERVAL, LEFT, type ScaledTimes } from './timeRows.js';

/** Log-likelihood of one row and its derivatives by the line and by 1 / scale. */
export interface RowPoint {
  value: number;
  byLine: number;
  byInverse: number;
  lineLine: number;
  lineInverse: number;
  inverseInverse: number;
}

/**
 * What rows tell of z = inverse * y - line, with line = x'(b / scale) and inverse = 1 / scale: in these two the log-likelihood is concave (Burridge,
 * 1981; Pratt, 1981), late entries apart.
 */
export class RowKernel {
  /** Of the row last asked for. */
  readonly point: RowPoint = { value: 0, byLine: 0, byInverse: 0, lineLine: 0, lineInverse: 0, inverseInverse: 0 };
  readonly #law: ResidualLaw;
  readonly #times: ScaledTimes;
  readonly #at: LawPoint = { value: 0, slope: 0, curve: 0 };
  readonly #other: LawPoint = { value: 0, slope: 0, curve: 0 };

  constructor(law: ResidualLaw, times: ScaledTimes) {
    this.#law = law;
    this.#times = times;
  }

  /** Fills {@link RowKernel.point} for a row. */
  open(row: number, line: number, inverse: number): void {
    const { kinds, times, entries } = this.#times;
    const { point } = this;
    const kind = kinds[row]!;
    const y = times[row]!;
    if (kind === INTERVAL) this.#interval(row, line, inverse);
    else {
      derive(this.#law, kind === EVENT ? 'event' : kind === LEFT ? 'left' : 'right', inverse * y - line, this.#at);
      this.#set(y);
    }
    if (kind === EVENT) {
      point.value += Math.log(inverse);
      point.byInverse += 1 / inverse;
      point.inverseInverse -= 1 / (inverse * inverse);
    }
    if (entries !== null && entries[row]! > -Infinity) this.#enter(entries[row]!, line, inverse);
  }

  #set(y: number): void {
    const { point } = this;
    const { value, slope, curve } = this.#at;
    point.value = value;
    point.byLine = -slope;
    point.byInverse = slope * y;
    point.lineLine = curve;
    point.lineInverse = -curve * y;
    point.inverseInverse = curve * y * y;
  }

  /** Who enters late was still without the event then: that is given. */
  #enter(y: number, line: number, inverse: number): void {
    const { point } = this;
    derive(this.#law, 'right', inverse * y - line, this.#at);
    const { value, slope, curve } = this.#at;
    point.value -= value;
    point.byLine += slope;
    point.byInverse -= slope * y;
    point.lineLine -= curve;
    point.lineInverse += curve * y;
    point.inverseInverse -= curve * y * y;
  }

  /** ln (S(a) - S(b)), by the tail that is the smaller one. */
  #interval(row: number, line: number, inverse: number): void {
    const { times, uppers } = this.#times;
    const [from, to] = [times[row]!, uppers![row]!];
    const [a, b] = [inverse * from - line, inverse * to - line];
    const probability = logDifference(this.#law, a, b, this.#at);
    derive(this.#law, 'event', a, this.#at);
    derive(this.#law, 'event', b, this.#other);
    const u = Math.exp(this.#at.value - probability);
    const v = Math.exp(this.#other.value - probability);
    const [aa, ab, bb] = [-u * this.#at.slope - u * u, u * v, v * this.#other.slope - v * v];
    const { point } = this;
    point.value = probability;
    point.byLine = u - v;
    point.byInverse = v * to - u * from;
    point.lineLine = aa + 2 * ab + bb;
    point.lineInverse = -(aa * from + ab * (from + to) + bb * to);
    point.inverseInverse = aa * from * from + 2 * ab * from * to + bb * to * to;
  }
}

function logDifference(law: ResidualLaw, a: number, b: number, scratch: LawPoint): number {
  const tail: Censoring = a > 0 ? 'right' : 'left';
  const log = (z: number): number => {
    if (tail === 'right') return logSurvival(law, z);
    derive(law, tail, z, scratch);
    return scratch.value;
  };
  const [more, less] = tail === 'right' ? [log(a), log(b)] : [log(b), log(a)];
  return more + Math.log(-Math.expm1(less - more));
}

/** The law of rows by line and 1 / scale (the second sum; `fixed` where it is none). */
export function acceleratedLaw(kernel: RowKernel, weights: Float64Array | null, fixed: number | null): (block: LikelihoodBlock) => number {
  return ({ start, rows, sums, first, second }) => {
    const { point } = kernel;
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      if (w === 0) {
        for (const values of [first, second]) for (const to of values) to[i] = 0;
        continue;
      }
      kernel.open(start + i, sums[0]![i]!, fixed ?? sums[1]![i]!);
      total += w * point.value;
      first[0]![i] = w * point.byLine;
      second[0]![i] = w * point.lineLine;
      if (fixed !== null) continue;
      first[1]![i] = w * point.byInverse;
      second[1]![i] = w * point.lineInverse;
      second[2]![i] = w * point.inverseInverse;
    }
    return total;
  };
}

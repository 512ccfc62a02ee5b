import { gaussLegendre } from '../../numeric/gaussLegendre.js';
import { hazard, inverseLogSurvival, logSurvival, type ResidualLaw } from './residualLaw.js';
import type { TimeFamily } from './timeFamily.js';

/** How far below 0 the z is before which nothing has happened yet, to 1e-17. */
const NOTHING_YET = 40;
const NOTHING_YET_NORMAL = 9;
/** What adds less than exp of minus this, as a share of all so far, is nothing. */
const NOTHING_MORE = 40;

/** The curve of times spread by `scale` around a line, from an elapsed time on. */
export class TimeCurve {
  readonly #law: ResidualLaw;
  readonly #isLog: boolean;
  readonly #scale: number;
  readonly #nodes: { readonly point: number; readonly weight: number }[] = gaussLegendre(16);

  constructor({ law, isLog }: TimeFamily, scale: number) {
    this.#law = law;
    this.#isLog = isLog;
    this.#scale = scale;
  }

  /** ln P(time > this). */
  logSurvival(line: number, time: number): number {
    return logSurvival(this.#law, this.#z(line, time));
  }

  /** P(time > elapsed + time | time > elapsed). */
  survival(line: number, elapsed: number, time: number): number {
    const before = this.logSurvival(line, elapsed);
    if (time === 0) return 1;
    return before > -Infinity ? Math.exp(this.logSurvival(line, elapsed + time) - before) : 0;
  }

  /** The time by which this share of those who got as far as `elapsed` had the event, counted from there. */
  quantile(line: number, elapsed: number, share: number): number {
    return this.timeAt(line, this.logSurvival(line, elapsed) + Math.log1p(-share), elapsed);
  }

  /** The time at which the logarithm of survival is `level`, counted from `elapsed`. */
  timeAt(line: number, level: number, elapsed: number): number {
    // Nobody got so far: the next moment is the last.
    if (!(level > -Infinity)) return 0;
    const z = inverseLogSurvival(this.#law, level);
    const value = line + this.#scale * z;
    if (!this.#isLog) return Math.max(0, value - elapsed);
    // The difference of two near times, without cancellation of all but their ratio.
    return Math.max(0, elapsed > 0 ? elapsed * Math.expm1(value - Math.log(elapsed)) : Math.exp(value));
  }

  /**
   * The mean time without the event within a horizon, counted from `elapsed`, given that. By Gauss and Legendre's rule on pieces over which the
   * curve bends but little, of the logarithm of time where that is modelled: to 1e-12 or so.
   */
  restrictedMean(line: number, elapsed: number, horizon: number): number {
    const scale = this.#scale;
    if (horizon === Infinity && this.#isLog && this.#law === 'logistic' && scale >= 1) return Infinity;
    const before = this.logSurvival(line, elapsed);
    if (!(before > -Infinity)) return 0;
    const value = this.#isLog ? Math.log : (time: number): number => time;
    const end = value(elapsed + horizon);
    // Up to there survival is 1.
    const low = line - (this.#law === 'normal' ? NOTHING_YET_NORMAL : NOTHING_YET) * scale;
    const calm = this.#isLog ? Math.max(low, Math.min(line, end) - NOTHING_YET) : low;
    let from = Math.max(value(elapsed), Math.min(calm, end));
    let mean = from > value(elapsed) ? (this.#isLog ? Math.exp(from) : from) - elapsed : 0;
    while (from < end) {
      const z = (from - line) / scale;
      const left = logSurvival(this.#law, z) - before + (this.#isLog ? from : Math.log(scale));
      if (left < Math.log(mean) - NOTHING_MORE) break;
      const to = Math.min(end, from + this.#width(z));
      // All are gone before the next number there is.
      if (!(to > from)) break;
      let piece = 0;
      for (const { point, weight } of this.#nodes) {
        const at = from + (to - from) * point;
        piece += weight * Math.exp(logSurvival(this.#law, (at - line) / scale) - before + (this.#isLog ? at : 0));
      }
      mean += piece * (to - from);
      from = to;
    }
    return mean;
  }

  /** How far the rule of 16 points reaches from z on: while the exponent changes by little more than 8, and no pole (the logistic has some at z = ±i pi) is near. */
  #width(z: number): number {
    const isFar = this.#law !== 'normal' && (z < -8 || (z > 8 && this.#law === 'logistic'));
    const bend = isFar ? 6 : this.#law === 'extreme' && z > -2 ? 1 : 2;
    const fall = Math.min(bend, 8 / hazard(this.#law, z)) * this.#scale;
    return this.#isLog ? Math.min(6, fall) : fall;
  }

  #z(line: number, time: number): number {
    return ((this.#isLog ? Math.log(time) : time) - line) / this.#scale;
  }
}

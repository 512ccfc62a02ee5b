import { softplus } from '../accelerated/residualLaw.js';
import type { TimeCurve } from '../accelerated/timeCurve.js';

/** The curve of a mixture: with odds e^o nobody ever leaves, otherwise at the times of a curve. */
export class CureCurve {
  readonly #times: TimeCurve;

  constructor(times: TimeCurve) {
    this.#times = times;
  }

  /** The probability of never leaving, given being there at `elapsed`: e^o / (e^o + S). */
  cured(odds: number, line: number, elapsed: number): number {
    return 1 / (1 + Math.exp(this.#times.logSurvival(line, elapsed) - odds));
  }

  /** ln ((e^o + S) / (1 + e^o)), of those who leave only what is still there. */
  logSurvival(odds: number, line: number, time: number): number {
    const leaves = this.#times.logSurvival(line, time);
    return (leaves > odds ? leaves + softplus(odds - leaves) : odds + softplus(leaves - odds)) - softplus(odds);
  }

  /** Of those there at `elapsed`, the share still there `time` later. */
  survival(odds: number, line: number, elapsed: number, time: number): number {
    return time === 0 ? 1 : Math.exp(this.logSurvival(odds, line, elapsed + time) - this.logSurvival(odds, line, elapsed));
  }

  /** When this share of those there at `elapsed` has left, counted from there; Infinity where fewer leave. */
  quantile(odds: number, line: number, elapsed: number, share: number): number {
    const cured = this.cured(odds, line, elapsed);
    // Of those there at `elapsed` the share 1 - cured leaves: it must be the larger.
    const left = 1 - share - cured;
    if (!(left > 0)) return Infinity;
    return this.#times.timeAt(line, this.#times.logSurvival(line, elapsed) + Math.log(left / (1 - cured)), elapsed);
  }

  /** The mean time within a horizon, from `elapsed` on. */
  restrictedMean(odds: number, line: number, elapsed: number, horizon: number): number {
    const cured = this.cured(odds, line, elapsed);
    if (horizon === Infinity && cured > 0) return Infinity;
    return cured * horizon + (1 - cured) * this.#times.restrictedMean(line, elapsed, horizon);
  }
}

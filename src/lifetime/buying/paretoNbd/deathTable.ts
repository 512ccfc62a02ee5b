import type { Tuples } from '../fitting/tuples.js';
import { timeIntegral } from './paretoNbdLaw.js';

/** Beyond e^-600 the integrand is not tabled. */
const DEEPEST = 600;

/**
 * What {@link logOddsOfDeath} gives, for the many histories of a clock that ticks: with x purchases all integrals over the time of death begin and end
 * at one of few times, so that those between neighbouring times, added up from the last, give every one as a difference.
 *
 * A difference of sums loses digits of the odds only where they are nothing beside 1: the integral from the tenure on is worth odds of less than 1.
 */
export class DeathTable {
  /** As those of `TimeIntegral`: of the last odds. */
  meanLogA = 0;
  /** With beta. */
  meanLogB = 0;
  /** With alpha. */
  meanShareA = 0;
  /** With beta. */
  meanShareB = 0;

  /** All times in which a history was last heard of or ends, ascending. */
  readonly #times: Float64Array;
  readonly #last: Int32Array;
  readonly #tenure: Int32Array;
  // At each time: ln(1 + t / alpha), ln(1 + t / beta), and from there on the integral of the integrand, alone and times what the means are of.
  readonly #logA: Float64Array;
  readonly #logB: Float64Array;
  readonly #sums: readonly Float64Array[];
  #power = 0;
  #theta: Float64Array = new Float64Array(4);

  constructor({ last, tenure }: Tuples) {
    const all = new Float64Array(2 * last.length);
    all.set(last);
    all.set(tenure, last.length);
    this.#times = all.sort().filter((time, i) => i === 0 || time !== all[i - 1]);
    // With more times than histories no table is ever made.
    const times = this.#times.length < last.length ? this.#times : [];
    const places = new Map(Array.from(times, (time, k) => [time, k]));
    this.#last = Int32Array.from(last, (time) => places.get(time) ?? 0);
    this.#tenure = Int32Array.from(tenure, (time) => places.get(time) ?? 0);
    const column = (): Float64Array => new Float64Array(times.length);
    this.#logA = column();
    this.#logB = column();
    this.#sums = [column(), column(), column(), column(), column()];
  }

  /** Makes the table for all that have x purchases; false where it would cost more than it saves, or reach too deep. */
  make(theta: Float64Array, x: number, histories: number): boolean {
    const times = this.#times;
    if (histories <= times.length) return false;
    const [alpha, s, beta] = [theta[1]!, theta[2]!, theta[3]!];
    const power = theta[0]! + x;
    const end = times.length - 1;
    if (power * Math.log1p(times[end]! / alpha) + (s + 1) * Math.log1p(times[end]! / beta) > DEEPEST) return false;
    this.#power = power;
    this.#theta = theta;
    const integral = timeIntegral();
    const [mass, logsA, logsB, sharesA, sharesB] = this.#sums as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    for (let k = end; k >= 0; k--) {
      const start = times[k]!;
      const logA = (this.#logA[k] = Math.log1p(start / alpha));
      const logB = (this.#logB[k] = Math.log1p(start / beta));
      if (k === end) continue;
      const log = integral.log({ a: alpha + start, aPower: power, b: beta + start, bPower: s + 1, length: times[k + 1]! - start, start });
      const part = Math.exp(log - power * logA - (s + 1) * logB);
      mass[k] = mass[k + 1]! + part;
      logsA[k] = logsA[k + 1]! + part * (logA + integral.meanLogA);
      logsB[k] = logsB[k + 1]! + part * (logB + integral.meanLogB);
      sharesA[k] = sharesA[k + 1]! + part * integral.meanShareA;
      sharesB[k] = sharesB[k + 1]! + part * integral.meanShareB;
    }
    return true;
  }

  /** The logarithm of the odds of death of a history that the table was made for. */
  logOdds(history: number): number {
    const [mass, logsA, logsB, sharesA, sharesB] = this.#sums as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    const last = this.#last[history]!;
    const end = this.#tenure[history]!;
    const within = mass[last]! - mass[end]!;
    this.meanLogA = (logsA[last]! - logsA[end]!) / within - this.#logA[last]!;
    this.meanLogB = (logsB[last]! - logsB[end]!) / within - this.#logB[last]!;
    this.meanShareA = (sharesA[last]! - sharesA[end]!) / within;
    this.meanShareB = (sharesB[last]! - sharesB[end]!) / within;
    const s = this.#theta[2]!;
    return Math.log((s / this.#theta[3]!) * within) + this.#power * this.#logA[end]! + s * this.#logB[end]!;
  }
}

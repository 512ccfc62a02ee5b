import { requireLists } from './requireLists.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { ClientelaError } from '../../errors.js';
import type { CumulativeHazardState } from './curveState.js';
import { stepAt } from './curveSteps.js';
import { kernelRates } from './kernelRates.js';
import type { CurveEstimate } from './survivalCurve.js';

/**
 * The cumulative hazard by time: how often the event would have come to a customer so far, were it to strike the same one again; its slope is the rate at which it comes to
 * those still without. Estimated by `nelsonAalen`; travels as JSON.
 *
 * @example
 * ```ts
 * import { nelsonAalen } from 'clientela/churn';
 * const rows = [2, 3, 4, 8].map((months) => ({ months }));
 * const stored = JSON.stringify(nelsonAalen(rows, { duration: 'months' }));
 * const curve = CumulativeHazard.fromJSON(JSON.parse(stored));
 * curve.at(4).estimate; // => 1 / 4 + 1 / 3 + 1 / 2
 * curve.hazardAt(1); // => 0
 * ```
 */
export class CumulativeHazard {
  /** Distinct times at which observation ended, ascending; with and without the event. */
  readonly times: Float64Array;
  /** By weight, observed just before each time, and still without the event. */
  readonly atRisk: Float64Array;
  /** By weight, those with the event at each time. */
  readonly events: Float64Array;
  /** By weight, those whose observation ended at each time without it. */
  readonly censored: Float64Array;
  /** The cumulative hazard just after each time. */
  readonly hazard: Float64Array;
  /** Of `hazard`. */
  readonly standardError: Float64Array;
  /** Lower end of the interval of `hazard`. */
  readonly lower: Float64Array;
  /** Upper end of the interval of `hazard`. */
  readonly upper: Float64Array;
  /** Of the intervals. */
  readonly confidence: number;
  /** The scale on which the intervals are symmetric. */
  readonly interval: 'log' | 'plain';
  readonly #state: CumulativeHazardState;

  /** @internal */
  constructor(state: CumulativeHazardState) {
    // Copies: what the caller parsed may change.
    const copy = (values: ArrayLike<number>): Float64Array => new Float64Array(values);
    this.#state = { ...state, times: copy(state.times), atRisk: copy(state.atRisk), events: copy(state.events), censored: copy(state.censored), hazard: copy(state.hazard), variance: copy(state.variance) };
    this.times = new Float64Array(state.times);
    this.atRisk = new Float64Array(state.atRisk);
    this.events = new Float64Array(state.events);
    this.censored = new Float64Array(state.censored);
    this.hazard = new Float64Array(state.hazard);
    this.standardError = new Float64Array(state.variance).map(Math.sqrt);
    this.confidence = state.confidence;
    this.interval = state.interval;
    const z = normalMultiplier('CumulativeHazard', state.confidence);
    const end = (side: -1 | 1): Float64Array =>
      this.hazard.map((value, step) => {
        const half = side * z * this.standardError[step]!;
        if (state.interval === 'plain') return Math.max(0, value + half);
        return value > 0 ? value * Math.exp(half / value) : 0;
      });
    this.lower = end(-1);
    this.upper = end(1);
    Object.freeze(this);
  }

  /**
   * The curve that {@link CumulativeHazard.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same curve, to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): CumulativeHazard {
    return restored('CumulativeHazard', () => {
      const state = requireSavedModel('CumulativeHazard', 1, json, 'confidence', 'interval', 'times', 'atRisk', 'events', 'censored', 'hazard', 'variance');
      requireLists(state, 'times', 'atRisk', 'events', 'censored', 'hazard', 'variance');
      return new CumulativeHazard(state as unknown as CumulativeHazardState);
    });
  }

  /** The cumulative hazard just after a time, O(log times). */
  hazardAt(time: number): number {
    const step = stepAt(this.times, requireTime('hazardAt', time));
    return step < 0 ? 0 : this.hazard[step]!;
  }

  /** The share without the event just after a time, exp(-cumulative hazard): never 0, and a little above Kaplan and Meier's. */
  survivalAt(time: number): number {
    return Math.exp(-this.hazardAt(time));
  }

  /**
   * The cumulative hazard just after a time, with its interval.
   *
   * @param time - 0 or more
   * @returns as estimated; 0 before the first time
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  at(time: number): CurveEstimate {
    const step = stepAt(this.times, requireTime('at', time));
    if (step < 0) return { estimate: 0, lower: 0, upper: 0, standardError: 0 };
    return { estimate: this.hazard[step]!, lower: this.lower[step]!, upper: this.upper[step]!, standardError: this.standardError[step]! };
  }

  /**
   * The hazard itself, smoothed: events per unit of time among those still without, about each of these times (Ramlau-Hansen, 1983; Epanechnikov's kernel,
   * divided by its mass between 0 and the last time, so that it does not sink at the ends). When in their time with us customers leave.
   *
   * @param times - where it is wanted, from 0 to the last time observed
   * @param bandwidth - events so far before and after count; above 0
   * @returns a rate for each time
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  rates(times: ArrayLike<number>, bandwidth: number): Float64Array {
    if (!(bandwidth > 0 && bandwidth < Infinity)) throw new ClientelaError('INVALID_OPTION', `CumulativeHazard.rates needs a bandwidth above 0, found ${bandwidth}`, { option: 'bandwidth', value: bandwidth });
    return kernelRates(this.times, this.hazard, times, bandwidth);
  }

  /** The curve as plain JSON data: counts and sums at each time, no rows. */
  toJSON(): object {
    const { times, atRisk, events, censored, hazard, variance, ...shape } = this.#state;
    return savedCopy({ ...shape, times: Array.from(times), atRisk: Array.from(atRisk), events: Array.from(events), censored: Array.from(censored), hazard: Array.from(hazard), variance: Array.from(variance) });
  }
}

function requireTime(method: string, time: number): number {
  if (time >= 0 && time < Infinity) return time;
  throw new ClientelaError('INVALID_OPTION', `CumulativeHazard.${method} needs time as a number of 0 or more, found ${time}`, { option: 'time', value: time });
}

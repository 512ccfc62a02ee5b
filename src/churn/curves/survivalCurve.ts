import { requireLists } from './requireLists.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { confidenceBand, type CurveInterval } from './confidenceBand.js';
import type { SurvivalCurveState } from './curveState.js';
import { areasFrom, stepAt, timeOfLevel } from './curveSteps.js';

/** A figure with its standard error. */
export interface CurveEstimate extends Estimate {
  /** 0 or more. */
  readonly standardError: number;
}

/**
 * The share of customers still without the event, by time: a step at each time at which it came to somebody, with what is known at each. Estimated by `kaplanMeier`; it
 * answers how many stay, how long, and what is left for those who have stayed so far, and travels as JSON.
 *
 * Times are in the unit of the durations. Before the first time the share is 1; after the last it stays level, though nothing was seen there: see `lastTime`.
 *
 * @example
 * ```ts
 * import { kaplanMeier } from 'clientela/churn';
 * const rows = [2, 3, 4, 7, 9].map((months) => ({ months, left: months === 4 ? 0 : 1 }));
 * const stored = JSON.stringify(kaplanMeier(rows, { duration: 'months', event: 'left' }));
 * const curve = SurvivalCurve.fromJSON(JSON.parse(stored));
 * curve.survivalAt(3); // => 0.6
 * curve.median.estimate; // => 7
 * curve.remaining(3).median.estimate; // => 5
 * ```
 */
export class SurvivalCurve {
  /** Distinct times at which observation ended, ascending; with and without the event. */
  readonly times: Float64Array;
  /** By weight, observed just before each time, and still without the event. */
  readonly atRisk: Float64Array;
  /** By weight, those with the event at each time. */
  readonly events: Float64Array;
  /** By weight, those whose observation ended at each time without it. */
  readonly censored: Float64Array;
  /** The share without the event just after each time. */
  readonly survival: Float64Array;
  /** Of `survival`; 0 where that is 0. */
  readonly standardError: Float64Array;
  /** Lower end of the interval of `survival`; 0 where that is 0. */
  readonly lower: Float64Array;
  /** Upper end of the interval of `survival`; where that is 0, the upper end before it: there is no standard error to go by. */
  readonly upper: Float64Array;
  /** Of the intervals. */
  readonly confidence: number;
  /** The scale on which the intervals are symmetric. */
  readonly interval: CurveInterval;
  readonly #state: SurvivalCurveState;

  /** @internal */
  constructor(state: SurvivalCurveState) {
    // Copies: what the caller parsed may change.
    const copy = (values: ArrayLike<number>): Float64Array => new Float64Array(values);
    this.#state = { ...state, times: copy(state.times), atRisk: copy(state.atRisk), events: copy(state.events), censored: copy(state.censored), survival: copy(state.survival), logVariance: copy(state.logVariance) };
    this.times = new Float64Array(state.times);
    this.atRisk = new Float64Array(state.atRisk);
    this.events = new Float64Array(state.events);
    this.censored = new Float64Array(state.censored);
    this.survival = new Float64Array(state.survival);
    this.standardError = this.survival.map((share, step) => share * Math.sqrt(state.logVariance[step]!));
    [this.lower, this.upper] = [new Float64Array(this.times.length), new Float64Array(this.times.length)];
    this.confidence = state.confidence;
    this.interval = state.interval;
    const z = normalMultiplier('SurvivalCurve', state.confidence);
    for (let step = 0; step < this.times.length; step++) {
      const share = this.survival[step]!;
      [this.lower[step], this.upper[step]] = share > 0 ? confidenceBand(state.interval, share, this.standardError[step]!, z) : [0, step > 0 ? this.upper[step - 1]! : 1];
    }
    Object.freeze(this);
  }

  /**
   * The curve that {@link SurvivalCurve.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same curve, to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): SurvivalCurve {
    return restored('SurvivalCurve', () => {
      const state = requireSavedModel('SurvivalCurve', 1, json, 'confidence', 'interval', 'times', 'atRisk', 'events', 'censored', 'survival', 'logVariance');
      requireLists(state, 'times', 'atRisk', 'events', 'censored', 'survival', 'logVariance');
      return new SurvivalCurve(state as unknown as SurvivalCurveState);
    });
  }

  /** The last time at which anybody was observed. */
  get lastTime(): number {
    return this.times[this.times.length - 1]!;
  }

  /** The time by which half has had the event; see {@link SurvivalCurve.quantile}. */
  get median(): Estimate {
    return this.quantile(0.5);
  }

  /** The share without the event just after a time, O(log times). */
  survivalAt(time: number): number {
    const step = stepAt(this.times, requireTime('survivalAt', 'time', time));
    return step < 0 ? 1 : this.survival[step]!;
  }

  /**
   * The share without the event just after a time, with its interval.
   *
   * @param time - 0 or more
   * @returns as estimated; 1 before the first time
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  at(time: number): CurveEstimate {
    const step = stepAt(this.times, requireTime('at', 'time', time));
    if (step < 0) return { estimate: 1, lower: 1, upper: 1, standardError: 0 };
    return { estimate: this.survival[step]!, lower: this.lower[step]!, upper: this.upper[step]!, standardError: this.standardError[step]! };
  }

  /**
   * The time by which this share has had the event. Where the curve stands for a while at just that share, the middle of that while (the rule of R). The
   * interval holds the times at which the interval of the curve holds the share (Brookmeyer and Crowley, 1982).
   *
   * @param share - in (0, 1); 0.5 is the median
   * @returns Infinity where the curve, or an end of its interval, does not come so far
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  quantile(share: number): Estimate {
    if (!(share > 0 && share < 1)) throw new ClientelaError('INVALID_OPTION', `SurvivalCurve.quantile needs a share between 0 and 1, found ${share}; 0.5 gives the median`, { option: 'share', value: share });
    const reached = (curve: Float64Array): number => timeOfLevel(this.times, curve, 1 - share);
    return { estimate: reached(this.survival), lower: reached(this.lower), upper: reached(this.upper) };
  }

  /**
   * The mean time without the event within a horizon: the area under the curve, O(times).
   *
   * @param horizon - 0 or more, and not after `lastTime` unless the event has come to all. @defaultValue `lastTime`
   * @returns with a normal interval; the standard error is Greenwood's (of `'robust'` curves that of independent steps)
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  restrictedMean(horizon: number = this.lastTime): CurveEstimate {
    requireTime('restrictedMean', 'horizon', horizon);
    const { survival, times } = this;
    if (horizon > this.lastTime && survival[survival.length - 1]! > 0) {
      throw new ClientelaError('INVALID_OPTION', `SurvivalCurve.restrictedMean needs a horizon within what was observed, found ${horizon} after ${this.lastTime}; choose one no later`, { option: 'horizon', value: horizon });
    }
    const count = stepAt(times, horizon) + 1;
    const areas = areasFrom(times, survival, horizon, count);
    const estimate = count === 0 ? horizon : times[0]! + areas[0]!;
    let [variance, before] = [0, 0];
    for (let step = 0; step < count; step++) {
      const after = this.#state.logVariance[step]!;
      variance += areas[step]! ** 2 * Math.max(0, after - before);
      before = after;
    }
    const standardError = Math.sqrt(variance);
    const half = normalMultiplier('SurvivalCurve', this.confidence) * standardError;
    return { estimate, lower: Math.max(0, estimate - half), upper: Math.min(horizon, estimate + half), standardError };
  }

  /**
   * The curve of those who have gone without the event so long already, its times counted from there: what is left to customers of that age.
   *
   * @param elapsed - before `lastTime`, while the share without the event is above 0
   * @returns a curve that starts at 1
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  remaining(elapsed: number): SurvivalCurve {
    const last = stepAt(this.times, requireTime('remaining', 'elapsed', elapsed));
    const [share, variance] = last < 0 ? [1, 0] : [this.survival[last]!, this.#state.logVariance[last]!];
    if (last === this.times.length - 1 || share === 0) {
      throw new ClientelaError('INVALID_OPTION', `SurvivalCurve.remaining needs an elapsed time that somebody is known to have outlasted, found ${elapsed} and the last time ${this.lastTime}; take a shorter one`, { option: 'elapsed', value: elapsed });
    }
    const { format, formatVersion, confidence, interval, times, atRisk, events, censored, survival, logVariance } = this.#state;
    const later = (values: ArrayLike<number>, read = (value: number): number => value): Float64Array => new Float64Array(values).subarray(last + 1).map(read);
    return new SurvivalCurve({
      format, formatVersion, confidence, interval,
      times: later(times, (time) => time - elapsed), atRisk: later(atRisk), events: later(events), censored: later(censored),
      survival: later(survival, (value) => value / share), logVariance: later(logVariance, (value) => Math.max(0, value - variance)),
    });
  }

  /** The curve as plain JSON data: counts and shares at each time, no rows. */
  toJSON(): object {
    const { times, atRisk, events, censored, survival, logVariance, ...shape } = this.#state;
    return savedCopy({ ...shape, times: Array.from(times), atRisk: Array.from(atRisk), events: Array.from(events), censored: Array.from(censored), survival: Array.from(survival), logVariance: Array.from(logVariance) });
  }
}

function requireTime(method: string, option: string, time: number): number {
  if (time >= 0 && time < Infinity) return time;
  throw new ClientelaError('INVALID_OPTION', `SurvivalCurve.${method} needs ${option} as a number of 0 or more, found ${time}`, { option, value: time });
}

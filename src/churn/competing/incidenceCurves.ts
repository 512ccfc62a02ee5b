import { requireLists } from '../curves/requireLists.js';
import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { ClientelaError } from '../../errors.js';
import { confidenceBand, type CurveInterval } from '../curves/confidenceBand.js';
import type { CurveErrors } from '../curves/curveOptions.js';
import { stepAt } from '../curves/curveSteps.js';
import type { CurveEstimate } from '../curves/survivalCurve.js';
import type { CauseState, IncidenceState } from './incidenceState.js';
import { timeLost } from './timeLost.js';

/** The share of customers that one of several events has come to first, by time. */
export interface IncidenceCurve {
  /** The event. */
  readonly cause: TargetValue;
  /** By weight, those to whom it came at each time. */
  readonly events: Float64Array;
  /** The share to whom it has come just after each time. */
  readonly incidence: Float64Array;
  /** Of `incidence`. */
  readonly standardError: Float64Array;
  /** Lower end of the interval. */
  readonly lower: Float64Array;
  /** Upper end of the interval. */
  readonly upper: Float64Array;
}

/** The shares at one time; they add up to 1. */
export interface IncidenceAt {
  /** Still without any of the events. */
  readonly survival: CurveEstimate;
  /** Per cause. */
  readonly causes: readonly (CurveEstimate & { readonly cause: TargetValue })[];
}

/** The mean time lost to a cause within a horizon. */
export interface TimeLost {
  /** In the unit of the durations. */
  readonly estimate: number;
  /** null for `'robust'` standard errors, which counts do not give. */
  readonly standardError: number | null;
  /** Lower end of its normal interval; null where there is no standard error. */
  readonly lower: number | null;
  /** Upper end of its normal interval; null where there is no standard error. */
  readonly upper: number | null;
}

/**
 * The share of customers that each of several events has come to first, by time, and the share without any: at each time they add up to 1. Estimated by `aalenJohansen`;
 * travels as JSON.
 *
 * @example
 * ```ts
 * import { aalenJohansen } from 'clientela/churn';
 * const rows = [{ months: 1, end: 'left' }, { months: 2, end: 'grew' }, { months: 3, end: 'left' }, { months: 4, end: null }];
 * const stored = JSON.stringify(aalenJohansen(rows, { duration: 'months', cause: 'end' }));
 * const curves = IncidenceCurves.fromJSON(JSON.parse(stored));
 * curves.at(3).causes.map(({ cause, estimate }) => `${cause} ${estimate}`); // => ['grew 0.25', 'left 0.5']
 * curves.at(3).survival.estimate; // => 0.25
 * ```
 */
export class IncidenceCurves {
  /** Distinct times at which observation ended, ascending; with and without an event. */
  readonly times: Float64Array;
  /** By weight, observed just before each time, and still without any event. */
  readonly atRisk: Float64Array;
  /** By weight, those whose observation ended at each time without any. */
  readonly censored: Float64Array;
  /** The share without any event just after each time. */
  readonly survival: Float64Array;
  /** Of `survival`. */
  readonly survivalStandardError: Float64Array;
  /** Per cause, by size of the number or by code unit. */
  readonly curves: readonly IncidenceCurve[];
  /** Of the intervals. */
  readonly confidence: number;
  /** The scale on which the intervals are symmetric. */
  readonly interval: CurveInterval;
  /** What weights are, for the standard errors. */
  readonly standardErrors: CurveErrors;
  readonly #state: IncidenceState;

  /** @internal */
  constructor(state: IncidenceState) {
    // Copies: what the caller parsed may change.
    const copy = (values: ArrayLike<number>): Float64Array => new Float64Array(values);
    const curves = state.curves.map(({ cause, events, incidence, variance }) => ({ cause, events: copy(events), incidence: copy(incidence), variance: copy(variance) }));
    this.#state = { ...state, times: copy(state.times), atRisk: copy(state.atRisk), censored: copy(state.censored), survival: copy(state.survival), survivalVariance: copy(state.survivalVariance), curves };
    this.confidence = state.confidence;
    this.interval = state.interval;
    this.standardErrors = state.standardErrors;
    this.times = new Float64Array(state.times);
    this.atRisk = new Float64Array(state.atRisk);
    this.censored = new Float64Array(state.censored);
    this.survival = new Float64Array(state.survival);
    this.survivalStandardError = new Float64Array(state.survivalVariance).map(Math.sqrt);
    const z = normalMultiplier('IncidenceCurves', state.confidence);
    this.curves = Object.freeze(curves.map((curve) => causeCurve(curve, state.interval, z)));
    Object.freeze(this);
  }

  /**
   * The curves that {@link IncidenceCurves.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same curves, to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): IncidenceCurves {
    return restored('IncidenceCurves', () => {
      const state = requireSavedModel('IncidenceCurves', 1, json, 'confidence', 'interval', 'standardErrors', 'times', 'atRisk', 'censored', 'survival', 'survivalVariance', 'curves');
      requireLists(state, 'times', 'atRisk', 'censored', 'survival', 'survivalVariance');
      const given = state as unknown as IncidenceState;
      for (const { events, incidence, variance } of given.curves) requireLists({ times: given.times, events, incidence, variance }, 'times', 'events', 'incidence', 'variance');
      return new IncidenceCurves(given);
    });
  }

  /** The events, in the order of `curves`. */
  get causes(): readonly TargetValue[] {
    return this.curves.map(({ cause }) => cause);
  }

  /** The last time at which anybody was observed. */
  get lastTime(): number {
    return this.times[this.times.length - 1]!;
  }

  /**
   * The shares just after a time, with their intervals. O(log times).
   *
   * @param time - 0 or more; after the last time the shares stay level
   * @returns the share of each cause, and of none
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  at(time: number): IncidenceAt {
    const step = stepAt(this.times, requireTime('at', 'time', time));
    const none: CurveEstimate = { estimate: 0, lower: 0, upper: 0, standardError: 0 };
    const survival = step < 0 ? { ...none, estimate: 1, lower: 1, upper: 1 } : this.#estimate(this.survival[step]!, this.survivalStandardError[step]!);
    return { survival, causes: this.curves.map(({ cause, incidence, standardError }) => ({ cause, ...(step < 0 ? none : this.#estimate(incidence[step]!, standardError[step]!)) })) };
  }

  /**
   * The mean time within a horizon that customers go without, because this event came first: the area under its incidence. Over all causes, with the restricted mean time without
   * any event, it adds up to the horizon. O(times).
   *
   * @param cause - one of `causes`
   * @param horizon - 0 or more, and not after `lastTime` unless some event has come to all. @defaultValue `lastTime`
   * @returns with the normal interval of multinomial counts
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  restrictedTimeLost(cause: TargetValue, horizon: number = this.lastTime): TimeLost {
    requireTime('restrictedTimeLost', 'horizon', horizon);
    const curve = this.curves.find((one) => one.cause === cause);
    if (curve === undefined) throw new ClientelaError('INVALID_OPTION', `IncidenceCurves.restrictedTimeLost needs a cause, found ${describeValue(cause)}; the causes are ${this.causes.map(describeValue).join(', ')}`, { option: 'cause', value: cause });
    if (horizon > this.lastTime && this.survival[this.survival.length - 1]! > 0) {
      throw new ClientelaError('INVALID_OPTION', `IncidenceCurves.restrictedTimeLost needs a horizon within what was observed, found ${horizon} after ${this.lastTime}; choose one no later`, { option: 'horizon', value: horizon });
    }
    const all = this.times.map((_, step) => this.curves.reduce((sum, { events }) => sum + events[step]!, 0));
    const { area, variance } = timeLost(this, curve.events, all, horizon, stepAt(this.times, horizon) + 1);
    if (this.standardErrors === 'robust') return { estimate: area, standardError: null, lower: null, upper: null };
    const standardError = Math.sqrt(variance);
    const half = normalMultiplier('IncidenceCurves', this.confidence) * standardError;
    return { estimate: area, standardError, lower: Math.max(0, area - half), upper: Math.min(horizon, area + half) };
  }

  /** The curves as plain JSON data: counts and shares at each time, no rows. */
  toJSON(): object {
    const { times, atRisk, censored, survival, survivalVariance, curves, ...shape } = this.#state;
    const plain = curves.map(({ cause, events, incidence, variance }) => ({ cause, events: Array.from(events), incidence: Array.from(incidence), variance: Array.from(variance) }));
    return savedCopy({ ...shape, times: Array.from(times), atRisk: Array.from(atRisk), censored: Array.from(censored), survival: Array.from(survival), survivalVariance: Array.from(survivalVariance), curves: plain });
  }

  #estimate(estimate: number, standardError: number): CurveEstimate {
    const [lower, upper] = confidenceBand(this.interval, estimate, standardError, normalMultiplier('IncidenceCurves', this.confidence));
    return { estimate, lower, upper, standardError };
  }
}

function causeCurve({ cause, events, incidence, variance }: CauseState, interval: CurveInterval, z: number): IncidenceCurve {
  const shares = new Float64Array(incidence);
  const standardError = new Float64Array(variance).map(Math.sqrt);
  const [lower, upper] = [new Float64Array(shares.length), new Float64Array(shares.length)];
  for (let step = 0; step < shares.length; step++) [lower[step], upper[step]] = confidenceBand(interval, shares[step]!, standardError[step]!, z);
  return Object.freeze({ cause, events: new Float64Array(events), incidence: shares, standardError, lower, upper });
}

function requireTime(method: string, option: string, time: number): number {
  if (time >= 0 && time < Infinity) return time;
  throw new ClientelaError('INVALID_OPTION', `IncidenceCurves.${method} needs ${option} as a number of 0 or more, found ${time}`, { option, value: time });
}

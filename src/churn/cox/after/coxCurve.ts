import { requireKnownOptions } from '../../../data/options.js';
import { readTable } from '../../../data/table.js';
import { ClientelaError } from '../../../errors.js';
import { designColumns } from '../../../learners/logisticDesign.js';
import { normalQuantile } from '../../../numeric/normal.js';
import type { CoxRegression } from '../coxRegression.js';
import { requireTime } from '../../readElapsed.js';
import { readStrata } from '../strata.js';
import type { CoxBaseline, CoxBaselineStratum } from './coxBaseline.js';

/** Of which curve. */
export interface CoxCurveOptions {
  /** How long the customer has gone without the event already. @defaultValue 0 */
  readonly elapsed?: number;
  /** Of the intervals, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The curve of one customer, a step at each time. */
export interface CoxCurve {
  /** Ascending; counted from `elapsed`. */
  readonly times: Float64Array;
  /** The probability of being still without the event after each time. */
  readonly survival: Float64Array;
  /** Of the survival; NaN where the fit has no standard errors, as are the bounds. */
  readonly standardErrors: Float64Array;
  /** Lower bounds of the survival, each by itself at the confidence asked for. */
  readonly lower: Float64Array;
  /** Upper bounds of the survival. */
  readonly upper: Float64Array;
  /** Minus the logarithm of the survival. */
  readonly cumulativeHazard: Float64Array;
}

/**
 * The curve of one customer with standard errors and intervals: S(t) = exp(-H0(t) e^eta), where both the baseline hazard and the coefficients have
 * errors (Tsiatis, 1981; Efron's rule for ties). Intervals are symmetric for log S, cut at 1, as R's `survfit` gives them. O(steps * columns²).
 *
 * @param model - of a fit
 * @param baseline - of the same fit, by {@link coxBaseline}
 * @param row - a raw row, with every column of `features` and that of `strata`
 * @param options - `elapsed`, `confidence`
 * @returns the survival of the time that is left after `elapsed`, given that
 * @throws a {@link ClientelaError} `INVALID_OPTION` (also: a baseline of other coefficients), `INVALID_VALUE` (a stratum without events), or as `CoxRegression.survivalCurve`
 * @example
 * ```ts
 * import { coxBaseline, fitCoxRegression } from 'clientela/churn';
 * const rows = [1, 1, 6, 6, 8, 9].map((months, i) => ({ months, left: [1, 0, 1, 1, 0, 1][i]!, x: i < 3 ? 1 : 0 }));
 * const model = fitCoxRegression(rows, { duration: 'months', event: 'left' });
 * const curve = coxCurve(model, coxBaseline(model, rows), { x: 0 }, { elapsed: 1 });
 * curve.times; // => [5, 8]
 * curve.lower[0]! < curve.survival[0]! && curve.survival[0]! < curve.upper[0]!; // => true
 * ```
 */
export function coxCurve(model: CoxRegression, baseline: CoxBaseline, row: object, options: CoxCurveOptions = {}): CoxCurve {
  const caller = 'coxCurve';
  requireKnownOptions(caller, options, ['elapsed', 'confidence']);
  const { elapsed = 0, confidence = 0.95 } = options;
  requireTime(caller, 'elapsed', elapsed);
  if (!(confidence > 0 && confidence < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs confidence between 0 and 1, found ${String(confidence)}`, { function: caller, option: 'confidence', value: confidence });
  const eta = model.predictRisk([row])[0]!;
  const steps = stratumOf(caller, model, baseline, row);
  const z = designOf(caller, model, baseline, row);
  const first = steps.times.findIndex((time) => time > elapsed);
  const from = first < 0 ? steps.times.length : first;
  const reach = normalQuantile(0.5 + confidence / 2);
  const length = steps.times.length - from;
  const curve: CoxCurve = { times: new Float64Array(length), survival: new Float64Array(length), standardErrors: new Float64Array(length), lower: new Float64Array(length), upper: new Float64Array(length), cumulativeHazard: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    const { hazard, error } = rise(steps, from - 1, from + k, z, baseline.covariance);
    const cumulative = hazard > 0 ? Math.exp(Math.log(hazard) + eta) : 0;
    const relative = error * Math.exp(eta);
    curve.times[k] = steps.times[from + k]! - elapsed;
    curve.cumulativeHazard[k] = cumulative;
    curve.survival[k] = Math.exp(-cumulative);
    curve.standardErrors[k] = relative * curve.survival[k]!;
    curve.lower[k] = Math.exp(-cumulative - reach * relative);
    curve.upper[k] = Math.min(1, Math.exp(-cumulative + reach * relative));
  }
  return curve;
}

function stratumOf(caller: string, model: CoxRegression, { strata }: CoxBaseline, row: object): CoxBaselineStratum {
  if (model.strata === null) return strata[0]!;
  const { codes } = readStrata(caller, readTable(caller, [row]), model.strata, strata.map(({ stratum }) => stratum!));
  return strata[codes[0]!]!;
}

/** The row in standard deviations about the training means. */
function designOf(caller: string, model: CoxRegression, { names }: CoxBaseline, row: object): Float64Array {
  const { terms, kept } = model.toJSON();
  const columns = designColumns(caller, terms, readTable(caller, [row]), true);
  const own = kept.map((place) => columns[place]!);
  if (own.some(({ name }, j) => name !== names[j]) || own.length !== names.length) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs the baseline of this model, found one of ${names.join(', ')}; make it by coxBaseline`, { function: caller, option: 'baseline' });
  }
  return Float64Array.from(own, (column) => (column.kind === 'number' ? (column.values[0]! - column.center) / column.scale : column.table[column.codes[0]! + 1]!));
}

/** How far the cumulative hazard rises after one step up to another, and its standard error, for a log-hazard of 0. */
function rise({ cumulative, variance, drift }: CoxBaselineStratum, after: number, upTo: number, z: Float64Array, covariance: readonly number[] | null): { readonly hazard: number; readonly error: number } {
  const hazard = cumulative[upTo]! - (after < 0 ? 0 : cumulative[after]!);
  if (covariance === null) return { hazard, error: NaN };
  // The slope of the hazard in the coefficients: sum (z-bar - z) dH.
  const slope = z.map((value, j) => drift[upTo]![j]! - (after < 0 ? 0 : drift[after]![j]!) - value * hazard);
  let sum = variance[upTo]! - (after < 0 ? 0 : variance[after]!);
  const p = z.length;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum += slope[i]! * covariance[i * p + j]! * slope[j]!;
  return { hazard, error: Math.sqrt(Math.max(0, sum)) };
}

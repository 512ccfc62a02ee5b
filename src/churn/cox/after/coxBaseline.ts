import { ClientelaError } from '../../../errors.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../../data/options.js';
import { readTable, type TableInput } from '../../../data/table.js';
import type { CoxRegression } from '../coxRegression.js';
import type { CoxRows } from '../coxRows.js';
import { rowsOfModel } from '../rowsOfModel.js';
import { readStrata } from '../strata.js';
import type { ResidualOptions } from './coxResiduals.js';
import { walkEvents } from './eventBlocks.js';

/** How to estimate a baseline hazard. */
export interface CoxBaselineOptions extends ResidualOptions {
  /** How tied events count: one after the other (`'efron'`), or all against the whole risk set (`'breslow'`). @defaultValue that of the fit (of `'exact'`: `'breslow'`) */
  readonly hazard?: 'efron' | 'breslow';
  /** At most so many steps a stratum, about equally spaced in hazard; those kept are exact. @defaultValue all, one for each time of an event */
  readonly maxSteps?: number;
}

/** The cumulative baseline hazard of one stratum, with what its error is made of. */
export interface CoxBaselineStratum {
  /** Its name; null without strata. */
  readonly stratum: string | null;
  /** Times of events, ascending. */
  readonly times: readonly number[];
  /** The cumulative hazard of the average training customer after each time. */
  readonly cumulative: readonly number[];
  /** The variance of each, were the coefficients known. */
  readonly variance: readonly number[];
  /** Of each the sum of (mean of the columns at risk) times hazard steps, in standard deviations of the columns about their training mean. */
  readonly drift: readonly (readonly number[])[];
}

/** A baseline hazard with standard errors: plain JSON, without rows. */
export interface CoxBaseline {
  /** How tied events count. */
  readonly hazard: 'efron' | 'breslow';
  /** The coefficients that `drift` belongs to, in their order. */
  readonly names: readonly string[];
  /** Their covariance, of columns of standard deviation 1, row-major; null where there is none. */
  readonly covariance: readonly number[] | null;
  /** One a stratum. */
  readonly strata: readonly CoxBaselineStratum[];
}

/**
 * The baseline hazard of a Cox regression with all that standard errors of a curve need, for {@link coxCurve}: what the model itself carries has
 * the hazard alone. Plain JSON of steps * (columns + 3) numbers; `maxSteps` thins it. O(rows * columns) and a sort.
 *
 * @param model - of a fit
 * @param data - the training rows
 * @param options - `hazard`, `maxSteps`, and `weights` where they were an array
 * @returns cumulative hazards of the average training customer, one list a stratum
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `NOT_IDENTIFIED` (no event), or as `fitCoxRegression`
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * const rows = [1, 1, 6, 6, 8, 9].map((months, i) => ({ months, left: [1, 0, 1, 1, 0, 1][i]!, x: i < 3 ? 1 : 0 }));
 * const model = fitCoxRegression(rows, { duration: 'months', event: 'left' });
 * coxBaseline(model, rows).strata[0]?.times; // => [1, 6, 9]
 * coxBaseline(model, rows, { maxSteps: 1 }).strata[0]?.times; // => [9]
 * ```
 */
export function coxBaseline(model: CoxRegression, data: TableInput, options: CoxBaselineOptions = {}): CoxBaseline {
  const caller = 'coxBaseline';
  requireKnownOptions(caller, options, ['hazard', 'maxSteps', 'weights']);
  const hazard = requireChoice(caller, 'hazard', options.hazard ?? (model.ties === 'efron' ? 'efron' : 'breslow'), ['efron', 'breslow']);
  const { maxSteps } = options;
  if (maxSteps !== undefined) requireWhole(caller, 'maxSteps', maxSteps, 1);
  const { rows, beta, covariance } = rowsOfModel(caller, model, data, options.weights);
  const names = model.strata === null ? null : stratumNames(caller, model, rows, data);
  const strata = stepsOf(caller, rows, beta, hazard).map((steps, s) => thinned({ stratum: names && names[s]!, ...steps }, maxSteps ?? steps.times.length));
  return { hazard, names: rows.names, covariance: covariance && Array.from(covariance), strata };
}

function stratumNames(caller: string, model: CoxRegression, { stratumBlocks, blockStarts, order }: CoxRows, data: TableInput): string[] {
  const { codes, levels } = readStrata(caller, readTable(caller, data), model.strata!, model.toJSON().strataLevels!);
  return Array.from(stratumBlocks.subarray(0, -1), (block) => levels[codes[order[blockStarts[block]!]!]!]!);
}

/** Of each stratum the sums from its first event on. */
function stepsOf(caller: string, rows: CoxRows, beta: Float64Array, hazard: 'efron' | 'breslow'): Omit<CoxBaselineStratum, 'stratum'>[] {
  const { stratumBlocks, blockStarts, durations, columnCount: p } = rows;
  const blocks = rows.eventEnds.length;
  const [rises, variances, drifts] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks * p)];
  walkEvents(rows, beta, hazard, ({ block, weight, unit, sum, tied, a, a2, b2 }) => {
    const back = Math.exp(-unit);
    rises[block] = weight * a * back;
    variances[block] = weight * a2 * back * back;
    for (let j = 0; j < p; j++) drifts[block * p + j] = weight * back * (a2 * sum[j]! - b2 * tied[j]!);
  });
  return Array.from({ length: stratumBlocks.length - 1 }, (_, s) => {
    const steps = { times: [] as number[], cumulative: [] as number[], variance: [] as number[], drift: [] as number[][] };
    let [cumulative, variance] = [0, 0];
    const drift = new Float64Array(p);
    for (let block = stratumBlocks[s + 1]! - 1; block >= stratumBlocks[s]!; block--) {
      if (rises[block] === 0) continue;
      cumulative += rises[block]!;
      variance += variances[block]!;
      for (let j = 0; j < p; j++) drift[j]! += drifts[block * p + j]!;
      steps.times.push(durations[blockStarts[block]!]!);
      steps.cumulative.push(cumulative);
      steps.variance.push(variance);
      steps.drift.push(Array.from(drift));
    }
    if (cumulative < Infinity && variance < Infinity && steps.times.length > 0) return steps;
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs hazards within the range of numbers, found coefficients too large for that; use penalty: { firth: true }`, { function: caller });
  });
}

/** The last step, and before it those that first reach each of `most` equal parts of its hazard. */
function thinned({ stratum, times, cumulative, variance, drift }: CoxBaselineStratum, most: number): CoxBaselineStratum {
  const last = times.length - 1;
  const part = cumulative[last]! / most;
  let reached = 0;
  const kept = [...times.keys()].filter((k) => {
    if (k < last && (times.length > most ? cumulative[k]! < (reached + 1) * part : false)) return false;
    reached = Math.floor(cumulative[k]! / part);
    return true;
  });
  const of = <Value>(values: readonly Value[]): Value[] => kept.map((k) => values[k]!);
  return { stratum, times: of(times), cumulative: of(cumulative), variance: of(variance), drift: of(drift) };
}

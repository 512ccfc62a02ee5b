import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { logRetained, type RetentionTheta } from './logRetained.js';
import { readSurvivors, type RenewalCohort } from './renewals.js';
import type { RetentionModel } from './retentionModel.js';

/** How far {@link forecastSurvivors} looks. */
export interface SurvivorForecastOptions {
  /** Periods after the last count of each cohort, a whole number from 1. */
  readonly periods: number;
  /** Of the intervals, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The survivors to come of one cohort: one number after each further period. */
export interface SurvivorForecast {
  /** On average. */
  readonly expected: Float64Array;
  /** Lower ends of the intervals. */
  readonly lower: Float64Array;
  /** Upper ends. */
  readonly upper: Float64Array;
}

const CALLER = 'forecastSurvivors';

/**
 * How many customers of each cohort are still there after further periods, from the last count of each on.
 *
 * The intervals are about counts: of chance, as customers stay or leave one by one, and, where the model was fitted, of its parameters (delta method).
 * Both are put together on the log-odds of the share that stays, so that no end is below 0 or above the count at hand. Approximate; for cohorts of a
 * few dozen customers and more. O(cohorts × periods).
 *
 * @param model - a model of renewals, learnt from these cohorts or others of their kind
 * @param cohorts - survivors so far; only their number of periods and the last count matter
 * @param options - see {@link SurvivorForecastOptions}
 * @returns one a cohort
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { fitBetaDiscreteWeibull } from 'clientela/lifetime';
 * const cohorts = [{ survivors: [1000, 869, 743, 653, 593] }, { survivors: [1200, 1050, 900] }];
 * const model = fitBetaDiscreteWeibull({ unit: 'year', cohorts });
 * const [older] = forecastSurvivors(model, cohorts, { periods: 3 });
 * // 551, 517 and 491 came of it.
 * older.lower[0] < 551 && 551 < older.upper[0]; // => true
 * ```
 */
export function forecastSurvivors(model: RetentionModel, cohorts: readonly RenewalCohort[], options: SurvivorForecastOptions): SurvivorForecast[] {
  requireKnownOptions(CALLER, options, ['periods', 'confidence']);
  const periods = requireWhole(CALLER, 'periods', options.periods, 1);
  const { confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a confidence between 0 and 1, found ${String(confidence)}`, { option: 'confidence', value: confidence });
  const deviations = normalQuantile((1 + confidence) / 2);
  return cohorts.map((cohort, i) => {
    const survivors = readSurvivors(CALLER, cohort, i);
    const [done, count] = [survivors.length - 1, survivors[survivors.length - 1]!];
    const [expected, lower, upper] = [new Float64Array(periods), new Float64Array(periods), new Float64Array(periods)];
    for (let t = 0; t < periods; t++) {
      const share = Math.exp(logRetained(model.theta, done, done + t + 1));
      expected[t] = count * share;
      const spread = share * (1 - share);
      // Where nobody can leave, or stay, there is nothing to be unsure of.
      const variance = spread > 0 && count > 0 ? oddsVariance(model, done, done + t + 1) + 1 / (count * spread) : 0;
      const reach = deviations * Math.sqrt(variance);
      const logOdds = Math.log(share) - Math.log(1 - share);
      lower[t] = variance === 0 ? expected[t]! : count / (1 + Math.exp(reach - logOdds));
      upper[t] = variance === 0 ? expected[t]! : count / (1 + Math.exp(-reach - logOdds));
    }
    return { expected, lower, upper };
  });
}

/** The variance of the log-odds of staying from a period to another that comes of the parameters; 0 where it is not known. */
function oddsVariance({ theta, fit }: RetentionModel, from: number, to: number): number {
  if (fit === null || fit.logCovariance === null) return 0;
  const size = fit.parameterCount;
  const logOdds = (at: RetentionTheta): number => {
    const log = logRetained(at, from, to);
    return log - Math.log(-Math.expm1(log));
  };
  const step = 1e-5;
  const slopes = Array.from({ length: size }, (_, j) => {
    const moved = (sign: number): RetentionTheta => theta.map((value, k) => (k === j ? value * Math.exp(sign * step) : value)) as unknown as RetentionTheta;
    return (logOdds(moved(1)) - logOdds(moved(-1))) / (2 * step);
  });
  let variance = 0;
  for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) variance += slopes[j]! * slopes[k]! * fit.logCovariance[j * size + k]!;
  return variance;
}

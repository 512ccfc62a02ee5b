import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { betaQuantile } from '../../numeric/betaQuantile.js';
import { requireConfidence } from '../requireConfidence.js';
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
  /** Lower ends of the intervals, whole where the counts are. */
  readonly lower: Float64Array;
  /** Upper ends, whole where the counts are. */
  readonly upper: Float64Array;
}

const CALLER = 'forecastSurvivors';

/**
 * How many customers of each cohort are still there after further periods, from the last count of each on.
 *
 * The intervals are about counts: of chance, as customers stay or leave one by one, and, where the model was fitted, of its parameters (delta method on
 * the log-odds of staying). The share that stays is taken as beta with the mean and the variance of both together, and the ends are rounded outwards to
 * whole customers, so that they hold for small cohorts and shares near 0 or 1 too. O(cohorts × periods).
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
  const tail = (1 - requireConfidence(CALLER, options.confidence ?? 0.95)) / 2;
  const isList: boolean = Array.isArray(cohorts);
  if (!isList) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs cohorts as an array of { survivors }, found ${describeValue(cohorts)}`, { function: CALLER });
  return cohorts.map((cohort, i) => {
    const survivors = readSurvivors(CALLER, cohort, i);
    const [done, count] = [survivors.length - 1, survivors[survivors.length - 1]!];
    const [expected, lower, upper] = [new Float64Array(periods), new Float64Array(periods), new Float64Array(periods)];
    for (let t = 0; t < periods; t++) {
      const share = Math.exp(logRetained(model.theta, done, done + t + 1));
      expected[t] = count * share;
      // Where nobody can leave, or stay, there is nothing to be unsure of.
      const isSure = count === 0 || share * (1 - share) === 0;
      [lower[t], upper[t]] = isSure ? [expected[t]!, expected[t]!] : intervalOf(count, share, oddsVariance(model, done, done + t + 1), tail);
    }
    return { expected, lower, upper };
  });
}

/**
 * Between which counts the survivors of `count` lie, each end missed with probability `tail`, where they stay with a probability of mean `share`. In
 * parts of share (1 - share), the variance of that probability is `unsure`, which with chance gives that of the share that stays; a beta law has it
 * where its shapes add up to one over it, less 1.
 */
function intervalOf(count: number, share: number, varianceOfOdds: number, tail: number): readonly [number, number] {
  const ofParameters = varianceOfOdds * share * (1 - share);
  const unsure = ofParameters / (1 + ofParameters);
  // Of one customer the law is all at both ends: nearly, as a beta law has shapes above 0.
  const shapes = Math.max(1e-6, 1 / (1 / count + (1 - 1 / count) * unsure) - 1);
  const staying = shapes * share;
  const leaving = shapes * (1 - share);
  // Of the fewer, so that few of many keep their digits; the mean is always within.
  const fewest = (mean: number, shape: number, other: number): number => Math.floor(Math.min(mean, count * betaQuantile(tail, shape, other)) + 1e-9);
  return [fewest(count * share, staying, leaving), count - fewest(count * (1 - share), leaving, staying)];
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

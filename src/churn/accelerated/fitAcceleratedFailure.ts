import type { ColumnNameOf, TableOf, TableView } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { readClusters } from '../../learners/readClusters.js';
import { acceleratedDesign, type AcceleratedDesign } from './acceleratedDesign.js';
import { AcceleratedFailure } from './acceleratedFailure.js';
import { requireAcceleratedOptions, type AcceleratedFailureOptions } from './acceleratedOptions.js';
import type { DistributionCandidate } from './acceleratedState.js';
import { solveAccelerated, type AcceleratedSolution } from './solveAccelerated.js';
import { acceleratedState, criteria, totalOf } from './summariseAccelerated.js';
import { TIME_FAMILIES, timeFamily, type TimeDistribution } from './timeFamily.js';
import { readTimeRows, RIGHT, scaleTimes, type TimeRows } from './timeRows.js';

const CALLER = 'fitAcceleratedFailure';

/**
 * How long customers stay, as a median that features multiply: "fibre: 0.3 times as long". A model of accelerated failure time, with the curve
 * of every customer in closed form, beyond the longest time seen, too.
 *
 * ln(time) = x'b + scale * e, with x'b a sum over features (numbers as they are, categories as 0/1 columns against their first level, a missing
 * number at its mean with an indicator of its own) and e of the law that `distribution` names (Kalbfleisch and Prentice, 2002, chapter 3). Rows
 * still without the event count by their survival, those that entered late by what is known from then on, intervals by the probability between.
 *
 * Newton's method on (b / scale, 1 / scale) of centred and scaled times, in which the log-likelihood is concave (Burridge, 1981; Pratt, 1981): from any
 * start it comes to the one maximum, in some 7 walks over the rows of O(rows * columns²) each. Times in other units give the same model.
 * Columns that others determine are left out and named in `aliased`; levels whose rows never had the event are named in `separated`.
 *
 * A duration of 0 has no logarithm and is refused: leave out who was not observed yet, and give an event within the first unit half of it, or
 * a `durationUpper`.
 *
 * @param data - raw rows, one duration each
 * @param options - `duration` at least
 * @returns the fitted model
 * @throws a {@link ClientelaError} `INVALID_VALUE` (a duration of 0), `NOT_IDENTIFIED` (no event at all, or times that features determine
 * exactly), `MISSING_VALUE`, `NON_FINITE_VALUE`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Exponential times: with an event in each row the most likely mean is the mean.
 * const rows = [2, 4, 6, 10, 20, 30].map((months, i) => ({ plan: i < 3 ? 'monthly' : 'yearly', months }));
 * const model = fitAcceleratedFailure(rows, { duration: 'months', distribution: 'exponential' });
 * model.coefficients[1]?.timeRatio; // => 5
 * model.coefficients[1]?.hazardRatio; // => 0.2
 * model.predictQuantile([{ plan: 'yearly' }], 0.5); // => [20 * Math.log(2)]
 * model.predictSurvival([{ plan: 'monthly' }], 4); // => [Math.exp(-1)]
 * ```
 */
export function fitAcceleratedFailure<Data extends TableOf<Data>>(data: Data, options: AcceleratedFailureOptions<ColumnNameOf<Data>>): AcceleratedFailure {
  requireAcceleratedOptions(CALLER, options);
  const { distribution = 'weibull', standardErrors = 'model' } = options;
  const view = parseTable(CALLER, data);
  const rows = readTimeRows(CALLER, view, options);
  requireEvents(CALLER, rows, options.duration);
  const clusters = typeof standardErrors === 'object' ? readClusters(CALLER, view, standardErrors) : null;
  const design = designOf(view, rows, options);
  const fit = (one: TimeDistribution): AcceleratedSolution => solve(rows, design, options, one);
  if (distribution !== 'choose') {
    return new AcceleratedFailure(acceleratedState({ options, distribution, candidates: null, design, solution: fit(distribution), weights: rows.weights, clusters }));
  }
  const solutions = TIME_FAMILIES.map((one) => ({ distribution: one, solution: fit(one) }));
  const candidates = compared(solutions, rows, design);
  const best = solutions.find((one) => one.distribution === candidates[0]!.distribution)!;
  return new AcceleratedFailure(acceleratedState({ ...best, options, candidates, design, weights: rows.weights, clusters }));
}

/** Refuses rows none of which had the event: their times have no upper end. */
export function requireEvents(caller: string, { kinds, weights }: TimeRows, duration: string): void {
  if (kinds.some((kind, row) => kind !== RIGHT && weights?.[row] !== 0)) return;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs some rows in which the event came, found none: the times in column "${duration}" have no upper end; wait for events, or check eventValue`, { function: caller, column: duration });
}

function designOf(view: TableView, rows: TimeRows, options: AcceleratedFailureOptions): AcceleratedDesign {
  const { duration, durationUpper, event, entry, weights, standardErrors, features, minLevelCount } = options;
  const cluster = typeof standardErrors === 'object' ? standardErrors.cluster : undefined;
  const exclude = [duration, durationUpper, event, entry, weights, cluster].filter((name) => typeof name === 'string');
  const happened = Float64Array.from(rows.kinds, (kind) => (kind === RIGHT ? 0 : 1));
  return acceleratedDesign(CALLER, view, { features, exclude, weights: rows.weights, minLevelCount, happened });
}

function solve(rows: TimeRows, design: AcceleratedDesign, { duration, maxIterations = 100, onProgress }: AcceleratedFailureOptions, distribution: TimeDistribution): AcceleratedSolution {
  const family = timeFamily(distribution);
  const times = scaleTimes(CALLER, rows, { isLog: family.isLog, duration, distribution });
  const onStep = onProgress && ((done: number, objective: number): boolean => onProgress({ done, total: maxIterations, objective }) !== false);
  return solveAccelerated(CALLER, times, family, design, { maxIterations, onStep });
}

function compared(solutions: readonly { readonly distribution: TimeDistribution; readonly solution: AcceleratedSolution }[], rows: TimeRows, design: AcceleratedDesign): DistributionCandidate[] {
  const rowCount = totalOf(rows.kinds, rows.weights, () => true);
  const figures = solutions.map(({ distribution, solution: { logLikelihood, at } }) => {
    const parameterCount = at.length + design.separations.length;
    return { distribution, logLikelihood, parameterCount, ...criteria(logLikelihood, parameterCount, rowCount) };
  });
  const least = Math.min(...figures.map(({ aic }) => aic));
  const total = figures.reduce((sum, { aic }) => sum + Math.exp((least - aic) / 2), 0);
  return figures.map((one) => ({ ...one, weight: Math.exp((least - one.aic) / 2) / total })).sort((a, b) => a.aic - b.aic);
}

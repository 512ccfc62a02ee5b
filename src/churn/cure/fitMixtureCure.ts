import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { acceleratedDesign } from '../accelerated/acceleratedDesign.js';
import { requireEvents } from '../accelerated/fitAcceleratedFailure.js';
import { pushAllAside, solveAccelerated } from '../accelerated/solveAccelerated.js';
import { timeFamily } from '../accelerated/timeFamily.js';
import { readTimeRows, RIGHT, scaleTimes } from '../accelerated/timeRows.js';
import { requireCureOptions, type MixtureCureOptions } from './cureOptions.js';
import { observedFollowUp } from './followUp.js';
import { MixtureCure } from './mixtureCure.js';
import { fixedInverse, solveCure, type CureProblem } from './solveCure.js';
import { cureState } from './summariseCure.js';

const CALLER = 'fitMixtureCure';

/**
 * Who never leaves, and when the others do: a mixture of customers who are immune to the event and customers whom it comes to at some time.
 *
 * S(t) = p(x) + (1 - p(x)) S(t | x), with ln (p / (1 - p)) one sum over features and the time of those who leave a model of accelerated failure time with
 * another (Boag, 1949; Farewell, 1982). The EM algorithm goes near the maximum, Newton's method on the joint likelihood to it, from two starts
 * (the surface may have more than one top); standard errors are of the joint information. Some 30 to 60 walks over the rows of O(rows * columns²) each.
 *
 * The end of the curve alone tells who never leaves from who leaves late. `followUp` says how much of it was seen, and `note` says in words where the share
 * is no more than what the distribution makes of a curve that still falls.
 *
 * @param data - raw rows, one duration each
 * @param options - `duration` at least
 * @returns the fitted mixture
 * @throws a {@link ClientelaError} `INVALID_VALUE` (a duration of 0), `NOT_IDENTIFIED` (no event at all, or times that features determine
 * exactly), `MISSING_VALUE`, `NON_FINITE_VALUE`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * // 3 in 10 never leave; the others after 5 months on average, and all were observed for 60.
 * const random = createRandom(1);
 * const rows = Array.from({ length: 2000 }, () => {
 *   const leaves = random.uniform() < 0.7;
 *   const time = -5 * Math.log(1 - random.uniform());
 *   return { months: leaves ? Math.min(60, time) : 60, left: leaves && time < 60 };
 * });
 * const model = fitMixtureCure(rows, { duration: 'months', event: 'left', distribution: 'exponential', features: [] });
 * Math.abs(model.curedShare.estimate - 0.3) < 0.03; // => true
 * model.followUp.isLongEnough; // => true
 * // Who is there after 30 months stays.
 * model.predictCured([{}], { elapsed: 30 })[0]! > 0.99; // => true
 * ```
 */
export function fitMixtureCure<Data extends TableOf<Data>>(data: Data, options: MixtureCureOptions<ColumnNameOf<Data>>): MixtureCure {
  requireCureOptions(CALLER, options);
  const { duration, event, entry, distribution = 'weibull', features, cureFeatures = features, minLevelCount, maxIterations = 200, onProgress } = options;
  const view = parseTable(CALLER, data);
  const rows = readTimeRows(CALLER, view, options);
  requireEvents(CALLER, rows, duration);
  const family = timeFamily(distribution);
  const scaled = scaleTimes(CALLER, rows, { isLog: true, duration, distribution });
  const exclude = [duration, event, entry, options.weights].filter((name) => typeof name === 'string');
  const happened = Float64Array.from(rows.kinds, (kind) => (kind === RIGHT ? 0 : 1));
  const time = acceleratedDesign(CALLER, view, { features, exclude, weights: rows.weights, minLevelCount, happened });
  const cure = acceleratedDesign(CALLER, view, { features: cureFeatures, exclude, weights: time.weights, minLevelCount, happened: null });
  const problem: CureProblem = { times: { ...scaled, weights: time.weights }, family, cure, time };
  const everybody = solveAccelerated(CALLER, scaled, family, time, { maxIterations });
  const { plateau } = observedFollowUp(rows);
  const first = Math.min(0.95, Math.max(0.02, plateau));
  const onStep = onProgress && ((done: number, objective: number): boolean => onProgress({ done, total: maxIterations, objective }) !== false);
  const maximum = solveCure(problem, [first, first / 5], { maxIterations, onStep });
  const inverse = fixedInverse(problem) ?? maximum.at[maximum.at.length - 1]!;
  const line = pushAllAside(maximum.at.subarray(cure.kept.length), time, scaled, inverse);
  const logLikelihood = maximum.logLikelihood + scaled.jacobian;
  return new MixtureCure(cureState({ options, rows, problem, maximum, line, logLikelihood, withoutCured: everybody.logLikelihood }));
}

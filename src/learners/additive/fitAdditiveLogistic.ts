import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import type { EncodingTerm } from '../../data/encodingTerm.js';
import { learnTerms } from '../../data/learnTerms.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf, TableView } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { hasBothClasses } from '../separation.js';
import { AdditiveLogistic } from './additiveLogistic.js';
import { requireAdditiveOptions, monotoneColumns, type AdditiveLogisticOptions } from './additiveOptions.js';
import { chooseCrosses } from './chooseCrosses.js';
import { learnAxes } from './learnAxes.js';
import { placeRows } from './axis.js';
import { crossTerm, mainTerm, type DesignTerm } from './design.js';
import { holdMonotone } from './monotoneShape.js';
import { solveAdditive, type AdditiveRun } from './solveAdditive.js';
import { writeAdditive } from './writeAdditive.js';

const CALLER = 'fitAdditiveLogistic';
/** Knots of a number in a pair at most. */
const CROSS_KNOTS = 6;

/**
 * An additive logistic regression: as accurate as boosted trees where features mostly add up, and a handful of curves and tables to read.
 *
 * Log-odds are a sum of one term for each feature and of tables for pairs that act together. A number is a broken line over up to 20 knots
 * (its quantiles), split into a straight line and bends; a missing number has a level of its own; a category is its levels. Coefficients
 * are shrunk by penalties (one for all lines and levels, one for the bends of each number, one for all pairs) whose strengths maximise the
 * marginal likelihood (REML; Wood, 2011, by the fixed point of MacKay, 1992, and Fellner and Schall): nothing is drawn by chance and nothing has to be tuned. Bends
 * and pairs that are noise go to 0 and out. Pairs are found by a score test of the additive fit's residuals (in the spirit of GA2M: Lou, Caruana, Gehrke,
 * Hooker, 2013) at 5 % after Bonferroni's correction. The intercept is free, so that probabilities add up to the events.
 *
 * There are no class weights: they leave the ranking as it is and spoil the probabilities. What a missed and a needless contact
 * cost belongs in the decision made with the probability. Trees do better where features act together three and four at a time.
 * O(rows * terms^2 + coefficients^3), some 20 times.
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the fitted model
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `MISSING_VALUE` (a row without target), `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `DUPLICATE_COLUMN`,
 * `COLUMN_KIND` (dates, and categories that look like an identifier), `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Customers leave early or after years, hardly in between; the discount helps.
 * const rows = Array.from({ length: 2000 }, (_, i) => ({ months: i % 40, discount: i % 3 === 0, left: (i * 7919) % 100 < ((i % 40) - 20) ** 2 / 8 + (i % 3 ? 20 : 5) ? 1 : 0 }));
 * const model = fitAdditiveLogistic(rows, { target: 'left' });
 * const [p0, p20, p39] = model.predictProbability([0, 20, 39].map((months) => ({ months, discount: false })));
 * p0! > 0.6 && p20! < 0.3 && p39! > 0.6; // => true
 * model.terms()[0]?.features; // => ['months']
 * model.explain({ months: 20, discount: true }).contributions[0]?.direction; // => 'lowers'
 * ```
 */
export function fitAdditiveLogistic<Data extends TableOf<Data>>(data: Data, options: AdditiveLogisticOptions<ColumnNameOf<Data>>): AdditiveLogistic {
  requireAdditiveOptions(CALLER, options);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const { positive, y } = readOutcomes(view, options, weights);
  const encoding = learnTerms(CALLER, view, {
    exclude: [options.target, options.weights].filter((name) => typeof name === 'string'),
    ...(options.features && { features: options.features }),
    ...(weights && { weights }),
    ...(options.minLevelCount !== undefined && { minLevelCount: options.minLevelCount }),
  });
  const axes = learnAxes(CALLER, encoding, view, weights, options.knots ?? usualKnots(encoding), CROSS_KNOTS);
  const monotone = monotoneColumns(CALLER, options, axes.flatMap(({ fine }) => ('levels' in fine ? [] : [fine.column])));
  const problem = { y, weights, penaltyCount: 1 + axes.length };
  const run: AdditiveRun = { maxIterations: options.maxIterations ?? 100, onStep: stepsOf(options) };
  const mains = axes.map((axis, j) => mainTerm(axis, placeRows(CALLER, axis.fine, view), weights, 1 + j));
  const alone = solveAdditive({ ...problem, terms: mains }, run);
  const coarse = axes.map(({ coarse: axis }) => placeRows(CALLER, axis, view));
  const { chosen, tested } = chooseCrosses(CALLER, { axes, coarse, mains, solution: alone, y, weights, monotone }, options);
  const crosses = chosen.map(({ pair: [a, b] }): DesignTerm => crossTerm(axes[a]!, axes[b]!, [coarse[a]!, coarse[b]!], 1 + axes.length));
  const all = { ...problem, terms: [...mains, ...crosses], penaltyCount: problem.penaltyCount + 1 };
  const together = crosses.length === 0 ? alone : solveAdditive({ ...all, start: alone }, run);
  const { terms, solution } = holdMonotone(all, together, monotone, run);
  return new AdditiveLogistic(writeAdditive({ ...problem, terms, solution, axes, chosen, tested, target: options.target, positive }));
}

/** Of very many numbers each gets fewer, so that a fit stays a matter of seconds. */
function usualKnots(encoding: readonly EncodingTerm[]): number {
  return Math.min(20, Math.max(4, Math.floor(1200 / encoding.filter(({ kind }) => kind === 'number').length)));
}

/** One count of steps over the stages of the fit; once stopped, stopped for all. */
function stepsOf({ onProgress, maxIterations = 100 }: AdditiveLogisticOptions): AdditiveRun['onStep'] {
  if (onProgress === undefined) return undefined;
  let done = 0;
  let isStopped = false;
  return (_, objective) => {
    isStopped ||= onProgress({ done: ++done, total: Math.max(maxIterations, done), objective }) === false;
    return !isStopped;
  };
}

/** The target as 1 and 0; a row of weight 0 may be without. */
function readOutcomes(view: TableView, { target, positive }: AdditiveLogisticOptions, weights: Float64Array | null): { positive: TargetValue; y: Float64Array } {
  const found = readBinaryTarget(CALLER, view, target, positive);
  const y = new Float64Array(found.labels);
  for (let row = 0; row < y.length; row++) {
    if (y[row]! >= 0) continue;
    if (weights?.[row] !== 0) {
      throw new ClientelaError('MISSING_VALUE', `${CALLER} needs a target in every row, found none in column "${target}", row ${row}; leave out rows that are not labelled`, { column: target, row });
    }
    y[row] = 0;
  }
  if (hasBothClasses({ y, weights })) return { positive: found.positive, y };
  throw new ClientelaError('TARGET_CLASSES', `${CALLER} needs both classes of "${target}" among the rows of weight above 0, found one`, { column: target });
}

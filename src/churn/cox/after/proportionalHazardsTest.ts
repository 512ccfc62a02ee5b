import { termNames } from '../../../data/encodingTerm.js';
import { requireChoice, requireKnownOptions } from '../../../data/options.js';
import type { TableInput } from '../../../data/table.js';
import { ClientelaError } from '../../../errors.js';
import { chiSquareSurvival } from '../../../numeric/chiSquare.js';
import { choleskyInPlace, choleskySolve } from '../../../numeric/cholesky.js';
import type { CoxRegression } from '../coxRegression.js';
import type { CoxTest } from '../coxState.js';
import type { CoxRows } from '../coxRows.js';
import { rowsOfModel } from '../rowsOfModel.js';
import type { ResidualOptions } from './coxResiduals.js';
import { hazardAdvice } from './hazardAdvice.js';
import { requireBroken } from './scoreRows.js';
import { timeMoments, type TimeMoments } from './timeMoments.js';
import { timeScale, type TimeTransform } from './timeScale.js';

/** How to test for proportional hazards. */
export interface ProportionalHazardsOptions extends ResidualOptions {
  /** On which scale of time effects may change: `'km'` the share that has had the event so far, robust to late events; `'rank'` of the time among all rows, `'log'`, or time as it is (`'identity'`). @defaultValue 'km' */
  readonly transform?: TimeTransform;
  /** Below which probability a feature is named in the advice; in (0, 1). @defaultValue 0.05 */
  readonly level?: number;
}

/** How the effect of one column of the design changes with time. */
export interface HazardChange {
  /** `age`, `plan=gold`. */
  readonly name: string;
  /** What one unit more (or the level) multiplies the hazard by around {@link ProportionalHazardsTest.earlyTime}. */
  readonly early: number;
  /** The same around {@link ProportionalHazardsTest.lateTime}. */
  readonly late: number;
}

/** The test of one feature. */
export interface ProportionalHazardsTerm extends CoxTest {
  /** The column of the data. */
  readonly feature: string;
  /** One a coefficient of the feature; first-order estimates. */
  readonly changes: readonly HazardChange[];
}

/** Whether features multiply the hazard by the same at all times. */
export interface ProportionalHazardsTest {
  /** The scale of time. */
  readonly transform: TimeTransform;
  /** One a feature. */
  readonly terms: readonly ProportionalHazardsTerm[];
  /** All features at once. */
  readonly global: CoxTest;
  /** By then a quarter of the events had come. */
  readonly earlyTime: number;
  /** By then three quarters of the events had come. */
  readonly lateTime: number;
  /** In words: for which features hazards are not proportional, how their effect moves, and what to do. */
  readonly advice: readonly string[];
}

/**
 * Whether each feature multiplies the hazard by the same at all times, as a Cox regression takes it: the exact score test of a coefficient on
 * feature * g(time) for each column (Grambsch and Therneau, 1994, as R's `cox.zph` since survival 3.0, ties by the rule of the fit). A category is
 * one term of as many degrees of freedom as it has coefficients.
 *
 * With many events departures too small to matter are found: look at `changes`. O(rows * columns²) and a sort.
 *
 * @param model - of a fit with ties `'efron'` or `'breslow'`, without infinite estimates
 * @param data - the training rows
 * @param options - `transform`, `level`, and `weights` where they were an array
 * @returns tests by feature and for all, with advice
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `NOT_IDENTIFIED` (no event, no coefficient, or one without finite estimate), or as `fitCoxRegression`
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * // Those who came by a coupon leave soon or late, others in between.
 * const rows = Array.from({ length: 60 }, (_, i) => ({ months: i % 2 === 1 ? 10 + i / 10 : i % 4 === 0 ? 1 + i / 10 : 20 + i / 10, coupon: i % 2 === 0 ? 'yes' : 'no' }));
 * const test = proportionalHazardsTest(fitCoxRegression(rows, { duration: 'months' }), rows);
 * test.terms.map(({ feature, degreesOfFreedom }) => [feature, degreesOfFreedom]); // => [['coupon', 1]]
 * test.global.p < 0.001; // => true
 * test.advice[0]?.slice(0, 40); // => 'coupon: its effect turns round with time'
 * ```
 */
export function proportionalHazardsTest(model: CoxRegression, data: TableInput, options: ProportionalHazardsOptions = {}): ProportionalHazardsTest {
  const caller = 'proportionalHazardsTest';
  requireKnownOptions(caller, options, ['transform', 'level', 'weights']);
  const transform = requireChoice(caller, 'transform', options.transform ?? 'km', ['km', 'rank', 'log', 'identity']);
  const { level = 0.05 } = options;
  if (!(level > 0 && level < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs level between 0 and 1, found ${String(level)}`, { function: caller, option: 'level', value: level });
  const { rows, beta, ties } = rowsOfModel(caller, model, data, options.weights);
  requireFinite(caller, model, rows);
  const scale = timeScale(caller, rows, transform);
  const moments = timeMoments(rows, beta, requireBroken(caller, ties), scale);
  const factor = moments.information.slice();
  if (!choleskyInPlace(factor, rows.columnCount)) throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs rows that tell the coefficients apart, found others; give it the training rows`, { function: caller });
  const [early, late] = [quartile(rows, 0.25), quartile(rows, 0.75)];
  const terms = featuresOf(model, rows).map(({ feature, columns }): ProportionalHazardsTerm => {
    const { test, second, first } = scoreTest(moments, factor, columns);
    const ratio = (j: number, block: number): number => Math.exp((beta[columns[j]!]! + first[columns[j]!]! + second[j]! * scale[block]!) / rows.scales[columns[j]!]!);
    return { feature, ...test, changes: columns.map((column, j) => ({ name: rows.names[column]!, early: ratio(j, early), late: ratio(j, late) })) };
  });
  const { test: global } = scoreTest(moments, factor, rows.names.map((_, j) => j));
  const [earlyTime, lateTime] = [early, late].map((block) => rows.durations[rows.blockStarts[block]!]!) as [number, number];
  return { transform, terms, global, earlyTime, lateTime, advice: hazardAdvice({ terms, global, earlyTime, lateTime, level, strata: model.strata, events: rows.events.reduce((sum, event) => sum + event, 0) }) };
}

function requireFinite(caller: string, { separated }: CoxRegression, { columnCount }: CoxRows): void {
  if (separated.length > 0) throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs coefficients with finite estimates, found none for ${separated.join(', ')}; fit with penalty: { firth: true }`, { function: caller, columns: separated });
  if (columnCount === 0) throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs a fit with coefficients, found none`, { function: caller });
}

/** The columns of the design by the column of the data they come from. */
function featuresOf(model: CoxRegression, { names }: CoxRows): { readonly feature: string; readonly columns: readonly number[] }[] {
  const { terms } = model.toJSON();
  const features = [...new Set(terms.map(({ column }) => column))];
  const own = (feature: string): string[] => terms.filter(({ column }) => column === feature).flatMap(termNames);
  return features.map((feature) => ({ feature, columns: own(feature).map((name) => names.indexOf(name)).filter((j) => j >= 0) })).filter(({ columns }) => columns.length > 0);
}

/** Of some columns: slope' (second - mixed' information^-1 mixed)^-1 slope, and where one Newton step leads. */
function scoreTest({ slope, mixed, second }: TimeMoments, factor: Float64Array, columns: readonly number[]): { readonly test: CoxTest; readonly first: Float64Array; readonly second: Float64Array } {
  const p = slope.length;
  const size = columns.length;
  const explained = columns.map((column) => choleskySolve(factor, p, mixed.slice(column * p, column * p + p)));
  const left = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = second[columns[i]! * p + columns[j]!]!;
      for (let k = 0; k < p; k++) sum -= mixed[columns[i]! * p + k]! * explained[j]![k]!;
      left[i * size + j] = sum;
    }
  }
  const own = Float64Array.from(columns, (column) => slope[column]!);
  const first = new Float64Array(p);
  // Where time does not tell the two coefficients apart (one event time), nothing can speak against proportional hazards.
  if (!choleskyInPlace(left, size)) return { test: { statistic: 0, degreesOfFreedom: size, p: 1 }, first, second: new Float64Array(size) };
  const step = choleskySolve(left, size, own.slice());
  explained.forEach((part, j) => part.forEach((value, k) => (first[k]! -= value * step[j]!)));
  const statistic = step.reduce((sum, value, j) => sum + value * own[j]!, 0);
  return { test: { statistic, degreesOfFreedom: size, p: chiSquareSurvival(statistic, size) }, first, second: step };
}

/** The block by whose time a share of the events has come. */
function quartile({ blockStarts, eventEnds, durations }: CoxRows, share: number): number {
  const blocks = [...eventEnds.keys()].filter((block) => eventEnds[block]! > blockStarts[block]!).sort((a, b) => durations[blockStarts[a]!]! - durations[blockStarts[b]!]!);
  const count = (block: number): number => eventEnds[block]! - blockStarts[block]!;
  let left = share * blocks.reduce((sum, block) => sum + count(block), 0);
  return blocks.find((block) => (left -= count(block)) <= 0) ?? blocks.at(-1)!;
}

import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { ClientelaError } from '../../errors.js';
import { twoSidedNormalP } from '../../numeric/normal.js';
import { readSurvivalRows } from '../survivalRows.js';
import { countedGroups } from './countedGroups.js';
import { requireKaplanMeier } from './curveOptions.js';
import { fitCurve } from './fitCurve.js';
import type { GroupedKaplanMeierOptions } from './kaplanMeierBy.js';
import type { CurveEstimate } from './survivalCurve.js';

const CALLER = 'restrictedMeanDifference';

/** Which means to compare. */
export interface RestrictedMeanOptions<Names extends string = string> extends GroupedKaplanMeierOptions<Names> {
  /** Time is counted so far. @defaultValue the longest that every group was observed */
  readonly horizon?: number;
  /** The group that the others are compared with. @defaultValue the first, by size of the number or by code unit */
  readonly reference?: TargetValue;
}

/** The mean time of a group, beside that of the reference. */
export interface RestrictedMeanGroup {
  /** Its value in the column of groups. */
  readonly group: TargetValue;
  /** How many rows it has; by weight. */
  readonly rows: number;
  /** The mean time without the event within the horizon. */
  readonly mean: CurveEstimate;
  /** By how much it is longer than that of the reference; null for the reference itself. */
  readonly difference: CurveEstimate | null;
  /** Two-sided, of no difference; null for the reference, and where neither mean has any error. */
  readonly p: number | null;
}

/** Mean times compared. */
export interface RestrictedMeans {
  /** Time was counted so far. */
  readonly horizon: number;
  /** By size of the number, or by code unit. */
  readonly groups: readonly RestrictedMeanGroup[];
}

/**
 * How much longer customers of one group stay than of another, within a horizon: the difference of the areas under their survival curves, with a normal test. In the unit of
 * the durations, and right whether or not hazards are proportional, where a hazard ratio is neither (Royston and Parmar, 2013).
 *
 * @param data - one row a customer
 * @param options - `duration` and `by` at least
 * @returns the mean of each group and its difference from the reference
 * @throws a {@link ClientelaError} as `kaplanMeierBy`; `INVALID_OPTION` for a single group, an unknown reference or a horizon beyond what was observed
 * @example
 * ```ts
 * const rows = [1, 2, 3, 4].flatMap((months) => [{ months, plan: 'basic' }, { months: months + 2, plan: 'gold' }]);
 * const { groups } = restrictedMeanDifference(rows, { duration: 'months', by: 'plan', horizon: 4 });
 * groups.map(({ mean }) => mean.estimate); // => [2.5, 3.75]
 * groups[1].difference.estimate; // => 1.25
 * ```
 */
export function restrictedMeanDifference<Data extends TableOf<Data>>(data: Data, options: RestrictedMeanOptions<ColumnNameOf<Data>>): RestrictedMeans {
  const shape = requireKaplanMeier(CALLER, options, 'by', 'horizon', 'reference');
  const view = readTable(CALLER, data);
  const curves = countedGroups(CALLER, view, options.by, readSurvivalRows(CALLER, view, options)).map(({ group, rows, count }) => ({ group, count, curve: fitCurve(rows, options.standardErrors, shape) }));
  if (curves.length < 2) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs at least two groups to compare, found one in column "${options.by}"`, { function: CALLER, column: options.by });
  // Where the event has come to all of a group its curve is known for ever.
  const ends = curves.map(({ curve }) => (curve.survival[curve.survival.length - 1] === 0 ? Infinity : curve.lastTime));
  const common = Math.min(...ends);
  const horizon = options.horizon ?? (common < Infinity ? common : Math.max(...curves.map(({ curve }) => curve.lastTime)));
  const means = curves.map(({ curve }) => curve.restrictedMean(horizon));
  const place = options.reference === undefined ? 0 : curves.findIndex(({ group }) => group === options.reference);
  if (place < 0) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs reference as a group of column "${options.by}", found ${describeValue(options.reference)}; its groups are ${curves.map(({ group }) => describeValue(group)).join(', ')}`, { function: CALLER, option: 'reference' });
  const z = normalMultiplier(CALLER, shape.confidence);
  const base = means[place]!;
  const groups = curves.map(({ group, count }, i): RestrictedMeanGroup => {
    const mean = means[i]!;
    if (i === place) return { group, rows: count, mean, difference: null, p: null };
    const estimate = mean.estimate - base.estimate;
    const standardError = Math.hypot(mean.standardError, base.standardError);
    const difference = { estimate, lower: estimate - z * standardError, upper: estimate + z * standardError, standardError };
    return { group, rows: count, mean, difference, p: standardError > 0 ? twoSidedNormalP(estimate / standardError) : null };
  });
  return { horizon, groups };
}

import { requireKnownOptions, requireWhole } from '../data/options.js';
import { readTable, type TableInput } from '../data/table.js';
import { parseTable } from '../data/takeRows.js';
import { ClientelaError } from '../errors.js';
import { falseDiscoveryQ } from '../numeric/falseDiscovery.js';
import { compareFeature, type DriftBin } from './compareFeature.js';
import { judgeDrift, type Drift } from './drift.js';

/** One feature at both moments. */
export interface FeatureDrift extends Drift {
  /** The column. */
  readonly feature: string;
  /** The bins with their shares, those of the baseline of equal size as far as values allow. */
  readonly bins: readonly DriftBin[];
}

/** What {@link featureDrift} looks at, and how easily it calls. */
export interface FeatureDriftOptions<Names extends string = string> {
  /** The columns to look at. @defaultValue all but dates and identifiers */
  readonly features?: readonly Names[];
  /** Into how many bins of equal size in the baseline a number is cut. @defaultValue 10 */
  readonly bins?: number;
  /** The probability of a call where nothing has changed, at most. @defaultValue 0.05 */
  readonly falseAlarmRate?: number;
}

/**
 * Which columns are distributed otherwise today than they were: the population stability index of each, read against what chance makes of it.
 *
 * Numbers are cut into bins of equal size in the baseline, levels of fewer than 10 rows are taken together, missing is a bin of its own. In small
 * tables PSI is large by itself, so a level needs both a size beyond the expectation of chance and a test (chi-square; for numbers the smaller of it and
 * Kolmogorov-Smirnov, doubled), corrected for all columns. `O(features x rows log rows)`.
 *
 * @param baseline - the rows as they were then, such as those a model was learnt from
 * @param current - the rows of today, with the same columns
 * @param options - features, bins, falseAlarmRate
 * @returns one line a feature, in their order
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = (shift) => ({ spend: Array.from({ length: 200 }, (_, i) => i + shift), plan: Array.from({ length: 200 }, (_, i) => (i % 2 ? 'gold' : 'basic')) });
 * featureDrift(customers(0), customers(100)).map(({ feature, level }) => [feature, level]); // => [['spend', 'large'], ['plan', 'none']]
 * ```
 */
export function featureDrift<Names extends string>(baseline: TableInput<Names>, current: TableInput, options: FeatureDriftOptions<Names> = {}): FeatureDrift[] {
  const caller = 'featureDrift';
  requireKnownOptions(caller, options, ['features', 'bins', 'falseAlarmRate']);
  const { bins = 10, falseAlarmRate = 0.05 } = options;
  requireWhole(caller, 'bins', bins, 2);
  if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs falseAlarmRate as a number between 0 and 1, found ${String(falseAlarmRate)}`, { option: 'falseAlarmRate', value: falseAlarmRate });
  }
  const [then, now] = [parseTable(caller, baseline), readTable(caller, current)];
  if (then.rowCount === 0 || now.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs rows in both tables, found ${then.rowCount} and ${now.rowCount}`);
  const features: readonly string[] = options.features ?? then.names.filter((name) => !['date', 'id'].includes(then.source(name).kind));
  const compared = features.map((feature) => ({ feature, ...compareFeature(caller, feature, then.source(feature), now, bins) }));
  const q = falseDiscoveryQ(Float64Array.from(compared, ({ p }) => p));
  return compared.map((found, i) => judgeDrift(found, q[i]!, falseAlarmRate));
}

import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { numbersOf } from '../../data/replayColumn.js';
import { readTable, type ColumnNameOf, type TableOf, type TableView } from '../../data/table.js';
import { fitGlm } from '../../learners/glm/fitGlm.js';
import type { Glm } from '../../learners/glm/glm.js';
import type { GlmOptions } from '../../learners/glm/glmOptions.js';
import { requireTimeUnit, type TimeUnit } from '../timeUnit.js';
import { ContactModel, EVERYBODY } from './contactModel.js';

/** How to learn the number of contacts. */
export interface FitContactCountsOptions<Names extends string = string> {
  /** The unit of the exposure. */
  readonly unit: TimeUnit;
  /** The column of counts. @defaultValue 'contacts' */
  readonly target?: Names;
  /** The column of how long each customer was observed, above 0. @defaultValue 'exposure' */
  readonly exposure?: Names;
  /** The columns to predict from; none for one rate for all. @defaultValue every column but the two above and those of kind `id` */
  readonly features?: readonly Names[];
  /** The distribution of the counts. @defaultValue 'choose': negative binomial where the test for overdispersion has p below 0.05, otherwise Poisson */
  readonly family?: 'choose' | 'poisson' | 'negative-binomial';
  /** Levels with fewer customers are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
}

const CALLER = 'fitContactCounts';

/**
 * How often customers are in contact, by their features, each counted over an exposure of its own: Poisson or negative binomial regression with the
 * logarithm of the exposure as offset, in the first case where counts vary as chance would have it, in the second where customers differ beyond
 * their features (Lawless, 1987). O(rows * columns²) an iteration.
 *
 * @param data - one row a customer: the count and exposure that `contactCounts` gives, and any features
 * @param options - `unit` at least
 * @returns the fitted model, for new customers and, given their own count, for these
 * @throws a {@link ClientelaError} `INVALID_VALUE` (a negative count, an exposure of 0), `NOT_IDENTIFIED` (no contact at all), `MISSING_VALUE`, `EMPTY_INPUT`,
 * `UNKNOWN_COLUMN`, `COLUMN_KIND`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // 6 contacts in 36 months of basic customers, 18 in 30 of gold ones.
 * const rows = [[1, 12], [3, 12], [2, 12], [6, 12], [5, 6], [7, 12]].map(([contacts, exposure], i) => ({ plan: i < 3 ? 'basic' : 'gold', contacts, exposure }));
 * const model = fitContactCounts(rows, { unit: 'month' });
 * model.family; // => 'poisson'
 * model.expected([{ plan: 'basic' }, { plan: 'gold' }], { years: 1 }); // => [2, 7.2]
 * ```
 */
export function fitContactCounts<Data extends TableOf<Data>>(data: Data, options: FitContactCountsOptions<ColumnNameOf<Data>>): ContactModel {
  requireKnownOptions(CALLER, options, ['unit', 'target', 'exposure', 'features', 'family', 'minLevelCount']);
  const { target = 'contacts', exposure = 'exposure', features, minLevelCount, family = 'choose' }: FitContactCountsOptions = options;
  const unit = requireTimeUnit(CALLER, options.unit);
  requireChoice(CALLER, 'family', family, ['choose', 'poisson', 'negative-binomial']);
  const view = readTable(CALLER, data);
  const used = features ?? featuresOf(view, [target, exposure]);
  const alike = used.length === 0;
  const numbers = (name: string): Float64Array => numbersOf(CALLER, name, view.source(name));
  const rows = alike ? { [target]: numbers(target), [exposure]: numbers(exposure), [EVERYBODY]: new Float64Array(view.rowCount).fill(1) } : data;
  const settings = { target, exposure, features: alike ? [EVERYBODY] : used, ...(minLevelCount === undefined ? {} : { minLevelCount }) };
  const fit = (name: GlmOptions['family']): Glm => fitGlm(rows as readonly object[], { ...settings, family: name });
  const broad = family === 'poisson' ? null : fit('negative-binomial');
  const model = broad !== null && (family !== 'choose' || broad.overdispersionTest!.p < 0.05) ? broad : fit('poisson');
  return new ContactModel({ format: 'ContactModel', formatVersion: 1, unit, target, exposure, alike, model: model.toJSON() });
}

function featuresOf(view: TableView, taken: readonly string[]): string[] {
  return view.names.filter((name) => {
    if (taken.includes(name)) return false;
    const source = view.source(name);
    return !('kind' in source && source.kind === 'id');
  });
}

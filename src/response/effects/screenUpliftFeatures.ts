import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { binFeature, type FeatureValues } from './featureBins.js';
import { netWeightTable, readScreening, type NetWeightOptions, type NetWeightTable } from './netWeightOfEvidence.js';
import { requireAsMany, type Outcomes, type Treated } from './upliftRows.js';

/** Options of {@link screenUpliftFeatures}. */
export interface ScreeningOptions<Names extends string = string> extends NetWeightOptions {
  /** The columns to look at. @defaultValue all that are not of kind `id` */
  readonly features?: readonly Names[];
}

/** One feature of {@link screenUpliftFeatures}. */
export interface ScreenedFeature extends NetWeightTable {
  /** Its column. */
  readonly feature: string;
  /** p adjusted for the number of features looked at (Benjamini and Hochberg, 1995): taking those up to 0.1, one in ten is expected to be there by chance. */
  readonly q: number;
}

/**
 * Features ranked by how much they tell about the effect of treatment: net information value, p-value and table of each, as `netWeightOfEvidence` gives them.
 *
 * For choosing what an uplift model learns from, on its rows of training only. Dates are binned as numbers (milliseconds). O(features x n log n).
 *
 * @param outcomes - 1 or true for the event, 0 or false for none
 * @param treated - 1 or true for the treated, 0 or false for the control
 * @param data - the features, a row per outcome
 * @param options - features, bins, smoothing, weights, confidence
 * @returns a line per feature, largest net information value first
 * @throws a {@link ClientelaError} as `netWeightOfEvidence`, `UNKNOWN_COLUMN`, and `COLUMN_KIND` for a feature of kind `id`
 * @example
 * ```ts
 * const outcomes = [1, 1, 0, 0, 0, 0, 1, 1];
 * const data = { color: ['x', 'y', 'x', 'y', 'x', 'y', 'x', 'y'], plan: ['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b'] };
 * const [first, second] = screenUpliftFeatures(outcomes, [1, 1, 1, 1, 0, 0, 0, 0], data);
 * [first?.feature, second?.feature]; // => ['plan', 'color']
 * ```
 */
export function screenUpliftFeatures<Data extends TableOf<Data>>(outcomes: Outcomes, treated: Treated, data: Data, options: ScreeningOptions<ColumnNameOf<Data>> = {}): ScreenedFeature[] {
  const caller = 'screenUpliftFeatures';
  requireKnownOptions(caller, options, ['bins', 'smoothing', 'weights', 'confidence', 'features']);
  const rows = readScreening(caller, outcomes, treated, options);
  const table = parseTable<Data>(caller, data);
  requireAsMany(caller, 'rows of data', { length: table.rowCount }, outcomes.length);
  const features = options.features ?? table.names.filter((name) => table.source(name).kind !== 'id');
  if (!(features instanceof Array)) throw new ClientelaError('INVALID_OPTION', `${caller} needs features as an array of names, found ${describeValue(features)}`, { option: 'features', value: features });
  if (features.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one feature`);
  const found = features.map((feature) => ({ feature, ...netWeightTable(caller, rows, binFeature(caller, valuesOf(caller, table, feature), rows.places, rows.weights, options.bins ?? 10), options) }));
  const q = falseDiscoveryQ(Float64Array.from(found, ({ p }) => p));
  return found.map((line, i) => ({ ...line, q: q[i]! })).sort((a, b) => b.niv - a.niv);
}

function valuesOf(caller: string, table: ParsedTable, feature: string): FeatureValues {
  const column = table.source(feature);
  if (column.kind === 'category') return Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]!));
  if (column.kind === 'boolean') return Array.from(column.values, (value) => (value < 0 ? null : value === 1));
  if (column.kind !== 'id') return column.values;
  throw new ClientelaError('COLUMN_KIND', `${caller} cannot screen column ${describeValue(feature)} of kind id; leave it out of features`, { column: feature });
}

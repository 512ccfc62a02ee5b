import { describeValue } from '../../data/instant.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { binFeature } from './binFeature.js';
import { Binning } from './binning.js';
import { requireBinningSettings, type BinningOptions } from './binningOptions.js';
import { readBinningSample } from './binningSample.js';
import { requireFeatureKeys } from './givenBins.js';
import type { BinningTask } from './preBins.js';

const CALLER = 'fitBinning';

/**
 * Bins of each feature that tell events from non-events best, with their weight of evidence: what a scorecard is built from, and what shows
 * at a glance how each feature goes with the target.
 *
 * A number is first cut into at most `maxPreBins` parts by a classification tree (CART, leaves of 5 % at least) or by quantiles, and a part of one class only joins its
 * neighbour; a category has a part for each level, in the order of their event rates, and one for the rare ones (Fisher, 1958: for two classes no other order
 * can be better). Then neighbouring parts are joined so that the criterion is the largest that trend, sizes, differences and periods allow: exact, by
 * dynamic programming, as optbinning (Navas-Palencia, 2020) finds by a solver.
 *
 * A missing value, and every special one, has a bin of its own; a level that training has not seen has weight of evidence 0.
 * Where nothing keeps to the rules there is one bin. O(features * (rows + maxPreBins^4)).
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the binning: tables, information values, and the encoding of raw rows
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `MISSING_VALUE` (a row without target or period), `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates, and
 * categories that look like an identifier), `NON_FINITE_VALUE`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * // The older the customer, the fewer leave; those of whom no age is known are a bin of their own.
 * const customers = Array.from({ length: 400 }, (_, i) => ({ age: i % 40 === 39 ? null : 20 + (i % 40), left: Math.floor(i / 40) < 5 - Math.floor((i % 40) / 10) }));
 * const binning = fitBinning(customers, { target: 'left', maxBins: 3 });
 * binning.table('age').map(({ label, rows, events }) => [label, rows, events]); // => [['< 39.5', 200, 90],
 * // ['[39.5, 49.5)', 100, 30], ['>= 49.5', 90, 18], ['missing', 10, 2]]
 * binning.feature('age').trend; // => 'descending'
 * fitBinning(customers, { target: 'left', splits: { age: [30, 50] } }).table('age')[0]?.woe; // => 0.619039
 * ```
 */
export function fitBinning<Data extends TableOf<Data>>(data: Data, options: BinningOptions<ColumnNameOf<Data>>): Binning {
  const settings = requireBinningSettings(CALLER, options);
  const parsed = parseTable(CALLER, data);
  const sample = readBinningSample(CALLER, parsed, options);
  const features = featureNames(parsed, options);
  for (const option of ['trend', 'splits', 'allowedSplits', 'special'] as const) requireFeatureKeys(CALLER, option, options[option], features);
  const { totals } = sample;
  const rows = totals.events + totals.nonEvents;
  const task: BinningTask = {
    caller: CALLER,
    sample,
    settings,
    rules: {
      ...settings,
      // A hair less and more: weights that are no whole numbers do not add up to the last digit.
      minRows: settings.minBinShare * rows * (1 - 1e-9),
      maxRows: settings.maxBinShare * rows * (1 + 1e-9),
      minZ: settings.maxPValue < 1 ? Math.min(1e300, normalQuantile(1 - settings.maxPValue / 2)) : 0,
    },
    base: { ...totals, ...settings },
  };
  return new Binning({
    format: 'Binning',
    formatVersion: 1,
    target: options.target,
    positive: sample.positive,
    woeSign: settings.woeSign,
    smoothing: settings.smoothing,
    rows,
    events: totals.events,
    features: features.map((name) => binFeature(task, name, sample.table.column(name), options)),
  });
}

/** The columns to bin: those named, or all but what other options name and identifiers. */
function featureNames(view: ParsedTable, { target, features, weights, periods }: BinningOptions): readonly string[] {
  const named: unknown[] = [target, weights, periods];
  const found = features ?? view.names.filter((name) => !named.includes(name) && view.source(name).kind !== 'id');
  const wrong = (needs: string, value: unknown): ClientelaError => new ClientelaError('INVALID_OPTION', `${CALLER} needs features ${needs}, found ${describeValue(value)}`, { option: 'features', value });
  if (!(found instanceof Array)) throw wrong('as an array of names', found);
  if (found.includes(target)) throw wrong('without the target', target);
  const column = found.find((name, i) => found.indexOf(name) < i);
  if (column !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${CALLER} found "${column}" twice in features; name it once`, { column });
  if (found.length > 0) return found;
  throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one feature, found none; name them in features`);
}

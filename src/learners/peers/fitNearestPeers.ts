import { columnMoments } from '../../data/columnMoments.js';
import type { Column } from '../../data/column.js';
import { infinite } from '../../data/infinite.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { numbersOf } from '../../data/replayColumn.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { ClientelaError } from '../../errors.js';
import { categoryLevels } from './categoryLevels.js';
import { NearestPeers } from './nearestPeers.js';
import type { PeerFeature, PeerMetric } from './peersState.js';

const CALLER = 'fitNearestPeers';

/** How to find peers. */
export interface NearestPeersOptions<Names extends string = string> {
  /** The columns by which rows are alike: numbers, categories and booleans. @defaultValue every column but the target, the customer column and those of kind `id` */
  readonly features?: readonly Names[];
  /** A column of numbers that peers lend: what customers like this one spend. @defaultValue none */
  readonly target?: Names;
  /** A column that names the rows. @defaultValue none */
  readonly customer?: Names;
  /** How many peers a row has. @defaultValue 10 */
  readonly peers?: number;
  /**
   * `'euclidean'`: the root of the sum of squares, numbers in standard deviations; `'manhattan'`: the sum, numbers in standard deviations;
   * `'gower'`: the mean, numbers as a share of their range, in [0, 1] within the training rows (Gower, 1971). Categories that differ count 1. @defaultValue 'euclidean'
   */
  readonly metric?: PeerMetric;
  /** How much a feature counts, by name; 0 leaves it out of distances. @defaultValue 1 each */
  readonly featureWeights?: { readonly [Name in Names]?: number };
}

const OPTIONS = ['features', 'target', 'customer', 'peers', 'metric', 'featureWeights'];

/**
 * A finder of the customers most like a given one, and of what those spend.
 *
 * Distances are over raw rows: numbers on a common scale, categories the same or different. A pair of rows is compared by the features
 * known of both, the distance being raised in proportion to what is left out (as in Gower, 1971); a level never seen differs from all.
 * The finder keeps the training rows.
 *
 * @param data - raw rows to find peers among
 * @param options - what makes rows alike
 * @returns the finder
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates and identifiers), `NON_FINITE_VALUE`, `MISSING_VALUE` (a row without
 * target), `DUPLICATE_COLUMN`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = [
 *   { visits: 2, plan: 'basic', spend: 100 },
 *   { visits: 3, plan: 'basic', spend: 140 },
 *   { visits: 9, plan: 'gold', spend: 900 },
 *   { visits: 12, plan: 'gold', spend: 700 },
 * ];
 * const finder = fitNearestPeers(customers, { target: 'spend', metric: 'gower', peers: 2 });
 * finder.peersOf([{ visits: 10, plan: 'gold' }]).rows; // => [2, 3]
 * finder.peersOf([{ visits: 10, plan: 'gold' }]).distances; // => [0.05, 0.1]
 * finder.predict(customers, { leaveSelfOut: true, quantile: 1 }); // => [900, 900, 700, 900]
 * finder.explain({ visits: 10, plan: 'gold' }, 0)[0]; // => { feature: 'plan', value: 'gold', peerValue: 'basic', share: 1 / 1.8 }
 * ```
 */
export function fitNearestPeers<Data extends TableOf<Data>>(data: Data, options: NearestPeersOptions<ColumnNameOf<Data>> = {}): NearestPeers {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { target, customer, peers = 10, metric = 'euclidean' } = options as NearestPeersOptions;
  requireChoice(CALLER, 'metric', metric, ['euclidean', 'manhattan', 'gower']);
  requireWhole(CALLER, 'peers', peers, 1);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const names = featureNames(view, options);
  const weightOf = readFeatureWeights(names, options.featureWeights);
  return new NearestPeers({
    format: 'NearestPeers',
    formatVersion: 1,
    metric,
    peers,
    rowCount: view.rowCount,
    features: names.map((name) => peerFeature(name, view.source(name), weightOf(name), metric)),
    customer: customer === undefined ? null : { column: customer, values: customerNames(view, customer) },
    target: target === undefined ? null : { column: target, values: readTarget(view, target) },
  });
}

function featureNames(view: ParsedTable, { features, target, customer }: NearestPeersOptions): readonly string[] {
  const names = features ?? view.names.filter((name) => name !== target && name !== customer && view.source(name).kind !== 'id');
  if (!(names instanceof Array)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs features as an array of names, found ${describeValue(names)}`, { option: 'features' });
  const column = names.find((name, i) => names.indexOf(name) < i);
  if (column !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${CALLER} found "${column}" twice in features; name it once`, { column });
  if (names.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one feature, found none; name them in features`);
  if (target === undefined || !names.includes(target)) return names;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} cannot use "${target}" as a feature: it is the target; leave it out of features`, { column: target });
}

function readFeatureWeights(names: readonly string[], given: Readonly<Record<string, number | undefined>> = {}): (name: string) => number {
  for (const [name, weight] of Object.entries(given)) {
    if (!names.includes(name)) throw unknownColumn(`${CALLER} (featureWeights)`, name, names);
    if (weight !== undefined && !(weight >= 0 && weight < Infinity)) {
      throw new ClientelaError('INVALID_OPTION', `${CALLER} needs featureWeights of 0 or more, found ${describeValue(weight)} for "${name}"`, { option: 'featureWeights', column: name, value: weight });
    }
  }
  if (names.every((name) => given[name] === 0)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs some feature of a weight above 0, found none`, { option: 'featureWeights' });
  return (name) => given[name] ?? 1;
}

function peerFeature(column: string, source: Column, weight: number, metric: PeerMetric): PeerFeature {
  if (source.kind === 'date' || source.kind === 'id') {
    const remedy = source.kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'name it as customer, or leave it out of features';
    throw new ClientelaError('COLUMN_KIND', `${CALLER} cannot use column "${column}" of kind ${source.kind}; ${remedy}`, { column, kind: source.kind });
  }
  if (source.kind !== 'number') return { kind: 'category', column, weight, ...categoryLevels(source) };
  const { values } = source;
  const { known, mean, squares, infiniteRow } = columnMoments(values, null);
  if (infiniteRow >= 0) throw infinite(CALLER, column, infiniteRow, values[infiniteRow]!);
  const spread = metric === 'gower' ? rangeOf(values) : Math.sqrt(squares / known);
  return { kind: 'number', column, weight, center: mean, scale: spread > Math.abs(mean) * 1e-13 ? spread : 1, values: Array.from(values, (x) => (Number.isNaN(x) ? null : x)) };
}

function rangeOf(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const x of values) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return high - low;
}

function customerNames(view: ParsedTable, column: string): (string | number)[] {
  const source = view.source(column);
  const { kind } = source;
  if (kind === 'id') return [...source.values];
  if (kind !== 'number' && kind !== 'category') throw new ClientelaError('COLUMN_KIND', `${CALLER} cannot use column "${column}" of kind ${kind} as customer; give text or numbers`, { column, kind });
  const names: (string | number | undefined)[] = kind === 'number' ? Array.from(source.values) : Array.from(source.codes, (code) => source.levels[code]);
  const row = names.findIndex((name) => name === undefined || Number.isNaN(name));
  if (row < 0) return names as (string | number)[];
  throw new ClientelaError('MISSING_VALUE', `${CALLER} needs a customer in every row, found none in column "${column}", row ${row}`, { column, row });
}

function readTarget(view: ParsedTable, column: string): number[] {
  const values = numbersOf(CALLER, column, view.source(column));
  const row = values.findIndex((y) => !Number.isFinite(y));
  if (row < 0) return Array.from(values);
  const missing = Number.isNaN(values[row]);
  throw new ClientelaError(
    missing ? 'MISSING_VALUE' : 'NON_FINITE_VALUE',
    `${CALLER} needs a finite target in every row, found ${values[row]} in column "${column}", row ${row}; leave out such rows`,
    { column, row },
  );
}


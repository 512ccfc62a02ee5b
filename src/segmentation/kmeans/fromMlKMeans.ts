import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { describePartition } from './describePartition.js';
import { KMeans } from './kMeans.js';
import { placeByCenters } from './placeByCenters.js';

/** What `kmeans` of ml-kmeans 7 gives, or the JSON of it. */
export interface MlKMeansResult {
  /** The centres, one row of numbers each. */
  readonly centroids: readonly (readonly number[])[];
  /** Whether it converged. */
  readonly converged?: boolean;
  /** Passes done. */
  readonly iterations?: number;
  /** The distance it was fitted with; absent in JSON. */
  readonly distance?: (a: number[], b: number[]) => number;
}

/** What ml-kmeans does not keep. */
export interface FromMlKMeansOptions {
  /** The names of the columns, in their order. */
  readonly features: readonly string[];
  /** The rows it was fitted to: sizes, spread and what is an outlier come from them. */
  readonly data: readonly (readonly number[])[];
}

const CALLER = 'fromMlKMeans';

/**
 * A result of the npm package ml-kmeans as a {@link KMeans}: one that takes rows by name, says how surely and why, and is stored.
 *
 * The segments keep the numbers the package gave. `labels` are of the nearest centre, as the package's `nearest` gives them; its `clusters` are those of the
 * pass before the last and may differ. Numbers are those it was fitted to: if they were scaled, scale rows alike.
 *
 * @param result - what `kmeans` returned
 * @param options - the names of the columns and the rows
 * @returns the same centres
 * @throws a {@link ClientelaError} `INVALID_INPUT` (no such result, or another distance than the Euclidean), `LENGTH_MISMATCH` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * import { kmeans } from 'ml-kmeans';
 * const data = [[1, 1], [2, 1], [20, 30], [22, 28], [21, 29]];
 * const model = fromMlKMeans(kmeans(data, 2, { seed: 1 }), { features: ['visits', 'spend'], data });
 * model.sizes[model.assignRow({ visits: 19, spend: 25 }).segment]; // => 3
 * ```
 */
export function fromMlKMeans(result: MlKMeansResult, options: FromMlKMeansOptions): KMeans {
  requireKnownOptions(CALLER, options, ['features', 'data']);
  const { features, data } = options;
  const { centroids, distance, converged = false, iterations = 0 } = Object(result) as Partial<MlKMeansResult>;
  if (!Array.isArray(centroids) || centroids.length === 0) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs the result of kmeans of ml-kmeans, found ${describeValue(result)} without centroids`);
  // 3-4-5: squared Euclidean, or its root, which places alike.
  const seen = distance?.([1, 2], [4, 6]) ?? 25;
  if (seen !== 25 && seen !== 5) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs a result fitted with the Euclidean distance, found another distanceFunction; centres are no means under it`);
  const width = features.length;
  const flat = (name: string, rows: readonly (readonly number[])[]): Float64Array => {
    rows.forEach((row, at) => {
      if (row.length !== width) throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs ${width} numbers (features) in each row of ${name}, found ${row.length} in row ${at}`, { row: at });
      if (!row.every(Number.isFinite)) throw new ClientelaError('NON_FINITE_VALUE', `${CALLER} needs finite numbers, found ${describeValue(row.find((x) => !Number.isFinite(x)))} in ${name}, row ${at}`, { row: at });
    });
    return Float64Array.from(rows.flat());
  };
  const centers = flat('centroids', centroids as MlKMeansResult['centroids']);
  const points = flat('data', data);
  const placed = placeByCenters(points, width, null, centers);
  const scaling = features.map((column) => ({ column, scaling: 'none' as const, unit: 1, center: 0, scale: 1, limit: null }));
  const state = describePartition(points, null, scaling, { ...placed, centers, converged, iterations, reason: 'taken over from ml-kmeans' }, 0);
  return new KMeans({ ...state, warnings: state.sizes.flatMap((size, c) => (size > 0 ? [] : [`segment ${c} has no rows: ml-kmeans left its centre where it was`])) }, placed.labels);
}

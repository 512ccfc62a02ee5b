import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { rawDistance, shownDistance } from '../../learners/peers/peerSpace.js';
import type { ScalingOption } from '../space/scaling.js';
import { MixedSpace } from './mixedSpace.js';
import { learnMixedFeatures, openMixed, weighFeatures } from './openMixed.js';

const CALLER = 'gowerDistances';
/** 800 MB. */
const MOST_ROWS = 14_142;

/** Which columns, and how. */
export interface GowerOptions<Names extends string = string> {
  /** The columns: numbers, categories, booleans. @defaultValue every column but dates and identifiers */
  readonly features?: readonly Names[];
  /** What is done to numbers before their range is taken. @defaultValue 'none', the formula as published */
  readonly scaling?: ScalingOption<Names>;
  /** How much a feature counts, by name. @defaultValue 1 each */
  readonly featureWeights?: { readonly [Name in Names]?: number };
}

/**
 * Gower's distance of every pair of rows, 0 to 1: the weighted mean over the features known of both of |x - y| / range for numbers and of 0 (same) or 1 for
 * categories (Gower, 1971, Biometrics 27). What R's `daisy` gives with factors; booleans are categories.
 *
 * Of n rows n (n - 1) / 2 distances come back, pair by pair as R's `dist` and scipy's `pdist` have them: d(0,1), d(0,2), …, d(0,n-1), d(1,2), …; that of rows i < j stands at
 * `i * n - i * (i + 1) / 2 + j - i - 1`. A pair with nothing known of both is NaN. O(n^2) time and memory, 8 bytes a pair.
 *
 * @param data - raw rows, at most 14,142 (800 MB)
 * @param options - which columns, and how
 * @returns the distances of pairs
 * @throws a {@link ClientelaError} `INVALID_INPUT` for too many rows, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = [{ visits: 2, plan: 'basic' }, { visits: 4, plan: 'gold' }, { visits: 12, plan: 'gold' }];
 * gowerDistances(customers); // => [0.6, 1, 0.4]
 * ```
 */
export function gowerDistances<Data extends TableOf<Data>>(data: Data, options: GowerOptions<ColumnNameOf<Data>> = {}): Float64Array {
  requireKnownOptions(CALLER, options, ['features', 'scaling', 'featureWeights']);
  const { features: names, scaling = 'none', featureWeights } = options as GowerOptions;
  const opened = openMixed(CALLER, data, names === undefined ? {} : { features: names });
  const n = opened.view.rowCount;
  if (n > MOST_ROWS) {
    const megabytes = Math.round((n * (n - 1)) / 2 / 125_000);
    throw new ClientelaError('INVALID_INPUT', `${CALLER} takes at most ${MOST_ROWS} rows (800 MB), found ${n}, whose pairs need ${megabytes} MB; take a sample, or use fitKMedoids, which does`, { rows: n, megabytes });
  }
  const space = new MixedSpace(weighFeatures(CALLER, learnMixedFeatures(CALLER, opened, scaling, 'gower'), featureWeights), 'gower');
  const points = space.points(CALLER, opened.view);
  const distances = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const distance = shownDistance(space.peers, rawDistance(space.peers, points, i, points, j, Infinity));
      distances[at++] = distance < Infinity ? distance : NaN;
    }
  }
  return distances;
}

import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { readWeights } from '../../data/rowNumbers.js';
import { parseTable } from '../../data/takeRows.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { learnScaling } from '../space/learnScaling.js';
import { numberFeatures } from '../space/numberFeatures.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { describePartition } from './describePartition.js';
import { KMeans } from './kMeans.js';
import type { KMeansOptions } from './kMeansOptions.js';
import { partitionIncomplete } from './partitionIncomplete.js';

const CALLER = 'fitKMeans';
const OPTIONS = ['segments', 'features', 'scaling', 'weights', 'effort', 'maxIterations', 'start', 'seed', 'onProgress'];

/**
 * Divides customers into segments around centres, so that the sum of the squared distances to the own centre is least (k-means).
 *
 * Skewed columns are put on a log or robust scale and all on one spread, unless `scaling` says otherwise: `scaling` of the result tells what was done. Starts are
 * drawn by greedy k-means++ (Arthur and Vassilvitskii, 2007), improved by Lloyd's algorithm with exact bounds (Hamerly, 2010), by moving single
 * rows (Hartigan, 1975) and by moving one centre at a time elsewhere (Fränti, 2018): the partition is as a rule the best known, which Lloyd's algorithm
 * alone seldom finds. Of more than 5,000 rows centres are sought on a sample first; of more than 50,000 rows single rows are not moved, and the
 * passes end when the centres move less than a hundredth of the spread. Missing values: a row counts by the features it has, and centres are the means of
 * the known values (k-POD: Chi, Chi and Baraniuk, 2016). The same data and seed give the same bits everywhere; up to 50,000 rows in any order, and
 * a row of weight 2 is the row twice. O(rows * segments * features) a pass.
 *
 * @param data - a Frame, rows or columns
 * @param options - `segments` at least
 * @returns the segments, numbered from 0 by size, the largest first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `COLUMN_KIND`, `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `INVALID_OPTION` or `LENGTH_MISMATCH`
 * @example
 * ```ts
 * const rows = [{ visits: 1, spend: 10 }, { visits: 2, spend: 20 }, { visits: 3, spend: 15 }, { visits: 20, spend: 200 }, { visits: 22, spend: 210 }];
 * const model = fitKMeans(rows, { segments: 2, scaling: 'standard' });
 * [...model.labels]; // => [0, 0, 0, 1, 1]
 * model.centers[0]; // => { visits: 2, spend: 15 }
 * model.explainedShare > 0.99; // => true
 * fitKMeans(rows, { segments: 9 }).warnings; // => ['5 segments instead of 9: no more rows differ']
 * ```
 */
export function fitKMeans<Data extends TableOf<Data>>(data: Data, options: KMeansOptions<ColumnNameOf<Data>>): KMeans {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { segments, features, scaling, weights: given, effort = 'medium', maxIterations = 300, start, seed, onProgress } = options;
  requireWhole(CALLER, 'segments', segments, 1);
  requireWhole(CALLER, 'maxIterations', maxIterations, 1);
  requireChoice(CALLER, 'effort', effort, ['low', 'medium', 'high']);
  const view = parseTable(CALLER, data);
  const names = numberFeatures(CALLER, view, features, [given]);
  const weights = given === undefined ? null : readWeights(CALLER, view, given);
  const learnt = learnScaling(CALLER, view, names, scaling, weights);
  const points = scaledPoints(CALLER, learnt, view);
  const from = start && scaledPoints(CALLER, learnt, readTable(CALLER, start));
  if (from && (from.length !== segments * names.length || from.some(Number.isNaN))) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs start as ${segments} complete rows, one a segment`, { option: 'start' });
  const partition = partitionIncomplete(points, names.length, segments, { weights, effort, maxIterations, start: from, seed, onProgress });
  return new KMeans(describePartition(points, weights, learnt, partition, segments), partition.labels);
}

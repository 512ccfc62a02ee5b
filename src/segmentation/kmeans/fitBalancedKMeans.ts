import { requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { parseTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { learnScaling } from '../space/learnScaling.js';
import { numberFeatures } from '../space/numberFeatures.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { segmentOrder } from '../space/segmentOrder.js';
import { describePartition } from './describePartition.js';
import { KMeans } from './kMeans.js';
import type { KMeansOptions } from './kMeansOptions.js';
import { limitSizes, type LimitedAssignment } from './limitSizes.js';
import { meansOfKnown, partitionIncomplete } from './partitionIncomplete.js';
import { weighSegments } from './placeByCenters.js';
import { openCenters, placeRows, squaredDistances } from './placeRows.js';

/** What segments of limited size are learnt from. Every row counts once. */
export interface BalancedKMeansOptions<Names extends string = string> extends Omit<KMeansOptions<Names>, 'weights' | 'start' | 'onProgress'> {
  /** The least share of the rows a segment may have, 0 to 1 / segments. @defaultValue 0 */
  readonly minShare?: number;
  /** The greatest share of the rows a segment may have, 1 / segments to 1. @defaultValue 1 */
  readonly maxShare?: number;
}

const CALLER = 'fitBalancedKMeans';

/**
 * Segments around centres, none smaller or larger than wanted: `no segment below 5 %`.
 *
 * From the partition of `fitKMeans`, rows and centres take turns (Bradley, Bennett and Demiriz, 2000): the rows are placed at the least sum of squared
 * distances that keeps the limits, exactly (a transport problem), and the centres are their means, until nothing changes. The limits
 * leave a price for each segment in the solution, kept as an offset of the squared distance: with it `assign` places the rows learnt from as
 * labelled, but for real ties such as equal rows that had to be parted (`warnings` says how many), and new rows by the same rule, whatever sizes
 * that gives. For each pass O(rows * segments * (features + log rows)), and segments cubed for every row the limits move.
 *
 * @param data - a Frame, rows or columns
 * @param options - `segments` at least, and `minShare` or `maxShare`
 * @returns the segments, the largest first
 * @throws a {@link ClientelaError} `INVALID_OPTION` for limits that no partition can keep, or as `fitKMeans`
 * @example
 * ```ts
 * const rows = [1, 2, 3, 4, 5, 6, 7, 30].map((x) => ({ x }));
 * fitBalancedKMeans(rows, { segments: 2, scaling: 'none' }).sizes; // => [7, 1]
 * const model = fitBalancedKMeans(rows, { segments: 2, scaling: 'none', minShare: 0.25 });
 * model.sizes; // => [6, 2]
 * [...model.assign([{ x: 6.4 }, { x: 8 }])]; // => [0, 1]
 * ```
 */
export function fitBalancedKMeans<Data extends TableOf<Data>>(data: Data, options: BalancedKMeansOptions<ColumnNameOf<Data>>): KMeans {
  requireKnownOptions(CALLER, options, ['segments', 'features', 'scaling', 'effort', 'maxIterations', 'seed', 'minShare', 'maxShare']);
  const { segments, features, scaling, effort, maxIterations = 300, seed, minShare = 0, maxShare = 1 } = options;
  requireWhole(CALLER, 'segments', segments, 1);
  const view = parseTable(CALLER, data);
  const names = numberFeatures(CALLER, view, features);
  const learnt = learnScaling(CALLER, view, names, scaling);
  const points = scaledPoints(CALLER, learnt, view);
  const width = names.length;
  const partition = partitionIncomplete(points, width, segments, { effort, maxIterations, seed });
  const found = partition.sizes.length;
  const [lower, upper] = limitsOf(view.rowCount, found, minShare, maxShare);
  const place = (from: Float64Array): LimitedAssignment => limitSizes(squaredDistances(points, openCenters(from, width)), found, lower, upper);
  let { centers } = partition;
  let limited = place(centers);
  let converged = false;
  let iterations = 1;
  for (; iterations <= maxIterations && !converged; iterations++) {
    const { labels } = limited;
    centers = meansOfKnown(points, labels, null, centers);
    limited = place(centers);
    converged = limited.labels.every((label, row) => label === labels[row]);
  }
  return numbered({ points, width, learnt, segments, centers, converged, iterations, ...limited });
}

interface Solution extends LimitedAssignment {
  readonly points: Float64Array;
  readonly width: number;
  readonly learnt: ReturnType<typeof learnScaling>;
  readonly segments: number;
  readonly centers: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
}

/** The model, its segments numbered by size. */
function numbered({ points, width, learnt, segments, centers: found, converged, iterations, labels: unordered, offsets: prices }: Solution): KMeans {
  const order = segmentOrder(weighSegments(unordered, new Float64Array(unordered.length), null, prices.length).sizes, found);
  const labels = unordered.map((label) => order.indexOf(label));
  const centers = Float64Array.from(order.flatMap((c) => [...found.subarray(c * width, (c + 1) * width)]));
  const offsets = order.map((c) => prices[c]!);
  const all = squaredDistances(points, openCenters(centers, width));
  const squares = Float64Array.from(labels, (label, row) => all[row * offsets.length + label]!);
  const sums = weighSegments(labels, squares, null, offsets.length);
  const reason = converged ? 'no row changes its segment' : 'iteration limit';
  const state = describePartition(points, null, learnt, { labels, centers, squares, ...sums, converged, iterations, reason }, segments, offsets);
  const placed = placeRows(points, openCenters(centers, width, offsets));
  const ties = placed.filter((label, row) => label !== labels[row]).length;
  return new KMeans(ties === 0 ? state : { ...state, warnings: [...state.warnings, `${ties} rows fit two segments equally well: assign may place them in the other`] }, labels);
}

/** The least and greatest number of rows of a segment. */
function limitsOf(rows: number, segments: number, minShare: number, maxShare: number): [lower: number, upper: number] {
  // What rounding adds to 0.05 * 60 asks for no row more.
  const lower = Math.max(1, Math.ceil(requireFinite(CALLER, 'minShare', minShare) * rows * (1 - 1e-12)));
  const upper = Math.floor(requireFinite(CALLER, 'maxShare', maxShare) * rows * (1 + 1e-12));
  const wrong = minShare < 0 || lower * segments > rows ? 'minShare' : upper * segments < rows ? 'maxShare' : '';
  if (wrong === '') return [lower, upper];
  const found = wrong === 'minShare' ? minShare : maxShare;
  throw new ClientelaError(
    'INVALID_OPTION',
    `${CALLER} needs ${wrong} so that ${segments} segments can share ${rows} rows, found ${found}: ${segments} x ${wrong === 'minShare' ? `${lower} rows at least` : `${upper} rows at most`}; ask for ${wrong === 'minShare' ? 'fewer segments or a lower' : 'more segments or a higher'} ${wrong}`,
    { option: wrong, value: found },
  );
}

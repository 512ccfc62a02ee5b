import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { partitionPoints } from '../kmeans/partitionPoints.js';
import { learnScaling } from '../space/learnScaling.js';
import { numberFeatures } from '../space/numberFeatures.js';
import type { ScalingOption } from '../space/scaling.js';
import { copheneticCorrelation } from './copheneticCorrelation.js';
import { Hierarchy } from './hierarchy.js';
import { knownPoints, missingWarning } from './knownPoints.js';
import { linkagePoints } from './linkagePoints.js';
import type { Linkage } from '../../numeric/hierarchy/linkageTree.js';

const CALLER = 'fitHierarchy';
/** Rows beyond which Ward's linkage merges micro-segments, and how many. */
const EXACT_ROWS = 10_000;
const MICRO_SEGMENTS = 500;
/** Rows of which the distances of all pairs fit into a gigabyte. */
const TRIANGLE_ROWS = 16_000;

/** How to build a tree of groups. */
export interface HierarchyOptions<Names extends string = string> {
  /**
   * How far apart two groups are. `'ward'`: by how much their merge raises the squares within groups; `'average'`: the mean distance of their
   * pairs; `'complete'`: the largest; `'single'`: the smallest. @defaultValue 'ward'
   */
  readonly linkage?: Linkage;
  /** The columns to compare: numbers and booleans. @defaultValue every such column */
  readonly features?: readonly Names[];
  /** How columns enter distances. @defaultValue 'auto' */
  readonly scaling?: ScalingOption<Names>;
  /** How many times a row counts: a column or one number a row; 0 leaves it out. @defaultValue 1 each */
  readonly weights?: RowNumbers<Names>;
  /**
   * For Ward's linkage: merge so many micro-segments, found by k-means, instead of the rows; 0 for the rows themselves.
   * @defaultValue 0 up to 10,000 rows, otherwise 500
   */
  readonly microSegments?: number;
  /** Of the micro-segments. @defaultValue 1 */
  readonly seed?: number;
}

/**
 * The tree that comes of merging, again and again, the two groups that are nearest.
 *
 * Exact, by nearest-neighbour chains (Murtagh, 1983) in O(n²) time, single linkage by a shortest spanning tree (Borůvka, 1926). Ward's and single linkage need
 * O(n) memory; average and complete linkage need the distances of all pairs, and take 16,000 rows. Beyond 10,000 rows Ward's linkage is done
 * in two steps: k-means to 500 micro-segments, then the tree of these with their sizes as weights (`warnings` says so).
 * A missing value counts as the average of its column.
 *
 * @param data - the customers, one a row
 * @param options - what is near
 * @returns the tree, to be cut at any number of segments
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT` (too many rows), `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`,
 * `INVALID_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = [
 *   { visits: 1, spend: 10 },
 *   { visits: 2, spend: 10 },
 *   { visits: 10, spend: 90 },
 *   { visits: 12, spend: 90 },
 *   { visits: 11, spend: 80 },
 * ];
 * const tree = fitHierarchy(customers, { scaling: 'standard' });
 * tree.cut({ segments: 2 }); // => [1, 1, 0, 0, 0]
 * tree.sizes; // => [2, 2, 3, 5]
 * tree.copheneticCorrelation! > 0.99; // => true
 * ```
 */
export function fitHierarchy<Data extends TableOf<Data>>(data: Data, options: HierarchyOptions<ColumnNameOf<Data>> = {}): Hierarchy {
  requireKnownOptions(CALLER, options, ['linkage', 'features', 'scaling', 'weights', 'microSegments', 'seed']);
  const { linkage = 'ward', features: wanted, scaling, weights: given, seed = 1 } = options as HierarchyOptions;
  requireChoice(CALLER, 'linkage', linkage, ['ward', 'average', 'complete', 'single']);
  const view = parseTable(CALLER, data);
  const names = numberFeatures(CALLER, view, wanted, [given]);
  const rowWeights = given === undefined ? null : readWeights(CALLER, view, given);
  const features = learnScaling(CALLER, view, names, scaling, rowWeights);
  const { points, missing } = knownPoints(CALLER, features, view);
  const warnings = missingWarning(missing);
  const rows = countedRows(points, names.length, rowWeights);
  const asked = requireWhole(CALLER, 'microSegments', options.microSegments ?? (linkage === 'ward' && rows.count > EXACT_ROWS ? MICRO_SEGMENTS : 0), 0);
  const leaves = asked > 0 && asked < rows.count ? microSegments(rows, names.length, linkage, asked, seed) : rows;
  if (leaves !== rows) warnings.push(`the leaves are ${leaves.count} micro-segments of the ${rows.count} rows, found by k-means`);
  if ((linkage === 'average' || linkage === 'complete') && leaves.count > TRIANGLE_ROWS) {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} takes at most ${TRIANGLE_ROWS} rows by ${linkage} linkage, which keeps the distances of all pairs, found ${leaves.count}; use linkage 'ward', or a sample`, { rows: leaves.count });
  }
  const tree = linkagePoints(leaves.points, names.length, linkage, leaves.weights);
  return new Hierarchy({
    format: 'Hierarchy',
    formatVersion: 1,
    linkage,
    features,
    merges: Array.from(tree.merges),
    heights: Array.from(tree.heights),
    weights: leaves.weights && Array.from(leaves.weights),
    leaves: leaves.leafOf && Array.from(leaves.leafOf),
    copheneticCorrelation: copheneticCorrelation(tree, leaves.points, names.length, leaves.weights),
    warnings,
  });
}

/** What merges: points, their weights, and the leaf of every row (null where row i is leaf i). */
interface Leaves {
  readonly count: number;
  readonly points: Float64Array;
  readonly weights: Float64Array | null;
  readonly leafOf: Int32Array | null;
}

/** Rows by k-means to so many groups, which merge with their sizes as weights ("classification mixte"). */
function microSegments({ points, weights, leafOf }: Leaves, width: number, linkage: Linkage, count: number, seed: number): Leaves {
  if (linkage !== 'ward') throw new ClientelaError('INVALID_OPTION', `${CALLER} merges microSegments by Ward's linkage only, found linkage ${linkage}`, { option: 'microSegments' });
  const { labels, centers, sizes } = partitionPoints(points, width, count, { weights, seed, effort: 'low', maxIterations: 5 });
  return { count: sizes.length, points: centers, weights: sizes, leafOf: leafOf === null ? labels : leafOf.map((leaf) => (leaf < 0 ? -1 : labels[leaf]!)) };
}

/** The rows that count at all. */
function countedRows(points: Float64Array, width: number, weights: Float64Array | null): Leaves {
  const count = points.length / width;
  if (weights === null || weights.every((weight) => weight > 0)) return { count, points, weights, leafOf: null };
  let next = 0;
  const leafOf = new Int32Array(count).map((_, row) => (weights[row]! > 0 ? next++ : -1));
  return {
    count: next,
    points: points.filter((_, i) => leafOf[Math.floor(i / width)]! >= 0),
    weights: weights.filter((weight) => weight > 0),
    leafOf,
  };
}

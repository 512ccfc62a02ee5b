import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { knownPoints, missingWarning } from '../hierarchy/knownPoints.js';
import { linkageTree, type LinkageTree } from '../../numeric/hierarchy/linkageTree.js';
import { PointTree } from '../hierarchy/pointTree.js';
import { reachTree, type SpanningTree } from '../hierarchy/reachTree.js';
import { learnScaling } from '../space/learnScaling.js';
import { numberFeatures } from '../space/numberFeatures.js';
import type { ScalingOption } from '../space/scaling.js';
import { segmentOrder } from '../space/segmentOrder.js';
import { condenseTree, type CondensedTree } from './condenseTree.js';
import { Hdbscan } from './hdbscan.js';
import type { DenseSegment, DensityGroup } from './hdbscanState.js';
import { densityAt, selectGroups, stabilities } from './selectGroups.js';

const CALLER = 'fitHdbscan';
/** More neighbours than these make a core distance dear, and no steadier. */
const SAMPLES = 25;

/** What counts as a dense segment. */
export interface HdbscanOptions<Names extends string = string> {
  /** The least rows of a segment, 2 or more. @defaultValue 2 % of the rows, at least 5 */
  readonly minSize?: number;
  /**
   * How many rows must lie near a row for it to be in a dense place: the core distance of a row is the distance to so many-th nearest, the row
   * itself being the first (as `min_samples` in scikit-learn and `minPts` in R's dbscan; one more than in the Python package hdbscan). The more,
   * the more noise. @defaultValue minSize, at most 25
   */
  readonly minSamples?: number;
  /** Segments nearer to each other than this, on the scale of the model, are one (Malzer and Baum, 2020). @defaultValue 0 */
  readonly epsilon?: number;
  /** A segment larger than this is cut into its denser parts, or is noise where it has none. @defaultValue no limit */
  readonly maxSize?: number;
  /** `'excessOfMass'`: the segments that last longest as the distance allowed shrinks; `'leaf'`: the smallest and most homogeneous. @defaultValue 'excessOfMass' */
  readonly selection?: 'excessOfMass' | 'leaf';
  /** The columns to compare: numbers and booleans. @defaultValue every such column */
  readonly features?: readonly Names[];
  /** How columns enter distances. @defaultValue 'auto' */
  readonly scaling?: ScalingOption<Names>;
}

/**
 * Dense segments of any shape and number, and the rows that belong to none (HDBSCAN: Campello, Moulavi and Sander, 2013).
 *
 * The number of segments comes out of the data; it is 0 where nothing is denser than what is around it. Rows between the segments have no segment
 * (-1). Where two ways are equally long, as they often are, the row nearer by plain distance joins first, and ways equal in both count as one: the
 * result does not depend on the order of rows, as it does in scikit-learn and R, which give a few rows between segments to either. A missing value counts as the average
 * of its column. About O(n log² n) time for few features, towards O(n²) for many; O(n) memory. The model holds the rows it was learnt from.
 *
 * @param data - the customers, one a row
 * @param options - what counts as dense
 * @returns the segments, which place new rows too
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `NON_FINITE_VALUE`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const spend = [1, 2, 3, 4, 5, 6, 20, 41, 42, 43, 44, 45, 90].map((spend) => ({ spend }));
 * const found = fitHdbscan(spend, { minSize: 3, scaling: 'none' });
 * found.labels; // => [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, -1]
 * found.strengths[6]; // => 1 / 15
 * found.assign([{ spend: 7 }, { spend: 75 }, { spend: 41.5 }]); // => [0, -1, 1]
 * ```
 */
export function fitHdbscan<Data extends TableOf<Data>>(data: Data, options: HdbscanOptions<ColumnNameOf<Data>> = {}): Hdbscan {
  requireKnownOptions(CALLER, options, ['minSize', 'minSamples', 'epsilon', 'maxSize', 'selection', 'features', 'scaling']);
  const { features: wanted, scaling, selection = 'excessOfMass' } = options as HdbscanOptions;
  const view = parseTable(CALLER, data);
  const names = numberFeatures(CALLER, view, wanted);
  const minSize = requireWhole(CALLER, 'minSize', options.minSize ?? Math.max(5, Math.ceil(0.02 * view.rowCount)), 2);
  const minSamples = requireWhole(CALLER, 'minSamples', options.minSamples ?? Math.min(minSize, SAMPLES), 1);
  const epsilon = requireFinite(CALLER, 'epsilon', options.epsilon ?? 0);
  const maxSize = options.maxSize === undefined ? Infinity : requireWhole(CALLER, 'maxSize', options.maxSize, minSize);
  requireChoice(CALLER, 'selection', selection, ['excessOfMass', 'leaf']);
  const features = learnScaling(CALLER, view, names, scaling);
  const { points, missing } = knownPoints(CALLER, features, view);
  const width = names.length;
  const { cores, merged, squares } = densityTree(points, width, minSamples);
  const condensed = condenseTree(merged, squares, minSize);
  // Equal rows are no denser than the nearest that differ: otherwise a few of them would be the best of segments.
  const least = merged.heights.find((square) => square > 0) ?? 1;
  const stability = stabilities(condensed, least);
  const { members, groups } = membersOf(condensed, selectGroups(condensed, stability, { selection, epsilon: epsilon * epsilon, maxSize }), points, width);
  const warnings = missingWarning(missing);
  if (groups.length === 0) warnings.push('no segment is denser than what is around it');
  return new Hdbscan(
    {
      format: 'Hdbscan',
      formatVersion: 1,
      features,
      minSize,
      minSamples,
      points: Array.from(points),
      members: Array.from(members),
      cores: Array.from(cores),
      leftAt: Array.from(condensed.leftAt),
      segments: denseSegments(condensed, stability, members, groups, least),
      reachSquares: groups.map((group) => condensed.births[group]!),
      meetingSquares: groups.map((group) => condensed.birthSquares[group]!),
      coreSquares: groups.map((group) => Math.max(condensed.deaths[group]!, least)),
      tree: densityGroups(condensed, stability, groups),
      warnings,
    },
    { labels: members, outlierScores: outlierScores(condensed, least) },
  );
}

/** The tree of single linkage by mutual reachability: squared core distances, and squared heights and distances of the merges. */
function densityTree(points: Float64Array, width: number, minSamples: number): { cores: Float64Array; merged: LinkageTree; squares: Float64Array } {
  const tree = new PointTree(points, width);
  const cores = new Float64Array(points.length / width).map((_, row) => tree.kthSquare(points, row * width, minSamples));
  const { from, to, reaches, squares } = nearestFirst(reachTree(points, width, tree, cores));
  return { cores, merged: linkageTree(from, to, reaches, null), squares };
}

function denseSegments({ births, deaths, leftAt }: CondensedTree, stability: Float64Array, members: Int32Array, groups: readonly number[], least: number): DenseSegment[] {
  const greatest = densityAt(leftAt.reduce((a, b) => Math.min(a, b), Infinity), least);
  const sizes = new Float64Array(groups.length);
  for (const segment of members) if (segment >= 0) sizes[segment]!++;
  return groups.map((group, segment) => {
    const size = sizes[segment]!;
    return { size, persistence: stability[group]! / (size * greatest), reach: Math.sqrt(births[group]!), coreReach: 1 / densityAt(deaths[group]!, least) };
  });
}

function densityGroups({ parents, births, deaths, sizes }: CondensedTree, stability: Float64Array, groups: readonly number[]): DensityGroup[] {
  return parents.map((parent, group) => ({
    parent,
    birth: parent < 0 ? null : Math.sqrt(births[group]!),
    death: Math.sqrt(deaths[group]!),
    size: sizes[group]!,
    stability: stability[group]!,
    segment: groups.indexOf(group),
  }));
}

/** In the order of lengths, then of distances. */
function nearestFirst({ from, to, reaches, squares }: SpanningTree): SpanningTree {
  const byDistance = sortedOrder(squares);
  const order = sortedOrder(Float64Array.from(byDistance, (join) => reaches[join]!)).map((place) => byDistance[place]!);
  return {
    from: Int32Array.from(order, (join) => from[join]!),
    to: Int32Array.from(order, (join) => to[join]!),
    reaches: Float64Array.from(order, (join) => reaches[join]!),
    squares: Float64Array.from(order, (join) => squares[join]!),
  };
}

/** The segment of every row, and the group each segment is. */
function membersOf({ parents, groupOf }: CondensedTree, chosen: readonly boolean[], points: Float64Array, width: number): { members: Int32Array; groups: number[] } {
  const topOf = parents.map(() => -1);
  const found: number[] = [];
  parents.forEach((parent, group) => {
    topOf[group] = chosen[group] ? found.push(group) - 1 : parent < 0 ? -1 : topOf[parent]!;
  });
  const sizes = new Float64Array(found.length);
  const centers = new Float64Array(found.length * width);
  groupOf.forEach((group, row) => {
    const top = topOf[group]!;
    if (top < 0) return;
    sizes[top]!++;
    for (let k = 0; k < width; k++) centers[top * width + k]! += points[row * width + k]!;
  });
  const order = segmentOrder(sizes, centers.map((sum, i) => sum / sizes[Math.floor(i / width)]!));
  const numberOf = new Int32Array(found.length);
  order.forEach((top, number) => (numberOf[top] = number));
  return { members: groupOf.map((group) => numberOf[topOf[group]!] ?? -1), groups: order.map((top) => found[top]!) };
}

/** By row: how much denser its group still became after it left, as a share (GLOSH: Campello, Moulavi, Zimek and Sander, 2015). */
function outlierScores({ parents, deaths, groupOf, leftAt }: CondensedTree, least: number): Float64Array {
  const last = deaths.slice();
  for (let group = parents.length - 1; group > 0; group--) last[parents[group]!] = Math.min(last[parents[group]!]!, last[group]!);
  return leftAt.map((square, row) => 1 - densityAt(square, least) / densityAt(last[groupOf[row]!]!, least));
}

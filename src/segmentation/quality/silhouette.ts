import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { SegmentLabels } from '../space/readSegmentLabels.js';
import { partitionFigures, simplifiedWidths } from './partitionFigures.js';
import { groupOf, type RowGroups } from './rowGroups.js';
import { sampledGroups } from './sampledGroups.js';
import { labelledPoints, type SegmentSpaceOptions } from './segmentSpace.js';
import { silhouetteWidths } from './silhouetteWidths.js';

/** Options of {@link silhouette}. */
export interface SilhouetteOptions<Names extends string = string> extends SegmentSpaceOptions<Names> {
  /** `'exact'` from the distances to all rows, `'simplified'` from those to the centres. @defaultValue 'exact' */
  readonly kind?: 'exact' | 'simplified';
  /**
   * How many rows to draw; each is held against all rows, so that there is no bias. At least `n` for all of them.
   *
   * @defaultValue all up to 20,000 rows, then what costs as much as 20,000 do: 200,000,000 / n, and at least 500
   */
  readonly sample?: number;
  /** Of the interval of a sample, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Of the draw. @defaultValue 1 */
  readonly seed?: number;
}

/** The silhouette of one segment. */
export interface SegmentSilhouette extends Estimate {
  /** The number of the segment. */
  readonly segment: number;
  /** Rows in it. */
  readonly size: number;
}

/** What {@link silhouette} returns: mean width and interval, the ends equal when all rows were looked at. */
export interface Silhouette extends Estimate {
  /** Each segment that has rows, in the order of its number. */
  readonly segments: readonly SegmentSilhouette[];
  /** Of every row, -1 to 1: sorted within its segment the silhouette plot. NaN for a row of no segment or not drawn. */
  readonly widths: Float64Array;
  /** The second nearest segment of every row; -1 for a row of no segment or not drawn. */
  readonly neighbours: Int32Array;
  /** How many rows were looked at. */
  readonly rowsUsed: number;
}

/** Rows whose silhouettes are all computed, and how many distances larger data may cost. */
const ALL = 20_000;
const DISTANCES = 2e8;

/**
 * How well the rows lie in their segments: for each (b - a) / max(a, b), with `a` the mean distance to the others of its segment and `b` that to
 * the rows of the nearest other segment. 1 is well within, 0 on the border, below 0 nearer to another; 0 for a row alone in its segment.
 *
 * The labels come from a model of the same features and scaling: pass both here, or the `scaling` of the model. A missing value counts as the mean of its
 * column. Rows labelled -1 (or with an empty name) are left out. A sample takes the same share of each segment, at least 20 of its rows, and the interval is
 * that of a stratified sample without replacement. `'simplified'` takes the distances to the centres (Hruschka, 2004): O(n · segments), and larger than
 * the exact. No matrix of distances is made: O(n²) time, O(n) memory. (Rousseeuw, 1987.)
 *
 * @param data - the rows: a Frame, row objects or columns
 * @param labels - the segment of each row: a number from 0, or a name
 * @param options - features, scaling, kind, sample, confidence, seed
 * @returns the mean width with its interval, by segment, and the width of every row
 * @throws a {@link ClientelaError} `INVALID_INPUT` with fewer than two segments, `LENGTH_MISMATCH`, `INVALID_VALUE`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`,
 * `COLUMN_KIND`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const visits = { visits: [1, 2, 9, 10] };
 * const found = silhouette(visits, [0, 0, 1, 1], { scaling: 'none' });
 * found.widths[0]; // => (8.5 - 1) / 8.5
 * found.estimate; // => (7.5 / 8.5 + 6.5 / 7.5) / 2
 * ```
 */
export function silhouette<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: SilhouetteOptions<ColumnNameOf<Data>> = {}): Silhouette {
  requireKnownOptions('silhouette', options, ['features', 'scaling', 'kind', 'sample', 'confidence', 'seed']);
  const kind = requireChoice('silhouette', 'kind', options.kind ?? 'exact', ['exact', 'simplified']);
  const confidence = requireFinite('silhouette', 'confidence', options.confidence ?? 0.95);
  if (!(confidence > 0 && confidence < 1)) throw new ClientelaError('INVALID_OPTION', `silhouette needs confidence between 0 and 1, found ${confidence}`, { option: 'confidence' });
  const { points, width, groups } = labelledPoints('silhouette', data, labels, options);
  const rowCount = groups.rows.length;
  const sample = options.sample === undefined ? (rowCount <= ALL ? rowCount : Math.max(500, Math.round(DISTANCES / rowCount))) : requireWhole('silhouette', 'sample', options.sample, 1);
  const isAll = kind === 'simplified' || sample >= rowCount;
  const asked = isAll ? groups : sampledGroups(groups, sample, options.seed ?? 1);
  const found = kind === 'simplified' ? simplifiedWidths(points, width, groups, partitionFigures(points, width, groups).centers) : silhouetteWidths(points, width, groups, asked);
  return { ...summary(found.widths, groups, asked, normalQuantile((1 + confidence) / 2)), ...found, rowsUsed: asked.rows.length };
}

/** Means and intervals of a stratified sample: variances of the strata by their share, less what was seen of them (Cochran, 1977). */
function summary(widths: Float64Array, groups: RowGroups, asked: RowGroups, z: number): Estimate & Pick<Silhouette, 'segments'> {
  const segments: SegmentSilhouette[] = [];
  let [total, variance] = [0, 0];
  for (let c = 0; c < groups.count; c++) {
    const size = groupOf(groups, c).length;
    const rows = groupOf(asked, c);
    if (size === 0) continue;
    let [mean, squares] = [0, 0];
    for (const row of rows) mean += widths[row]! / rows.length;
    for (const row of rows) squares += (widths[row]! - mean) ** 2;
    const error = (squares / Math.max(1, rows.length - 1) / rows.length) * (1 - rows.length / size);
    segments.push({ segment: c, size, ...interval(mean, error, z) });
    const share = size / groups.rows.length;
    total += share * mean;
    variance += share * share * error;
  }
  return { ...interval(total, variance, z), segments };
}

function interval(estimate: number, variance: number, z: number): Estimate {
  const reach = z * Math.sqrt(variance);
  return { estimate, lower: Math.max(-1, estimate - reach), upper: Math.min(1, estimate + reach) };
}

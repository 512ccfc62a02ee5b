import type { TableOf } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import { segmentPoints, type GivenScaling } from '../space/segmentPoints.js';
import { numberFeatures } from '../space/numberFeatures.js';
import type { ScaledFeature } from '../space/scaling.js';
import { completedPoints } from './completedPoints.js';
import { rowGroups, type RowGroups } from './rowGroups.js';

/** The space in which distances are taken: give what the model was given. */
export interface SegmentSpaceOptions<Names extends string = string> {
  /** Columns of numbers or booleans. @defaultValue all of them */
  readonly features?: readonly Names[];
  /** As in the fits, or the `scaling` of a fitted model, which brings its features. @defaultValue 'auto' */
  readonly scaling?: GivenScaling<Names>;
}

/** The data, and its rows as points; NaN is missing. */
export interface SegmentSpace {
  readonly view: ParsedTable;
  readonly points: Float64Array;
  readonly width: number;
}

/** Reads the rows on the scale of the model. Throws as `numberFeatures` and `segmentPoints` do. */
export function segmentSpace<Data>(caller: string, data: TableOf<Data>, { features, scaling }: SegmentSpaceOptions): SegmentSpace {
  const view = parseTable(caller, data);
  const names = numberFeatures(caller, view, Array.isArray(scaling) ? scaling.map(({ column }: ScaledFeature) => column) : features);
  return { view, points: segmentPoints(caller, view, names, scaling, null).points, width: names.length };
}

/** Rows as points without gaps, and their segments. */
export interface LabelledPoints extends SegmentSpace {
  readonly groups: RowGroups;
  readonly labels: Int32Array;
  /** How many segments have rows. */
  readonly used: number;
}

/** Reads rows and labels, of which at least so many must be segments with rows. */
export function labelledPoints<Data>(caller: string, data: TableOf<Data>, labels: SegmentLabels, options: SegmentSpaceOptions, least = 2): LabelledPoints {
  const { view, points, width } = segmentSpace(caller, data, options);
  const { segmentOf, count } = readSegmentLabels(caller, labels, view.rowCount);
  const used = new Set(segmentOf.filter((label) => label >= 0)).size;
  if (used < least) throw new ClientelaError('INVALID_INPUT', `${caller} needs rows in at least ${least} segment(s), found ${used}`, { found: used });
  return { view, points: completedPoints(points, width), width, groups: rowGroups(segmentOf, count), labels: segmentOf, used };
}

import { infinite } from '../../data/infinite.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { signedLog, type ScaledFeature } from './scaling.js';

/** Rows as points on the scale of a model: row-major, one coordinate a feature, NaN where missing. Throws `NON_FINITE_VALUE`. */
export function scaledPoints(caller: string, features: readonly ScaledFeature[], view: TableView): Float64Array {
  const points = new Float64Array(view.rowCount * features.length);
  const fill = pointFiller(caller, features, view);
  // A few rows of every column at a time: a pass over one column would fetch all of the points.
  for (let from = 0; from < view.rowCount; from += 64) fill(points, from * features.length, from, Math.min(view.rowCount, from + 64));
  return points;
}

/** What writes the points of some rows, from one up to another, at a place of an array. */
export function pointFiller(caller: string, features: readonly ScaledFeature[], view: TableView): (points: Float64Array, at: number, from: number, to: number) => void {
  const width = features.length;
  const columns = features.map(({ column }) => numbersOf(caller, column, view.source(column)));
  return (points, at, from, to) => {
    for (let j = 0; j < width; j++) fillColumn(caller, features[j]!, columns[j]!, points, at + j, width, from, to);
  };
}

// As `scaled`, by loops without branches: what is rare is looked for when a sum shows that it is there.
function fillColumn(caller: string, { column, scaling, unit, center, scale, limit }: ScaledFeature, values: Float64Array, points: Float64Array, start: number, width: number, from: number, to: number): void {
  let zero = 0;
  if (scaling === 'log') for (let row = from, at = start; row < to; row++, at += width) points[at] = (signedLog(values[row]! / unit) - center) / scale;
  else for (let row = from, at = start; row < to; row++, at += width) points[at] = (values[row]! - center) / scale;
  for (let row = from; row < to; row++) zero += values[row]! - values[row]!;
  const end = start + (to - from) * width;
  for (let at = start; limit !== null && at < end; at += width) points[at] = points[at]! > limit ? limit : points[at]! < -limit ? -limit : points[at]!;
  for (let row = from; zero !== 0 && row < to; row++) if (Math.abs(values[row]!) === Infinity) throw infinite(caller, column, row, values[row]!);
}

import { infinite } from '../../data/infinite.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { signedLog, type ScaledFeature } from './scaling.js';

/** Rows as points on the scale of a model: row-major, one coordinate a feature, NaN where missing. Throws `NON_FINITE_VALUE`. */
export function scaledPoints(caller: string, features: readonly ScaledFeature[], view: TableView): Float64Array {
  const width = features.length;
  const points = new Float64Array(view.rowCount * width);
  const columns = features.map(({ column }) => numbersOf(caller, column, view.source(column)));
  // A few rows of every column at a time: a pass over one column would fetch all of the points.
  for (let from = 0; from < view.rowCount; from += 64) {
    const to = Math.min(view.rowCount, from + 64);
    features.forEach((feature, j) => fillColumn(caller, feature, columns[j]!, points, from, to, width, j));
  }
  return points;
}

// As `scaled`, with what does not change taken out of the loop.
function fillColumn(caller: string, { column, scaling, unit, center, scale, limit }: ScaledFeature, values: Float64Array, points: Float64Array, from: number, to: number, width: number, j: number): void {
  const isLog = scaling === 'log';
  const most = limit ?? Infinity;
  for (let row = from, at = from * width + j; row < to; row++, at += width) {
    const x = values[row]!;
    if (x === Infinity || x === -Infinity) throw infinite(caller, column, row, x);
    const z = ((isLog ? signedLog(x / unit) : x) - center) / scale;
    points[at] = z > most ? most : z < -most ? -most : z;
  }
}

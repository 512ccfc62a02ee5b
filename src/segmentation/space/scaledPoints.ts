import { infinite } from '../../data/infinite.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { scaled, type ScaledFeature } from './scaling.js';

/** Rows as points on the scale of a model: row-major, one coordinate a feature, NaN where missing. Throws `NON_FINITE_VALUE`. */
export function scaledPoints(caller: string, features: readonly ScaledFeature[], view: TableView): Float64Array {
  const width = features.length;
  const points = new Float64Array(view.rowCount * width);
  features.forEach((feature, j) => {
    const values = numbersOf(caller, feature.column, view.source(feature.column));
    for (let row = 0, at = j; row < values.length; row++, at += width) {
      const x = values[row]!;
      if (x - x !== 0 && x === x) throw infinite(caller, feature.column, row, x);
      points[at] = scaled(feature, x);
    }
  });
  return points;
}

import type { TableView } from '../../data/table.js';
import type { ScaledFeature } from '../space/scaling.js';
import { scaledPoints } from '../space/scaledPoints.js';

/** Rows as points for methods that compare all pairs: a missing value counts as the average, 0 on the scale of the model. Also how many there were. */
export function knownPoints(caller: string, features: readonly ScaledFeature[], view: TableView): { points: Float64Array; missing: number } {
  const points = scaledPoints(caller, features, view);
  let missing = 0;
  for (let i = 0; i < points.length; i++) {
    if (points[i] === points[i]) continue;
    points[i] = 0;
    missing++;
  }
  return { points, missing };
}

/** What to say of them. */
export function missingWarning(missing: number): string[] {
  return missing === 0 ? [] : [`${missing} missing values count as the average of their column`];
}

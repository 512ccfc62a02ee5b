import type { ParsedTable } from '../../data/takeRows.js';
import { learnScaling } from '../space/learnScaling.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { unscaled, type ScalingOption } from '../space/scaling.js';

/** The centres of groups of rows as raw rows, a row a group: means on the scale of the model, of the values that are known. */
export function groupCenters(caller: string, view: ParsedTable, features: readonly string[], scaling: ScalingOption, groups: ArrayLike<number>): Record<string, number>[] {
  const learnt = learnScaling(caller, view, features, scaling);
  const points = scaledPoints(caller, learnt, view);
  const centers: Record<string, number>[] = [];
  const counts: number[] = [];
  learnt.forEach((feature, j) => {
    const sums: number[] = [];
    counts.length = 0;
    for (let row = 0; row < groups.length; row++) {
      const z = points[row * learnt.length + j]!;
      const group = groups[row]!;
      sums[group] ??= 0;
      counts[group] ??= 0;
      if (z !== z) continue;
      sums[group] += z;
      counts[group]++;
    }
    sums.forEach((sum, group) => ((centers[group] ??= {})[feature.column] = unscaled(feature, counts[group]! > 0 ? sum / counts[group]! : 0)));
  });
  return centers;
}

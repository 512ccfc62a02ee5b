import type { ParsedTable } from '../../data/takeRows.js';
import { learnScaling } from '../space/learnScaling.js';
import { scaledPoints } from '../space/scaledPoints.js';
import type { ScalingOption } from '../space/scaling.js';

/**
 * Rows of numbers and categories as coordinates in which distances are Euclidean: numbers on their scale, categories as an indicator a level, so
 * long that a category spreads rows as much as a number of standard deviation 1. Missing is NaN.
 * `widths` are the coordinates of each column, numbers first.
 */
export function mixedPoints(caller: string, view: ParsedTable, numbers: readonly string[], categories: readonly string[], scaling: ScalingOption): { points: Float64Array; widths: number[] } {
  const known = scaledPoints(caller, learnScaling(caller, view, numbers, scaling), view);
  const byCategory = categories.map((name) => levelIndicators(view, name));
  const indicators = byCategory.flat();
  const width = numbers.length + indicators.length;
  const points = new Float64Array(view.rowCount * width);
  for (let row = 0; row < view.rowCount; row++) {
    for (let j = 0; j < numbers.length; j++) points[row * width + j] = known[row * numbers.length + j]!;
    for (let j = 0; j < indicators.length; j++) points[row * width + numbers.length + j] = indicators[j]![row]!;
  }
  return { points, widths: [...numbers.map(() => 1), ...byCategory.map((levels) => levels.length)] };
}

function levelIndicators(view: ParsedTable, name: string): Float64Array[] {
  const column = view.source(name);
  if (column.kind !== 'category') return [];
  const { codes, levels } = column;
  const counts = new Float64Array(levels.length);
  let known = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code]!++;
    known++;
  }
  const variance = counts.reduce((sum, count) => sum + (count / known) * (1 - count / known), 0);
  const height = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return levels.map((_, level) => Float64Array.from(codes, (code) => (code < 0 ? NaN : code === level ? height : 0)));
}

import type { MedoidProblem } from './fasterPam.js';

/** Medoids taken one after another, each the row that lowers the cost most (BUILD: Kaufman and Rousseeuw, 1990); of equal ones the first. O(n² k). */
export function buildMedoids({ count, distances, weights }: MedoidProblem, medoids: number): Int32Array {
  const chosen = new Int32Array(medoids);
  const least = new Float64Array(count).fill(Infinity);
  for (let i = 0; i < medoids; i++) {
    let best = Infinity;
    for (let row = 0; row < count; row++) {
      // At least 0 from itself: a row chosen before would change nothing.
      if (least[row] === 0) continue;
      let cost = 0;
      for (let o = 0, at = row * count; o < count; o++, at++) cost += weights[o]! * (distances[at]! < least[o]! ? distances[at]! : least[o]!);
      if (cost < best * (1 - 1e-12)) [best, chosen[i]] = [cost, row];
    }
    if (best === Infinity) chosen[i] = i;
    for (let o = 0, at = chosen[i]! * count; o < count; o++, at++) if (distances[at]! < least[o]!) least[o] = distances[at]!;
  }
  return chosen;
}

import type { JourneyComparer } from './compareJourneys.js';

/** All distances between the chosen journeys, row by row, both ways. */
export function squareDistances(comparer: JourneyComparer, chosen: Int32Array): Float64Array {
  const count = chosen.length;
  const square = new Float64Array(count * count);
  for (let i = 1; i < count; i++) {
    comparer.take(chosen[i]!);
    for (let j = 0; j < i; j++) square[i * count + j] = square[j * count + i] = comparer.to(chosen[j]!);
  }
  return square;
}

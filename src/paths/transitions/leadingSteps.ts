import type { JourneyColumns } from '../journeys/journeys.js';
import { stepNodes } from './stepNodes.js';

/** What stands for all states that are not among the most frequent. */
export const OTHER = '(other)';

/** Steps as states, the `most` most frequent (by weight, ties by name) in that order, the rest one state `'(other)'`, if there is a rest. */
export function leadingSteps(journeys: JourneyColumns, most: number): { readonly codes: Int32Array; readonly labels: readonly string[] } {
  const { offsets, weights } = journeys;
  const { codes, names } = stepNodes(journeys);
  const counts = new Float64Array(names.length);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    if (weight > 0) for (let s = offsets[c]!; s < offsets[c + 1]!; s++) counts[codes[s]!]! += weight;
  }
  const ranked = [...names.keys()].sort((a, b) => counts[b]! - counts[a]!);
  const place = new Int32Array(names.length).fill(most);
  ranked.slice(0, most).forEach((code, rank) => (place[code] = rank));
  const labels = ranked.slice(0, most).map((code) => names[code]!);
  return { codes: codes.map((code) => (code < 0 ? -1 : place[code]!)), labels: names.length > most ? [...labels, OTHER] : labels };
}

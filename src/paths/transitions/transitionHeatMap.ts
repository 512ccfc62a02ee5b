import { requireKnownOptions, requireWhole } from '../../data/options.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { leadingSteps } from './leadingSteps.js';

/** Options of {@link transitionHeatMap}. */
export interface TransitionHeatMapOptions {
  /** How many states get a row of their own, the most frequent; all others are `'(other)'`. @defaultValue 30 */
  readonly items?: number;
}

/** From where to where, as a square to colour; all matrices are row-major, labels x labels, a row per state moved from. */
export interface TransitionHeatMap {
  /** States, the most frequent first; last `'(other)'`, where there are others. */
  readonly labels: readonly string[];
  /** How often: sums of weights. */
  readonly counts: Float64Array;
  /** `counts` as shares of their row, which sums to 1; 0 in the row of a state that nothing follows. */
  readonly rowShares: Float64Array;
  /**
   * How far a count is from what row and column lead to expect, in standard errors (adjusted residuals, Haberman, 1973): above 2 a passage more frequent
   * than by chance, below -2 one avoided; 0 where nothing else was possible.
   */
  readonly residuals: Float64Array;
}

/**
 * How often each state follows each other, as plain matrices for a heat map: counts, shares of the row, and residuals, which show what is more than popularity.
 *
 * A step of several items is the state that joins their names. `O(events)`.
 *
 * @param source - a log, or journeys made of one in another way
 * @param options - how many states; see {@link TransitionHeatMapOptions}
 * @returns labels and matrices; see {@link TransitionHeatMap}
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const map = transitionHeatMap(Journeys.fromLists([['a', 'b', 'a'], ['a', 'b']]));
 * map.labels; // => ['a', 'b']
 * [...map.counts]; // => [0, 2, 1, 0]
 * ```
 */
export function transitionHeatMap(source: JourneySource, options: TransitionHeatMapOptions = {}): TransitionHeatMap {
  const caller = 'transitionHeatMap';
  requireKnownOptions(caller, options, ['items']);
  const most = requireWhole(caller, 'items', options.items ?? 30, 1);
  const journeys = readJourneys(caller, source);
  const { codes, labels } = leadingSteps(journeys, most);
  const { offsets, weights } = journeys;
  const size = labels.length;
  const counts = new Float64Array(size * size);
  for (let c = 0; c + 1 < offsets.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    if (weight > 0) for (let s = offsets[c]! + 1; s < offsets[c + 1]!; s++) counts[codes[s - 1]! * size + codes[s]!]! += weight;
  }
  const [rows, columns] = [new Float64Array(size), new Float64Array(size)];
  let total = 0;
  counts.forEach((count, at) => {
    rows[Math.floor(at / size)]! += count;
    columns[at % size]! += count;
    total += count;
  });
  const rowShares = counts.map((count, at) => (count === 0 ? 0 : count / rows[Math.floor(at / size)]!));
  const residuals = counts.map((count, at) => {
    const [row, column] = [rows[Math.floor(at / size)]!, columns[at % size]!];
    const variance = ((row * column) / total) * (1 - row / total) * (1 - column / total);
    return variance > 0 ? (count - (row * column) / total) / Math.sqrt(variance) : 0;
  });
  return { labels, counts, rowShares, residuals };
}

import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { END } from './countContexts.js';
import type { MarkovPaths } from './markovPaths.js';
import { stepNodes } from './stepNodes.js';

/** How likely journeys are under a model. */
export interface JourneyLikelihood {
  /** Sum of the logarithms of the chances of all moves that have one, weighted. */
  readonly logLikelihood: number;
  /** Those moves: the sum of their weights. */
  readonly moves: number;
  /** Moves the model gives no chance, such as to states it never saw: the sum of their weights. With a `prior` only the latter are left. */
  readonly impossible: number;
}

/**
 * How likely journeys are under a model of paths: on customers it has not learnt from, `-logLikelihood / moves` is its log loss. `O(steps)`.
 *
 * @param model - what `fitMarkovPaths` learnt
 * @param source - a log, or journeys made as those it learnt from
 * @returns the log-likelihood and what it is of; see {@link JourneyLikelihood}
 * @throws a {@link ClientelaError} `INVALID_INPUT`
 * @example
 * ```ts
 * import { fitMarkovPaths, Journeys } from 'clientela/paths';
 * const model = fitMarkovPaths(Journeys.fromLists([['a', 'b'], ['a', 'c']]), { order: 1 });
 * journeyLikelihood(model, Journeys.fromLists([['a', 'b'], ['b']])); // => { logLikelihood: Math.log(0.5), moves: 2, impossible: 1 }
 * ```
 */
export function journeyLikelihood(model: MarkovPaths, source: JourneySource): JourneyLikelihood {
  const journeys = readJourneys('journeyLikelihood', source);
  const { offsets, weights } = journeys;
  const { codes, names } = stepNodes(journeys, model.absorbing);
  const chances = new Map<string, Map<string, number>>();
  const sums = { logLikelihood: 0, moves: 0, impossible: 0 };
  for (let c = 0; c + 1 < offsets.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    const [first, end] = [offsets[c]!, offsets[c + 1]!];
    if (weight === 0 || first === end) continue;
    let last = '';
    for (let s = first; s <= end && !(s > first && model.absorbing.includes(last)); s++) {
      if (s === end && !model.absorbing.includes(END)) break;
      // One step more than count tells whether the journey has only begun.
      const window = codes.subarray(Math.max(first, s - model.order - 1), s);
      const key = window.join();
      let next = chances.get(key);
      if (next === undefined) {
        chances.set(key, (next = new Map(model.next(Array.from(window, (code) => names[code]!)).map(({ state, probability }) => [state, probability]))));
      }
      last = s === end ? END : names[codes[s]!]!;
      const chance = next.get(last) ?? 0;
      sums[chance > 0 ? 'moves' : 'impossible'] += weight;
      if (chance > 0) sums.logLikelihood += weight * Math.log(chance);
    }
  }
  return sums;
}

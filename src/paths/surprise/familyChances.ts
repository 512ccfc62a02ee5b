import { createRandom } from '../../numeric/random.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { ReadLimits } from '../journeys/stepLimits.js';
import { walkJourneys } from '../timing/walkJourneys.js';
import type { ReadPath } from '../timing/readPaths.js';
import { shuffleSteps } from './shuffleSteps.js';

/**
 * For each path, in what share of shuffled journeys (these among them) the least p of all paths is as small as its own: single-step min-p (Westfall and Young, 1993).
 */
export function familyChances(
  journeys: JourneyColumns,
  paths: readonly ReadPath[],
  limits: ReadLimits,
  p: Float64Array,
  pOf: (path: number, count: number) => number,
  { familyDraws, seed }: { readonly familyDraws: number; readonly seed: number },
): Float64Array {
  const { weights } = journeys;
  const random = createRandom(seed);
  const least = new Float64Array(familyDraws);
  for (let draw = 0; draw < familyDraws; draw++) {
    const { walk } = walkJourneys(shuffleSteps(journeys, random), limits);
    least[draw] = 1;
    paths.forEach((path, i) => {
      let count = 0;
      walk(path, (_, c, isWhole) => {
        if (isWhole) count += weights === null ? 1 : weights[c]!;
      });
      least[draw] = Math.min(least[draw]!, pOf(i, count));
    });
  }
  least.sort();
  return p.map((own) => {
    let as = 0;
    while (as < familyDraws && least[as]! <= own * (1 + 1e-9)) as++;
    return (1 + as) / (1 + familyDraws);
  });
}

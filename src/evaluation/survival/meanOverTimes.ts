import { sharesWithout } from './censoringWeights.js';
import type { SurvivalSample } from './survivalSample.js';

/** The mean of figures at some times, each weighted by the share who have the event between the time before and it; null without a figure. */
export function meanOverTimes(rows: SurvivalSample, at: readonly { readonly time: number; readonly estimate: number }[]): number | null {
  if (at.length === 0) return null;
  const without = sharesWithout(rows, at.map(({ time }) => time));
  let [sum, shares, before] = [0, 0, 1];
  at.forEach(({ estimate }, i) => {
    sum += (before - without[i]!) * estimate;
    shares += before - without[i]!;
    before = without[i]!;
  });
  // Each time that is judged has cases, so that some have left by then.
  return sum / shares;
}

import type { Estimate } from '../../numeric/estimate.js';
import { twoSidedNormalP } from '../../numeric/normal.js';

/** Events and time at risk in bands: `after` of it with the other thing held, the rest without. */
export interface BandedRates {
  readonly events: readonly number[];
  readonly eventsAfter: readonly number[];
  readonly days: readonly number[];
  readonly daysAfter: readonly number[];
}

/**
 * The ratio of two rates that are compared within bands only: given the events of a band, those after are binomial with odds ratio × days after / days before. The estimate
 * is the conditional maximum of likelihood, the interval has the ratios that the score test keeps: with no events on a side its end is 0 or Infinity, and the other end still
 * informative. Null where no band has events and days on both sides. `expected` are the events after if the rates were the same.
 */
export function rateRatio({ events, eventsAfter, days, daysAfter }: BandedRates, z: number): { readonly ratio: Estimate | null; readonly p: number; readonly expected: number } {
  const bands: number[] = [];
  let [expected, score, variance, before, after] = [0, 0, 0, 0, 0];
  for (let k = 0; k < events.length; k++) {
    if (!(events[k]! > 1e-9)) continue;
    const share = daysAfter[k]! / days[k]!;
    expected += events[k]! * share;
    // What is left of a difference of large sums is no time.
    if (!(share > 1e-12 && share < 1 - 1e-12)) continue;
    score += eventsAfter[k]! - events[k]! * share;
    variance += events[k]! * share * (1 - share);
    after += eventsAfter[k]!;
    before += events[k]! - eventsAfter[k]!;
    bands.push(events[k]!, eventsAfter[k]!, share / (1 - share));
  }
  if (variance === 0) return { ratio: null, p: 1, expected };
  const [none, no] = [after < 1e-9, before < 1e-9];
  const ratio = { estimate: none ? 0 : no ? Infinity : ratioAt(bands, 0), lower: none ? 0 : ratioAt(bands, z), upper: no ? Infinity : ratioAt(bands, -z) };
  return { ratio, p: twoSidedNormalP(score / Math.sqrt(variance)), expected };
}

/** The ratio at which the score is `z` standard errors, by halving on the log scale; it falls as the ratio grows. */
function ratioAt(bands: readonly number[], z: number): number {
  let [low, high] = [-40, 40];
  for (let step = 0; step < 52; step++) {
    const middle = (low + high) / 2;
    const ratio = Math.exp(middle);
    let [score, variance] = [0, 0];
    for (let k = 0; k < bands.length; k += 3) {
      const odds = ratio * bands[k + 2]!;
      const share = odds / (1 + odds);
      score += bands[k + 1]! - bands[k]! * share;
      variance += (bands[k]! * share) / (1 + odds);
    }
    if (score > z * Math.sqrt(variance)) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

import { twoSidedNormalP } from '../../numeric/normal.js';
import type { ProductRateRatio } from './productPair.js';

/** Events and time at risk in bands: `after` of it with the other thing held, the rest without. */
export interface BandedRates {
  readonly events: readonly number[];
  readonly eventsAfter: readonly number[];
  readonly days: readonly number[];
  readonly daysAfter: readonly number[];
}

/**
 * The ratio of two rates that are compared within bands only: given the events of a band, those after are binomial with odds ratio × days after / days before. The estimate
 * is the conditional maximum of likelihood, the interval has the ratios that the score test keeps: with no events on a side its end is 0 or none (null), and the other end still
 * informative. Null where no band has events and days on both sides. `expected` are the events after if the rates were the same.
 */
export function rateRatio({ events, eventsAfter, days, daysAfter }: BandedRates, z: number): { readonly ratio: ProductRateRatio | null; readonly p: number; readonly expected: number } {
  const bands: number[] = [];
  let [expected, score, variance, before, after, above, below] = [0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < events.length; k++) {
    const count = events[k]!;
    if (!(count > 1e-9 && days[k]! > 0)) continue;
    const share = Math.min(1, Math.max(0, daysAfter[k]! / days[k]!));
    expected += count * share;
    // What is left of a difference of large sums is no time.
    if (!(share > 1e-12 && share < 1 - 1e-12)) continue;
    score += eventsAfter[k]! - count * share;
    variance += count * share * (1 - share);
    after += eventsAfter[k]!;
    before += count - eventsAfter[k]!;
    above += eventsAfter[k]! * (1 - share);
    below += (count - eventsAfter[k]!) * share;
    bands.push(count, eventsAfter[k]!, share / (1 - share));
  }
  if (variance === 0) return { ratio: null, p: 1, expected };
  const p = twoSidedNormalP(score / Math.sqrt(variance));
  if (after < 1e-9) return { ratio: { estimate: 0, lower: 0, upper: Math.exp(logRatioAt(bands, -z, 0, -LIMIT)) }, p, expected };
  if (before < 1e-9) return { ratio: { estimate: null, lower: Math.exp(logRatioAt(bands, z, 0, LIMIT)), upper: null }, p, expected };
  // The estimate of Mantel and Haenszel is near.
  const middle = logRatioAt(bands, 0, Math.log(above / below));
  const width = z / Math.sqrt(sumsAt(bands, middle)[1]);
  const ends = [1, -1].map((side) => Math.exp(logRatioAt(bands, side * z, middle - side * width, middle))) as [number, number];
  return { ratio: { estimate: Math.exp(middle), lower: ends[0], upper: ends[1] }, p, expected };
}

/** No logarithm of a ratio is beyond it. */
const LIMIT = 40;

/** The logarithm of the ratio at which the score, which falls as the ratio grows, is `z` standard errors: Newton's steps within a bracket, one end of which may be known; halved where they leave it. */
function logRatioAt(bands: readonly number[], z: number, start: number, known = z > 0 ? LIMIT : -LIMIT): number {
  let [low, high] = z > 0 ? [-LIMIT, known] : z < 0 ? [known, LIMIT] : [-LIMIT, LIMIT];
  let [at, before] = [start, Infinity];
  for (let step = 0; step < 100; step++) {
    const [score, variance, slope] = sumsAt(bands, at);
    const excess = score - z * Math.sqrt(variance);
    if (excess > 0) low = at;
    else high = at;
    let move = excess / (variance + (score * slope) / (2 * variance));
    // Steps that do not become shorter get nowhere.
    if (!(at + move >= low && at + move <= high && Math.abs(move) < before)) move = (low + high) / 2 - at;
    before = Math.abs(move);
    at += move;
    if (before < 1e-11) break;
  }
  return at;
}

/** Score, its variance, and the slope of that by the logarithm of the ratio. */
function sumsAt(bands: readonly number[], at: number): [number, number, number] {
  const ratio = Math.exp(at);
  let [score, variance, slope] = [0, 0, 0];
  for (let k = 0; k < bands.length; k += 3) {
    const odds = ratio * bands[k + 2]!;
    const share = odds / (1 + odds);
    const part = (bands[k]! * share) / (1 + odds);
    score += bands[k + 1]! - bands[k]! * share;
    variance += part;
    slope += part * (1 - 2 * share);
  }
  return [score, variance, slope];
}

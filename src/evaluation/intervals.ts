import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { normalQuantile } from '../numeric/normal.js';

/** The multiplier of a standard error for a two-sided interval, such as 1.96 for 0.95. */
export function normalMultiplier(caller: string, confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a confidence between 0 and 1, found ${confidence}; 0.95 is usual`, { confidence });
  }
  return -normalQuantile((1 - confidence) / 2);
}

/** A rate with the interval of Wilson (1927), which stays within [0, 1] and is honest for few events; n may be a sum of weights. */
export function wilsonRate(events: number, n: number, z: number): Estimate {
  const rate = events / n;
  const spread = (z * z) / n;
  const centre = (rate + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((rate * (1 - rate) + spread / 4) / n)) / (1 + spread);
  return { estimate: rate, lower: events <= 0 ? 0 : centre - half, upper: events >= n ? 1 : centre + half };
}

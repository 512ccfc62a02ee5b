import { describeValue } from '../../data/instant.js';
import { requireChoice } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { WoeSign } from './binningState.js';
import { evidence } from './evidence.js';

/** How weights of evidence are written. */
export interface WeightOfEvidenceOptions {
  /** Which way round the ratio is taken. @defaultValue 'eventOverNonEvent' */
  readonly woeSign?: WoeSign;
  /** What is added to both counts of a group that has none of one class: above 0. @defaultValue 0.5 */
  readonly smoothing?: number;
}

/**
 * The weight of evidence of each group: ln(its share of all events / its share of all non-events), by default, or the opposite sign.
 *
 * Only a group without events or without non-events is smoothed: `smoothing` is added to both of its counts. A group without rows has 0.
 *
 * @param events - how many events each group has; weights may make them fractions
 * @param nonEvents - how many non-events each group has
 * @param options - sign and smoothing
 * @returns one number a group
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `EMPTY_INPUT` (no group, no event or no non-event), `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Bad and good credits by checking account (German credit data): below 0, below 200, from 200 on, none.
 * weightOfEvidence([135, 105, 14, 46], [139, 164, 49, 348]); // => [0.818099, 0.401392, -0.405465, -1.17626]
 * weightOfEvidence([10, 0], [40, 50], { woeSign: 'nonEventOverEvent' }); // => [-0.810930, 2.41790]
 * ```
 */
export function weightOfEvidence(events: ArrayLike<number>, nonEvents: ArrayLike<number>, options: WeightOfEvidenceOptions = {}): Float64Array {
  const caller = 'weightOfEvidence';
  const { woeSign = 'eventOverNonEvent', smoothing = 0.5 } = options;
  const base = { ...totalsOf(caller, events, nonEvents), woeSign: requireWoeSign(caller, woeSign), smoothing: requireSmoothing(caller, smoothing) };
  return new Float64Array(events.length).map((_, i) => evidence(events[i]!, nonEvents[i]!, base));
}

/**
 * The information value of groups: the sum of (share of the events - share of the non-events) times the weight of evidence, 0 or more.
 * Siddiqi (2006): below 0.02 it tells nothing, to 0.1 little, to 0.3 something, to 0.5 much; above, look for a leak.
 *
 * @param events - how many events each group has; weights may make them fractions
 * @param nonEvents - how many non-events each group has
 * @param options - smoothing
 * @returns the information value
 * @throws a {@link ClientelaError} as {@link weightOfEvidence}
 * @example
 * ```ts
 * informationValue([135, 105, 14, 46], [139, 164, 49, 348]); // => 0.666012
 * ```
 */
export function informationValue(events: ArrayLike<number>, nonEvents: ArrayLike<number>, options: Pick<WeightOfEvidenceOptions, 'smoothing'> = {}): number {
  const caller = 'informationValue';
  const base = { ...totalsOf(caller, events, nonEvents), woeSign: 'eventOverNonEvent' as const, smoothing: requireSmoothing(caller, options.smoothing ?? 0.5) };
  let sum = 0;
  for (let i = 0; i < events.length; i++) sum += (events[i]! / base.events - nonEvents[i]! / base.nonEvents) * evidence(events[i]!, nonEvents[i]!, base);
  return sum;
}

/** One of the two signs, or the error. */
export function requireWoeSign(caller: string, value: unknown): WoeSign {
  return requireChoice(caller, 'woeSign', value, ['eventOverNonEvent', 'nonEventOverEvent']);
}

/** A smoothing above 0, or the error: without any an empty class would make the evidence infinite. */
export function requireSmoothing(caller: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs smoothing above 0, found ${describeValue(value)}`, { option: 'smoothing', value });
}

function totalsOf(caller: string, events: ArrayLike<number>, nonEvents: ArrayLike<number>): { events: number; nonEvents: number } {
  if (events.length !== nonEvents.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs as many nonEvents as events, found ${events.length} events and ${nonEvents.length} nonEvents`);
  }
  const total = (counts: ArrayLike<number>, what: string): number => {
    let sum = 0;
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i]!;
      if (!(typeof count === 'number' && count >= 0 && count < Infinity)) throw new ClientelaError('INVALID_VALUE', `${caller} needs ${what} of 0 or more, found ${describeValue(count)} in group ${i}`, { row: i, value: count });
      sum += count;
    }
    if (sum > 0) return sum;
    throw new ClientelaError('EMPTY_INPUT', `${caller} needs some ${what}, found none; without both classes there is no evidence`);
  };
  return { events: total(events, 'events'), nonEvents: total(nonEvents, 'nonEvents') };
}

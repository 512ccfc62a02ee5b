import { describeValue } from '../../data/instant.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';

/** A distance between steps: in time, or in steps of the journey. */
export type StepDistance = { readonly weeks?: number; readonly days?: number; readonly hours?: number } | { readonly steps: number };

/** How near or far the steps of a path may lie in a journey; all limits include their ends. */
export interface StepLimits {
  /** From each step of the path to the next, at least; `{ steps: 1 }` is the very next step. @defaultValue none */
  readonly minGap?: StepDistance;
  /** From each step of the path to the next, at most; `{ steps: 1 }` asks for steps without others between. @defaultValue none */
  readonly maxGap?: StepDistance;
  /** From the first step of the path to the last, at least. @defaultValue none */
  readonly minSpan?: StepDistance;
  /** From the first step of the path to the last, at most. @defaultValue none */
  readonly maxSpan?: StepDistance;
}

/** One limit, read: distances in milliseconds and in steps. */
export interface LimitPair {
  readonly millis: number;
  readonly steps: number;
}

/** The limits, read; what is not limited is 0 or Infinity. */
export interface ReadLimits {
  readonly minGap: LimitPair;
  readonly maxGap: LimitPair;
  readonly minSpan: LimitPair;
  readonly maxSpan: LimitPair;
  /** Whether anything is limited. */
  readonly any: boolean;
}

const UNITS = ['weeks', 'days', 'hours'];

/** The names of {@link StepLimits}. */
export const STEP_LIMITS = ['minGap', 'maxGap', 'minSpan', 'maxSpan'] as const;

/** Reads the limits; those in time need times. */
export function readLimits(caller: string, limits: StepLimits, times: Float64Array | null): ReadLimits {
  const read = STEP_LIMITS.map((option) => readLimit(caller, option, limits[option], times)) as [LimitPair, LimitPair, LimitPair, LimitPair];
  const [minGap, maxGap, minSpan, maxSpan] = read;
  for (const [least, most, name] of [[minGap, maxGap, 'Gap'], [minSpan, maxSpan, 'Span']] as const) {
    if (least.millis > most.millis || least.steps > most.steps) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs a min${name} of at most max${name}, found ${shown(limits[`min${name}`])} and ${shown(limits[`max${name}`])}`, { option: `min${name}` });
    }
  }
  return { minGap, maxGap, minSpan, maxSpan, any: STEP_LIMITS.some((option) => limits[option] !== undefined) };
}

/** One limit, of which an option that begins with "min" is 0 unless given, others Infinity. */
export function readLimit(caller: string, option: string, limit: StepDistance | undefined, times: Float64Array | null): LimitPair {
  const none = option.startsWith('min') ? 0 : Infinity;
  if (limit === undefined) return { millis: none, steps: none };
  // What is no object has no entries; text has, but none that are units.
  const units = Object.entries((limit as StepDistance | null) ?? {}).filter(([, count]: [string, unknown]) => count !== undefined);
  const inSteps = units.some(([unit]) => unit === 'steps');
  const isRead = units.length > 0 && units.every(([unit, count]) => (inSteps ? unit === 'steps' && Number.isSafeInteger(count) : UNITS.includes(unit)) && typeof count === 'number' && count >= 0 && count < Infinity);
  if (!isRead) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} in weeks, days or hours, such as { days: 30 }, or as { steps: 2 }, found ${shown(limit)}; months differ in length: give days`, { option, value: limit });
  }
  if (inSteps) return { millis: none, steps: (limit as { readonly steps: number }).steps };
  if (times === null) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} in steps, as { steps: 2 }: these journeys have no times; give it an EventLog`, { option, value: limit });
  }
  const { weeks = 0, days = 0, hours = 0 } = limit as { readonly weeks?: number; readonly days?: number; readonly hours?: number };
  return { millis: weeks * 7 * DAY_MILLIS + days * DAY_MILLIS + hours * 3_600_000, steps: none };
}

/** A limit in words: what it says, or what it is. */
function shown(limit: unknown): string {
  if (typeof limit !== 'object' || limit === null) return describeValue(limit);
  return `{ ${Object.entries(limit).map(([unit, count]) => `${unit}: ${describeValue(count)}`).join(', ')} }`;
}

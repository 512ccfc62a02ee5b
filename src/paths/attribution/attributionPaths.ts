import { describeValue } from '../../data/instant.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns } from '../journeys/journeys.js';

/** Journeys alike, added up: the touches in order, and what came of them. */
export interface AttributionPath {
  /** The channels (or products, or contacts) in order; at least one. */
  readonly path: readonly string[];
  /** How many of these journeys ended in the outcome. */
  readonly conversions: number;
  /** What those outcomes were worth together. @defaultValue unknown */
  readonly value?: number;
  /** How many of these journeys ended without it. @defaultValue 0 */
  readonly nulls?: number;
}

/** Paths in compressed form. */
export interface PathTable {
  readonly channels: readonly string[];
  /** The touches of path `p` are `offsets[p]` to `offsets[p + 1]`. */
  readonly offsets: Uint32Array;
  readonly touches: Int32Array;
  /** Days from each touch to the end of its path; null where only the order is known. */
  readonly days: Float64Array | null;
  readonly conversions: Float64Array;
  readonly values: Float64Array | null;
  readonly nulls: Float64Array;
  /** Outcomes with no touch before them. */
  readonly unattributed: number;
}

/** Paths from rows. */
export function pathsOfRows(caller: string, rows: readonly AttributionPath[]): PathTable {
  const codes = new Map<string, number>();
  const offsets = new Uint32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++) {
    const path: unknown = (Object(rows[r]) as Partial<AttributionPath>).path;
    if (!Array.isArray(path) || path.length === 0) throw bad(caller, r, 'a path of at least one channel', path);
    offsets[r + 1] = offsets[r]! + path.length;
  }
  const touches = new Int32Array(offsets[rows.length]!);
  const [conversions, nulls] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  const withValue = rows[0]?.value !== undefined;
  const values = withValue ? new Float64Array(rows.length) : null;
  for (let r = 0, at = 0; r < rows.length; r++) {
    const { path, conversions: outcomes, nulls: without = 0, value } = rows[r]!;
    for (let i = 0; i < path.length; i++) {
      const channel: unknown = path[i];
      let code = codes.get(channel as string);
      if (code === undefined) {
        if (typeof channel !== 'string') throw bad(caller, r, 'channels as text', channel);
        codes.set(channel, (code = codes.size));
      }
      touches[at++] = code;
    }
    conversions[r] = amount(caller, r, 'conversions', outcomes);
    nulls[r] = amount(caller, r, 'nulls', without);
    if ((value !== undefined) !== withValue) throw bad(caller, r, 'a value in all rows or in none', value);
    if (values !== null && (values[r] = amount(caller, r, 'value', value!)) > 0 && outcomes === 0) throw bad(caller, r, 'conversions above 0 where there is value', outcomes);
  }
  const channels = [...codes.keys()].sort();
  const place = new Int32Array(channels.length);
  channels.forEach((channel, i) => (place[codes.get(channel)!] = i));
  for (let i = 0; i < touches.length; i++) touches[i] = place[touches[i]!]!;
  return { channels, offsets, touches, days: null, conversions, values, nulls, unattributed: 0 };
}

/** Paths from journeys: each outcome ends one and begins the next; what is left at the end led to none. */
export function pathsOfJourneys(caller: string, journeys: JourneyColumns, outcome: string | readonly string[]): PathTable {
  const { itemLevels, offsets: customerSteps, itemOffsets, items, times, until, weights } = journeys;
  const isOutcome = new Uint8Array(itemLevels.length);
  const outcomes = typeof outcome === 'string' ? [outcome] : outcome;
  if (!Array.isArray(outcomes) || outcomes.length === 0) throw new ClientelaError('INVALID_OPTION', `${caller} needs outcome as an item or an array of items, found ${describeValue(outcome)}`, { option: 'outcome', value: outcome });
  for (const item of outcomes as readonly string[]) {
    const at = itemLevels.indexOf(item);
    if (at < 0) throw new ClientelaError('UNKNOWN_ID', `${caller} found no item ${describeValue(item)} as outcome; items are ${itemLevels.slice(0, 5).join(', ')}`, { option: 'outcome', value: item });
    isOutcome[at] = 1;
  }
  const channels = itemLevels.filter((_, i) => isOutcome[i] === 0);
  const place = new Int32Array(itemLevels.length);
  channels.forEach((channel, i) => (place[itemLevels.indexOf(channel)] = i));
  const ends = [0];
  const [touches, days, conversions, nulls] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  let unattributed = 0;
  const end = (weight: number, outcomes: number, time: number): void => {
    if (touches.length === ends.at(-1)) {
      unattributed += outcomes * weight;
      return;
    }
    for (let i = ends.at(-1)!; i < touches.length; i++) days[i] = (time - days[i]!) / DAY_MILLIS;
    ends.push(touches.length);
    conversions.push(outcomes * weight);
    nulls.push(outcomes > 0 ? 0 : weight);
  };
  for (let c = 0; c + 1 < customerSteps.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    if (weight === 0) continue;
    for (let s = customerSteps[c]!; s < customerSteps[c + 1]!; s++) {
      let outcomes = 0;
      for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) {
        if (isOutcome[items[i]!] === 1) outcomes = 1;
        else days[touches.push(place[items[i]!]!) - 1] = times === null ? 0 : times[s]!;
      }
      if (outcomes > 0) end(weight, 1, times === null ? 0 : times[s]!);
    }
    end(weight, 0, until === null ? 0 : until[c]!);
  }
  return {
    channels,
    offsets: Uint32Array.from(ends),
    touches: Int32Array.from(touches),
    days: times === null ? null : Float64Array.from(days),
    conversions: Float64Array.from(conversions),
    values: null,
    nulls: Float64Array.from(nulls),
    unattributed,
  };
}

function amount(caller: string, row: number, name: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw bad(caller, row, `${name} of 0 or more`, value);
}

function bad(caller: string, row: number, needed: string, found: unknown): ClientelaError {
  return new ClientelaError('INVALID_VALUE', `${caller} needs ${needed}, found ${describeValue(found)} in row ${row}`, { row });
}

/** The sum of numbers. */
export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

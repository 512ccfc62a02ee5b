import { DAY_MILLIS } from '../../data/utcDays.js';
import type { JourneyColumns } from '../journeys/journeys.js';

/** Different journeys, each once, as words over states; a state is a set of items that some step has. */
export interface PackedJourneys {
  /** How many different ones. */
  readonly count: number;
  /** The steps of journey `j` are `offsets[j]` to `offsets[j + 1]`. */
  readonly offsets: Uint32Array;
  /** The state of each step. */
  readonly steps: Int32Array;
  /** Days since the step before, 0 for the first; null where time does not count. */
  readonly elapsed: Float64Array | null;
  readonly states: PackedStates;
  /** By customer: which of the journeys. */
  readonly of: Int32Array;
  /** By journey: the first customer who has it, and what all who have it weigh. */
  readonly first: Int32Array;
  readonly weights: Float64Array;
}

/** The items of state `s` are `offsets[s]` to `offsets[s + 1]`, ascending. */
export interface PackedStates {
  readonly count: number;
  readonly offsets: Uint32Array;
  readonly items: Int32Array;
}

/** Each journey once, in the order of the customers who have it first. O(events). */
export function packJourneys(journeys: JourneyColumns, isTimed: boolean): PackedJourneys {
  const { offsets, customers } = journeys;
  const { keys, elapsed } = journeyKeys(journeys, isTimed);
  const places = new Map<string, number>();
  for (const key of keys) if (!places.has(key)) places.set(key, places.size);
  const count = places.size;
  const of = Int32Array.from(customers, (_, c) => places.get(keys[c]!)!);
  const first = new Int32Array(count).fill(-1);
  const weights = new Float64Array(count);
  of.forEach((j, c) => {
    if (first[j]! < 0) first[j] = c;
    weights[j]! += journeys.weights === null ? 1 : journeys.weights[c]!;
  });
  const starts = new Uint32Array(count + 1);
  first.forEach((c, j) => (starts[j + 1] = starts[j]! + offsets[c + 1]! - offsets[c]!));
  const origin = new Uint32Array(starts[count]!);
  first.forEach((c, j) => {
    for (let s = 0; s < starts[j + 1]! - starts[j]!; s++) origin[starts[j]! + s] = offsets[c]! + s;
  });
  const { steps, states } = internSteps(journeys, origin);
  return { count, offsets: starts, steps, elapsed: elapsed && Float64Array.from(origin, (s) => elapsed[s]!), states, of, first, weights };
}

/** What tells one journey from another, as text. */
function journeyKeys({ offsets, itemOffsets, items, times }: JourneyColumns, isTimed: boolean): { readonly keys: readonly string[]; readonly elapsed: Float64Array | null } {
  const elapsed = isTimed && times !== null ? new Float64Array(times.length) : null;
  const keys: string[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    let key = '';
    for (let s = offsets[c]!; s < offsets[c + 1]!; s++) {
      for (let e = itemOffsets[s]!; e < itemOffsets[s + 1]!; e++) key += `${items[e]!},`;
      if (elapsed !== null && s > offsets[c]!) key += String((elapsed[s] = (times![s]! - times![s - 1]!) / DAY_MILLIS));
      key += ';';
    }
    keys.push(key);
  }
  return { keys, elapsed };
}

/** The state of each of these steps, numbered as they come. */
export function internSteps({ itemOffsets, items }: JourneyColumns, origin: ArrayLike<number>): { readonly steps: Int32Array; readonly states: PackedStates } {
  const codes = new Map<string | number, number>();
  const steps = new Int32Array(origin.length);
  const offsets: number[] = [0];
  const found: number[] = [];
  for (let i = 0; i < steps.length; i++) {
    const from = itemOffsets[origin[i]!]!;
    const to = itemOffsets[origin[i]! + 1]!;
    const key = to === from + 1 ? items[from]! : items.subarray(from, to).join();
    let code = codes.get(key);
    if (code === undefined) {
      codes.set(key, (code = codes.size));
      for (let e = from; e < to; e++) found.push(items[e]!);
      offsets.push(found.length);
    }
    steps[i] = code;
  }
  return { steps, states: { count: codes.size, offsets: Uint32Array.from(offsets), items: Int32Array.from(found) } };
}

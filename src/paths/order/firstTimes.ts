import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { JourneySource } from '../journeys/journeys.js';

/** When each customer first had each item, in milliseconds since the customer's first event of any kind. */
export interface FirstTimes {
  /** All customers, the sum of their weights. */
  readonly customerCount: number;
  readonly itemLevels: readonly string[];
  /** The first times of customer `c` are `offsets[c]` to `offsets[c + 1]`, in order of time. */
  readonly offsets: Uint32Array;
  readonly items: Int32Array;
  readonly since: Float64Array;
  /** The customer of each first time. */
  readonly owners: Uint32Array;
  /** How long each customer was observed. */
  readonly ends: Float64Array;
  readonly weights: Float64Array | null;
}

/** A source as one list of moments per customer, whatever it is: reading a log itself is faster, and smaller, than making its journeys. */
interface Moments {
  readonly customers: readonly (string | number)[];
  readonly itemLevels: readonly string[];
  readonly offsets: Uint32Array;
  readonly times: Float64Array;
  readonly items: Int32Array;
  readonly itemOffsets?: Uint32Array;
  readonly until?: Float64Array;
  readonly observedUntil?: number;
  readonly weights?: Float64Array | null;
}

/** The first times of the items chosen (all when undefined); what happened after a customer's `until` was not observed. */
export function readFirstTimes(caller: string, source: JourneySource, chosen: readonly string[] | undefined): FirstTimes {
  const { customers, itemLevels, offsets: moments, times, items: codes, itemOffsets, until, observedUntil, weights = null } = readMoments(caller, source);
  const wanted = choose(caller, itemLevels, chosen);
  const seen = new Int32Array(itemLevels.length).fill(-1);
  const offsets = new Uint32Array(customers.length + 1);
  const items = new Int32Array(codes.length);
  const since = new Float64Array(codes.length);
  const owners = new Uint32Array(codes.length);
  const ends = new Float64Array(customers.length);
  let count = 0;
  let customerCount = 0;
  for (let c = 0; c < customers.length; c++) {
    const first = moments[c]!;
    const end = until === undefined ? observedUntil! : until[c]!;
    const entry = times[first]!;
    const weight = weights === null ? 1 : weights[c]!;
    // Who counts for nobody has no first times either.
    const last = weight > 0 ? moments[c + 1]! : first;
    customerCount += weight;
    if (first < last) ends[c] = Math.max(0, end - entry);
    for (let s = first; s < last && times[s]! <= end; s++) {
      const stop = itemOffsets === undefined ? s + 1 : itemOffsets[s + 1]!;
      for (let i = itemOffsets === undefined ? s : itemOffsets[s]!; i < stop; i++) {
        const item = codes[i]!;
        if (item < 0 || wanted[item] === 0 || seen[item] === c) continue;
        seen[item] = c;
        items[count] = item;
        owners[count] = c;
        since[count++] = times[s]! - entry;
      }
    }
    offsets[c + 1] = count;
  }
  return { customerCount, itemLevels, offsets, items: items.slice(0, count), since: since.slice(0, count), owners: owners.slice(0, count), ends, weights };
}

function readMoments(caller: string, source: JourneySource): Moments {
  const found = source as Partial<JourneySource> | null | undefined;
  if (typeof found === 'object' && found !== null && found.items && found.times) return found as Moments;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs to know what happened when: an EventLog with items, or Journeys of one, found ${describeValue(source)}`, { function: caller });
}

function choose(caller: string, levels: readonly string[], chosen: readonly string[] | undefined): Uint8Array {
  const wanted = new Uint8Array(levels.length).fill(chosen === undefined ? 1 : 0);
  for (const name of chosen ?? []) {
    const item = levels.indexOf(name);
    if (item < 0) throw new ClientelaError('UNKNOWN_ID', `${caller} found no item ${describeValue(name)}; it has ${levels.slice(0, 12).join(', ')}`, { item: name });
    wanted[item] = 1;
  }
  return wanted;
}

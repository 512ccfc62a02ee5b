import { readOrderedIds } from './readOrderedIds.js';
import { requireKnownOptions } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns } from './journeys.js';

/** One journey as a list: each step is an item, or the items of one time. */
export type JourneyList = readonly (string | number | readonly (string | number)[])[];

/** What goes with lists of steps. */
export interface JourneyListOptions {
  /** How many journeys each list stands for: finite, 0 or more. @defaultValue 1 each */
  readonly weights?: ArrayLike<number>;
  /** Whose each list is: distinct, ascending (numbers by value, text by code unit). @defaultValue 0, 1, 2, … */
  readonly customers?: readonly (string | number)[];
}

/** The columns of `Journeys.fromLists`. */
export function journeysOfLists(caller: string, lists: readonly JourneyList[], options: JourneyListOptions): JourneyColumns {
  requireKnownOptions(caller, options, ['weights', 'customers']);
  if (!Array.isArray(lists)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs an array of journeys, each an array of steps, found ${describeValue(lists)}`, { function: caller });
  }
  const codes = new Map<string, number>();
  const offsets = new Uint32Array(lists.length + 1);
  const itemEnds: number[] = [0];
  const found: number[] = [];
  // An array's own walk skips holes, and the journeys behind would take the place of the missing one.
  Array.from(lists).forEach((list, journey) => {
    if (!Array.isArray(list)) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs an array of steps, found ${describeValue(list)} as journey ${journey}; a journey of one step is ['step']`, { journey });
    }
    Array.from(list as JourneyList).forEach((step, at) => {
      const items: readonly unknown[] = Array.isArray(step) ? step : [step];
      if (items.length === 0) throw badItem(caller, journey, at, 'an empty step');
      for (const item of items) {
        if (typeof item !== 'string' && !(typeof item === 'number' && Number.isFinite(item))) throw badItem(caller, journey, at, describeValue(item));
        const name = String(item);
        let code = codes.get(name);
        if (code === undefined) codes.set(name, (code = codes.size));
        found.push(code);
      }
      itemEnds.push(found.length);
    });
    offsets[journey + 1] = itemEnds.length - 1;
  });
  const itemLevels = [...codes.keys()].sort(byCodeUnit);
  const place = new Int32Array(itemLevels.length);
  itemLevels.forEach((name, level) => (place[codes.get(name)!] = level));
  return {
    customers: readOrderedIds(caller, options.customers, lists.length),
    itemLevels,
    offsets,
    ...packSteps(found, itemEnds, place),
    times: null,
    until: null,
    weights: readJourneyWeights(caller, options.weights, lists.length),
    leftOut: 0,
  };
}

/** The weights of journeys, checked; null when none are given. */
function readJourneyWeights(caller: string, weights: ArrayLike<number> | undefined, count: number): Float64Array | null {
  if (weights === undefined) return null;
  if (weights.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one weight per journey, found ${weights.length} weights for ${count} journeys`, { option: 'weights' });
  }
  const read = Float64Array.from(weights);
  const bad = read.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad < 0) return read;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs finite weights of 0 or more, found ${describeValue(weights[bad])} for journey ${bad}`, { option: 'weights', row: bad });
}

/** Codes of each step sorted, each once. */
function packSteps(found: readonly number[], itemEnds: readonly number[], place: Int32Array): { readonly itemOffsets: Uint32Array; readonly items: Int32Array } {
  const items = new Int32Array(found.length);
  const itemOffsets = new Uint32Array(itemEnds.length);
  let end = 0;
  for (let s = 0; s + 1 < itemEnds.length; s++) {
    const begin = end;
    const codes = Int32Array.from(found.slice(itemEnds[s], itemEnds[s + 1]), (code) => place[code]!).sort();
    for (const code of codes) if (end === begin || items[end - 1] !== code) items[end++] = code;
    itemOffsets[s + 1] = end;
  }
  return { itemOffsets, items: items.slice(0, end) };
}

/** Ascending by code unit. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function badItem(caller: string, journey: number, step: number, found: string): ClientelaError {
  return new ClientelaError('INVALID_VALUE', `${caller} needs text or finite numbers as items, found ${found} at step ${step} of journey ${journey}; items of one time stand in one array`, { journey, step });
}

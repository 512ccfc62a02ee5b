import { describeValue } from '../../data/instant.js';
import type { Labels } from '../../data/labelsAndScores.js';
import { ClientelaError } from '../../errors.js';
import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** Checked durations, events and weights, one a row. */
export interface SurvivalSample {
  readonly durations: Float64Array;
  /** 1 where the event came at the duration, 0 where it had not yet. */
  readonly events: Uint8Array;
  /** All 1 where none were given. */
  readonly weights: Float64Array;
}

/** Other customers: those the model was learnt from, who say more about censoring than the few it is judged on. */
export interface TrainingSample {
  /** When the event came or observation ended, one a row; 0 or more. */
  readonly durations: ArrayLike<number>;
  /** 1 or true where the event came, 0 or false where it had not yet. */
  readonly events: Labels;
  /** One a row, finite, from 0 up. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** The one door for durations and events. */
export function readSurvival(caller: string, durations: ArrayLike<number>, events: Labels, weights?: ArrayLike<number>): SurvivalSample {
  const n = (durations as ArrayLike<number> | null | undefined)?.length;
  if (!n) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`, { function: caller });
  const times = readNumbers(caller, 'durations', durations, n, 0);
  const happened = readEvents(caller, events, n);
  if (weights === undefined) return { durations: times, events: happened, weights: new Float64Array(n).fill(1) };
  const given = readNumbers(caller, 'weights', weights, n, 0);
  if (!given.some((weight) => weight > 0)) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row with a weight above 0`, { function: caller });
  return { durations: times, events: happened, weights: given };
}

/** 1 where the event came, 0 where it had not yet. */
export function readEvents(caller: string, events: Labels, n: number): Uint8Array {
  requireRows(caller, 'events', events, n);
  const happened = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    const event = events[row];
    if (event === 1 || event === true) happened[row] = 1;
    else if (event !== 0 && event !== false) {
      throw new ClientelaError('INVALID_VALUE', `${caller} needs events as 1 or true where the event came and 0 or false where it had not yet, found ${describeValue(event)} in row ${row}`, { function: caller, row, value: event });
    }
  }
  return happened;
}

/** The rows in the order of their durations. */
export function inTimeOrder(sample: SurvivalSample): SurvivalSample & { readonly order: Uint32Array } {
  const order = sortedOrder(sample.durations);
  return { ...inThisOrder(sample, order), order };
}

/** The rows in this order. */
export function inThisOrder({ durations, events, weights }: SurvivalSample, order: Uint32Array): SurvivalSample {
  const happened = new Uint8Array(order.length);
  for (let k = 0; k < order.length; k++) happened[k] = events[order[k]!]!;
  return { durations: gather(durations, order), events: happened, weights: gather(weights, order) };
}

/** One finite number a row, not below `least`. */
export function readNumbers(caller: string, what: string, values: ArrayLike<number>, n: number, least?: number): Float64Array {
  requireRows(caller, what, values, n);
  const copy = values instanceof Float64Array ? null : new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const value = values[row]!;
    // Also what is no number: text, null.
    if (!(typeof value === 'number' && value - value === 0)) throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs ${what} finite in every row, found ${describeValue(value)} in row ${row}`, { function: caller, row, value });
    if (least !== undefined && value < least) throw new ClientelaError('INVALID_VALUE', `${caller} needs ${what} of ${least} or more, found ${value} in row ${row}`, { function: caller, row, value });
    if (copy !== null) copy[row] = value;
  }
  return copy ?? (values as Float64Array);
}

/** One probability a row. */
export function readShares(caller: string, what: string, values: ArrayLike<number>, n: number): Float64Array {
  const numbers = readNumbers(caller, what, values, n);
  let row = 0;
  while (row < n && numbers[row]! >= 0 && numbers[row]! <= 1) row++;
  if (row === n) return numbers;
  throw new ClientelaError('INVALID_VALUE', `${caller} needs ${what} from 0 to 1, found ${numbers[row]} in row ${row}`, { function: caller, row, value: numbers[row] });
}

/** A number from 0 on for the group of each row, in the order they appear, and how many there are. */
export function readGroups(caller: string, what: string, values: ArrayLike<string | number>, n: number): { readonly codes: Int32Array; readonly count: number } {
  requireRows(caller, what, values, n);
  const known = new Map<unknown, number>();
  const codes = new Int32Array(n);
  for (let row = 0; row < n; row++) {
    const value: unknown = values[row];
    if (value === null || value === undefined || value !== value) throw new ClientelaError('MISSING_VALUE', `${caller} needs ${what} in every row, found none in row ${row}`, { function: caller, row });
    let code = known.get(value);
    if (code === undefined) known.set(value, (code = known.size));
    codes[row] = code;
  }
  return { codes, count: known.size };
}

function requireRows(caller: string, what: string, values: ArrayLike<unknown> | null | undefined, n: number): void {
  const found = values?.length;
  if (found === n) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${what} as one for each of the ${n} rows, found ${found}`, { function: caller, found, expected: n });
}

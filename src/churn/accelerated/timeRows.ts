import { numbersOf } from '../../data/replayColumn.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { readSurvivalRows, type SurvivalColumns } from '../survivalRows.js';

/** What is known of the time of a row. */
export const EVENT = 0;
/** The event had not come by then. */
export const RIGHT = 1;
/** It came before. */
export const LEFT = 2;
/** It came between two times. */
export const INTERVAL = 3;

/** When the event of each row came, as far as is known. */
export interface TimeRows {
  /** One of {@link EVENT}, {@link RIGHT}, {@link LEFT}, {@link INTERVAL}. */
  readonly kinds: Uint8Array;
  /** The time known; of an interval its start, of {@link LEFT} its end. */
  readonly times: Float64Array;
  /** The ends of intervals; null where there are none. */
  readonly uppers: Float64Array | null;
  /** From when rows were observed; null where all were from the start. */
  readonly entries: Float64Array | null;
  /** One a row; null where all are 1. */
  readonly weights: Float64Array | null;
}

/** The columns that say when the event came. */
export interface TimeColumns extends SurvivalColumns {
  readonly durationUpper?: string;
}

/** Reads times and what is known at them, on the scale of the data. */
export function readTimeRows(caller: string, view: TableView, columns: TimeColumns): TimeRows {
  if (columns.durationUpper !== undefined) return readIntervals(caller, view, columns, columns.durationUpper);
  const { durations, events, entries, weights } = readSurvivalRows(caller, view, columns);
  return { kinds: events.map((event) => (event === 1 ? EVENT : RIGHT)), times: durations, uppers: null, entries, weights };
}

function readIntervals(caller: string, view: TableView, { duration, entry, weights }: TimeColumns, upper: string): TimeRows {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs rows, found none`, { function: caller });
  const lowers = numbersOf(caller, duration, view.source(duration));
  const uppers = numbersOf(caller, upper, view.source(upper));
  const entries = entry === undefined ? null : numbersOf(caller, entry, view.source(entry));
  const rows = lowers.length;
  const [kinds, times, ends] = [new Uint8Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    // No lower end: from minus infinity on (of a logarithm, from 0 on); no upper end: for ever.
    const [low, high] = [Number.isNaN(lowers[row]) ? -Infinity : lowers[row]!, Number.isNaN(uppers[row]) ? Infinity : uppers[row]!];
    const isKnown = low < Infinity && high > -Infinity && low <= high && (low > -Infinity || high < Infinity);
    if (!isKnown) throw new ClientelaError('INVALID_VALUE', `${caller} needs a time, or two in order, in every row, found ${low} in column "${duration}" and ${high} in column "${upper}", row ${row}`, { function: caller, column: upper, row });
    kinds[row] = low === high ? EVENT : high === Infinity ? RIGHT : low === -Infinity ? LEFT : INTERVAL;
    times[row] = low === -Infinity ? high : low;
    ends[row] = high;
    if (entries !== null && !(entries[row]! >= 0 && (entries[row] === 0 || entries[row]! < high) && entries[row]! <= times[row]!)) {
      throw new ClientelaError('INVALID_VALUE', `${caller} needs every row to enter before its event, found ${entries[row]} in column "${entry}", row ${row}`, { function: caller, column: entry, row });
    }
  }
  return { kinds, times, uppers: ends, entries, weights: weights === undefined ? null : readWeights(caller, view, weights) };
}

/** Times on the scale of the model, centred and of spread 1. */
export interface ScaledTimes extends TimeRows {
  /** y = (time or its logarithm - center) / spread. */
  readonly center: number;
  readonly spread: number;
  /** What the logarithm of the density of time adds to that of y, summed: -(sum of logarithms of event times) - (events) ln spread. */
  readonly jacobian: number;
}

/** The logarithm of times where `isLog`, centred and scaled. Rows of weight 0 may hold anything. */
export function scaleTimes(caller: string, rows: TimeRows, { isLog, duration, distribution }: { readonly isLog: boolean; readonly duration: string; readonly distribution: string }): ScaledTimes {
  const { kinds, weights } = rows;
  const known = isLog ? inLogarithms(caller, rows, duration, distribution) : rows;
  const count = kinds.length;
  let [total, center, squares] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    const w = weights === null ? 1 : weights[row]!;
    if (w === 0) continue;
    total += w;
    const off = known.times[row]! - center;
    center += (w / total) * off;
    squares += w * off * (known.times[row]! - center);
  }
  const deviation = Math.sqrt(squares / total);
  const spread = deviation > 1e-12 * Math.abs(center) ? deviation : 1;
  let jacobian = 0;
  for (let row = 0; row < count; row++) {
    const w = weights === null ? 1 : weights[row]!;
    if (w > 0 && known.kinds[row] === EVENT) jacobian -= w * ((isLog ? known.times[row]! : 0) + Math.log(spread));
  }
  // A row of weight 0 stands at the mean, where nothing overflows.
  const scaled = (values: Float64Array): Float64Array => values.map((value, row) => (weights?.[row] === 0 ? 0 : (value - center) / spread));
  // From 0 on is from the start, where times are no logarithms, too.
  const entries = known.entries && scaled(isLog ? known.entries : known.entries.map((time) => (time === 0 ? -Infinity : time)));
  return { kinds: known.kinds, times: scaled(known.times), uppers: known.uppers && scaled(known.uppers), entries, weights, center, spread, jacobian };
}

/** An interval from 0 on is one without lower end: no logarithm is below that of 0. */
function inLogarithms(caller: string, { kinds, times, uppers, entries, weights }: TimeRows, duration: string, distribution: string): TimeRows {
  const [sorts, logs] = [kinds.slice(), new Float64Array(times.length)];
  for (let row = 0; row < times.length; row++) {
    const isOpen = kinds[row] === INTERVAL && times[row] === 0;
    const time = isOpen ? uppers![row]! : times[row]!;
    if (isOpen) sorts[row] = LEFT;
    logs[row] = Math.log(time);
    if (time > 0 || weights?.[row] === 0) continue;
    const remedy = 'leave out who was not observed yet, and give an event within the first unit of time half of it (or a durationUpper)';
    throw new ClientelaError('INVALID_VALUE', `${caller} needs durations above 0 for distribution '${distribution}', found ${time} in column "${duration}", row ${row}; ${remedy}`, { function: caller, column: duration, row, value: time });
  }
  return { kinds: sorts, times: logs, uppers: uppers && uppers.map(Math.log), entries: entries && entries.map(Math.log), weights };
}

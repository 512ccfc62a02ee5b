import { describeValue } from '../../data/instant.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { EarlyStopping } from './boostingOptions.js';

/**
 * For each of `rows` (those of weight above 0) whether it is held out: the rows given, the latest, or a share drawn at random of
 * every class (`classes` is null where there are none).
 */
export function holdOut(caller: string, view: ParsedTable, { share, time, rows: given }: EarlyStopping, rows: Int32Array, classes: Float64Array | null, seed: number): Uint8Array {
  const held = new Uint8Array(rows.length);
  if (given !== undefined) {
    if ((share ?? time) !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} takes earlyStopping.rows instead of share and time; leave out one or the other`, { option: 'earlyStopping' });
    const wanted = new Set(Array.from(given));
    const odd = [...wanted].find((row) => !(Number.isInteger(row) && row >= 0 && row < view.rowCount));
    if (odd !== undefined) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs earlyStopping.rows as positions from 0 to ${view.rowCount - 1}, found ${describeValue(odd)}`, { option: 'earlyStopping.rows', value: odd });
    }
    rows.forEach((row, i) => (held[i] = wanted.has(row) ? 1 : 0));
  } else if (time !== undefined) markLatest(held, timesOf(caller, view, time, rows), share ?? 0.2);
  else markDrawn(held, classes, share ?? 0.2, seed);
  const count = held.reduce((sum, one) => sum + one, 0);
  if (count > 0 && count < held.length) return held;
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs rows to learn from and rows held out by earlyStopping, found ${held.length - count} and ${count}`);
}

function timesOf(caller: string, view: ParsedTable, name: string, rows: Int32Array): Float64Array {
  const column = view.source(name);
  if (column.kind !== 'date' && column.kind !== 'number') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs dates or numbers as earlyStopping.time, found column "${name}" of kind ${column.kind}`, { column: name });
  }
  return Float64Array.from(rows, (row) => {
    const time = column.values[row]!;
    if (time === time) return time;
    throw new ClientelaError('MISSING_VALUE', `${caller} needs a time in every row, found none in column "${name}", row ${row}`, { column: name, row });
  });
}

/** Rows of one moment stay together: all from that moment on in which the share begins. */
function markLatest(held: Uint8Array, times: Float64Array, share: number): void {
  const order = sortedOrder(times);
  const from = times[order[Math.min(order.length - 1, Math.ceil(order.length * (1 - share)))]!]!;
  times.forEach((time, i) => (held[i] = time >= from ? 1 : 0));
}

/** Rounded along the classes and not one by one: so the share is right in all, however small they are. */
function markDrawn(held: Uint8Array, classes: Float64Array | null, share: number, seed: number): void {
  const order = shuffle(new Int32Array(held.length).map((_, i) => i), createRandom(seed));
  if (classes !== null) order.sort((a, b) => classes[a]! - classes[b]!);
  const before = (i: number): number => Math.floor(i * share + 0.5);
  order.forEach((row, i) => (held[row] = before(i + 1) - before(i)));
}

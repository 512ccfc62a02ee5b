import { ClientelaError } from '../errors.js';
import { createRandom, shuffle } from '../numeric/random.js';
import { cellAt } from './cellAt.js';
import { describeValue } from './instant.js';
import { requireKnownOptions } from './options.js';
import type { TableLike } from './table.js';
import { unknownColumn } from './unknownColumn.js';

/** How to divide rows in two. */
export interface SplitOptions<Names extends string = string> {
  /** Share of the rows in the first part, between 0 and 1. @defaultValue 0.5 */
  readonly fraction?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** A column whose values are to be equally frequent in both parts. */
  readonly stratify?: Names;
}

/**
 * The rows of the first and of the second part, each ascending. Whole rows of every stratum are drawn, rounded along the strata (in a
 * random order) and not one by one: so the share is right in all, however small they are.
 */
export function splitIndexes(caller: string, table: TableLike, options: SplitOptions): [Uint32Array, Uint32Array] {
  requireKnownOptions(caller, options, ['fraction', 'seed', 'stratify']);
  const { fraction = 0.5, seed = 1, stratify } = options;
  if (!(typeof fraction === 'number' && fraction >= 0 && fraction <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a fraction from 0 to 1, found ${describeValue(fraction)}`, { option: 'fraction', value: fraction });
  }
  const random = createRandom(seed);
  const inFirst = new Uint8Array(table.rowCount);
  const parts = strata(caller, table, stratify);
  for (const rows of parts) shuffle(rows, random);
  shuffle(parts, random);
  let before = 0;
  for (const rows of parts) {
    const drawn = Math.round(before * fraction);
    before += rows.length;
    for (const row of rows.slice(0, Math.round(before * fraction) - drawn)) inFirst[row] = 1;
  }
  const all = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  return [all.filter((row) => inFirst[row] === 1), all.filter((row) => inFirst[row] === 0)];
}

function strata(caller: string, table: TableLike, name: string | undefined): number[][] {
  if (name === undefined) return [Array.from({ length: table.rowCount }, (_, row) => row)];
  if (!table.names.includes(name)) throw unknownColumn(caller, name, table.names);
  const column = table.column(name);
  const rowsOf = new Map<string, number[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const key = String(cellAt(column, row));
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [row]);
    else rows.push(row);
  }
  return [...rowsOf.values()];
}

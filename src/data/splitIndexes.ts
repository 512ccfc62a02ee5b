import { ClientelaError } from '../errors.js';
import { createRandom, shuffle } from '../numeric/random.js';
import { cellAt } from './cellAt.js';
import { describeValue } from './instant.js';
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

/** The rows of the first and of the second part, each ascending; the first part of every stratum is rounded to whole rows. */
export function splitIndexes(caller: string, table: TableLike, options: SplitOptions): [Uint32Array, Uint32Array] {
  const { fraction = 0.5, seed = 1, stratify } = options;
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a fraction from 0 to 1, found ${describeValue(fraction)}`, { option: 'fraction', value: fraction });
  }
  const random = createRandom(seed);
  const inFirst = new Uint8Array(table.rowCount);
  for (const rows of strata(caller, table, stratify)) {
    shuffle(rows, random);
    const size = Math.round(rows.length * fraction);
    for (let i = 0; i < size; i++) inFirst[rows[i]!] = 1;
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

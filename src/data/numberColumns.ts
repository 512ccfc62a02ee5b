import type { NumberColumn } from './column.js';

/** Rows read at a time: few enough that their objects stay in the cache while every column passes over them. */
const BLOCK = 512;

/**
 * The columns of rows that hold numbers and nothing else but `null` and `undefined`, read straight into typed arrays; undefined for
 * any other, and for a name not given. A column is given up at the first cell that is no number, so that text costs next to nothing here.
 */
export function numberColumns(rows: readonly object[], names: readonly (string | undefined)[]): (NumberColumn | undefined)[] {
  const columns = names.map((name) => (name === undefined ? undefined : new Float64Array(rows.length)));
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows.length);
    for (let c = 0; c < names.length; c++) {
      const values = columns[c];
      if (values !== undefined && !readNumbers(rows as readonly Readonly<Record<string, unknown>>[], names[c]!, values, from, to)) columns[c] = undefined;
    }
  }
  return columns.map((values) => (values === undefined ? undefined : { kind: 'number', values }));
}

function readNumbers(rows: readonly Readonly<Record<string, unknown>>[], name: string, values: Float64Array, from: number, to: number): boolean {
  for (let row = from; row < to; row++) {
    const cell = rows[row]![name];
    if (typeof cell === 'number') values[row] = cell;
    else if (cell === null || cell === undefined) values[row] = NaN;
    else return false;
  }
  return true;
}

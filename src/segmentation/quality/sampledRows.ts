import { createRandom, shuffle } from '../../numeric/random.js';

/** All rows, or so many drawn without replacement, ascending. */
export function sampledRows(rowCount: number, most: number, seed: number): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return rowCount <= most ? rows : shuffle(rows, createRandom(seed)).slice(0, most).sort();
}

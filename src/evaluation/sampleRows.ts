import { createRandom, shuffle } from '../numeric/random.js';

/** At most so many of these rows, drawn without replacement, ascending. */
export function sampleRows(rows: Uint32Array, most: number, seed: number): Uint32Array {
  return rows.length <= most ? rows : shuffle(rows.slice(), createRandom(seed)).slice(0, most).sort();
}

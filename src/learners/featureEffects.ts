import type { CategoryTerm } from '../data/encodingTerm.js';
import { codesOf, numbersOf } from '../data/replayColumn.js';
import type { TableView } from '../data/table.js';
import { ClientelaError } from '../errors.js';

/** What a column of numbers adds to the log-odds, compared with the average training customer: `(x - center) * slope + level`, or `missing`. */
export interface NumberEffect {
  /** The column of the data. */
  readonly column: string;
  /** The training mean. */
  readonly center: number;
  /** Log-odds for one unit more. */
  readonly slope: number;
  /** Log-odds for being known at all. */
  readonly level: number;
  /** Log-odds for being missing, all in all. */
  readonly missing: number;
}

/** What the levels of a category add, compared with the average training customer. */
export interface CategoryEffect {
  /** The column of the data. */
  readonly column: string;
  /** Which levels there are. */
  readonly term: CategoryTerm;
  /** First for a level never seen, then for each level of the term. */
  readonly table: readonly number[];
}

/** What one column of the data adds to the log-odds. */
export type FeatureEffect = NumberEffect | CategoryEffect;

/** Rows in a block: its sums stay in the first-level cache while the columns go by. */
const BLOCK_ROWS = 1024;

/** start + what the effects add, for every row; numbers go by in blocks of four columns. O(cells). */
export function addEffects(caller: string, effects: readonly FeatureEffect[], view: TableView, start: number): Float64Array {
  const sums = new Float64Array(view.rowCount);
  const numbers = effects.filter((effect) => 'slope' in effect);
  while (numbers.length % 4 > 0) numbers.push({ ...numbers[0]!, slope: 0, level: 0, missing: 0 });
  const columns = numbers.map(({ column }) => numbersOf(caller, column, view.source(column)));
  const base = numbers.reduce((sum, { level }) => sum + level, start);
  for (let from = 0; from < sums.length; from += BLOCK_ROWS) {
    const block = sums.subarray(from, from + BLOCK_ROWS).fill(base);
    const blocks = columns.map((column) => column.subarray(from, from + BLOCK_ROWS));
    for (let j = 0; j < numbers.length; j += 4) addFour(block, blocks.slice(j), numbers.slice(j));
    // What is missing or infinite shows in the sum, and only then is looked at.
    for (let i = 0; i < block.length; i++) if (block[i]! - block[i]! !== 0) block[i] = sumOfRow(caller, numbers, columns, from + i, start);
  }
  for (const effect of effects) {
    if ('term' in effect) codesOf(caller, view.source(effect.column), effect.term).forEach((code, row) => (sums[row]! += effect.table[code + 1]!));
  }
  return sums;
}

// Four columns together keep the arithmetic units busy without SIMD.
function addFour(block: Float64Array, columns: readonly Float64Array[], effects: readonly NumberEffect[]): void {
  const [x0, x1, x2, x3] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [{ center: c0, slope: b0 }, { center: c1, slope: b1 }, { center: c2, slope: b2 }, { center: c3, slope: b3 }] = effects as [
    NumberEffect,
    NumberEffect,
    NumberEffect,
    NumberEffect,
  ];
  for (let i = 0; i < block.length; i++) block[i]! += (x0[i]! - c0) * b0 + (x1[i]! - c1) * b1 + (x2[i]! - c2) * b2 + (x3[i]! - c3) * b3;
}

function sumOfRow(caller: string, effects: readonly NumberEffect[], columns: readonly Float64Array[], row: number, start: number): number {
  return effects.reduce((sum, { column, center, slope, level, missing }, j) => {
    const value = columns[j]![row]!;
    if (Math.abs(value) === Infinity) {
      throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs finite numbers, found ${value} in column "${column}", row ${row}; use null where it is not known`, { column, row, value });
    }
    return sum + (Number.isNaN(value) ? missing : (value - center) * slope + level);
  }, start);
}

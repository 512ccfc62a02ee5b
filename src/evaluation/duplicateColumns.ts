import type { Column } from '../data/column.js';

/** Groups of columns that hold the same in every row: numbers up to unit and origin, others up to the names of their values. */
export function duplicateColumns(columns: readonly (readonly [name: string, column: Column])[]): string[][] {
  const groups = new Map<string, { readonly names: string[]; readonly pattern: Float64Array }[]>();
  for (const [name, column] of columns) {
    const pattern = column.kind === 'number' || column.kind === 'date' ? standardised(column.values) : renumbered(column);
    if (pattern === null) continue;
    const key = `${column.kind === 'number' || column.kind === 'date'} ${sketch(pattern)}`;
    const same = groups.get(key) ?? [];
    const twin = same.find((other) => other.pattern.every((value, row) => alike(value, pattern[row]!)));
    if (twin === undefined) groups.set(key, [...same, { names: [name], pattern }]);
    else twin.names.push(name);
  }
  return [...groups.values()].flat().map(({ names }) => names).filter((names) => names.length > 1);
}

/** With mean 0, variance 1 and a first value that is not negative; null for a constant, and where squares overflow. */
function standardised(values: Float64Array): Float64Array | null {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  const scale = Math.sqrt(squares / count);
  if (!(scale > 1e-9 * Math.abs(mean) && scale < Infinity)) return null;
  const first = values.find((value) => Math.abs(value - mean) > 1e-6 * scale)!;
  return values.map((value) => ((value - mean) / scale) * Math.sign(first - mean));
}

/** Values by the order in which they occur; null for a constant, or where every row has its own. */
function renumbered(column: Column): Float64Array | null {
  const cells: ArrayLike<unknown> = column.kind === 'category' ? column.codes : column.values;
  const numberOf = new Map<unknown, number>();
  const pattern = Float64Array.from(cells, (cell) => {
    const number = numberOf.get(cell) ?? numberOf.size;
    numberOf.set(cell, number);
    return number;
  });
  return numberOf.size < 2 || numberOf.size === pattern.length ? null : pattern;
}

/** Equal for equal patterns, though rounded, and unequal for nearly all others. */
function sketch(pattern: Float64Array): string {
  let sum = 0;
  for (let row = 0; row < pattern.length; row++) if (pattern[row] === pattern[row]) sum += pattern[row]! * Math.sin(row + 1);
  return (sum / Math.sqrt(pattern.length)).toPrecision(5);
}

function alike(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) < 1e-9 || (a !== a && b !== b);
}

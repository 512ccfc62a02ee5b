import type { Column } from './column.js';

/** One cell of a column as a plain value; missing is `null`. */
export function cellAt(column: Column, row: number): number | string | boolean | Date | null {
  if ('codes' in column) return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (column.kind === 'boolean') return Number(value) < 0 ? null : value === 1;
  if (Number.isNaN(value)) return null;
  return column.kind === 'date' ? new Date(value) : value;
}

import type { Column } from './column.js';

/** One cell of a column as a plain value; missing is `null`. */
export function cellAt(column: Column, row: number): number | string | boolean | Date | null {
  if (column.kind === 'category') return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (column.kind === 'id') return value;
  if (Number.isNaN(value) || (column.kind === 'boolean' && Number(value) < 0)) return null;
  return column.kind === 'boolean' ? value === 1 : column.kind === 'date' ? new Date(value) : value;
}

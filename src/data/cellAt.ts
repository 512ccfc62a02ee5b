import type { Column } from './column.js';

/** One cell of a column as a plain value; missing is `null`. */
export function cellAt(column: Column, row: number): number | string | boolean | Date | null {
  switch (column.kind) {
    case 'category':
      return column.levels[column.codes[row]!] ?? null;
    case 'boolean':
      return column.values[row]! < 0 ? null : column.values[row] === 1;
    case 'date':
      return Number.isNaN(column.values[row]!) ? null : new Date(column.values[row]!);
    case 'number':
      return Number.isNaN(column.values[row]!) ? null : column.values[row]!;
    case 'id':
      return column.values[row]!;
  }
}

/** One customer and one line. */
export interface Opportunity {
  /** The place of the customer, from 0. */
  readonly row: number;
  /** Who it is, or null. */
  readonly customer: string | number | null;
  /** The line. */
  readonly line: string;
  /** Whether the line is to be opened, or is held and can grow. */
  readonly kind: 'open' | 'grow';
  /** Expected amount, in margin. */
  readonly opportunity: number;
}

/** The largest cells above 0, the largest first; ties in the order of the rows. O(cells log cells). */
export function bestCells(values: Float64Array, held: Float64Array, lines: readonly string[], customers: readonly (string | number)[] | null, top: number): Opportunity[] {
  if (top === 0) return [];
  const ascending = values.slice().sort();
  const threshold = Math.max(Number.MIN_VALUE, ascending[Math.max(0, values.length - top)] ?? 0);
  const cells: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i]! >= threshold) cells.push(i);
  return cells
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, top)
    .map((cell) => {
      const row = Math.floor(cell / lines.length);
      return { row, customer: customers?.[row] ?? null, line: lines[cell % lines.length]!, kind: held[cell] === 0 ? 'open' : 'grow', opportunity: values[cell]! };
    });
}

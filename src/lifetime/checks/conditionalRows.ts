/** What customers of a class did in the holdout, and what was forecast of them. */
export interface ConditionalRow {
  /** The least of the class: purchases before the split, or the recency. */
  readonly from: number;
  /** The class ends before this; Infinity of the last one of purchases. */
  readonly to: number;
  /** How many customers. */
  readonly customers: number;
  /** Mean purchases in the holdout; `NaN` of a class without customers. */
  readonly actual: number;
  /** Mean forecast; `NaN` of a class without customers. */
  readonly expected: number;
}

/** Means of each class between bounds, the last one closed. */
export function conditionalRows(values: Float64Array, bounds: readonly number[], actual: Float64Array, expected: Float64Array): ConditionalRow[] {
  const classes = bounds.slice(1).map((to, c) => ({ from: bounds[c]!, to, customers: 0, actual: 0, expected: 0 }));
  for (let i = 0; i < values.length; i++) {
    const row = classes.find(({ to }) => values[i]! < to) ?? classes.at(-1)!;
    row.customers++;
    row.actual += actual[i]!;
    row.expected += expected[i]!;
  }
  return classes.map((row) => ({ ...row, actual: row.actual / row.customers, expected: row.expected / row.customers }));
}

/** 0, 1, …, most and more. */
export function frequencyBounds(most: number): number[] {
  return [...Array.from({ length: most + 1 }, (_, x) => x), Infinity];
}

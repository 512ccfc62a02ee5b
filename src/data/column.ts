/** What a column holds. */
export type ColumnKind = 'number' | 'category' | 'boolean' | 'date' | 'id';

/** Numbers; missing is `NaN`. */
export interface NumberColumn {
  readonly kind: 'number';
  /** One number a row. */
  readonly values: Float64Array;
}

/** Named levels, stored once, and a code a row. */
export interface CategoryColumn {
  readonly kind: 'category';
  /** Position in `levels`, one a row; missing is -1. */
  readonly codes: Int32Array;
  /** The distinct levels, in the order in which they first occur. */
  readonly levels: readonly string[];
}

/** True (1), false (0) or missing (-1). */
export interface BooleanColumn {
  readonly kind: 'boolean';
  /** 1, 0 or -1, one a row. */
  readonly values: Int8Array;
}

/** Instants, in milliseconds since 1970-01-01T00:00Z; missing is `NaN`. */
export interface DateColumn {
  readonly kind: 'date';
  /** UTC epoch milliseconds, one a row. */
  readonly values: Float64Array;
}

/** What names the row (a customer number): carried along, never a feature. */
export interface IdColumn {
  readonly kind: 'id';
  /** One identifier a row; never missing. */
  readonly values: readonly (string | number)[];
}

/** One column of a `Frame`, of one of five kinds. */
export type Column = NumberColumn | CategoryColumn | BooleanColumn | DateColumn | IdColumn;

import type { SparseRows } from '../numeric/sparseRows.js';

/** Which column plays which part in {@link Holdings}; `Name` is the type of the column names, so a misspelt one does not compile. */
export interface HoldingRoles<Name extends string = string> {
  /** Who: the identifier of the customer. */
  readonly customer: Name;
  /** What they hold: a product, a service, an article of a basket. */
  readonly product: Name;
  /** How much, in one currency or unit; may be missing. */
  readonly amount?: Name;
  /** Since when: a `Date`, epoch milliseconds or ISO 8601 text (UTC without a zone); missing where it is not known, and then held from the beginning. */
  readonly since?: Name;
  /** Until when; missing where it has not ended. */
  readonly until?: Name;
}

/** Who and what exists also without a holding, and what happens to doubtful rows. */
export interface HoldingsOptions {
  /** Customers that exist, those who hold nothing among them. @defaultValue those of the rows */
  readonly customers?: ArrayLike<string | number>;
  /** Products that exist, those nobody holds among them. @defaultValue those of the rows */
  readonly products?: readonly string[];
  /**
   * What happens to a row without customer or product, with a date that cannot be read or an amount that is no finite number: `'throw'`
   * names the first one, `'skip'` leaves such rows out and counts them in `skipped`.
   *
   * @defaultValue 'throw'
   */
  readonly invalid?: 'throw' | 'skip';
}

/** All that {@link Holdings} are. */
export interface HoldingColumns {
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** One a column. */
  readonly products: readonly string[];
  /** Which cells are held. */
  readonly sparse: SparseRows;
  /** One a holding, `NaN` where missing. */
  readonly amounts: Float64Array | undefined;
  /** UTC epoch milliseconds, one a holding, `NaN` where not known. */
  readonly since: Float64Array | undefined;
  /** UTC epoch milliseconds, one a holding, `NaN` where it has not ended. */
  readonly until: Float64Array | undefined;
  /** Rows left out. */
  readonly skipped: number;
}

/** Those holdings that `keep` keeps; the customers and products stay. */
export function filterHoldings(columns: HoldingColumns, keep: (holding: number) => boolean): HoldingColumns {
  const { offsets } = columns.sparse;
  const starts = new Uint32Array(offsets.length);
  const kept = new Uint32Array(columns.sparse.columns.length);
  let count = 0;
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let h = offsets[c]!; h < offsets[c + 1]!; h++) if (keep(h)) kept[count++] = h;
    starts[c + 1] = count;
  }
  return arrangeHoldings(columns, starts, kept.subarray(0, count), columns.sparse.columnCount);
}

/** The holdings `taken`, in this order, with the offsets given; `columnOf` renames columns. */
export function arrangeHoldings(columns: HoldingColumns, offsets: Uint32Array, taken: Uint32Array, columnCount: number, columnOf?: Int32Array): HoldingColumns {
  const from = columns.sparse.columns;
  const to = new Int32Array(taken.length);
  for (let i = 0; i < to.length; i++) to[i] = columnOf === undefined ? from[taken[i]!]! : columnOf[from[taken[i]!]!]!;
  const numbers = (values: Float64Array | undefined): Float64Array | undefined => values && Float64Array.from(taken, (holding) => values[holding]!);
  return {
    ...columns,
    sparse: { rowCount: offsets.length - 1, columnCount, offsets, columns: to, values: null },
    amounts: numbers(columns.amounts),
    since: numbers(columns.since),
    until: numbers(columns.until),
  };
}

import { infinite } from '../../data/infinite.js';
import { codesOf, numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';

/** A column of numbers as an additive model sees it: a broken line over knots, the same beyond the first and the last; a missing value stands behind them. */
export interface NumberAxis {
  /** The column of the data. */
  readonly column: string;
  /** Ascending values of the column. */
  readonly knots: readonly number[];
}

/** A column of categories as an additive model sees it: positions in a list of levels. */
export interface CategoryAxis {
  /** The column of the data. */
  readonly column: string;
  /** The levels of training; `(other)` and `(missing)` stand last where they exist. */
  readonly levels: readonly string[];
}

/** How an additive model sees a column. */
export type TermAxis = NumberAxis | CategoryAxis;

/** Where rows stand on an axis: `1 - share` at position `at`, `share` at the next one. */
export interface Placement {
  /** A position on the axis, one a row; -1 for a level the axis does not know. */
  readonly at: Int32Array;
  /** In [0, 1), one a row; null where rows stand on positions only. */
  readonly share: Float64Array | null;
  /** How many positions the axis has. */
  readonly width: number;
}

/** How many positions an axis has: its levels, or its knots and the place of a missing value. */
export function axisWidth(axis: TermAxis): number {
  return 'levels' in axis ? axis.levels.length : axis.knots.length + 1;
}

/** Where the rows of a table stand on an axis. O(rows log knots). */
export function placeRows(caller: string, axis: TermAxis, view: TableView): Placement {
  const source = view.source(axis.column);
  const width = axisWidth(axis);
  if ('levels' in axis) return { at: codesOf(caller, source, axis), share: null, width };
  return placeNumbers(caller, axis, numbersOf(caller, axis.column, source));
}

/** The same for numbers at hand. */
export function placeNumbers(caller: string, { column, knots }: NumberAxis, values: Float64Array): Placement {
  const last = knots.length - 1;
  const at = new Int32Array(values.length);
  const share = new Float64Array(values.length);
  let isBetween = false;
  for (let row = 0; row < values.length; row++) {
    const x = values[row]!;
    if (x !== x) at[row] = knots.length;
    else if (x >= knots[last]!) {
      if (x === Infinity) throw infinite(caller, column, row, x);
      at[row] = last;
    } else if (x > knots[0]!) {
      let low = 0;
      for (let high = last; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if (knots[middle]! <= x) low = middle;
        else high = middle;
      }
      at[row] = low;
      share[row] = (x - knots[low]!) / (knots[low + 1]! - knots[low]!);
      isBetween ||= share[row]! > 0;
    } else if (x === -Infinity) throw infinite(caller, column, row, x);
  }
  return { at, share: isBetween ? share : null, width: knots.length + 1 };
}

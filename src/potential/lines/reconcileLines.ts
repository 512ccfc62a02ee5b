import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { lineNumbers } from './lineNumbers.js';
import { projectLines } from './projectLines.js';

/** Amounts of customers in several lines, and of each customer in all. */
export interface LineAmounts {
  /** How many lines. */
  readonly lineCount: number;
  /** What each customer is estimated to bring in each line, row-major: customers * lineCount. */
  readonly amounts: ArrayLike<number>;
  /** What no amount may fall below, such as the present spend; row-major. @defaultValue 0 */
  readonly floors?: ArrayLike<number>;
  /** How uncertain each amount is, row-major; 0 is certain. @defaultValue amount², so that all lines give way by the same share */
  readonly variances?: ArrayLike<number>;
  /** What each customer is estimated to bring in all. @defaultValue what the lines add up to */
  readonly totals?: ArrayLike<number>;
  /** How uncertain each total is. @defaultValue 0: the totals stand, and the lines give way */
  readonly totalVariances?: ArrayLike<number>;
}

/** Amounts that add up. */
export interface ReconciledLines {
  /** Row-major, customers * lineCount; none below its floor. */
  readonly amounts: Float64Array;
  /** The sum of each customer's lines. */
  readonly totals: Float64Array;
  /** 1 where an amount stands at its floor. */
  readonly atFloor: Uint8Array;
  /** Customers whose floors alone exceed a total that was to stand: theirs is the sum of the floors. */
  readonly beyondTotal: number;
}

const OPTIONS = ['lineCount', 'amounts', 'floors', 'variances', 'totals', 'totalVariances'];

/**
 * Estimates of several lines and of their total, made to agree customer by customer: each gives way as far as it is uncertain.
 *
 * Makes sum (w_c - amount_c)² / variance_c + (sum w_c - total)² / totalVariance least with every w_c at its floor or above: exactly, by
 * w_c = max(floor_c, amount_c - variance_c m), where m solves an equation that is convex and linear in pieces, so that one line after the
 * other goes to its floor and none comes back. The least-squares reconciliation of Stone, Champernowne and Meade (1942), with floors.
 * O(customers * lines) as a rule, O(customers * lines²) at worst.
 *
 * @param lines - `lineCount` and `amounts` at least
 * @returns amounts whose sums are the totals
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `INVALID_VALUE` (negative), `NON_FINITE_VALUE`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Food 60 and drinks 40, but 80 in all: both give way, food no further than what is spent already.
 * const { amounts, totals } = reconcileLines({ lineCount: 2, amounts: [60, 40], floors: [55, 0], variances: [1, 1], totals: [80] });
 * amounts; // => [55, 25]
 * totals; // => [80]
 * ```
 */
export function reconcileLines(lines: LineAmounts): ReconciledLines {
  requireKnownOptions('reconcileLines', lines, OPTIONS);
  const width = requireWhole('reconcileLines', 'lineCount', lines.lineCount, 1);
  const amounts = lineNumbers('reconcileLines', 'amounts', lines.amounts, null, width);
  const customers = amounts.length / width;
  const like = (option: 'floors' | 'variances' | 'totals' | 'totalVariances', count: number): Float64Array | undefined => {
    const given = lines[option];
    return given === undefined ? undefined : lineNumbers('reconcileLines', option, given, count, 1);
  };
  return projectLines({
    width,
    amounts,
    floors: like('floors', amounts.length) ?? new Float64Array(amounts.length),
    variances: like('variances', amounts.length) ?? amounts.map((amount) => amount * amount),
    totals: like('totals', customers) ?? null,
    totalVariances: like('totalVariances', customers) ?? new Float64Array(customers),
  });
}

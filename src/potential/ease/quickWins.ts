import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { groupRows, type Dimension } from '../../data/readDimensions.js';
import type { ColumnValues } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { readPerCustomer, type PotentialColumns } from '../aggregate/potentialColumns.js';
import { QUADRANTS, quadrantAt, readWins, type QuadrantCuts, type QuadrantName, type WinOptions, type WinValues } from './readWins.js';

/** How to look for quick wins. */
export interface QuickWinOptions extends WinOptions {
  /** What it costs to try, 0 or more: one number, or one a customer. @defaultValue 0 */
  readonly contactCost?: number | ArrayLike<number>;
  /** How many at most; with `by`, of each group. @defaultValue all */
  readonly top?: number;
  /** A value for each customer, such as the branch: each group then has its own `top`. */
  readonly by?: ColumnValues;
  /** Customers with less headroom are left out. @defaultValue 0 */
  readonly minHeadroom?: number;
  /** Customers to leave out, by identifier; where the potentials name nobody, by position from 0. Unknown ones are passed over. @defaultValue none */
  readonly exclude?: readonly (string | number)[];
  /** Customers who would cost what they bring, or more. @defaultValue 'leaveOut' */
  readonly losses?: 'leaveOut' | 'keep';
}

/** A customer with something to win. */
export interface QuickWin {
  /** Position in the potentials, from 0. */
  readonly row: number;
  /** Who it is; null where nobody is named. */
  readonly customer: string | number | null;
  /** Its group under `by`; null without, and where the value is missing. */
  readonly group: string | null;
  /** What goes elsewhere. */
  readonly headroom: number;
  /** How easily it is won. */
  readonly ease: number;
  /** Expected amount won: ease * step * headroom * margin. */
  readonly capture: number;
  /** capture - contactCost. */
  readonly profit: number;
  /** Much headroom or little, easy or hard. */
  readonly quadrant: QuadrantName;
}

/** Customers in the order in which to go for them. */
export interface QuickWins {
  /** The best first. */
  readonly wins: readonly QuickWin[];
  /** Customers that came into question: not excluded, with headroom, and worth their cost. */
  readonly considered: number;
  /** Customers left out by `exclude`. */
  readonly excluded: number;
  /** Sum of the headroom of `wins`. */
  readonly headroom: number;
  /** Sum of their expected capture. */
  readonly capture: number;
  /** Sum of their expected profit. */
  readonly profit: number;
  /** Where much headroom and easy begin. */
  readonly cuts: Required<QuadrantCuts>;
}

const OPTIONS = ['ease', 'step', 'margin', 'cuts', 'contactCost', 'top', 'by', 'minHeadroom', 'exclude', 'losses'];

/**
 * The customers from whom most can be won with least effort: ranked by expected profit, ease * step * headroom * margin - contactCost.
 *
 * Ties stay in the order of the rows. Customers without headroom, and those who would not earn their cost, are left out. O(n log n).
 *
 * @param potentials - what `MarketPotential.predict` gives, or columns `present` and `potential` of your own
 * @param options - `ease` at least
 * @returns the customers, the best first, with the sums over them; none where nothing is to be won
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `EMPTY_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * const potentials = { customers: ['Ana', 'Ben', 'Cid', 'Dora'], present: [50, 10, 80, 20], potential: [150, 60, 85, 520] };
 * const { wins, capture } = quickWins(potentials, { ease: [0.6, 0.5, 0.9, 0.04], step: 0.2, contactCost: 1.5 });
 * wins.map(({ customer, quadrant }) => `${customer}: ${quadrant}`); // => ['Ana: quickWin', 'Ben: maintain', 'Dora: nurture']
 * wins[0]?.profit; // => 10.5
 * capture; // => 21
 * ```
 */
export function quickWins(potentials: PotentialColumns, options: QuickWinOptions): QuickWins {
  const caller = 'quickWins';
  requireKnownOptions(caller, options, OPTIONS);
  const values = readWins(caller, potentials, options);
  const { rowCount, headroom, capture, cuts } = values;
  const top = options.top === undefined ? Infinity : requireWhole(caller, 'top', options.top, 0);
  const minHeadroom = requireFinite(caller, 'minHeadroom', options.minHeadroom ?? 0);
  const keepsLosses = requireChoice(caller, 'losses', options.losses ?? 'leaveOut', ['leaveOut', 'keep']) === 'keep';
  const cost = readPerCustomer(caller, 'contactCost', options.contactCost ?? 0, rowCount, 0);
  const customers = namesOf(caller, potentials, rowCount);
  const { excluded, isOut } = excludedRows(caller, options.exclude ?? [], customers, rowCount);
  const groups = options.by === undefined ? null : groupsOf(caller, options.by, rowCount);
  const loss = capture.map((amount, row) => cost[row]! - amount);
  const rows = sortedOrder(loss).filter((row) => isOut[row] === 0 && headroom[row]! > 0 && headroom[row]! >= minHeadroom && (keepsLosses || loss[row]! < 0));
  const chosen = groups === null ? rows.subarray(0, Math.min(top, rows.length)) : bestOfEach(rows, groups, top);
  const wins = Array.from(chosen, (row) => winAt(values, loss, row, customers?.[row] ?? null, groups && groups.groups[groups.codes[row]!]!));
  const sum = (value: (win: QuickWin) => number): number => wins.reduce((total, win) => total + value(win), 0);
  return { wins, considered: rows.length, excluded, headroom: sum((win) => win.headroom), capture: sum((win) => win.capture), profit: sum((win) => win.profit), cuts };
}

function winAt(values: WinValues, loss: Float64Array, row: number, customer: string | number | null, group: string | null): QuickWin {
  const { headroom, ease, capture } = values;
  return { row, customer, group, headroom: headroom[row]!, ease: ease[row]!, capture: capture[row]!, profit: 0 - loss[row]!, quadrant: QUADRANTS[quadrantAt(values, row)]! };
}

function bestOfEach(rows: Uint32Array, { groups, codes }: Dimension, top: number): Uint32Array {
  const taken = new Uint32Array(groups.length);
  return rows.filter((row) => taken[codes[row]!]!++ < top);
}

function namesOf(caller: string, { customers }: PotentialColumns, rowCount: number): readonly (string | number)[] | null {
  if (customers === undefined || customers === null) return null;
  if (customers.length === rowCount) return customers;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one name for each of the ${rowCount} customers, found ${customers.length}`, { expected: rowCount, found: customers.length });
}

function groupsOf(caller: string, by: ColumnValues, rowCount: number): Dimension {
  if ((Array.isArray(by) || ArrayBuffer.isView(by)) && by.length === rowCount) return groupRows(caller, 'by', by);
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs by as one value for each of the ${rowCount} customers, in their order`, { option: 'by', expected: rowCount });
}

function excludedRows(caller: string, exclude: readonly (string | number)[], customers: readonly (string | number)[] | null, rowCount: number): { excluded: number; isOut: Uint8Array } {
  if (!Array.isArray(exclude)) throw new ClientelaError('INVALID_OPTION', `${caller} needs exclude as an array of customers, found ${describeValue(exclude)}`, { option: 'exclude' });
  const isOut = new Uint8Array(rowCount);
  const out = new Set(exclude.map(String));
  if (out.size === 0) return { excluded: 0, isOut };
  let excluded = 0;
  for (let row = 0; row < rowCount; row++) excluded += isOut[row] = Number(out.has(String(customers === null ? row : customers[row])));
  return { excluded, isOut };
}

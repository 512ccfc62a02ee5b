import type { Opportunity } from './bestCells.js';

/** One line's wallets, a place per customer; a `CustomerPotentials` is one. */
export interface LineWallets {
  /** What each customer spends in the line in all, here and elsewhere, being in its market. */
  readonly wallet: ArrayLike<number>;
  /** What each spends here in the line now. @defaultValue 0 */
  readonly present?: ArrayLike<number>;
}

/** What opportunities are made of. */
export interface OpportunityOptions {
  /** The names of the lines. */
  readonly lines: readonly string[];
  /** Probability that a customer opens a line not held, in [0, 1]; row-major, customers * lines, as a propensity matrix predicts. */
  readonly probability: ArrayLike<number>;
  /** The wallets of each line, in the order of `lines`: `perLine` of what `LinePotential.predict` gives. */
  readonly perLine: readonly LineWallets[];
  /** 1 where a customer holds a line; row-major. @defaultValue where the present spend is above 0 */
  readonly held?: ArrayLike<number>;
  /** How easily the headroom of a held line is won, in [0, 1]: one number, or row-major. @defaultValue 0.5 */
  readonly ease?: number | ArrayLike<number>;
  /** The share of the headroom of a held line that is won when it is won. @defaultValue 0.2 */
  readonly step?: number;
  /** What remains of a unit of spend: one number, or one for each line. @defaultValue 1 */
  readonly margin?: number | readonly number[];
  /** 0 where a line may not be offered to a customer; row-major. @defaultValue 1 throughout */
  readonly eligible?: ArrayLike<number>;
  /** What each customer could still bring in all (total potential less present): the lines together may not promise more. @defaultValue no such limit */
  readonly totalHeadroom?: ArrayLike<number>;
  /** Groups of lines that share one wallet: together they may not promise more than the largest of them. @defaultValue none */
  readonly substitutes?: readonly (readonly string[])[];
  /** Who the rows are. @defaultValue nobody has a name */
  readonly customers?: readonly (string | number)[];
  /** How many of the best cells to list. @defaultValue 100 */
  readonly top?: number;
}

/** What one line promises. */
export interface LineOpportunity {
  /** The line. */
  readonly line: string;
  /** Expected amount from opening it, in margin. */
  readonly opening: number;
  /** Expected amount from customers who hold it, in margin. */
  readonly growing: number;
  /** opening + growing. */
  readonly opportunity: number;
  /** Customers it could be opened with. */
  readonly customersToOpen: number;
  /** Customers who hold it. */
  readonly customersToGrow: number;
}

/** Expected opportunity of every customer in every line. */
export interface OpportunityMatrix {
  /** The names of the lines. */
  readonly lines: readonly string[];
  /** Who the rows are, or null. */
  readonly customers: readonly (string | number)[] | null;
  /** In margin, row-major, customers * lines; 0 where not eligible. */
  readonly opportunity: Float64Array;
  /** Sum of each customer's lines. */
  readonly byCustomer: Float64Array;
  /** The place of each customer's best line; -1 where none promises anything. */
  readonly bestLine: Int32Array;
  /** In the order of `lines`. */
  readonly byLine: readonly LineOpportunity[];
  /** Sum of all. */
  readonly total: number;
  /** The best cells, the largest first; ties in the order of the rows. */
  readonly top: readonly Opportunity[];
  /** Customers whose lines promised more than the limits and were cut in proportion. */
  readonly limited: number;
}

import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PurchaseTally } from './purchaseTally.js';

/** How the pieces were cut; what merges has to agree in all but the end. */
export interface PieceFrame {
  /** The length of the periods whose purchases are one, in milliseconds; 0 where only those of one moment are. */
  readonly mergeMillis: number;
  /** Whether an event with an amount of 0 is a purchase. */
  readonly zeroAmounts: 'ignored' | 'purchases';
  /** Whether the log has amounts. */
  readonly hasAmounts: boolean;
  /** The end of the last part, UTC epoch milliseconds. */
  readonly observedUntil: number;
}

/**
 * What is known of the customers of one part of a log, or of several merged: plain JSON, one entry a customer in each array. A sum is two numbers,
 * itself and what rounding took from it.
 */
export interface PurchasePieces extends PieceFrame {
  /** What it is. */
  readonly format: 'PurchasePieces';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** Customers with an event, in the order of a log. */
  readonly customers: readonly (string | number)[];
  /** Number of the period of the first purchase, counted from 1970; 0 where there is none. */
  readonly first: readonly number[];
  /** Of the last purchase. */
  readonly last: readonly number[];
  /** Periods with a purchase. */
  readonly periods: readonly number[];
  /** Purchases, nothing merged. */
  readonly orders: readonly number[];
  /** Sum of the logarithms of the numbers of periods between purchases. */
  readonly logGaps: readonly number[];
  /** What rounding took from `logGaps`. */
  readonly logGapsRest: readonly number[];
  /** Sum of all purchases. */
  readonly spend: readonly number[];
  /** What rounding took from `spend`. */
  readonly spendRest: readonly number[];
  /** Sum of the purchases of the first period. */
  readonly firstSpend: readonly number[];
  /** What rounding took from `firstSpend`. */
  readonly firstSpendRest: readonly number[];
  /** Sum of all returns, 0 or below. */
  readonly returned: readonly number[];
  /** What rounding took from `returned`. */
  readonly returnedRest: readonly number[];
}

const COUNTS = ['first', 'last', 'periods', 'orders'] as const;
/** Each with what rounding took from it. */
const SUMS = [['logGaps', 'logGapsRest'], ['spend', 'spendRest'], ['firstSpend', 'firstSpendRest'], ['returned', 'returnedRest']] as const;
type PieceColumns = Record<(typeof COUNTS)[number] | (typeof SUMS)[number][number], number[]>;

/** Writes the tallies of customers as a piece. */
export class PieceWriter {
  readonly #frame: PieceFrame;
  readonly #customers: (string | number)[];
  readonly #columns: PieceColumns;
  #count = 0;

  constructor(most: number, frame: PieceFrame) {
    const column = (): number[] => new Array<number>(most);
    this.#frame = frame;
    this.#customers = new Array<string | number>(most);
    this.#columns = {
      first: column(), last: column(), periods: column(), orders: column(), logGaps: column(), logGapsRest: column(), spend: column(), spendRest: column(), firstSpend: column(), firstSpendRest: column(), returned: column(), returnedRest: column(),
    };
  }

  /** Adds a customer. */
  write(customer: string | number, tally: PurchaseTally): void {
    const row = this.#count++;
    this.#customers[row] = customer;
    for (const name of COUNTS) this.#columns[name][row] = tally[name];
    for (const [name, rest] of SUMS) {
      this.#columns[name][row] = tally[name].value;
      this.#columns[rest][row] = tally[name].rest;
    }
  }

  /** The piece of the customers written. */
  close(): PurchasePieces {
    for (const values of [this.#customers, ...Object.values(this.#columns)]) values.length = this.#count;
    return Object.freeze({ format: 'PurchasePieces', formatVersion: 1, ...this.#frame, customers: this.#customers, ...this.#columns });
  }
}

/** Makes a tally what the piece says of one customer. */
export function readPiece(pieces: PurchasePieces, row: number, tally: PurchaseTally): void {
  for (const name of COUNTS) tally[name] = pieces[name][row]!;
  for (const [name, rest] of SUMS) tally[name].set(pieces[name][row]!, pieces[rest][row]!);
}

/** Refuses what is no piece of this or an earlier version. */
export function requirePieces(caller: string, given: unknown): PurchasePieces {
  const { format, formatVersion } = Object(given) as Readonly<Record<string, unknown>>;
  if (format !== 'PurchasePieces') {
    throw new ClientelaError('MODEL_FORMAT', `${caller} needs what purchasePieces or mergePieces gave, found ${describeValue(given)}`, { function: caller });
  }
  if (formatVersion !== 1) {
    throw new ClientelaError('MODEL_VERSION', `${caller} needs pieces of formatVersion 1 (or a newer clientela), found ${describeValue(formatVersion)}`, { function: caller });
  }
  const pieces = given as PurchasePieces;
  const count = Array.isArray(pieces.customers) ? pieces.customers.length : -1;
  const names = [...COUNTS, ...SUMS.flat()];
  const damaged = names.find((name) => !Array.isArray(pieces[name]) || pieces[name].length !== count || !pieces[name].every(Number.isFinite));
  if (damaged === undefined && [pieces.mergeMillis, pieces.observedUntil].every(Number.isFinite)) return pieces;
  throw new ClientelaError('MODEL_FORMAT', `${caller} needs one finite number a customer in every array, found none in "${damaged ?? 'mergeMillis'}"; the JSON is damaged`, { function: caller, column: damaged });
}

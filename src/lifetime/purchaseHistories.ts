import { describeValue } from '../data/instant.js';
import { ClientelaError } from '../errors.js';
import { requireTimeUnit, type TimeUnit } from './timeUnit.js';

/**
 * What a model of purchases knows of each customer, in arrays of one length; what `customerSummary` gives is of this shape, and so is
 * `{ unit: 'week', frequency: [2], recency: [30.4], tenure: [38.9] }`.
 */
export interface PurchaseHistories {
  /** The unit of `recency` and `tenure`. */
  readonly unit: TimeUnit;
  /** Repeat purchases: those after the first, whole numbers from 0. */
  readonly frequency: ArrayLike<number>;
  /** From the first to the last purchase; 0 where there was no repeat. */
  readonly recency: ArrayLike<number>;
  /** From the first purchase to the end of observation; not below `recency`. */
  readonly tenure: ArrayLike<number>;
  /** How many customers each entry stands for. @defaultValue 1 each */
  readonly weights?: ArrayLike<number> | undefined;
  /** Sum of the logarithms of the times between purchases, in `unit`; what regularity is learnt from. */
  readonly sumLogGaps?: ArrayLike<number> | undefined;
  /** What else is known of each customer, by name, as numbers; see `customerCovariates` for categories. */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>> | undefined;
}

/** Histories that have been checked. */
export interface Histories {
  /** How many customers. */
  readonly count: number;
  /** Of `recency` and `tenure`. */
  readonly unit: TimeUnit;
  /** As in {@link PurchaseHistories}; this and the next. */
  readonly frequency: Float64Array;
  /** From the first to the last purchase. */
  readonly recency: Float64Array;
  /** From the first purchase to the end of observation. */
  readonly tenure: Float64Array;
}

/**
 * The histories in arrays that a loop can rely on.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `INVALID_OPTION` naming column, row and value
 */
export function readHistories(caller: string, histories: PurchaseHistories): Histories {
  if (typeof (histories as unknown) !== 'object' || (histories as unknown) === null || !('unit' in histories)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs customers as { unit, frequency, recency, tenure }, found ${describeValue(histories)}; make them with customerSummary from an EventLog`, { function: caller });
  }
  const unit = requireTimeUnit(caller, histories.unit);
  const frequency = readNumbers(caller, 'frequency', histories.frequency);
  const count = frequency.length;
  const recency = readNumbers(caller, 'recency', histories.recency, count);
  const tenure = readNumbers(caller, 'tenure', histories.tenure, count);
  for (let i = 0; i < count; i++) {
    const x = frequency[i]!;
    const last = recency[i]!;
    const isWhole = x >= 0 && Math.floor(x) === x && x < Infinity;
    if (isWhole && tenure[i]! < Infinity && tenure[i]! >= last && (x === 0 ? last === 0 : last > 0)) continue;
    throw badHistory(caller, { x, last, tenure: tenure[i]! }, i);
  }
  return { count, unit, frequency, recency, tenure };
}

/** The numbers of one column; as they are when they are a Float64Array. */
export function readNumbers(caller: string, column: string, given: ArrayLike<number> | undefined, count?: number): Float64Array {
  if (typeof (given as unknown) !== 'object' || given === undefined || (given as unknown) === null || typeof given.length !== 'number') {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs ${column} as an array of numbers, one a customer, found ${describeValue(given)}`, { function: caller, column });
  }
  if (count !== undefined && given.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${column} for each of the ${count} customers, found ${given.length}`, { function: caller, column, expected: count, found: given.length });
  }
  return given instanceof Float64Array ? given : Float64Array.from(given as ArrayLike<unknown>, asNumber);
}

/** Plain JavaScript brings anything here: what is no number is NaN, which the caller refuses with its row. */
function asNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
}

/** A covariate of the customers: a finite number each. */
export function readCovariate(caller: string, customers: PurchaseHistories, name: string, count: number): Float64Array {
  const { covariates } = customers;
  if (covariates === undefined || !Object.hasOwn(covariates, name)) {
    throw new ClientelaError('UNKNOWN_COLUMN', `${caller} needs the covariate "${name}" of each customer; give it in covariates, beside frequency and recency`, { function: caller, column: name });
  }
  const values = readNumbers(caller, name, covariates[name], count);
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row < 0) return values;
  throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs the covariate "${name}" finite, found ${values[row]!} in row ${row}`, { function: caller, column: name, row, value: values[row]! });
}

function badHistory(caller: string, { x, last, tenure }: { readonly x: number; readonly last: number; readonly tenure: number }, row: number): ClientelaError {
  const isWhole = x >= 0 && Math.floor(x) === x && x < Infinity;
  const isLate = isWhole && !(last >= 0 && last < Infinity && (x === 0 ? last === 0 : last > 0));
  const [column, value, need] = !isWhole
    ? ['frequency', x, 'as a whole number from 0: purchases after the first']
    : isLate
      ? ['recency', last, x === 0 ? 'of 0 where there was no repeat purchase' : 'above 0 where there were repeat purchases']
      : ['tenure', tenure, `finite and not below the recency ${last}: it runs from the first purchase to the end of observation`];
  return new ClientelaError('INVALID_VALUE', `${caller} needs ${column} ${need}, found ${value} in row ${row}`, { function: caller, column, row, value });
}

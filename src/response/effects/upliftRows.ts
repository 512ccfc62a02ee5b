import { describeValue } from '../../data/instant.js';
import { ClientelaError, type ClientelaErrorCode } from '../../errors.js';

/** What happened, one per customer: an amount, or 1 or true for the event and 0 or false for none. */
export type Outcomes = ArrayLike<number> | ArrayLike<boolean>;

/** Who was contacted, one per customer: 1 or true for the treated, 0 or false for the control. */
export type Treated = ArrayLike<number> | ArrayLike<boolean>;

/** Checked outcomes, arms, scores and weights of a trial, without the rows of weight 0. */
export interface UpliftRows {
  readonly outcomes: Float64Array;
  /** 1 or 0. */
  readonly treated: Uint8Array;
  readonly scores: Float64Array;
  /** All above 0; null where every row counts once. */
  readonly weights: Float64Array | null;
  readonly treatedWeight: number;
  readonly controlWeight: number;
  /** Whether all outcomes are 0 or 1. */
  readonly isBinary: boolean;
  /** Where each row was among those given; null where all are kept. */
  readonly places: Uint32Array | null;
}

/** The one door for the arrays of a trial: both arms must occur. */
export function readUpliftRows(caller: string, outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, weights?: ArrayLike<number>): UpliftRows {
  const n = (outcomes as Outcomes | null)?.length;
  if (!n) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`);
  for (const [what, values] of [['values of treated', treated], ['scores', scores], ['weights', weights ?? scores]] as const) requireAsMany(caller, what, values, n);
  const y = new Float64Array(n);
  const t = new Uint8Array(n);
  const s = new Float64Array(n);
  const w = weights === undefined ? null : new Float64Array(n);
  const places = weights === undefined ? null : new Uint32Array(n);
  const total: [number, number] = [0, 0];
  let isBinary = true;
  let kept = 0;
  for (let row = 0; row < n; row++) {
    const given = outcomes[row]!;
    const outcome = typeof given === 'boolean' ? Number(given) : given;
    const arm = treated[row]!;
    const score = scores[row]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    const isTreated = arm === 1 || arm === true ? 1 : 0;
    if (!Number.isFinite(outcome)) throw unfit(caller, 'outcome', given, row, 'a finite number, true or false', 'NON_FINITE_VALUE');
    if (isTreated === 0 && arm !== 0 && arm !== false) throw unfit(caller, 'treated', arm, row, '1 or true for the treated, 0 or false for the control', 'INVALID_VALUE');
    if (!Number.isFinite(score)) throw unfit(caller, 'score', score, row, 'finite', 'NON_FINITE_VALUE');
    if (!(weight >= 0 && weight < Infinity)) throw unfit(caller, 'weight', weight, row, 'finite and 0 or more', 'INVALID_VALUE');
    if (weight === 0) continue;
    y[kept] = outcome;
    t[kept] = isTreated;
    s[kept] = score;
    if (w !== null) [w[kept], places![kept]] = [weight, row];
    if (outcome !== 0 && outcome !== 1) isBinary = false;
    total[isTreated] += weight;
    kept++;
  }
  const [controlWeight, treatedWeight] = total;
  requireBothArms(caller, treatedWeight, controlWeight);
  const rows = { outcomes: y.subarray(0, kept), treated: t.subarray(0, kept), scores: s.subarray(0, kept), weights: w === null ? null : w.subarray(0, kept) };
  return { ...rows, treatedWeight, controlWeight, isBinary, places: places === null ? null : places.subarray(0, kept) };
}

/** Throws `NOT_IDENTIFIED` unless there are treated and control customers. */
export function requireBothArms(caller: string, treated: number, control: number): void {
  if (treated > 0 && control > 0) return;
  const message = `${caller} needs treated and control customers, found weight ${treated} and ${control}; an effect is a difference to customers left alone`;
  throw new ClientelaError('NOT_IDENTIFIED', message, { treated, control });
}

/** Throws `LENGTH_MISMATCH` unless there is one value per row. */
export function requireAsMany(caller: string, what: string, values: ArrayLike<unknown> | null | undefined, rows: number): void {
  const found = values?.length;
  if (found !== rows) throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs as many ${what} as outcomes, found ${found ?? 'none'} and ${rows}`, { found, expected: rows });
}

/** The error for one value that cannot be used. */
export function unfit(caller: string, what: string, value: unknown, row: number, remedy: string, code: ClientelaErrorCode): ClientelaError {
  return new ClientelaError(code, `${caller} found ${what} ${describeValue(value)} in row ${row}; it must be ${remedy}`, { row, value });
}

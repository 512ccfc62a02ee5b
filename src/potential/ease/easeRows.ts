import { ClientelaError } from '../../errors.js';
import type { NumberColumn } from '../../data/column.js';
import { readAmounts, readPotentials, type PotentialColumns } from '../aggregate/potentialColumns.js';

/** What an ease reads of potentials, beside the caller's own columns. */
export type EaseInput = 'potential.share' | 'potential.headroom' | 'potential.present' | 'potential.spread' | 'potential.participation';

/** What each is called where nobody says otherwise. */
export const INPUT_WORDS: { readonly [Name in EaseInput]: string } = {
  'potential.share': 'share of wallet',
  'potential.headroom': 'headroom',
  'potential.spread': 'width of the interval relative to the potential',
  'potential.participation': 'probability of being in the market',
  'potential.present': 'present spend',
};

/** Potentials as an ease sees them. */
export interface EaseRows {
  readonly rowCount: number;
  readonly present: Float64Array;
  readonly headroom: Float64Array;
  /** 1 where there is headroom enough to speak of. */
  readonly open: Uint8Array;
  /** Values for people: shares and amounts. */
  readonly shown: Readonly<Record<EaseInput, Float64Array>>;
  /** The same as a model takes them: amounts as logarithms, NaN for that of 0. */
  readonly inputs: Readonly<Record<EaseInput, Float64Array>>;
}

/** Reads potentials row by row with the data. */
export function readEaseRows(caller: string, potentials: PotentialColumns, minHeadroomShare: number, rowCount: number): EaseRows {
  const given = potentials as Partial<PotentialColumns> | undefined;
  if (given?.present && given.potential && given.present.length !== rowCount) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs potentials of the same ${rowCount} customers as the data, in their order, found ${given.present.length}`, { expected: rowCount, found: given.present.length });
  }
  const none = new Float64Array(0);
  const { present, potential, headroom } = rowCount === 0 && given?.present ? { present: none, potential: none, headroom: none } : readPotentials(caller, potentials);
  const column = (name: 'share' | 'participation', otherwise: (row: number) => number): Float64Array => {
    const values = potentials[name];
    return values === undefined ? present.map((_, row) => otherwise(row)) : readAmounts(caller, name, values, rowCount, 0, 1);
  };
  const share = column('share', (row) => (present[row]! > 0 ? present[row]! / potential[row]! : 0));
  const participation = column('participation', () => 1);
  const spread = new Float64Array(rowCount);
  if (potentials.potentialLower !== undefined && potentials.potentialUpper !== undefined) {
    const lower = readAmounts(caller, 'potentialLower', potentials.potentialLower, rowCount, 0);
    const upper = readAmounts(caller, 'potentialUpper', potentials.potentialUpper, rowCount, 0);
    for (let row = 0; row < rowCount; row++) spread[row] = potential[row]! > 0 ? (upper[row]! - lower[row]!) / potential[row]! : 0;
  }
  const open = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) open[row] = headroom[row]! > 0 && headroom[row]! >= minHeadroomShare * potential[row]! ? 1 : 0;
  const log = (amounts: Float64Array): Float64Array => amounts.map((amount) => (amount > 0 ? Math.log(amount) : NaN));
  const shown = { 'potential.share': share, 'potential.headroom': headroom, 'potential.present': present, 'potential.spread': spread, 'potential.participation': participation };
  return { rowCount, present, headroom, open, shown, inputs: { ...shown, 'potential.headroom': log(headroom), 'potential.present': log(present) } };
}

/** One of the inputs as a column of a table. */
export function inputColumn(rows: EaseRows, name: string): NumberColumn | undefined {
  return Object.hasOwn(rows.inputs, name) ? { kind: 'number', values: rows.inputs[name as EaseInput] } : undefined;
}

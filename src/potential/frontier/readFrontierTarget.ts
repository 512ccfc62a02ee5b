import { ClientelaError } from '../../errors.js';

/** The targets, checked: finite, and above 0 where their logarithm is modelled. A row of weight 0 may be without. */
export function readFrontierTarget(caller: string, values: Float64Array, { column, isLog, weights }: { readonly column: string; readonly isLog: boolean; readonly weights: Float64Array | null }): Float64Array {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if ((Number.isFinite(value) && !(isLog && value <= 0)) || weights?.[row] === 0) continue;
    const details = { column, row, value };
    if (Number.isNaN(value)) throw new ClientelaError('MISSING_VALUE', `${caller} needs a target in every row, found none in column "${column}", row ${row}; leave out such rows`, details);
    if (!Number.isFinite(value)) throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs finite targets, found ${value} in column "${column}", row ${row}; leave out such rows`, details);
    throw new ClientelaError('INVALID_VALUE', `${caller} needs targets above 0, as it models their logarithm, found ${value} in column "${column}", row ${row}; leave out such rows, or set scale: 'asIs' for the target itself`, details);
  }
  return values;
}

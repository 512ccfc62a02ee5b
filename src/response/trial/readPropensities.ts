import { describeValue } from '../../data/instant.js';
import { readRowNumbers, type RowNumbers } from '../../data/rowNumbers.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import type { Trial } from './readTrial.js';
import type { Propensity } from './trialOptions.js';

type Arms = Pick<Trial, 'rows' | 'treatments' | 'control' | 'shares'>;

/** The probability of every arm, the same in all rows (stride 0) or row by row. */
export function readPropensities(caller: string, table: ParsedTable, given: Propensity | undefined, { rows, treatments, control, shares }: Arms): Pick<Trial, 'propensities' | 'propensityStride'> {
  if (given === undefined) return { propensities: shares, propensityStride: 0 };
  const byArm = isByArm(given) ? given : { [onlyTreatment(caller, treatments)]: given };
  requireKnownArms(caller, byArm, treatments, control);
  const sources = [control, ...treatments].map((arm, place): number | Float64Array | null => {
    const value = byArm[arm];
    if (value === undefined && place > 0) throw fault(caller, `of treatment "${arm}"`, undefined);
    return value === undefined ? null : typeof value === 'number' ? value : readRowNumbers(caller, 'propensity', table, value);
  });
  const stride = sources.some((source) => source instanceof Float64Array) ? sources.length : 0;
  const propensities = new Float64Array(stride === 0 ? sources.length : rows.length * stride);
  for (let i = 0; i * sources.length < propensities.length; i++) fillRow(caller, propensities.subarray(i * stride, i * stride + sources.length), sources, rows[i]!, stride > 0);
  return { propensities, propensityStride: stride };
}

function fillRow(caller: string, to: Float64Array, sources: readonly (number | Float64Array | null)[], row: number, named: boolean): void {
  let sum = 0;
  for (let arm = 0; arm < sources.length; arm++) {
    const source = sources[arm];
    if (source === null || source === undefined) continue;
    const value = typeof source === 'number' ? source : source[row]!;
    if (!(value > 0 && value < 1)) throw fault(caller, named ? `in row ${row}` : '', value);
    sum += to[arm] = value;
  }
  const withoutControl = sources[0] === null;
  if (withoutControl) to[0] = 1 - sum;
  if (sum > 1 + 1e-9 || !(to[0]! > 0)) throw fault(caller, `whose sum leaves ${withoutControl ? 'something for control' : 'nothing over 1'}${named ? ` in row ${row}` : ''}`, sum);
  if (!withoutControl) for (let arm = 0; arm < to.length; arm++) to[arm]! /= sum;
}

function fault(caller: string, where: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs a propensity between 0 and 1${where && ` ${where}`}, found ${describeValue(value)}; leave propensity out for the shares observed`, { option: 'propensity', value });
}

function isByArm(given: Propensity): given is { readonly [arm: string]: number | RowNumbers } {
  return typeof given === 'object' && (given as object | null) !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);
}

function onlyTreatment(caller: string, treatments: readonly string[]): string {
  if (treatments.length === 1) return treatments[0]!;
  const message = `${caller} needs propensity as an object with a probability for each of ${treatments.map(describeValue).join(', ')}, found one for all`;
  throw new ClientelaError('INVALID_OPTION', message, { option: 'propensity' });
}

function requireKnownArms(caller: string, byArm: object, treatments: readonly string[], control: string): void {
  const unknown = Object.keys(byArm).find((arm) => arm !== control && !treatments.includes(arm));
  if (unknown === undefined) return;
  const message = `${caller} found a propensity for ${describeValue(unknown)}, which is no arm here; the arms are ${[control, ...treatments].map(describeValue).join(', ')}`;
  throw new ClientelaError('INVALID_OPTION', message, { option: 'propensity', value: unknown });
}

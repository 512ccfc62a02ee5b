import type { TargetValue } from '../../data/binaryTarget.js';
import type { Column } from '../../data/column.js';
import { describeValue } from '../../data/instant.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import type { Trial } from './readTrial.js';
import type { TrialOptions } from './trialOptions.js';

const MOST_ARMS = 100;

/** Which arm every row is of; rows of other arms, and of weight 0, are left out. */
export function readArms(caller: string, table: ParsedTable, options: TrialOptions, weights: Float64Array | null): Pick<Trial, 'rows' | 'arms' | 'treatments' | 'control'> {
  const { treatment: name, treatments } = options;
  const column = table.source(name);
  const { codes, values } = codesOf(caller, name, column, weights);
  const find = (option: string, value: TargetValue): string => known(caller, name, option, textOf(column, value), values, value);
  const control = find('control', options.control);
  if (treatments !== undefined && !(treatments instanceof Array && treatments.length > 0)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs treatments as an array of values of "${name}", found ${describeValue(treatments)}; leave it out for all`, { option: 'treatments' });
  }
  const chosen = treatments?.map((value) => find('treatments', value)) ?? values.filter((value) => value !== control);
  requireArms(caller, name, chosen, control, values);
  const places = new Int16Array(values.length).fill(-1);
  values.forEach((value, code) => (places[code] = value === control ? 0 : chosen.indexOf(value) + 1 || -1));
  const rows = new Uint32Array(codes.length);
  const arms = new Uint8Array(codes.length);
  let used = 0;
  for (let row = 0; row < codes.length; row++) {
    // Rows of weight 0 have code -1.
    const arm = codes[row]! < 0 ? -1 : places[codes[row]!]!;
    if (arm < 0) continue;
    rows[used] = row;
    arms[used++] = arm;
  }
  return { rows: rows.slice(0, used), arms: arms.slice(0, used), treatments: chosen, control };
}

/** The values of the column as text, by code unit or size, and for every row which; -1 for a row of weight 0. */
function codesOf(caller: string, name: string, column: Column, weights: Float64Array | null): { codes: Int32Array; values: string[] } {
  if (column.kind === 'date' || column.kind === 'id') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs a treatment of a few values, found column "${name}" of kind ${column.kind}`, { column: name });
  }
  const cells = column.kind === 'category' ? column.codes : column.values;
  const places = new Map<number, number>();
  const codes = new Int32Array(cells.length).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    if (weights !== null && weights[row] === 0) continue;
    const cell = cells[row]!;
    if (cell !== cell || (column.kind !== 'number' && cell < 0)) {
      const message = `${caller} needs to know what was done to every customer, found nothing in column "${name}", row ${row}; leave such rows out`;
      throw new ClientelaError('MISSING_VALUE', message, { column: name, row });
    }
    let place = places.get(cell);
    if (place === undefined) places.set(cell, (place = places.size));
    if (place === MOST_ARMS) throw new ClientelaError('COLUMN_KIND', `${caller} needs a treatment of a few values, found more than ${MOST_ARMS} in column "${name}"`, { column: name });
    codes[row] = place;
  }
  const found = [...places.keys()];
  const textAt = (cell: number): string => (column.kind === 'category' ? column.levels[cell]! : column.kind === 'boolean' ? String(cell === 1) : String(cell));
  const order = [...found.keys()].sort((a, b) => (column.kind === 'category' ? (textAt(found[a]!) < textAt(found[b]!) ? -1 : 1) : found[a]! - found[b]!));
  const rank = new Int32Array(order.length);
  order.forEach((place, position) => (rank[place] = position));
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) codes[row] = rank[codes[row]!]!;
  return { codes, values: order.map((place) => textAt(found[place]!)) };
}

/** A value of an option as the column writes it: false asks for 0 of numbers, 0 for false of booleans. */
function textOf({ kind }: Column, value: TargetValue): string {
  if (kind === 'number') return String(Number(value) === Number(value) && value !== '' ? Number(value) : value);
  return kind === 'boolean' && (value === 0 || value === 1) ? String(value === 1) : String(value);
}

function known(caller: string, name: string, option: string, text: string, values: readonly string[], value: TargetValue | undefined): string {
  if (value !== undefined && values.includes(text)) return text;
  const listed = values.slice(0, 8).map(describeValue).join(', ') + (values.length > 8 ? ', …' : '');
  const message = `${caller} found no row where "${name}" is ${describeValue(value)}, which ${option} names; its values are ${listed}`;
  throw new ClientelaError('INVALID_OPTION', message, { option, column: name, value, values });
}

function requireArms(caller: string, name: string, chosen: readonly string[], control: string, values: readonly string[]): void {
  if (chosen.length === 0) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs a treatment beside control, found only ${describeValue(values[0])} in column "${name}"`, { column: name });
  }
  const twice = chosen.find((value, i) => value === control || chosen.indexOf(value) < i);
  if (twice === undefined) return;
  const what = twice === control ? 'it is the control' : 'it is there twice';
  throw new ClientelaError('INVALID_OPTION', `${caller} cannot take ${describeValue(twice)} in treatments: ${what}`, { option: 'treatments', value: twice });
}

import { ClientelaError } from '../../errors.js';
import { isBlank } from '../../data/cell.js';
import { describeValue } from '../../data/instant.js';
import { cellOf, numbersOf } from '../../data/replayColumn.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import type { EnvelopmentPlan } from './envelopmentOptions.js';

/** Units as rows of numbers, inputs then outputs, with their names where a column says them. */
export interface UnitRows {
  readonly count: number;
  /** Row-major, count * (inputs + outputs). */
  readonly values: Float64Array;
  readonly names: readonly (string | number)[] | null;
}

/** Reads the inputs, the outputs and the names; refuses what no score can be given to. */
export function readUnits(caller: string, data: TableInput, { inputs, outputs, unit }: EnvelopmentPlan): UnitRows {
  const view = readTable(caller, data);
  const count = view.rowCount;
  if (count === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one unit, found none`);
  const columns = [...inputs, ...outputs];
  const values = new Float64Array(count * columns.length);
  columns.forEach((name, at) => {
    const numbers = numbersOf(caller, name, view.source(name));
    for (let row = 0; row < count; row++) values[row * columns.length + at] = requireAmount(caller, name, row, numbers[row]!);
  });
  for (let row = 0; row < count; row++) {
    const at = row * columns.length;
    if (values.subarray(at, at + inputs.length).some((value) => value > 0)) continue;
    throw new ClientelaError('INVALID_VALUE', `${caller} needs some input above 0 in every row, found only 0 in row ${row}; leave it out, or add a column of 1 as an input`, { row });
  }
  return { count, values, names: unit === null ? null : namesOf(caller, unit, view) };
}

function requireAmount(caller: string, column: string, row: number, value: number): number {
  if (value >= 0 && value < Infinity) return value;
  const [code, found, remedy] = Number.isNaN(value)
    ? (['MISSING_VALUE', 'none', 'leave such rows out or fill them in'] as const)
    : ([value < 0 ? 'INVALID_VALUE' : 'NON_FINITE_VALUE', describeValue(value), value < 0 ? 'count a loss as an input, or leave the row out' : 'leave the row out'] as const);
  throw new ClientelaError(code, `${caller} needs finite amounts of 0 or more, found ${found} in column "${column}", row ${row}; ${remedy}`, { column, row, value });
}

function namesOf(caller: string, column: string, view: TableView): readonly (string | number)[] {
  const cells = view.source(column);
  const seen = new Map<string, number>();
  return Array.from({ length: view.rowCount }, (_, row) => {
    const name = cellOf(cells, row);
    if (isBlank(name) || (typeof name !== 'string' && typeof name !== 'number' && typeof name !== 'bigint')) {
      throw new ClientelaError(isBlank(name) ? 'MISSING_VALUE' : 'INVALID_VALUE', `${caller} needs units named by text or numbers, found ${isBlank(name) ? 'none' : describeValue(name)} in column "${column}", row ${row}`, { column, row });
    }
    const before = seen.get(String(name));
    if (before !== undefined) {
      throw new ClientelaError('DUPLICATE_ID', `${caller} needs each unit once, found ${describeValue(name)} in rows ${before} and ${row} of column "${column}"`, { column, row, value: name });
    }
    seen.set(String(name), row);
    return typeof name === 'bigint' ? String(name) : name;
  });
}

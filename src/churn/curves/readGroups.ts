import type { TargetValue } from '../../data/binaryTarget.js';
import { cellAt } from '../../data/cellAt.js';
import { describeValue } from '../../data/instant.js';
import { readColumn } from '../../data/readColumn.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { SurvivalRows } from '../survivalRows.js';

/** A column that parts the rows into groups. */
export interface RowGroups {
  /** Numbers by size, others by code unit. */
  readonly levels: readonly TargetValue[];
  /** Per row, the place of its level; -1 where the cell is missing. */
  readonly codes: Int32Array;
}

/** The groups of a column, missing cells marked. */
export function readLevels(caller: string, view: TableView, option: string, name: unknown): RowGroups {
  if (typeof name !== 'string') throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as the name of a column, found ${describeValue(name)}`, { function: caller, option });
  const column = readColumn(caller, view, name);
  if (column.kind === 'date') throw new ClientelaError('COLUMN_KIND', `${caller} needs ${option} as a column of groups, found column "${name}" of kind date; give its year or month`, { function: caller, column: name });
  const places = new Map<unknown, number>();
  const codes = new Int32Array(view.rowCount);
  for (let row = 0; row < codes.length; row++) {
    const value = cellAt(column, row);
    if (value === null) {
      codes[row] = -1;
      continue;
    }
    const place = places.get(value) ?? places.size;
    if (place === places.size) places.set(value, place);
    codes[row] = place;
  }
  const seen = [...places.keys()] as TargetValue[];
  const order = seen.map((_, place) => place).sort((a, b) => (seen[a]! < seen[b]! ? -1 : seen[a]! > seen[b]! ? 1 : 0));
  const ranks = new Int32Array(order.length);
  order.forEach((place, rank) => (ranks[place] = rank));
  return { levels: order.map((place) => seen[place]!), codes: codes.map((place) => (place < 0 ? -1 : ranks[place]!)) };
}

/** The groups of a column in which every row has one. */
export function readGroups(caller: string, view: TableView, option: string, name: unknown): RowGroups {
  const groups = readLevels(caller, view, option, name);
  const row = groups.codes.indexOf(-1);
  if (row < 0) return groups;
  throw new ClientelaError('MISSING_VALUE', `${caller} needs a group in every row, found none in column "${String(name)}", row ${row}; leave out such rows, or give them a group of their own`, { function: caller, column: name, row });
}

/** The places of the rows of each group, ascending. */
export function rowsOfGroups({ levels, codes }: RowGroups): Uint32Array[] {
  const sizes = new Uint32Array(levels.length);
  for (const code of codes) sizes[code]!++;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(levels.length);
  codes.forEach((code, row) => (rows[code]![filled[code]!++] = row));
  return rows;
}

/** Some rows of those read. */
export function someRows({ durations, events, entries, weights }: SurvivalRows, rows: Uint32Array): SurvivalRows {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return { durations: pick(durations), events: Uint8Array.from(rows, (row) => events[row]!), entries: entries && pick(entries), weights: weights && pick(weights) };
}

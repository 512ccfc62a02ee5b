import { cellText } from '../../data/cell.js';
import { cellOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { StrataCodes } from './coxRows.js';

/** The strata of the rows, by name. */
export interface Strata extends StrataCodes {
  readonly levels: readonly string[];
}

/** The strata of the rows; with `known` levels others are refused. */
export function readStrata(caller: string, view: TableView, name: string, known?: readonly string[]): Strata {
  const column = view.source(name);
  const text = Array.from({ length: view.rowCount }, (_, row) => {
    const level = cellText(caller, name, row, cellOf(column, row));
    if (level !== undefined) return level;
    throw new ClientelaError('MISSING_VALUE', `${caller} needs a stratum in every row, found none in column "${name}", row ${row}; leave out such rows, or name them`, { function: caller, column: name, row });
  });
  const levels = known ?? [...new Set(text)].sort();
  const places = new Map(levels.map((level, place) => [level, place]));
  const codes = Uint32Array.from(text, (level, row) => {
    const place = places.get(level);
    if (place !== undefined) return place;
    throw new ClientelaError('INVALID_VALUE', `${caller} knows no baseline hazard for the stratum "${level}", found in column "${name}", row ${row}; the strata are ${levels.slice(0, 10).join(', ')}`, { function: caller, column: name, row, value: level });
  });
  return { codes, count: levels.length, levels };
}

import { cellText } from '../../data/cell.js';
import { infinite } from '../../data/infinite.js';
import { cellOf, numbersOf } from '../../data/replayColumn.js';
import type { TableView } from '../../data/table.js';
import type { LatentFeature } from './latentState.js';

/** A column and its levels, before and after the probabilities are known. */
export type LevelFeature = Omit<LatentFeature, 'probabilities'>;

/** The level of every row of a column as text, undefined where missing; a number must be one. */
export function levelTexts(caller: string, view: TableView, column: string, isNumber: boolean): (string | undefined)[] {
  const source = view.source(column);
  if (!isNumber) return Array.from({ length: view.rowCount }, (_, row) => cellText(caller, column, row, cellOf(source, row)));
  return Array.from(numbersOf(caller, column, source), (x, row) => {
    if (x - x !== 0 && x === x) throw infinite(caller, column, row, x);
    return x === x ? String(x + 0) : undefined;
  });
}

/** Rows as positions in the levels of every feature: row-major, NaN where missing or never seen. */
export function levelCodes(caller: string, view: TableView, features: readonly LevelFeature[]): Float64Array {
  const width = features.length;
  const codes = new Float64Array(view.rowCount * width);
  features.forEach(({ column, isNumber, levels }, j) => {
    const places = new Map<string | undefined, number>(levels.map((level, place) => [level, place]));
    levelTexts(caller, view, column, isNumber).forEach((text, row) => (codes[row * width + j] = places.get(text) ?? NaN));
  });
  return codes;
}

import type { BooleanColumn, CategoryColumn } from '../../data/column.js';

/** Levels by code unit, those that occur, and a code a row; -1 when missing. */
export function categoryLevels(source: CategoryColumn | BooleanColumn): { levels: string[]; codes: number[] } {
  const names = source.kind === 'category' ? source.levels : ['false', 'true'];
  const given = source.kind === 'category' ? source.codes : source.values;
  const occurs = new Set(given);
  const levels = names.filter((_, code) => occurs.has(code)).sort();
  const places = new Map(levels.map((level, place) => [level, place]));
  const placeOf = names.map((name) => places.get(name) ?? -1);
  return { levels, codes: Array.from(given, (code) => placeOf[code] ?? -1) };
}

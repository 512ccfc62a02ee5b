import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { levelTexts, type LevelFeature } from './latentFeatures.js';

/** A column of more levels names customers rather than describing them. */
const MOST_LEVELS = 100;

/** The columns of categories a latent class model takes, with the levels that occur in rows that count. */
export function learnLevels(caller: string, view: ParsedTable, features: readonly string[] | undefined, except: readonly unknown[], weights: Float64Array | null): LevelFeature[] {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  if (features !== undefined && !Array.isArray(features)) throw new ClientelaError('INVALID_OPTION', `${caller} needs features as an array of names`, { option: 'features' });
  const kindOf = (name: string): string => view.source(name).kind;
  const names: readonly string[] = features ?? view.names.filter((name) => !except.includes(name) && (kindOf(name) === 'category' || kindOf(name) === 'boolean'));
  if (names.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one column of categories or booleans, found none; name columns of few numbers in features`);
  return names.map((column, j) => {
    if (names.indexOf(column) < j) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in features; name it once`, { column });
    const kind = kindOf(column);
    if (kind === 'date' || kind === 'id') throw new ClientelaError('COLUMN_KIND', `${caller} takes categories, booleans and numbers of few values, found column "${column}" of kind ${kind}; leave it out of features`, { column, kind });
    const isNumber = kind === 'number';
    const seen = new Set(levelTexts(caller, view, column, isNumber).filter((_, row) => weights === null || weights[row]! > 0));
    seen.delete(undefined);
    const levels = ([...seen] as string[]).sort(isNumber ? (a, b) => Number(a) - Number(b) : undefined);
    if (levels.length <= MOST_LEVELS) return { column, isNumber, levels };
    throw new ClientelaError('COLUMN_KIND', `${caller} takes columns of up to ${MOST_LEVELS} levels, found ${levels.length} in "${column}"; cut numbers into bands, pool rare levels, or leave it out of features`, { column, kind, levels: levels.length });
  });
}

import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';

/**
 * The columns of numbers and booleans a fit takes: those named, otherwise all of the table but `except`.
 *
 * @throws a ClientelaError `EMPTY_INPUT`, `DUPLICATE_COLUMN`, `COLUMN_KIND` (a category, with the fits that take it), `INVALID_OPTION`
 */
export function numberFeatures(caller: string, view: ParsedTable, features: readonly string[] | undefined, except: readonly unknown[] = []): readonly string[] {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const isNumeric = (name: string): boolean => view.source(name).kind === 'number' || view.source(name).kind === 'boolean';
  if (features !== undefined && !(features instanceof Array)) throw new ClientelaError('INVALID_OPTION', `${caller} needs features as an array of names`, { option: 'features' });
  const names = features ?? view.names.filter((name) => !except.includes(name) && isNumeric(name));
  if (names.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one column of numbers, found none; name them in features`);
  names.forEach((column, i) => {
    if (names.indexOf(column) < i) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in features; name it once`, { column });
    if (isNumeric(column)) return;
    const { kind } = view.source(column);
    throw new ClientelaError('COLUMN_KIND', `${caller} takes numbers and booleans, found column "${column}" of kind ${kind}; leave it out of features, or use fitKPrototypes or fitKMedoids for categories`, { column, kind });
  });
  return names;
}

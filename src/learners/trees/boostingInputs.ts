import { describeValue } from '../../data/instant.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import type { BoostedTreesOptions } from './boostingOptions.js';

/** The columns to learn from: those named, or all but what other options name and identifiers. */
export function featureNames(caller: string, view: ParsedTable, { target, features, weights, earlyStopping }: BoostedTreesOptions): readonly string[] {
  const named = [target, weights, earlyStopping === false ? null : earlyStopping?.time];
  const found = features ?? view.names.filter((name) => !named.includes(name) && view.source(name).kind !== 'id');
  const wrong = (needs: string, value: unknown): ClientelaError => new ClientelaError('INVALID_OPTION', `${caller} needs features ${needs}, found ${describeValue(value)}`, { option: 'features', value });
  if (!(found instanceof Array)) throw wrong('as an array of names', found);
  if (found.includes(target)) throw wrong('without the target', target);
  const column = found.find((name, i) => found.indexOf(name) < i);
  if (column !== undefined) throw new ClientelaError('DUPLICATE_COLUMN', `${caller} found "${column}" twice in features; name it once`, { column });
  if (found.length > 0) return found;
  throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one feature, found none; name them in features`);
}

/** For each column held monotone 1 or -1. */
export function monotoneDirections(caller: string, options: BoostedTreesOptions, features: readonly string[]): ReadonlyMap<string, number> {
  const monotone = options.monotone ?? {};
  const column = Object.keys(monotone).find((name) => !features.includes(name));
  if (column === undefined) return new Map(Object.entries(monotone).map(([name, direction]) => [name, direction === 'increasing' ? 1 : -1]));
  throw new ClientelaError('INVALID_OPTION', `${caller} cannot hold "${column}" monotone: it is none of the features; name it there too`, { option: 'monotone', column });
}

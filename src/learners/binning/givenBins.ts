import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { GivenBins } from './binningOptions.js';

/** Cuts of a number: finite, ascending, each once. */
export function requireCuts(caller: string, option: string, feature: string, given: GivenBins): number[] {
  const cuts = given as readonly unknown[];
  if (!Array.isArray(cuts)) throw wrong(caller, option, feature, 'the cuts of a number as an array', given);
  cuts.forEach((cut, i) => {
    if (typeof cut !== 'number' || !Number.isFinite(cut)) throw wrong(caller, option, feature, 'finite numbers as cuts', cut);
    if (i > 0 && cut <= (cuts[i - 1] as number)) throw wrong(caller, option, feature, 'cuts in ascending order, each once', cuts);
  });
  return [...(cuts as number[])];
}

/** Groups of levels: not empty, no level twice, and together all that the data have. */
export function requireGroups(caller: string, option: string, feature: string, given: GivenBins, levels: readonly string[]): string[][] {
  const groups = given as readonly unknown[];
  if (!Array.isArray(groups) || groups.length === 0) throw wrong(caller, option, feature, 'the groups of a category as an array of arrays', given);
  const found = new Set<string>();
  for (const group of groups as readonly unknown[]) {
    if (!Array.isArray(group) || group.length === 0) throw wrong(caller, option, feature, 'each group as an array of levels', group);
    for (const level of group as readonly unknown[]) {
      if (typeof level !== 'string' || found.has(level)) throw wrong(caller, option, feature, 'levels as text, each in one group', level);
      found.add(level);
    }
  }
  const left = levels.find((level) => !found.has(level));
  if (left !== undefined) throw wrong(caller, option, feature, 'every level that the data have in some group', left);
  return (groups as readonly (readonly string[])[]).map((group) => [...group]);
}

/** The special values of a feature, as lists of one or more; each of the type its kind has, and once. */
export function requireSpecial<Value extends number | string>(caller: string, feature: string, given: unknown, type: 'number' | 'string'): Value[][] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw wrong(caller, 'special', feature, 'an array of values', given);
  const found = new Set<unknown>();
  return (given as readonly unknown[]).map((one) => {
    const values: readonly unknown[] = Array.isArray(one) ? one : [one];
    for (const value of values) {
      if (typeof value !== type || found.has(value) || (type === 'number' && !Number.isFinite(value))) {
        throw wrong(caller, 'special', feature, `${type === 'number' ? 'finite numbers' : 'levels as text'}, each once`, value);
      }
      found.add(value);
    }
    return [...values] as Value[];
  });
}

/** An option by feature may name features only. */
export function requireFeatureKeys(caller: string, option: string, given: unknown, features: readonly string[]): void {
  if (given === undefined || typeof given === 'string') return;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as an object by feature, found ${describeValue(given)}`, { option, value: given });
  }
  const column = Object.keys(given).find((name) => !features.includes(name));
  if (column === undefined) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} found "${column}" in ${option}, which is none of the features; name it there too`, { option, column });
}

function wrong(caller: string, option: string, column: string, needs: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${option} of "${column}" to be ${needs}, found ${describeValue(value)}`, { option, column, value });
}

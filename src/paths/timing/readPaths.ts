import { describeValue } from '../../data/instant.js';
import { differing } from '../../data/unknownColumn.js';
import { ClientelaError } from '../../errors.js';
import { STEP_LIMITS, type StepLimits } from '../journeys/stepLimits.js';
import type { WithSteps } from '../sequences/sequencePattern.js';

/** A path as it is worked on: names and codes of each step, ascending, each once. */
export interface ReadPath {
  readonly steps: readonly (readonly string[])[];
  readonly codes: readonly (readonly number[])[];
}

/** The limits under which these were mined, those given in place of theirs. */
export function limitsOf(mined: object | null | undefined, options: StepLimits): StepLimits {
  const limits: Record<string, unknown> = { ...(mined as { readonly limits?: StepLimits } | null | undefined)?.limits };
  for (const name of STEP_LIMITS) if (options[name] !== undefined) limits[name] = options[name];
  return limits;
}

/** The paths given, with the codes of their items in these journeys. */
export function readPaths(caller: string, paths: Iterable<WithSteps>, itemLevels: readonly string[]): ReadPath[] {
  if (typeof paths !== 'object' || (paths as object | null) === null || !(Symbol.iterator in paths)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs an array of paths such as [{ steps: ['quote', 'contract'] }], found ${describeValue(paths)}`, { function: caller });
  }
  const codes = new Map(itemLevels.map((level, code) => [level, code]));
  return Array.from(paths, (path, at) => {
    const steps: unknown = (path as WithSteps | undefined | null)?.steps;
    if (!Array.isArray(steps) || steps.length === 0) {
      throw new ClientelaError('INVALID_INPUT', `${caller} needs each path with at least one step, as { steps: ['quote', 'contract'] }, found ${describeValue(steps)} as the steps of path ${at}`, { function: caller, path: at });
    }
    const read = steps.map((step: unknown, place) => {
      const items: readonly unknown[] = Array.isArray(step) ? step : [step];
      const found = [...new Set(items.map((item) => codeOf(caller, item, codes, itemLevels, at, place)))];
      if (found.length > 0) return found.sort((a, b) => a - b);
      throw new ClientelaError('INVALID_VALUE', `${caller} needs items in every step, found none in step ${place} of path ${at}`, { path: at, step: place });
    });
    return { codes: read, steps: read.map((step) => step.map((code) => itemLevels[code]!)) };
  });
}

function codeOf(caller: string, item: unknown, codes: ReadonlyMap<string, number>, levels: readonly string[], path: number, step: number): number {
  if (typeof item !== 'string' && typeof item !== 'number') {
    throw new ClientelaError('INVALID_VALUE', `${caller} needs names of items, found ${describeValue(item)} in step ${step} of path ${path}`, { path, step });
  }
  const name = String(item);
  const code = codes.get(name);
  if (code !== undefined) return code;
  const nearest = levels.find((level) => differing(name.toLowerCase(), level.toLowerCase()) <= Math.max(1, name.length / 3));
  const hint = nearest === undefined ? `there are ${levels.slice(0, 12).join(', ') || 'none'}` : `did you mean "${nearest}"?`;
  throw new ClientelaError('UNKNOWN_ID', `${caller} found no item "${name}" in the journeys (step ${step} of path ${path}); ${hint}`, { item: name, path, step });
}

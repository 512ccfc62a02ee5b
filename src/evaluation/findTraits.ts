import { readColumn } from '../data/readColumn.js';
import type { RowNumbers } from '../data/rowNumbers.js';
import type { TableView } from '../data/table.js';
import { requireWhole } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import { normalMultiplier } from './intervals.js';
import { traitColumn } from './traitCandidates.js';
import { traitsOfGroups, type Trait } from './traits.js';

/** How traits are looked for. */
export interface TraitOptions<Names extends string = string> {
  /** The columns to look at. @defaultValue all but identifiers */
  readonly features?: readonly Names[];
  /** At most so many traits per group, the strongest first. @defaultValue 10 */
  readonly top?: number;
  /** Into how many bands of equal size a number or date is cut; numbers with hardly more values are taken value by value. @defaultValue 5 */
  readonly bands?: number;
  /** Which share of the named traits may be chance finds. @defaultValue 0.05 */
  readonly falseDiscoveryRate?: number;
  /** How many customers each row stands for, whole numbers: a column (then no feature by default), or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The names of those options. */
export const TRAIT_OPTIONS: readonly string[] = ['features', 'top', 'bands', 'falseDiscoveryRate', 'weights', 'confidence'];

/** The traits of each group of rows, after a check of the options. */
export function findTraits(caller: string, view: TableView, groupOf: Int32Array, groupCount: number, options: TraitOptions): Trait[][] {
  const { top = 10, bands = 5, falseDiscoveryRate = 0.05, confidence = 0.95, features = view.names } = options;
  requireWhole(caller, 'top', top, 1);
  requireWhole(caller, 'bands', bands, 2);
  if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs a falseDiscoveryRate between 0 and 1, found ${falseDiscoveryRate}; 0.05 is usual`, { falseDiscoveryRate });
  }
  const columns = features.flatMap((name) => traitColumn(name, readColumn(caller, view, name), bands) ?? []);
  return traitsOfGroups(columns, groupOf, groupCount, { top, falseDiscoveryRate, z: normalMultiplier(caller, confidence) });
}

/** Refuses scores or members that do not match the rows. */
export function requireOnePerRow(caller: string, what: string, expected: number, values: ArrayLike<unknown> | null | undefined): void {
  const found = values?.length;
  if (found === expected) return;
  throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one ${what} for each of the ${expected} rows, found ${found}`, { expected, found });
}

import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { requireTerms } from './groupTerms.js';
import type { GroupMethod, GroupTerms } from './responseGroupsState.js';

/** How far the growing of a tree has come. */
export interface ResponseGroupsProgress {
  /** Trees grown. */
  readonly done: number;
  /** Trees to grow: one on all rows of the growing part, and one a fold of the cross-validation. */
  readonly total: number;
  /** Less the mean impurity of the best pruned tree so far. */
  readonly objective: number;
}

/** How to find response groups. */
export interface ResponseGroupsOptions<Names extends string = string> {
  /** The column that says who responded: two classes. */
  readonly target: Names;
  /** Which value of the target is a response; any other is none. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns the groups may be made of, for both kinds of tree. @defaultValue every column but the target, `weights`, `time` and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** How groups are found: a tree of two-way splits by Gini's impurity, one of many-way splits by chi-square tests (CHAID), or every combination of some attributes. @defaultValue 'crossed attributes' where `attributes` are given, otherwise 'gini tree' */
  readonly method?: GroupMethod;
  /** For crossed attributes: the columns whose combinations are the groups. */
  readonly attributes?: readonly Names[];
  /** Into how many parts of about equal size a column of numbers is cut, by its quantiles. @defaultValue 4 for crossed attributes, 10 for CHAID (which merges them again); a Gini tree cuts anywhere */
  readonly bins?: number;
  /** A column of dates or numbers: groups are grown on the earliest rows, estimated on the next and tested on the latest. @defaultValue parts drawn by chance, with the same rate of response in each */
  readonly time?: Names;
  /** Shares of the rows that grow, estimate and test, by weight. Without the second the groups are estimated on the rows they were grown on, which flatters them. @defaultValue [0.5, 0.25, 0.25] */
  readonly shares?: readonly [number, number, number];
  /** Customers of a group at least, by weight, counted over all three parts: the growing part must hold its share of them. @defaultValue 100, or 1 % of the rows if that is more */
  readonly minGroupSize?: number;
  /** Groups at most, for both kinds of tree. @defaultValue 12 */
  readonly maxGroups?: number;
  /** Questions from the root to a group at most, for both kinds of tree. @defaultValue 5 */
  readonly maxDepth?: number;
  /** For a Gini tree: what a split must take off the impurity of the whole. @defaultValue the one with the least error in 5 folds of the growing part (in one of them from 100,000 rows on) */
  readonly complexity?: number;
  /** For CHAID: levels whose rates differ with a p above this are merged. @defaultValue 0.05 */
  readonly alphaMerge?: number;
  /** For CHAID: the adjusted p of a split at most. @defaultValue 0.05 */
  readonly alphaSplit?: number;
  /** How many customers at the overall rate are added to each group before its rate is estimated: pulls small groups towards the whole. Above 0. @defaultValue 1 */
  readonly prior?: number;
  /** What one contact costs; kept for `include`. */
  readonly contactCost?: number;
  /** What one response brings before that cost; kept for `include`. */
  readonly benefit?: number;
  /** Confidence of all intervals; less it from 1 and it is the level at which groups are claimed at all. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance (parts, folds), made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** For a Gini tree: called after each tree; returning false stops with the folds judged so far. */
  readonly onProgress?: (progress: ResponseGroupsProgress) => boolean | undefined | void;
}

const KNOWN = [
  'target', 'positive', 'features', 'weights', 'method', 'attributes', 'bins', 'time', 'shares', 'minGroupSize', 'maxGroups', 'maxDepth', 'complexity',
  'alphaMerge', 'alphaSplit', 'prior', 'contactCost', 'benefit', 'confidence', 'seed', 'onProgress',
];
const METHODS: readonly GroupMethod[] = ['gini tree', 'chaid', 'crossed attributes'];

/** Options with defaults put in, checked. */
export interface GroupSettings {
  readonly method: GroupMethod;
  readonly bins: number;
  /** Adding up to 1. */
  readonly shares: readonly [number, number, number];
  /** Null where it depends on the rows. */
  readonly minGroupSize: number | null;
  readonly maxGroups: number;
  readonly maxDepth: number;
  /** Null where it is to be chosen. */
  readonly complexity: number | null;
  readonly alphaMerge: number;
  readonly alphaSplit: number;
  readonly prior: number;
  readonly terms: GroupTerms | null;
  readonly confidence: number;
  /** The multiplier of a standard error for that confidence. */
  readonly z: number;
  readonly seed: number;
}

/** Refuses unknown options, figures out of range, and options that the method does not heed. */
export function requireGroupSettings(caller: string, options: ResponseGroupsOptions): GroupSettings {
  requireKnownOptions(caller, options, KNOWN);
  const { attributes, maxGroups = 12, maxDepth = 5, complexity = null, alphaMerge = 0.05, alphaSplit = 0.05, prior = 1, confidence = 0.95, seed = 1 } = options;
  const method = requireChoice(caller, 'method', options.method ?? (attributes === undefined ? 'gini tree' : 'crossed attributes'), METHODS);
  const isCrossed = method === 'crossed attributes';
  for (const [option, isHeeded, remedy] of [
    ['attributes', isCrossed, 'leave it out, or ask for method "crossed attributes"'],
    ['features', !isCrossed, 'name the columns to cross in attributes'],
    ['bins', method !== 'gini tree', 'leave it out: a Gini tree cuts numbers where it gains most'],
    ['complexity', method === 'gini tree', 'leave it out'],
  ] as const) {
    if (options[option] === undefined || isHeeded) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} takes no ${option} with method "${method}"; ${remedy}`, { option, method });
  }
  return {
    method,
    bins: requireWhole(caller, 'bins', options.bins ?? (isCrossed ? 4 : 10), 2),
    shares: requireShares(caller, options.shares ?? [0.5, 0.25, 0.25]),
    minGroupSize: options.minGroupSize === undefined ? null : requireRange(caller, 'minGroupSize', options.minGroupSize, 1, Infinity),
    maxGroups: requireWhole(caller, 'maxGroups', maxGroups, 1),
    maxDepth: requireWhole(caller, 'maxDepth', maxDepth, 1),
    complexity: complexity === null ? null : requireRange(caller, 'complexity', complexity, 0, Infinity),
    alphaMerge: requireRange(caller, 'alphaMerge', alphaMerge, 0, 1),
    alphaSplit: requireRange(caller, 'alphaSplit', alphaSplit, 0, 1),
    prior: requireRange(caller, 'prior', prior, Number.MIN_VALUE, Infinity),
    terms: options.contactCost === undefined && options.benefit === undefined ? null : requireTerms(caller, options.contactCost, options.benefit),
    confidence,
    z: normalMultiplier(caller, confidence),
    seed,
  };
}

function requireRange(caller: string, option: string, value: number, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most && value < Infinity) return value;
  const range = most < Infinity ? `from ${least} to ${most}` : least === Number.MIN_VALUE ? 'above 0' : `of ${least} or more`;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a number ${range}, found ${describeValue(value)}`, { option, value });
}

function requireShares(caller: string, shares: readonly number[]): readonly [number, number, number] {
  const isThree = shares instanceof Array && shares.length === 3 && shares.every((share) => typeof share === 'number' && share >= 0 && share < Infinity);
  if (!isThree || !(shares[0]! > 0)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs shares as three numbers of 0 or more for growing, estimating and testing, the first above 0, found ${describeValue(shares)}`, { option: 'shares', value: shares });
  }
  const total = shares[0]! + shares[1]! + shares[2]!;
  return [shares[0]! / total, shares[1]! / total, shares[2]! / total];
}

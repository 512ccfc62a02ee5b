import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { FitProgress } from '../logisticOptions.js';

/** How to fit an additive logistic regression. Class weights are none of the options: what errors cost belongs in the decision, not in the fit. */
export interface AdditiveLogisticOptions<Names extends string = string> {
  /** The column to predict: two different values. */
  readonly target: Names;
  /** Which value of the target counts as 1; any other counts as 0. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns to predict from. @defaultValue every column but the target, those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** Pairs of features that act together: `'auto'`: those for which the data speak beyond chance, tested among the 40 strongest features; `'none'`; or the pairs. @defaultValue 'auto' */
  readonly crosses?: 'auto' | 'none' | readonly (readonly [Names, Names])[];
  /** How many pairs `'auto'` takes at most. @defaultValue 10 */
  readonly maxCrosses?: number;
  /** Knots of a number at most, at values that part the rows about equally; 2 is a straight line. @defaultValue 20, of more than 60 numbers 1200 shared out, but at least 4 */
  readonly knots?: number;
  /** Columns of numbers with which the prediction may only rise, or only fall. They are in no pair that `'auto'` takes. */
  readonly monotone?: { readonly [Name in Names]?: 'increasing' | 'decreasing' };
  /** Levels with fewer rows (by weight) are pooled as `(other)`. @defaultValue 0: none */
  readonly minLevelCount?: number;
  /** Steps at most in each of the stages: features by themselves, with pairs, held monotone. A step is a walk over the rows. @defaultValue 100 */
  readonly maxIterations?: number;
  /** Called after each step; returning false stops at what is reached. The objective may fall when penalties move. */
  readonly onProgress?: (progress: FitProgress) => boolean | undefined | void;
}

const OPTIONS = ['target', 'positive', 'features', 'weights', 'crosses', 'maxCrosses', 'knots', 'monotone', 'minLevelCount', 'maxIterations', 'onProgress'];

/** Refuses what no fit could be meant by. */
export function requireAdditiveOptions(caller: string, options: AdditiveLogisticOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const { target, features, crosses = 'auto', maxCrosses = 10, knots = 20, monotone = {}, maxIterations = 100 } = options;
  requireWhole(caller, 'maxCrosses', maxCrosses, 0);
  requireWhole(caller, 'knots', knots, 2);
  requireWhole(caller, 'maxIterations', maxIterations, 1);
  if (typeof crosses === 'string') requireChoice(caller, 'crosses', crosses, ['auto', 'none']);
  else requirePairs(caller, crosses);
  for (const direction of Object.values(monotone)) requireChoice(caller, 'monotone', direction, ['increasing', 'decreasing']);
  if (Array.isArray(features) && features.includes(target)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} cannot use "${target}" as a feature: it is the target; leave it out of features`, { column: target });
  }
}

function requirePairs(caller: string, crosses: unknown): void {
  const seen = new Set<string>();
  const isNewPair = (pair: unknown): boolean => {
    if (!Array.isArray(pair) || pair.length !== 2 || pair[0] === pair[1] || pair.some((name) => typeof name !== 'string')) return false;
    const before = seen.size;
    return seen.add(JSON.stringify([...(pair as string[])].sort())).size > before;
  };
  const wrong = Array.isArray(crosses) ? (crosses.find((pair) => !isNewPair(pair)) as unknown) : crosses;
  if (wrong === undefined) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs crosses as 'auto', 'none' or pairs of two different features, each pair once, found ${describeValue(wrong)}`, { option: 'crosses', value: wrong });
}

/** For each column held monotone 1 or -1. */
export function monotoneColumns(caller: string, { monotone = {} }: AdditiveLogisticOptions, numbers: readonly string[]): ReadonlyMap<string, number> {
  const column = Object.keys(monotone).find((name) => !numbers.includes(name));
  if (column === undefined) return new Map(Object.entries(monotone).map(([name, direction]) => [name, direction === 'increasing' ? 1 : -1]));
  throw new ClientelaError('INVALID_OPTION', `${caller} cannot hold "${column}" monotone: it is no feature of numbers`, { option: 'monotone', column });
}

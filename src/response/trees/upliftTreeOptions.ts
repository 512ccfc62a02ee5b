import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { TrialOptions } from '../trial/trialOptions.js';

/**
 * What a split is valued by; u is the uplift of a treatment, p and q are the rates of outcome 1 with treatment and under control. `squared difference`: by how much
 * the mean of u² over the rows rises. `effect variance`: the variance of u between the two sides, as causal forests have it (Athey, Tibshirani, Wager, 2019).
 * `KL` and `chi`: by how much the mean divergence of p from q rises (Rzepakowski and Jaroszewicz, 2012); for outcomes of two classes.
 */
export type UpliftCriterion = 'squared difference' | 'effect variance' | 'KL' | 'chi';

/** How to grow trees of uplift. */
export interface UpliftGrowthOptions<Names extends string = string> extends Omit<TrialOptions<Names>, 'propensity'> {
  /** The columns to predict from. @defaultValue every column but the target, the treatment, `weights` and those of kind `id` */
  readonly features?: readonly Names[];
  /** What a split is valued by; several treatments are added up, each against control. @defaultValue 'squared difference' */
  readonly criterion?: UpliftCriterion;
  /** Whether a split's value is divided by what it owes to dividing many rows, or the arms unequally (Rzepakowski and Jaroszewicz, 2012). @defaultValue false */
  readonly normalise?: boolean;
  /** Whether uplifts come from other rows than the splits: half of each arm, drawn by chance, for either. Without, they are too good to be true. @defaultValue true */
  readonly honest?: boolean;
  /** Questions from the root to a leaf at most. */
  readonly maxDepth?: number;
  /** Leaves at most, the splits that gain most made first. @defaultValue no limit */
  readonly maxLeaves?: number;
  /** Rows of each arm a leaf has at least, by weight; in either half where `honest`. */
  readonly minArmSize?: number;
  /** Bins a column of numbers is cut into at most, from 2 to 255. @defaultValue 64 */
  readonly maxBins?: number;
  /** Chance (which rows, which features), made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** The options all trees have in common. */
const GROWTH_OPTIONS = [
  'target', 'positive', 'treatment', 'control', 'treatments', 'weights', 'features', 'criterion', 'normalise', 'honest', 'maxDepth', 'maxLeaves', 'minArmSize', 'maxBins', 'seed',
];

/** What a tree is grown by, checked. */
export interface UpliftRules {
  readonly criterion: UpliftCriterion;
  readonly normalise: boolean;
  readonly honest: boolean;
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Not a number where it hangs on the size of the data. */
  readonly minArmSize: number;
  readonly maxBins: number;
  readonly seed: number;
  /** The corrected p value a split must reach; 1 tests nothing. */
  readonly significance: number;
  readonly featureShare: number;
}

/** Refuses unknown options and figures out of range. */
export function requireGrowth(caller: string, options: UpliftGrowthOptions, others: readonly string[], usualDepth: number): Omit<UpliftRules, 'significance' | 'featureShare'> {
  requireKnownOptions(caller, options, [...GROWTH_OPTIONS, ...others]);
  const { criterion = 'squared difference', normalise = false, honest = true, maxDepth = usualDepth, maxLeaves = Infinity, minArmSize = NaN, maxBins = 64, seed = 1 } = options;
  requireChoice(caller, 'criterion', criterion, ['squared difference', 'effect variance', 'KL', 'chi']);
  requireFlag(caller, 'normalise', normalise);
  requireFlag(caller, 'honest', honest);
  const whole = (x: number): boolean => Number.isSafeInteger(x);
  requireFigure(caller, 'maxDepth', maxDepth, maxDepth === Infinity || (whole(maxDepth) && maxDepth >= 0), 'as a whole number of at least 0');
  requireFigure(caller, 'maxLeaves', maxLeaves, maxLeaves === Infinity || (whole(maxLeaves) && maxLeaves >= 1), 'as a whole number of at least 1');
  requireFigure(caller, 'minArmSize', minArmSize, options.minArmSize === undefined || (minArmSize >= 2 && minArmSize < Infinity), 'of at least 2');
  requireFigure(caller, 'maxBins', maxBins, whole(maxBins) && maxBins >= 2 && maxBins <= 255, 'as a whole number from 2 to 255');
  requireFigure(caller, 'seed', seed, whole(seed), 'as a whole number');
  return { criterion, normalise, honest, maxDepth, maxLeaves, minArmSize, maxBins, seed };
}

function requireFlag(caller: string, option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} true or false, found ${describeValue(value)}`, { option, value });
}

/** Refuses a figure that is none, or out of range. */
export function requireFigure(caller: string, option: string, value: unknown, meets: boolean, needs: string): void {
  if (typeof value === 'number' && meets) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
}

import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { BinTrend, WoeSign } from './binningState.js';
import { requireSmoothing, requireWoeSign } from './weightOfEvidence.js';

/** A trend, or the best of rising, falling, peak and valley. */
export type TrendChoice = BinTrend | 'auto';

/** Cuts of a number, or groups of the levels of a category. */
export type GivenBins = readonly number[] | readonly (readonly string[])[];

/** How to bin. */
export interface BinningOptions<Names extends string = string> {
  /** The column to predict, of two classes. */
  readonly target: Names;
  /** Which value of the target is the event; any other is none. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns to bin. @defaultValue every column but those other options name and those of kind `id` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /**
   * The shape that the event rate of a number keeps to over its bins, for all or by feature; `peak` and `valley` may lie at an end. `auto` takes
   * the one with the largest criterion, that of `peak` and `valley` counted at 90 %. Levels of a category stand in the order of their rates
   * anyway. @defaultValue 'auto'
   */
  readonly trend?: TrendChoice | { readonly [Name in Names]?: TrendChoice };
  /** Bins at least, as far as the data allow. @defaultValue 1 */
  readonly minBins?: number;
  /** Bins at most, special and missing ones not counted. @defaultValue as many as pay */
  readonly maxBins?: number;
  /** Share of all rows in a bin at least. @defaultValue 0.05 */
  readonly minBinShare?: number;
  /** Share of all rows in a bin at most. @defaultValue 1 */
  readonly maxBinShare?: number;
  /** By how much the event rates of neighbouring bins differ at least. @defaultValue 0 */
  readonly minRateDifference?: number;
  /** The p-value that neighbouring bins may have at most in the two-sided z-test of two proportions. @defaultValue no test */
  readonly maxPValue?: number;
  /** How a number is cut before the best bins are composed: by a classification tree, or into parts of equal weight. @defaultValue 'tree' */
  readonly preBins?: 'tree' | 'quantiles';
  /** Parts of a number before the best bins are composed, at most. @defaultValue 20 */
  readonly maxPreBins?: number;
  /** Bins by feature that are taken as they are: cuts of a number, `[26, 35]`, or groups of levels, `[['car', 'van'], ['house']]`. */
  readonly splits?: { readonly [Name in Names]?: GivenBins };
  /** The only places by feature where the best bins may cut, or the groups of levels that they may join but not part. */
  readonly allowedSplits?: { readonly [Name in Names]?: GivenBins };
  /** Values by feature that mean something else (-9999): each is a bin of its own, as is a list of them. */
  readonly special?: { readonly [Name in Names]?: readonly (number | string | readonly number[] | readonly string[])[] };
  /**
   * The weight of evidence of missing values: their `own` (0 where training had none), that of the bin whose event rate is nearest to theirs, or
   * a number. @defaultValue 'own'
   */
  readonly missing?: 'own' | 'nearestRate' | number;
  /** Levels of a smaller share of all rows are taken together before the best groups are composed. @defaultValue 0.01 */
  readonly rareLevels?: number;
  /** What is added to both counts of a bin without events or without non-events (only there): above 0. @defaultValue 0.5 */
  readonly smoothing?: number;
  /** Which way round the weight of evidence is written. @defaultValue 'eventOverNonEvent': more evidence, higher probability */
  readonly woeSign?: WoeSign;
  /** What the bins make as large as possible: information value or Jensen-Shannon divergence. @defaultValue 'iv' */
  readonly criterion?: 'iv' | 'js';
  /**
   * Periods (a column of few values such as months, or one value a row): event rates of neighbouring bins are never ordered the other way
   * round in any of them.
   */
  readonly periods?: Names | ArrayLike<string | number>;
}

const KNOWN = [
  'target', 'positive', 'features', 'weights', 'trend', 'minBins', 'maxBins', 'minBinShare', 'maxBinShare', 'minRateDifference', 'maxPValue', 'preBins',
  'maxPreBins', 'splits', 'allowedSplits', 'special', 'missing', 'rareLevels', 'smoothing', 'woeSign', 'criterion', 'periods',
];

/** Options with defaults put in, checked; shares as they are. */
export interface BinningSettings {
  readonly trend: NonNullable<BinningOptions['trend']>;
  readonly minBins: number;
  readonly maxBins: number;
  readonly minBinShare: number;
  readonly maxBinShare: number;
  readonly minRateDifference: number;
  readonly maxPValue: number;
  readonly preBins: 'tree' | 'quantiles';
  readonly maxPreBins: number;
  readonly missing: 'own' | 'nearestRate' | number;
  readonly rareLevels: number;
  readonly smoothing: number;
  readonly woeSign: WoeSign;
  readonly criterion: 'iv' | 'js';
}

/** Refuses unknown options and figures out of range. */
export function requireBinningSettings(caller: string, options: BinningOptions): BinningSettings {
  requireKnownOptions(caller, options, KNOWN);
  const { trend = 'auto', minBins = 1, maxBins = Infinity, minBinShare = 0.05, maxBinShare = 1, minRateDifference = 0, maxPValue = 1, missing = 'own' } = options;
  const { preBins = 'tree', maxPreBins = 20, rareLevels = 0.01, smoothing = 0.5, woeSign = 'eventOverNonEvent', criterion = 'iv' } = options;
  if (typeof trend === 'string') requireTrend(caller, trend);
  requireWhole(caller, 'minBins', minBins, 1);
  if (maxBins !== Infinity) requireWhole(caller, 'maxBins', maxBins, minBins);
  return {
    trend,
    minBins,
    maxBins,
    minBinShare: requireShare(caller, 'minBinShare', minBinShare),
    maxBinShare: requireShare(caller, 'maxBinShare', maxBinShare),
    minRateDifference: requireShare(caller, 'minRateDifference', minRateDifference),
    maxPValue: requireShare(caller, 'maxPValue', maxPValue),
    preBins: requireChoice(caller, 'preBins', preBins, ['tree', 'quantiles']),
    maxPreBins: requireWhole(caller, 'maxPreBins', maxPreBins, 2),
    missing: typeof missing === 'number' ? requireFinite(caller, 'missing', missing) : requireChoice(caller, 'missing', missing, ['own', 'nearestRate']),
    rareLevels: requireShare(caller, 'rareLevels', rareLevels),
    smoothing: requireSmoothing(caller, smoothing),
    woeSign: requireWoeSign(caller, woeSign),
    criterion: requireChoice(caller, 'criterion', criterion, ['iv', 'js']),
  };
}

/** One of the trends, or the error. */
export function requireTrend(caller: string, value: unknown): TrendChoice {
  return requireChoice(caller, 'trend', value, ['auto', 'ascending', 'descending', 'peak', 'valley', 'none']);
}

function requireShare(caller: string, option: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} between 0 and 1, found ${describeValue(value)}`, { option, value });
}

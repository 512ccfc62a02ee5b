import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { Binning } from '../binning/binning.js';
import type { BinningOptions } from '../binning/binningOptions.js';
import type { PointsOptions } from './pointsScale.js';

/** How to bin for a scorecard: the options of `fitBinning` that are not options of the card itself. */
export type ScorecardBinningOptions<Names extends string = string> = Omit<BinningOptions<Names>, 'target' | 'positive' | 'features' | 'weights'>;

/** How to fit a scorecard. */
export interface ScorecardOptions<Names extends string = string> {
  /** The column to predict: two different values. */
  readonly target: Names;
  /** Which value of the target counts as 1. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The columns to choose from. @defaultValue every column but the target and the weights; those of a given `binning` */
  readonly features?: readonly Names[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** A fitted `Binning`, or how to fit one: `{ trend, splits, special, maxBins, … }` as `fitBinning` takes them. @defaultValue what `fitBinning` does by itself */
  readonly binning?: Binning | ScorecardBinningOptions<Names>;
  /** The scale of the score. @defaultValue 600 points at odds of 1 to 19, 50 points more double them */
  readonly points?: PointsOptions;
  /** Whether the base points are spread over the features in equal shares, so that a card has no line of its own for them. @defaultValue false */
  readonly spreadBase?: boolean;
  /**
   * Digits of the points in `table()` and `toText()`, 0 for whole points; the card then tells what adding rounded points does to the order of
   * customers. Scores are never rounded. @defaultValue not rounded
   */
  readonly rounding?: number;
  /**
   * Features below this information value are left out. Chance alone gives about (bins - 1) (1 / events + 1 / others), and more where cuts are
   * chosen: with a few hundred events ask for more than the default, or choose stepwise. @defaultValue 0.02
   */
  readonly minInformationValue?: number;
  /** Of two features whose evidences are more correlated than this, in absolute terms, the one that tells less is left out. @defaultValue 0.9 */
  readonly maxCorrelation?: number;
  /**
   * `'information value'`: every feature that tells enough, less the correlated ones and those whose coefficient turns their evidence upside
   * down, which go one by one from the lowest information value. `'stepwise'`: of these the ones that pay by Schwarz's criterion.
   * `'all'`: every feature with any evidence. @defaultValue 'information value'
   */
  readonly selection?: 'information value' | 'stepwise' | 'all';
  /** Penalty ridge / 2 times the sum of squared coefficients of the standardised evidences, against the summed log loss. @defaultValue 0: none */
  readonly ridge?: number;
  /** Of the intervals of the coefficients. @defaultValue 0.95 */
  readonly confidence?: number;
}

const OPTIONS = [
  'target', 'positive', 'features', 'weights', 'binning', 'points', 'spreadBase', 'rounding', 'minInformationValue', 'maxCorrelation', 'selection', 'ridge',
  'confidence',
];

/** Refuses what no card could be meant by. */
export function requireScorecardOptions(caller: string, options: ScorecardOptions): void {
  requireKnownOptions(caller, options, OPTIONS);
  const { rounding, minInformationValue = 0.02, maxCorrelation = 0.9, selection = 'information value', ridge = 0, confidence = 0.95 } = options;
  const within = (option: string, value: unknown, fits: boolean, needs: string): void => {
    if (typeof value === 'number' && fits) return;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  };
  if (rounding !== undefined) within('rounding', requireWhole(caller, 'rounding', rounding, 0), rounding <= 10, 'of at most 10 digits');
  within('minInformationValue', minInformationValue, minInformationValue >= 0, 'of 0 or more');
  within('maxCorrelation', maxCorrelation, maxCorrelation > 0 && maxCorrelation <= 1, 'above 0 and at most 1');
  within('ridge', ridge, ridge >= 0 && ridge < Infinity, 'of 0 or more');
  within('confidence', confidence, confidence > 0 && confidence < 1, 'between 0 and 1');
  requireChoice(caller, 'selection', selection, ['information value', 'stepwise', 'all']);
}

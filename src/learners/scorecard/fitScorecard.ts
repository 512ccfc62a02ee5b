import { readBinaryTarget } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { everyRow, parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import type { Binning } from '../binning/binning.js';
import type { BinnedFeature, BinningState } from '../binning/binningState.js';
import { fitBinning } from '../binning/fitBinning.js';
import { binWoes } from '../binning/binIndex.js';
import { evidenceColumns, slopesOf, speakingAs, type CardProblem } from './cardProblem.js';
import { chooseFeatures, type ChosenFeatures } from './chooseFeatures.js';
import { requireScale, scaleInWords, type PointsScale } from './pointsScale.js';
import { roundingEffect } from './roundingEffect.js';
import { Scorecard } from './scorecard.js';
import { requireScorecardOptions, type ScorecardBinningOptions, type ScorecardOptions } from './scorecardOptions.js';
import type { RoundingEffect, ScorecardSummary } from './scorecardState.js';

const CALLER = 'fitScorecard';

/**
 * A card of points learnt from raw rows: every feature in bins, the evidence of the bins weighed by a logistic regression, and the result on
 * a scale of points.
 *
 * The classical way to an additive score that people can read, check and sign (Siddiqi, 2006): a bin gives factor * coefficient * weight of
 * evidence points, where factor = points to double the odds / ln 2. Missing values, special values and levels never seen have places of their
 * own, so the card scores any row. O(rows * features log bins) for the bins, O(rows * features^2) for the weights.
 *
 * The coefficients have the sign their evidence demands: what would need the opposite sign beside the other features is left out, and named
 * in `leftOut` with the reason. When nothing tells enough the card has base points only.
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the fitted card
 * @throws a {@link ClientelaError} `PERFECT_SEPARATION`, `TARGET_CLASSES`, `MISSING_VALUE` (a row without target), `EMPTY_INPUT`, `UNKNOWN_COLUMN`,
 * `COLUMN_KIND`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of 100 customers with a card 40 answered, of 100 without 20.
 * const customers = Array.from({ length: 200 }, (_, i) => ({ card: i < 100 ? 'yes' : 'no', answered: i % 100 < (i < 100 ? 40 : 20) ? 1 : 0 }));
 * const card = fitScorecard(customers, { target: 'answered', points: { base: 600, odds: 1, pointsToDoubleOdds: 20 } });
 * card.meaning; // => '600 points mean odds of 1 to 1 for answered = 1 (a probability of 50 %); every 20 points more double these odds'
 * card.predictProbabilityRow({ card: 'yes' }); // => 0.4
 * card.predictScoreRow({ card: 'yes' }); // => 600 + (20 / Math.log(2)) * Math.log(0.4 / 0.6)
 * card.reasons({ card: 'no' })[0]?.direction; // => 'lowers'
 * ```
 */
export function fitScorecard<Data extends TableOf<Data>>(data: Data, options: ScorecardOptions<ColumnNameOf<Data>>): Scorecard {
  requireScorecardOptions(CALLER, options);
  const scale = requireScale(CALLER, options.points ?? {});
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const binning = binningFor(view, options);
  const problem: CardProblem = {
    caller: CALLER,
    columns: evidenceColumns(CALLER, wantedFeatures(binning, options.features), view, weights),
    y: readOutcomes(view, options, binning, weights),
    weights,
    ridge: options.ridge ?? 0,
    confidence: options.confidence ?? 0.95,
    sign: binning.woeSign === 'eventOverNonEvent' ? 1 : -1,
  };
  const { selection = 'information value', minInformationValue = 0.02, maxCorrelation = 0.9, spreadBase = false } = options;
  const chosen = chooseFeatures(problem, { selection, minInformationValue, maxCorrelation });
  const slopes = slopesOf(chosen.model, chosen.columns);
  const card = basePointsOf(chosen, scale, spreadBase);
  const rounding = options.rounding === undefined ? null : effectOf(problem, chosen, card, options.rounding);
  return new Scorecard({
    format: 'Scorecard',
    formatVersion: 1,
    intercept: chosen.model.coefficients[0]!.estimate,
    features: chosen.columns.map(({ binning: own, mean }, j) => ({ binning: own, coefficient: slopes[j]!, mean: slopes[j]! * mean })),
    summary: { ...summaryOf(binning, chosen), ...card, meaning: scaleInWords(scale, `${binning.target} = ${String(binning.positive)}`), rounding },
  });
}

function binningFor(view: ParsedTable, { target, positive, features, weights, binning = {} }: ScorecardOptions): BinningState {
  if (isBinning(binning)) return binning.toJSON();
  const taken = ['target', 'positive', 'features', 'weights'].find((option) => option in binning);
  if (taken !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} takes ${taken} for itself, found it in binning; say it once, beside target`, { option: taken });
  const own = { target, ...(positive !== undefined && { positive }), ...(features && { features }), ...(weights !== undefined && { weights }) };
  return speakingAs(CALLER, 'fitBinning', {}, () => fitBinning(everyRow(view), { ...binning, ...own }).toJSON());
}

// By its shape: two copies of the library agree.
function isBinning(binning: Binning | ScorecardBinningOptions): binning is Binning {
  return 'toJSON' in binning;
}

function wantedFeatures({ features }: BinningState, wanted: readonly string[] | undefined): readonly BinnedFeature[] {
  return (
    wanted?.map((column) => {
      const found = features.find(({ feature }) => feature === column);
      if (found) return found;
      throw new ClientelaError('INVALID_OPTION', `${CALLER} needs features that its binning knows, found "${column}"; it knows ${features.map(({ feature }) => feature).join(', ')}`, { column });
    }) ?? features
  );
}

/** The target as 1 and 0; a row of weight 0 may be without. */
function readOutcomes(view: ParsedTable, { target, positive }: ScorecardOptions, binning: BinningState, weights: Float64Array | null): Float64Array {
  if (binning.target !== target || (positive !== undefined && String(positive) !== String(binning.positive))) {
    const found = `${binning.target} = ${describeValue(binning.positive)}`;
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs a binning for its own target ${target}${positive === undefined ? '' : ` = ${describeValue(positive)}`}, found one for ${found}`, { option: 'binning' });
  }
  const y = new Float64Array(readBinaryTarget(CALLER, view, target, binning.positive).labels);
  for (let row = 0; row < y.length; row++) {
    if (y[row]! >= 0) continue;
    if (weights?.[row] !== 0) {
      throw new ClientelaError('MISSING_VALUE', `${CALLER} needs a target in every row, found none in column "${target}", row ${row}; leave out rows that are not labelled`, { column: target, row });
    }
    y[row] = 0;
  }
  return y;
}

type Base = Pick<ScorecardSummary, 'scale' | 'basePoints' | 'neutralPoints'>;

function basePointsOf({ model, columns }: ChosenFeatures, scale: PointsScale, spreadBase: boolean): Base {
  const base = scale.offset + scale.factor * model.coefficients[0]!.estimate;
  return spreadBase && columns.length > 0 ? { scale, basePoints: 0, neutralPoints: base / columns.length } : { scale, basePoints: base, neutralPoints: 0 };
}

function effectOf({ y, weights }: CardProblem, { columns, model }: ChosenFeatures, { scale, basePoints, neutralPoints }: Base, digits: number): RoundingEffect {
  const slopes = slopesOf(model, columns);
  const features = columns.map(({ binning, places }, j) => ({ points: Array.from(binWoes(binning), (woe) => neutralPoints + scale.factor * (woe * slopes[j]!)), places }));
  return roundingEffect(basePoints, features, y.length, weights, digits);
}

function summaryOf({ target, positive }: BinningState, { columns, model, separated, leftOut, wrongSigned }: ChosenFeatures): Omit<ScorecardSummary, keyof Base | 'meaning' | 'rounding'> {
  const { inference, inferenceNote, logLikelihood, nullLogLikelihood, parameterCount, aic, bic, rowCount, events, convergence } = model;
  return {
    target,
    positive,
    features: columns.map(({ name }) => name),
    leftOut,
    wrongSigned,
    separated,
    coefficients: model.coefficients.map((line, j) => ({ ...line, name: j === 0 ? line.name : columns[j - 1]!.name })),
    inference,
    inferenceNote,
    logLikelihood,
    nullLogLikelihood,
    parameterCount,
    aic,
    bic,
    rowCount,
    events,
    convergence,
  };
}

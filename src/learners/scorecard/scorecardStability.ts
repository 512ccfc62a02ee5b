import { readTable, type TableInput } from '../../data/table.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { binIndexes } from '../binning/binIndex.js';
import type { Scorecard } from './scorecard.js';
import { scorecardTable } from './scorecardTable.js';

/** How one bin has moved. */
export interface BinStability {
  /** As on the card; `any other` for levels never seen in training. */
  readonly bin: string;
  /** Of the training rows, in [0, 1]. */
  readonly expectedShare: number;
  /** Of the new rows, in [0, 1]. */
  readonly actualShare: number;
  /** What the bin adds to the index. */
  readonly psi: number;
  /** What it adds to the mean score by being more or less filled. */
  readonly pointsShift: number;
}

/** How one feature has moved. */
export interface FeatureStability {
  /** The column of the data. */
  readonly feature: string;
  /** Population stability index over its bins: the sum of (actual - expected) ln(actual / expected). */
  readonly psi: number;
  /** What the index exceeds with probability 1 - confidence when nothing has moved, for these numbers of rows and bins. */
  readonly criticalValue: number;
  /** Probability of so high an index when nothing has moved. */
  readonly p: number;
  /** Whether the index is above the critical value. */
  readonly moved: boolean;
  /** Change of the mean score, in points, by this feature. */
  readonly pointsShift: number;
  /** In the order of the card. */
  readonly bins: readonly BinStability[];
}

/** How the customers a card scores have moved from those it was learnt from. */
export interface ScorecardStability {
  /** New rows. */
  readonly rowCount: number;
  /** Mean score of the new rows less that of the training rows, in points: the sum over the features. */
  readonly scoreShift: number;
  /** In the order of the card. */
  readonly features: readonly FeatureStability[];
}

/**
 * How far new customers have moved from those a scorecard was learnt from: the stability index of every feature, what chance alone would
 * make of it, and what the move means in points.
 *
 * When nothing has moved, PSI n m / (n + m) for n training and m new rows is distributed as chi-square with one degree of freedom less than
 * there are bins (Yurdakul, 2018); fixed limits such as 0.1 and 0.25 are too low for few rows and too high for many. With many features some
 * exceed their critical value by chance: 5 of 100 at the default confidence. Where a bin is filled on one side only, half a row is added to
 * every bin on both sides; bins empty on both sides do not count. O(cells log bins).
 *
 * @param scorecard - the card
 * @param data - raw rows, with every column of its `features`; the target is not needed
 * @param options - `confidence` of the critical values (0.95)
 * @returns an entry for every feature of the card
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { fitScorecard } from 'clientela/learners';
 * const rows = Array.from({ length: 1000 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', stayed: i % 10 < (i % 2 ? 8 : 4) ? 'yes' : 'no' }));
 * const card = fitScorecard(rows, { target: 'stayed' });
 * const today = Array.from({ length: 500 }, (_, i) => ({ plan: i % 4 ? 'gold' : 'basic' }));
 * const stability = scorecardStability(card, today);
 * stability.features[0]?.psi; // => 0.25 * Math.log(3)
 * stability.features[0]?.moved; // => true
 * stability.scoreShift > 0; // => true
 * ```
 */
export function scorecardStability(scorecard: Scorecard, data: TableInput, options: { readonly confidence?: number } = {}): ScorecardStability {
  const caller = 'scorecardStability';
  requireKnownOptions(caller, options, ['confidence']);
  const { confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs confidence between 0 and 1, found ${confidence}`, { option: 'confidence', value: confidence });
  const view = readTable(caller, data);
  const { rowCount } = view;
  if (rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`);
  const lines = scorecardTable(scorecard);
  const features = scorecard.toJSON().features.map(({ binning }): FeatureStability => {
    const own = lines.filter(({ feature }) => feature === binning.feature);
    const actual = new Float64Array(own.length);
    binIndexes(caller, binning, view.source(binning.feature)).forEach((place) => actual[place]!++);
    return { feature: binning.feature, ...compareBins(own, actual, rowCount, 1 - confidence) };
  });
  return { rowCount, scoreShift: features.reduce((sum, { pointsShift }) => sum + pointsShift, 0), features };
}

interface Line {
  readonly bin: string;
  readonly rows: number;
  readonly points: number;
}

function compareBins(lines: readonly Line[], actual: Float64Array, m: number, alpha: number): Omit<FeatureStability, 'feature'> {
  const n = lines.reduce((sum, { rows }) => sum + rows, 0);
  const filled = lines.filter(({ rows }, i) => rows > 0 || actual[i]! > 0).length;
  const half = lines.some(({ rows }, i) => rows > 0 !== actual[i]! > 0) ? 0.5 : 0;
  const bins = lines.map(({ bin, rows, points }, i) => {
    const expectedShare = rows / n;
    const actualShare = actual[i]! / m;
    const [e, a] = [(rows + half) / (n + half * filled), (actual[i]! + half) / (m + half * filled)];
    const psi = rows > 0 || actual[i]! > 0 ? (a - e) * Math.log(a / e) : 0;
    return { bin, expectedShare, actualShare, psi, pointsShift: (actualShare - expectedShare) * points };
  });
  const psi = bins.reduce((sum, bin) => sum + bin.psi, 0);
  const scale = (n * m) / (n + m);
  const degrees = filled - 1;
  const criticalValue = degrees > 0 ? chiSquareQuantile(alpha, degrees) / scale : 0;
  return {
    psi,
    criticalValue,
    p: degrees > 0 ? chiSquareSurvival(psi * scale, degrees) : 1,
    moved: psi > criticalValue,
    pointsShift: bins.reduce((sum, { pointsShift }) => sum + pointsShift, 0),
    bins,
  };
}

/** The value exceeded with probability alpha, by halving an interval. */
function chiSquareQuantile(alpha: number, degrees: number): number {
  let low = 0;
  let high = degrees;
  while (chiSquareSurvival(high, degrees) > alpha) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chiSquareSurvival(middle, degrees) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

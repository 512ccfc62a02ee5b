import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { requireFinite, requireKnownOptions } from '../../data/options.js';
import type { Dimension } from '../../data/readDimensions.js';
import type { ColumnValues, TableInput } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { crossDimensions, nestDimensions, type CellGroups } from './growthCells.js';
import { growthRow, type GrowthRow, type RowTerms } from './growthRows.js';
import { groupCovariance, growthSums, type GrowthTerms } from './growthSums.js';
import { readCustomerWeights, readPerCustomer, readPotentials, type PotentialColumns } from './potentialColumns.js';
import { dimensionOf, readBy } from './readBy.js';

/** Along which dimensions, how easily the headroom is won, and what it earns; all optional. */
export interface GrowthPotentialOptions {
  /** One value for each customer, or a table of several columns: its dimensions (segment, branch). A column alone is called `group`. @defaultValue none */
  readonly by?: ColumnValues | TableInput;
  /** Which columns of `by`. @defaultValue all that are not identifiers */
  readonly dimensions?: readonly string[];
  /** Whether the groups of all dimensions together are given too: segment × branch. @defaultValue false */
  readonly cross?: boolean;
  /** Dimensions from the widest to the narrowest, each value of one within a single value of the one before: `['region', 'branch']`. @defaultValue none */
  readonly hierarchy?: readonly string[];
  /** Probability of capturing the step, in [0, 1]: for all, or for each. @defaultValue 1 */
  readonly ease?: number | ArrayLike<number>;
  /** Share of the headroom that a capture brings, in [0, 1]. @defaultValue 0.2 */
  readonly step?: number;
  /** What a unit of spend earns: for all, or for each. @defaultValue 1: capture is in spend */
  readonly margin?: number | ArrayLike<number>;
  /** How many customers each row stands for, 0 or more. @defaultValue 1 */
  readonly weights?: ArrayLike<number>;
  /** Whether the covariances between the groups of each dimension are given. @defaultValue false */
  readonly covariance?: boolean;
  /** Of the intervals. @defaultValue 0.9 */
  readonly confidence?: number;
}

/** The customers of one cell of several dimensions, or of one place in the hierarchy. */
export interface GrowthCell extends GrowthRow {
  /** The values of the dimensions, in their order; null: missing. */
  readonly levels: readonly (string | null)[];
}

/** The growth of a company added up; see {@link growthPotential}. */
export interface GrowthPotential {
  /** Of the intervals. */
  readonly confidence: number;
  /** Share of the headroom that a capture brings. */
  readonly step: number;
  /** False where nobody said how sure the potential of single customers is. */
  readonly includesOwn: boolean;
  /** False where nobody said what is uncertain of all customers together: the intervals of great sums are then too narrow. */
  readonly includesShared: boolean;
  /** Everybody. */
  readonly total: GrowthRow;
  /** By name of the dimension; values ascending, missing last. */
  readonly by: Readonly<Record<string, readonly GrowthRow[]>>;
  /** The groups of all dimensions together, those with customers; empty without `cross`. */
  readonly cells: readonly GrowthCell[];
  /** The places of the hierarchy, each before those within it, `levels` being the way down to it; empty without `hierarchy`. */
  readonly hierarchy: readonly GrowthCell[];
  /** The covariances of the potentials, which are those of the headrooms, of the groups of each dimension: row-major, in the order of `by`. Null unless asked for. */
  readonly covariance: Readonly<Record<string, Float64Array>> | null;
}

const OPTIONS = ['by', 'dimensions', 'cross', 'hierarchy', 'ease', 'step', 'margin', 'weights', 'covariance', 'confidence'] as const;

/**
 * How large the company's market among its customers is, and what of it can be won: spend now, potential, headroom, share and expected capture, in total and along
 * any dimension, with intervals.
 *
 * What is uncertain has two parts. Each customer's own (its wallet differs from that of others like it) averages out in a sum: variances add up. What was
 * learnt once for all (the coefficients of the model) is the same error in every customer: loadings add up, and their squares are the variance. Of a portfolio
 * the second is nearly everything; an interval of the first alone misses the truth. Groups are correlated by it: `covariance` holds how, and
 * the sum of all its entries is the variance of the total. Figures agree over dimensions and depths to rounding; ends of intervals do not add up, and must not.
 *
 * Intervals are normal, which sums of few customers are not (theirs are long above), and cut where a potential would be less than the present spend.
 *
 * O(customers × (dimensions + 1) × shared unknowns), and groups² × unknowns for covariances.
 *
 * @param potentials - what a MarketPotential predicts, or columns of your own: `present` and `potential`, and what is known of their uncertainty
 * @param options - dimensions, ease, step, margin
 * @returns the total and its parts
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `EMPTY_INPUT`, `INVALID_OPTION`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND`
 * @example
 * ```ts
 * const customers = { present: [60, 20, 0], potential: [100, 80, 20], ownVariance: [9, 9, 7], sharedLoadings: [4, 4, 4] };
 * const growth = growthPotential(customers, { by: { branch: ['north', 'south', 'south'] }, ease: [0.5, 0.25, 0], step: 0.2 });
 * growth.total.headroom; // => { estimate: 120, lower: 120 - 1.6448536 * 13, upper: 120 + 1.6448536 * 13, ownVariance: 25, sharedVariance: 144 }
 * growth.by['branch']?.map(({ name, headroom }) => [name, headroom.estimate]); // => [['north', 40], ['south', 80]]
 * [growth.total.share?.estimate, growth.total.capture.estimate]; // => [0.4, 7]
 * ```
 */
export function growthPotential(potentials: PotentialColumns, options: GrowthPotentialOptions = {}): GrowthPotential {
  const caller = 'growthPotential';
  requireKnownOptions(caller, options, OPTIONS);
  const { by, dimensions: chosen, cross = false, hierarchy = [], step = 0.2, weights, covariance = false, confidence = 0.9 } = options;
  const values = readPotentials(caller, potentials);
  const { rowCount, sharedCount } = values;
  const terms: GrowthTerms = { values, weights: readCustomerWeights(caller, weights, rowCount), ...readCapture(caller, options, step, rowCount) };
  const rowTerms: RowTerms = { z: normalMultiplier(caller, confidence), sharedCount, losses: terms.gain.some((gain) => gain < 0) };
  const dimensions = by === undefined ? [] : readBy(caller, by, chosen, rowCount);
  const nested = readHierarchy(caller, hierarchy, dimensions);
  const summed = dimensions.map(({ groups, codes }) => growthSums(terms, codes, groups.length));
  const cellsOf = (of: readonly Dimension[], { places, codes }: CellGroups): (readonly [readonly number[], GrowthCell])[] => {
    const sums = growthSums(terms, codes, places.length);
    return places.map((place, cell) => {
      const levels = place.map((group, at) => of[at]!.groups[group]!);
      return [place, { ...growthRow(sums, cell, levels.at(-1)!, rowTerms), levels }];
    });
  };
  return {
    confidence,
    step,
    includesOwn: values.own !== null,
    includesShared: sharedCount > 0,
    total: growthRow(growthSums(terms, new Int32Array(rowCount), 1), 0, 'total', rowTerms),
    by: Object.fromEntries(dimensions.map(({ name, groups }, at) => [name, groups.map((group, place) => growthRow(summed[at]!, place, group, rowTerms))])),
    cells: cross && dimensions.length > 0 ? cellsOf(dimensions, crossDimensions(dimensions, rowCount)).map(([, cell]) => cell) : [],
    hierarchy: nestDimensions(caller, nested, rowCount)
      .flatMap((cells) => cellsOf(nested, cells))
      .sort(([a], [b]) => comparePlaces(a, b))
      .map(([, cell]) => cell),
    covariance: covariance ? Object.fromEntries(dimensions.map(({ name }, at) => [name, groupCovariance(summed[at]!.own, summed[at]!.shared, sharedCount)])) : null,
  };
}

function readCapture(caller: string, { ease = 1, margin = 1 }: GrowthPotentialOptions, step: number, rowCount: number): Pick<GrowthTerms, 'ease' | 'gain'> {
  if (!(step >= 0 && step <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs step as a share of the headroom between 0 and 1, found ${describeValue(step)}; 0.2 is usual`, { option: 'step', value: step });
  }
  const margins = typeof margin === 'number' ? requireFinite(caller, 'margin', margin) : margin;
  return {
    ease: readPerCustomer(caller, 'ease', ease, rowCount, 0, 1),
    gain: readPerCustomer(caller, 'margin', margins, rowCount, -Infinity).map((value) => value * step),
  };
}

function readHierarchy(caller: string, names: readonly string[], dimensions: readonly Dimension[]): readonly Dimension[] {
  if (!(names instanceof Array) || new Set(names).size < names.length) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs hierarchy as different names of dimensions, the widest first, found ${describeValue(names)}`, { option: 'hierarchy' });
  }
  return names.map((name) => dimensionOf(caller, 'hierarchy', name, dimensions));
}

// A place stands before those within it.
function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) if (a[depth] !== b[depth]) return a[depth]! - b[depth]!;
  return a.length - b.length;
}

import { ClientelaError } from '../../errors.js';
import { requireChoice, requireFinite, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnValues, TableInput } from '../../data/table.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import { completePotentials } from './completePotentials.js';
import { readCustomerWeights, readPotentials, type PotentialColumns } from './potentialColumns.js';
import { levelsAfter, levelsBefore, type RakedLevel } from './rakedLevels.js';
import { rakeFactors, type RakePlan } from './rakeFactors.js';
import { rakeLoadings } from './rakeLoadings.js';
import { readBy } from './readBy.js';
import { readMargins, type MarketSizes } from './readMargins.js';
import { scaleColumns } from './scaleColumns.js';

/** What is known of the market. */
export interface RakePotentialOptions {
  /** One value for each customer, called `group`, or a table of columns: the dimensions of `totals`. @defaultValue none */
  readonly by?: ColumnValues | TableInput;
  /** What the potential of all customers together is known to be. @defaultValue not known */
  readonly total?: number;
  /** What the potential of the customers of a level is known to be: `{ region: { north: 2e6, south: 3e6 } }`. Levels left out stay free. @defaultValue none */
  readonly totals?: MarketSizes;
  /**
   * What grows where the market is larger than estimated: the whole wallet of each, or the headroom only. Where it is smaller, headroom shrinks in
   * either case, and nobody falls below the present spend.
   *
   * @defaultValue `'wallet'`
   */
  readonly adjust?: 'wallet' | 'headroom';
  /** How many customers of the market each row stands for, 0 or more. @defaultValue 1 */
  readonly weights?: ArrayLike<number>;
  /** Rounds over all dimensions. @defaultValue 500 */
  readonly maxIterations?: number;
  /** By what share of itself a sum may miss its market size. @defaultValue 1e-9 */
  readonly tolerance?: number;
}

/** Potentials that add up to a known market; see {@link rakePotential}. */
export interface RakedPotential {
  /** New columns; those given are left as they were. */
  readonly potentials: CustomerPotentials;
  /** For each customer the product of the factors of its levels. */
  readonly factors: Float64Array;
  /** The levels whose size is known, in the order of `totals`, then the total. */
  readonly levels: readonly RakedLevel[];
  /** Whether all sizes are met; `gradientNorm` is the greatest share by which a sum misses its size. */
  readonly convergence: Convergence;
}

const OPTIONS = ['by', 'total', 'totals', 'adjust', 'weights', 'maxIterations', 'tolerance'] as const;

/**
 * Potentials scaled so that they add up to what is known of the market, in total or by the levels of one or several dimensions.
 *
 * Every level gets a factor, every customer the product F of those of its levels, which are found by raking (iterative proportional fitting; Deming and Stephan,
 * 1940). Where F is 1 or more the wallet is multiplied by it; where it is less the headroom is, as what is spent here is certain. Who the market sizes are
 * about must be whom the rows are about: where the rows are part of a market, `weights` say how many customers each stands for.
 *
 * Intervals and variances follow: deviations are multiplied by F. What shared unknowns do to a known sum is taken out of the loadings, which are then the
 * derivatives of the raked potentials: the error that all customers share in the raked sums is gone, that between the customers of one level stays. The own parts
 * stay as well, and with them an interval around a known sum, narrow as it is. Shares follow the wallets: `share` approximately, its ends exactly.
 *
 * Where several dimensions cannot all be met (no customer in a cell that must not be empty), `convergence` says so. O(customers × dimensions × rounds).
 *
 * @param potentials - what a MarketPotential predicts, or columns of your own
 * @param options - market sizes, and the dimensions they are about
 * @returns new potentials, the factors, and how well sizes are met
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `EMPTY_INPUT`, `INVALID_OPTION`, `INVALID_VALUE` (a market smaller than the present spend, a level without customers),
 * `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND`
 * @example
 * ```ts
 * const customers = { present: [60, 20, 30], potential: [100, 80, 70] };
 * const raked = rakePotential(customers, { by: { region: ['north', 'north', 'south'] }, totals: { region: { north: 360, south: 50 } } });
 * raked.potentials.potential; // => Float64Array.of(200, 160, 50)
 * raked.levels.map(({ level, before, after, factor }) => [level, before, after, factor]); // => [['north', 180, 360, 2], ['south', 70, 50, 0.5]]
 * ```
 */
export function rakePotential(potentials: PotentialColumns, options: RakePotentialOptions): RakedPotential {
  const caller = 'rakePotential';
  requireKnownOptions(caller, options, OPTIONS);
  const { by, total, totals = {}, adjust = 'wallet', weights, maxIterations = 500, tolerance = 1e-9 } = options;
  const values = readPotentials(caller, potentials);
  const { rowCount, present, headroom } = values;
  const wallets = requireChoice(caller, 'adjust', adjust, ['wallet', 'headroom']) === 'wallet';
  if (!(requireFinite(caller, 'tolerance', tolerance) > 0)) throw new ClientelaError('INVALID_OPTION', `${caller} needs a tolerance above 0, found ${tolerance}; 1e-9 is usual`, { option: 'tolerance' });
  const plan: RakePlan = {
    values,
    weights: readCustomerWeights(caller, weights, rowCount) ?? new Float64Array(rowCount).fill(1),
    margins: readMargins(caller, total, totals, by === undefined ? [] : readBy(caller, by, undefined, rowCount), rowCount),
    growing: wallets ? present.map((amount, row) => amount + headroom[row]!) : headroom,
    maxIterations: requireWhole(caller, 'maxIterations', maxIterations, 1),
    tolerance,
  };
  const before = levelsBefore(caller, plan);
  const factors = rakeFactors(plan);
  return {
    potentials: { ...scaleColumns(completePotentials(potentials), wallets, factors.rows), sharedLoadings: rakeLoadings(plan, factors.rows) },
    factors: factors.rows,
    levels: levelsAfter(plan, before, factors),
    convergence: factors.convergence,
  };
}

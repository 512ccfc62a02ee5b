import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { gather } from '../../numeric/gather.js';
import { minimiseTrustRegion } from '../../numeric/trustRegion.js';
import { GammaGamma } from './gammaGamma.js';
import { spendRows, type SpendRows } from './gammaGammaLikelihood.js';
import { SpendObjective } from './spendObjective.js';
import { readSpends, readSpendWeights, type FirstPurchase, type SpendHistories } from './spendHistories.js';
import { independenceOf } from './spendIndependence.js';
import { spendStart } from './spendStart.js';
import type { GammaGammaParameter } from './spendState.js';
import { summariseSpend } from './summariseSpend.js';

/** How a model of spend is learnt; all of it can be left out. */
export interface GammaGammaOptions {
  /**
   * `'weak'` pulls both shapes towards usual ones and the scale towards the amounts seen, whatever the currency; for few customers, or where the likelihood is flat.
   *
   * @defaultValue 'none'
   */
  readonly prior?: 'none' | 'weak';
  /** Where to begin, by name of the parameter. @defaultValue by the moments of the amounts */
  readonly start?: Readonly<Partial<Record<GammaGammaParameter, number>>>;
  /** A whole number from 1. @defaultValue 200 */
  readonly maxIterations?: number;
}

const CALLER = 'fitGammaGamma';

/**
 * What customers spend a purchase and how much they differ in it: the gamma-gamma model, by maximum likelihood.
 *
 * Customers whose amounts are not known are not learnt from, and counted in `fit.skippedCustomers`: customers without a repeat purchase (the model expects
 * the mean of all others of them, not an amount of nothing), and where `monetary` is NaN. Amounts are taken not to depend on how often customers buy:
 * `fit.independence` says how far that is so. Fader and Hardie (2013). O(customers) an evaluation, mostly fewer than 30 of them.
 *
 * @param customers - such as `customerSummary` gives, with or without the first purchase (`firstPurchase`)
 * @param options - see {@link GammaGammaOptions}
 * @returns the fitted model; `fit.warnings` says what to mind
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE` (an amount of 0 or less, naming the row), `LENGTH_MISMATCH`, `NOT_IDENTIFIED` (all amounts are equal) or `INVALID_OPTION`
 * @example
 * ```ts
 * // Six small spenders and six large ones: one look at a customer says much.
 * const monetary = [10, 11, 12, 9, 10, 12, 100, 90, 110, 95, 105, 120];
 * const customers = { frequency: monetary.map(() => 3), monetary };
 * const model = fitGammaGamma(customers, { prior: 'weak' });
 * const [small, unseen, large] = model.expectedSpend({ frequency: [3, 0, 3], monetary: [10, NaN, 110] });
 * small! < 15 && large! > 100 && unseen === model.meanSpend; // => true
 * ```
 */
export function fitGammaGamma(customers: SpendHistories, options: GammaGammaOptions = {}): GammaGamma {
  requireKnownOptions(CALLER, options, ['prior', 'start', 'maxIterations']);
  const hasPrior = requireChoice(CALLER, 'prior', options.prior ?? 'none', ['none', 'weak']) === 'weak';
  const maxIterations = requireWhole(CALLER, 'maxIterations', options.maxIterations ?? 200, 1);
  const { known, skippedCustomers, firstPurchase } = readKnown(customers, hasPrior);
  const { rows, centre } = centred(known);
  const objective = new SpendObjective(rows, hasPrior);
  const found = minimiseTrustRegion((at, gradient) => objective.evaluate(at, gradient), startOf(rows, centre, options.start ?? {}), { tolerance: 1e-14, maxIterations });
  const independence = independenceOf(known.purchases, known.mean, known.weights, 0.95);
  return new GammaGamma({ ...summariseSpend(objective, found, { centre, skippedCustomers, independence }), firstPurchase });
}

/** Customers whose amounts are known. */
interface KnownSpends {
  readonly purchases: Float64Array;
  readonly mean: Float64Array;
  readonly weights: Float64Array;
}

function readKnown(customers: SpendHistories, hasPrior: boolean): { readonly known: KnownSpends; readonly skippedCustomers: number; readonly firstPurchase: FirstPurchase } {
  const { count, firstPurchase, purchases, mean } = readSpends(CALLER, customers, false);
  const given = readSpendWeights(CALLER, customers, count);
  const weights = given ?? new Float64Array(count).fill(1);
  const rows = new Uint32Array(count);
  let [size, skippedCustomers] = [0, 0];
  for (let row = 0; row < count; row++) {
    if (purchases[row] === 0) skippedCustomers += weights[row]!;
    else if (weights[row]! > 0) rows[size++] = row;
  }
  if (size === 0) {
    const found = skippedCustomers === 0 ? '' : `; the ${skippedCustomers} given have no known amount, as those without a repeat purchase: count the first one too with firstPurchase: 'included'`;
    throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer whose amounts are known, found none${found}`, { function: CALLER, skippedCustomers });
  }
  const order = rows.subarray(0, size);
  const known = { purchases: gather(purchases, order), mean: gather(mean, order), weights: gather(weights, order) };
  if (!hasPrior && known.mean.every((amount) => amount === known.mean[0])) {
    throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs mean amounts that differ between customers, found ${known.mean[0]!} for each of ${size}; give prior: 'weak', or take that amount for everybody`, { function: CALLER, value: known.mean[0]! });
  }
  return { known, skippedCustomers, firstPurchase };
}

/** Amounts divided by their geometric mean: where the currency is lost nothing depends on it. */
function centred({ purchases, mean, weights }: KnownSpends): { readonly rows: SpendRows; readonly centre: number } {
  let [logs, customers] = [0, 0];
  for (let i = 0; i < mean.length; i++) {
    logs += weights[i]! * Math.log(mean[i]!);
    customers += weights[i]!;
  }
  const centre = Math.exp(logs / customers);
  return { rows: spendRows({ purchases, total: mean.map((amount, i) => (amount / centre) * purchases[i]!), weights }), centre };
}

function startOf(rows: SpendRows, centre: number, start: NonNullable<GammaGammaOptions['start']>): Float64Array {
  const [p, q, v] = spendStart(rows);
  const byMoments: Record<GammaGammaParameter, number> = { p, q, v };
  for (const [name, value] of Object.entries(start)) {
    if (Object.hasOwn(byMoments, name) && value > 0 && value < Infinity) byMoments[name as GammaGammaParameter] = name === 'v' ? value / centre : value;
    else throw new ClientelaError('INVALID_OPTION', `${CALLER} needs start with p, q, v above 0, found "${name}": ${value}`, { function: CALLER, option: 'start', name, value });
  }
  return Float64Array.of(Math.log(byMoments.p), Math.log(byMoments.q), Math.log(byMoments.v));
}

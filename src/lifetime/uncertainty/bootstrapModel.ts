import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError, isClientelaError } from '../../errors.js';
import { poissonDraw } from '../../numeric/poissonDraw.js';
import { createRandom } from '../../numeric/random.js';
import { readNumbers } from '../purchaseHistories.js';
import type { ModelDraws } from './parameterDraws.js';

/** Customers that can be counted more often or less: those of a model of purchases, of spend, or of a contract told customer by customer. */
export interface WeightedCustomers {
  /** Repeat purchases; says how many entries there are. */
  readonly frequency?: ArrayLike<number> | undefined;
  /** Of a contract: periods; says how many entries there are where `frequency` does not. */
  readonly periods?: ArrayLike<number> | undefined;
  /** How many customers each entry stands for. @defaultValue 1 each */
  readonly weights?: ArrayLike<number> | undefined;
}

/** A model that tells its parameters and, where it was fitted, how the search ended. */
export interface RefittedModel {
  /** By name; where the next search begins. */
  readonly parameters: Readonly<Record<string, number>>;
  /** How it was learnt. */
  readonly fit?: { readonly convergence?: { readonly converged: boolean } | undefined } | null;
}

/** How often {@link bootstrapModel} refits. */
export interface BootstrapModelOptions {
  /** A whole number from 2. @defaultValue 1000 */
  readonly samples?: number;
  /** A safe integer; the same seed gives the same samples. @defaultValue 1 */
  readonly seed?: number;
  /** Called after each sample; false stops there. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => boolean | undefined | void;
}

/** The models of a bootstrap. */
export interface BootstrapModels<Model> extends ModelDraws<Model> {
  /** Samples drawn. */
  readonly samples: number;
  /** How many of them gave no model; not among `models`. */
  readonly failures: number;
  /** How many of `models` come from a search that ended before the likelihood was flat. */
  readonly notConverged: number;
}

const CALLER = 'bootstrapModel';

/**
 * The models that other customers of the same kind would have given: each customer counted not at all, once, twice, … at random, and the model fitted again.
 *
 * The Poisson bootstrap: weights are drawn from a Poisson law whose mean is the weight given, so that groups of equal customers are drawn in one go. Give
 * `groupSummary(customers)` where there are many customers: then the work is that of the different histories. Needs no covariance and follows what is skewed;
 * it costs a fit a sample, each begun where all customers ended. A sample that cannot be fitted is counted in `failures` and told in `warnings`.
 *
 * @param fit - fits the model to a sample: `(sample, start) => fitBgNbd(sample, { start })`; `start` is empty for the first fit, that of all customers
 * @param customers - histories, spend or both, such as `customerSummary` gives; a contract with `periods` and `ended`
 * @param options - see {@link BootstrapModelOptions}
 * @returns the model of all customers and those of the samples, to be asked with `drawInterval`
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `NOT_IDENTIFIED` (more than half of the samples gave none) or `INVALID_OPTION`; what `fit` throws for all customers
 * @example
 * ```ts
 * import { drawInterval, fitNbd } from 'clientela/lifetime';
 * const customers = { unit: 'week', frequency: [0, 1, 2, 5], recency: [0, 6, 7, 9], tenure: [10, 10, 10, 10], weights: [40, 30, 20, 10] } as const;
 * const bootstrap = bootstrapModel((sample, start) => fitNbd(sample, { start }), customers, { samples: 50, seed: 3 });
 * bootstrap.models.length + bootstrap.failures; // => 50
 * const { lower, upper } = drawInterval(bootstrap, ({ parameters }) => parameters.r / parameters.alpha);
 * lower > 0.08 && lower < 0.12 && upper > 0.12 && upper < 0.17; // => true
 * ```
 */
export function bootstrapModel<Customers extends WeightedCustomers, Model extends RefittedModel>(
  fit: (sample: Customers, start: Readonly<Record<string, number>>) => Model,
  customers: Customers,
  options: BootstrapModelOptions = {},
): BootstrapModels<Model> {
  requireKnownOptions(CALLER, options, ['samples', 'seed', 'onProgress']);
  const total = requireWhole(CALLER, 'samples', options.samples ?? 1000, 2);
  const random = createRandom(options.seed ?? 1);
  const weights = readGivenWeights(customers);
  const model = fit(customers, {});
  const models: Model[] = [];
  let [samples, failures] = [0, 0];
  const drawn = new Float64Array(weights.length);
  while (samples < total) {
    for (let i = 0; i < weights.length; i++) drawn[i] = poissonDraw(random, weights[i]!);
    const found = fitted(() => fit({ ...customers, weights: drawn.slice() }, model.parameters));
    if (found === null) failures++;
    else models.push(found);
    samples++;
    if (options.onProgress?.({ done: samples, total }) === false) break;
  }
  if (2 * failures > samples) {
    throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} found no model in ${failures} of ${samples} samples; give prior: 'weak' to the fit, or more customers`, { function: CALLER, failures, samples });
  }
  const notConverged = models.filter((one) => one.fit?.convergence?.converged === false).length;
  return { model, models, samples, failures, notConverged, warnings: warningsOf(samples, failures, notConverged) };
}

/** The model of a sample; null where the sample cannot determine it. */
function fitted<Model>(fit: () => Model): Model | null {
  try {
    return fit();
  } catch (error) {
    if (isClientelaError(error) && (error.code === 'EMPTY_INPUT' || error.code === 'NOT_IDENTIFIED')) return null;
    throw error;
  }
}

function readGivenWeights({ frequency, periods, weights: given }: WeightedCustomers): Float64Array {
  const counted = readNumbers(CALLER, frequency === undefined && periods !== undefined ? 'periods' : 'frequency', frequency ?? periods);
  if (given === undefined) return new Float64Array(counted.length).fill(1);
  const weights = readNumbers(CALLER, 'weights', given, counted.length);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row < 0) return weights;
  throw new ClientelaError('INVALID_VALUE', `${CALLER} needs weights finite and not negative, found ${weights[row]!} in row ${row}`, { function: CALLER, column: 'weights', row, value: weights[row]! });
}

function warningsOf(samples: number, failures: number, notConverged: number): string[] {
  const warnings: string[] = [];
  if (failures > 0) warnings.push(`${failures} of ${samples} samples could not be fitted, so that intervals are too narrow; give prior: 'weak' to the fit`);
  if (notConverged > 0.05 * samples) warnings.push(`${notConverged} of ${samples} searches ended before the likelihood was flat: in so many samples a parameter runs to a bound; give prior: 'weak' to the fit`);
  return warnings;
}

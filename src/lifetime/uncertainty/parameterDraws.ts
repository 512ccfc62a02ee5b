import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { choleskyInPlace } from '../../numeric/cholesky.js';
import { createRandom } from '../../numeric/random.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { parameterPoint, type ParametricModel } from './parameterPoint.js';

/** One model, and others that could have been it as far as the data tell. */
export interface ModelDraws<Model> {
  /** The one that was given, or learnt from all customers. */
  readonly model: Model;
  /** What to ask with `drawInterval`. */
  readonly models: readonly Model[];
  /** What to mind, in words; empty where there is nothing. */
  readonly warnings: readonly string[];
}

/** How many models {@link parameterDraws} makes. */
export interface ParameterDrawsOptions {
  /** A whole number from 2. @defaultValue 1000 */
  readonly draws?: number;
  /** A safe integer; the same seed gives the same models. @defaultValue 1 */
  readonly seed?: number;
}

const CALLER = 'parameterDraws';

/** A parameter known to a factor of e² or less: beyond it a normal law of logarithms says little. */
const WIDE = 1;

/**
 * Models as they could be as far as the data tell: the logarithms of the parameters (and the coefficients of covariates) drawn from the normal law of the fit.
 *
 * What Bayesians would draw with a flat prior and many customers. Much cheaper than a bootstrap, and it keeps all parameters above 0; it relies on the
 * covariance of the fit. O(draws parameters²).
 *
 * @param model - a fitted model of purchases or of spend
 * @param options - see {@link ParameterDrawsOptions}
 * @returns the models, to be asked with `drawInterval`
 * @throws a {@link ClientelaError} `INVALID_INPUT` (a model without a fit), `NOT_IDENTIFIED` (no covariance) or `INVALID_OPTION`
 * @example
 * ```ts
 * import { drawInterval, fitNbd } from 'clientela/lifetime';
 * const model = fitNbd({ unit: 'week', frequency: [0, 1, 2, 5], recency: [0, 6, 7, 9], tenure: [10, 10, 10, 10], weights: [40, 30, 20, 10] });
 * const draws = parameterDraws(model, { draws: 200, seed: 7 });
 * draws.models.length; // => 200
 * const { lower, upper } = drawInterval(draws, ({ parameters }) => parameters.r / parameters.alpha);
 * lower > 0.08 && lower < 0.12 && upper > 0.12 && upper < 0.17; // => true
 * ```
 */
export function parameterDraws<Model extends BuyingModel | ParametricModel>(model: Model, options: ParameterDrawsOptions = {}): ModelDraws<Model> {
  requireKnownOptions(CALLER, options, ['draws', 'seed']);
  const draws = requireWhole(CALLER, 'draws', options.draws ?? 1000, 2);
  const random = createRandom(options.seed ?? 1);
  const { names, at, covariance, modelAt } = parameterPoint(CALLER, model);
  const size = at.length;
  const factor = covariance.slice();
  if (!choleskyInPlace(factor, size)) {
    throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs a covariance that is positive definite, found that its customers do not determine all parameters; fit the model with prior: 'weak', or take bootstrapModel`, { function: CALLER });
  }
  const models = Array.from({ length: draws }, () => {
    const normals = at.map(() => random.normal());
    // L times the normals; what is above the diagonal of L is not of it.
    return modelAt(at.map((value, j) => normals.subarray(0, j + 1).reduce((sum, z, k) => sum + factor[j * size + k]! * z, value)));
  });
  const wide = names.filter((_, j) => Math.sqrt(covariance[j * size + j]!) > WIDE);
  const warnings = wide.length === 0 ? [] : [`${wide.join(' and ')} ${wide.length === 1 ? 'is' : 'are'} known so badly that a normal law of logarithms is a poor guess; compare with bootstrapModel, or fit with prior: 'weak'`];
  return { model, models, warnings };
}

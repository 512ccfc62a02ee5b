import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';

/** A model with parameters above 0 that can be made with others: `GammaGamma` is one, and models of your own may be. */
export interface ParametricModel {
  /** By name, all above 0. */
  readonly parameters: Readonly<Record<string, number>>;
  /** How it was learnt; null for a model of given parameters. */
  readonly fit: {
    /** Of the logarithms of the parameters, in their order, row by row; null where the data did not tell. */
    readonly logCovariance: readonly number[] | null;
  } | null;
  /** The same with other parameters. */
  withParameters(parameters: Readonly<Record<string, number>>): ParametricModel;
}

/** A model whose parameters are known up to a covariance. */
export interface ParameterPoint<Model> {
  /** Of the parameters, then of the coefficients of covariates. */
  readonly names: readonly string[];
  /** Logarithms of the parameters, then coefficients. */
  readonly at: Float64Array;
  /** Of `at`, row by row. */
  readonly covariance: Float64Array;
  /** The model at another point, without a fit. */
  readonly modelAt: (point: Float64Array) => Model;
}

/**
 * A fitted model as a point of parameters with its covariance.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT` for a model without a fit, `NOT_IDENTIFIED` where the fit tells no covariance, `MODEL_FORMAT` where it is damaged
 */
export function parameterPoint<Model extends BuyingModel | ParametricModel>(caller: string, model: Model): ParameterPoint<Model> {
  const point = coordinatesOf(model);
  const size = point.at.length;
  return { ...point, covariance: covarianceOf(caller, model, size), modelAt: (at) => point.modelAt(at) as Model };
}

function coordinatesOf(model: BuyingModel | ParametricModel): Omit<ParameterPoint<BuyingModel | ParametricModel>, 'covariance'> {
  const { parameters } = model;
  const named = (names: readonly string[], values: Float64Array): Record<string, number> => Object.fromEntries(names.map((name, j) => [name, values[j]!]));
  // Told by what it can do: its class would bring all that can be asked of a model of purchases.
  if (!('withState' in model)) {
    const names = Object.keys(parameters);
    return { names, at: Float64Array.from(names, (name) => Math.log(parameters[name]!)), modelAt: (at) => model.withParameters(named(names, at.map(Math.exp))) };
  }
  const { unit, purchaseCovariates, dropoutCovariates } = model;
  const { names } = model.law;
  const [purchase, dropout] = [Object.keys(purchaseCovariates), Object.keys(dropoutCovariates)];
  const ends = [names.length, names.length + purchase.length] as const;
  return {
    names: [...names, ...purchase.map((name) => `purchase: ${name}`), ...dropout.map((name) => `dropout: ${name}`)],
    at: Float64Array.from([...names.map((name) => Math.log(parameters[name]!)), ...purchase.map((name) => purchaseCovariates[name]!), ...dropout.map((name) => dropoutCovariates[name]!)]),
    modelAt: (at) =>
      model.withState({
        unit,
        parameters: named(names, at.subarray(0, ends[0]).map(Math.exp)),
        purchaseCovariates: named(purchase, at.subarray(ends[0], ends[1])),
        dropoutCovariates: named(dropout, at.subarray(ends[1])),
        fit: null,
      }),
  };
}

function covarianceOf(caller: string, { fit }: BuyingModel | ParametricModel, size: number): Float64Array {
  if (fit === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a model that was fitted, found one of given parameters, whose uncertainty nobody knows; fit it, or give the models of bootstrapModel to drawInterval`, { function: caller });
  }
  // What was read from JSON may be anything.
  const given = fit.logCovariance as unknown;
  if (given === null || given === undefined) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs a model with a covariance, found that its customers do not determine all parameters; fit it with prior: 'weak', or take bootstrapModel`, { function: caller });
  }
  if (Array.isArray(given) && given.length === size * size && given.every((value) => Number.isFinite(value))) return Float64Array.from(given as number[]);
  throw new ClientelaError('MODEL_FORMAT', `${caller} needs a logCovariance of ${size} x ${size} finite numbers; the JSON of the model is damaged`, { function: caller, expected: size * size });
}

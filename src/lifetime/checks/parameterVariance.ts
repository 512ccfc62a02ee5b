import type { BuyingModel } from '../buying/buyingModel.js';
import { standardErrors } from '../uncertainty/deltaInterval.js';
import { parameterPoint, type ParametricModel } from '../uncertainty/parameterPoint.js';

/** The variances that the uncertainty of its parameters gives to answers of a model, by the delta method; null where the model knows no covariance. */
export function parameterVariance<Model extends BuyingModel | ParametricModel>(caller: string, model: Model, length: number, answer: (model: Model) => Float64Array): Float64Array | null {
  if ((model.fit?.logCovariance ?? null) === null) return null;
  return standardErrors(caller, parameterPoint(caller, model), answer, length).map((error) => error * error);
}

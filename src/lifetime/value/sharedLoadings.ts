import { choleskyInPlace } from '../../numeric/cholesky.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { GammaGamma } from '../spending/gammaGamma.js';
import { parameterPoint } from '../uncertainty/parameterPoint.js';

/** What the uncertainty of a model's parameters makes of answers: each is moved by `loadings` times independent standard normal unknowns. */
export interface SharedLoadings {
  /** Unknowns. */
  readonly width: number;
  /** Answers × unknowns, row by row. */
  readonly loadings: Float64Array;
}

/** Steps of central differences: their error is 1e-7 of the derivative, that of rounding smaller. */
const STEP = 1e-3;

/** The loadings of answers that depend smoothly on the parameters; null where the model's fit tells no covariance. 2 × parameters answers. */
export function sharedLoadings<Model extends BuyingModel | GammaGamma>(caller: string, model: Model, answers: (model: Model) => Float64Array): SharedLoadings | null {
  if (model.fit === null || model.fit.logCovariance === null) return null;
  const { at, covariance: root, modelAt } = parameterPoint(caller, model);
  const width = at.length;
  if (!choleskyInPlace(root, width)) return null;
  let loadings = new Float64Array(0);
  for (let j = 0; j < width; j++) {
    const [up, down] = [at.slice(), at.slice()];
    up[j]! += STEP;
    down[j]! -= STEP;
    const above = answers(modelAt(up));
    const below = answers(modelAt(down));
    if (j === 0) loadings = new Float64Array(above.length * width);
    for (let i = 0; i < above.length; i++) {
      const slope = (above[i]! - below[i]!) / (2 * STEP);
      // Row j of the root: the unknowns that move this parameter.
      for (let k = 0; k <= j; k++) loadings[i * width + k]! += slope * root[j * width + k]!;
    }
  }
  return { width, loadings };
}

/** Several models with unknowns of their own, side by side; null where one of them does not know. */
export function joinLoadings(parts: readonly (SharedLoadings | null)[]): SharedLoadings | null {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length || known.length === 0) return null;
  const width = known.reduce((sum, part) => sum + part.width, 0);
  const rows = known[0]!.loadings.length / known[0]!.width;
  const loadings = new Float64Array(rows * width);
  let offset = 0;
  for (const part of known) {
    for (let i = 0; i < rows; i++) for (let k = 0; k < part.width; k++) loadings[i * width + offset + k] = part.loadings[i * part.width + k]!;
    offset += part.width;
  }
  return { width, loadings };
}

/** The standard error of each answer. */
export function standardErrorsOf({ width, loadings }: SharedLoadings): Float64Array {
  const errors = new Float64Array(loadings.length / width);
  for (let i = 0; i < errors.length; i++) {
    let sum = 0;
    for (let at = i * width; at < (i + 1) * width; at++) sum += loadings[at]! * loadings[at]!;
    errors[i] = Math.sqrt(sum);
  }
  return errors;
}

/** The loadings of the sum of all answers, each counted by its weight. */
export function totalLoadings({ width, loadings }: SharedLoadings, weights: Float64Array | null): Float64Array {
  const total = new Float64Array(width);
  for (let i = 0; i < loadings.length / width; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    for (let k = 0; k < width; k++) total[k]! += weight * loadings[i * width + k]!;
  }
  return total;
}

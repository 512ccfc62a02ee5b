import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { likeAnswer, numbersOf, type Answer, type AnswerInterval } from './answers.js';
import { parameterPoint, type ParameterPoint, type ParametricModel } from './parameterPoint.js';

/** How {@link deltaInterval} makes its interval. */
export interface DeltaIntervalOptions {
  /** In (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * On which scale the interval is symmetric: `'log'` for what is above 0, such as expected purchases or amounts, `'logit'` for probabilities; their ends then stay
   * within what is possible.
   *
   * @defaultValue 'linear'
   */
  readonly scale?: 'linear' | 'log' | 'logit';
}

const CALLER = 'deltaInterval';

/** How far each logarithm of a parameter, or coefficient, is moved to either side. */
const STEP = 1e-4;

/**
 * How far any answer of a model is known, as its parameters are: by the delta method, in a few answers.
 *
 * Slopes of the answer to the logarithms of the parameters (and coefficients of covariates) by central differences, with their covariance from the fit:
 * right as far as the answer is straight over the spread of the parameters. `parameterDraws` and `bootstrapModel` follow bends. It is the uncertainty of
 * what to expect, not of what happens: that is in `purchaseInterval` or `spendInterval`. Two answers a parameter.
 *
 * @param model - a fitted model of purchases or of spend
 * @param answer - what is asked of it: one number, or several, such as one a customer; finite
 * @param options - see {@link DeltaIntervalOptions}
 * @returns estimate, standard error and interval: numbers, or arrays as long as the answer
 * @throws a {@link ClientelaError} `INVALID_INPUT` (a model without a fit), `NOT_IDENTIFIED` (no covariance), `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { fitNbd } from 'clientela/lifetime';
 * const model = fitNbd({ unit: 'week', frequency: [0, 1, 2, 5], recency: [0, 6, 7, 9], tenure: [10, 10, 10, 10], weights: [40, 30, 20, 10] });
 * const { estimate, lower, upper } = deltaInterval(model, ({ parameters }) => parameters.r / parameters.alpha, { scale: 'log' });
 * // 120 purchases in 1000 customer weeks.
 * Math.abs(estimate - 0.12) < 1e-6 && lower > 0.09 && upper < 0.16; // => true
 * ```
 */
export function deltaInterval<Model extends BuyingModel | ParametricModel, Asked extends Answer>(model: Model, answer: (model: Model) => Asked, options: DeltaIntervalOptions = {}): AnswerInterval<Asked> {
  requireKnownOptions(CALLER, options, ['confidence', 'scale']);
  const scale = SCALES[requireChoice(CALLER, 'scale', options.scale ?? 'linear', ['linear', 'log', 'logit'])];
  const z = normalMultiplier(CALLER, options.confidence ?? 0.95);
  const point = parameterPoint(CALLER, model);
  const given = answer(model);
  const estimate = numbersOf(CALLER, given);
  const standardError = standardErrors(CALLER, point, answer, estimate.length);
  const reach = (sign: number): Float64Array => estimate.map((value, i) => scale(value, sign * z * standardError[i]!));
  return likeAnswer(given, { estimate, standardError, lower: reach(-1), upper: reach(1) });
}

/** The standard error of each number of an answer: the root of slopes' covariance slopes. */
export function standardErrors<Model>(caller: string, { at, covariance, modelAt }: ParameterPoint<Model>, answer: (model: Model) => Answer, length: number): Float64Array {
  const slopes = Array.from(at, (_, j) => {
    const moved = (step: number): Float64Array => numbersOf(caller, answer(modelAt(at.map((value, k) => (k === j ? value + step : value)))), length);
    const [above, below] = [moved(STEP), moved(-STEP)];
    return above.map((value, i) => (value - below[i]!) / (2 * STEP));
  });
  const variances = new Float64Array(length);
  slopes.forEach((first, j) => {
    slopes.forEach((second, k) => {
      for (let i = 0; i < length; i++) variances[i]! += covariance[j * slopes.length + k]! * first[i]! * second[i]!;
    });
  });
  const bad = variances.findIndex((variance) => !Number.isFinite(variance));
  if (bad >= 0) throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs answers that are finite, found one that is not at position ${bad}; ask for a quantile where a mean does not exist`, { function: caller, row: bad });
  // Rounding may leave less than nothing.
  return variances.map((variance) => Math.sqrt(Math.max(0, variance)));
}

/** An end of the interval from the estimate and how far it is away on the linear scale; an estimate at a bound that does not move stays there. */
const SCALES: Readonly<Record<'linear' | 'log' | 'logit', (estimate: number, away: number) => number>> = {
  linear: (estimate, away) => estimate + away,
  log(estimate, away) {
    if (away === 0) return estimate;
    if (!(estimate > 0)) throw offScale('log', 'above 0', estimate);
    return estimate * Math.exp(away / estimate);
  },
  logit(estimate, away) {
    if (away === 0) return estimate;
    if (!(estimate > 0 && estimate < 1)) throw offScale('logit', 'between 0 and 1', estimate);
    const other = (1 - estimate) * Math.exp(-away / (estimate * (1 - estimate)));
    return estimate / (estimate + other);
  },
};

function offScale(scale: string, need: string, value: number): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${CALLER} needs answers ${need} for scale: '${scale}', found ${value}; take another scale`, { function: CALLER, option: 'scale', value });
}

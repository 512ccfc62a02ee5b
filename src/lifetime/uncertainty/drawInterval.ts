import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { requireConfidence } from '../requireConfidence.js';
import { likeAnswer, numbersOf, type Answer, type AnswerInterval } from './answers.js';
import type { ModelDraws } from './parameterDraws.js';

/** How sure the interval of {@link drawInterval} is. */
export interface DrawIntervalOptions {
  /** In (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}

const CALLER = 'drawInterval';

/**
 * How far any answer of a model is known: percentiles over the models of `parameterDraws` or `bootstrapModel`.
 *
 * Follows whatever bends the answer has. It is the uncertainty of what to expect, not of what happens. One answer a model, and memory for all of
 * them: of very many customers, ask for sums, or for a part of them at a time.
 *
 * @param draws - of `parameterDraws` or `bootstrapModel`
 * @param answer - what is asked of each model: one number, or several, such as one a customer; not NaN
 * @param options - see {@link DrawIntervalOptions}
 * @returns the answer of the model itself, the standard deviation over the models, and the interval: numbers, or arrays as long as the answer
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const models = [1, 2, 3, 4, 5].map((r) => Nbd.fromParameters({ unit: 'week', r, alpha: 10 }));
 * const draws = { model: models[2]!, models, warnings: [] };
 * const { estimate, lower, upper } = drawInterval(draws, ({ parameters }) => parameters.r, { confidence: 0.5 });
 * [estimate, lower, upper]; // => [3, 2, 4]
 * ```
 */
export function drawInterval<Model, Asked extends Answer>(draws: ModelDraws<Model>, answer: (model: Model) => Asked, options: DrawIntervalOptions = {}): AnswerInterval<Asked> {
  requireKnownOptions(CALLER, options, ['confidence']);
  const confidence = requireConfidence(CALLER, options.confidence ?? 0.95);
  const { model, models } = draws;
  const count = models.length;
  if (count < 2) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least two models, found ${count}`, { function: CALLER, found: count });
  const given = answer(model);
  const estimate = numbersOf(CALLER, given);
  const values = models.map((other) => numbersOf(CALLER, answer(other), estimate.length));
  const standardError = new Float64Array(estimate.length);
  const [lower, upper] = [new Float64Array(estimate.length), new Float64Array(estimate.length)];
  const column = new Float64Array(count);
  for (let i = 0; i < estimate.length; i++) {
    for (let d = 0; d < count; d++) column[d] = values[d]![i]!;
    column.sort();
    standardError[i] = deviation(column);
    lower[i] = percentile(column, (1 - confidence) / 2);
    upper[i] = percentile(column, (1 + confidence) / 2);
  }
  return likeAnswer(given, { estimate, standardError, lower, upper });
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  // Where a mean does not exist in some of the models neither does the spread.
  return Number.isFinite(mean) ? Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) : Infinity;
}

/** Between neighbours in a straight line; two of them that are infinite are not subtracted. */
function percentile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low === high || position === below ? low : low + (position - below) * (high - low);
}

import type { TargetValue } from '../../data/binaryTarget.js';
import { termNames } from '../../data/encodingTerm.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import { buildEffects } from '../buildEffects.js';
import { rankContributions } from '../explanation.js';
import type { FeatureEffect } from '../featureEffects.js';
import { linearContributions, predictLinear, type LinearPredictor } from '../linearPredictor.js';
import type { PredictionOptions } from '../logisticState.js';
import type { ElasticNetCoefficient, ElasticNetExplanation, ElasticNetPathPoint, ElasticNetState, ElasticNetSummary } from './elasticNetState.js';
import type { ElasticNetFamily } from './penalisedLoss.js';

/**
 * A fitted elastic net: a linear model (logistic for classes, log-linear for counts) whose coefficients a penalty keeps small, many of them at 0.
 * Learnt by `fitElasticNet`; predicts from raw rows, explains itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitElasticNet } from 'clientela/learners';
 * const rows = Array.from({ length: 100 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', shoe: i % 7, stayed: i % 10 < (i % 2 ? 8 : 4) }));
 * const stored = JSON.stringify(fitElasticNet(rows, { target: 'stayed', mixing: 1, lambda: 0.05 }));
 * const model = ElasticNet.fromJSON(JSON.parse(stored));
 * model.features; // => ['plan']
 * model.predictProbability([{ plan: 'gold' }, { plan: 'basic' }]); // => [0.75, 0.45]
 * model.explain({ plan: 'gold' }).contributions[0]?.direction; // => 'raises'
 * ```
 */
export class ElasticNet implements ElasticNetSummary {
  declare readonly target: string;
  declare readonly family: ElasticNetFamily;
  declare readonly positive: TargetValue | null;
  declare readonly classes: readonly string[] | null;
  declare readonly mixing: number;
  declare readonly lambda: number;
  declare readonly minimumLambda: number | null;
  declare readonly oneStandardErrorLambda: number | null;
  declare readonly path: readonly ElasticNetPathPoint[];
  declare readonly nullDeviance: number;
  declare readonly rowCount: number;
  declare readonly convergence: Convergence;
  /** The columns of the data a row must have: those with a coefficient other than 0. */
  readonly features: readonly string[];
  /** The coefficients on the scale of the raw columns, `(Intercept)` first; those of more than two classes class after class. */
  readonly coefficients: readonly ElasticNetCoefficient[];
  /** None: coefficients that were shrunk and selected have no standard errors to trust. */
  readonly inference = null;
  readonly #state: ElasticNetState;
  readonly #predictors: readonly LinearPredictor[];

  /** @internal */
  constructor(state: ElasticNetState) {
    this.#state = state;
    assignFields(this, state.summary);
    const { terms, parameters, offset } = state;
    const width = parameters.length / (state.summary.classes?.length ?? 1);
    const parts = Array.from({ length: parameters.length / width }, (_, k) => parameters.slice(k * width, (k + 1) * width));
    const names = ['(Intercept)', ...terms.flatMap(termNames)];
    const scales = terms.flatMap((term) => (term.kind === 'category' ? term.scales : [term.scale]));
    const centers = terms.flatMap((term) => (term.kind === 'category' ? term.centers : [term.center]));
    this.coefficients = parts.flatMap(([intercept, ...slopes], k) => {
      const raw = slopes.map((slope, j) => slope / scales[j]!);
      const own = this.classes && { class: this.classes[k]! };
      return [raw.reduce((sum, slope, j) => sum - slope * centers[j]!, intercept!), ...raw].map((estimate, j) => ({ name: names[j]!, estimate, ...own }));
    });
    this.#predictors = parts.map(([intercept, ...slopes]) => ({ intercept: intercept!, offset, effects: buildEffects(terms, slopes).filter(adds) }));
    const used = new Set(this.#predictors.flatMap(({ effects }) => effects.map(({ column }) => column)));
    this.features = [...new Set(terms.map(({ column }) => column))].filter((name) => used.has(name));
    Object.freeze(this);
  }

  /**
   * The model that {@link ElasticNet.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ElasticNet {
    return restored('ElasticNet', () => new ElasticNet(requireSavedModel('ElasticNet', 1, json, 'terms', 'parameters', 'summary') as unknown as ElasticNetState));
  }

  /**
   * The model of another penalty of the path; of a model fitted with `keepPath`.
   *
   * @param lambda - the strength of the penalty: the nearest of the path on the log scale is taken
   * @returns that model, with the same path
   * @throws a {@link ClientelaError} `INVALID_INPUT` where the path was not kept
   */
  atLambda(lambda: number): ElasticNet {
    const distance = (point: ElasticNetPathPoint): number => Math.abs(Math.log(point.lambda + 1e-300) - Math.log(lambda + 1e-300));
    const { lambda: nearest, parameters } = this.path.reduce((best, point) => (distance(point) < distance(best) ? point : best));
    if (parameters === undefined) throw new ClientelaError('INVALID_INPUT', 'ElasticNet.atLambda needs the coefficients of the path, found none; fit with keepPath: true');
    return new ElasticNet({ ...this.#state, parameters, summary: { ...this.#state.summary, lambda: nearest } });
  }

  /**
   * The expected target of every row, for numbers and counts.
   *
   * A missing number and a level never seen in training are taken for the training average. O(cells).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `offset`: a column name or one number a row; by default the column the model was fitted with, if it was a column
   * @returns numbers on the scale of the target, in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, or `INVALID_INPUT` where the target is a class
   */
  predict(data: TableInput, options: PredictionOptions = {}): Float64Array {
    return this.#means('predict', data, options);
  }

  /**
   * {@link ElasticNet.predict} for one row, equal to the last bit.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `offset`: added to the linear predictor; by default from the column the model was fitted with, if it was a column
   * @returns a number on the scale of the target
   * @throws a {@link ClientelaError} as {@link ElasticNet.predict}
   */
  predictRow(row: object, options: { readonly offset?: number } = {}): number {
    return this.#means('predictRow', [row], options)[0]!;
  }

  /**
   * Probabilities for every row: of the positive value, or of every class.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - as for {@link ElasticNet.predict}
   * @returns one in [0, 1] for each row; of more than two classes one for each of `classes`, row after row, adding up to 1
   * @throws a {@link ClientelaError} as {@link ElasticNet.predict}, or `INVALID_INPUT` where the target is a number
   */
  predictProbability(data: TableInput, options: PredictionOptions = {}): Float64Array {
    return this.#probabilities('predictProbability', data, options);
  }

  /**
   * The probability of the positive value for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - as for {@link ElasticNet.predictRow}
   * @returns a probability in [0, 1]
   * @throws a {@link ClientelaError} as {@link ElasticNet.predictProbability}, or `INVALID_INPUT` where there are more than two classes
   */
  predictProbabilityRow(row: object, options: { readonly offset?: number } = {}): number {
    if (this.classes !== null) throw this.#refuse('predictProbabilityRow', 'two classes', 'use predictProbability([row])');
    return this.#probabilities('predictProbabilityRow', [row], options)[0]!;
  }

  /**
   * The linear predictor of every row: log-odds, the log of the expected count, the prediction itself, or one sum for each class.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - as for {@link ElasticNet.predict}
   * @returns one for each row, or for each class row after row
   * @throws a {@link ClientelaError} as {@link ElasticNet.predict}
   */
  predictLinear(data: TableInput, options: PredictionOptions = {}): Float64Array {
    return this.#linear('predictLinear', data, options);
  }

  /**
   * Why a row has its prediction: what each feature adds to the linear predictor of the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `offset` as for {@link ElasticNet.predictRow}; `class`: of more than two classes the one to explain, by default the likeliest
   * @returns baseline and contributions, the strongest first; baseline + contributions + offset = margin
   * @throws a {@link ClientelaError} as {@link ElasticNet.predict}, or `INVALID_OPTION` for a class there is not
   */
  explain(row: object, options: { readonly offset?: number; readonly class?: string } = {}): ElasticNetExplanation {
    const margins = this.#linear('explain', [row], options);
    const means = this.#responses(margins.slice());
    const place = options.class === undefined ? means.indexOf(Math.max(...means)) : (this.classes ?? []).indexOf(options.class);
    if (place < 0) throw new ClientelaError('INVALID_OPTION', `ElasticNet.explain needs a class of the target, found "${options.class!}"`, { value: options.class });
    const { effects, intercept } = this.#predictors[place]!;
    const contributions = rankContributions(row, effects.map(({ column }) => column), linearContributions(effects, row));
    const own = this.classes && { class: this.classes[place]! };
    return { baseline: intercept, contributions, margin: margins[place]!, prediction: means[place]!, ...own };
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link ElasticNet.fromJSON} reads
   */
  toJSON(): ElasticNetState {
    return savedCopy(this.#state);
  }

  #means(method: string, data: TableInput, options: LinearOptions): Float64Array {
    if (this.classes ?? this.positive !== null) throw this.#refuse(method, 'numbers as target', 'use predictProbability');
    return this.#responses(this.#linear(method, data, options));
  }

  #probabilities(method: string, data: TableInput, options: LinearOptions): Float64Array {
    if (this.classes === null && this.positive === null) throw this.#refuse(method, 'classes as target', 'use predict');
    return this.#responses(this.#linear(method, data, options));
  }

  #refuse(method: string, needs: string, remedy: string): ClientelaError {
    return new ClientelaError('INVALID_INPUT', `ElasticNet.${method} needs a model with ${needs}, found the family ${this.family}; ${remedy}`, { family: this.family });
  }

  #linear(method: string, data: TableInput, { offset }: LinearOptions): Float64Array {
    const outputs = this.#predictors.map((predictor) => predictLinear(`ElasticNet.${method}`, predictor, data, offset));
    if (outputs.length === 1) return outputs[0]!;
    const all = new Float64Array(outputs.length * outputs[0]!.length);
    outputs.forEach((output, k) => output.forEach((value, row) => (all[row * outputs.length + k] = value)));
    return all;
  }

  /** From linear predictors to means, in place. */
  #responses(values: Float64Array): Float64Array {
    if (this.family === 'binomial') for (let i = 0; i < values.length; i++) values[i] = sigmoid(values[i]!);
    if (this.family === 'poisson') for (let i = 0; i < values.length; i++) values[i] = Math.exp(values[i]!);
    const width = this.#predictors.length;
    for (let start = 0; start < values.length && width > 1; start += width) {
      const row = values.subarray(start, start + width);
      const top = Math.max(...row);
      for (let k = 0; k < width; k++) row[k] = Math.exp(row[k]! - top);
      const total = row.reduce((sum, value) => sum + value, 0);
      for (let k = 0; k < width; k++) row[k]! /= total;
    }
    return values;
  }
}

interface LinearOptions {
  readonly offset?: PredictionOptions['offset'] | number;
}

/** Whether an effect moves any row. */
function adds(effect: FeatureEffect): boolean {
  return 'term' in effect ? effect.table.some((value) => value !== 0) : effect.slope !== 0 || effect.level !== 0 || effect.missing !== 0;
}

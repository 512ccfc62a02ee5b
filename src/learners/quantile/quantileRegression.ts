import { numbersOf } from '../../data/replayColumn.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import { buildEffects } from '../buildEffects.js';
import { rankContributions, type MarginExplanation } from '../explanation.js';
import { addEffects, type FeatureEffect } from '../featureEffects.js';
import { linearContributions } from '../linearPredictor.js';
import type { AliasedColumn } from '../logisticState.js';
import type { QuantileFit, QuantileInference, QuantileRegressionState, QuantileSummary } from './quantileState.js';

/** Which of the fitted quantiles. */
export interface QuantileChoice {
  /** One that was fitted. @defaultValue the only one; for `predict` all of them */
  readonly quantile?: number;
}

/**
 * A fitted quantile regression: what a share of the customers like this one stay below. Learnt by `fitQuantileRegression`; predicts from
 * raw rows, explains itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitQuantileRegression } from 'clientela/learners';
 * const rows = [10, 20, 30, 20, 40, 60].map((spend, i) => ({ size: i < 3 ? 1 : 2, spend }));
 * const stored = JSON.stringify(fitQuantileRegression(rows, { target: 'spend', quantile: 0.9 }));
 * const model = QuantileRegression.fromJSON(JSON.parse(stored));
 * model.predictRow({ size: 2 }); // => 60
 * model.explain({ size: 2 }).contributions[0]; // => { feature: 'size', value: 2, contribution: 15, direction: 'raises' }
 * ```
 */
export class QuantileRegression implements QuantileSummary {
  declare readonly target: string;
  declare readonly features: readonly string[];
  declare readonly quantiles: readonly number[];
  declare readonly fits: readonly QuantileFit[];
  declare readonly rowCount: number;
  declare readonly inference: QuantileInference | null;
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly crossings: number;
  declare readonly convergence: Convergence;
  readonly #state: QuantileRegressionState;
  readonly #effects: readonly (readonly FeatureEffect[])[];

  /** @internal */
  constructor(state: QuantileRegressionState) {
    this.#state = state;
    this.#effects = state.slopes.map((slopes) => buildEffects(state.terms, slopes.slice(1)));
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link QuantileRegression.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): QuantileRegression {
    return restored('QuantileRegression', () => {
      const state = requireSavedModel('QuantileRegression', 1, json) as unknown as QuantileRegressionState;
      if (!Array.isArray(state.slopes) || !Array.isArray(state.terms)) {
        throw new ClientelaError('MODEL_FORMAT', 'QuantileRegression.fromJSON needs slopes and terms, found none');
      }
      return new QuantileRegression(state);
    });
  }

  /**
   * The fit at one quantile.
   *
   * @param quantile - one that was fitted
   * @returns coefficients, losses and what proves them least
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  fitAt(quantile: number): QuantileFit {
    return this.fits[this.#place('fitAt', quantile)]!;
  }

  /**
   * The quantiles of the target for every row, ascending within the row also where the fitted planes cross. O(cells * quantiles).
   *
   * A missing number and a level never seen in training are taken for the training average.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param options - `quantile`: only that one
   * @returns row-major, a number for each row and quantile (in the order of `quantiles`)
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
   */
  predict(data: TableInput, { quantile }: QuantileChoice = {}): Float64Array {
    const all = this.#predict('predict', data);
    const width = this.quantiles.length;
    if (quantile === undefined) return all;
    const place = this.#place('predict', quantile);
    return all.filter((_, i) => i % width === place);
  }

  /**
   * A quantile of the target for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `quantile`: which one, where several were fitted
   * @returns on the scale of the target
   * @throws a {@link ClientelaError} as {@link QuantileRegression.predict}
   */
  predictRow(row: object, { quantile }: QuantileChoice = {}): number {
    return this.#predict('predictRow', [row])[this.#place('predictRow', quantile)]!;
  }

  /**
   * What each feature of a row adds to the quantile of the average training customer.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `quantile`: which one, where several were fitted
   * @returns baseline and contributions, the strongest first; baseline + contributions = margin, and the prediction is the margin unless planes cross at this row
   * @throws a {@link ClientelaError} as {@link QuantileRegression.predict}
   */
  explain(row: object, { quantile }: QuantileChoice = {}): MarginExplanation {
    const place = this.#place('explain', quantile);
    const prediction = this.#predict('explain', [row])[place]!;
    const amounts = linearContributions(this.#effects[place]!, row);
    const baseline = this.#state.slopes[place]![0]!;
    return { baseline, contributions: rankContributions(row, this.features, amounts), margin: amounts.reduce((sum, amount) => sum + amount, baseline), prediction };
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link QuantileRegression.fromJSON} reads
   */
  toJSON(): QuantileRegressionState {
    return savedCopy(this.#state);
  }

  #place(method: string, quantile: number | undefined): number {
    const place = quantile === undefined && this.quantiles.length === 1 ? 0 : this.quantiles.indexOf(quantile!);
    if (place >= 0) return place;
    throw new ClientelaError('INVALID_OPTION', `QuantileRegression.${method} needs quantile as one of ${this.quantiles.join(', ')}, found ${quantile}`, { option: 'quantile', value: quantile });
  }

  #predict(method: string, data: TableInput): Float64Array {
    const caller = `QuantileRegression.${method}`;
    const view = readOnce(caller, data, this.#state);
    const width = this.#effects.length;
    const predictions = new Float64Array(view.rowCount * width);
    this.#effects.forEach((effects, place) => {
      addEffects(caller, effects, view, this.#state.slopes[place]![0]!).forEach((value, row) => (predictions[row * width + place] = value));
    });
    for (let at = 0; width > 1 && at < predictions.length; at += width) predictions.subarray(at, at + width).sort();
    return predictions;
  }
}

/** A table whose columns are read once for all quantiles. */
function readOnce(caller: string, data: TableInput, { terms }: QuantileRegressionState): TableView {
  const view = readTable(caller, data);
  const known = new Map<string, ReturnType<TableView['source']>>();
  for (const { column, kind } of terms) {
    if (known.has(column)) continue;
    const source = view.source(column);
    known.set(column, kind === 'category' ? source : numbersOf(caller, column, source));
  }
  return { ...view, source: (name) => known.get(name)! };
}

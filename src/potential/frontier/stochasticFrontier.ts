import { requireKnownOptions } from '../../data/options.js';
import { numbersOf } from '../../data/replayColumn.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { buildEffects } from '../../learners/buildEffects.js';
import { rankContributions, type MarginExplanation } from '../../learners/explanation.js';
import { addEffects, type FeatureEffect } from '../../learners/featureEffects.js';
import { linearContributions } from '../../learners/linearPredictor.js';
import type { AliasedColumn } from '../../learners/logisticState.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { InefficiencyDistribution } from './frontierLaw.js';
import { requireConfidence } from './requireConfidence.js';
import type { FrontierCoefficient, FrontierFigure, FrontierSum, FrontierSummary, InefficiencyDriver, InefficiencyTest, StochasticFrontierState } from './frontierState.js';
import { readFrontierTarget } from './readFrontierTarget.js';
import { rowEfficiencies, type FrontierEfficiencies } from './rowEfficiencies.js';
import type { FrontierStatus } from './solveFrontier.js';

/** Of which coverage the intervals are. */
export interface EfficiencyOptions {
  /** In (0, 1). @defaultValue that of the fit */
  readonly confidence?: number;
}

/**
 * A fitted stochastic frontier: what a customer like this one could spend at most, and which share of that it spends. Learnt by
 * `fitStochasticFrontier`; predicts from raw rows, explains itself, and travels as JSON.
 *
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * import { fitStochasticFrontier } from 'clientela/potential';
 * const random = createRandom(1);
 * const spend = (size: number): number => size * Math.exp(0.2 * random.normal() - Math.abs(0.6 * random.normal()));
 * const rows = Array.from({ length: 300 }, (_, i) => ({ logSize: Math.log(10 + i), spend: spend(10 + i) }));
 * const stored = JSON.stringify(fitStochasticFrontier(rows, { target: 'spend' }));
 * const model = StochasticFrontier.fromJSON(JSON.parse(stored));
 * // Of two of one size, who spends less has the smaller share of wallet.
 * const { efficiency } = model.efficiencies([{ logSize: 3, spend: 5 }, { logSize: 3, spend: 15 }]);
 * efficiency[0]! < efficiency[1]!; // => true
 * ```
 */
export class StochasticFrontier implements FrontierSummary {
  declare readonly target: string;
  declare readonly features: readonly string[];
  declare readonly inefficiencyDrivers: readonly string[];
  declare readonly noiseDrivers: readonly string[];
  declare readonly distribution: InefficiencyDistribution;
  declare readonly frontier: 'production' | 'cost';
  declare readonly scale: 'log' | 'asIs';
  declare readonly status: FrontierStatus;
  declare readonly note: string | null;
  declare readonly coefficients: readonly FrontierCoefficient[];
  declare readonly inefficiencyCoefficients: readonly FrontierCoefficient[];
  declare readonly noiseCoefficients: readonly FrontierCoefficient[];
  declare readonly sigmaU: FrontierFigure;
  declare readonly sigmaV: FrontierFigure;
  declare readonly sigma2: FrontierFigure;
  declare readonly gamma: FrontierFigure;
  declare readonly lambda: FrontierFigure;
  declare readonly mu: FrontierFigure | null;
  declare readonly meanEfficiency: number | null;
  declare readonly logLikelihood: number;
  declare readonly olsLogLikelihood: number;
  declare readonly likelihoodRatio: InefficiencyTest;
  declare readonly skewness: number;
  declare readonly drivers: readonly InefficiencyDriver[];
  declare readonly aliased: readonly AliasedColumn[];
  declare readonly rowCount: number;
  declare readonly confidence: number;
  declare readonly convergence: Convergence;
  readonly #state: StochasticFrontierState;
  readonly #effects: readonly FeatureEffect[];

  /** @internal */
  constructor(state: StochasticFrontierState) {
    this.#state = state;
    this.#effects = effectsOf(state.frontier);
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The model that {@link StochasticFrontier.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): StochasticFrontier {
    return restored('StochasticFrontier', () => {
      const state = requireSavedModel('StochasticFrontier', 1, json) as unknown as StochasticFrontierState;
      const sums: readonly (Partial<FrontierSum> | undefined)[] = [state.frontier, state.inefficiency, state.noise];
      if (sums.every((sum) => Array.isArray(sum?.terms) && Array.isArray(sum.slopes))) return new StochasticFrontier(state);
      throw new ClientelaError('MODEL_FORMAT', 'StochasticFrontier.fromJSON needs terms and slopes of three sums, found none');
    });
  }

  /**
   * The frontier of every row: what the target would be without inefficiency and without noise; of `scale: 'log'` the median of what customers
   * without inefficiency have. O(cells).
   *
   * A missing number and a level never seen in training are taken for the training average.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns a number for each row, on the scale of the target
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predict(data: TableInput): Float64Array {
    return this.#predict('predict', data);
  }

  /**
   * The frontier of one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns on the scale of the target
   * @throws a {@link ClientelaError} as {@link StochasticFrontier.predict}
   */
  predictRow(row: object): number {
    return this.#predict('predictRow', [row])[0]!;
  }

  /**
   * What each feature of a row adds to the frontier of the average training customer: to its logarithm for `scale: 'log'`.
   *
   * @param row - a raw row, with every column of `features`
   * @returns baseline and contributions, the strongest first; `prediction` is the frontier on the scale of the target
   * @throws a {@link ClientelaError} as {@link StochasticFrontier.predict}
   */
  explain(row: object): MarginExplanation {
    const prediction = this.#predict('explain', [row])[0]!;
    const amounts = linearContributions(this.#effects, row);
    const baseline = this.#state.frontier.slopes[0]!;
    return { baseline, contributions: rankContributions(row, this.features, amounts), margin: amounts.reduce((sum, amount) => sum + amount, baseline), prediction };
  }

  /**
   * How far from its frontier each row is, once noise is told from inefficiency: of spend the share of wallet and what to multiply by to have
   * the wallet. Without inefficiency (see `status`) every efficiency is 1. O(cells).
   *
   * @param data - raw rows, with the target, every column of `features` and those of the drivers
   * @param options - `confidence` of the intervals
   * @returns a place for each row in each of the columns
   * @throws a {@link ClientelaError} `MISSING_VALUE` or `INVALID_VALUE` (no target, or none above 0 for `scale: 'log'`), or as {@link StochasticFrontier.predict}
   */
  efficiencies(data: TableInput, options: EfficiencyOptions = {}): FrontierEfficiencies {
    const caller = 'StochasticFrontier.efficiencies';
    requireKnownOptions(caller, options, ['confidence']);
    const { confidence = this.confidence } = options;
    requireConfidence(caller, confidence);
    const view = readTable(caller, data);
    const { noise, inefficiency, tau, frontier } = this.#state;
    const isLog = this.scale === 'log';
    const target = readFrontierTarget(caller, numbersOf(caller, this.target, view.source(this.target)), { column: this.target, isLog, weights: null });
    const sign = this.frontier === 'cost' ? -1 : 1;
    const residuals = addEffects(caller, this.#effects, view, frontier.slopes[0]!);
    for (let i = 0; i < residuals.length; i++) residuals[i] = sign * ((isLog ? Math.log(target[i]!) : target[i]!) - residuals[i]!);
    const [sigmaV, sigmaU] = [exponentials(caller, noise, view), inefficiency.slopes.length === 0 ? null : exponentials(caller, inefficiency, view)];
    return rowEfficiencies({ distribution: this.distribution, tau, isCost: sign < 0, isLog, target, residuals, sigmaU, sigmaV }, confidence);
  }

  /**
   * The model as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link StochasticFrontier.fromJSON} reads
   */
  toJSON(): StochasticFrontierState {
    return savedCopy(this.#state);
  }

  #predict(method: string, data: TableInput): Float64Array {
    const caller = `StochasticFrontier.${method}`;
    const sums = addEffects(caller, this.#effects, readTable(caller, data), this.#state.frontier.slopes[0]!);
    return this.scale === 'log' ? sums.map(Math.exp) : sums;
  }
}

function effectsOf({ terms, slopes }: FrontierSum): FeatureEffect[] {
  return buildEffects(terms, slopes.slice(1));
}

/** exp of one of the sums, for every row. */
function exponentials(caller: string, sum: FrontierSum, view: TableView): Float64Array {
  if (sum.terms.length === 0) return new Float64Array(view.rowCount).fill(Math.exp(sum.slopes[0]!));
  return addEffects(caller, effectsOf(sum), view, sum.slopes[0]!).map(Math.exp);
}

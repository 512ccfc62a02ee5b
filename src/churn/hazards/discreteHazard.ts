import { describeValue } from '../../data/instant.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { parseTable, type ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { readElapsed, requireTime } from '../readElapsed.js';
import type { ElapsedOption, SurvivalModel, SurvivalPoints } from '../survivalModel.js';
import type { DiscreteHazardState, DiscreteHazardSummary } from './discreteHazardState.js';
import { HazardCurve } from './hazardCurve.js';
import { readHazardModel, type HazardLearnerName, type HazardModel } from './hazardLearners.js';
import { hazardTable, type HazardTime } from './hazardTable.js';

/** So many customers at a time: their intervals fit in memory, however many customers there are. */
const BLOCK = 2048;

/**
 * When customers leave, by a hazard in each interval of time that a learner of probabilities foretells. Learnt by `fitDiscreteHazard`; predicts from raw rows and
 * travels as JSON.
 *
 * Within an interval the hazard is taken to be the same throughout; after the last cut nothing is known, and the curve stays as it is there.
 *
 * @example
 * ```ts
 * import { fitDiscreteHazard } from 'clientela/churn';
 * const customers = Array.from({ length: 200 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', months: 1 + (i % 12), left: i % (i % 2 ? 5 : 2) === 0 }));
 * const stored = JSON.stringify(fitDiscreteHazard(customers, { duration: 'months', event: 'left' }));
 * const hazard = DiscreteHazard.fromJSON(JSON.parse(stored));
 * const [basic, gold] = hazard.predictSurvival([{ plan: 'basic' }, { plan: 'gold' }], 6);
 * basic < gold; // => true
 * ```
 */
export class DiscreteHazard implements SurvivalModel, DiscreteHazardSummary {
  declare readonly features: readonly string[];
  declare readonly learner: HazardLearnerName | 'own';
  declare readonly time: HazardTime;
  declare readonly cuts: readonly number[];
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly periodCount: number;
  declare readonly logLikelihood: number;
  /** The model behind it, whose rows have the features and `(time)`: to explain a hazard, or to read its coefficients. */
  readonly model: HazardModel;
  readonly #cuts: Float64Array;
  readonly #summary: DiscreteHazardSummary;

  /** @internal */
  constructor(summary: DiscreteHazardSummary, model: HazardModel) {
    assignFields(this, summary);
    this.model = model;
    this.#summary = summary;
    this.#cuts = Float64Array.from(summary.cuts);
    Object.freeze(this);
  }

  /**
   * The model that {@link DiscreteHazard.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @param options - `restore`: makes a model of your own learner from its JSON
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT`, `MODEL_VERSION` or `INVALID_OPTION` (no `restore`)
   */
  static fromJSON(json: unknown, options: { readonly restore?: (json: unknown) => HazardModel } = {}): DiscreteHazard {
    return restored('DiscreteHazard', () => {
      const { summary, model } = requireSavedModel('DiscreteHazard', 1, json, 'summary', 'model') as unknown as DiscreteHazardState;
      if (Array.isArray(summary.cuts) && Array.isArray(summary.features)) return new DiscreteHazard(summary, readHazardModel(summary.learner, model, options.restore));
      throw new ClientelaError('MODEL_FORMAT', 'DiscreteHazard.fromJSON needs cuts and features as arrays; the JSON is damaged');
    });
  }

  /**
   * The cumulative hazard, averaged over the cuts: higher for sooner, early events counting longer. Where hazards cross this ranks by the whole time (the mortality of Ishwaran et al., 2008).
   * O(rows × intervals).
   *
   * @param data - raw rows, with every column of `features`
   * @returns a number for each row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predictRisk(data: TableInput): Float64Array {
    return this.#predict('predictRisk', data, {}, (curve) => curve.mean());
  }

  /**
   * The probability of being still without the event after a time. O(rows × intervals).
   *
   * @param data - raw rows, with every column of `features`
   * @param time - in the unit of the durations, counted from `elapsed`
   * @param options - `elapsed`: the time each row has already gone without the event
   * @returns a probability for each row
   * @throws a {@link ClientelaError} `INVALID_OPTION` or `LENGTH_MISMATCH` (time, elapsed), or as {@link DiscreteHazard.predictRisk}
   */
  predictSurvival(data: TableInput, time: number, options: ElapsedOption = {}): Float64Array {
    requireTime('DiscreteHazard.predictSurvival', 'time', time);
    return this.#predict('predictSurvival', data, options, (curve, elapsed) => curve.survival(elapsed, time));
  }

  /**
   * The time by which a share of customers like each row has had the event. O(rows × intervals).
   *
   * @param data - raw rows, with every column of `features`
   * @param share - in (0, 1); .5 is the median
   * @param options - as for {@link DiscreteHazard.predictSurvival}
   * @returns a time for each row, counted from `elapsed`; Infinity where the curve does not come so far
   * @throws a {@link ClientelaError} as {@link DiscreteHazard.predictSurvival}
   */
  predictQuantile(data: TableInput, share: number, options: ElapsedOption = {}): Float64Array {
    const caller = 'DiscreteHazard.predictQuantile';
    if (!(share > 0 && share < 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs share between 0 and 1, found ${describeValue(share)}`, { function: caller, option: 'share', value: share });
    return this.#predict('predictQuantile', data, options, (curve, elapsed) => curve.quantile(elapsed, share));
  }

  /**
   * The mean time without the event within a horizon. O(rows × intervals).
   *
   * @param data - raw rows, with every column of `features`
   * @param horizon - in the unit of the durations, counted from `elapsed`
   * @param options - as for {@link DiscreteHazard.predictSurvival}
   * @returns a time for each row, at most the horizon
   * @throws a {@link ClientelaError} as {@link DiscreteHazard.predictSurvival}
   */
  predictRestrictedMean(data: TableInput, horizon: number, options: ElapsedOption = {}): Float64Array {
    requireTime('DiscreteHazard.predictRestrictedMean', 'horizon', horizon);
    return this.#predict('predictRestrictedMean', data, options, (curve, elapsed) => curve.restrictedMean(elapsed, horizon));
  }

  /**
   * The curve of one row at the cuts.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `elapsed`: the time it has already gone without the event
   * @returns a point at each cut after that
   * @throws a {@link ClientelaError} as {@link DiscreteHazard.predictSurvival}
   */
  survivalCurve(row: object, options: { readonly elapsed?: number } = {}): SurvivalPoints {
    const elapsed = readElapsed('DiscreteHazard.survivalCurve', options, 1)(0);
    return new HazardCurve(this.#cuts).read(this.hazards(row), 0).points(elapsed);
  }

  /**
   * The probability of the event in each interval, of who is without it at its start.
   *
   * @param row - a raw row, with every column of `features`
   * @returns a probability for each interval
   * @throws a {@link ClientelaError} as {@link DiscreteHazard.predictRisk}
   */
  hazards(row: object): Float64Array {
    return this.#hazards(parseTable('DiscreteHazard.hazards', [row]), 0, 1);
  }

  /**
   * The model as plain JSON.
   *
   * @returns what {@link DiscreteHazard.fromJSON} reads
   * @throws a {@link ClientelaError} `INVALID_INPUT` where the model of your own learner has no `toJSON`
   */
  toJSON(): DiscreteHazardState {
    if (this.model.toJSON === undefined) throw new ClientelaError('INVALID_INPUT', 'DiscreteHazard.toJSON needs a toJSON of the model that your learner gave, found none', { function: 'DiscreteHazard.toJSON' });
    return savedCopy({ format: 'DiscreteHazard', formatVersion: 1, summary: this.#summary, model: this.model.toJSON() });
  }

  /** The hazards of some rows, interval by interval within each. */
  #hazards(view: ParsedTable, from: number, to: number): Float64Array {
    const count = this.#cuts.length - 1;
    const rows = Uint32Array.from({ length: (to - from) * count }, (_, i) => from + Math.floor(i / count));
    const table = hazardTable(view, this.features, rows, { intervals: Array.from(rows, (_, i) => i % count), cuts: this.#cuts, time: this.time });
    return this.model.predictProbability(table);
  }

  #predict(method: string, data: TableInput, options: ElapsedOption, answer: (curve: HazardCurve, elapsed: number) => number): Float64Array {
    const view = parseTable(`DiscreteHazard.${method}`, data);
    const elapsed = readElapsed(`DiscreteHazard.${method}`, options, view.rowCount);
    const answers = new Float64Array(view.rowCount);
    const curve = new HazardCurve(this.#cuts);
    const count = this.#cuts.length - 1;
    for (let from = 0; from < view.rowCount; from += BLOCK) {
      const to = Math.min(view.rowCount, from + BLOCK);
      const hazards = this.#hazards(view, from, to);
      for (let row = from; row < to; row++) answers[row] = answer(curve.read(hazards, (row - from) * count), elapsed(row));
    }
    return answers;
  }
}

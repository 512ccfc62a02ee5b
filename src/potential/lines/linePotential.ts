import { requireKnownOptions } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import { MarketPotential, type PotentialOptions } from '../door/marketPotential.js';
import { addLines } from './addLines.js';
import type { LineAdjustment, LinePotentials, LinePotentialState } from './linePotentialState.js';
import { withOneSpend } from './summedColumns.js';

interface Summed {
  readonly members: readonly number[];
  readonly model: MarketPotential;
}

/**
 * What customers could bring in each of several lines and in all, without counting anything twice; learnt by `fitLinePotential`. Travels as JSON.
 *
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * import { fitLinePotential } from 'clientela/potential';
 * const random = createRandom(1);
 * const customers = Array.from({ length: 200 }, () => {
 *   const size = 1 + random.integer(5);
 *   const spend = (): number => 100 * size * Math.exp(0.3 * random.normal() - Math.abs(0.7 * random.normal()));
 *   return { size, food: spend(), drinks: spend() };
 * });
 * const fitted = fitLinePotential(customers, { lines: { food: 'food', drinks: 'drinks' }, estimators: ['halfNormal'] });
 * const model = LinePotential.fromJSON(JSON.parse(JSON.stringify(fitted)));
 * const { perLine, total } = model.predict(customers);
 * perLine[0]!.potential[7]! + perLine[1]!.potential[7]! - total.potential[7]!; // => 0
 * ```
 */
export class LinePotential {
  /** The names of the lines. */
  readonly lines: readonly string[];
  /** One potential for each line by itself, with its report. */
  readonly models: readonly MarketPotential[];
  /** That of all lines together by itself; null where the total is what they add up to. */
  readonly totalModel: MarketPotential | null;
  readonly #state: LinePotentialState;
  readonly #groups: readonly Summed[];

  /** @internal */
  constructor(state: LinePotentialState) {
    this.#state = state;
    this.lines = state.lines;
    this.models = state.models.map((model) => MarketPotential.fromJSON(model));
    this.totalModel = state.total && MarketPotential.fromJSON(state.total.model);
    this.#groups = state.groups.map(({ members, model }) => ({ members, model: MarketPotential.fromJSON(model) }));
  }

  /**
   * The model that {@link LinePotential.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its potentials are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): LinePotential {
    return restored('LinePotential', () => new LinePotential(requireSavedModel('LinePotential', 1, json, 'lines', 'models', 'groups') as unknown as LinePotentialState));
  }

  /**
   * What each customer could bring in each line and in all, reconciled customer by customer as `reconcileLines` does: no line below what is spent in
   * it, the lines adding up to the total, each estimate giving way as far as it is uncertain. Intervals, variances and wallets go
   * along in proportion.
   *
   * @param data - raw rows, with the features and the spend in every line
   * @param options - `prospects`: nobody spends
   * @returns a potential for each line and one for all
   * @throws a {@link ClientelaError} as `MarketPotential.predict`
   */
  predict(data: TableInput, options: PotentialOptions = {}): LinePotentials {
    const caller = 'LinePotential.predict';
    requireKnownOptions(caller, options, ['prospects']);
    const view = readTable(caller, data);
    const spends = this.#state.models.map(({ spend }) => spend);
    const estimate = (model: MarketPotential, members: readonly number[]): CustomerPotentials => {
      const names = options.prospects === true ? [] : members.map((line) => spends[line]!);
      return model.predict(names.length === 0 ? data : withOneSpend(caller, view, spends, model.spend, names), options);
    };
    const given = {
      perLine: this.models.map((model, line) => estimate(model, [line])),
      groups: this.#groups.map(({ members, model }) => ({ members, estimate: estimate(model, members) })),
      total: this.totalModel && estimate(this.totalModel, spends.map((_, line) => line)),
    };
    const { perLine, total } = addLines(given);
    const adjustments = this.lines.map((name, line) => adjustmentOf(name, given.perLine[line]!, perLine[line]!.potential));
    for (const group of given.groups) {
      const sums = group.members.map((line) => perLine[line]!.potential).reduce((sum, column) => sum.map((value, i) => value + column[i]!));
      adjustments.push(adjustmentOf(group.members.map((line) => this.lines[line]!).join(' + '), group.estimate, sums));
    }
    adjustments.push(adjustmentOf('total', given.total ?? total, total.potential));
    return { lines: this.lines, perLine, total, adjustments };
  }

  /**
   * The model as plain JSON.
   *
   * @returns what {@link LinePotential.fromJSON} reads
   */
  toJSON(): LinePotentialState {
    return savedCopy(this.#state);
  }
}

function adjustmentOf(name: string, { present, potential }: CustomerPotentials, after: Float64Array): LineAdjustment {
  const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return { name, present: sumOf(present), before: sumOf(potential), after: sumOf(after) };
}

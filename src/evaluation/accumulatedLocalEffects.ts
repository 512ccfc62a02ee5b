import { requireKnownOptions, requireWhole } from '../data/options.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { parseTable } from '../data/takeRows.js';
import { ClientelaError } from '../errors.js';
import { requireScores } from './crossValidationSteps.js';
import { requireVariedColumn, type GridValue } from './dependenceGrid.js';
import { anyPredictor } from './effectModel.js';
import { localSteps } from './localSteps.js';
import { replaceColumns } from './replacedColumns.js';

/** Options of {@link accumulatedLocalEffects}. */
export interface AccumulatedLocalEffectsOptions<Names extends string, Model> {
  /** The column whose effect is looked at. */
  readonly feature: Names;
  /** Into how many stretches of equally many rows a number is cut; fewer where values repeat. @defaultValue 20 */
  readonly bins?: number;
  /** For a category: its levels in the order in which one leads to the next. */
  readonly levels?: readonly string[];
  /** Scores a table, one number per row. @defaultValue model.predictProbability(table), otherwise model.predict(table) */
  readonly predict?: (model: Model, table: TableLike<Names>) => ArrayLike<number>;
  /** Weights of the rows: a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
}

/** What {@link accumulatedLocalEffects} returns. */
export interface AccumulatedLocalEffects {
  /** The column. */
  readonly feature: string;
  /** Edges of the stretches, the least value first (dates as UTC milliseconds); or the levels. */
  readonly grid: readonly GridValue[];
  /** Effect at each of them; its average over the rows is 0. */
  readonly effects: Float64Array;
  /** Weight of the rows behind each step from one to the next. */
  readonly counts: Float64Array;
}

/**
 * The accumulated local effects of a feature: what the prediction gains as the feature rises step by step, each step asked only of customers who are near it.
 *
 * Where columns go together this is the plot to trust: no customer is moved further than to the ends of their own stretch, so no impossible one is made up (Apley and Zhu,
 * JRSS B 82, 2020, first order, their quantile bins). For a linear model it is the coefficient times the feature, exactly, however correlated the columns.
 * Numbers and dates; booleans; categories in an order you give, each step from the rows of both of its levels. Rows where the feature is missing are left out.
 * Two predictions of all rows.
 *
 * @param model - anything with predictProbability or predict, or with `predict` among the options
 * @param data - a Frame, rows, or columns, as the model takes them
 * @param options - feature, bins, levels, predict, weights
 * @returns the grid with the effect at each value
 * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_OPTION`, `EMPTY_INPUT`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE` for unusable predictions
 * @example
 * ```ts
 * const customers = { visits: [0, 1, 2, 3, 4], spend: [0, 10, 20, 30, 40] };
 * const values = (table: { column(name: string): unknown }, name: string) => (table.column(name) as { values: Float64Array }).values;
 * const model = { predict: (table: { column(name: string): unknown }) => values(table, 'visits').map((visits, i) => 2 * visits + values(table, 'spend')[i]!) };
 * const { grid, effects } = accumulatedLocalEffects(model, customers, { feature: 'visits', bins: 2 });
 * grid; // => [0, 2, 4]
 * effects[2]! - effects[0]!; // => 8
 * ```
 */
export function accumulatedLocalEffects<Data extends TableOf<Data>, Model>(
  model: Model,
  data: Data,
  options: AccumulatedLocalEffectsOptions<ColumnNameOf<Data>, Model>,
): AccumulatedLocalEffects {
  const caller = 'accumulatedLocalEffects';
  requireKnownOptions(caller, options, ['feature', 'bins', 'levels', 'predict', 'weights']);
  const view = parseTable(caller, data);
  const { feature } = options;
  const column = requireVariedColumn(caller, view, feature);
  const bins = requireWhole(caller, 'bins', options.bins ?? 20, 1);
  const weights = options.weights === undefined ? undefined : readWeights(caller, view, options.weights);
  const steps = localSteps(caller, feature, column, bins, options.levels, weights);
  const all = Uint32Array.from({ length: view.rowCount }, (_, row) => row);
  const predict = options.predict ?? anyPredictor(caller);
  const scored = steps.columns.map((moved) => requireScores(caller, predict(model, replaceColumns<ColumnNameOf<Data>>(view, new Map([[feature, moved]]))), all));
  const { grid, moves, places } = steps;
  const [gains, counts] = [new Float64Array(grid.length - 1), new Float64Array(grid.length - 1)];
  for (const { stepOf, from, to } of moves) {
    for (let row = 0; row < view.rowCount; row++) {
      const step = stepOf[row]!;
      if (step < 0) continue;
      const weight = weights === undefined ? 1 : weights[row]!;
      gains[step]! += weight * (scored[to]![row]! - scored[from]![row]!);
      counts[step]! += weight;
    }
  }
  const effects = new Float64Array(grid.length);
  for (let k = 0; k < gains.length; k++) effects[k + 1] = effects[k]! + (counts[k]! > 0 ? gains[k]! / counts[k]! : 0);
  const middle = meanEffect(effects, places);
  if (!Number.isFinite(middle)) throw new ClientelaError('EMPTY_INPUT', `${caller} found no known value in column "${feature}"`, { column: feature });
  return { feature, grid, effects: effects.map((effect) => effect - middle), counts };
}

// Each grid value with the weight of the rows that stand there; a stretch counts half at either end.
function meanEffect(effects: Float64Array, places: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let k = 0; k < effects.length; k++) {
    sum += places[k]! * effects[k]!;
    total += places[k]!;
  }
  return sum / total;
}

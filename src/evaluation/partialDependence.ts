import type { Column } from '../data/column.js';
import { requireKnownOptions, requireWhole } from '../data/options.js';
import { readWeights, type RowNumbers } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableLike, TableOf } from '../data/table.js';
import { parseTable, takeRows } from '../data/takeRows.js';
import { constantColumn } from './constantColumn.js';
import { requireScores } from './crossValidationSteps.js';
import { dependenceGrid, requireVariedColumn, type GridValue } from './dependenceGrid.js';
import { anyPredictor } from './effectModel.js';
import { replaceColumns } from './replacedColumns.js';
import { sampleRows } from './sampleRows.js';

/** Options of {@link partialDependence}. */
export interface PartialDependenceOptions<Names extends string, Model> {
  /** The column whose effect is looked at. */
  readonly feature: Names;
  /** Values it is set to (dates as UTC milliseconds); or how many, spread evenly over the ranks of a number from the 5th to the 95th percentile. @defaultValue 20; all levels of a category, false and true */
  readonly grid?: number | readonly GridValue[];
  /** At most so many rows are averaged over, drawn at random. @defaultValue 1000 */
  readonly sample?: number;
  /** Whether every curve starts at 0: what a change does, whatever the level. @defaultValue false */
  readonly centered?: boolean;
  /** Whether the curve of every row is returned (individual conditional expectation). @defaultValue false */
  readonly individual?: boolean;
  /** Scores a table, one number per row. @defaultValue model.predictProbability(table), otherwise model.predict(table) */
  readonly predict?: (model: Model, table: TableLike<Names>) => ArrayLike<number>;
  /** Weights of the rows in the average: a column, or one number per row. @defaultValue all 1 */
  readonly weights?: RowNumbers<Names>;
  /** Chance in the sample, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** What {@link partialDependence} returns. */
export interface PartialDependence {
  /** The column. */
  readonly feature: string;
  /** Values it was set to. */
  readonly grid: readonly GridValue[];
  /** Average prediction at each of them. */
  readonly mean: Float64Array;
  /** Where asked for: one curve per row of `rows`, over the grid. */
  readonly individual?: readonly Float64Array[];
  /** Positions of the rows averaged over, ascending. */
  readonly rows: Uint32Array;
}

/**
 * The partial dependence of a model on one feature: what it predicts on average when that column is set to one value for everybody.
 *
 * For a model that adds its features up, the shape of that feature's term: the slope is the coefficient (Friedman, Annals of Statistics 29, 2001). It averages over
 * combinations that may not occur, such as a tenure of 40 years at age 20: where columns go together, take `accumulatedLocalEffects`. Curves per row (`individual`,
 * Goldstein et al., 2015) show what an average hides: curves that cross are an interaction. One prediction of the sample per value.
 *
 * @param model - anything with predictProbability or predict, or with `predict` among the options
 * @param data - a Frame, rows, or columns, as the model takes them
 * @param options - feature, grid, sample, centered, individual, predict, weights, seed
 * @returns the grid with the average prediction at each value
 * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `COLUMN_KIND`, `INVALID_OPTION`, `EMPTY_INPUT`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE` for unusable predictions
 * @example
 * ```ts
 * const customers = { visits: [0, 1, 2, 3], spend: [10, 20, 30, 40] };
 * const values = (table: { column(name: string): unknown }, name: string) => (table.column(name) as { values: Float64Array }).values;
 * const model = { predict: (table: { column(name: string): unknown }) => values(table, 'visits').map((visits, i) => 2 * visits + values(table, 'spend')[i]!) };
 * partialDependence(model, customers, { feature: 'visits', grid: [0, 3] }).mean; // => [25, 31]
 * ```
 */
export function partialDependence<Data extends TableOf<Data>, Model>(model: Model, data: Data, options: PartialDependenceOptions<ColumnNameOf<Data>, Model>): PartialDependence {
  const caller = 'partialDependence';
  requireKnownOptions(caller, options, ['feature', 'grid', 'sample', 'centered', 'individual', 'predict', 'weights', 'seed']);
  const view = parseTable(caller, data);
  const { feature, centered = false, individual = false, seed = 1 } = options;
  const column = requireVariedColumn(caller, view, feature);
  const given = options.weights === undefined ? undefined : readWeights(caller, view, options.weights);
  const present = Uint32Array.from({ length: view.rowCount }, (_, row) => row).filter((row) => given === undefined || given[row]! > 0);
  const rows = sampleRows(present, requireWhole(caller, 'sample', options.sample ?? 1000, 1), seed);
  const { grid, codes } = dependenceGrid(caller, feature, column, present, given, options.grid);
  const predict = options.predict ?? anyPredictor(caller);
  const table = takeRows<ColumnNameOf<Data>>(view, rows);
  const curves = codes.map((code) => {
    const set = new Map<string, Column>([[feature, constantColumn(column, code, rows.length)]]);
    return Float64Array.from(requireScores(caller, predict(model, replaceColumns<ColumnNameOf<Data>>(table, set)), rows));
  });
  if (centered) centreCurves(curves);
  const mean = Float64Array.from(curves, (curve) => average(curve, rows, given));
  const lines = Array.from(rows, (_, i) => Float64Array.from(curves, (curve) => curve[i]!));
  return { feature, grid, mean, ...(individual ? { individual: lines } : {}), rows };
}

function centreCurves(curves: readonly Float64Array[]): void {
  const first = curves[0]!.slice();
  for (const curve of curves) for (let i = 0; i < first.length; i++) curve[i]! -= first[i]!;
}

function average(curve: Float64Array, rows: Uint32Array, weights: Float64Array | undefined): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const weight = weights === undefined ? 1 : weights[rows[i]!]!;
    sum += weight * curve[i]!;
    total += weight;
  }
  return sum / total;
}

import { readWeights, type RowNumbers } from '../../data/rowNumbers.js';
import { readTable, type TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { designColumns } from '../../learners/logisticDesign.js';
import type { CoefficientCovariance } from '../../learners/logisticState.js';
import { readSurvivalRows, type SurvivalColumns } from '../survivalRows.js';
import type { CoxRegression } from './coxRegression.js';
import { coxRows, type CoxRows, type CoxTies } from './coxRows.js';
import { mergeTimes } from './mergeTimes.js';
import { readStrata } from './strata.js';

/** A model and rows as the sums after the fit need them. */
export interface ModelRows {
  readonly rows: CoxRows;
  /** Coefficients of the standardised design. */
  readonly beta: Float64Array;
  /** Inverse information of the same, row-major; null where there is none. */
  readonly inverse: Float64Array | null;
  /** The covariance the model reports (the robust one where it was asked for), standardised, row-major; 0 for what has no finite estimate; null without inference. */
  readonly covariance: Float64Array | null;
  readonly ties: CoxTies;
  /** How many rows the data have, those of weight 0 included. */
  readonly dataRowCount: number;
}

/** The rows of a table as a fitted model reads them; weights that were an array at the fit must be given again. */
export function rowsOfModel(caller: string, model: CoxRegression, data: TableInput, weights?: RowNumbers): ModelRows {
  const state = model.toJSON();
  const { duration, event, eventValue, entry, strata, tieTolerance } = state.columns;
  const view = readTable(caller, data);
  const columns: SurvivalColumns = { duration, ...(event !== null && { event }), ...(eventValue !== null && { eventValue }), ...(entry !== null && { entry }) };
  const given = weights ?? state.columns.weights;
  const read = readSurvivalRows(caller, view, columns);
  const weighted = { ...read, weights: given === null ? null : readWeights(caller, view, given) };
  if (!weighted.events.includes(1)) throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs some rows that ended with the event, found none`, { function: caller });
  // As if weighted: rows may miss what no training row did.
  const design = designColumns(caller, state.terms, view, true);
  const kept = state.kept.map((column) => design[column]!);
  const rows = coxRows(mergeTimes(caller, weighted, tieTolerance), kept, strata === null ? null : readStrata(caller, view, strata, state.strataLevels!));
  return { rows, beta: Float64Array.from(state.slopes), inverse: state.inverse && Float64Array.from(state.inverse), covariance: standardisedCovariance(state.covariance, rows), ties: model.ties, dataRowCount: view.rowCount };
}

function standardisedCovariance(covariance: CoefficientCovariance | null, { names, scales, columnCount }: CoxRows): Float64Array | null {
  if (covariance === null) return null;
  const places = names.map((name) => covariance.names.indexOf(name));
  return Float64Array.from({ length: columnCount * columnCount }, (_, at) => {
    const [i, j] = [Math.floor(at / columnCount), at % columnCount];
    const [a, b] = [places[i]!, places[j]!];
    return a < 0 || b < 0 ? 0 : covariance.values[a * covariance.names.length + b]! * scales[i]! * scales[j]!;
  });
}

import { Encoding, encodeView } from '../../data/encoding.js';
import type { TableView } from '../../data/table.js';
import { LogisticRegression } from '../../learners/logisticRegression.js';
import type { LogisticRegressionState } from '../../learners/logisticState.js';
import { asTable } from './readSpenders.js';

/** P(spends at all), as JSON: the same for everybody, or by a regression on the profile. */
export type ParticipationState =
  | {
      readonly kind: 'rate';
      /** Share of the customers who spend. */
      readonly rate: number;
      /** Its standard error. */
      readonly standardError: number;
    }
  | {
      readonly kind: 'logistic';
      readonly model: LogisticRegressionState;
      /** Columns of the standardised design, 0 the intercept, that the data can tell apart. */
      readonly columns: readonly number[];
      /** Lower triangle, row by row, of L with L L' the information about their coefficients. */
      readonly information: readonly number[];
    };

/** P(spends at all) of some rows, and how it moves with what fitting left uncertain. */
export interface ParticipationRows {
  readonly probability: Float64Array;
  /** How many independent unknowns it has. */
  readonly unknowns: number;
  /** Row-major, rows × `unknowns`: its change for one standard deviation of each. */
  readonly loadings: Float64Array;
}

/** What a stored participation is once opened. */
export interface OpenParticipation {
  /** The regression on the profile; null for a rate. */
  readonly model: LogisticRegression | null;
  readonly of: (caller: string, view: TableView) => ParticipationRows;
}

/** Opens a stored participation. */
export function openParticipation(state: ParticipationState): OpenParticipation {
  if (state.kind === 'logistic') {
    const model = new LogisticRegression(state.model);
    const encoding = new Encoding({ format: 'Encoding', formatVersion: 1, terms: state.model.terms });
    return { model, of: (caller, view) => byProfile(caller, state, model, encoding, view) };
  }
  const { rate, standardError } = state;
  const unknowns = standardError > 0 ? 1 : 0;
  return { model: null, of: (_, { rowCount }) => ({ probability: new Float64Array(rowCount).fill(rate), unknowns, loadings: new Float64Array(rowCount * unknowns).fill(standardError) }) };
}

/** P(spends at all) of every row, in the name of whoever asks. O(rows × columns²). */
function byProfile(caller: string, { columns, information }: ParticipationState & { kind: 'logistic' }, model: LogisticRegression, encoding: Encoding, view: TableView): ParticipationRows {
  const unknowns = columns.length;
  // No rows have no columns either.
  if (view.rowCount === 0) return { probability: new Float64Array(0), unknowns, loadings: new Float64Array(0) };
  const design = encodeView(caller, encoding, view);
  const probability = model.predictProbability(asTable(view));
  const loadings = new Float64Array(view.rowCount * unknowns);
  for (let row = 0; row < view.rowCount; row++) {
    const p = probability[row]!;
    const at = row * unknowns;
    // With information L L' the coefficients vary as L'^-1 z: a row x moves by L^-1 x.
    for (let i = 0, l = 0; i < unknowns; i++) {
      let sum = columns[i] === 0 ? 1 : design.values[row * design.columnCount + columns[i]! - 1]!;
      for (let k = 0; k < i; k++) sum -= information[l++]! * loadings[at + k]!;
      loadings[at + i] = sum / information[l++]!;
    }
    for (let i = 0; i < unknowns; i++) loadings[at + i]! *= p * (1 - p);
  }
  return { probability, unknowns, loadings };
}

import { columnMoments } from '../../data/columnMoments.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError, isClientelaError } from '../../errors.js';
import { binIndexes, binWoes } from '../binning/binIndex.js';
import type { BinnedFeature } from '../binning/binningState.js';
import { fitLogisticRegression } from '../fitLogisticRegression.js';
import type { LogisticRegression } from '../logisticRegression.js';

/** The evidence of one feature, row by row. */
export interface EvidenceColumn {
  readonly name: string;
  readonly binning: BinnedFeature;
  /** Where each row falls. */
  readonly places: Int32Array;
  /** Its weight of evidence. */
  readonly values: Float64Array;
  /** Weighted mean of it. */
  readonly mean: number;
  /** Weighted sum of squared distances from the mean. */
  readonly squares: number;
}

/** What a card is learnt from. */
export interface CardProblem {
  readonly caller: string;
  /** From the highest information value; ties in the order of the binning. */
  readonly columns: readonly EvidenceColumn[];
  /** 1 and 0. */
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
  readonly ridge: number;
  readonly confidence: number;
  /** The sign a coefficient must have, so that more evidence for the event raises its probability. */
  readonly sign: 1 | -1;
}

/** The evidence of every feature at every row. O(cells log bins). */
export function evidenceColumns(caller: string, features: readonly BinnedFeature[], view: ParsedTable, weights: Float64Array | null): EvidenceColumn[] {
  return features
    .map((binning): EvidenceColumn => {
      const places = binIndexes(caller, binning, view.source(binning.feature));
      const woes = binWoes(binning);
      const values = new Float64Array(places.length);
      for (let row = 0; row < places.length; row++) values[row] = woes[places[row]!]!;
      const { mean, squares } = columnMoments(values, weights);
      return { name: binning.feature, binning, places, values, mean, squares };
    })
    .sort((a, b) => b.binning.iv - a.binning.iv);
}

/** A fit on some of the columns. */
export interface CardFit {
  readonly model: LogisticRegression;
  /** Columns with a bin that foretells the outcome so that no finite estimate exists: for them the fit has Firth's penalty. */
  readonly separated: readonly string[];
}

/** The logistic regression on some of the columns; on none of them the base rate alone. */
export function fitColumns({ caller, y, weights, ridge, confidence }: CardProblem, columns: readonly EvidenceColumn[]): CardFit {
  // Positions for names: no column of the data can be mistaken for the target.
  const data: Record<string, Float64Array> = { y };
  columns.forEach(({ values }, j) => (data[String(j)] = values));
  // A column of zeros is aliased and leaves the intercept.
  if (columns.length === 0) data['0'] = new Float64Array(y.length);
  const nameOf = (j: string): string => columns[Number(j)]?.name ?? j;
  const reword = (message: string): string => message.replace(/"(\d+)"/g, (_, j: string) => `"${nameOf(j)}"`).replace('firth: true or ', '');
  const fit = (penalty: { readonly ridge: number } | { readonly firth: true }): LogisticRegression =>
    speakingAs(caller, 'fitLogisticRegression', { reword, nameOf }, () => fitLogisticRegression(data, { target: 'y', positive: 1, confidence, ...penalty, ...(weights && { weights }) }));
  const model = fit({ ridge: columns.length === 0 ? 0 : ridge });
  const separated = model.separated.map(nameOf);
  // Evidence is finite by its smoothing; a probability of 1 - 1e-13 for its bin would not be.
  return { model: separated.length === 0 ? model : fit({ firth: true }), separated };
}

interface Words {
  readonly reword?: (message: string) => string;
  readonly nameOf?: (column: string) => string;
}

/** What `run` gives; its errors name the function that was called, not the one that serves it. */
export function speakingAs<Result>(caller: string, server: string, { reword = String, nameOf = String }: Words, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!isClientelaError(error)) throw error;
    const { columns } = error.details;
    const details = Array.isArray(columns) ? { ...error.details, columns: columns.map((column) => nameOf(String(column))) } : error.details;
    throw new ClientelaError(error.code, reword(error.message).replace(server, caller), details);
  }
}

/** The slope of every column, in their order; 0 for an aliased one. */
export function slopesOf(model: LogisticRegression, columns: readonly EvidenceColumn[]): number[] {
  const found = new Map(model.coefficients.map(({ name, estimate }) => [name, estimate]));
  return columns.map((_, j) => found.get(String(j)) ?? 0);
}

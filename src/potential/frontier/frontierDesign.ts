import type { EncodingTerm } from '../../data/encodingTerm.js';
import { learnTerms } from '../../data/learnTerms.js';
import type { TableView } from '../../data/table.js';
import { aliasesInWords } from '../../learners/coefficientTable.js';
import { aliasesOf, type LogisticSolution } from '../../learners/linearSolution.js';
import { designColumns, type DesignColumn } from '../../learners/logisticDesign.js';
import type { LogisticProblem } from '../../learners/logisticPass.js';
import type { AliasedColumn } from '../../learners/logisticState.js';
import { pivotedCholesky } from '../../numeric/cholesky.js';
import { weightedGram } from './weightedGram.js';

/** The columns of one of the three sums. */
export interface FrontierDesign {
  readonly terms: readonly EncodingTerm[];
  /** Every column of the sum, without the intercept. */
  readonly all: readonly DesignColumn[];
  /** Positions that have a coefficient, 0 being the intercept. */
  readonly kept: readonly number[];
  /** Values of the kept ones, standardised, the intercept's ones first. */
  readonly columns: readonly Float64Array[];
  readonly aliased: readonly AliasedColumn[];
}

/** What a sum may be made of. */
export interface DesignRequest {
  /** Null: an intercept alone. */
  readonly features: readonly string[] | null | undefined;
  readonly exclude: readonly string[];
  readonly weights: Float64Array | null;
  readonly minLevelCount: number | undefined;
}

/** Standardised columns that earlier ones do not determine. */
export function frontierDesign(caller: string, view: TableView, { features, exclude, weights, minLevelCount }: DesignRequest): FrontierDesign {
  const ones = new Float64Array(view.rowCount).fill(1);
  if (features === null) return { terms: [], all: [], kept: [0], columns: [ones], aliased: [] };
  const terms = learnTerms(caller, view, { exclude, ...(features && { features }), ...(weights && { weights }), ...(minLevelCount !== undefined && { minLevelCount }) });
  const all = designColumns(caller, terms, view, weights !== null);
  const values = [ones, ...all.map(standardised)];
  const rank = pivotedCholesky(weightedGram(values, weights), values.length, 1e-9);
  const kept = [...rank.order.subarray(0, rank.rank)];
  const names = ['(Intercept)', ...all.map(({ name }) => name)];
  // Of problem and solution only what is named here is read.
  const aliased = aliasesInWords({ columns: all } as unknown as LogisticProblem, { aliased: aliasesOf(rank) } as unknown as LogisticSolution, names);
  return { terms, all, kept, columns: kept.map((position) => values[position]!), aliased };
}

function standardised(column: DesignColumn): Float64Array {
  const { center, scale } = column;
  if (column.kind === 'number') return column.values.map((value) => (value - center) / scale);
  const values = new Float64Array(column.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = column.table[column.codes[i]! + 1]!;
  return values;
}

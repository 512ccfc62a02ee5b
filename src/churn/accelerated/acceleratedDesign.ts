import type { EncodingTerm } from '../../data/encodingTerm.js';
import { learnTerms } from '../../data/learnTerms.js';
import type { TableView } from '../../data/table.js';
import { aliasesInWords } from '../../learners/coefficientTable.js';
import { zeroColumn } from '../../learners/glm/zeroSeparation.js';
import { aliasesOf, type LogisticSolution } from '../../learners/linearSolution.js';
import { designColumns, type DesignColumn } from '../../learners/logisticDesign.js';
import type { LogisticProblem } from '../../learners/logisticPass.js';
import type { AliasedColumn } from '../../learners/logisticState.js';
import type { Separation } from '../../learners/separation.js';
import { pivotedCholesky } from '../../numeric/cholesky.js';
import { RowLikelihood } from './rowLikelihood.js';

/** The columns of one sum over features. */
export interface AcceleratedDesign {
  readonly terms: readonly EncodingTerm[];
  /** Every column of the sum, without the intercept. */
  readonly all: readonly DesignColumn[];
  /** Standardised values of all, the intercept's ones first. */
  readonly values: readonly Float64Array[];
  /** Positions that have a coefficient, 0 being the intercept. */
  readonly kept: readonly number[];
  /** Columns that others determine among all rows. */
  readonly aliased: readonly AliasedColumn[];
  /** Columns or levels whose rows have no event at all: no finite estimate. */
  readonly separations: readonly Separation[];
  /** Weights without the rows that are so foretold. */
  readonly weights: Float64Array | null;
}

/** What a sum may be made of. */
export interface DesignRequest {
  readonly features: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly weights: Float64Array | null;
  readonly minLevelCount: number | undefined;
  /** 1 for rows whose event came; null where a sum needs none. */
  readonly happened: Float64Array | null;
}

/** Standardised columns that earlier ones do not determine, rows that are certain to stay set aside. */
export function acceleratedDesign(caller: string, view: TableView, { features, exclude, weights: given, minLevelCount, happened }: DesignRequest): AcceleratedDesign {
  const isNone = Array.isArray(features) && features.length === 0;
  const terms = isNone ? [] : learnTerms(caller, view, { exclude, ...(features && { features }), ...(given && { weights: given }), ...(minLevelCount !== undefined && { minLevelCount }) });
  const all = designColumns(caller, terms, view, given !== null);
  const values = [new Float64Array(view.rowCount).fill(1), ...all.map(standardised)];
  const whole = rankOf(values, given);
  const aliases = aliasesOf(whole);
  const names = ['(Intercept)', ...all.map(({ name }) => name)];
  // Of problem and solution only what is named here is read.
  const aliased = aliasesInWords({ columns: all } as unknown as LogisticProblem, { aliased: aliases } as unknown as LogisticSolution, names);
  const separations: Separation[] = [];
  let weights = given;
  for (;;) {
    const found = happened && zeroColumn({ columns: all, y: happened, weights, offset: null, ridge: 0 });
    if (found === null) break;
    separations.push(found);
    weights = Float64Array.from(found.rows, (moved, row) => (moved === 1 ? 0 : (weights?.[row] ?? 1)));
  }
  const rank = separations.length === 0 ? whole : rankOf(values, weights);
  return { terms, all, values, kept: [...rank.order.subarray(0, rank.rank)], aliased, separations, weights };
}

function rankOf(values: readonly Float64Array[], weights: Float64Array | null): ReturnType<typeof pivotedCholesky> {
  const rows = values[0]!.length;
  // The sum of products: minus the second derivative of -w s² / 2.
  const gram = new RowLikelihood(
    ({ start, rows: count, second }) => {
      for (let i = 0; i < count; i++) second[0]![i] = weights === null ? -1 : -weights[start + i]!;
      return 0;
    },
    [values],
    rows,
  );
  gram.evaluate(new Float64Array(values.length));
  return pivotedCholesky(gram.information, values.length, 1e-9);
}

function standardised(column: DesignColumn): Float64Array {
  const { center, scale } = column;
  if (column.kind === 'number') return column.values.map((value) => (value - center) / scale);
  const values = new Float64Array(column.codes.length);
  for (let i = 0; i < values.length; i++) values[i] = column.table[column.codes[i]! + 1]!;
  return values;
}

import { requireChoice, requireKnownOptions } from '../../../data/options.js';
import type { TableInput } from '../../../data/table.js';
import { ClientelaError } from '../../../errors.js';
import type { CoxRegression } from '../coxRegression.js';
import { rowsOfModel } from '../rowsOfModel.js';
import type { ResidualOptions } from './coxResiduals.js';
import { requireBroken, scoreRows } from './scoreRows.js';

/** Which residuals of rows and coefficients. */
export interface ScoreResidualOptions extends ResidualOptions {
  /**
   * `'score'`: what the row adds to the slope of the log-likelihood; `'dfbeta'`: about how much the coefficient would fall without the row, its
   * weight counted; `'dfbetas'`: that in standard errors. @defaultValue 'dfbeta'
   */
  readonly kind?: 'score' | 'dfbeta' | 'dfbetas';
}

/** A residual for each row and coefficient. */
export interface CoefficientResiduals {
  /** The coefficients. */
  readonly names: readonly string[];
  /** One array a coefficient, a number for each row of the data; NaN for rows of weight 0. */
  readonly values: readonly Float64Array[];
}

/**
 * How much each row pulls at each coefficient: which customers the findings hang on.
 *
 * Score residuals add up to 0 over the training rows of a fit without penalty; times the inverse information they say how far the coefficients
 * would move without the row, to first order (Cain and Lange, 1984). Squared and summed these are the robust covariance. O(rows * columns²) and a sort.
 *
 * @param model - of a fit with ties `'efron'` or `'breslow'`
 * @param data - the training rows, or others with the columns of the fit, among them some events
 * @param options - `kind`, and `weights` where they were an array
 * @returns residuals on the scale of the raw columns
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `NOT_IDENTIFIED` (no event, or no standard errors to move by), or as `fitCoxRegression`
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * const rows = [1, 1, 6, 6, 8, 9].map((months, i) => ({ months, left: [1, 0, 1, 1, 0, 1][i]!, x: i < 3 ? 1 : 0 }));
 * const model = fitCoxRegression(rows, { duration: 'months', event: 'left' });
 * const { names, values } = scoreResiduals(model, rows, { kind: 'score' });
 * names; // => ['x']
 * Math.abs(values[0]!.reduce((sum, value) => sum + value)) < 1e-9; // => true
 * ```
 */
export function scoreResiduals(model: CoxRegression, data: TableInput, options: ScoreResidualOptions = {}): CoefficientResiduals {
  const caller = 'scoreResiduals';
  requireKnownOptions(caller, options, ['kind', 'weights']);
  const kind = requireChoice(caller, 'kind', options.kind ?? 'dfbeta', ['score', 'dfbeta', 'dfbetas']);
  const { rows, beta, ties, inverse, dataRowCount } = rowsOfModel(caller, model, data, options.weights);
  const { score } = scoreRows(rows, beta, requireBroken(caller, ties));
  const { columnCount: p, order, names, scales, weights } = rows;
  const by = kind === 'score' ? null : requireInverse(caller, inverse);
  const values = names.map((_, j) => {
    const of = new Float64Array(dataRowCount).fill(NaN);
    const unit = kind === 'score' ? scales[j]! : kind === 'dfbeta' ? 1 / scales[j]! : 1 / Math.sqrt(by![j * (p + 1)]!);
    for (let i = 0, from = 0; i < order.length; i++, from += p) {
      if (by === null) {
        of[order[i]!] = unit * score[from + j]!;
        continue;
      }
      let move = 0;
      for (let k = 0; k < p; k++) move += by[j * p + k]! * score[from + k]!;
      of[order[i]!] = unit * move * (weights === null ? 1 : weights[i]!);
    }
    return of;
  });
  return { names, values };
}

/** The inverse information, where there is one. */
export function requireInverse(caller: string, inverse: Float64Array | null): Float64Array {
  if (inverse !== null) return inverse;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs a fit with standard errors, found none, as its inferenceNote says`, { function: caller });
}

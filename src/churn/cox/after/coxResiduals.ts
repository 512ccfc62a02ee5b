import type { RowNumbers } from '../../../data/rowNumbers.js';
import { requireChoice, requireKnownOptions } from '../../../data/options.js';
import type { TableInput } from '../../../data/table.js';
import type { CoxRegression } from '../coxRegression.js';
import { rowsOfModel } from '../rowsOfModel.js';
import { requireBroken, scoreRows } from './scoreRows.js';

/** What residuals of a Cox regression need to know. */
export interface ResidualOptions {
  /** The weights of the rows, where they were an array at the fit. @defaultValue the column of weights of the fit, if there was one */
  readonly weights?: RowNumbers;
}

/** Which residuals of rows. */
export interface CoxResidualOptions extends ResidualOptions {
  /** `'martingale'`: events less expected events; `'deviance'`: the same made nearly symmetric about 0, for finding outliers. @defaultValue 'martingale' */
  readonly kind?: 'martingale' | 'deviance';
}

/**
 * By how much each row had the event sooner (above 0) or later (below 0) than the model expected: 1 or 0 events, less the hazard it lived through
 * (Therneau, Grambsch and Fleming, 1990).
 *
 * Martingale residuals, at most 1, add up to 0 over the training rows (weights counted). Drawn against a number they show the shape in which it
 * acts; drawn against one that is not in the model, whether it should be. A customer of several rows has the sum of theirs. O(rows * columns) and
 * a sort.
 *
 * @param model - of a fit with ties `'efron'` or `'breslow'`
 * @param data - the training rows, or others with the columns of the fit, among them some events; their baseline hazard is then their own
 * @param options - `kind`, and `weights` where they were an array
 * @returns a residual for each row; NaN for rows of weight 0
 * @throws a {@link ClientelaError} `INVALID_OPTION`, `NOT_IDENTIFIED` (no event), or as `fitCoxRegression`
 * @example
 * ```ts
 * import { fitCoxRegression } from 'clientela/churn';
 * const rows = [1, 1, 6, 6, 8, 9].map((months, i) => ({ months, left: [1, 0, 1, 1, 0, 1][i]!, x: i < 3 ? 1 : 0 }));
 * const model = fitCoxRegression(rows, { duration: 'months', event: 'left', ties: 'breslow' });
 * // Two of the rows with x = 0 left as late as expected or stayed.
 * coxResiduals(model, rows).map((residual) => Math.round(100 * residual) / 100); // => [0.73, -0.27, -0.46, 0.67, -0.33, -0.33]
 * ```
 */
export function coxResiduals(model: CoxRegression, data: TableInput, options: CoxResidualOptions = {}): Float64Array {
  const caller = 'coxResiduals';
  requireKnownOptions(caller, options, ['kind', 'weights']);
  const kind = requireChoice(caller, 'kind', options.kind ?? 'martingale', ['martingale', 'deviance']);
  const { rows, beta, ties, dataRowCount } = rowsOfModel(caller, model, data, options.weights);
  const { martingale } = scoreRows(rows, beta, requireBroken(caller, ties));
  const residuals = new Float64Array(dataRowCount).fill(NaN);
  rows.order.forEach((row, i) => (residuals[row] = kind === 'martingale' ? martingale[i]! : deviance(martingale[i]!, rows.events[i]!)));
  return residuals;
}

/** The signed root of twice what the log-likelihood of the row falls short of a perfect fit of it. */
function deviance(martingale: number, event: number): number {
  const shortfall = -2 * (martingale + (event === 1 ? Math.log(1 - martingale) : 0));
  return Math.sign(martingale) * Math.sqrt(Math.max(0, shortfall));
}

import { columnMoments } from '../../data/columnMoments.js';
import type { FoldRows } from '../../data/foldPlan.js';
import type { DesignColumn } from '../logisticDesign.js';
import { DesignPass, type PenalisedProblem } from './designPass.js';
import { fitPath, saturatedLoss, type PathOptions } from './fitPath.js';
import { takeProblem } from './takeProblem.js';

/** How well each penalty of a path foretells rows that were held out. */
export interface HeldOut {
  /** Mean deviance of a row. */
  readonly deviance: number;
  /** Standard error of that, from how the folds differ. */
  readonly error: number;
}

/** Walks the path once for each fold without its rows; null where that was stopped, or all weight is in one fold. */
export function crossValidatePath(problem: PenalisedProblem, folds: readonly FoldRows[], lambdas: readonly number[], options: PathOptions): HeldOut[] | null {
  const weights: number[] = [];
  const deviances: number[][] = [];
  for (const { train, test } of folds) {
    const standard = { ...problem, columns: standardised(problem, train) };
    const [learning, held] = [takeProblem(standard, train), takeProblem(standard, test)];
    const pass = new DesignPass(held);
    if (!(pass.total > 0)) continue;
    const { points, stopped } = fitPath(learning, { ...options, lambdas, tolerance: Math.max(options.tolerance, 1e-6) });
    if (stopped) return null;
    const saturated = saturatedLoss(options.family, held.y, held.weights);
    weights.push(pass.total);
    deviances.push(points.map(({ parameters }) => 2 * (pass.evaluate(parameters) - saturated)));
  }
  if (weights.length < 2) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, value, fold) => sum + value * weights[fold]!, 0) / weights.reduce((sum, weight) => sum + weight, 0);
  return lambdas.map((_, at) => {
    const deviance = mean(deviances.map((fold) => fold[at]!));
    return { deviance, error: Math.sqrt(mean(deviances.map((fold) => (fold[at]! - deviance) ** 2)) / (weights.length - 1)) };
  });
}

/** The columns with the mean and spread of these rows; a column that is constant among them stays 0. */
function standardised({ columns, weights, y }: PenalisedProblem, train: Uint32Array): DesignColumn[] {
  const own = new Float64Array(y.length);
  for (const row of train) own[row] = weights === null ? 1 : weights[row]!;
  const total = own.reduce((sum, weight) => sum + weight, 0);
  return columns.map((column) => {
    if (column.kind === 'number') {
      const { mean, squares } = columnMoments(column.values, own);
      const spread = Math.sqrt(squares / total);
      return { ...column, center: mean, scale: spread > 1e-13 * Math.abs(mean) ? spread : Infinity };
    }
    const share = own.reduce((sum, weight, row) => (column.codes[row] === column.place ? sum + weight : sum), 0) / total;
    const spread = Math.sqrt(share * (1 - share));
    const table = column.table.map((_, code) => (spread > 0 ? ((code === column.place + 1 ? 1 : 0) - share) / spread : 0));
    // Entry 0 is for rows of weight 0.
    table[0] = 0;
    return { ...column, table };
  });
}

import { gatherRows, takeDesign } from '../logisticDesign.js';
import type { PenalisedProblem } from './designPass.js';

/** The problem of some of the rows; those of weight 0 are left out, whatever they hold. */
export function takeProblem(problem: PenalisedProblem, some: Uint32Array): PenalisedProblem {
  const { columns, y, weights, offset } = problem;
  const rows = weights === null ? some : some.filter((row) => weights[row]! > 0);
  const take = (values: Float64Array): Float64Array => gatherRows(values, rows, new Float64Array(rows.length));
  return { ...problem, columns: takeDesign(columns, rows), y: take(y), weights: weights && take(weights), offset: offset && take(offset) };
}

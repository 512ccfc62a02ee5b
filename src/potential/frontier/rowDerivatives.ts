import { bellRows } from './bellRows.js';
import { exponentialRows } from './exponentialRows.js';
import type { InefficiencyDistribution } from './frontierLaw.js';
import type { RowBlock } from './rowBlock.js';

/** How the rows of a block are worked out: a law of inefficiency, or noise alone. */
export type RowLaw = InefficiencyDistribution | 'none';

/** The log-likelihood of a block, each row `weights` times; leaves the derivatives of every single row, unweighted. */
export function deriveRows(law: RowLaw, block: RowBlock, weights: Float64Array | null): number {
  if (law === 'none') return noiseRows(block, weights);
  return law === 'exponential' ? exponentialRows(block, weights) : bellRows(block, weights);
}

/** v alone: l = -ln sv - (e / sv)² / 2. */
function noiseRows({ rows, e, lnV, first, second }: RowBlock, weights: Float64Array | null): number {
  const [ge, , gc] = first as [Float64Array, Float64Array, Float64Array];
  const [hee, hec, hcc] = [second[0]!, second[3]!, second[5]!];
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const inverse = Math.exp(-lnV[i]!);
    const x = e[i]! * inverse;
    const value = -0.9189385332046727 - lnV[i]! - 0.5 * x * x;
    sum += weights === null ? value : weights[i]! * value;
    ge[i] = -x * inverse;
    gc[i] = x * x - 1;
    hee[i] = -inverse * inverse;
    hec[i] = 2 * x * inverse;
    hcc[i] = -2 * x * x;
  }
  return sum;
}

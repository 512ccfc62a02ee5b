import { logisticResiduals, type BlockSums } from '../logisticKernel.js';

/** What kind of target a penalised regression is for. */
export type ElasticNetFamily = 'binomial' | 'gaussian' | 'poisson' | 'multinomial';

/** One block of rows on its way through the loss. An output is a linear predictor: one, or one for each class of a multinomial target. */
export interface LossBlock {
  /** By output. */
  readonly eta: readonly Float64Array[];
  /** Weight times (mean - y), by output. */
  readonly residuals: readonly Float64Array[];
  /** Square root of weight times the variance of the output by itself (of a class: times its probability). */
  readonly roots: readonly Float64Array[];
  /** Of a class: square root of the weight times its probability. */
  readonly shares: readonly Float64Array[];
}

/** Minus the log-likelihood of a block, less what does not depend on the parameters; leaves residuals and roots. */
export type BlockLoss = (block: LossBlock, rows: number, y: Float64Array, weights: Float64Array | null, start: number) => number;

/** The loss of each family; y is 1 or 0, a number, a count, or the number of a class. */
export const blockLosses: Readonly<Record<ElasticNetFamily, BlockLoss>> = {
  binomial({ eta, residuals, roots }, rows, y, weights, start) {
    const sums: BlockSums = { loss: 0, residuals: 0 };
    logisticResiduals(sums, rows, eta[0]!, y, weights, start, residuals[0]!, roots[0]!);
    return sums.loss;
  },
  gaussian({ eta: [eta], residuals: [residuals], roots: [roots] }, rows, y, weights, start) {
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const residual = eta![i]! - y[start + i]!;
      loss += (w * residual * residual) / 2;
      residuals![i] = w * residual;
      roots![i] = Math.sqrt(w);
    }
    return loss;
  },
  poisson({ eta: [eta], residuals: [residuals], roots: [roots] }, rows, y, weights, start) {
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const mean = Math.exp(eta![i]!);
      loss += w * (mean - y[start + i]! * eta![i]!);
      residuals![i] = w * (mean - y[start + i]!);
      roots![i] = Math.sqrt(w * mean);
    }
    return loss;
  },
  multinomial({ eta, residuals, roots, shares }, rows, y, weights, start) {
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      let top = -Infinity;
      for (let k = 0; k < eta.length; k++) top = Math.max(top, eta[k]![i]!);
      let total = 0;
      for (let k = 0; k < eta.length; k++) total += Math.exp(eta[k]![i]! - top);
      for (let k = 0; k < eta.length; k++) {
        const p = Math.exp(eta[k]![i]! - top) / total;
        residuals[k]![i] = w * (p - (y[start + i] === k ? 1 : 0));
        roots[k]![i] = Math.sqrt(w * p);
        shares[k]![i] = Math.sqrt(w) * p;
      }
      loss += w * (Math.log(total) + top - eta[y[start + i]!]![i]!);
    }
    return loss;
  },
};

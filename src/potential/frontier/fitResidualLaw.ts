import { ClientelaError } from '../../errors.js';
import type { FrontierProblem } from './frontierLikelihood.js';
import type { FrontierLaw, InefficiencyDistribution } from './frontierLaw.js';
import { leastSquares } from './frontierStart.js';
import { solveFrontier, type FrontierStatus } from './solveFrontier.js';

/** How the residuals of some prediction split into noise and inefficiency. */
export interface ResidualLaw {
  readonly law: FrontierLaw;
  /** What the frontier lies above the prediction. */
  readonly shift: number;
  readonly logLikelihood: number;
  /** Of normal residuals around their mean. */
  readonly olsLogLikelihood: number;
  readonly status: FrontierStatus;
}

/**
 * The law of noise less inefficiency that residuals are likeliest under (Fan, Li and Weersink, 1996): for a mean predicted by any means, such
 * as boosted trees. The frontier is prediction + shift, e = residual - shift. Without inefficiency sigmaU is 0 and the shift the mean.
 */
export function fitResidualLaw(residuals: Float64Array, distribution: InefficiencyDistribution, weights: Float64Array | null = null): ResidualLaw {
  const ones = [new Float64Array(residuals.length).fill(1)];
  const columns = [ones, ones, ones] as const;
  const { beta, meanSquare, total } = leastSquares({ y: residuals, weights, columns });
  const mean = beta[0]!;
  const scale = Math.sqrt(meanSquare);
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    throw new ClientelaError('NOT_IDENTIFIED', `the law of inefficiency needs finite residuals that differ, found a spread of ${scale}; give more rows`, { scale });
  }
  const problem: FrontierProblem = { y: residuals.map((r) => (r - mean) / scale), weights, columns };
  const { status, maximum, olsLogLikelihood } = solveFrontier(problem, distribution, { maxIterations: 200 });
  const back = total * Math.log(scale);
  const isNone = status === 'noInefficiency';
  const sigmaU = isNone ? 0 : scale * Math.exp(maximum.at[1]!);
  const sigmaV = scale * Math.exp(maximum.at[isNone ? 1 : 2]!);
  return {
    law: { distribution, sigmaU, sigmaV, mu: distribution === 'truncatedNormal' && !isNone ? maximum.at[3]! * sigmaU : 0 },
    shift: mean + scale * maximum.at[0]!,
    logLikelihood: maximum.logLikelihood - back,
    olsLogLikelihood: olsLogLikelihood - back,
    status,
  };
}

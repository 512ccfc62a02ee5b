import type { ScaledFeature } from '../space/scaling.js';
import { segmentOrder } from '../space/segmentOrder.js';
import type { WeightedRows } from './weightedRows.js';
import type { FoundMixture } from './findMixtures.js';
import { gaussianFactors, type Gaussians } from './gaussians.js';
import { gaussianRows } from './gaussianRows.js';
import type { GaussianMixtureState } from './gaussianState.js';
import { HELD } from './gaussianStep.js';
import { parameterCount } from './gaussianTask.js';
import { fewerSegments, mixtureFigures } from './mixtureFigures.js';
import { settleRows } from './settleRows.js';

/** The state of the mixture with the lowest BIC, its segments in order. */
export function summariseGaussians(features: readonly ScaledFeature[], rows: WeightedRows, fits: readonly FoundMixture[], wanted: number, stopped: boolean): GaussianMixtureState {
  const { segments, width, prior, weight, blocks } = fits[0]!.task;
  const judged = fits.map((fit) => {
    const params = inOrder(fit.params, width);
    const memberships = new Float64Array(rows.count * segments);
    let logLikelihood = 0;
    for (const block of fit.task.blocks) logLikelihood += settleRows(gaussianRows(block, gaussianFactors(params, block.columns, block.known)), segments, { memberships });
    const count = parameterCount(fit.task);
    return { fit, params, memberships, logLikelihood, count, bic: count * Math.log(weight) - 2 * logLikelihood };
  });
  const { fit, params, memberships, logLikelihood, count } = judged.reduce((lowest, other) => (other.bic < lowest.bic ? other : lowest));
  const densities = new Float64Array(rows.count);
  for (const block of blocks) settleRows(gaussianRows(block, gaussianFactors(params, block.columns, block.known, true)), segments, { densities });
  const warnings = fewerSegments(wanted, segments);
  if (prior === HELD) {
    warnings.push(
      `every solution of ${segments} segments collapses onto a value that many rows share, or onto a handful of rows; segments are held open by about a tenth of the portfolio's standard deviation, which moves likelihood and BIC: take fewer segments or a tied covariance, or leave out columns of few values`,
    );
  }
  return {
    format: 'GaussianMixture',
    formatVersion: 1,
    features,
    covariance: fit.task.kind,
    weights: Array.from(params.weights),
    means: Array.from(params.means),
    covariances: params.covariances.map((covariance) => Array.from(covariance)),
    ...mixtureFigures(fit, logLikelihood, count, rows.weights, memberships, densities, stopped, warnings),
  };
}

function inOrder({ weights, means, covariances }: Gaussians, width: number): Gaussians {
  const order = segmentOrder(weights, Float64Array.from(means));
  return {
    weights: order.map((c) => weights[c]!),
    means: order.flatMap((c) => Array.from({ length: width }, (_, j) => means[c * width + j]!)),
    covariances: covariances.length === 1 ? covariances : order.map((c) => covariances[c]!),
  };
}

import type { TableLike } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { fitHdbscan } from '../density/fitHdbscan.js';
import { fitHierarchy } from '../hierarchy/fitHierarchy.js';
import { fitKMeans } from '../kmeans/fitKMeans.js';
import { fitKMedoids } from '../mixed/fitKMedoids.js';
import { fitKPrototypes } from '../mixed/fitKPrototypes.js';
import type { CovarianceKind } from '../mixture/covarianceKind.js';
import { fitGaussianMixture } from '../mixture/fitGaussianMixture.js';
import { fitLatentClass } from '../mixture/fitLatentClass.js';
import { groupCenters } from './groupCenters.js';
import type { ScaledFeature, ScalingOption } from '../space/scaling.js';
import type { SegmentModel } from '../space/segmentAssignment.js';
import type { SegmentationMethod } from './segmentationState.js';

/** A model with what its kind has more than the others. */
export type FittedSegments = SegmentModel & {
  readonly scaling?: readonly ScaledFeature[];
  readonly bic?: number;
  readonly icl?: number;
  readonly warnings?: readonly string[];
  readonly covariance?: CovarianceKind;
};

/** What a fit of any method is told. */
export interface EngineOptions {
  readonly features: readonly string[];
  readonly numbers: readonly string[];
  readonly scaling: ScalingOption;
  readonly seed: number;
  readonly segments: number;
  /** One fit among several that are compared: fewer starts will do. */
  readonly isCompared?: boolean;
  /** Of a trial among many, of which only the labels count: what the fit of all rows came to. */
  readonly trialOf?: FittedSegments;
}

/** One fit by a method, on a table of rows. */
export function fitSegments(method: SegmentationMethod, data: TableLike, options: EngineOptions): FittedSegments {
  const { features, numbers, scaling, seed, segments, isCompared, trialOf } = options;
  const starts = (compared: number, trial = 2): { starts?: number } => (trialOf !== undefined ? { starts: trial } : isCompared ? { starts: compared } : {});
  const scaled = numbers.length > 0 ? { scaling } : {};
  switch (method) {
    case 'kMeans':
      return fitKMeans(data, { segments, features, scaling, seed, ...(trialOf && { effort: 'low' }) });
    case 'kPrototypes':
      return fitKPrototypes(data, { segments, features, seed, ...scaled, ...starts(Math.ceil(4000 / data.rowCount)) });
    case 'kMedoids':
      return fitKMedoids(data, { segments, features, seed, ...scaled, ...starts(4, 1) });
    case 'gaussianMixture':
      return fitGaussianMixture(data, { segments, features, scaling, seed, ...starts(16), ...(trialOf?.covariance && { covariance: trialOf.covariance, maxIterations: 200 }) });
    case 'latentClass':
      return fitLatentClass(data, { segments, features, seed, ...starts(16) });
    case 'hdbscan':
      return fitHdbscan(data, { features, scaling });
    case 'hierarchical': {
      // The tree gives the start, k-means consolidates it: only so can new customers be placed.
      const groups = fitHierarchy(data, { features, scaling, seed }).cut({ segments });
      const start = groupCenters('fitSegmentation', parseTable('fitSegmentation', data), features, scaling, groups);
      return fitKMeans(data, { features, scaling, seed, segments: start.length, start });
    }
  }
}

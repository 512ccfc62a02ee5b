import { ClientelaError } from '../../errors.js';
import { Hdbscan } from '../density/hdbscan.js';
import { KMeans } from '../kmeans/kMeans.js';
import { KMedoids } from '../mixed/kMedoids.js';
import { KPrototypes } from '../mixed/kPrototypes.js';
import { GaussianMixture } from '../mixture/gaussianMixture.js';
import { LatentClass } from '../mixture/latentClass.js';
import type { SegmentModel } from '../space/segmentAssignment.js';

/** The model behind a stored segmentation, of whichever kind it is. */
export function readSegmentModel(state: object): SegmentModel {
  const { format } = state as { readonly format?: unknown };
  switch (format) {
    case 'KMeans':
      return KMeans.fromJSON(state);
    case 'KPrototypes':
      return KPrototypes.fromJSON(state);
    case 'KMedoids':
      return KMedoids.fromJSON(state);
    case 'GaussianMixture':
      return GaussianMixture.fromJSON(state);
    case 'LatentClass':
      return LatentClass.fromJSON(state);
    case 'Hdbscan':
      return Hdbscan.fromJSON(state);
    default:
      throw new ClientelaError('MODEL_FORMAT', `Segmentation.fromJSON knows no model of format ${JSON.stringify(format)}`);
  }
}

import { requireSavedModel } from '../../data/savedModel.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { ScaledFeature } from '../space/scaling.js';

/** What a `KMeans` is in JSON. */
export interface KMeansState {
  readonly format: 'KMeans';
  readonly formatVersion: 1;
  /** How each column enters the distances. */
  readonly scaling: readonly ScaledFeature[];
  /** The centre of each segment on the scale of the model, the largest segment first. */
  readonly centers: readonly (readonly number[])[];
  /** What is added to the squared distance of each segment, where sizes are limited; otherwise empty. */
  readonly offsets: readonly number[];
  /** The weight of the rows of each segment. */
  readonly sizes: readonly number[];
  /** Within which 99 % of the rows of each segment lie. */
  readonly radii: readonly number[];
  /** Of a coordinate around its centre. */
  readonly variance: number;
  /** The weighted sum of the squared distances to the own centre. */
  readonly inertia: number;
  /** That to the centre of all. */
  readonly totalInertia: number;
  /** How the search ended. */
  readonly convergence: Convergence;
  /** What the reader should know, in words; empty when there is nothing. */
  readonly warnings: readonly string[];
}

/** The state of a stored model. */
export function readKMeans(json: unknown): KMeansState {
  return requireSavedModel('KMeans', 1, json, 'scaling', 'centers', 'sizes') as unknown as KMeansState;
}

import { everyRow, type ParsedTable } from '../../data/takeRows.js';
import { fitBalancedKMeans } from '../kmeans/fitBalancedKMeans.js';
import type { KMeans } from '../kmeans/kMeans.js';
import { fitSegments, type EngineOptions, type FittedSegments } from './segmentEngine.js';
import type { SegmentationMethod } from './segmentationState.js';

/** The least and the greatest share of the customers a segment may have. */
export interface ShareLimits {
  readonly minShare: number;
  readonly maxShare: number;
}

/** The segments, by k-means within the limits whatever that costs, by other methods as they come; and what that did, in words. */
export function fitWithinLimits(method: SegmentationMethod, view: ParsedTable, engine: EngineOptions, limits: ShareLimits): { model: FittedSegments; notes: readonly string[] } {
  const data = everyRow(view);
  const model = fitSegments(method, data, engine);
  const { labels, segmentCount } = model;
  const sizes = new Float64Array(segmentCount);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  const isWithin = (share: number): boolean => share >= limits.minShare * (1 - 1e-12) && share <= limits.maxShare * (1 + 1e-12);
  if (sizes.every((size) => isWithin(size / labels.length))) return { model, notes: [] };
  const asked = `${percent(limits.minShare)} to ${percent(limits.maxShare)} of the customers`;
  if (method !== 'kMeans' || segmentCount < 2) return { model, notes: [`segments have ${percent(Math.min(...sizes) / labels.length)} to ${percent(Math.max(...sizes) / labels.length)}, not ${asked}${method === 'kMeans' ? '' : ': method kMeans can hold sizes'}`] };
  const { features, scaling, seed } = engine;
  const held = fitBalancedKMeans(data, { segments: segmentCount, features, scaling, seed, ...limits });
  return { model: held, notes: [`sizes are held at ${asked}: squared distances within segments are ${percent(held.inertia / (model as unknown as KMeans).inertia - 1)} larger for it`] };
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

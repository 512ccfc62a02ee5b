import type { Drift } from '../../evaluation/drift.js';
import type { FeatureDrift } from '../../evaluation/featureDrift.js';
import type { SegmentModel } from '../space/segmentAssignment.js';

/** What `segmentDrift` looks at, and how easily it calls. */
export interface SegmentDriftOptions<Names extends string = string> {
  /** The segments in use: their mix and how well they still fit are looked at too. @defaultValue features only */
  readonly model?: Pick<SegmentModel, 'features' | 'segmentCount' | 'assign' | 'assignRow'>;
  /** The columns to look at. @defaultValue those of the model, otherwise all but dates and identifiers */
  readonly features?: readonly Names[];
  /** Into how many bins of equal size in the baseline a number is cut. @defaultValue 10 */
  readonly bins?: number;
  /** The probability of a call where nothing has changed, at most. @defaultValue 0.05 */
  readonly falseAlarmRate?: number;
  /** Of how many rows of each table the distance from their segment is taken, evenly spread. @defaultValue 1000 */
  readonly sampleSize?: number;
}

/** The shares of the segments at both moments. */
export interface MixDrift extends Drift {
  /** By number; -1 (none) last, where it occurs. */
  readonly segments: readonly { readonly segment: number; readonly baseline: number; readonly current: number }[];
}

/** A figure at both moments. */
export interface ThenAndNow {
  /** Of the baseline. */
  readonly baseline: number;
  /** Of the current rows. */
  readonly current: number;
}

/** What has changed, and whether to learn the segments anew. */
export interface SegmentDrift {
  /** One line per feature, in their order. */
  readonly features: readonly FeatureDrift[];
  /** The mix of the segments; null without a model. */
  readonly mix: MixDrift | null;
  /** The share of rows beyond the 99 % radius of their segment, with the p-value of the two being equal (Fisher, doubled tail); null without a model. */
  readonly outlierShare: (ThenAndNow & { readonly p: number; readonly q: number }) | null;
  /** The mean distance from the centre of the segment, on the scale of the model; null without a model. */
  readonly meanDistance: ThenAndNow | null;
  /** Whether to refit: a feature or the mix has drifted far, or too many rows are far from every segment. */
  readonly refit: boolean;
  /** Why, in words. */
  readonly reason: string;
}

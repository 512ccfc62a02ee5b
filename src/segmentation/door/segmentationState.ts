import type { SegmentAssignment } from '../space/segmentAssignment.js';
import type { ScaledFeature } from '../space/scaling.js';

/** How segments are found; see `fitSegmentation` for which fits which data. */
export type SegmentationMethod = 'kMeans' | 'gaussianMixture' | 'kPrototypes' | 'kMedoids' | 'latentClass' | 'hierarchical' | 'hdbscan';

/** One segment in short; `description` has the long form. */
export interface SegmentSummary {
  /** What it is called: made from what marks it most, or given. */
  readonly name: string;
  /** Customers learnt from that are in it. */
  readonly customers: number;
  /** Of all customers learnt from. */
  readonly share: number;
  /** Sum of the value column; null without one. */
  readonly value: number | null;
  /** Share of the value of all; null where that is not above 0. */
  readonly valueShare: number | null;
  /** Value a customer; null without one. */
  readonly meanValue: number | null;
}

/** Where one customer falls, with the name of the segment. */
export interface NamedAssignment extends SegmentAssignment {
  /** The name of the segment; null for none. */
  readonly name: string | null;
}

/** A segmentation as JSON: the model and the names, nothing about any one customer. */
export interface SegmentationState {
  /** Which class reads it. */
  readonly format: 'Segmentation';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** How the segments were found. */
  readonly method: SegmentationMethod;
  /** What `toJSON` of the model gave. */
  readonly model: object;
  /** `numbers[number in the model]` = number here. */
  readonly numbers: readonly number[];
  /** One a segment, by number. */
  readonly segments: readonly SegmentSummary[];
  /** How each column of numbers enters; empty for methods without distances. */
  readonly scaling: readonly ScaledFeature[];
  /** What was decided, in words. */
  readonly notes: readonly string[];
}

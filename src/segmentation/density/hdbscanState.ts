import type { ScaledFeature } from '../space/scaling.js';

/** One dense segment. */
export interface DenseSegment {
  /** Rows learnt from. */
  readonly size: number;
  /** How distinct it is, from 0 to 1: the part of the range of densities over which it holds together, times how much of it stays. */
  readonly persistence: number;
  /** A row within this distance (mutual reachability) of the segment belongs to it; there it meets another. */
  readonly reach: number;
  /** The distance at which it falls apart: rows that stay this near are its core, of strength 1. */
  readonly coreReach: number;
}

/** A group of the condensed tree. */
export interface DensityGroup {
  /** Position of the group it split from, always an earlier one; -1 for the first, which is everything. */
  readonly parent: number;
  /** The distance at which it appeared; null for the first. */
  readonly birth: number | null;
  /** The distance at which it split or dissolved. */
  readonly death: number;
  /** Rows when it appeared. */
  readonly size: number;
  /** By how much its rows are denser than where it appeared, in sum. */
  readonly stability: number;
  /** The number of the segment it is; -1 for none. */
  readonly segment: number;
}

/** What a stored `Hdbscan` holds: the rows learnt from, on the scale of the model, are part of it. */
export interface HdbscanState {
  /** Which class reads it. */
  readonly format: 'Hdbscan';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns and their scale. */
  readonly features: readonly ScaledFeature[];
  /** The least rows of a segment. */
  readonly minSize: number;
  /** The row itself included. */
  readonly minSamples: number;
  /** Row-major. */
  readonly points: readonly number[];
  /** By row: the segment, -1 for noise. */
  readonly members: readonly number[];
  /** By row, squared: the core distance. */
  readonly cores: readonly number[];
  /** By row, squared: the distance at which it left the last group it was in. */
  readonly leftAt: readonly number[];
  /** The dense segments, by number. */
  readonly segments: readonly DenseSegment[];
  /** By segment, `reach` squared. */
  readonly reachSquares: readonly number[];
  /** By segment, squared: the distance that decides where `reach` is met exactly. */
  readonly meetingSquares: readonly number[];
  /** By segment, `coreReach` squared. */
  readonly coreSquares: readonly number[];
  /** The condensed tree. */
  readonly tree: readonly DensityGroup[];
  /** What the user should know. */
  readonly warnings: readonly string[];
}

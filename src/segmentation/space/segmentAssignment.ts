import type { TableInput } from '../../data/table.js';

/** Where one customer falls, how surely, and why. */
export interface SegmentAssignment {
  /** The number of the segment, from 0; -1 for none (noise, in a density method). */
  readonly segment: number;
  /** The next nearest segment; -1 where there is no other. */
  readonly second: number;
  /** From the segment's centre, on the scale of the model (for a mixture: Mahalanobis). */
  readonly distance: number;
  /** 1 - distance / distance to the second: 0 on the border, 1 in the centre; 1 where there is no second. */
  readonly margin: number;
  /** The probability of the segment under the model, 0 to 1. */
  readonly confidence: number;
  /** Whether the row lies farther from its segment than 99 % of the rows learnt from. */
  readonly outlier: boolean;
  /** What speaks for the segment rather than the second, the strongest first. */
  readonly drivers: readonly SegmentDriver[];
  /** Features the row has no value for; the others decide. */
  readonly missing: readonly string[];
}

/** What one feature says for a segment against the second. */
export interface SegmentDriver {
  /** The column. */
  readonly feature: string;
  /** The value of the row. */
  readonly value: unknown;
  /** By how much it favours the segment (above 0) or the second (below 0), on the scale on which the model compares. */
  readonly contribution: number;
}

/** What every model of segments can do; `Segmentation` works with any of them. */
export interface SegmentModel {
  /** The name in `format`. */
  readonly format: string;
  /** The columns a row must have; a value may be missing. */
  readonly features: readonly string[];
  /** How many segments. */
  readonly segmentCount: number;
  /** The segments of the rows learnt from; empty in a model read from JSON. */
  readonly labels: Int32Array;
  /** The segment of every row: from 0, -1 for none. */
  assign(data: TableInput): Int32Array;
  /** Where one row falls, how surely, and why. */
  assignRow(row: object): SegmentAssignment;
  /** The probability of every segment for every row: row-major, n x segmentCount. */
  memberships(data: TableInput): Float64Array;
  /** The model as plain JSON. */
  toJSON(): object;
}

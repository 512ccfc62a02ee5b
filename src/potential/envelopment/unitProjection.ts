/** Where a unit stands against the frontier, and who it is compared with. */
export interface UnitProjection {
  /** theta or phi; NaN where no mix of the units reaches the unit; by outputs 0 only for a unit that brings nothing, as whoever it is compared with. */
  readonly score: number;
  /** Rows of the units it is compared with, ascending. */
  readonly peers: readonly number[];
  readonly intensities: readonly number[];
  /** What is left to gain beside the score, inputs then outputs, in their own units of measurement. */
  readonly slacks: Float64Array;
  /** Relative distance of the score that the peers reach from the bound that prices prove. */
  readonly gap: number;
}

/** Of a unit compared with nobody. */
export function noProjection(width: number, score: number): UnitProjection {
  return { score, peers: [], intensities: [], slacks: new Float64Array(width), gap: 0 };
}

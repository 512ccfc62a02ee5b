/** Journeys in compressed form: steps of customers, items of steps. */
export interface JourneySteps {
  /** The steps of customer `c` are `offsets[c]` (included) to `offsets[c + 1]` (excluded), in order of time. */
  readonly offsets: Uint32Array;
  /** The items of step `s` are `itemOffsets[s]` to `itemOffsets[s + 1]`: at least one, ascending, each once. */
  readonly itemOffsets: Uint32Array;
  /** Positions in `itemLevels`. */
  readonly items: Int32Array;
  /** UTC epoch milliseconds, one a step, rising within a customer; null where only the order is known. */
  readonly times: Float64Array | null;
}

import type { HazardLearnerName } from './hazardLearners.js';
import type { HazardTime } from './hazardTable.js';

/** What a fit found, as plain data. */
export interface DiscreteHazardSummary {
  /** The columns it needs. */
  readonly features: readonly string[];
  /** What the hazard was learnt by. */
  readonly learner: HazardLearnerName | 'own';
  /** How time stands in the rows it was learnt from, as column `(time)`. */
  readonly time: HazardTime;
  /** The ends of the intervals, 0 first. */
  readonly cuts: readonly number[];
  /** Customers (rows of weight above 0). */
  readonly rowCount: number;
  /** Those of them whose time ended with the event (by weight). */
  readonly events: number;
  /** Rows of a customer and an interval. */
  readonly periodCount: number;
  /** Of the rows learnt from. */
  readonly logLikelihood: number;
}

/** What is stored. */
export interface DiscreteHazardState {
  readonly format: 'DiscreteHazard';
  readonly formatVersion: 1;
  /** What the fit found. */
  readonly summary: DiscreteHazardSummary;
  /** The model of the hazard, as it stores itself. */
  readonly model: unknown;
}

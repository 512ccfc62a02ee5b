import type { TableView } from '../../data/table.js';
import type { FrontierDesign } from './frontierDesign.js';
import type { StochasticFrontierOptions } from './frontierOptions.js';
import type { FrontierSolution } from './solveFrontier.js';

/** A frontier fitted, and what it was fitted to. */
export interface FrontierTask {
  readonly options: StochasticFrontierOptions;
  /** Of the frontier, of inefficiency, of noise. */
  readonly designs: readonly [FrontierDesign, FrontierDesign, FrontierDesign];
  /** In units of `unit`, of what least squares left. */
  readonly solution: FrontierSolution;
  readonly unit: number;
  readonly center: number;
  /** The least-squares coefficients of the kept columns. */
  readonly line: Float64Array;
  readonly total: number;
  readonly values: Float64Array;
  readonly view: TableView;
  readonly weights: Float64Array | null;
}

/** One sum in standardised coordinates: of the kept columns, with its covariance or null. */
export interface FrontierPart {
  readonly design: FrontierDesign;
  readonly beta: Float64Array;
  readonly covariance: Float64Array | null;
}

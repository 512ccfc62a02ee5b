import type { TreeFeature, TreeNodes } from '../../learners/trees/treeNodes.js';
import type { UpliftTreesSummary } from './upliftTreeState.js';

/** How a fit of a forest of uplift went. */
export interface UpliftForestReport {
  /** Rows used, of all arms compared. */
  readonly rowCount: number;
  /** Their summed weight. */
  readonly weight: number;
  /** Rows of every arm, control first. */
  readonly armRows: readonly number[];
  /** Whether uplifts come from other rows than the splits. */
  readonly honest: boolean;
  /** Trees. */
  readonly trees: number;
  /** Why there are no more. */
  readonly reason: 'all trees' | 'stopped by onProgress';
  /** Leaves of a tree, on average. */
  readonly leaves: number;
  /** The figures the trees were grown by, defaults included. */
  readonly settings: Readonly<Record<string, number>>;
}

/** What a fit of a forest of uplift tells about itself. */
export interface UpliftForestSummary extends UpliftTreesSummary {
  /** How the fit went. */
  readonly report: UpliftForestReport;
}

/** A forest of uplift as JSON. */
export interface UpliftForestState {
  /** Which class reads it. */
  readonly format: 'UpliftForest';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The columns in the order the trees number them. */
  readonly inputs: readonly TreeFeature[];
  /** Tree after tree. */
  readonly trees: Omit<TreeNodes, 'value'>;
  /** For each treatment the uplift of every leaf; 0 for other nodes. */
  readonly uplifts: readonly (readonly number[])[];
  /** What the fit tells about itself. */
  readonly summary: UpliftForestSummary;
}

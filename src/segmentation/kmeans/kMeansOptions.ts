import type { RowNumbers } from '../../data/rowNumbers.js';
import type { ScalingOption } from '../space/scaling.js';
import type { PartitionProgress } from './partitionPoints.js';
import type { Effort } from './searchPartition.js';

/** What a partition into segments around centres is learnt from. */
export interface KMeansOptions<Names extends string = string> {
  /** How many segments; fewer are given where fewer rows differ. */
  readonly segments: number;
  /** Columns of numbers or booleans. @defaultValue all such columns, but for the weights */
  readonly features?: readonly Names[];
  /** How they enter the distances. @defaultValue 'auto' */
  readonly scaling?: ScalingOption<Names>;
  /** How often each row counts: a column or one number a row, not negative. @defaultValue once */
  readonly weights?: RowNumbers<Names>;
  /**
   * How hard to look for a better partition. `'low'`: one start, the fastest. `'medium'`: up to 16 starts, each improved by moving single rows and whole
   * centres, until three agree on the best. `'high'`: up to 60, until eight agree. @defaultValue 'medium'
   */
  readonly effort?: Effort;
  /** Passes of Lloyd's algorithm over the rows, at most, in each attempt. @defaultValue 300 */
  readonly maxIterations?: number;
  /** Centres to start from: rows in the units of the data, such as the `centers` of an earlier model. No others are tried then. @defaultValue drawn rows */
  readonly start?: readonly object[];
  /** Of the random draws. @defaultValue 1 */
  readonly seed?: number;
  /** Called with `done` of `total` steps and the sum of squares (`objective`) so far; false ends the search there. */
  readonly onProgress?: PartitionProgress;
}

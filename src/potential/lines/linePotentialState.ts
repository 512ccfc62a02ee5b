import type { CustomerPotentials } from '../customerPotentials.js';
import type { MarketPotentialState } from '../door/marketPotentialState.js';

/** What reconciling did to a line, to lines that share one wallet, or to all together. */
export interface LineAdjustment {
  /** The line, or the names of the lines. */
  readonly name: string;
  /** What customers spend now, in all. */
  readonly present: number;
  /** Sum of the potentials as estimated by themselves. */
  readonly before: number;
  /** Sum of the potentials that add up. */
  readonly after: number;
}

/** Potentials of customers in several lines that add up to those of the total. */
export interface LinePotentials {
  /** The names of the lines. */
  readonly lines: readonly string[];
  /** In the order of `lines`. */
  readonly perLine: readonly CustomerPotentials[];
  /** Of all lines together: each potential is the sum of those of the lines. */
  readonly total: CustomerPotentials;
  /** What that took: each line, each group of substitutes, and `total` last. */
  readonly adjustments: readonly LineAdjustment[];
}

/** A potential of spend that is a sum of columns. */
export interface SummedPotential {
  /** What the sum is called. */
  readonly spend: string;
  /** Places of the lines it is the sum of. */
  readonly members: readonly number[];
  /** What was learnt of it. */
  readonly model: MarketPotentialState;
}

/** Potentials of several lines, as JSON. */
export interface LinePotentialState {
  /** Which class reads it. */
  readonly format: 'LinePotential';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** The names of the lines. */
  readonly lines: readonly string[];
  /** One for each line; its `spend` names the column. */
  readonly models: readonly MarketPotentialState[];
  /** Lines that share one wallet. */
  readonly groups: readonly SummedPotential[];
  /** All lines together; null where the total is what they add up to. */
  readonly total: SummedPotential | null;
}

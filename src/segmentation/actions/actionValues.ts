import type { Estimate } from '../../numeric/estimate.js';
import type { Offer } from './bestAction.js';
import type { SegmentTest } from './planTests.js';
import type { ActionPrior } from './readActions.js';
import type { Seen } from './responsePrior.js';

/** How sure one wants to be, and how much one can do. */
export interface ValueActionsOptions {
  /** Probability that an interval holds the truth, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** An action that is best with less than this probability goes to the test plan as well. @defaultValue 0.8 */
  readonly certainty?: number;
  /** The most that contacts may cost in all. @defaultValue no limit */
  readonly budget?: number;
  /** The most customers to contact in all. @defaultValue no limit */
  readonly capacity?: number;
  /** What a test should recognise: an action that earns back its cost and this share of it again. @defaultValue 0.5 */
  readonly detect?: number;
  /** The probability with which it should. @defaultValue 0.8 */
  readonly power?: number;
}

/** What is known of one action in one segment. */
export interface ValuedAction {
  /** The name of the action. */
  readonly action: string;
  /** Customers contacted in the past. */
  readonly contacts: number;
  /** Responses among them. */
  readonly responses: number;
  /** The response to expect, 0 to 1: the segment's own rate shrunk to that of the action in all segments. */
  readonly response: Estimate;
  /** What a contact is worth, its cost taken off. */
  readonly netValue: Estimate;
  /** The probability that no other action, nor doing nothing, is worth more. */
  readonly bestProbability: number;
  /** Whether the whole interval of the net value lies above 0 (`'pays'`), none of it does (`'loses'`), or neither (`'none'`: no evidence). */
  readonly evidence: 'pays' | 'loses' | 'none';
}

/** What to do with one segment. */
export interface ValuedSegment {
  /** The name of the segment. */
  readonly segment: string;
  /** Its size. */
  readonly customers: number;
  /** `'act'`: an action pays; `'test'`: no evidence for any; `'leave'`: all lose. */
  readonly verdict: 'act' | 'test' | 'leave';
  /** Of the actions that pay, the one with the highest expected net value; null where none does. */
  readonly recommended: string | null;
  /** Why, in words. */
  readonly reason: string;
  /** The probability that doing nothing is best. */
  readonly nothingBestProbability: number;
  /** All actions, in the order given. */
  readonly actions: readonly ValuedAction[];
  /** Customers to contact with the recommended action, within budget and capacity. */
  readonly contacts: number;
  /** What that costs. */
  readonly cost: number;
  /** What it is expected to bring, the cost taken off; with interval. */
  readonly netValue: Estimate;
}

/** What to do with every segment. */
export interface ActionValues {
  /** What was believed of each action before a segment was looked at. */
  readonly priors: readonly ActionPrior[];
  /** One line per segment, in the order given. */
  readonly segments: readonly ValuedSegment[];
  /** Contacts of all segments. */
  readonly contacts: number;
  /** Their cost. */
  readonly cost: number;
  /** Their expected net value. */
  readonly netValue: number;
  /** What to try where too little is known; empty where everything is. */
  readonly tests: readonly SegmentTest[];
}

/** An action in a segment with its figures. */
export type Cell = Seen & Offer & { readonly action: string };

/** One segment before money is shared out. */
export interface FoundSegment {
  readonly line: Omit<ValuedSegment, 'contacts' | 'cost' | 'netValue'>;
  readonly cells: readonly Cell[];
  /** The recommended action. */
  readonly chosen: { readonly place: number; readonly cost: number; readonly net: number } | undefined;
}

/** The options with their defaults. */
export type Limits = Readonly<Required<ValueActionsOptions>>;

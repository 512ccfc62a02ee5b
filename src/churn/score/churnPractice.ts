import type { Duration } from '../../data/duration.js';
import type { ChurnRule } from '../define/churnRule.js';

/** How a churn score was practised on a log: what it takes to choose and describe the customers of another day alike. */
export interface ChurnPractice {
  /** What counts as the event; `null` where it rests on moments of customers, who are not part of a score. */
  readonly rule: ChurnRule | null;
  /** How recent an event makes a customer one that can leave; absent where the rule's own default holds. */
  readonly lookback?: Duration;
  /** From the moment of scoring to the first day that counts. */
  readonly gap?: Duration;
  /** How long the event may take. */
  readonly horizon: Duration;
  /** Columns that come from the table of customers, not from the log. */
  readonly attributes: readonly string[];
}

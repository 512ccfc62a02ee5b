import type { RhythmPrior } from './rhythmPrior.js';
import type { VisitGaps } from './visitGaps.js';

/** When a silence is too long for a customer. */
export interface OverdueRule {
  readonly prior: RhythmPrior;
  /** Overdue is who stays away so long as this share of own gaps at most. */
  readonly share: number;
  /** But no silence shorter than this, in days. */
  readonly atLeast: number;
}

/** What the gaps of one customer say: those of {@link VisitGaps} at a position there. */
export interface RhythmOf {
  /** Closed gaps. */
  readonly gaps: number;
  /** How long the customer has been silent, days. */
  readonly silence: number;
  /** The probability that a gap of this customer outlasts the silence. */
  readonly outlasting: number;
  /** The silence from which the customer is overdue, days. */
  readonly threshold: number;
  readonly isOverdue: boolean;
}

/**
 * Gaps are exponential at the rate of the customer, rates gamma: after n gaps of total length Σ the next is longer than s with probability
 * ((b + Σ) / (b + Σ + s))^(a + n), the law of Lomax (1954).
 */
export function rhythmOf({ starts, lengths }: VisitGaps, i: number, { prior, share, atLeast }: OverdueRule): RhythmOf {
  const open = starts[i + 1]! - 1;
  let sum = prior.rateDays;
  for (let g = starts[i]!; g < open; g++) sum += lengths[g]!;
  const gaps = open - starts[i]!;
  const silence = lengths[open]!;
  const power = prior.shape + gaps;
  const outlasting = Math.exp(-power * Math.log1p(silence / sum));
  const threshold = Math.max(atLeast, sum * Math.expm1(-Math.log(share) / power));
  return { gaps, silence, outlasting, threshold, isOverdue: outlasting < share && silence >= atLeast };
}

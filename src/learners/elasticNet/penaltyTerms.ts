/** The penalty of each parameter: l1 |b| + l2 b^2 / 2, and the sign it must have (1, -1, or 0 for any). */
export interface PenaltyTerms {
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  readonly signs: ArrayLike<number>;
}

/** How far parameter j is from the conditions of Karush, Kuhn and Tucker: 0 at the minimum. `slope` is the derivative of the loss. */
export function violation({ l1, l2, signs }: PenaltyTerms, j: number, value: number, slope: number): number {
  if (value !== 0) return Math.abs(slope + l2[j]! * value + l1[j]! * Math.sign(value));
  // It would move against its slope: where that is not allowed it stays.
  return slope * signs[j]! > 0 ? 0 : Math.max(0, Math.abs(slope) - l1[j]!);
}

/** What the penalty adds to the mean loss. */
export function penaltyAt({ l1, l2 }: PenaltyTerms, values: Float64Array): number {
  return values.reduce((sum, value, j) => sum + l1[j]! * Math.abs(value) + (l2[j]! * value * value) / 2, 0);
}

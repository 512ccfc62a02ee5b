import type { Contribution } from './logisticState.js';

/** Why a row has its prediction, in the same shape for every kind of model. */
export interface MarginExplanation {
  /** The margin of the average training customer. */
  readonly baseline: number;
  /** One for each feature, the strongest first. */
  readonly contributions: readonly Contribution[];
  /** baseline + contributions (+ offset): log-odds, log of the mean, or the prediction itself, as the model has it. */
  readonly margin: number;
  /** What the model predicts from that margin: a probability, or a number on the scale of the target. */
  readonly prediction: number;
}

/** What each feature of a row adds, the strongest first; ties in the order of the features. */
export function rankContributions(row: object, features: readonly string[], amounts: ArrayLike<number>): Contribution[] {
  return features
    .map((feature, j): Contribution => {
      const contribution = amounts[j]!;
      return { feature, value: (row as Record<string, unknown>)[feature], contribution, direction: contribution > 0 ? 'raises' : contribution < 0 ? 'lowers' : 'none' };
    })
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

import type { BuyingFit } from '../buying/buyingState.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { LifetimeValueCandidate, LifetimeValueLaw } from './lifetimeValueReport.js';
import type { Holdout, HoldoutScore } from './scoreHoldout.js';

/** A law of buying that was tried. */
export interface TriedLaw {
  readonly law: LifetimeValueLaw;
  /** Learnt from all histories. */
  readonly model: BuyingModel;
  /** One for each holdout; empty where nothing was held out. */
  readonly scores: readonly HoldoutScore[];
}

/** The figures of all laws, in their order. */
export function candidateFigures(tried: readonly TriedLaw[], holdouts: readonly Holdout[]): LifetimeValueCandidate[] {
  const means = tried.map(({ scores }) => weighted(scores, holdouts, (score, i) => score.logScores[i]!));
  const best = tried[means.indexOf(Math.max(...means))] ?? tried[0]!;
  const made = total(holdouts.map(({ frequency, weights }) => total(frequency.map((count, i) => count * (weights?.[i] ?? 1)))));
  const customers = total(holdouts.map(({ frequency, weights }) => (weights === null ? frequency.length : total(weights))));
  return tried.map(({ law, model, scores }, at): LifetimeValueCandidate => {
    const { parameterCount, logLikelihood, aic, bic, convergence } = model.fit as BuyingFit;
    const figures = { law, parameters: model.parameters, parameterCount, logLikelihood, aic, bic, converged: convergence.converged };
    if (holdouts.length === 0) return { ...figures, logScore: null, logScoreGap: null, logScoreGapError: null, meanAbsoluteError: null, bias: null };
    const gapOf = (score: HoldoutScore, i: number): number => best.scores[scores.indexOf(score)]!.logScores[i]! - score.logScores[i]!;
    const gap = weighted(scores, holdouts, gapOf);
    const variance = weighted(scores, holdouts, (score, i) => (gapOf(score, i) - gap) ** 2);
    return {
      ...figures,
      logScore: means[at]!,
      logScoreGap: gap,
      logScoreGapError: Math.sqrt(variance / customers),
      meanAbsoluteError: total(scores.map(({ absolute }) => absolute)) / customers,
      bias: total(scores.map(({ expected }) => expected)) / made - 1,
    };
  });
}

/** The mean over the customers of all holdouts. */
function weighted(scores: readonly HoldoutScore[], holdouts: readonly Holdout[], value: (score: HoldoutScore, row: number) => number): number {
  let [sum, count] = [0, 0];
  scores.forEach((score, h) => {
    const { weights } = holdouts[h]!;
    for (let i = 0; i < score.logScores.length; i++) {
      const weight = weights === null ? 1 : weights[i]!;
      sum += weight * value(score, i);
      count += weight;
    }
  });
  return sum / count;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

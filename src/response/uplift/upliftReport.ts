import { describeValue } from '../../data/instant.js';
import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { Trial } from '../trial/readTrial.js';
import type { BalanceLine } from '../trial/treatmentBalance.js';
import { SHRINKAGE, type LearntModel } from './learnModel.js';
import type { Propensities } from './estimatePropensities.js';
import type { ArmSummary, TreatmentEffect } from './upliftState.js';

/** A mean whose rows weigh by the inverse of their chance, and its variance. */
interface ArmMean {
  readonly mean: number;
  readonly variance: number;
}

/** Mean outcome of each arm (Hájek, 1971), control first, over the rows that hold. A weight of 2 counts as two rows. */
export function armMeans({ arms, outcomes, weights, counts }: Trial, { values, stride }: Propensities, holds: (i: number) => boolean): ArmMean[] {
  return Array.from(counts, (_, arm) => {
    let [total, sum, size] = [0, 0, 0];
    eachRow((i, weight, share) => {
      size += weight;
      total += share;
      sum += share * outcomes[i]!;
    });
    const mean = sum / total;
    let squares = 0;
    eachRow((i, weight, share) => (squares += (share * (outcomes[i]! - mean)) ** 2 / weight));
    return { mean, variance: (squares / (total * total)) * (size / Math.max(1, size - 1)) };

    function eachRow(visit: (i: number, weight: number, share: number) => void): void {
      for (let i = 0; i < arms.length; i++) {
        if (arms[i] !== arm || !holds(i)) continue;
        const weight = weights === null ? 1 : weights[i]!;
        visit(i, weight, weight / values[i * stride + arm]!);
      }
    }
  });
}

/** An estimate with its normal interval. */
export function interval(estimate: number, variance: number, confidence: number): Estimate {
  const reach = -normalQuantile((1 - confidence) / 2) * Math.sqrt(variance);
  return { estimate, lower: estimate - reach, upper: estimate + reach };
}

/** What happened in each arm. */
export function armSummaries(trial: Trial, means: readonly ArmMean[], confidence: number): ArmSummary[] {
  const { control, treatments, counts, shares, isBinary, arms, outcomes, weights } = trial;
  const events = new Float64Array(counts.length);
  for (let i = 0; i < arms.length; i++) events[arms[i]!]! += outcomes[i]! * (weights === null ? 1 : weights[i]!);
  return [control, ...treatments].map((arm, place) => ({
    arm,
    rows: counts[place]!,
    share: shares[place]!,
    mean: interval(means[place]!.mean, means[place]!.variance, confidence),
    events: isBinary ? events[place]! : null,
  }));
}

/** The average effect as the difference of means. */
export function differenceOfMeans(means: readonly ArmMean[], k: number, confidence: number): Pick<TreatmentEffect, 'average' | 'averageBy'> {
  const [control, treated] = [means[0]!, means[k + 1]!];
  return { average: interval(treated.mean - control.mean, treated.variance + control.variance, confidence), averageBy: 'difference of means' };
}

/** The average effect as the mean of doubly robust pseudo-outcomes, over the rows that were reached. */
export function meanPseudoOutcome(psi: Float64Array, { weights }: Trial, isReached: (i: number) => boolean, confidence: number): Pick<TreatmentEffect, 'average' | 'averageBy'> {
  let [total, sum, squares] = [0, 0, 0];
  const weightOf = (i: number): number => (!isReached(i) ? 0 : weights === null ? 1 : weights[i]!);
  for (let i = 0; i < psi.length; i++) {
    total += weightOf(i);
    sum += weightOf(i) * psi[i]!;
  }
  const mean = sum / total;
  for (let i = 0; i < psi.length; i++) squares += weightOf(i) * (psi[i]! - mean) ** 2;
  return { average: interval(mean, squares / total / Math.max(1, total - 1), confidence), averageBy: 'doubly robust' };
}

/** Wald's test that no feature moves the effect, by the robust covariance of its linear model. */
export function heterogeneityOf({ coefficients, covariance }: LearntModel): TreatmentEffect['heterogeneity'] {
  if (coefficients === null || covariance === null) return null;
  const places = covariance.names.flatMap((name, at) => (name === '(Intercept)' ? [] : [at]));
  const size = places.length;
  if (size === 0) return null;
  // Standardised: columns of any unit are told apart from aliased ones.
  const sd = places.map((at) => Math.sqrt(covariance.values[at * covariance.names.length + at]!));
  const z = new Float64Array(places.map((at, j) => coefficients.find(({ name }) => name === covariance.names[at])!.estimate / sd[j]!));
  const matrix = new Float64Array(places.flatMap((a, j) => places.map((b, l) => covariance.values[a * covariance.names.length + b]! / (sd[j]! * sd[l]!))));
  if (!z.every(Number.isFinite) || !choleskyInPlace(matrix, size)) return null;
  const solved = choleskySolve(matrix, size, z.slice());
  const chiSquare = z.reduce((sum, value, j) => sum + value * solved[j]!, 0);
  return { chiSquare, degreesOfFreedom: size, p: chiSquareSurvival(chiSquare, size) };
}

/** What to know before the figures are used. */
export function warningsOf(arms: readonly ArmSummary[], balance: readonly BalanceLine[], parameters: number, clipped: number, shrunk: ReadonlySet<string>): string[] {
  const warnings: string[] = [];
  for (const { arm, events, rows } of arms) {
    const fewer = events === null ? rows : Math.min(events, rows - events);
    // Ten events a parameter are the usual floor for a model of an outcome.
    if (fewer < 10 * parameters) {
      const what = events === null ? 'rows' : events <= rows - events ? 'positive outcomes' : 'negative outcomes';
      warnings.push(`${describeValue(arm)} has ${Math.round(fewer)} ${what}, few for ${parameters} features: uplifts of single customers are uncertain`);
    }
  }
  for (const { feature, adjustedP } of balance) {
    if (adjustedP < 0.05) {
      warnings.push(`the arms differ in ${describeValue(feature)} more than chance explains (p ${adjustedP < 0.001 ? 'below 0.001' : adjustedP.toFixed(3)}): if customers were not dealt at random, take propensity: 'estimate'`);
    }
  }
  if (clipped > 0.01) warnings.push(`in ${Math.round(clipped * 100)} % of the rows an arm was all but impossible: what it would have done there rests on the models alone`);
  for (const of of shrunk) warnings.push(`the features foretell the ${of} of every customer learnt from, so its model is shrunk (ridge ${SHRINKAGE}): too few rows, or a column known only afterwards`);
  return warnings;
}

import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { studentTMultiplier } from '../../numeric/studentT.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { reachedNodes } from '../../learners/trees/treeRules.js';
import { armMoments, type ArmMoments } from './armMoments.js';
import type { UpliftSample } from './upliftSample.js';
import type { LeafUplift, UpliftHeterogeneity, UpliftLeaf, UpliftTreeState } from './upliftTreeState.js';

/** The arms of a node whose groups stand there: of the rows estimated on where honest, otherwise of all. */
export function nodeArms(sample: UpliftSample, bounds: Int32Array, honest: boolean): ArmMoments[] {
  const first = honest ? sample.armCount : 0;
  return Array.from({ length: sample.armCount }, (_, arm) => armMoments(sample, bounds[first + arm]!, bounds[first + arm + 1]!));
}

/**
 * The uplift of each treatment with its interval: of shares by Agresti and Caffo (2000), one customer with and one without the outcome added to each arm, so that it is
 * honest for few events; of numbers by Welch.
 */
export function upliftsOf({ trial }: UpliftSample, arms: readonly ArmMoments[], confidence: number): LeafUplift[] {
  const control = arms[0]!;
  return trial.treatments.map((treatment, place) => {
    const arm = arms[place + 1]!;
    const estimate = arm.mean - control.mean;
    const [center, half] = trial.isBinary ? agrestiCaffo(arm, control, confidence) : [estimate, welch(arm, control, confidence)];
    const lower = trial.isBinary ? Math.max(-1, Math.min(estimate, center - half)) : center - half;
    const upper = trial.isBinary ? Math.min(1, Math.max(estimate, center + half)) : center + half;
    return { treatment, estimate, lower, upper, verdict: lower > 0 ? 'raises' : upper < 0 ? 'lowers' : 'not distinguishable' };
  });
}

function agrestiCaffo(a: ArmMoments, b: ArmMoments, confidence: number): [number, number] {
  const [p, q] = [a, b].map(({ rows, mean }) => (rows * mean + 1) / (rows + 2)) as [number, number];
  return [p - q, normalMultiplier('', confidence) * Math.sqrt((p * (1 - p)) / (a.rows + 2) + (q * (1 - q)) / (b.rows + 2))];
}

function welch(a: ArmMoments, b: ArmMoments, confidence: number): number {
  const [u, v] = [a.variance / a.rows, b.variance / b.rows];
  if (!(u + v > 0)) return 0;
  const degrees = (u + v) ** 2 / (u ** 2 / Math.max(1e-9, a.rows - 1) + v ** 2 / Math.max(1e-9, b.rows - 1));
  const whole = Math.max(1, Math.floor(degrees));
  return (whole > 200 ? normalMultiplier('', confidence) : studentTMultiplier(confidence, whole)) * Math.sqrt(u + v);
}

/** The leaves in words, the highest uplift first. */
export function upliftLeaves(sample: UpliftSample, state: Pick<UpliftTreeState, 'inputs' | 'nodes'>, arms: readonly (readonly ArmMoments[])[], confidence: number): UpliftLeaf[] {
  const { control, treatments } = sample.trial;
  const { feature, cover } = state.nodes;
  return reachedNodes(state)
    .filter(({ node }) => feature[node]! < 0)
    .map(({ node, conditions }): UpliftLeaf => ({
      conditions,
      text: conditions.map(({ text }) => text).join(' and ') || 'every row',
      rows: cover[node]!,
      share: cover[node]! / cover[0]!,
      arms: arms[node]!.map(({ rows, mean }, arm) => ({ arm: [control, ...treatments][arm]!, rows, mean })),
      uplifts: upliftsOf(sample, arms[node]!, confidence),
    }))
    .sort((a, b) => b.uplifts[0]!.estimate - a.uplifts[0]!.estimate || b.rows - a.rows);
}

/** Whether the leaves differ in the uplift of each treatment. */
export function heterogeneity({ trial, leastGain }: UpliftSample, leaves: readonly (readonly ArmMoments[])[]): UpliftHeterogeneity[] {
  return trial.treatments.map((treatment, place) => {
    let [precision, sum, squares] = [0, 0, 0];
    for (const arms of leaves) {
      const [a, b] = [arms[place + 1]!, arms[0]!];
      // Outcomes without any variance say nothing of how sure their mean is.
      const weight = 1 / Math.max(a.variance / a.rows + b.variance / b.rows, leastGain);
      const uplift = a.mean - b.mean;
      precision += weight;
      sum += weight * uplift;
      squares += weight * uplift * uplift;
    }
    const degreesOfFreedom = leaves.length - 1;
    const statistic = degreesOfFreedom === 0 ? 0 : Math.max(0, squares - (sum * sum) / precision);
    return { treatment, statistic, degreesOfFreedom, p: degreesOfFreedom === 0 ? 1 : chiSquareSurvival(statistic, degreesOfFreedom) };
  });
}

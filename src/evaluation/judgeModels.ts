import type { Estimate } from '../numeric/estimate.js';
import { hypergeometricP } from '../numeric/hypergeometric.js';
import { acceleratedInterval, pairedP, percentileInterval, spreadOf } from './bootstrapEnds.js';
import { bootstrapSamples, leaveOutValues } from './bootstrapSamples.js';
import type { ComparedModel, CompareModelsOptions, ModelComparison } from './compareModels.js';
import { compareRocAuc } from './compareRocAuc.js';
import { requireFigure } from './countedMetric.js';
import type { Metric } from './crossValidate.js';
import { readObservations } from '../data/labelsAndScores.js';
import { figureOf, isCampaign } from './modelFigures.js';
import { planResampling } from './resampling.js';
import { rocAucInterval } from './rocAucInterval.js';

/** The figures of all models, and how one compares with another. */
export interface Judged<Name extends string> {
  readonly models: readonly ComparedModel<Name>[];
  readonly against: (name: Name, baseline: Name) => { readonly difference: Estimate; readonly p: number };
  readonly stopped: boolean;
}

/** The scores of each model under its name. */
export type ScoresByName<Name extends string> = Readonly<Record<Name, ArrayLike<number>>>;

/** Areas under the curve by DeLong's formulas. */
export function judgeByFormula<Name extends string>(
  caller: string,
  labels: Float64Array,
  names: readonly Name[],
  scores: ScoresByName<Name>,
  { weights }: CompareModelsOptions,
  confidence: number,
): Judged<Name> {
  // Every score is read here first, so that an error names the function that was called.
  for (const name of names) readObservations(caller, labels, scores[name], weights);
  const options = weights === undefined ? { confidence } : { confidence, weights };
  return {
    models: names.map((name) => ({ name, ...rocAucInterval(labels, scores[name], options) })),
    against: (name, baseline) => {
      const { difference, p } = compareRocAuc(labels, scores[name], scores[baseline], options);
      return { difference, p };
    },
    stopped: false,
  };
}

/** Any figure by drawing the same customers for all models. */
export function judgeBySamples<Name extends string>(
  caller: string,
  labels: Float64Array,
  names: readonly Name[],
  scores: ScoresByName<Name>,
  metric: Metric,
  options: CompareModelsOptions,
  confidence: number,
): Judged<Name> {
  const { seed = 1, replicates = 1000, weights } = options;
  const plan = planResampling(caller, labels, options);
  const figures = names.map((name) => figureOf(caller, labels, scores[name], metric, options));
  const counts = weights === undefined ? new Float64Array(labels.length).fill(1) : Float64Array.from(weights);
  const estimates = names.map((name, j) => requireFigure(caller, isCampaign(caller, options) ? figures[j]!(counts) : metric(labels, scores[name], weights === undefined ? undefined : counts)));
  const { values, stopped } = bootstrapSamples(caller, plan, figures, replicates, seed, options.onProgress);
  const leftOut = leaveOutValues(caller, plan, figures, seed);
  const intervalOf = (j: number): Estimate =>
    leftOut === undefined ? percentileInterval(estimates[j]!, values[j]!, confidence) : acceleratedInterval(estimates[j]!, values[j]!, leftOut[j]!, confidence);
  return {
    models: names.map((name, j) => ({ name, ...intervalOf(j), standardError: spreadOf(values[j]!) })),
    against: (name, baseline) => {
      const [a, b] = [names.indexOf(name), names.indexOf(baseline)];
      const gaps = values[a]!.map((value, i) => value - values[b]![i]!);
      return { difference: percentileInterval(estimates[a]! - estimates[b]!, gaps, confidence), p: pairedP(gaps) };
    },
    stopped,
  };
}

/** Every model, the best first, and the tests of the others against the baseline. */
export interface HeldAgainst<Name extends string> extends Pick<ModelComparison<Name>, 'models' | 'baseline' | 'stopped'> {
  readonly others: readonly ComparedModel<Name>[];
  readonly tests: readonly ReturnType<Judged<Name>['against']>[];
}

/** All models held against the one wanted, or the best. */
export function heldAgainst<Name extends string>(judged: Judged<Name>, sign: 1 | -1, wanted: Name | undefined): HeldAgainst<Name> {
  const models = [...judged.models].sort((a, b) => sign * (a.estimate - b.estimate));
  const baseline = wanted ?? models[0]!.name;
  const others = models.filter(({ name }) => name !== baseline);
  return { models, baseline, others, tests: others.map(({ name }) => judged.against(name, baseline)), stopped: judged.stopped };
}

/** Twice the chance that a ranking at random is a perfect one: no rows can say more. */
export function perfectByChance(labels: Float64Array, weights: ArrayLike<number> | undefined): number {
  let [events, total] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    total += weight;
    events += weight * labels[row]!;
  }
  return hypergeometricP(events, events, events, total);
}

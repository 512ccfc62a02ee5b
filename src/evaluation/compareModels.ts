import { requireKnownOptions, requireWhole } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { falseDiscoveryQ } from '../numeric/falseDiscovery.js';
import { numbersOfLabels } from './bootstrapInterval.js';
import type { SampleProgress } from './bootstrapSamples.js';
import { requireMetric } from './countedMetric.js';
import type { Metric } from './crossValidate.js';
import { normalMultiplier } from './intervals.js';
import { isLoss } from './judgedTarget.js';
import { requireLength, type Labels } from '../data/labelsAndScores.js';
import { heldAgainst, judgeByFormula, judgeBySamples, perfectByChance, type ScoresByName } from './judgeModels.js';
import { isCampaign } from './modelFigures.js';
import { rocAuc } from './rocAuc.js';

/** Options of {@link compareModels}. */
export interface CompareModelsOptions<Name extends string = string> {
  /** What the models are compared on. @defaultValue rocAuc */
  readonly metric?: Metric;
  /** Whether a smaller value is the better one. @defaultValue true for the losses of this library, false otherwise */
  readonly lowerIsBetter?: boolean;
  /** Instead of a metric: compare the profit per customer of contacting everybody whose probability x benefit exceeds this cost; one amount, or one per customer. */
  readonly contactCost?: number | ArrayLike<number>;
  /** What an event among the contacted is worth, with `contactCost`. */
  readonly benefit?: number | ArrayLike<number>;
  /** The model the others are held against. @defaultValue the best one on these rows */
  readonly baseline?: Name;
  /** One per label, finite, from 0 up; whole weights count customers. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** One value per row; rows of one value are drawn together, such as all snapshots of a customer. @defaultValue every row by itself */
  readonly groups?: ArrayLike<unknown>;
  /** How many samples the bootstrap draws, where it is needed. @defaultValue 1000 */
  readonly replicates?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Called after every sample with the first model's value as `objective`; returning false stops with the samples so far. */
  readonly onProgress?: SampleProgress;
}

/** One model of {@link compareModels}. */
export interface ComparedModel<Name extends string = string> extends Estimate {
  /** Its name. */
  readonly name: Name;
  /** Standard error of the figure. */
  readonly standardError: number;
}

/** One model held against the baseline. */
export interface ModelDifference<Name extends string = string> {
  /** The model. */
  readonly name: Name;
  /** Its figure minus that of the baseline on the same customers, with interval. */
  readonly difference: Estimate;
  /** Two-sided p-value of "no difference". */
  readonly p: number;
  /** p corrected for the number of models (Benjamini and Hochberg, 1995). */
  readonly q: number;
}

/** What {@link compareModels} returns. */
export interface ModelComparison<Name extends string = string> {
  /** Every model with its figure, the best first. */
  readonly models: readonly ComparedModel<Name>[];
  /** The model the others are held against. */
  readonly baseline: Name;
  /** The others against it, in the order of `models`. */
  readonly differences: readonly ModelDifference<Name>[];
  /** Models that these customers cannot tell from the baseline: q above 1 - confidence. */
  readonly notToldApart: readonly Name[];
  /** How uncertainty was found: DeLong's formula, or the paired bootstrap. */
  readonly method: 'delong' | 'bootstrap';
  /** The above in a sentence. */
  readonly summary: string;
  /** Whether onProgress ended the work early. */
  readonly stopped: boolean;
}

const OPTIONS = ['metric', 'lowerIsBetter', 'contactCost', 'benefit', 'baseline', 'weights', 'groups', 'replicates', 'confidence', 'seed', 'onProgress'];

/**
 * Several models on the same customers: the figure of each with its interval, the paired differences from the best, and which cannot be told apart.
 *
 * Paired, because models are right and wrong about the same customers: a difference is far more certain than two intervals side by side suggest. The area under
 * the curve is tested by DeLong's method (1988), unless rows come in groups or weights are not whole; any other metric by drawing the same customers for all models
 * (intervals of the figures BCa, of the differences percentile; p = 2 x the smaller share of samples on either side of 0, at least 2 / (replicates + 1)). All p-values
 * are corrected together. Where DeLong's formula finds no spread, as between a perfect score and a constant one, the bootstrap answers, with a p of at least twice the
 * chance that a random ranking is perfect. The best of several on the same rows leads partly by luck: name a `baseline` beforehand where the decision matters.
 *
 * @param labels - what happened, one per customer
 * @param scores - the scores of each model under its name, one finite number per label; out of sample
 * @param options - metric or contactCost and benefit, baseline, weights, groups, replicates, confidence, seed
 * @returns figures, differences, and what they allow to say
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `TARGET_CLASSES` or `INVALID_OPTION`
 * @example
 * ```ts
 * const labels = Array.from({ length: 200 }, (_, i) => i % 2);
 * const good = labels.map((label, i) => 60 * label + ((i * 37) % 100));
 * const poor = labels.map((label, i) => 10 * label + ((i * 53) % 100));
 * const comparison = compareModels(labels, { poor, good });
 * comparison.models.map((model) => model.name); // => ['good', 'poor']
 * comparison.differences[0]?.difference.upper! < 0; // => true
 * comparison.notToldApart; // => []
 * ```
 */
export function compareModels<Name extends string>(labels: Labels, scores: Readonly<Record<Name, ArrayLike<number>>>, options: CompareModelsOptions<NoInfer<Name>> = {}): ModelComparison<Name> {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { confidence = 0.95, metric = rocAuc, weights } = options;
  normalMultiplier(CALLER, confidence);
  requireWhole(CALLER, 'replicates', options.replicates ?? 1000, 2);
  requireMetric(CALLER, metric);
  const y = numbersOfLabels(CALLER, labels);
  if (weights !== undefined) requireLength(CALLER, 'weights', weights, y.length);
  const names = requireModels(scores, y.length, options.baseline);
  const delong = metric === rocAuc && !isCampaign(CALLER, options) && options.groups === undefined && isWhole(weights);
  const sign = isLoss(metric, options.lowerIsBetter) ? 1 : -1;
  const formula = delong ? heldAgainst(judgeByFormula(CALLER, y, names, scores, options, confidence), sign, options.baseline) : undefined;
  // No spread to judge by, as between a perfect score and a constant one: then by samples, and no surer than chance allows.
  const none = formula?.tests.some(({ p }) => Number.isNaN(p)) === true;
  const judged = formula === undefined || none ? heldAgainst(judgeBySamples(CALLER, y, names, scores, metric, options, confidence), sign, options.baseline) : formula;
  const { models, baseline, others, stopped } = judged;
  const least = none ? perfectByChance(y, weights) : 0;
  const tests = judged.tests.map(({ difference, p }) => ({ difference, p: Math.max(p, least) }));
  const q = falseDiscoveryQ(Float64Array.from(tests, ({ p }) => p));
  const differences = others.map(({ name }, i) => ({ name, ...tests[i]!, q: q[i]! }));
  const notToldApart = differences.filter((test) => !(test.q <= 1 - confidence)).map(({ name }) => name);
  const summary = summaryOf(baseline, notToldApart, others.length);
  return { models, baseline, differences, notToldApart, method: judged === formula ? 'delong' : 'bootstrap', summary, stopped };
}

const CALLER = 'compareModels';

function isWhole(weights: ArrayLike<number> | undefined): boolean {
  return weights === undefined || Array.from(weights).every((weight) => weight % 1 === 0);
}

function requireModels<Name extends string>(scores: ScoresByName<Name>, rows: number, baseline: string | undefined): Name[] {
  const names = Object.keys(Object(scores) as object) as Name[];
  if (names.length < 2) throw new ClientelaError('INVALID_INPUT', `${CALLER} needs the scores of at least two models, { name: scores, … }, found ${names.length}`, { models: names });
  for (const name of names) requireLength(CALLER, `scores of "${name}"`, scores[name], rows);
  if (baseline === undefined || names.some((name) => name === baseline)) return names;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} found no model "${baseline}" to hold the others against; the models are ${names.join(', ')}`, { option: 'baseline', value: baseline });
}

function summaryOf(baseline: string, notToldApart: readonly string[], others: number): string {
  const list = notToldApart.join(', ');
  if (notToldApart.length === 0) return others === 1 ? `the other model differs from ${baseline}` : `every other model differs from ${baseline}`;
  return `${list} cannot be told from ${baseline} on these customers`;
}

import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { balanceOf, usualFeatures } from '../trial/treatmentBalance.js';
import { readTrial } from '../trial/readTrial.js';
import type { TrialOptions } from '../trial/trialOptions.js';
import { crossedModels, doublyRobust, residualModels, transformedOutcomes } from './effectMethods.js';
import { estimatePropensities, knownPropensities, type Propensities } from './estimatePropensities.js';
import { oneModel, transformedClasses, twoModels, type Assembly } from './outcomeMethods.js';
import { Uplift } from './uplift.js';
import { hasEffectModel, requireUpliftOptions, type OutcomeLearner, type UpliftOptions } from './upliftOptions.js';
import { armMeans, armSummaries, differenceOfMeans, heterogeneityOf, meanPseudoOutcome, warningsOf } from './upliftReport.js';
import type { UpliftMethod, UpliftReport } from './upliftState.js';
import { Workshop } from './workshop.js';

const CALLER = 'fitUplift';

/**
 * What a treatment changes for each customer, learnt from a trial with a control group: whom an offer moves, not who buys anyway.
 *
 * `'DR'` (the default) regresses doubly robust pseudo-outcomes on the features, cross-fitted: what the models of outcomes get wrong costs precision, not truth, as
 * the chances of the arms are known in a trial; its linear model of the effect has honest standard errors, its contributions add up to the uplift itself, and it
 * tests whether customers differ at all. `'T'` takes the difference of a model for each arm, `'S'` asks one model about each arm; `'X'` suits a small treated or
 * control group, `'R'` an effect that is simpler than the outcome. `'class transformation'` (two classes) and `'transformed outcome'` model the uplift directly, with
 * much noise. With several treatments each is compared with control. Differences between customers are small beside chance whatever
 * the method: judge it on a part of the trial held out.
 *
 * @param data - the trial: raw rows, one a customer, with outcome, arm and what was known before
 * @param options - `target`, `treatment` and `control` at least
 * @returns the fitted model, with its `report`
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` (an arm without rows), `TARGET_CLASSES`, `MISSING_VALUE` (a row without outcome or arm),
 * `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of the young 40 % buy if called and 20 % if not, of the old 30 % either way.
 * const trial = Array.from({ length: 400 }, (_, i) => ({ age: i % 2 ? 25 : 65, call: i % 4 < 2 ? 'yes' : 'no', bought: (i >> 2) % 10 < (i % 2 ? (i % 4 < 2 ? 4 : 2) : 3) ? 1 : 0 }));
 * const model = fitUplift(trial, { target: 'bought', treatment: 'call', control: 'no' });
 * Math.round(100 * model.report.effects[0]!.average.estimate); // => 10
 * model.predictUplift([{ age: 25 }, { age: 65 }]).map((uplift) => Math.round(100 * uplift)); // => [20, 0]
 * model.explain({ age: 25 })[0]!.contributions[0]!.direction; // => 'raises'
 * ```
 */
export function fitUplift<Data extends TableOf<Data>>(data: Data, options: UpliftOptions<ColumnNameOf<Data>>): Uplift {
  requireUpliftOptions(CALLER, options);
  const { method = 'DR', target, treatment, weights, propensity, clip = 0.01 } = options;
  const trial = readTrial(CALLER, data, (propensity === 'estimate' ? { ...options, propensity: undefined } : options) as TrialOptions);
  const features = options.features ?? usualFeatures(trial, namedColumns([target, treatment, weights, propensity]));
  const isCrossFitted = method === 'R' || method === 'DR';
  const folds = isCrossFitted ? (options.folds ?? 5) : 1;
  const estimates = propensity === 'estimate';
  const total = modelCount(method, trial.treatments.length, folds) + (estimates ? folds * trial.treatments.length : 0);
  const shop = new Workshop(CALLER, trial, features, options, total, folds);
  const propensities = estimates ? estimatePropensities(shop, clip) : knownPropensities(trial);
  const assembly = assemble(shop, propensities, method, options);
  const used = new Set(assembly.models.flatMap(({ open }) => open.features));
  return new Uplift(
    {
      format: 'Uplift',
      formatVersion: 1,
      target,
      positive: trial.positive,
      treatment,
      control: trial.control,
      treatments: trial.treatments,
      features: features.filter((name) => used.has(name)),
      parts: assembly.models.map(({ part }) => part),
      uplift: assembly.uplift,
      outcomes: assembly.outcomes,
      report: reportOf(shop, propensities, assembly, method, options),
    },
    assembly.models.map(({ open }) => open),
  );
}

/** Columns that say something about the trial, not about the customer. */
function namedColumns(given: readonly unknown[]): unknown[] {
  return given.flatMap((one) => (typeof one === 'object' && one !== null && !ArrayBuffer.isView(one) && !Array.isArray(one) ? Object.values(one) : [one]) as unknown[]);
}

function assemble(shop: Workshop, propensities: Propensities, method: UpliftMethod, { treatment, interactions }: UpliftOptions): Assembly {
  switch (method) {
    case 'T':
      return twoModels(shop);
    case 'S':
      // With all interactions the likelihood falls into one part for each arm.
      return interactions === true ? twoModels(shop) : oneModel(shop, treatment);
    case 'X':
      return crossedModels(shop, propensities);
    case 'R':
      return residualModels(shop, propensities);
    case 'DR':
      return doublyRobust(shop, propensities);
    case 'class transformation':
      return transformedClasses(shop, propensities);
    default:
      return transformedOutcomes(shop, propensities);
  }
}

/** How many models a method learns. */
function modelCount(method: UpliftMethod, treatments: number, folds: number): number {
  if (method === 'T') return treatments + 1;
  if (method === 'S') return 1;
  if (method === 'X') return 3 * treatments + 1;
  if (method === 'R') return (folds + 1) * treatments + 1;
  if (method === 'DR') return folds * (treatments + 1) + (folds > 1 ? 1 : 0) + treatments;
  return treatments;
}

function reportOf(shop: Workshop, propensities: Propensities, assembly: Assembly, method: UpliftMethod, options: UpliftOptions): UpliftReport {
  const { trial, features } = shop;
  const { confidence = 0.95, propensity } = options;
  // Estimated chances are known where cross-fitting got to.
  const means = armMeans(trial, propensities, (i) => propensity !== 'estimate' || shop.isReached(i));
  const arms = armSummaries(trial, means, confidence);
  const balance = propensities.stride > 0 ? [] : balanceOf(trial, features);
  const nameOf = (learner: OutcomeLearner): string => (typeof learner === 'function' ? learner.name || 'function' : learner);
  return {
    method,
    learner: nameOf(shop.learner),
    effectLearner: hasEffectModel(method) ? nameOf(shop.effectLearner) : null,
    folds: shop.folds,
    propensity: propensity === undefined ? 'observed shares' : propensity === 'estimate' ? 'estimated' : 'given',
    rowCount: trial.rows.length,
    leftOut: trial.table.rowCount - trial.rows.length,
    confidence,
    arms,
    effects: trial.treatments.map(effectOf),
    parts: assembly.models.map(({ of, coefficients }) => ({ of, coefficients })),
    balance,
    warnings: warningsOf(arms, balance, features.length, propensities.clipped, shop.shrunk),
  };

  function effectOf(treatment: string, k: number): UpliftReport['effects'][number] {
    const psi = assembly.pseudoOutcomes?.[k];
    if (psi === undefined) return { treatment, ...differenceOfMeans(means, k, confidence), heterogeneity: null };
    return { treatment, ...meanPseudoOutcome(psi, trial, (i) => shop.isReached(i), confidence), heterogeneity: heterogeneityOf(assembly.models[k + 1]!) };
  }
}

import { cellOf } from '../../data/replayColumn.js';
import { compareRocAuc } from '../../evaluation/compareRocAuc.js';
import { expectedCalibrationError } from '../../evaluation/expectedCalibrationError.js';
import { normalMultiplier, wilsonRate } from '../../evaluation/intervals.js';
import { rocAucInterval } from '../../evaluation/rocAucInterval.js';
import { readProbabilities } from '../../data/labelsAndScores.js';
import { figuresOf } from '../../learners/calibration/crossFit.js';
import type { Estimate } from '../../numeric/estimate.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { EaseBaseline, EaseFigures, EaseGroup, EaseRanking } from './captureEaseState.js';
import { INPUT_WORDS } from './easeRows.js';
import { baselineEase, type EaseTask, type LearntEase } from './learnEase.js';

/** Amounts of the rows learnt from, in their order. */
export interface EaseAmounts {
  readonly present: Float64Array;
  readonly later: Float64Array;
  readonly headroom: Float64Array;
}

/** So many rows show what moves an ease. */
const DRIVER_ROWS = 200;

/** How well probabilities foretold. */
export function easeFigures(caller: string, { labels, weights, settings }: EaseTask, probabilities: Float64Array): EaseFigures {
  const { logLoss, brierScore, line } = figuresOf(readProbabilities(caller, labels, probabilities, weights), probabilities);
  const { estimate, lower, upper } = rocAucInterval(labels, probabilities, { weights, confidence: settings.confidence });
  return { auc: { estimate, lower, upper }, logLoss, brierScore, calibrationError: expectedCalibrationError(labels, probabilities, { weights }), line };
}

/** What simpler eases reach, the simplest first. */
export function easeBaselines(caller: string, task: EaseTask, { outOfFold, plan }: LearntEase, rate: number, present: Float64Array): EaseBaseline[] {
  const { labels, weights, features, settings } = task;
  const builtIn = features.filter((name) => Object.hasOwn(INPUT_WORDS, name));
  const compared = (by: EaseBaseline['by'], probabilities: Float64Array): EaseBaseline => {
    const { estimate, lower, upper } = compareRocAuc(labels, outOfFold, probabilities, { weights, confidence: settings.confidence }).difference;
    return { by, ...easeFigures(caller, task, probabilities), added: Number.isFinite(lower) ? { estimate, lower, upper } : null };
  };
  const baselines = [compared('rate', new Float64Array(labels.length).fill(rate))];
  if (present.some((spend) => spend !== present[0])) baselines.push(compared('present', baselineEase(caller, task, plan, ['potential.present'])));
  if (builtIn.length > 0 && builtIn.length < features.length) baselines.push(compared('potentials', baselineEase(caller, task, plan, builtIn)));
  return baselines;
}

/** Groups of about equally many customers, the easiest first. */
export function easeGroups(task: EaseTask, ease: Float64Array, { present, later, headroom }: EaseAmounts): EaseGroup[] {
  const { labels, weights, settings } = task;
  const order = sortedOrder(ease).reverse();
  const count = Math.max(1, Math.min(10, Math.floor(order.length / 20)));
  const z = normalMultiplier('fitCaptureEase', settings.confidence);
  return Array.from({ length: count }, (_, group) => {
    const rows = order.subarray(Math.round((group * order.length) / count), Math.round(((group + 1) * order.length) / count));
    const sum = (value: (row: number) => number): number => rows.reduce((total, row) => total + weights[row]! * value(row), 0);
    const mass = sum(() => 1);
    return {
      customers: rows.length,
      ease: sum((row) => ease[row]!) / mass,
      captured: wilsonRate(sum((row) => labels[row]!), mass, z),
      headroom: sum((row) => headroom[row]!),
      growth: sum((row) => later[row]! - present[row]!),
    };
  });
}

/** The share of the growth that those ranked highest brought. */
export function easeRankings({ weights }: EaseTask, ease: Float64Array, { present, later, headroom }: EaseAmounts): EaseRanking[] {
  const growth = present.map((spend, row) => weights[row]! * Math.min(headroom[row]!, Math.max(0, later[row]! - spend)));
  const all = growth.reduce((total, amount) => total + amount, 0);
  const ranked = (by: EaseRanking['by'], score: Float64Array): EaseRanking => {
    const order = sortedOrder(score.map((value) => -value));
    const share = (part: number): number => order.subarray(0, Math.max(1, Math.round(part * order.length))).reduce((total, row) => total + growth[row]!, 0) / all;
    return { by, topTenth: share(0.1), topFifth: share(0.2) };
  };
  if (!(all > 0)) return [];
  return [ranked('capture', ease.map((p, row) => p * headroom[row]!)), ranked('headroom', headroom), ranked('ease', ease), ranked('present', present)];
}

/** What moves the ease, over some rows evenly spread. */
export function easeDrivers({ table, features }: EaseTask, { model }: LearntEase): { readonly feature: string; readonly strength: number }[] {
  const strengths = new Map(features.map((name) => [name, 0]));
  const count = Math.min(DRIVER_ROWS, table.rowCount);
  for (let i = 0; i < count; i++) {
    const at = Math.floor((i * table.rowCount) / count);
    const row = Object.fromEntries(features.map((name) => [name, cellOf(table.source(name), at)]));
    for (const { feature, contribution } of model.explain(row).contributions) strengths.set(feature, strengths.get(feature)! + Math.abs(contribution) / count);
  }
  return [...strengths].map(([feature, strength]) => ({ feature, strength })).sort((a, b) => b.strength - a.strength);
}

/** A rate with its interval. */
export function baseRateOf(labels: Int8Array, weights: Float64Array, confidence: number): Estimate {
  let [events, mass] = [0, 0];
  for (let row = 0; row < labels.length; row++) {
    mass += weights[row]!;
    events += weights[row]! * labels[row]!;
  }
  return wilsonRate(events, mass, normalMultiplier('fitCaptureEase', confidence));
}

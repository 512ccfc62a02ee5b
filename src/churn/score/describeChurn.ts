import type { NumberColumn } from '../../data/column.js';
import { compareRocAuc } from '../../evaluation/compareRocAuc.js';
import { expectedCalibrationErrorInterval } from '../../evaluation/expectedCalibrationErrorInterval.js';
import { expectedMaximumProfit, type ChurnProfitOptions } from '../../evaluation/expectedMaximumProfit.js';
import { normalMultiplier, wilsonRate } from '../../evaluation/intervals.js';
import { liftAt } from '../../evaluation/liftAt.js';
import { logLoss } from '../../evaluation/logLoss.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { learn } from '../../scores/scoreMethods.js';
import type { LearntTarget } from '../../scores/learnTarget.js';
import { CUSTOMER, type PreparedTarget } from '../../scores/prepareTarget.js';
import type { OutOfSample } from '../../scores/validateTarget.js';
import type { ChurnBaseline, ChurnBaseRate, ChurnIntervals, ChurnReport } from './churnReport.js';
import { meanOfUnits } from './meanOfUnits.js';

/** What the report of a churn score says beyond that of any score, but for the verdict. */
export type ChurnFigures = Pick<ChurnReport, 'baseRate' | 'intervals' | 'topDecileLift' | 'profit' | 'baseline'>;

/** How to describe a churn score. */
export interface DescribeOptions {
  /** `null`: no campaign to keep customers. */
  readonly costs: Omit<ChurnProfitOptions, 'purpose' | 'weights'> | null;
  /** The column that may do as well alone. */
  readonly baseline: string | undefined;
  readonly confidence: number;
  readonly minLevelCount: number;
  readonly seed: number;
}

/** So many rows times samples give an interval of a calibration error to the second digit, in a second. */
const SAMPLED_ROWS = 3e6;

/** The figures of a score on the rows it was judged on. */
export function describeChurn(caller: string, learnt: LearntTarget, options: DescribeOptions): ChurnFigures {
  const { prepared, outOfSample } = learnt;
  const { labels, probabilities } = outOfSample;
  const { costs, confidence } = options;
  const profitOf = (scores: Float64Array): ReturnType<typeof expectedMaximumProfit> | null => costs && expectedMaximumProfit(labels, scores, { purpose: 'churn', ...costs });
  const units = unitsOf(learnt);
  return {
    baseRate: baseRateOf(caller, prepared, confidence),
    intervals: intervalsOf(caller, outOfSample, units, options),
    topDecileLift: liftAt(labels, probabilities, 0.1, { confidence }),
    profit: profitOf(probabilities),
    baseline: options.baseline === undefined ? null : besideColumn(caller, learnt, options.baseline, units, options, (scores) => profitOf(scores)?.expectedProfit ?? null),
  };
}

/** Whose each judged row is, where customers occur more than once. */
function unitsOf({ prepared: { frame }, cut }: LearntTarget): Float64Array | undefined {
  if (!frame.names.includes(CUSTOMER)) return undefined;
  const { values } = frame.column(CUSTOMER) as NumberColumn;
  return cut === undefined ? values : Float64Array.from(cut.test, (row) => values[row]!);
}

function baseRateOf(caller: string, { labels, times }: PreparedTarget, confidence: number): ChurnBaseRate {
  const z = normalMultiplier(caller, confidence);
  const all = wilsonRate(labels.reduce((sum, label) => sum + label, 0), labels.length, z);
  if (times === undefined) return { ...all, moments: [], driftP: null };
  const counts = new Map<number, { rows: number; events: number }>();
  times.forEach((time, row) => {
    const count = counts.get(time) ?? { rows: 0, events: 0 };
    counts.set(time, { rows: count.rows + 1, events: count.events + labels[row]! });
  });
  const moments = [...counts].sort(([a], [b]) => a - b).map(([moment, { rows, events }]) => ({ moment, rows, events, rate: wilsonRate(events, rows, z) }));
  // Dates that are all different are no moments, and have no rate each.
  if (moments.length > labels.length / 10) return { ...all, moments: [], driftP: null };
  return { ...all, moments, driftP: moments.length < 2 ? null : driftP(moments, all.estimate) };
}

function driftP(moments: ChurnBaseRate['moments'], rate: number): number {
  const statistic = moments.reduce((sum, { rows, events }) => sum + (events - rows * rate) ** 2 / (rows * rate * (1 - rate)), 0);
  return chiSquareSurvival(statistic, moments.length - 1);
}

function intervalsOf(caller: string, { labels, probabilities }: OutOfSample, units: Float64Array | undefined, { confidence, seed }: DescribeOptions): ChurnIntervals {
  const bins = Math.max(2, Math.min(10, Math.floor(labels.length / 20)));
  const replicates = Math.round(Math.max(40, Math.min(200, SAMPLED_ROWS / labels.length)));
  const { estimate, lower, upper, byChance } = expectedCalibrationErrorInterval(labels, probabilities, { bins, replicates, confidence, seed });
  return {
    logLoss: meanOfUnits(caller, losses(labels, probabilities), units, confidence),
    brierScore: meanOfUnits(caller, probabilities.map((p, row) => (p - labels[row]!) ** 2), units, confidence),
    calibrationError: { estimate, lower, upper, byChance },
  };
}

function losses(labels: Float64Array, probabilities: Float64Array): Float64Array {
  return probabilities.map((p, row) => -Math.log(labels[row] === 1 ? p : 1 - p));
}

function besideColumn(caller: string, { prepared, outOfSample, judge }: LearntTarget, feature: string, units: Float64Array | undefined, { confidence, minLevelCount, seed }: DescribeOptions, profitOf: (scores: Float64Array) => number | null): ChurnBaseline | null {
  // Left out as unusable: it says nothing alone either.
  if (!prepared.features.includes(feature)) return null;
  const { labels, probabilities } = outOfSample;
  const alone = judge((table) => learn(table, { method: 'additive' }, { features: [feature], minLevelCount, seed })).probabilities;
  const { aucB, difference } = compareRocAuc(labels, probabilities, alone, { confidence });
  const [ours, theirs] = [losses(labels, probabilities), losses(labels, alone)];
  return {
    feature,
    auc: aucB,
    logLoss: logLoss(labels, alone),
    aucGain: difference,
    logLossGain: meanOfUnits(caller, theirs.map((loss, row) => loss - ours[row]!), units, confidence),
    expectedProfit: profitOf(alone),
  };
}

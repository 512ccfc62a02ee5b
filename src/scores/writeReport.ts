import type { TimeCut } from '../data/timeCut.js';
import { auditColumns } from '../evaluation/auditLeakage.js';
import { averagePrecision } from '../evaluation/averagePrecision.js';
import { brierScore } from '../evaluation/brierScore.js';
import { calibrationTable } from '../evaluation/calibrationTable.js';
import { expectedCalibrationError } from '../evaluation/expectedCalibrationError.js';
import { gainsTable } from '../evaluation/gainsTable.js';
import { ksStatistic } from '../evaluation/ksStatistic.js';
import { logLoss } from '../evaluation/logLoss.js';
import { rocAucInterval } from '../evaluation/rocAucInterval.js';
import type { NumberColumn } from '../data/column.js';
import { LABEL, type PreparedTarget } from './prepareTarget.js';
import type { MethodSearch } from './chooseMethod.js';
import type { TargetReport } from './targetReport.js';
import { describeStability } from './targetStability.js';
import type { OutOfSample } from './validateTarget.js';

/** All that a report is written from. */
export interface ReportInput {
  readonly prepared: PreparedTarget;
  readonly outOfSample: OutOfSample;
  readonly cut: TimeCut | undefined;
  readonly search: MethodSearch;
  readonly events: number;
  readonly confidence: number;
  readonly knowsHorizon: boolean;
  readonly seed: number;
}

/** More rows tell hardly more of leaks and drift, and sorting all columns of a million takes longer than the fit. */
const MOST_ROWS = 50_000;

/** The figures of merit on customers not seen, and what to know before trusting them. */
export function writeReport(input: ReportInput): TargetReport {
  const { prepared, outOfSample, cut, search, events, confidence, seed } = input;
  const { labels, probabilities, learntRate } = outOfSample;
  const bins = Math.max(2, Math.min(10, Math.floor(labels.length / 20)));
  const figures = {
    auc: rocAucInterval(labels, probabilities, { confidence }),
    logLoss: logLoss(labels, probabilities),
    baselineLogLoss: logLoss(labels, new Float64Array(labels.length).fill(learntRate)),
    calibrationError: expectedCalibrationError(labels, probabilities, { bins }),
  };
  const stability = cut === undefined ? null : describeStability(prepared, outOfSample, cut, confidence, MOST_ROWS);
  const { findings: leakage } = audit(prepared, seed);
  return {
    validation: cut === undefined ? 'cross-validation' : 'out of time',
    ...(cut === undefined ? {} : { testFrom: cut.testFrom }),
    ...(prepared.groupedBy === undefined ? {} : { groupedBy: prepared.groupedBy }),
    testRows: labels.length,
    rows: prepared.labels.length,
    events,
    unlabelledRows: prepared.unlabelledRows,
    ...figures,
    brierScore: brierScore(labels, probabilities),
    averagePrecision: averagePrecision(labels, probabilities),
    ks: ksStatistic(labels, probabilities).statistic,
    gains: gainsTable(labels, probabilities, { bins, confidence }),
    calibration: calibrationTable(labels, probabilities, { bins, confidence }),
    stability,
    leakage,
    ...search.choice,
    tried: search.tried,
    leftOut: prepared.leftOut,
    warnings: [...warnings(input, figures, bins), ...moved(stability), ...leakage.map(({ text }) => `${text}: unless it is known when customers are scored, leave it out with exclude`)],
  };
}

function audit({ frame, features, labels }: PreparedTarget, seed: number): ReturnType<typeof auditColumns> {
  const share = MOST_ROWS / labels.length;
  const sample = share < 1 ? frame.split({ fraction: share, seed, stratify: LABEL })[0] : frame;
  const known = share < 1 ? Uint8Array.from((sample.column(LABEL) as NumberColumn).values) : labels;
  return auditColumns(features.map((name) => [name, sample.column(name)] as const), known, { threshold: 0.95 });
}

function moved(stability: TargetReport['stability']): string[] {
  const far = stability?.features.filter(({ level }) => level === 'large').map(({ feature, psi }) => `${feature} (PSI ${psi.toFixed(1)})`) ?? [];
  return far.length === 0 ? [] : [`the later customers differ from those learnt from: ${far.slice(0, 5).join(', ')}${far.length > 5 ? ` and ${far.length - 5} more` : ''}`];
}

type Figures = Pick<TargetReport, 'auc' | 'logLoss' | 'baselineLogLoss' | 'calibrationError'>;

function warnings({ prepared: { times, labels }, outOfSample, cut, search, events, knowsHorizon }: ReportInput, figures: Figures, bins: number): string[] {
  const { auc, logLoss: loss, baselineLogLoss, calibrationError } = figures;
  const found: string[] = [];
  const rarer = Math.min(events, labels.length - events);
  if (times !== undefined && cut === undefined) found.push('no date divides the rows with ten of each class on both sides, so the figures are not out of time');
  if (cut !== undefined && !knowsHorizon) found.push('outcomes of the rows learnt from may reach past the first test date: give horizon to leave those out');
  if (auc.lower <= 0.5) found.push('no evidence that the score ranks better than chance');
  if (loss >= baselineLogLoss) found.push('the probabilities are no better than giving everybody the same rate');
  if (auc.estimate > 0.95) found.push('the ranking is nearly perfect: look for a column that is known only after the event');
  if (calibrationError > chanceError(outOfSample, bins)) found.push('probabilities and observed rates differ by more than chance: see the calibration table');
  if (rarer < 100) found.push(`only ${rarer} rows of the rarer class: the figures are uncertain`);
  if (search.stopped) found.push('the search for the best way of learning was stopped early');
  return found;
}

/** Twice the calibration error that a perfectly calibrated score of this rate and size shows by chance. */
function chanceError({ labels }: OutOfSample, bins: number): number {
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  return 2 * Math.sqrt((rate * (1 - rate) * bins) / labels.length);
}

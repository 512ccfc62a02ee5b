import type { Estimate } from '../../numeric/estimate.js';
import type { TargetReport } from '../../scores/targetReport.js';
import type { DesignFinding } from '../define/designFinding.js';
import type { ChurnFigures } from './describeChurn.js';
import type { ChurnDirection } from './churnScoreState.js';

/** What a verdict rests on. */
export interface VerdictInput {
  readonly report: TargetReport;
  readonly figures: ChurnFigures;
  /** What makes every figure look better than it is. */
  readonly flaws: readonly Pick<DesignFinding, 'text' | 'columns'>[];
  readonly direction: ChurnDirection;
}

/** From which error of the probabilities, beyond what chance makes of few rows, decisions by costs go wrong. */
const FAR_OFF = 0.05;
const KNOWS_TOO_MUCH: readonly string[] = ['foretells too well', 'occurs with the event only', 'after the moment'];

/** Whether to believe a score, and the sentence that says why not, or what it can do. */
export function churnVerdict(input: VerdictInput): { readonly isBelievable: boolean; readonly verdict: string } {
  const doubts = doubtsOf(input);
  if (doubts.length > 0) return { isBelievable: false, verdict: `do not use this score: ${doubts.join('; ')}` };
  const { report, figures, direction } = input;
  const who = direction === 'leave' ? 'leavers' : 'customers who deepen';
  const { baseline } = figures;
  const alone = baseline !== null && baseline.logLossGain.lower <= 0 ? `; not surely better than ${baseline.feature} alone (AUC ${baseline.auc.toFixed(2)}), which is simpler` : '';
  return {
    isBelievable: true,
    verdict: `on customers it has not seen it ranks with an AUC of ${figure(report.auc)}, the highest tenth holds ${figure(figures.topDecileLift, 1)} times as many ${who} as chance, and its probabilities are off by ${report.calibrationError.toFixed(3)} on average${alone}`,
  };
}

function doubtsOf({ report, figures, flaws }: VerdictInput): string[] {
  const { auc, logLoss, baselineLogLoss, leakage } = report;
  const { calibrationError } = figures.intervals;
  const told = new Set(flaws.flatMap(({ columns }) => columns));
  return [
    ...flaws.map(({ text }) => text),
    ...leakage.filter(({ kind, columns }) => KNOWS_TOO_MUCH.includes(kind) && !columns.some((name) => told.has(name))).map(({ text }) => text),
    ...(auc.lower <= 0.5 ? [`no evidence that it ranks better than chance (AUC ${figure(auc)})`] : []),
    ...(logLoss >= baselineLogLoss ? ['its probabilities are no better than giving everybody the same rate'] : []),
    ...(calibrationError.lower > FAR_OFF && calibrationError.estimate > calibrationError.byChance + FAR_OFF ? [`its probabilities are off by ${calibrationError.estimate.toFixed(2)} on average, out of sample`] : []),
  ];
}

function figure({ estimate, lower, upper }: Estimate, digits = 2): string {
  return `${estimate.toFixed(digits)} (${lower.toFixed(digits)} to ${upper.toFixed(digits)})`;
}

import type { TableLike } from '../../data/table.js';
import { takeRows, type ParsedTable } from '../../data/takeRows.js';
import { normalMultiplier, wilsonRate } from '../../evaluation/intervals.js';
import type { ChurnScoreOptions } from './churnOptions.js';
import { EngagementScore } from './engagementScore.js';
import type { EngagementReport } from './engagementState.js';
import { learnChurn, type LearntChurn, type MadeRows } from './learnChurn.js';

/** Two labels a row, 1, 0 or NaN where not known: whether a customer left, and whether one who stayed grew. */
export interface EngagementLabels {
  readonly leaves: Float64Array;
  readonly grows: Float64Array;
}

const LEAVES = 'leaves';
const GROWS = 'grows';

/** Both scores, the second of those who stayed only. */
export function learnEngagement(caller: string, rows: ParsedTable, { leaves, grows }: EngagementLabels, options: Omit<ChurnScoreOptions, 'target' | 'positive' | 'direction'>, made?: MadeRows): EngagementScore {
  const leave = learnChurn(caller, withLabels(rows, Uint32Array.from(leaves.keys()), LEAVES, leaves), { ...options, target: LEAVES, direction: 'leave' }, made);
  const stayed = Uint32Array.from(leaves.keys()).filter((row) => leaves[row] === 0 && grows[row]! >= 0);
  const grow = learnChurn(caller, withLabels(rows, stayed, GROWS, grows), { ...options, target: GROWS, direction: 'deepen' }, made);
  const together = describe(caller, leave, grow, { leaves, grows }, options.confidence ?? 0.95);
  return new EngagementScore({ format: 'EngagementScore', formatVersion: 1, leave: leave.score.toJSON(), grow: grow.score.toJSON(), together });
}

/** Some of the rows, with their labels; a column is looked at when it is asked for. */
function withLabels(all: ParsedTable, rows: Uint32Array, name: string, labels: Float64Array): TableLike {
  const taken = takeRows(all, rows);
  const values = Float64Array.from(rows, (row) => labels[row]!);
  return { rowCount: taken.rowCount, names: [...taken.names.filter((other) => other !== name), name], column: (wanted) => (wanted === name ? { kind: 'number', values } : taken.column(wanted)) };
}

/** The loss of three outcomes is that of leaving or not, plus that of growing or not for those who stayed. */
function describe(caller: string, leave: LearntChurn, grow: LearntChurn, { leaves, grows }: EngagementLabels, confidence: number): Omit<EngagementReport, 'leave' | 'grow'> {
  const { labels } = leave.outOfSample;
  const stayedShare = labels.reduce((sum, label) => sum + 1 - label, 0) / labels.length;
  const [left, grew, known] = leaves.reduce(([l, g, n], label, row) => (label === 1 ? [l + 1, g, n + 1] : label === 0 && grows[row]! >= 0 ? [l, g + grows[row]!, n + 1] : [l, g, n]), [0, 0, 0] as [number, number, number]);
  const z = normalMultiplier(caller, confidence);
  const [ofLeave, ofGrow] = [leave.score.report, grow.score.report];
  return {
    shares: { leave: wilsonRate(left, known, z), same: wilsonRate(known - left - grew, known, z), grow: wilsonRate(grew, known, z) },
    logLoss: ofLeave.logLoss + stayedShare * ofGrow.logLoss,
    baselineLogLoss: ofLeave.baselineLogLoss + stayedShare * ofGrow.baselineLogLoss,
    isBelievable: ofLeave.isBelievable && ofGrow.isBelievable,
    verdict: `leaving: ${ofLeave.verdict}. Growing, of those who stay: ${ofGrow.verdict}`,
  };
}

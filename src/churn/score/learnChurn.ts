import { readBinaryTarget } from '../../data/binaryTarget.js';
import { requireChoice } from '../../data/options.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { ClientelaError } from '../../errors.js';
import { expectedMaximumProfit } from '../../evaluation/expectedMaximumProfit.js';
import { learnTarget } from '../../scores/learnTarget.js';
import type { OutOfSample } from '../../scores/validateTarget.js';
import { auditDesign } from './auditDesign.js';
import { CHURN_METHODS, type ChurnScoreOptions } from './churnOptions.js';
import type { ChurnPractice } from './churnPractice.js';
import { ChurnScore } from './churnScore.js';
import { churnVerdict } from './churnVerdict.js';
import { describeChurn } from './describeChurn.js';

/** How the rows were made, where they were made from a log. */
export interface MadeRows {
  readonly practice: ChurnPractice;
  readonly cautions: readonly string[];
}

/** A churn score, and what it said of rows it had not seen. */
export interface LearntChurn {
  readonly score: ChurnScore;
  readonly outOfSample: OutOfSample;
}

/** A churn score of a table, on behalf of any caller. */
export function learnChurn(caller: string, data: TableInput, options: ChurnScoreOptions, made?: MadeRows): LearntChurn {
  const { direction = 'leave', costs = {}, baseline, confidence = 0.95, minLevelCount = 20, seed = 1 } = options;
  requireChoice(caller, 'direction', direction, ['leave', 'deepen']);
  // Wrong amounts are told before the work, not after it.
  expectedMaximumProfit([1, 0], [1, 0], { purpose: 'churn', ...costs });
  requireColumns(caller, readTable(caller, data), options);
  const notes = auditDesign(caller, data, options);
  const learnt = learnTarget(caller, data, { ...options, methods: options.methods ?? CHURN_METHODS, taste: 'simplest' });
  const { score, prepared } = learnt;
  const figures = describeChurn(caller, learnt, { costs: direction === 'leave' ? costs : null, baseline: baseline ?? (prepared.features.includes('recencyDays') ? 'recencyDays' : undefined), confidence, minLevelCount, seed });
  const verdict = churnVerdict({ report: score.report, figures, flaws: notes.flaws, direction });
  const churn = new ChurnScore({ format: 'ChurnScore', formatVersion: 1, direction, score: score.toJSON(), churn: { ...figures, design: [...notes.findings, ...(made?.cautions ?? [])], ...verdict }, practice: made?.practice ?? null });
  return { score: churn, outOfSample: learnt.outOfSample };
}

/** What is amiss with the data is told here, in the name of the caller, rather than by what looks at them next. */
function requireColumns(caller: string, view: TableView, { target, positive, features = [], customer, time, baseline }: ChurnScoreOptions): void {
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row, found none`, { function: caller });
  for (const name of [...features, customer, time, baseline]) if (name !== undefined && !view.names.includes(name)) throw unknownColumn(caller, name, view.names);
  readBinaryTarget(caller, view, target, positive);
}

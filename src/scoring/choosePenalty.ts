import type { Frame } from '../data/frame.js';
import type { TableInput } from '../data/table.js';
import { crossValidate } from '../evaluation/crossValidate.js';
import { logLoss } from '../evaluation/logLoss.js';
import type { LogisticRegression } from '../learners/logisticRegression.js';
import { CUSTOMER, LABEL } from './prepareTarget.js';
import type { PenaltyTrial } from './targetReport.js';

/** Learns a model with a penalty from the rows of a prepared frame. */
export type PenalisedFit = (table: TableInput, ridge: number) => LogisticRegression;

/** From hardly any shrinking to much, for columns of standard deviation 1. */
const PENALTIES = [0.1, 1, 10, 100];
/** More rows do not change the choice of a penalty, only its price. */
const MOST_ROWS = 10_000;

/** The penalties, each with its log loss on folds left out, the best first; `onTrial` returning false ends the search. */
export function tryPenalties(frame: Frame, fit: PenalisedFit, seed: number, onTrial: (trial: PenaltyTrial) => boolean): PenaltyTrial[] {
  const sample = frame.rowCount > MOST_ROWS ? frame.split({ fraction: MOST_ROWS / frame.rowCount, seed, stratify: LABEL })[0] : frame;
  const trials: PenaltyTrial[] = [];
  for (const ridge of PENALTIES) {
    const groups = frame.names.includes(CUSTOMER) ? { groups: CUSTOMER } : {};
    const { metrics } = crossValidate(sample, { target: LABEL, fit: (train) => fit(train, ridge), metrics: { logLoss }, folds: 3, seed, ...groups });
    trials.push({ ridge, logLoss: metrics.logLoss.estimate });
    if (!onTrial(trials.at(-1)!)) break;
  }
  return trials.sort((a, b) => a.logLoss - b.logLoss);
}

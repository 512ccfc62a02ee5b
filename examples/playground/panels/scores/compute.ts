import type { GroupProfiles } from 'clientela/evaluation';
import { fitTargetScore, scoreCustomers, type Reason, type TargetReport, type TargetScore } from 'clientela/scoring';
import type { Loaded } from '../../data/loaded.js';
import type { Computation, Report } from '../panel.js';

/** What to foretell: the target column of the table, or an event of the log within some days. */
export interface ScoresOptions {
  from: 'table' | 'log';
  /** The item to foretell; undefined for any purchase. */
  item?: string;
  days: number;
}

export interface ScoresResult {
  /** What a score is the probability of, in words. */
  answer: string;
  report: TargetReport;
  profiles: GroupProfiles;
  /** The customers to choose from, and the probability of each. */
  customers: string[];
  probability: Float64Array;
  /** Why the best-scored customers have their score. */
  reasons: { customer: string; reasons: Reason[] }[];
}

export const scoresComputation: Computation<ScoresOptions, ScoresResult> = {
  id: 'scores',
  compute(loaded, options, report) {
    report(0, 3, 'Reading the data');
    return options.from === 'table' ? fromTable(loaded, report) : fromLog(loaded, options, report);
  },
};

/** How far a fit is, between the reading before it and the scoring after it. */
function fitting(report: Report) {
  return ({ done, total }: { done: number; total: number }): undefined => void report(1 + done / Math.max(1, total), 3, 'Fitting the score');
}

/** Learnt from the rows whose target is known; applied to those where it is blank, or to all where none is. */
function fromTable(loaded: Loaded, report: Report): ScoresResult {
  const { customer, target, positive, features } = loaded.dataset.customers!.roles;
  const table = loaded.customers;
  const score = fitTargetScore(table, { target: target!, features, ...(positive === undefined ? {} : { positive: asValue(table.values(target!), positive) }), onProgress: fitting(report) });
  report(2, 3, 'Scoring the customers');
  const values = table.values(target!);
  const blank = values.flatMap((value, row) => (value === null || value === '' ? [row] : []));
  const rows = blank.length > 0 ? table.take(blank) : table;
  const customers = customer === undefined ? Array.from({ length: rows.rowCount }, (_, row) => `row ${(blank[row] ?? row) + 1}`) : rows.values(customer).map(String);
  return describe(score, `${target} = ${positive ?? 'yes'}`, customers, score.predict(rows), (row) => score.explain(rows.row(row), { top: 3 }));
}

/** A file holds text; what the library reads may be a number or a truth. */
function asValue(values: readonly unknown[], text: string): string | number | boolean {
  return (values.find((value) => value !== null && String(value) === text) ?? text) as string | number | boolean;
}

/** Learnt from earlier moments of the log, whose future is known; applied to today. */
function fromLog({ log, asOf }: Loaded, { item, days }: ScoresOptions, report: Report): ScoresResult {
  const horizon = { days };
  const score = fitTargetScore(log, { horizon, every: horizon, ...(item === undefined ? {} : { outcome: item }), onProgress: fitting(report) });
  report(2, 3, 'Scoring the customers');
  const { customers, values } = scoreCustomers(score, log, { asOf });
  return describe(score, `${item === undefined ? 'buys' : item} within ${days} days`, customers.map(String), values, () => []);
}

function describe(score: TargetScore, answer: string, customers: string[], probability: Float64Array, explain: (row: number) => Reason[]): ScoresResult {
  const best = Array.from(probability.keys()).sort((a, b) => probability[b]! - probability[a]!).slice(0, 20);
  const reasons = best.map((row) => ({ customer: customers[row]!, reasons: explain(row) })).filter((each) => each.reasons.length > 0);
  return { answer, report: score.report, profiles: score.profiles(), customers, probability, reasons };
}

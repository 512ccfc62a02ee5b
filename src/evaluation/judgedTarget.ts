import { readBinaryTarget, type TargetValue } from '../data/binaryTarget.js';
import type { TableLike } from '../data/table.js';
import type { ParsedTable } from '../data/takeRows.js';
import { ClientelaError } from '../errors.js';
import { brierScore } from './brierScore.js';
import type { Metric } from './crossValidate.js';
import { predictProbabilityOf, requireLabels } from './crossValidationSteps.js';
import { logLoss } from './logLoss.js';
import { meanAbsoluteError, meanSquaredError } from './meanErrors.js';

/** What models are judged against: labels of two classes (1 for the event), or amounts. */
export interface JudgedTarget {
  readonly values: Float64Array;
  readonly numeric: boolean;
}

/** A number column of more than two values is a target of amounts, unless `positive` says which of them is the event. */
export function readJudgedTarget(caller: string, view: ParsedTable, target: string, positive: TargetValue | undefined): JudgedTarget {
  const column = view.source(target);
  if (positive !== undefined || column.kind !== 'number' || !hasThreeValues(column.values)) {
    return { values: Float64Array.from(requireLabels(caller, readBinaryTarget(caller, view, target, positive).labels, target)), numeric: false };
  }
  requireLabels(caller, Int8Array.from(column.values, (value) => (Number.isNaN(value) ? -1 : 0)), target);
  return { values: column.values, numeric: true };
}

function hasThreeValues(values: Float64Array): boolean {
  const seen = new Set<number>();
  return values.some((value) => !Number.isNaN(value) && seen.add(value).size > 2);
}

/** The metric when none is given: log loss of probabilities, squared error of amounts. */
export function usualMetric({ numeric }: JudgedTarget): Metric {
  return numeric ? meanSquaredError : logLoss;
}

/** The metrics given, or the usual ones of two classes; amounts have none that everybody means. */
export function usualMetrics<Name extends string>(
  caller: string,
  { numeric }: JudgedTarget,
  metrics: Readonly<Record<Name, Metric>> | undefined,
  ofClasses: Readonly<Record<Name, Metric>>,
): Readonly<Record<Name, Metric>> {
  if (metrics !== undefined || !numeric) return metrics ?? ofClasses;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs metrics for a target of amounts, such as { meanAbsoluteError }; or say with positive which value counts as 1`, { option: 'metrics' });
}

/** Whether a smaller value is the better one: said so, or known of losses. */
export function isLoss(metric: Metric, lowerIsBetter: boolean | undefined): boolean {
  return lowerIsBetter ?? [logLoss, brierScore, meanSquaredError, meanAbsoluteError].includes(metric);
}

/** What a model of ours answers to: `predict` for amounts, `predictProbability` for two classes. */
export function usualPredictor(caller: string, numeric: boolean): (model: unknown, table: TableLike) => ArrayLike<number> {
  return (model, table) => {
    if (!numeric) return predictProbabilityOf(caller, model, table);
    if (typeof model === 'object' && model !== null && 'predict' in model && typeof model.predict === 'function') {
      return (model as { predict(data: TableLike): ArrayLike<number> }).predict(table);
    }
    throw new ClientelaError('INVALID_OPTION', `${caller} needs predict, as the model has none of its own; give predict: (model, table) => numbers`);
  };
}

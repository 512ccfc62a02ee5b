import { describeValue } from '../data/instant.js';
import type { TableInput } from '../data/table.js';
import { ClientelaError, isClientelaError } from '../errors.js';
import type { Metric } from './crossValidate.js';

/** Labels without a gap, or the error that names the first row without one. */
export function requireLabels(caller: string, labels: Int8Array, target: string): Int8Array {
  const row = labels.indexOf(-1);
  if (row < 0) return labels;
  throw new ClientelaError('MISSING_VALUE', `${caller} needs the target in every row, found none in column "${target}", row ${row}; leave such rows out`, {
    column: target,
    row,
  });
}

/** Refuses a way of learning that is no function, before anything is worked. */
export function requireFit(caller: string, fit: unknown): void {
  if (typeof fit === 'function') return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs fit as a function, (train) => model, found ${describeValue(fit)}`, { option: 'fit', value: fit });
}

/** What a model of ours answers to: probabilities, one per row. */
export function predictProbabilityOf(caller: string, model: unknown, test: TableInput): ArrayLike<number> {
  if (typeof model === 'object' && model !== null && 'predictProbability' in model && typeof model.predictProbability === 'function') {
    return (model as { predictProbability(data: TableInput): ArrayLike<number> }).predictProbability(test);
  }
  throw new ClientelaError('INVALID_OPTION', `${caller} needs predict, as the model has no predictProbability; give predict: (model, table) => scores`);
}

/** The scores of a fold, checked here because only here the row of the data is known. */
export function requireScores(caller: string, scores: ArrayLike<number> | undefined, rows: Uint32Array): ArrayLike<number> {
  if (scores?.length !== rows.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one score for each of ${rows.length} rows, found ${scores?.length}; give predict: (model, table) => scores`, {
      expected: rows.length,
      found: scores?.length,
    });
  }
  for (let i = 0; i < rows.length; i++) {
    if (Number.isFinite(scores[i])) continue;
    throw new ClientelaError('NON_FINITE_VALUE', `${caller} found the score ${scores[i]} for row ${rows[i]}; predict must give finite numbers`, { row: rows[i] });
  }
  return scores;
}

/** All metrics over these rows. */
export function metricsOn<Name extends string>(
  metrics: Readonly<Record<Name, Metric>>,
  rows: Uint32Array,
  labels: Float64Array,
  scores: Float64Array,
  weights: Float64Array | undefined,
): Record<Name, number> {
  const y = Float64Array.from(rows, (row) => labels[row]!);
  const s = Float64Array.from(rows, (row) => scores[row]!);
  const w = weights && Float64Array.from(rows, (row) => weights[row]!);
  return mapValues(metrics, (metric) => {
    try {
      return metric(y, s, w);
    } catch (error) {
      if (!isClientelaError(error) || error.code !== 'TARGET_CLASSES') throw error;
      throw new ClientelaError('TARGET_CLASSES', `crossValidate cannot judge a fold of ${rows.length} rows: ${error.message}, or ask for fewer folds`, error.details);
    }
  });
}

/** The same names with other values. */
export function mapValues<Name extends string, From, To>(record: Readonly<Record<Name, From>>, change: (value: From, name: Name) => To): Record<Name, To> {
  const names = Object.keys(record) as Name[];
  return Object.fromEntries(names.map((name) => [name, change(record[name], name)])) as Record<Name, To>;
}

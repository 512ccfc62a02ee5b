import { numbersOf } from '../data/replayColumn.js';
import { readTable, type TableInput } from '../data/table.js';
import { ClientelaError } from '../errors.js';
import { addEffects, type FeatureEffect } from './featureEffects.js';

/** A sum over features, as every linear model has one. */
export interface LinearPredictor {
  /** The sum of the average training customer. */
  readonly intercept: number;
  /** What each feature adds. */
  readonly effects: readonly FeatureEffect[];
  /** Column added to the sum; null when there is none (or it was an array). */
  readonly offset: string | null;
}

/** The linear predictor of every row, offset included: a column, one number a row, or one number for the one row. */
export function predictLinear(caller: string, { intercept, effects, offset: fitted }: LinearPredictor, data: TableInput, offset: string | number | ArrayLike<number> | null = fitted): Float64Array {
  const view = readTable(caller, data);
  const values = addEffects(caller, effects, view, intercept);
  if (offset === null) return values;
  const added = typeof offset === 'string' ? numbersOf(caller, offset, view.source(offset)) : typeof offset === 'number' ? [offset] : offset;
  return values.map((value, row) => {
    const sum = value + added[row]!;
    if (sum === sum) return sum;
    throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs finite numbers, found ${added[row]} in offset, row ${row}`, { row });
  });
}

/** What each feature of one row adds, in the order of the effects; the row was accepted by {@link predictLinear} before. */
export function linearContributions(effects: readonly FeatureEffect[], row: object): number[] {
  const view = readTable('', [row]);
  return effects.map((effect) => addEffects('', [effect], view, 0)[0]!);
}

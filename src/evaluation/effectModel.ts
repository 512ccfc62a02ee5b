import type { TableLike } from '../data/table.js';
import { isClientelaError } from '../errors.js';
import { usualPredictor } from './judgedTarget.js';

/**
 * The scores of a model whose target nobody names here: its probabilities where it has such, otherwise what it predicts. A model of amounts may have
 * predictProbability all the same, and refuse it with `INVALID_INPUT`.
 */
export function anyPredictor(caller: string): (model: unknown, table: TableLike) => ArrayLike<number> {
  return (model, table) => {
    const has = (method: string): boolean => typeof model === 'object' && model !== null && method in model;
    if (!has('predictProbability')) return usualPredictor(caller, true)(model, table);
    try {
      return usualPredictor(caller, false)(model, table);
    } catch (error) {
      if (!isClientelaError(error) || error.code !== 'INVALID_INPUT' || !has('predict')) throw error;
      return usualPredictor(caller, true)(model, table);
    }
  };
}

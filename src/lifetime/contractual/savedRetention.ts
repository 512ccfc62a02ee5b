import { requireKnownOptions } from '../../data/options.js';
import { requireSavedModel } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { requireTimeUnit } from '../timeUnit.js';
import type { RetentionState } from './retentionState.js';

/** The state of a model of given parameters. */
export function givenRetention(caller: string, names: readonly string[], given: Readonly<Record<string, unknown>>): RetentionState {
  requireKnownOptions(caller, given, ['unit', ...names]);
  const unit = requireTimeUnit(caller, given['unit']);
  const bad = names.find((name) => !isPositive(given[name]));
  if (bad !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${bad} above 0, found ${String(given[bad])}`, { function: caller, option: bad, value: given[bad] });
  return { unit, parameters: Object.fromEntries(names.map((name) => [name, given[name] as number])), fit: null };
}

/** The state that a model saved, checked as far as its answers rely on it. */
export function savedRetention(format: string, names: readonly string[], json: unknown): RetentionState {
  const saved = requireSavedModel(format, 1, json, 'unit', 'parameters');
  const parameters = Object(saved['parameters']) as Readonly<Record<string, number>>;
  if (!names.every((name) => isPositive(parameters[name]))) {
    throw new ClientelaError('MODEL_FORMAT', `${format}.fromJSON needs the parameters ${names.join(', ')} above 0, found ${JSON.stringify(saved['parameters'])}; the JSON is damaged`, { format });
  }
  const fit = (saved['fit'] ?? null) as RetentionState['fit'];
  return { unit: requireTimeUnit(`${format}.fromJSON`, saved['unit']), parameters: Object.fromEntries(names.map((name) => [name, parameters[name]!])), fit };
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

import { requireKnownOptions } from '../../data/options.js';
import { requireSavedModel } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { requireTimeUnit, type TimeUnit } from '../timeUnit.js';
import type { BuyingLaw } from './buyingLaw.js';
import type { BuyingState } from './buyingState.js';

/** The parameters of a law by name, all above 0, with the unit of their times. */
export type GivenParameters<Name extends string> = Readonly<Record<Name, number>> & {
  /** Of recency and tenure. */
  readonly unit: TimeUnit;
};

/** The state of a model of given parameters; `others` are names that the model reads itself. */
export function givenState(caller: string, { names }: BuyingLaw, given: Readonly<Record<string, unknown>>, others: readonly string[] = []): BuyingState {
  requireKnownOptions(caller, given, ['unit', ...names, ...others]);
  const unit = requireTimeUnit(caller, given['unit']);
  const parameters = Object.fromEntries(names.map((name) => [name, given[name] as number]));
  const bad = names.find((name) => !isPositive(parameters[name]));
  if (bad !== undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs ${bad} above 0, found ${String(given[bad])}`, { function: caller, option: bad, value: given[bad] });
  return { unit, parameters, purchaseCovariates: {}, dropoutCovariates: {}, fit: null };
}

/** The state that a model saved, checked as far as its answers rely on it. */
export function savedState(format: string, { names }: BuyingLaw, json: unknown): BuyingState {
  const saved = requireSavedModel(format, 1, json, 'unit', 'parameters', 'purchaseCovariates', 'dropoutCovariates');
  const unit = requireTimeUnit(`${format}.fromJSON`, saved['unit']);
  const parameters = numbersOf(format, 'parameters', saved['parameters']);
  if (!names.every((name) => isPositive(parameters[name]))) {
    throw new ClientelaError('MODEL_FORMAT', `${format}.fromJSON needs the parameters ${names.join(', ')} above 0, found ${JSON.stringify(parameters)}; the JSON is damaged`, { format });
  }
  const fit = (saved['fit'] ?? null) as BuyingState['fit'];
  if (typeof fit !== 'object') throw new ClientelaError('MODEL_FORMAT', `${format}.fromJSON needs fit as an object or null, found ${String(fit)}; the JSON is damaged`, { format });
  return { unit, parameters, purchaseCovariates: numbersOf(format, 'purchaseCovariates', saved['purchaseCovariates']), dropoutCovariates: numbersOf(format, 'dropoutCovariates', saved['dropoutCovariates']), fit };
}

function numbersOf(format: string, field: string, values: unknown): Readonly<Record<string, number>> {
  if (typeof values === 'object' && values !== null && Object.values(values).every((value) => Number.isFinite(value))) return { ...values };
  throw new ClientelaError('MODEL_FORMAT', `${format}.fromJSON needs ${field} as finite numbers by name; the JSON is damaged`, { format });
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

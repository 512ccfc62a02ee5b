import { ClientelaError, isClientelaError, type ClientelaErrorCode } from '../errors.js';
import { describeValue } from './instant.js';

/**
 * The fields of a stored model, as a copy of its own, once its format and version are known to be readable and the fields it `needs` are there (a number that is
 * not finite is null in JSON, and so is none).
 *
 * @throws a {@link ClientelaError} `MODEL_FORMAT` when the JSON is not of that format or damaged, `MODEL_VERSION` when it is newer than this library
 */
export function requireSavedModel(format: string, newestVersion: number, json: unknown, ...needs: readonly string[]): Readonly<Record<string, unknown>> {
  const refuse = (code: ClientelaErrorCode, needed: string, found: unknown): ClientelaError =>
    new ClientelaError(code, `${format}.fromJSON needs ${needed}, found ${describeValue(found)}`, { format });
  const saved = Object(json) as Readonly<Record<string, unknown>>;
  if (saved['format'] !== format) throw refuse('MODEL_FORMAT', `what toJSON of a ${format} gave (parsed)`, saved['format'] ?? json);
  const version = saved['formatVersion'] as number;
  const isNewer = version > newestVersion;
  if (isNewer || !(version >= 1)) throw refuse(isNewer ? 'MODEL_VERSION' : 'MODEL_FORMAT', `a formatVersion of 1 to ${newestVersion} (or a newer clientela)`, version);
  for (const field of needs) if (saved[field] === undefined || saved[field] === null) throw refuse('MODEL_FORMAT', field, saved[field]);
  return copyOf(saved) as Readonly<Record<string, unknown>>;
}

/**
 * A model made of what was stored. JSON of a stranger may hold anything: what it breaks on the way is told as what it is, a document that cannot be read.
 *
 * @throws a {@link ClientelaError} `MODEL_FORMAT` for any failure of `make` that is not told already
 */
export function restored<Model>(format: string, make: () => Model): Model {
  try {
    return make();
  } catch (error) {
    if (isClientelaError(error)) throw error;
    throw new ClientelaError('MODEL_FORMAT', `${format}.fromJSON cannot use what is stored (${(error as Error).message}); give what toJSON gave, whole and unchanged`, { format });
  }
}

/** Fields of a document as fields of a model; never over a method, and never through the prototype. */
export function assignFields<Model extends object>(model: Model, fields: object): Model {
  for (const key of Object.keys(fields)) if (!(key in (Object.getPrototypeOf(model) as object))) (model as Record<string, unknown>)[key] = (fields as Record<string, unknown>)[key];
  return model;
}

/** What a model hands out to be stored: a deep copy, so that whoever changes it does not change the model. */
export function savedCopy<State>(state: State): State {
  return copyOf(state) as State;
}

/** A deep copy: whoever changes the document afterwards does not change the model. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice();
  const given = value as { toJSON?: unknown; length?: unknown };
  if (typeof given.toJSON === 'function') return copyOf((given.toJSON as () => unknown)());
  // What only looks like an array could ask for more memory than there is.
  if ((given.length as number) > 1e7) throw new RangeError('it has the length of a list and is none');
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const own = copyOf((value as Record<string, unknown>)[key]);
    if (key === '__proto__') Object.defineProperty(copy, key, { value: own, enumerable: true });
    else copy[key] = own;
  }
  return copy;
}

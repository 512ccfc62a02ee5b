import { ClientelaError, type ClientelaErrorCode } from '../errors.js';
import { describeValue } from './instant.js';

/**
 * The fields of a stored model, once its format and version are known to be readable and the fields it `needs` are there (a number that is
 * not finite is null in JSON, and so is none).
 *
 * @throws a {@link ClientelaError} `MODEL_FORMAT` when the JSON is not of that format or damaged, `MODEL_VERSION` when it is newer than this library
 */
export function requireSavedModel(format: string, newestVersion: number, json: unknown, ...needs: readonly string[]): Readonly<Record<string, unknown>> {
  const refuse = (code: ClientelaErrorCode, needed: string, found: unknown): ClientelaError =>
    new ClientelaError(code, `${format}.fromJSON needs ${needed}, found ${describeValue(found)}`, { format });
  const saved = Object(json) as Readonly<Record<string, unknown>>;
  if (saved['format'] !== format) throw refuse('MODEL_FORMAT', `what toJSON of a ${format} gave (parsed, if it was text)`, saved['format'] ?? json);
  const version = saved['formatVersion'] as number;
  if (!(version >= 1)) throw refuse('MODEL_FORMAT', 'a formatVersion of 1 or more', version);
  if (version > newestVersion) throw refuse('MODEL_VERSION', `a formatVersion of at most ${newestVersion} (update clientela where the model is read)`, version);
  for (const field of needs) if ((saved[field] ?? null) === null) throw refuse('MODEL_FORMAT', field, saved[field]);
  return saved;
}

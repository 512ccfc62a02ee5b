import { ClientelaError, type ClientelaErrorCode } from '../errors.js';
import { describeValue } from './instant.js';

/**
 * The fields of a stored model, once its format and version are known to be readable.
 *
 * @throws a {@link ClientelaError} `MODEL_FORMAT` when the JSON is not of that format, `MODEL_VERSION` when it is newer than this library
 */
export function requireSavedModel(format: string, newestVersion: number, json: unknown): Readonly<Record<string, unknown>> {
  const refuse = (code: ClientelaErrorCode, needs: string, found: unknown): ClientelaError =>
    new ClientelaError(code, `${format}.fromJSON needs ${needs}, found ${describeValue(found)}`, { format });
  const saved = Object(json) as Readonly<Record<string, unknown>>;
  if (saved['format'] !== format) throw refuse('MODEL_FORMAT', `what toJSON of a ${format} gave (parsed, if it was text)`, saved['format'] ?? json);
  const version = saved['formatVersion'] as number;
  if (!(version >= 1)) throw refuse('MODEL_FORMAT', 'a formatVersion of 1 or more', version);
  if (version > newestVersion) throw refuse('MODEL_VERSION', `a formatVersion of at most ${newestVersion} (update clientela where the model is read)`, version);
  return saved;
}

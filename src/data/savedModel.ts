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
  if (saved['format'] !== format) throw refuse('MODEL_FORMAT', `what toJSON of a ${format} gave (parsed)`, saved['format'] ?? json);
  const version = saved['formatVersion'] as number;
  const isNewer = version > newestVersion;
  if (isNewer || !(version >= 1)) throw refuse(isNewer ? 'MODEL_VERSION' : 'MODEL_FORMAT', `a formatVersion of 1 to ${newestVersion} (or a newer clientela)`, version);
  for (const field of needs) if (saved[field] === undefined || saved[field] === null) throw refuse('MODEL_FORMAT', field, saved[field]);
  return saved;
}

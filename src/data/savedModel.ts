import { ClientelaError } from '../errors.js';
import { describeValue } from './instant.js';

/**
 * The fields of a stored model, once its format and version are known to be readable.
 *
 * @throws a {@link ClientelaError} `MODEL_FORMAT` when the JSON is not of that format, `MODEL_VERSION` when it is newer than this library
 */
export function requireSavedModel(format: string, newestVersion: number, json: unknown): Readonly<Record<string, unknown>> {
  const caller = `${format}.fromJSON`;
  if (typeof json !== 'object' || json === null || !('format' in json) || json.format !== format) {
    const found = typeof json === 'object' && json !== null && 'format' in json ? `format ${describeValue(json.format)}` : describeValue(json);
    const remedy = typeof json === 'string' ? '; parse the text with JSON.parse first' : '';
    throw new ClientelaError('MODEL_FORMAT', `${caller} needs what toJSON of a ${format} gave, found ${found}${remedy}`, { format });
  }
  const version = 'formatVersion' in json ? json.formatVersion : undefined;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new ClientelaError('MODEL_FORMAT', `${caller} needs a formatVersion of 1 or more, found ${describeValue(version)}`, { format });
  }
  if (version > newestVersion) {
    throw new ClientelaError(
      'MODEL_VERSION',
      `${caller} reads versions up to ${newestVersion}, found version ${version}; update clientela where the model is read`,
      { format, version, newestVersion },
    );
  }
  return json;
}

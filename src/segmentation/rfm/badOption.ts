import { ClientelaError } from '../../errors.js';

/** The one sentence for cuts and rules that cannot be used; they stand in it as they were given. */
export function badOption(caller: string, option: string, expected: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as ${expected}, found ${JSON.stringify(value)}`, { option, value });
}

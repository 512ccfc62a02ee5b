import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** The one sentence for cuts and rules that cannot be used; they stand in it as they were given. */
export function badOption(caller: string, option: string, expected: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as ${expected}, found ${shownOption(value)}`, { option, value });
}

/** As JSON, but for what JSON cannot hold. */
function shownOption(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return describeValue(value);
  }
}

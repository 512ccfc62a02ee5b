import { isClientelaError } from '../../../src/errors.js';

/** Code and message of the library's error that a call throws. */
export function refusal(run: () => unknown): readonly [string, string] {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return [error.code, error.message];
    throw error;
  }
  return ['none', ''];
}

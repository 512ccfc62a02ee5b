import { isClientelaError } from '../src/errors.js';

/** The code of the library's error that a call throws; 'none' when it throws nothing. Any other error goes on. */
export function errorCode(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error.code;
    throw error;
  }
  return 'none';
}

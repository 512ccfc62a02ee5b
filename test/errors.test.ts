import { describe, expect, it } from 'vitest';
import { ClientelaError, isClientelaError } from '../src/errors.js';

describe('ClientelaError', () => {
  it('is an Error with code and details', () => {
    const error = new ClientelaError('EMPTY_INPUT', 'rfm needs at least one event', { function: 'rfm' });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('ClientelaError');
    expect(error.code).toBe('EMPTY_INPUT');
    expect(error.details).toEqual({ function: 'rfm' });
    expect(new ClientelaError('EMPTY_INPUT', 'x').details).toEqual({});
  });
});

describe('isClientelaError', () => {
  it('knows errors of another copy of the library by name and shape', () => {
    class Copy extends Error {
      override name = 'ClientelaError';
      code = 'EMPTY_INPUT';
    }
    expect(isClientelaError(new Copy('x'))).toBe(true);
    expect(isClientelaError({ name: 'ClientelaError', code: 'EMPTY_INPUT', message: 'structured clone' })).toBe(true);
  });

  it('takes nothing else for one', () => {
    const nearly = new Error('x');
    nearly.name = 'ClientelaError';
    for (const thing of [new Error('x'), nearly, null, undefined, 'ClientelaError', { name: 'ClientelaError' }, {}]) expect(isClientelaError(thing)).toBe(false);
  });
});

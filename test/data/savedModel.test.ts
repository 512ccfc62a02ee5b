import { describe, expect, it } from 'vitest';
import { requireSavedModel } from '../../src/data/savedModel.js';

describe('requireSavedModel', () => {
  it('gives the fields of the format asked for, of this version or an older one', () => {
    expect(requireSavedModel('Score', 2, { format: 'Score', formatVersion: 1, a: 3 })['a']).toBe(3);
  });

  it.each([
    [null, 'Score.fromJSON needs what toJSON of a Score gave (parsed), found null'],
    [{ format: 'Tree', formatVersion: 1 }, 'found "Tree"'],
    [{ a: 1 }, 'found an object'],
    ['{"format":"Score"}', 'found "{\\"format'],
    [{ format: 'Score' }, 'needs a formatVersion of 1 to 2 (or a newer clientela), found undefined'],
    [{ format: 'Score', formatVersion: 0.5 }, 'found 0.5'],
    [{ format: 'Score', formatVersion: 3 }, 'needs a formatVersion of 1 to 2 (or a newer clientela), found 3'],
  ])('refuses %j', (json, message) => {
    expect(() => requireSavedModel('Score', 2, json)).toThrow(message);
  });
});

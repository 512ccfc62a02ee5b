import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countBits } from '../../src/numeric/countBits.js';

it('counts the bits that are on, as writing the word in binary does', () => {
  expect([0, 1, 3, 0xffffffff, 0x80000000].map(countBits)).toEqual([0, 1, 2, 32, 1]);
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (word) => {
    expect(countBits(word)).toBe(word.toString(2).replaceAll('0', '').length);
  }));
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExactSum } from '../../../src/lifetime/summary/exactSum.js';

const amounts = fc.array(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });
const sumOf = (terms: readonly number[]): ExactSum => {
  const sum = new ExactSum();
  for (const term of terms) sum.add(term);
  return sum;
};

it('is 0.3, not 0.30000000000000004', () => {
  const sum = sumOf(new Array<number>(10).fill(0.1));
  expect([sum.value, 0.1 + 0.1 + 0.1]).toEqual([1, 0.30000000000000004]);
});

it('does not depend on the order of the terms, nor on how they are grouped', () => {
  fc.assert(
    fc.property(amounts, fc.nat(60), (terms, at) => {
      const whole = sumOf(terms);
      const parts = sumOf(terms.slice(at));
      parts.join(sumOf(terms.slice(0, at)));
      const sorted = sumOf([...terms].sort((a, b) => a - b));
      expect([parts.value, parts.rest, sorted.value, sorted.rest]).toEqual([whole.value, whole.rest, whole.value, whole.rest]);
      const first = sumOf(terms.slice(0, at));
      expect(whole.minus(first.value, first.rest)).toBe(sumOf(terms.slice(at)).value);
    }),
    { numRuns: 200 },
  );
});

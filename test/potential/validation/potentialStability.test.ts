import { describe, expect, it } from 'vitest';
import { potentialStability } from '../../../src/potential/validation/potentialStability.js';

const twenty = Array.from({ length: 20 }, (_, i) => i);

describe('potentialStability', () => {
  it('is perfect against itself, by position where nobody is named', () => {
    const potentials = { present: twenty.map(() => 1), potential: twenty.map((i) => 2 + i) };
    expect(potentialStability(potentials, potentials)).toEqual({ customers: 20, onlyFirst: 0, onlySecond: 0, rankCorrelation: 1, topTenthKept: 1, medianChange: 1, firstPotential: 230, secondPotential: 230 });
  });

  it('matches by name, whatever the order, and counts who is in one alone', () => {
    const first = { customers: twenty, present: twenty.map(() => 0), potential: twenty.map((i) => i + 1) };
    const turned = [...twenty].reverse();
    const second = { customers: [...turned, 99], present: [...turned, 9].map(() => 0), potential: [...turned.map((i) => 2 * (i + 1)), 7] };
    const found = potentialStability(first, second);
    expect(found).toMatchObject({ customers: 20, onlyFirst: 0, onlySecond: 1, rankCorrelation: 1, topTenthKept: 1 });
    expect(found.medianChange).toBeCloseTo(2, 12);
  });

  it('sees a top that has changed', () => {
    const first = { present: twenty.map(() => 0), potential: twenty.map((i) => i + 1) };
    const second = { present: twenty.map(() => 0), potential: twenty.map((i) => 20 - i) };
    expect(potentialStability(first, second)).toMatchObject({ rankCorrelation: -1, topTenthKept: 0 });
  });

  it('has neither ranks nor changes where there is nothing', () => {
    const nothing = { present: [0, 0], potential: [0, 0] };
    expect(potentialStability(nothing, nothing)).toMatchObject({ rankCorrelation: null, medianChange: null, topTenthKept: 1 });
  });

  it('keeps the same part of a tied top tenth, whatever the order of rows', () => {
    const kept = (a: number[], b: number[]): number => potentialStability({ present: a.map(() => 0), potential: a }, { present: b.map(() => 0), potential: b }).topTenthKept;
    // Of the four at 5 one is in the top tenth; in the second it is the one at 9.
    const [a, b] = [[5, 5, 5, 5, 1, 1, 1, 1, 1, 1], [1, 1, 1, 9, 1, 1, 1, 1, 1, 1]];
    expect([kept(a, b), kept([...a].reverse(), [...b].reverse())]).toEqual([0.25, 0.25]);
  });

  it.each([
    [{ present: [1], potential: [2] }, { present: [1, 1], potential: [2, 2] }, 'LENGTH_MISMATCH', /found 1 and 2 rows/],
    [{ customers: ['a'], present: [1], potential: [2] }, { customers: ['b'], present: [1], potential: [2] }, 'EMPTY_INPUT', /customers that are in both/],
    [{ customers: ['a', 'a'], present: [1, 1], potential: [2, 2] }, { customers: ['a'], present: [1], potential: [2] }, 'DUPLICATE_ID', /customer a in rows 0 and 1/],
    [{ customers: ['a'], present: [1, 1], potential: [2, 2] }, { customers: ['a'], present: [1], potential: [2] }, 'LENGTH_MISMATCH', /one name for each of the 2 customers/],
    [{ present: [3], potential: [2] }, { present: [1], potential: [2] }, 'INVALID_VALUE', /at least the present spend/],
  ])('refuses %j against %j', (first, second, code, message) => {
    expect(() => potentialStability(first, second)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { normalQuantile } from '../../../src/numeric/normal.js';
import { spendCoverage } from '../../../src/potential/validation/spendCoverage.js';

describe('spendCoverage', () => {
  it('counts who spends the prediction or less, and weighs what is above and below', () => {
    const { groups, crossings } = spendCoverage([1, 2, 3, 10], [2, 1, 2, 4, 2, 4, 2, 4], { quantiles: [0.5, 0.75] });
    const [median, upper] = groups[0]!.figures;
    // Gaps from 2: -1, 0, 1, 8; the median loses half of each.
    expect([median!.below.estimate, median!.pinball]).toEqual([0.5, 1.25]);
    // Gaps from 1, 4, 4, 4: 0, -2, -1, 6: .75 of what is above, .25 of what is below.
    expect([upper!.below.estimate, upper!.pinball]).toEqual([0.75, (0.25 * 3 + 0.75 * 6) / 4]);
    expect(crossings).toBe(1);
  });

  it('tests by the exact binomial: 9 of 10 below a median have p = 22 / 1024', () => {
    const spend = [...new Array<number>(9).fill(1), 3];
    const figure = spendCoverage(spend, new Array<number>(10).fill(2), { quantiles: [0.5] }).groups[0]!.figures[0]!;
    expect(figure.p).toBeCloseTo(22 / 1024, 12);
    expect(figure.q).toBeCloseTo(22 / 1024, 12);
  });

  it('does not hold it against a median of 0 that 70 of 100 spend nothing, but against one of 1', () => {
    const spend = [...new Array<number>(70).fill(0), ...new Array<number>(30).fill(5)];
    const p = (at: number): number => spendCoverage(spend, spend.map(() => at), { quantiles: [0.5] }).groups[0]!.figures[0]!.p;
    expect(p(0)).toBe(1);
    expect(p(1)).toBeLessThan(1e-3);
  });

  it('calls off the one group that is off, and holds true predictions for true', () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 4000 }, (_, i) => ({ branch: `b${i % 8}`, spend: random.normal() + (i % 8 === 3 ? 0.6 : 0) }));
    const quantiles = [0.5, 0.9];
    const predicted = rows.flatMap(() => quantiles.map((tau) => normalQuantile(tau)));
    const { groups } = spendCoverage(rows.map(({ spend }) => spend), predicted, { quantiles, by: { branch: rows.map(({ branch }) => branch) } });
    expect(groups.map(({ dimension, name }) => [dimension, name])).toEqual([[null, null], ...Array.from({ length: 8 }, (_, i) => ['branch', `b${i}`])]);
    expect(groups.slice(1).filter(({ figures }) => figures.some(({ q }) => q < 0.01)).map(({ name }) => name)).toEqual(['b3']);
  });

  it('says the same in any order of rows, and its losses grow with the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ spend: fc.double({ min: 0, max: 1e9, noNaN: true }), at: fc.double({ min: 0, max: 1e9, noNaN: true }), by: fc.constantFrom('a', 'b', null) }), { minLength: 1, maxLength: 20 }), (rows) => {
        const judge = (of: typeof rows, unit = 1) => spendCoverage(of.map(({ spend }) => spend * unit), of.map(({ at }) => at * unit), { quantiles: [0.8], by: of.map(({ by }) => by) });
        const [found, turned, doubled] = [judge(rows), judge([...rows].reverse()), judge(rows, 2)];
        expect(turned.groups.map(({ name, figures }) => [name, figures[0]!.below])).toEqual(found.groups.map(({ name, figures }) => [name, figures[0]!.below]));
        found.groups.forEach(({ figures }, g) => expect(doubled.groups[g]!.figures[0]!.pinball).toBeCloseTo(2 * figures[0]!.pinball, 3));
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });

  it.each([
    [[], [], { quantiles: [0.5] }, 'EMPTY_INPUT', /at least one customer/],
    [[1, 2], [1], { quantiles: [0.5] }, 'LENGTH_MISMATCH', /predicted as one number for each of the 2 customers/],
    [[1, 2], [1, 2, 3], { quantiles: [0.5, 0.9] }, 'LENGTH_MISMATCH', /predicted as 2 numbers for each of the 2 customers, in their order, found 3/],
    [[1, 2], [1, 2, 3, NaN], { quantiles: [0.5, 0.9] }, 'NON_FINITE_VALUE', /predicted finite, found NaN in row 1$/],
    [[1, NaN], [1, 1], { quantiles: [0.5] }, 'NON_FINITE_VALUE', /spend finite, found NaN in row 1/],
    [[1], [1, 1], { quantiles: [0.9, 0.5] }, 'INVALID_OPTION', /ascending, found \[0\.9, 0\.5\]/],
    [[1], [1], { quantiles: [1] }, 'INVALID_OPTION', /above 0 and below 1/],
    [[1], [1], { quantiles: 0.5 as unknown as number[] }, 'INVALID_OPTION', /found 0\.5/],
    [[1], [1], { quantiles: [0.5], by: ['a', 'b'] }, 'LENGTH_MISMATCH', /one row for each of the 1 customers/],
    [null as unknown as number[], [1], { quantiles: [0.5] }, 'INVALID_INPUT', /spend as an array of numbers/],
  ])('refuses %j, %j, %j', (spend, predicted, options, code, message) => {
    expect(() => spendCoverage(spend, predicted, options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });
});

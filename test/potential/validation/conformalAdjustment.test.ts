import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { conformalAdjustment } from '../../../src/potential/validation/conformalAdjustment.js';

describe('conformalAdjustment', () => {
  it('takes the error of rank ceil((n + 1) * confidence), of either side', () => {
    const spend = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    // Below 3 or above 6: errors 2, 1, 0, -1, -1, 0, 1, 2, 3; the 9th of 9.
    expect(conformalAdjustment(spend, { lower: new Array(9).fill(3), upper: new Array(9).fill(6), confidence: 0.9 })).toEqual([{ name: null, customers: 9, rank: 9, adjustment: 3 }]);
    expect(conformalAdjustment(spend, { lower: new Array(9).fill(3), confidence: 0.5 })[0]).toMatchObject({ rank: 5, adjustment: -2 });
  });

  it('promises nothing where too few customers are known', () => {
    expect(conformalAdjustment([1, 2, 3, 4, 5, 6, 7, 8], { upper: new Array(8).fill(0), confidence: 0.9 })).toEqual([{ name: null, customers: 8, rank: 9, adjustment: null }]);
  });

  it('covers new customers at least as often as it says, group by group', () => {
    const random = createRandom(9);
    let [covered, asked] = [{ small: 0, large: 0 }, 0];
    for (let run = 0; run < 400; run++) {
      const draw = (): { by: string; spend: number } => (random.uniform() < 0.5 ? { by: 'small', spend: random.normal() } : { by: 'large', spend: 10 * random.normal() });
      const rows = Array.from({ length: 60 }, draw);
      const found = conformalAdjustment(rows.map(({ spend }) => spend), { upper: rows.map(() => 0), by: rows.map(({ by }) => by), confidence: 0.8 });
      asked++;
      covered = { small: covered.small + Number(random.normal() <= found.find(({ name }) => name === 'small')!.adjustment!), large: covered.large + Number(10 * random.normal() <= found.find(({ name }) => name === 'large')!.adjustment!) };
    }
    // Three standard errors of 400 draws below 0.8.
    expect(covered.small / asked).toBeGreaterThan(0.74);
    expect(covered.large / asked).toBeGreaterThan(0.74);
    expect(Math.max(covered.small, covered.large) / asked).toBeLessThan(0.9);
  });

  it.each([
    [[1], {}, 'INVALID_OPTION', /lower, upper or both/],
    [[], { upper: [] }, 'EMPTY_INPUT', /at least one customer/],
    [[1, 2], { upper: [1] }, 'LENGTH_MISMATCH', /upper as one number for each of the 2 customers/],
    [[1, Infinity], { upper: [1, 1] }, 'NON_FINITE_VALUE', /row 1/],
    [[1], { upper: [1], confidence: 1 }, 'INVALID_OPTION', /confidence between 0 and 1/],
  ])('refuses %j, %j', (spend, options, code, message) => {
    expect(() => conformalAdjustment(spend, options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
  });
});

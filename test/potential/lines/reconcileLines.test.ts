import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { createRandom } from '../../../src/numeric/random.js';
import { reconcileLines, type LineAmounts } from '../../../src/potential/lines/reconcileLines.js';

const fcSettings = { seed: 20261122, numRuns: 150 };

/** Every set of lines at their floors in turn; the feasible one of least distance. Certain totals by a weight of 1e13. */
function bruteForce(amounts: number[], floors: number[], variances: number[], total: number, totalVariance: number): { best: number; at: number[] } {
  const n = amounts.length;
  const distance = (w: number[]): number =>
    w.reduce((sum, x, c) => sum + (x - amounts[c]!) ** 2 / variances[c]!, 0) + (w.reduce((a, b) => a + b, 0) - total) ** 2 / totalVariance;
  let best = Infinity;
  let at: number[] = [];
  for (let set = 0; set < 1 << n; set++) {
    const free = Array.from({ length: n }, (_, c) => c).filter((c) => !(set & (1 << c)));
    const fixed = floors.reduce((sum, floor, c) => sum + (set & (1 << c) ? floor : 0), 0);
    // Of the free lines: w_c = amount_c - variance_c m, (sum w - total) / totalVariance = m.
    const m = (fixed + free.reduce((sum, c) => sum + amounts[c]!, 0) - total) / (totalVariance + free.reduce((sum, c) => sum + variances[c]!, 0));
    const w = floors.map((floor, c) => (set & (1 << c) ? floor : amounts[c]! - variances[c]! * m));
    if (w.some((x, c) => x < floors[c]! - 1e-9)) continue;
    const found = distance(w);
    if (found < best) [best, at] = [found, w];
  }
  return { best, at };
}

function codeOf(run: () => unknown): [string, string] {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return [error.code, error.message];
  }
  return ['none', ''];
}

describe('reconcileLines', () => {
  it('shares what is too much in proportion to the variances, without floors', () => {
    const { amounts, totals } = reconcileLines({ lineCount: 3, amounts: [100, 50, 50], variances: [4, 1, 0], totals: [190], totalVariances: [5] });
    // m = (200 - 190) / (5 + 5) = 1
    expect([...amounts]).toEqual([96, 49, 50]);
    expect([...totals]).toEqual([195]);
  });

  it('is the quadratic program that trying every set of floors solves', () => {
    const line = fc.record({ amount: fc.double({ min: 0, max: 100, noNaN: true }), floor: fc.double({ min: 0, max: 80, noNaN: true }), variance: fc.double({ min: 0.1, max: 50, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.double({ min: 0, max: 300, noNaN: true }), fc.double({ min: 0.1, max: 50, noNaN: true }), (lines, total, totalVariance) => {
        const [amounts, floors, variances] = [lines.map((l) => l.amount), lines.map((l) => l.floor), lines.map((l) => l.variance)];
        const found = reconcileLines({ lineCount: lines.length, amounts, floors, variances, totals: [total], totalVariances: [totalVariance] });
        const { at } = bruteForce(amounts, floors, variances, total, totalVariance);
        at.forEach((w, c) => expect(Math.abs(found.amounts[c]! - w)).toBeLessThan(1e-9 * (1 + w)));
      }),
      fcSettings,
    );
  });

  it('keeps floors, and adds up to a total that is to stand, to 1e-9', () => {
    const random = createRandom(3);
    const n = 500;
    const width = 6;
    const amounts = Array.from({ length: n * width }, () => 1e4 * random.uniform());
    const floors = amounts.map((amount) => amount * random.uniform() * (random.uniform() < 0.5 ? 1.2 : 0));
    const totals = Array.from({ length: n }, () => 5e4 * random.uniform());
    const found = reconcileLines({ lineCount: width, amounts, floors, totals });
    let beyond = 0;
    for (let i = 0; i < n; i++) {
      const own = found.amounts.subarray(i * width, (i + 1) * width);
      own.forEach((w, c) => expect(w).toBeGreaterThanOrEqual(floors[i * width + c]!));
      const floor = floors.slice(i * width, (i + 1) * width).reduce((a, b) => a + b, 0);
      expect(found.totals[i]).toBe(own.reduce((a, b) => a + b, 0));
      if (floor > totals[i]!) beyond++;
      expect(Math.abs(found.totals[i]! - Math.max(totals[i]!, floor))).toBeLessThan(1e-9 * 5e4);
    }
    expect(found.beyondTotal).toBe(beyond);
    expect(beyond).toBeGreaterThan(0);
  });

  it('does not depend on the order of lines or customers, nor on the unit of currency', () => {
    const random = createRandom(5);
    const amounts = Array.from({ length: 40 }, () => 100 * random.uniform());
    const given: LineAmounts = { lineCount: 4, amounts, floors: amounts.map((a, i) => (i % 3 ? 0 : a * 1.1)), variances: amounts.map((a) => 1 + a), totals: Array.from({ length: 10 }, () => 150), totalVariances: Array.from({ length: 10 }, () => 20) };
    const plain = reconcileLines(given).amounts;
    const turned = (values: ArrayLike<number>): number[] => Array.from(values).reverse();
    const reversed = reconcileLines({ ...given, amounts: turned(given.amounts), floors: turned(given.floors!), variances: turned(given.variances!) }).amounts;
    turned(reversed).forEach((w, i) => expect(w).toBeCloseTo(plain[i]!, 9));
    const scaled = (values: ArrayLike<number>, k: number): number[] => Array.from(values, (value) => value * k);
    const dear = reconcileLines({ lineCount: 4, amounts: scaled(amounts, 1e6), floors: scaled(given.floors!, 1e6), variances: scaled(given.variances!, 1e12), totals: scaled(given.totals!, 1e6), totalVariances: scaled(given.totalVariances!, 1e12) }).amounts;
    dear.forEach((w, i) => expect(w / 1e6).toBeCloseTo(plain[i]!, 8));
  });

  it('without totals only lifts what is below its floor, and takes certain amounts and amounts of 1e9 as they are', () => {
    const lifted = reconcileLines({ lineCount: 2, amounts: [5, 20], floors: [10, 0] });
    expect([...lifted.amounts]).toEqual([10, 20]);
    expect([...lifted.atFloor]).toEqual([1, 0]);
    const certain = reconcileLines({ lineCount: 2, amounts: [1e9, 3], variances: [0, 0], floors: [0, 4], totals: [7] });
    expect([...certain.amounts]).toEqual([1e9, 4]);
    expect(certain.beyondTotal).toBe(1);
  });

  it('leaves its input as it was, and refuses what it cannot use', () => {
    const amounts = Object.freeze([60, 40]) as readonly number[];
    reconcileLines({ lineCount: 2, amounts, floors: Object.freeze([70, 0]), totals: Object.freeze([80]) });
    expect(amounts).toEqual([60, 40]);
    expect(codeOf(() => reconcileLines({ lineCount: 2, amounts: [1, 2, 3] }))).toEqual(['LENGTH_MISMATCH', 'reconcileLines needs amounts as 2 numbers for each customer, found 3']);
    expect(codeOf(() => reconcileLines({ lineCount: 2, amounts: [1, 2], totals: [1, 2] }))).toEqual(['LENGTH_MISMATCH', 'reconcileLines needs totals as 1 numbers, found 2']);
    expect(codeOf(() => reconcileLines({ lineCount: 1, amounts: [1, NaN] }))).toEqual(['NON_FINITE_VALUE', 'reconcileLines needs amounts as finite numbers of 0 or more, found NaN at place 1']);
    expect(codeOf(() => reconcileLines({ lineCount: 1, amounts: [1], floors: [-1] }))[0]).toBe('INVALID_VALUE');
    expect(codeOf(() => reconcileLines({ lineCount: 1, amounts: ['a'] as unknown as number[] }))[0]).toBe('NON_FINITE_VALUE');
    expect(codeOf(() => reconcileLines({ lineCount: 0, amounts: [] }))[0]).toBe('INVALID_OPTION');
    expect(codeOf(() => reconcileLines({ lineCount: 1, amounts: 3 as unknown as number[] }))[0]).toBe('INVALID_INPUT');
    expect(codeOf(() => reconcileLines({ lineCount: 1, amounts: [1], floor: [1] } as unknown as LineAmounts))[0]).toBe('INVALID_OPTION');
    expect(reconcileLines({ lineCount: 3, amounts: [] }).totals).toHaveLength(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClientelaError } from '../../../src/errors.js';
import { opportunityMatrix } from '../../../src/potential/lines/opportunityMatrix.js';
import type { OpportunityOptions } from '../../../src/potential/lines/opportunityOptions.js';

const two: OpportunityOptions = {
  lines: ['card', 'insurance'],
  probability: [0.1, 0.3, 0.2, 0.4],
  perLine: [{ wallet: [1000, 500], present: [200, 0] }, { wallet: [300, 600] }],
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error.code;
  }
  return 'none';
}

describe('opportunityMatrix', () => {
  it('is probability * wallet where a line is not held, and ease * step * headroom where it is, times margin', () => {
    const matrix = opportunityMatrix({ ...two, ease: [0.5, 0, 0, 0], step: 0.25, margin: [0.1, 2], customers: ['a', 'b'] });
    const cells = [0.5 * 0.25 * 800 * 0.1, 0.3 * 300 * 2, 0.2 * 500 * 0.1, 0.4 * 600 * 2];
    matrix.opportunity.forEach((value, i) => expect(value).toBeCloseTo(cells[i]!, 12));
    expect(matrix.byCustomer[0]).toBeCloseTo(cells[0]! + cells[1]!, 12);
    expect(matrix.total).toBeCloseTo(cells.reduce((a, b) => a + b, 0), 12);
    expect([...matrix.bestLine]).toEqual([1, 1]);
    expect(matrix.byLine[0]).toMatchObject({ line: 'card', customersToOpen: 1, customersToGrow: 1 });
    expect(matrix.byLine[0]!.opening + matrix.byLine[0]!.growing).toBe(matrix.byLine[0]!.opportunity);
    expect(matrix.top.map(({ customer, line, kind }) => [customer, line, kind])).toEqual([['b', 'insurance', 'open'], ['a', 'insurance', 'open'], ['a', 'card', 'grow'], ['b', 'card', 'open']]);
  });

  it('promises nothing where a line may not be offered, and takes held as given', () => {
    const matrix = opportunityMatrix({ ...two, eligible: [1, 0, 1, 0], held: [0, 0, 1, 0], ease: 0.5, step: 1 });
    expect([...matrix.opportunity]).toEqual([0.1 * 800, 0, 0.5 * 500, 0]);
    expect(matrix.byLine[1]).toEqual({ line: 'insurance', opening: 0, growing: 0, opportunity: 0, customersToOpen: 0, customersToGrow: 0 });
    expect(matrix.top).toHaveLength(2);
    expect([...opportunityMatrix({ ...two, probability: [0, 0, 0, 0], ease: 0 }).bestLine]).toEqual([-1, -1]);
  });

  it('never promises more than the total headroom, nor of substitutes more than the largest of them', () => {
    const cell = fc.double({ min: 0, max: 1, noNaN: true });
    const wallet = fc.double({ min: 1, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 6, maxLength: 6 }), fc.array(wallet, { minLength: 6, maxLength: 6 }), fc.array(wallet, { minLength: 2, maxLength: 2 }), (probability, wallets, totalHeadroom) => {
        const perLine = [0, 1, 2].map((line) => ({ wallet: [wallets[line]!, wallets[3 + line]!] }));
        const options = { lines: ['a', 'b', 'c'], probability, perLine, substitutes: [['a', 'c']] };
        const free = opportunityMatrix(options);
        for (const row of [0, 1]) {
          const [a, , c] = free.opportunity.subarray(row * 3, row * 3 + 3);
          expect(a! + c!).toBeLessThanOrEqual(Math.max(wallets[row * 3]!, wallets[row * 3 + 2]!) * (1 + 1e-12));
        }
        const limited = opportunityMatrix({ ...options, totalHeadroom });
        limited.byCustomer.forEach((sum, row) => expect(sum).toBeLessThanOrEqual(totalHeadroom[row]! * (1 + 1e-12)));
        limited.byCustomer.forEach((sum, row) => expect(sum).toBeCloseTo(Math.min(free.byCustomer[row]!, totalHeadroom[row]!), 0));
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('lists the best cells, ties in the order of the rows', () => {
    const matrix = opportunityMatrix({ lines: ['a'], probability: [0.5, 1, 0.5, 0], perLine: [{ wallet: [10, 10, 10, 10] }], top: 2 });
    expect(matrix.top.map(({ row }) => row)).toEqual([1, 0]);
    expect(opportunityMatrix({ ...two, top: 0 }).top).toEqual([]);
    expect(opportunityMatrix({ lines: ['a'], probability: [], perLine: [{ wallet: [] }] }).total).toBe(0);
  });

  it('refuses what does not fit together', () => {
    const wrong = (changes: object): string => codeOf(() => opportunityMatrix({ ...two, ...changes }));
    expect(wrong({ lines: ['card', 'card'] })).toBe('DUPLICATE_COLUMN');
    expect(wrong({ lines: [] })).toBe('INVALID_OPTION');
    expect(wrong({ probability: [0.1, 0.2, 0.3] })).toBe('LENGTH_MISMATCH');
    expect(wrong({ probability: [0.1, 0.2, 0.3, 1.2] })).toBe('INVALID_VALUE');
    expect(wrong({ probability: [0.1, 0.2, 0.3, NaN] })).toBe('NON_FINITE_VALUE');
    expect(wrong({ perLine: [two.perLine[0]] })).toBe('LENGTH_MISMATCH');
    expect(wrong({ perLine: 3 })).toBe('LENGTH_MISMATCH');
    expect(wrong({ perLine: [{ wallet: [100, 500], present: [200, 0] }, two.perLine[1]] })).toBe('INVALID_VALUE');
    expect(wrong({ customers: ['a'] })).toBe('LENGTH_MISMATCH');
    expect(wrong({ ease: 1.5 })).toBe('INVALID_VALUE');
    expect(wrong({ step: -0.1 })).toBe('INVALID_VALUE');
    expect(wrong({ step: NaN })).toBe('INVALID_OPTION');
    expect(wrong({ margin: [1] })).toBe('LENGTH_MISMATCH');
    expect(wrong({ totalHeadroom: [-1, 2] })).toBe('INVALID_VALUE');
    expect(wrong({ substitutes: [['card']] })).toBe('INVALID_OPTION');
    expect(wrong({ substitutes: 'card' })).toBe('INVALID_OPTION');
    expect(wrong({ substitutes: [['card', 'loan']] })).toBe('INVALID_OPTION');
    expect(wrong({ substitutes: [['card', 'insurance'], ['card', 'insurance']] })).toBe('INVALID_OPTION');
    expect(wrong({ top: -1 })).toBe('INVALID_OPTION');
    expect(wrong({ wallets: [] })).toBe('INVALID_OPTION');
  });
});

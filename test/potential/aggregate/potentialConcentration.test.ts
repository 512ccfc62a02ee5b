import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PotentialColumns } from '../../../src/potential/aggregate/potentialColumns.js';
import { potentialConcentration } from '../../../src/potential/aggregate/potentialConcentration.js';
import { concentration } from '../../../src/segmentation/rfm/concentration.js';
import { drawPotentials } from './drawPotentials.js';
import { refusal } from './refusal.js';

/** Customers who have this headroom on a present spend of 5. */
const withRoom = (headroom: readonly number[]): PotentialColumns => ({ present: headroom.map(() => 5), potential: headroom.map((room) => 5 + room) });

describe('potentialConcentration', () => {
  it('gives what one can work out by hand', () => {
    const { total, customers, zeros, gini, lorenz, top, half } = potentialConcentration(withRoom([0, 160, 10, 0, 30]), { top: [0.2, 0.3, 0.9] });
    expect([total, customers, zeros]).toEqual([200, 5, 2]);
    expect([...lorenz.customerShare]).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect([...lorenz.amountShare]).toEqual([0, 0, 0, 0.05, 0.2, 1]);
    expect(gini).toBeCloseTo(0.7, 14);
    expect(top.map(({ customerShare, amountShare }) => [customerShare, Number(amountShare!.toFixed(12))])).toEqual([[0.2, 0.8], [0.3, 0.875], [0.9, 1]]);
    expect(half).toEqual({ customers: 1, customerShare: 0.2 });
  });

  it('agrees with concentration of the segmentation pillar, whatever the order and the ties', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }), (rooms) => {
        const values = [...rooms, 3];
        const found = potentialConcentration({ present: values.map(() => 0), potential: values });
        const known = concentration(values);
        expect(found.gini).toBeCloseTo(known.gini, 12);
        found.top.forEach(({ amountShare }, i) => expect(amountShare).toBeCloseTo(known.top[i]!.valueShare, 12));
        const turned = potentialConcentration({ present: values.map(() => 0), potential: [...values].reverse() });
        expect(turned.half).toEqual(found.half);
        // The fewest: so many of the greatest have half of it, one less have not.
        const greatest = [...values].sort((a, b) => b - a);
        const sum = (count: number): number => greatest.slice(0, count).reduce((a, b) => a + b, 0);
        expect(2 * sum(found.half.customers)).toBeGreaterThanOrEqual(found.total);
        expect(2 * sum(found.half.customers - 1)).toBeLessThan(found.total);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('takes a row of weight 2 as the row twice, of weight 0 as none', () => {
    const rooms = [7, 1, 4, 9, 2, 2];
    const weights = [2, 1, 0, 3, 1, 2];
    const weighted = potentialConcentration(withRoom(rooms), { weights });
    const repeated = potentialConcentration(withRoom(rooms.flatMap((room, i) => new Array<number>(weights[i]!).fill(room))));
    expect(weighted.gini).toBeCloseTo(repeated.gini!, 13);
    weighted.top.forEach(({ amountShare }, i) => expect(amountShare).toBeCloseTo(repeated.top[i]!.amountShare!, 13));
    expect(weighted.half.customers).toBe(repeated.half.customers);
    expect([weighted.total, weighted.customers]).toEqual([repeated.total, repeated.customers]);
  });

  it('takes the column asked for, or amounts given', () => {
    const potentials = drawPotentials(20, 0, 3);
    for (const of of ['present', 'potential', 'wallet'] as const) {
      const column = of === 'present' ? potentials.present : potentials.potential;
      expect(potentialConcentration(potentials, { of })).toEqual(potentialConcentration(potentials, { of: column }));
    }
    expect(potentialConcentration(potentials).total).toBeCloseTo(potentials.potential.reduce((sum, value, i) => sum + value - potentials.present[i]!, 0), 10);
  });

  it('is nowhere where there is nothing, and all equal where all have the same', () => {
    const nothing = potentialConcentration(withRoom([0, 0]), { top: [0.5] });
    expect(nothing).toMatchObject({ total: 0, zeros: 2, gini: null, top: [{ customerShare: 0.5, amountShare: null }], half: { customers: 0, customerShare: 0 } });
    expect([...nothing.lorenz.amountShare]).toEqual([0, 0, 0]);
    const equal = potentialConcentration(withRoom([1e9, 1e9, 1e9, 1e9]));
    expect(equal.gini).toBeCloseTo(0, 14);
    expect(equal.half.customers).toBe(2);
    expect(equal.top[2]!.amountShare).toBeCloseTo(0.1, 14);
  });

  it('refuses what it cannot rank', () => {
    const bad = (potentials: object, options?: object): string => refusal(() => potentialConcentration(potentials as PotentialColumns, options))[0];
    expect(bad({ present: [], potential: [] })).toBe('EMPTY_INPUT');
    expect(bad(withRoom([1]), { of: 'ease' })).toBe('INVALID_OPTION');
    expect(bad(withRoom([1]), { of: [-1] })).toBe('INVALID_VALUE');
    expect(bad(withRoom([1]), { of: [NaN] })).toBe('NON_FINITE_VALUE');
    expect(bad(withRoom([1]), { of: [1, 2] })).toBe('LENGTH_MISMATCH');
    expect(bad(withRoom([1]), { top: [0] })).toBe('INVALID_OPTION');
    expect(bad(withRoom([1]), { top: 0.1 })).toBe('INVALID_OPTION');
    expect(bad(withRoom([1]), { weights: [0] })).toBe('EMPTY_INPUT');
    expect(bad(withRoom([1]), { share: 0.1 })).toBe('INVALID_OPTION');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import type { CampaignTerms } from '../../../src/scoring/campaign/campaignTerms.js';
import { idealTarget } from '../../../src/scoring/campaign/idealTarget.js';
import { errorCode as code } from '../../errorCode.js';

describe('idealTarget and whom not to disturb', () => {
  const scores = [0.02, 0.5, 0.1, 0.3, 0.25];
  const terms = { contactCost: 2, benefit: 10 };

  it('leaves out whoever is below the probability, and says how many would have paid and what it costs', () => {
    const target = idealTarget(scores, { ...terms, minProbability: 0.28 });
    expect([...target.selected]).toEqual([1, 3]);
    expect(target.notDisturbed).toMatchObject({ customers: 3, wouldPay: 1 });
    expect(target.notDisturbed!.threshold).toBeCloseTo(0.28, 9);
    expect(target.notDisturbed!.forgoneProfit).toBeCloseTo(0.5, 12);
    expect(target.limitedBy).toBe('relevance');
    expect([...target.ranking]).toEqual([1, 3, 4, 2, 0]);
    expect(target.curve.expectedProfit[3]).toBeCloseTo(4.5, 12);
  });

  it('takes a lift as a multiple of the mean score, and the stricter of the two thresholds', () => {
    // The mean is 0.234.
    expect(idealTarget(scores, { ...terms, minLift: 1.1 }).contacts).toBe(2);
    expect(idealTarget(scores, { ...terms, minLift: 1 }).contacts).toBe(3);
    expect(idealTarget(scores, { ...terms, minLift: 1, minProbability: 0.4 }).contacts).toBe(1);
    expect(idealTarget([0.3, 0.3, 0.3], { ...terms, minLift: 1 }).contacts).toBe(3);
    expect(idealTarget([0.1, 0.1, 0.1], { contactCost: 0.5, benefit: 10, minLift: 1 }).contacts).toBe(3);
  });

  it('changes nothing where those below it would not pay, or there is no threshold', () => {
    const target = idealTarget(scores, { ...terms, minProbability: 0.15 });
    expect(target.contacts).toBe(3);
    expect(target.limitedBy).toBe('break-even');
    expect(target.notDisturbed).toMatchObject({ customers: 2, wouldPay: 0, forgoneProfit: 0 });
    expect('notDisturbed' in idealTarget(scores, { ...terms, minProbability: 0, minLift: 0 })).toBe(false);
  });

  it('says relevance when nobody is left, and spends the budget on those above the threshold', () => {
    expect(idealTarget(scores, { ...terms, minProbability: 0.9 })).toMatchObject({ contacts: 0, limitedBy: 'relevance', expectedProfit: { estimate: 0 } });
    const target = idealTarget([0.1, 0.9, 0.8], { contactCost: [1, 9, 9], benefit: [500, 10.5, 12], budget: 9, minProbability: 0.5 });
    expect([...target.selected]).toEqual([2]);
    expect(target.notDisturbed!.forgoneProfit).toBeCloseTo(49 - 0.6, 9);
  });
});

describe('the interval along the curve', () => {
  it('is that of the profit at the depth of the target, and none for nobody', () => {
    const { curve, contacts, expectedProfit } = idealTarget([0.02, 0.5, 0.1, 0.3], { contactCost: 2, benefit: 10, fixedCost: 1, confidence: 0.9 });
    expect(curve.lower[contacts]).toBeCloseTo(expectedProfit.lower, 12);
    expect(curve.upper[contacts]).toBeCloseTo(expectedProfit.upper, 12);
    expect([curve.lower[0], curve.upper[0]]).toEqual([0, 0]);
    expect(curve.upper[4]! - curve.expectedProfit[4]!).toBeCloseTo(1.6448536269514722 * Math.sqrt(100 * (0.25 + 0.21 + 0.09 + 0.0196)), 9);
  });
});

describe('the control group', () => {
  const random = createRandom(5);
  const scores = Float64Array.from({ length: 500 }, () => random.uniform());
  const names = Array.from(scores, (_, i) => `c${i}`);

  it('takes its share out of the chosen, and says what it costs', () => {
    const terms = { contactCost: 2, benefit: 10, customers: names };
    const all = idealTarget(scores, terms);
    const target = idealTarget(scores, { ...terms, control: { share: 0.1 } });
    const control = target.control!;
    expect(control.selected.length).toBe(Math.round(all.contacts / 10));
    expect([...target.selected, ...control.selected].sort((a, b) => a - b)).toEqual([...all.selected].sort((a, b) => a - b));
    expect(control.customers).toEqual([...control.selected].map((row) => `c${row}`));
    expect(control.share).toBeCloseTo(control.selected.length / all.contacts, 12);
    expect(control.forgoneProfit).toBeCloseTo(all.expectedProfit.estimate - target.expectedProfit.estimate, 9);
    expect(control.forgoneProfit).toBeCloseTo([...control.selected].reduce((sum, row) => sum + 10 * scores[row]! - 2, 0), 9);
    expect(target).toMatchObject({ spend: 2 * target.contacts, limitedBy: 'break-even', optimalityGap: 0 });
  });

  it('counts real contacts against capacity and budget', () => {
    for (const limit of [{ capacity: 90 }, { budget: 187, fixedCost: 7 }]) {
      const target = idealTarget(scores, { contactCost: 2, benefit: 10, ...limit, control: { share: 0.25, seed: 3 } });
      expect(target.contacts).toBe(90);
      expect(target.control!.selected.length).toBe(30);
      expect(target.limitedBy).toBe('capacity' in limit ? 'capacity' : 'budget');
      // The best 120 were drawn from.
      const best = [...idealTarget(scores, { contactCost: 2, benefit: 10, capacity: 120 }).selected].sort((a, b) => a - b);
      expect([...target.selected, ...target.control!.selected].sort((a, b) => a - b)).toEqual(best);
    }
    const sized = idealTarget(scores, { contactCost: 2, benefit: 10, capacity: 90, control: { size: 40 } });
    expect([sized.contacts, sized.control!.selected.length]).toEqual([90, 40]);
  });

  it('gives everybody of the chosen the same chance, one from each stretch of the ranking', () => {
    const seen = new Map<number, number>();
    const few = scores.subarray(0, 40);
    const ranking = [...idealTarget(few, { contactCost: 0, benefit: 10 }).selected];
    for (let seed = 0; seed < 500; seed++) {
      const { selected } = idealTarget(few, { contactCost: 0, benefit: 10, control: { share: 0.2, seed } }).control!;
      expect(selected.length).toBe(8);
      [...selected].forEach((row, j) => {
        seen.set(row, (seen.get(row) ?? 0) + 1);
        const place = ranking.indexOf(row);
        expect(place >= 5 * j && place < 5 * (j + 1)).toBe(true);
      });
    }
    // 100 of 500 each, standard deviation 8.9.
    expect(seen.size).toBe(40);
    expect(Math.min(...seen.values())).toBeGreaterThan(64);
    expect(Math.max(...seen.values())).toBeLessThan(136);
  });

  it('gives the same chance where the share does not divide the group', () => {
    const seen = new Float64Array(7);
    for (let seed = 0; seed < 700; seed++) {
      for (const row of idealTarget([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3], { contactCost: 0, benefit: 1, control: { size: 3, seed } }).control!.selected) seen[row]! += 1 / 300;
    }
    for (const share of seen) expect(Math.abs(share - 1)).toBeLessThan(0.17);
  });

  it('never breaks a limit when costs differ, uses nearly all of the budget, and draws from a group that does not depend on the draw', () => {
    const contactCost = scores.map((_, i) => 1 + ((i * 7) % 13));
    const groups = new Set<string>();
    for (let seed = 0; seed < 15; seed++) {
      const target = idealTarget(scores, { contactCost, benefit: 40, budget: 900, fixedCost: 20, control: { share: 0.1, seed } });
      expect(target.spend).toBeLessThanOrEqual(900);
      expect(target.spend).toBeGreaterThan(0.96 * 900);
      expect(target.limitedBy).toBe('budget');
      groups.add([...target.selected, ...target.control!.selected].sort((a, b) => a - b).join());
    }
    expect(groups.size).toBe(1);
  });

  it('keeps every limit whatever the terms', () => {
    const customer = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), cost: fc.integer({ min: 0, max: 9 }) });
    const control = fc.oneof(fc.record({ share: fc.double({ min: 0, max: 0.95, noNaN: true }) }), fc.record({ size: fc.integer({ min: 0, max: 12 }) }));
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 14 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 14 }), control, fc.double({ min: 0, max: 0.5, noNaN: true }), (customers, budget, capacity, wanted, minProbability) => {
        const given = customers.map(({ p }) => p);
        const costs = customers.map(({ cost }) => cost);
        const target = idealTarget(given, { contactCost: costs, benefit: 30, budget, capacity, minProbability, control: wanted });
        expect(target.spend).toBeLessThanOrEqual(budget + 1e-9);
        expect(target.contacts).toBeLessThanOrEqual(capacity);
        expect([...target.selected].every((row) => given[row]! >= minProbability * (1 - 1e-9))).toBe(true);
        expect(new Set([...target.selected, ...target.control!.selected]).size).toBe(target.contacts + target.control!.selected.length);
        expect(target.expectedProfit.estimate).toBeLessThanOrEqual(idealTarget(given, { contactCost: costs, benefit: 30, budget, capacity, minProbability }).expectedProfit.estimate + 1e-9);
        expect(target.control!.forgoneProfit).toBeGreaterThanOrEqual(0);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });

  it('takes at most half of the chosen for a control of fixed size, and nobody where nobody is contacted', () => {
    expect(idealTarget([0.9, 0.8, 0.7], { contactCost: 1, benefit: 10, control: { size: 50 } })).toMatchObject({ contacts: 2, control: { selected: { length: 1 }, share: 1 / 3 } });
    expect(idealTarget([0.9, 0.8], { contactCost: 1, benefit: 10, fixedCost: 14, control: { share: 0.5 } })).toMatchObject({
      contacts: 0, spend: 0, limitedBy: 'fixed cost', control: { selected: { length: 0 }, share: 0, forgoneProfit: 1 },
    });
    expect(idealTarget([0.1], { contactCost: 5, benefit: 10, control: { share: 0.5 } })).toMatchObject({ contacts: 0, limitedBy: 'break-even', control: { selected: { length: 0 } } });
    expect(idealTarget([0.9], { contactCost: 5, benefit: 10, budget: 2, fixedCost: 3, control: { share: 0.5 } })).toMatchObject({ contacts: 0, limitedBy: 'budget' });
  });

  it.each([
    [{ minProbability: 20 }, 'needs minProbability between 0 and 1, found 20; a multiple of the mean is minLift'],
    [{ minProbability: -0.1 }, 'needs minProbability as a number that is not negative, found -0.1'],
    [{ minLift: NaN }, 'needs minLift as a number that is not negative, found NaN'],
    [{ control: {} }, 'needs a control by share or by size, found neither; give one, such as { share: 0.1 }'],
    [{ control: { share: 0.1, size: 4 } }, 'needs a control by share or by size, found both'],
    [{ control: { share: 1 } }, 'needs a control share from 0 to below 1, found 1; a tenth is 0.1'],
    [{ control: { share: 10 } }, 'needs a control share from 0 to below 1, found 10'],
    [{ control: { size: 2.5 } }, 'needs control size as a whole number of at least 0, found 2.5'],
    [{ control: { portion: 0.1 } }, 'idealTarget control knows no option "portion"; its options are share, size, seed'],
    [{ control: { share: 0.1, seed: 0.5 } }, 'needs a whole number as seed, found 0.5'],
    [{ control: 0.1 }, 'idealTarget control needs an object of share, size, seed, found 0.1'],
    [{ benefit: [1, NaN] }, 'needs benefit finite and not negative, found NaN in row 1; a prediction that is missing or below 0 has to become 0, or its customer be left out'],
    [{ benefit: [-0.5, 1] }, 'needs benefit finite and not negative, found -0.5 in row 0'],
  ])('refuses %j', (terms, message) => {
    const run = (): unknown => idealTarget([0.1, 0.2], { contactCost: 1, benefit: 10, ...terms } as CampaignTerms);
    expect(run).toThrow(message);
    expect(code(run)).toBe('INVALID_OPTION');
  });
});

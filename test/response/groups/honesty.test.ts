import { describe, expect, it } from 'vitest';
import { fitResponseGroups } from '../../../src/response/groups/fitResponseGroups.js';
import { customersWithTruth, FEATURES, type KnownCustomer } from './customersWithTruth.js';

/** Many fits of chance, judged by the truth: the seeds are fixed, so the shares are too. */
describe('honesty', () => {
  it.each([
    ['chaid', 60],
    ['gini tree', 20],
  ] as const)('claims no group where the response depends on nothing, and its intervals cover (%s)', (method, runs) => {
    let [claimed, covered, groups] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const found = fitResponseGroups(customersWithTruth(600, 1000 + run, [0.2, 0.2]), { target: 'answered', method, features: FEATURES, minGroupSize: 60, seed: run });
      claimed += Number(found.groups.length > 1);
      groups += found.groups.length;
      for (const { rate } of found.groups) covered += Number(rate.lower <= 0.2 && 0.2 <= rate.upper);
    }
    expect(claimed / runs).toBeLessThanOrEqual(0.05);
    expect(covered / groups).toBeGreaterThanOrEqual(0.93);
  });

  it('covers known rates, lifts, counts and responses about as often as it says', () => {
    const population = customersWithTruth(1500, 77);
    const mean = (some: readonly KnownCustomer[]): number => some.reduce((sum, { truth }) => sum + truth, 0) / some.length;
    const overall = mean(population);
    const runs = 50;
    let [groups, rates, lifts, counts, responses] = [0, 0, 0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const found = fitResponseGroups(customersWithTruth(1200, 5000 + run), { target: 'answered', method: 'chaid', features: FEATURES, seed: run });
      const groupOf = found.assign(population);
      const members = found.groups.map(({ group }) => population.filter((_, i) => groupOf[i] === group));
      const { customers, groups: decided, responses: expected } = found.include({ contactCost: 1, benefit: 8 }, population);
      let [paying, answered] = [0, 0];
      found.groups.forEach(({ group, rate, lift }) => {
        const truth = mean(members[group]!);
        groups++;
        rates += Number(rate.lower <= truth && truth <= rate.upper);
        lifts += Number(lift.lower <= truth / overall && truth / overall <= lift.upper);
        if (truth > 1 / 8) paying += members[group]!.length;
        if (decided[group]!.included) answered += members[group]!.reduce((sum, row) => sum + row.answered, 0);
      });
      counts += Number(customers.lower <= paying && paying <= customers.upper);
      responses += Number(expected.lower <= answered && answered <= expected.upper);
    }
    for (const share of [rates / groups, lifts / groups, counts / runs, responses / runs]) {
      expect(share).toBeGreaterThanOrEqual(0.92);
      expect(share).toBeLessThanOrEqual(1);
    }
  });
});

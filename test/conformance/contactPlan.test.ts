import { expect, it } from 'vitest';
import { planContacts } from '../../src/scoring/contacts/planContacts.js';
import { describeWithShared, readGolden } from './shared.js';

const GOLDEN = 'golden/scoring/campaign_knapsack.json';

interface Instance {
  readonly N: number;
  readonly caps: readonly [number, number, number, number];
  readonly budget: number;
  readonly mip: number;
  readonly lp: number;
  readonly dualCaps: readonly number[];
  readonly dualBudget: number;
}

/** The customers of the golden file, from its linear congruential generator. */
function customers(count: number): Float64Array {
  let state = 42;
  const draw = (): number => (state = (Math.imul(1664525, state) + 1013904223) >>> 0) / 2 ** 32;
  const values = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    const base = draw() ** 4 * 0.4;
    const worth = 20 + 180 * draw();
    [0.35, 0.5, 1, 0.7].forEach((reach, k) => {
      values[4 * i + k] = Math.round(base * reach * (0.5 + draw()) * worth * 1e6) / 1e6 - [0.01, 0.05, 4, 0.8][k]!;
    });
  }
  return values;
}

describeWithShared('the five campaigns HiGHS solved', [GOLDEN], () => {
  const all = readGolden<readonly (Instance | { readonly first3: readonly (readonly number[])[] })[]>(GOLDEN);
  const instances = all.filter((entry): entry is Instance => 'N' in entry);

  it('draws the customers of the file', () => {
    const { first3 } = all.find((entry) => 'first3' in entry) as { readonly first3: readonly (readonly number[])[] };
    const values = customers(3);
    first3.flat().forEach((gross, at) => expect(values[at]! + [0.01, 0.05, 4, 0.8][at % 4]!).toBeCloseTo(gross, 9));
  });

  it.each(instances.map((instance) => [`${instance.N} customers, budget ${instance.budget}`, instance] as const))('%s', (_, { N, caps, budget, mip, lp, dualCaps, dualBudget }) => {
    const [email, sms, call, mail] = caps;
    const plan = planContacts(customers(N), { actions: ['email', 'sms', 'call', 'mail'], cost: { email: 0.01, sms: 0.05, call: 4, mail: 0.8 }, capacity: { email, sms, call, mail }, budget });
    plan.perAction.forEach(({ contacts }, k) => expect(contacts).toBeLessThanOrEqual(caps[k]!));
    expect(plan.spend).toBeLessThanOrEqual(budget * (1 + 1e-12));
    // The last instance's integer optimum is the best HiGHS had found when its time was up.
    expect(plan.value / mip).toBeGreaterThan(0.9995);
    expect(plan.value).toBeLessThanOrEqual(plan.bound);
    expect(Math.abs(plan.bound / lp - 1)).toBeLessThan(1e-6);
    expect(Math.abs(plan.prices.budget - dualBudget)).toBeLessThan(5e-3);
    Object.values(plan.prices.capacity).forEach((price, k) => expect(Math.abs(price - dualCaps[k]!)).toBeLessThan(5e-3));
  });
});

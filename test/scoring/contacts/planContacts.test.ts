import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactFrontier } from '../../../src/scoring/contacts/contactFrontier.js';
import type { ContactOptions, ContactPlan } from '../../../src/scoring/contacts/contactTypes.js';
import { planContacts } from '../../../src/scoring/contacts/planContacts.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const email = [4, 3, 2, 1];
const call = [9, 7, 8, NaN];

describe('planContacts', () => {
  it('gives the dear action to whom it helps most, and the rest what is left', () => {
    const plan = planContacts({ email, call }, { cost: { call: 5 }, budget: 10, customers: ['a', 'b', 'c', 'd'] });
    expect([...plan.chosen]).toEqual([1, 0, 1, 0]);
    expect(plan.customers).toEqual({ email: ['b', 'd'], call: ['a', 'c'] });
    expect(plan.perAction).toEqual([
      { action: 'email', contacts: 2, value: 4, spend: 0 },
      { action: 'call', contacts: 2, value: 17, spend: 10 },
    ]);
    expect([plan.value, plan.spend, plan.contacts, plan.gap]).toEqual([21, 10, 4, 0]);
  });

  it('prices each limit by what one more unit of it would add', () => {
    const random = createRandom(4);
    const values = Float64Array.from({ length: 3000 }, () => 10 * random.uniform() ** 2);
    const options: ContactOptions<'a' | 'b' | 'c'> = { actions: ['a', 'b', 'c'], cost: { a: 1, b: 2 }, budget: 400, capacity: { a: 200, b: 900 }, minimum: { c: 300 }, tolerance: 0 };
    const plan = planContacts(values, options);
    // A bound is concave in the limits: its slope just above and below encloses the price.
    const bound = (change: Partial<typeof options>): number => planContacts(values, { ...options, ...change }).bound;
    for (const [more, less, price] of [
      [bound({ budget: 402 }), bound({ budget: 398 }), 2 * plan.prices.budget],
      [bound({ capacity: { a: 201, b: 900 } }), bound({ capacity: { a: 199, b: 900 } }), plan.prices.capacity.a!],
    ] as const) {
      expect(more - plan.bound).toBeLessThan(price + 1e-3);
      expect(plan.bound - less).toBeGreaterThan(price - 1e-3);
    }
    expect(plan.prices.capacity).toHaveProperty('b', 0);
    expect(plan.prices.capacity).not.toHaveProperty('c');
    expect(plan.binding).toEqual(['budget', 'capacity of a']);
    // Asked for less than anybody would get, the minimum costs nothing; asked for all, it does.
    expect(planContacts(values, { ...options, minimum: { c: 950 } }).binding).toContain('minimum of c');
  });

  it('keeps contact rules: caps per customer, pairs that exclude each other, eligibility', () => {
    const plan = planContacts<'email' | 'call' | 'mail'>(
      { email: [5, 5, 5, 5], call: [4, 4, 4, 4], mail: [3, 3, 3, 3] },
      { perCustomer: [3, 2, 1, 0], exclude: [['email', 'call']], eligible: (i, action) => !(i === 1 && action === 'mail') },
    );
    expect(plan.width).toBe(3);
    expect([...plan.chosen]).toEqual([0, 2, -1, 0, -1, -1, 0, -1, -1, -1, -1, -1]);
    expect([...plan.selected.mail]).toEqual([0]);
  });

  it('sets a control group of the share asked for aside: the same for the same seed, another for another', () => {
    const values = { email: new Float64Array(1000).fill(1) };
    const draw = (seed: number): ContactPlan<'email'> => planContacts(values, { control: { share: 0.15, seed } });
    const plan = draw(1);
    expect(plan.control.length).toBe(150);
    expect(plan.contacts).toBe(850);
    expect(plan.control.every((i) => plan.chosen[i] === -1)).toBe(true);
    expect(draw(1).control).toEqual(plan.control);
    expect(draw(2).control).not.toEqual(plan.control);
    expect(planContacts(values, { control: { share: 1 } }).contacts).toBe(0);
    expect(planContacts(values, { control: { share: 0 } }).control.length).toBe(0);
  });

  it('gives what is worth nothing only to meet a minimum', () => {
    expect(planContacts({ email: [0, -1] }).contacts).toBe(0);
    const plan = planContacts({ email: [0, -1, -3] }, { minimum: { email: 2 } });
    expect([...plan.chosen]).toEqual([0, 0, -1]);
    expect([plan.value, plan.gap]).toEqual([-1, 0]);
  });

  it.each<[string, ContactOptions<'email' | 'call'>]>([
    ['no budget', { cost: 1, budget: 0 }],
    ['no capacity', { capacity: { email: 0, call: 0 } }],
    ['nobody to be contacted', { perCustomer: 0 }],
    ['nobody eligible', { eligible: () => false }],
  ])('plans nothing with %s: a normal answer', (_, options) => {
    const plan = planContacts({ email, call }, options);
    expect([plan.contacts, plan.value, plan.bound, plan.gap, plan.spend]).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes one customer, one action, one array, and leaves the input as it was', () => {
    expect(planContacts({ email: [3] }).value).toBe(3);
    const values = Float64Array.of(4, 9, 3, 7);
    expect([...planContacts(values, { actions: ['email', 'call'], eligible: (i) => i === 0 }).chosen]).toEqual([1, -1]);
    expect([...values]).toEqual([4, 9, 3, 7]);
    expect(planContacts([4, 9, 3, 7], { actions: ['email', 'call'] }).value).toBe(16);
  });

  it('starts from the prices of an earlier plan, and stops when told to', () => {
    const random = createRandom(6);
    const values = Float64Array.from({ length: 6000 }, () => 10 * random.uniform() ** 3);
    const options: ContactOptions<'a' | 'b'> = { actions: ['a', 'b'], cost: { a: 1, b: 3 }, budget: 900, capacity: { a: 500 } };
    const cold = planContacts(values, options);
    const warm = planContacts(values, { ...options, budget: 880, start: JSON.parse(JSON.stringify(cold.prices)) as typeof cold.prices });
    const again = planContacts(values, { ...options, budget: 880 });
    expect(warm.bound / again.bound).toBeCloseTo(1, 6);
    const bounds: number[] = [];
    const stopped = planContacts(values, { ...options, onProgress: ({ objective }) => bounds.push(objective) < 2 });
    expect(bounds.length).toBe(2);
    expect(bounds[1]).toBeLessThanOrEqual(bounds[0]!);
    expect(stopped.convergence).toEqual({ converged: false, iterations: 2, gradientNorm: 0, reason: 'stopped by onProgress' });
    expect(stopped.spend).toBeLessThanOrEqual(900 * (1 + 1e-12));
    expect(stopped.bound).toBeGreaterThanOrEqual(cold.value);
  });

  it('keeps every limit, is worth at least the obvious greedy plan, and does not mind order or currency', () => {
    const instance = fc.record({ seed: fc.nat(), customers: fc.integer({ min: 1, max: 60 }), actions: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(instance, ({ seed, customers, actions: count }) => {
        const random = createRandom(seed);
        const names = ['a', 'b', 'c', 'd'].slice(0, count);
        const columns = Object.fromEntries(names.map((name) => [name, Array.from({ length: customers }, () => (random.uniform() < 0.1 ? NaN : 8 * random.uniform() - 1))]));
        const cost = Object.fromEntries(names.map((name) => [name, 3 * random.uniform()]));
        const budget = customers * random.uniform();
        const capacity = Object.fromEntries(names.map((name) => [name, random.integer(customers + 1)]));
        const options = { cost, budget, capacity, tolerance: 0 };
        const plan = planContacts(columns, options);
        for (const { action, contacts } of plan.perAction) expect(contacts).toBeLessThanOrEqual(capacity[action]!);
        expect(plan.spend).toBeLessThanOrEqual(budget * (1 + 1e-9));
        expect(plan.value).toBeLessThanOrEqual(plan.bound);
        expect(plan.value).toBeGreaterThanOrEqual(greedyValue(columns, names, customers, options) - 1e-9);
        const order = Array.from({ length: customers }, (_, i) => (i * 7 + 3) % customers).filter((i, at, all) => all.indexOf(i) === at);
        if (order.length < customers) return;
        const turned = planContacts(Object.fromEntries([...names].reverse().map((name) => [name, order.map((i) => columns[name]![i]!)])), options);
        expect(turned.bound).toBeGreaterThanOrEqual(plan.value - 1e-9);
        expect(Math.abs(turned.value - plan.value)).toBeLessThanOrEqual(Math.max(turned.bound - turned.value, plan.bound - plan.value) + 1e-9);
        const cents = planContacts(Object.fromEntries(names.map((name) => [name, columns[name]!.map((value) => 128 * value)])), { ...options, cost: Object.fromEntries(names.map((name) => [name, 128 * cost[name]!])), budget: 128 * budget });
        expect(cents.value).toBe(128 * plan.value);
        expect(cents.chosen).toEqual(plan.chosen);
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it.each<[string, () => unknown, string, RegExp]>([
    ['no values', () => planContacts(null as never), 'INVALID_INPUT', /value of each action for each customer/],
    ['no columns', () => planContacts({}), 'EMPTY_INPUT', /at least one action/],
    ['no customers', () => planContacts({ email: [] }), 'EMPTY_INPUT', /at least one customer, found none/],
    ['an array without names', () => planContacts([1, 2]), 'INVALID_OPTION', /names of the actions/],
    ['an array that does not divide', () => planContacts([1, 2, 3], { actions: ['a', 'b'] }), 'LENGTH_MISMATCH', /3 values in all/],
    ['an infinite value', () => planContacts({ email: [1, -Infinity] }), 'NON_FINITE_VALUE', /"email".*row 1; NaN says/],
    ['words for values', () => planContacts({ email: ['x' as never] }), 'INVALID_VALUE', /row 0/],
    ['columns of unequal length', () => planContacts<'email' | 'call'>({ email: [1], call: [1, 2] }), 'LENGTH_MISMATCH', /2 of "call" and 1 of "email"/],
    ['a column that is no array', () => planContacts({ email: 3 as never }), 'INVALID_INPUT', /"email" as an array/],
    ['an action without column', () => planContacts({ email }, { actions: ['email', 'sms' as never] }), 'UNKNOWN_COLUMN', /"sms"; the columns are email/],
    ['the same name twice', () => planContacts([1, 2], { actions: ['a', 'a'] }), 'INVALID_OPTION', /"a" at position 1/],
    ['an unknown option', () => planContacts({ email }, { caps: {} } as never), 'INVALID_OPTION', /no option "caps"/],
    ['an unknown action', () => planContacts({ email }, { capacity: { emial: 3 } as never }), 'INVALID_OPTION', /no action "emial", named in capacity; the actions are email/],
    ['half a customer', () => planContacts({ email }, { capacity: { email: 2.5 } }), 'INVALID_OPTION', /capacity of "email" as a whole number.*2.5/],
    ['a capacity for all', () => planContacts({ email }, { capacity: 3 as never }), 'INVALID_OPTION', /capacity by action/],
    ['a negative cost', () => planContacts({ email }, { cost: { email: -1 }, budget: 3 }), 'INVALID_OPTION', /cost of "email" finite and not negative, found -1/],
    ['costs of the wrong length', () => planContacts({ email }, { cost: { email: [1] }, budget: 3 }), 'LENGTH_MISMATCH', /each of the 4 customers, found 1/],
    ['a negative budget', () => planContacts({ email }, { cost: 1, budget: -1 }), 'INVALID_OPTION', /budget that is not negative/],
    ['a budget that is not a number', () => planContacts({ email }, { cost: 1, budget: NaN }), 'INVALID_OPTION', /found NaN/],
    ['a budget without costs', () => planContacts({ email }, { budget: 5 }), 'INVALID_OPTION', /needs the cost of a contact/],
    ['half an action each', () => planContacts({ email }, { perCustomer: 0.5 }), 'INVALID_OPTION', /perCustomer as a whole number/],
    ['rules for too few customers', () => planContacts({ email }, { perCustomer: [1] }), 'LENGTH_MISMATCH', /each of the 4 customers/],
    ['a negative rule', () => planContacts({ email }, { perCustomer: [1, 1, -1, 1] }), 'INVALID_OPTION', /-1 in row 2/],
    ['a pair of one', () => planContacts<'email' | 'call'>({ email, call }, { exclude: [['email', 'email']] }), 'INVALID_OPTION', /pairs of two different actions, found \[email, email\]/],
    ['no pairs', () => planContacts<'email' | 'call'>({ email, call }, { exclude: 'email' as never }), 'INVALID_OPTION', /pairs of two different actions/],
    ['eligibility that is no function', () => planContacts({ email }, { eligible: [true] as never }), 'INVALID_OPTION', /eligible as a function/],
    ['a control of 20', () => planContacts({ email }, { control: { share: 20 } }), 'INVALID_OPTION', /between 0 and 1, found 20/],
    ['a negative tolerance', () => planContacts({ email }, { tolerance: -1 }), 'INVALID_OPTION', /not negative/],
    ['a customer twice', () => planContacts({ email }, { customers: [1, 2, 1, 3] }), 'DUPLICATE_ID', /found 1 in rows 0 and 2/],
    ['too few customers', () => planContacts({ email }, { customers: [1] }), 'LENGTH_MISMATCH', /each of the 4 customers/],
    ['prices below 0', () => planContacts({ email }, { start: { budget: -1, capacity: {}, minimum: {} } }), 'INVALID_OPTION', /prices of an earlier plan/],
    ['a minimum above the capacity', () => planContacts({ email }, { capacity: { email: 1 }, minimum: { email: 2 } }), 'INVALID_OPTION', /within its capacity, found 2 and 1/],
    ['a minimum of more than may get it', () => planContacts({ call }, { minimum: { call: 4 } }), 'INVALID_OPTION', /minimum of call: 4 contacts asked for, but the customers who may get them allow 3/],
    ['minimums for the same few', () => planContacts({ email: [1, NaN], call: [1, NaN], mail: [1, 1] }, { minimum: { email: 1, call: 1, mail: 1 } }), 'INVALID_OPTION', /minimum of email and call: 2 contacts asked for.*allow 1/],
    ['minimums beyond the budget', () => planContacts({ email }, { cost: 2, budget: 5, minimum: { email: 3 } }), 'INVALID_OPTION', /within the budget: it takes at least 6, the budget is 5/],
    ['minimums that exclusions forbid', () => planContacts<'email' | 'call'>({ email: [1], call: [1] }, { perCustomer: 2, exclude: [['email', 'call']], minimum: { email: 1, call: 1 } }), 'INVALID_OPTION', /no plan that meets the minimum of email and call/],
  ])('says what is wrong with %s', (_, run, code, message) => {
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });
});

describe('contactFrontier', () => {
  it('rises and flattens with the budget, each point with its own certificate', () => {
    const random = createRandom(9);
    const values = { email: Float64Array.from({ length: 2000 }, () => 3 * random.uniform()), call: Float64Array.from({ length: 2000 }, () => 12 * random.uniform() ** 2) };
    const budgets = [100, 500, 1000, 1500, 1e9];
    const points = contactFrontier(values, { cost: { email: 0.1, call: 2 }, capacity: { call: 900 }, budgets });
    expect(points.map(({ budget }) => budget)).toEqual(budgets);
    for (const { gap, spend, budget, perAction, contacts } of points) {
      expect(gap).toBeLessThan(2e-4);
      expect(spend).toBeLessThanOrEqual(budget * (1 + 1e-12));
      expect(perAction.email + perAction.call).toBe(contacts);
    }
    for (let at = 1; at < points.length; at++) {
      const [before, after] = [points[at - 1]!, points[at]!];
      expect(after.value).toBeGreaterThan(before.value);
      expect(after.price).toBeLessThan(before.price);
      // Between two budgets the bound rises by no more than the price at the lower and no less than at the higher.
      const slope = (after.bound - before.bound) / (after.budget - before.budget);
      expect(slope).toBeLessThanOrEqual(before.price + 1e-6);
      expect(slope).toBeGreaterThanOrEqual(after.price - 1e-6);
    }
    expect(points[4]!.price).toBe(0);
    expect(points[4]!.value).toBe(planContacts(values, { capacity: { call: 900 } }).value);
  });

  it('needs budgets, and amounts among them', () => {
    expect(() => contactFrontier({ email }, { cost: 1, budgets: [] })).toThrow(/budgets as an array of at least one amount/);
    expect(() => contactFrontier({ email }, { cost: 1, budgets: [1, -1] })).toThrow(/contactFrontier needs a budget that is not negative, found -1/);
    expect(errorCode(() => contactFrontier({ email }, { cost: 1, budget: 3, budgets: [1] } as never))).toBe('INVALID_OPTION');
  });
});

/** Down the list of all cells by value: whoever has nothing yet, while it fits. */
function greedyValue(columns: Record<string, number[]>, names: string[], customers: number, { cost, budget, capacity }: { cost: Record<string, number>; budget: number; capacity: Record<string, number> }): number {
  const cells = names.flatMap((name) => columns[name]!.map((value, i) => ({ name, i, value }))).filter(({ value }) => value > 0);
  cells.sort((a, b) => b.value - a.value);
  const left = { ...capacity };
  const free = new Array<boolean>(customers).fill(true);
  let [money, total] = [budget, 0];
  for (const { name, i, value } of cells) {
    if (!free[i] || left[name]! < 1 || cost[name]! > money) continue;
    free[i] = false;
    left[name]!--;
    money -= cost[name]!;
    total += value;
  }
  return total;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';
import type { BasketPlan } from '../../../src/propensity/basket/basketPlan.js';
import type { IdealBasketOptions } from '../../../src/propensity/basket/basketTypes.js';
import { idealBasket } from '../../../src/propensity/basket/idealBasket.js';
import { eligibility } from '../../../src/propensity/cells/eligibilityRules.js';
import type { PropensityCells } from '../../../src/propensity/cells/propensityCells.js';
import { errorCode } from '../../errorCode.js';
import { bruteForce } from '../../numeric/allocation/instances.js';

const cells: PropensityCells = {
  customers: ['ann', 'ben', 'cid'],
  products: ['card', 'fund', 'loan'],
  probability: Float64Array.of(0.5, 0.2, 0.1, 0.4, 0.1, 0.3, 0.1, 0.2, NaN),
};
const money = { margin: { card: 30, fund: 100, loan: 80 }, contactCost: 2 };
const namesOf = (plan: BasketPlan, customer: string | number): string[] => plan.basket(customer).map(({ product }) => product);

/** Many customers of a few products, with a cell in five not possible. */
function portfolio(random: Random, count: number, products: readonly string[]): PropensityCells {
  const probability = Float64Array.from({ length: count * products.length }, () => (random.uniform() < 0.2 ? NaN : 0.6 * random.uniform() ** 2));
  return { customers: Array.from({ length: count }, (_, i) => i), products, probability };
}

describe('idealBasket', () => {
  it('gives every customer what is worth its contact, the most valuable first', () => {
    const plan = idealBasket(cells, { ...money, price: { card: 50, fund: 1000, loan: 200 } });
    expect(cells.customers.map((customer) => namesOf(plan, customer))).toEqual([['fund', 'card', 'loan'], ['loan', 'card', 'fund'], ['fund', 'card']]);
    expect(plan.basket('ann')[0]).toEqual({ product: 'fund', probability: 0.2, margin: 20, contactCost: 2, value: 18 });
    expect([plan.offers, plan.spend, plan.gap, plan.width]).toEqual([8, 16, 0, 3]);
    expect(plan.perProduct[0]).toEqual({ product: 'card', offers: 3, sales: 1, revenue: 50, margin: 30, contactCost: 6, value: 24 });
    expect(plan.value).toBeCloseTo(24 + 44 + 28, 10);
    expect(plan.binding).toEqual([]);
    expect([...plan.chosen]).toEqual([1, 0, 2, 2, 0, 1, 1, 0, -1]);
    expect(plan.customersOf('loan')).toEqual(['ann', 'ben']);
  });

  it('keeps capacities, exclusive groups, the budget and the most per customer, and says what each kept out', () => {
    const plan = idealBasket(cells, { ...money, capacity: { fund: 1 }, exclusive: [['card', 'loan']] });
    expect(cells.customers.map((customer) => namesOf(plan, customer))).toEqual([['fund', 'card'], ['loan'], ['card']]);
    expect(plan.prices.capacity).toEqual({ fund: expect.closeTo(18, 5) as number });
    expect(plan.binding).toEqual(['capacity of fund']);
    expect(plan.whyNot('ann', 'fund')).toBeNull();
    expect(plan.whyNot('ben', 'card')).toBe('goes not together with loan, which is in the basket');
    expect(plan.whyNot('cid', 'fund')).toBe('capacity of fund is used by better cases (price 18.0)');
    expect(plan.whyNot('cid', 'loan')).toMatch(/^not eligible: has no probability/);

    const one = idealBasket(cells, { ...money, maxPerCustomer: [1, 0, 2] });
    expect(cells.customers.map((customer) => namesOf(one, customer))).toEqual([['fund'], [], ['fund', 'card']]);
    expect([...one.contactPrices]).toEqual([13, 22, 0]);
    expect(one.binding).toEqual(['maxPerCustomer']);
    expect(one.whyNot('ann', 'card')).toBe('basket is full');
    expect(one.whyNot('ben', 'card')).toBe('basket is full: it may hold nothing');

    const poor = idealBasket(cells, { ...money, contactCost: { card: 1, fund: 4, loan: 2 }, budget: 5, tolerance: 0 });
    expect(poor.spend).toBeLessThanOrEqual(5 + 1e-9);
    expect(poor.binding).toEqual(['budget']);
    expect(poor.whyNot('cid', 'fund')).toMatch(/^the budget is used by better cases \(price \d\.\d+ for each unit spent\)$/);
  });

  it('leaves out what is improbable, worthless or not eligible, and says so', () => {
    const holdings = Holdings.fromRows([{ who: 'ann', what: 'card' }, { who: 'ben', what: 'loan' }], { customer: 'who', product: 'what' });
    const may = eligibility(cells, { only: { loan: { who: [false, true, true], reason: 'is under 18' } } });
    const plan = idealBasket(cells, { margin: { card: 30, fund: 100, loan: -5 }, contactCost: { card: 3 }, holdings, requires: { fund: ['card'] }, eligibility: may, minProbability: { card: 0.2 } });
    expect(cells.customers.map((customer) => namesOf(plan, customer))).toEqual([['fund'], ['card'], []]);
    expect(plan.whyNot('ann', 'card')).toBe('not eligible: holds it already');
    expect(plan.whyNot('ann', 'loan')).toBe('not eligible: is under 18');
    expect(plan.whyNot('ben', 'loan')).toBe('not eligible: holds it already');
    expect(plan.whyNot('ben', 'fund')).toBe('not eligible: needs card first');
    expect(plan.whyNot('cid', 'card')).toBe('probability 0.100 is below minProbability 0.200');
    expect(idealBasket(cells, { margin: { card: 30, fund: 100, loan: -5000 } }).whyNot('ann', 'loan')).toBe('worth less than nothing (-500)');
    expect(idealBasket(cells, { margin: { card: 30, fund: 100, loan: -9997 } }).whyNot('ann', 'loan')).toBe('worth less than nothing (-1000)');
    expect(idealBasket(cells, { margin: 0 }).whyNot('ann', 'loan')).toBe('worth nothing');
    expect(idealBasket(cells, { ...money, minProbability: 0.3 }).offers).toBe(3);
  });

  it('has no price of one more contact where exclusive groups keep the next product out anyway', () => {
    const one = { customers: ['ann'], products: ['card', 'loan', 'fund'], probability: Float64Array.of(0.5, 0.5, NaN) };
    const options: IdealBasketOptions = { margin: { card: 26, loan: 20, fund: 1 }, exclusive: [['card', 'loan']], maxPerCustomer: 1 };
    const plan = idealBasket(one, options);
    expect([[...plan.contactPrices], plan.binding, plan.whyNot('ann', 'loan')]).toEqual([[0], [], 'goes not together with card, which is in the basket']);
    const more = idealBasket({ ...one, probability: Float64Array.of(0.5, 0.5, 0.5) }, { ...options, margin: { card: 26, loan: 20, fund: 10 } });
    expect([[...more.contactPrices], more.binding]).toEqual([[5], ['maxPerCustomer']]);
  });

  it('knows customers by text, and refuses to answer for one of two rows of the same', () => {
    const twice = (customers: (string | number)[]): BasketPlan => idealBasket({ customers, products: ['a'], probability: Float64Array.of(0.5, 0.1) }, { margin: 10 });
    expect(twice([7, 8]).basket('7')).toEqual(twice([7, 8]).basket(7));
    expect(twice(['A', 'A']).value).toBe(6);
    expect(() => twice(['A', 'A']).basket('A')).toThrow(expect.objectContaining({ code: 'DUPLICATE_ID', message: 'BasketPlan.basket needs one row a customer in the cells, found "A" in rows 0 and 1; keep one of them' }));
  });

  it('plans for one customer whose money is not known where there is no probability', () => {
    const plan = idealBasket({ customers: ['ann'], products: ['card', 'fund'], probability: Float64Array.of(0.5, NaN) }, { margin: () => 10, price: [30, NaN], contactCost: () => 1, budget: 3 });
    expect([plan.value, plan.spend, plan.perProduct[0]!.revenue, plan.perProduct[1]!.value]).toEqual([4, 1, 15, 0]);
  });

  it('sells a minimum even at a loss', () => {
    const plan = idealBasket(cells, { margin: { card: 30, fund: 1, loan: 1 }, contactCost: { fund: 2 }, minimum: { fund: 2 } });
    expect(plan.customersOf('fund')).toEqual(['ann', 'cid']);
    expect(plan.prices.minimum).toHaveProperty('fund');
    expect(plan.gap).toBe(0);
  });

  it.each<[string, IdealBasketOptions]>([
    ['no budget', { ...money, budget: 0 }],
    ['no capacity', { ...money, capacity: { card: 0, fund: 0, loan: 0 } }],
    ['nobody to be contacted', { ...money, maxPerCustomer: 0 }],
    ['nobody eligible', { ...money, eligibility: eligibility(cells, { blocked: { customers: cells.customers } }) }],
    ['nothing probable', { ...money, minProbability: 1 }],
    ['nothing worth its contact', { margin: 1, contactCost: 9 }],
  ])('plans nothing with %s: a normal answer', (_, options) => {
    const plan = idealBasket(cells, options);
    expect([plan.offers, plan.value, plan.bound, plan.gap, plan.spend]).toEqual([0, 0, 0, 0, 0]);
    expect(plan.basket('ann')).toEqual([]);
    expect(plan.whyNot('ann', 'card')).toBeTypeOf('string');
  });

  it('gives the same to whoever comes first among equals, and to the lowest column', () => {
    const equal: PropensityCells = { customers: [...'abcdefgh'], products: ['p', 'q'], probability: new Float64Array(16).fill(0.5) };
    const plan = idealBasket(equal, { margin: 10, capacity: { p: 3, q: 2 }, maxPerCustomer: 1 });
    expect(plan.customersOf('p')).toEqual(['a', 'b', 'c']);
    expect(plan.customersOf('q')).toEqual(['d', 'e']);
    expect(idealBasket(equal, { margin: 10, maxPerCustomer: 1 }).customersOf('p').length).toBe(8);
    // Alike in one product only.
    const half: PropensityCells = { ...equal, probability: equal.probability.map((p, at) => (at % 2 === 0 ? p : at / 100)) };
    expect(idealBasket(half, { margin: 10, capacity: { p: 3 } }).customersOf('p')).toEqual(['a', 'b', 'c']);
    expect(idealBasket(half, { margin: 10, contactCost: 1, budget: 4, minProbability: { q: 1 } }).customersOf('p')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is the best of all plans where they can all be tried', () => {
    const names = ['a', 'b', 'c'];
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = createRandom(seed);
        const tiny = portfolio(random, 1 + random.integer(5), names);
        const count = tiny.customers.length;
        const [margin, cost] = [names, names].map(() => names.map(() => 20 * random.uniform())) as [number[], number[]];
        const record = (numbers: readonly number[]): Record<string, number> => Object.fromEntries(names.map((name, k) => [name, numbers[k]!]));
        const capacity = names.map(() => random.integer(count + 1));
        const budget = 10 * count * random.uniform();
        const width = 1 + random.integer(3);
        const contact = cost.map((c) => c / 20);
        const plan = idealBasket(tiny, { margin: record(margin), contactCost: record(contact), capacity: record(capacity), budget, maxPerCustomer: width, exclusive: [['a', 'c']], tolerance: 0 });
        const best = bruteForce({
          count,
          actionCount: 3,
          values: tiny.probability.map((p, at) => p * margin[at % 3]! - contact[at % 3]!),
          costs: Float64Array.from(contact),
          most: Float64Array.from(capacity),
          least: new Float64Array(3),
          budget,
          width,
          widths: null,
          conflicts: Uint8Array.of(0, 0, 1, 0, 0, 0, 1, 0, 0),
        });
        expect(plan.value).toBeLessThanOrEqual(best + 1e-9);
        expect(plan.bound).toBeGreaterThanOrEqual(best - 1e-9);
        expect(plan.value).toBeGreaterThanOrEqual(best * (1 - plan.gap) - 1e-9);
        if (plan.gap === 0) expect(plan.value).toBeCloseTo(best, 8);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('keeps its limits and its word: items, figures and reasons agree; order and currency do not matter', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = createRandom(seed);
        const some = portfolio(random, 60, names);
        const own = random.uniform() < 0.5;
        const margin = Float64Array.from({ length: 300 }, () => 40 * random.uniform());
        const contactCost = Object.fromEntries(names.map((name) => [name, own ? Float64Array.from({ length: 60 }, () => random.uniform()) : random.uniform()]));
        const maxPerCustomer = Array.from({ length: 60 }, () => random.integer(4));
        const capacity = { a: random.integer(40), b: random.integer(40), d: 10 };
        const exclusive = [['a', 'b', 'e']];
        const options: IdealBasketOptions = { margin, contactCost, maxPerCustomer, capacity, exclusive, budget: 20, tolerance: 1e-6 };
        const plan = idealBasket(some, options);
        expect(idealBasket(some, options).chosen).toEqual(plan.chosen);
        expect(plan.spend).toBeLessThanOrEqual(20 * (1 + 1e-12));
        for (const { product, offers } of plan.perProduct) expect(offers).toBeLessThanOrEqual(capacity[product as 'a'] ?? 60);
        let value = 0;
        for (const customer of some.customers) {
          const items = plan.basket(customer);
          expect(items.length).toBeLessThanOrEqual(maxPerCustomer[customer as number]!);
          expect(items.filter(({ product }) => exclusive[0]!.includes(product)).length).toBeLessThanOrEqual(1);
          for (const name of names) expect(plan.whyNot(customer, name) === null).toBe(items.some(({ product }) => product === name));
          value += items.reduce((sum, item) => sum + item.value, 0);
        }
        expect(value).toBeCloseTo(plan.value, 8);
        expect(plan.perProduct.reduce((sum, product) => sum + product.value, 0)).toBeCloseTo(plan.value, 8);

        const turned = Array.from({ length: 60 }, (_, i) => (i * 7 + 3) % 60);
        const rows = <T>(given: ArrayLike<T>, width: number): T[] => turned.flatMap((i) => Array.from({ length: width }, (_, k) => given[i * width + k]!));
        const other = idealBasket(
          { customers: turned, products: names, probability: Float64Array.from(rows(some.probability, 5)) },
          { ...options, margin: rows(margin, 5), maxPerCustomer: rows(maxPerCustomer, 1), contactCost: Object.fromEntries(names.map((name) => [name, own ? rows(contactCost[name] as Float64Array, 1) : contactCost[name]!])) },
        );
        expect(Math.abs(other.value - plan.value)).toBeLessThanOrEqual(Math.max(other.bound - other.value, plan.bound - plan.value) + 1e-9);
        const cents = idealBasket(some, { ...options, margin: margin.map((m) => 128 * m), contactCost: Object.fromEntries(names.map((name) => [name, own ? (contactCost[name] as Float64Array).map((c) => 128 * c) : 128 * (contactCost[name] as number)])), budget: 128 * 20 });
        expect(cents.value).toBe(128 * plan.value);
        expect(cents.chosen).toEqual(plan.chosen);
      }),
      { seed: 20261122, numRuns: 6 },
    );
  });

  it('comes within a tenth of a percent where there are many customers, and starts from earlier prices', () => {
    const names = Array.from({ length: 8 }, (_, k) => `p${k}`);
    const many = portfolio(createRandom(3), 3000, names);
    const margin = Object.fromEntries(names.map((name, k) => [name, 20 * (k + 1)]));
    const options: IdealBasketOptions = { margin, contactCost: 1, budget: 2200, capacity: { p7: 200, p6: 300 }, exclusive: [['p7', 'p5']], maxPerCustomer: 3 };
    const cold = idealBasket(many, options);
    expect(cold.gap).toBeLessThan(1e-3);
    const warm = idealBasket(many, { ...options, budget: 2100, start: JSON.parse(JSON.stringify(cold.prices)) as typeof cold.prices });
    expect(warm.gap).toBeLessThan(1e-3);
    expect(warm.value).toBeLessThan(cold.bound);
    // What one more unit of budget adds, by the bounds just above and below.
    const more = idealBasket(many, { ...options, budget: 2202 });
    expect(more.bound - cold.bound).toBeLessThan(2 * cold.prices.budget * 1.2);
    const bounds: number[] = [];
    const stopped = idealBasket(many, { ...options, onProgress: ({ objective }) => bounds.push(objective) < 2 });
    expect(bounds.length).toBe(2);
    expect(stopped.convergence.reason).toBe('stopped by onProgress');
    expect(stopped.spend).toBeLessThanOrEqual(2200 * (1 + 1e-12));
  });

  it.each<[string, () => unknown, string, RegExp]>([
    ['no customers', () => idealBasket({ customers: [], products: ['a'], probability: new Float64Array(0) }, money), 'EMPTY_INPUT', /one customer and one product, found 0 and 1/],
    ['cells of the wrong length', () => idealBasket({ ...cells, probability: new Float64Array(8) }, money), 'LENGTH_MISMATCH', /3 x 3 cells, found 8/],
    ['no options', () => idealBasket(cells, undefined as never), 'INVALID_OPTION', /needs an object of margin/],
    ['an unknown option', () => idealBasket(cells, { ...money, caps: 1 } as never), 'INVALID_OPTION', /no option "caps"/],
    ['a margin that is not a number', () => idealBasket(cells, { margin: NaN }), 'INVALID_OPTION', /margin finite, found NaN of "card"/],
    ['an unknown product', () => idealBasket(cells, { ...money, capacity: { crad: 3 } }), 'INVALID_OPTION', /idealBasket knows no product "crad", named in capacity; the products are card, fund, loan/],
    ['a negative capacity', () => idealBasket(cells, { ...money, capacity: { card: -1 } }), 'INVALID_OPTION', /capacity of "card" as a whole number of customers, found -1/],
    ['a capacity for all', () => idealBasket(cells, { ...money, capacity: 3 as never }), 'INVALID_OPTION', /capacity by product, such as \{ card: 100 \}/],
    ['a budget without costs', () => idealBasket(cells, { margin: 1, budget: 3 }), 'INVALID_OPTION', /cost of a contact where there is a budget; give contactCost, one amount or one for each product/],
    ['half a product each', () => idealBasket(cells, { ...money, maxPerCustomer: 0.5 }), 'INVALID_OPTION', /maxPerCustomer as a whole number of products, found 0.5/],
    ['rules for too few customers', () => idealBasket(cells, { ...money, maxPerCustomer: [1] }), 'LENGTH_MISMATCH', /maxPerCustomer as one number or one for each of the 3 customers/],
    ['a product twice in a group', () => idealBasket(cells, { ...money, exclusive: [['card', 'card']] }), 'INVALID_OPTION', /groups of two or more different products, found \[card, card\]/],
    ['a group of one', () => idealBasket(cells, { ...money, exclusive: [['card']] }), 'INVALID_OPTION', /found \[card\]/],
    ['no groups', () => idealBasket(cells, { ...money, exclusive: ['card', 'fund'] as never }), 'INVALID_OPTION', /groups of two or more different products, found "card"/],
    ['a group that is none', () => idealBasket(cells, { ...money, exclusive: 'card' as never }), 'INVALID_OPTION', /found "card"/],
    ['an unknown product in a group', () => idealBasket(cells, { ...money, exclusive: [['card', 'x']] }), 'INVALID_OPTION', /no product "x", named in exclusive/],
    ['a probability of 5', () => idealBasket(cells, { ...money, minProbability: 5 }), 'INVALID_OPTION', /minProbability between 0 and 1, found 5/],
    ['a probability in words', () => idealBasket(cells, { ...money, minProbability: { card: 'x' as never } }), 'INVALID_OPTION', /minProbability of "card" between 0 and 1/],
    ['a negative tolerance', () => idealBasket(cells, { ...money, tolerance: -1 }), 'INVALID_OPTION', /tolerance that is not negative, found -1/],
    ['requirements without holdings', () => idealBasket(cells, { ...money, requires: { card: ['fund'] } }), 'INVALID_OPTION', /give holdings/],
    ['a minimum of more than may get it', () => idealBasket(cells, { ...money, minimum: { loan: 3 } }), 'INVALID_OPTION', /minimum of loan: 3 contacts asked for, but the customers who may get them allow 2/],
    ['an unknown customer', () => idealBasket(cells, money).basket('zoe'), 'UNKNOWN_ID', /BasketPlan.basket knows no customer "zoe"/],
    ['an unknown product asked for', () => idealBasket(cells, money).whyNot('ann', 'x'), 'UNKNOWN_ID', /no product "x"/],
    ['too many products', () => idealBasket({ customers: [1], products: Array.from({ length: 32_768 }, (_, j) => `p${j}`), probability: new Float64Array(32_768) }, { margin: 1 }), 'INVALID_INPUT', /at most 32767 products/],
  ])('says what is wrong with %s', (_, run, code, message) => {
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });
});

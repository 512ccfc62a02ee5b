import { describe, expect, it } from 'vitest';
import { contractRules } from '../../../examples/company/catalogue.mjs';
import { simulateCompany } from '../../../examples/company/index.mjs';
import { EventLog } from '../../../src/data/eventLog.js';
import { mermaidOf } from '../../../src/paths/graphs/mermaidOf.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { productDependencies } from '../../../src/paths/order/productDependencies.js';
import { productItineraries } from '../../../src/paths/order/productItineraries.js';
import { productOrder } from '../../../src/paths/order/productOrder.js';

const company = simulateCompany({ customers: 5000 });
const log = EventLog.fromRows(company.events, { customer: 'customerId', time: 'at', item: 'item' });
const left = company.events.filter(({ type }) => type === 'departure');
// Who left is observed until then: nobody signs afterwards.
const journeys = Journeys.fromLog(log, { observedUntil: { customers: left.map(({ customerId }) => customerId), values: Float64Array.from(left, ({ at }) => Date.parse(at)) } });
const items = contractRules.map(({ product }) => product);
const order = productOrder(journeys, { items, horizon: { days: 180 } });
const pairOf = (from: string, to: string) => order.pairs.find((pair) => pair.from === from && pair.to === to)!;

describe('productOrder on the simulated company', () => {
  it('finds what each contract requires, and nothing else', () => {
    expect(Object.fromEntries(order.products.map(({ product, requires }) => [product, requires]))).toEqual(Object.fromEntries(contractRules.map(({ product, requires }) => [product, requires])));
    const roleOf = Object.fromEntries(order.products.map(({ product, role }) => [product, role]));
    expect(roleOf).toMatchObject({ card: 'entry', mobile: 'entry', savings: 'dependent', credit: 'dependent', fibre: 'dependent', insurance: 'free', travel: 'free' });
    expect(order.products[0]!.opens).toEqual(['credit', 'savings']);
  });

  it('sees the wait before a contract may be signed', () => {
    for (const rule of contractRules) for (const required of rule.requires) expect(pairOf(required, rule.product).elapsedDays!.p10).toBeGreaterThan(rule.waitDays);
    expect(pairOf('card', 'credit').withinHorizon!.estimate).toBeLessThan(pairOf('card', 'savings').withinHorizon!.estimate);
  });

  it('recovers what speeds up and what slows down a contract', () => {
    for (const [from, to, factor] of [['energy', 'insurance', 4], ['savings', 'insurance', 2], ['card', 'travel', 3], ['card', 'energy', 1.5], ['savings', 'credit', 0.5]] as const) {
      const { rateRatio, rateQ } = pairOf(from, to);
      expect([rateRatio!.lower <= factor, factor <= rateRatio!.upper!], `${from} ${to} ${rateRatio!.estimate}`).toEqual([true, true]);
      expect(rateQ).toBeLessThan(0.001);
    }
    const slowed = pairOf('savings', 'credit');
    expect(slowed.given).toEqual(['card']);
    expect(slowed.rateRatio!.upper).toBeLessThan(1);
    expect(slowed.withinHorizon!.estimate).toBeLessThan(slowed.otherwise!);
    const raised = pairOf('energy', 'insurance');
    expect(raised.withinHorizon!.estimate).toBeGreaterThan(3 * raised.otherwise!);
    for (const [from, to] of [['travel', 'insurance'], ['insurance', 'fibre'], ['credit', 'savings'], ['energy', 'mobile']] as const) expect(pairOf(from, to).rateQ).toBeGreaterThan(0.05);
  });

  it('does not credit savings with what the card, which they require, does to travel', () => {
    const { given, rateRatio } = pairOf('savings', 'travel');
    expect(given).toEqual(['card']);
    expect(rateRatio!.lower).toBeLessThan(1);
    expect(rateRatio!.upper).toBeGreaterThan(1);
  });

  it('draws the same graph when the order was stored as JSON', () => {
    expect(productDependencies(JSON.parse(JSON.stringify(order)))).toEqual(productDependencies(order));
  });

  it('draws the dependencies without those that others imply', () => {
    const { graph, cycles } = productDependencies(order);
    const edges = graph.edges.map(({ from, to, kind }) => `${from} ${String(kind)} ${to}`);
    for (const edge of ['card requires savings', 'card requires credit', 'mobile requires fibre', 'energy raises insurance', 'card raises travel', 'savings lowers credit']) expect(edges).toContain(edge);
    expect(edges.some((edge) => edge.startsWith('card raises insurance'))).toBe(false);
    expect(cycles).toEqual([]);
    expect(mermaidOf(graph).split('\n')).toHaveLength(1 + order.products.length + edges.length + 1);
  });

  it('lists how customers begin', () => {
    const { itineraries, tree, customerCount } = productItineraries(journeys, { items });
    expect(tree[0]).toMatchObject({ products: ['card'], medianDays: null });
    const firsts = new Map<string, string>();
    for (const { customerId, since } of company.holdings) firsts.set(customerId, [since, firsts.get(customerId) ?? since].sort()[0]!);
    expect(tree[0]!.count).toBe(company.holdings.filter(({ product, customerId, since }) => product === 'card' && since === firsts.get(customerId)).length);
    expect(tree.reduce((sum, { count }) => sum + count, 0)).toBe(customerCount);
    expect(itineraries[0]!.steps.flat().every((item) => ['card', 'mobile'].includes(item))).toBe(true);
  });
});

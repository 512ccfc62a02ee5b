import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { productItineraries } from '../../../src/paths/order/productItineraries.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
type Row = readonly [customer: number, day: number, item: string];
const logOf = (rows: readonly Row[]): EventLog => EventLog.fromRows(rows.map(([id, day, what]) => ({ id, at: day * DAY, what })), { customer: 'id', time: 'at', item: 'what' });

const rows: Row[] = [
  [1, 0, 'card'], [1, 10, 'loan'], [1, 15, 'card'], [1, 20, 'travel'], [1, 30, 'fibre'],
  [2, 0, 'card'], [2, 30, 'loan'], [2, 40, 'travel'],
  [3, 0, 'card'], [3, 20, 'loan'],
  [4, 5, 'loan'], [4, 5, 'card'], [4, 9, 'travel'],
  [5, 0, 'visit'],
];
const options = { items: ['card', 'loan', 'travel', 'fibre'], minCount: 1 };

describe('productItineraries', () => {
  it('counts whole orders, with the median days from step to step', () => {
    const { customerCount, itineraries, covered } = productItineraries(logOf(rows), options);
    expect([customerCount, covered]).toEqual([4, 1]);
    expect(itineraries).toEqual([
      { steps: [['card'], ['loan'], ['travel']], count: 2, share: 0.5, medianDays: [20, 10] },
      { steps: [['card'], ['loan']], count: 1, share: 0.25, medianDays: [20] },
      { steps: [['card', 'loan'], ['travel']], count: 1, share: 0.25, medianDays: [4] },
    ]);
  });

  it('gives the tree of beginnings', () => {
    const { tree } = productItineraries(logOf(rows), options);
    expect(tree).toMatchObject([
      { products: ['card'], count: 3, share: 0.75, ended: 0, medianDays: null, next: [{ products: ['loan'], count: 3, ended: 1, medianDays: 20, next: [{ products: ['travel'], count: 2, ended: 2, medianDays: 10, next: [] }] }] },
      { products: ['card', 'loan'], count: 1, next: [{ products: ['travel'], medianDays: 4 }] },
    ]);
  });

  it('looks at so many steps, lists so many, and leaves out the rare', () => {
    expect(productItineraries(logOf(rows), { ...options, steps: 1 }).itineraries.map(({ steps, count }) => [steps, count])).toEqual([[[['card']], 3], [[['card', 'loan']], 1]]);
    expect(productItineraries(logOf(rows), { ...options, most: 1 })).toMatchObject({ covered: 0.5, itineraries: { length: 1 } });
    expect(productItineraries(logOf(rows), { ...options, minCount: 2 })).toMatchObject({ tree: { length: 1 }, itineraries: { length: 1 } });
    expect(productItineraries(logOf(rows), { items: ['fibre'] })).toEqual({ customerCount: 1, itineraries: [], tree: [], covered: 0 });
    expect(productItineraries(logOf(rows), { items: [] })).toEqual({ customerCount: 0, itineraries: [], tree: [], covered: 0 });
  });

  it('counts customers by their weights', () => {
    const weights = { customers: [1, 2, 3, 4], values: Float64Array.of(1, 3, 0, 0.5) };
    const { itineraries, customerCount } = productItineraries(Journeys.fromLog(logOf(rows), { weights }), options);
    expect(customerCount).toBe(4.5);
    expect(itineraries.map(({ count, medianDays }) => [count, medianDays])).toEqual([[4, [30, 10]]]);
  });

  it('agrees with listing the orders of random customers', () => {
    const random = createRandom(9);
    const many: Row[] = Array.from({ length: 400 }, () => [random.integer(90), random.integer(8), 'abc'[random.integer(3)]!]);
    const orders = new Map<string, number>();
    for (let id = 0; id < 90; id++) {
      const first = new Map<string, number>();
      for (const [who, day, what] of many) if (who === id) first.set(what, Math.min(day, first.get(what) ?? Infinity));
      const order = [...new Set(first.values())].sort((a, b) => a - b).map((day) => [...first].filter(([, at]) => at === day).map(([what]) => what).sort().join('+'));
      if (order.length > 0) orders.set(order.join(' '), (orders.get(order.join(' ')) ?? 0) + 1);
    }
    const { itineraries } = productItineraries(logOf(many), { minCount: 1, most: 1000 });
    expect(new Map(itineraries.map(({ steps, count }) => [steps.map((step) => step.join('+')).join(' '), count]))).toEqual(orders);
  });

  it('refuses what it cannot use', () => {
    expect(errorCode(() => productItineraries(logOf(rows), { steps: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => productItineraries(logOf(rows), { most: -1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => productItineraries(logOf(rows), { items: ['cart'] }))).toBe('UNKNOWN_ID');
    expect(errorCode(() => productItineraries(Journeys.fromLists([['a']])))).toBe('INVALID_INPUT');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { productOrder } from '../../../src/paths/order/productOrder.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

type Row = readonly [customer: number, day: number, item: string];

const logOf = (rows: readonly Row[]): EventLog => EventLog.fromRows(rows.map(([id, day, what]) => ({ id, at: START + day * DAY, what })), { customer: 'id', time: 'at', item: 'what' });

const pairOf = (order: ReturnType<typeof productOrder>, from: string, to: string) => order.pairs.find((pair) => pair.from === from && pair.to === to)!;

// Four customers; `visit` tells since when each is known, observation ends on day 100 with the visit of customer 4.
const rows: Row[] = [
  [1, 0, 'visit'], [1, 10, 'card'], [1, 30, 'loan'], [1, 40, 'card'],
  [2, 0, 'visit'], [2, 20, 'card'], [2, 80, 'loan'],
  [3, 0, 'loan'], [3, 50, 'card'],
  [4, 0, 'visit'], [4, 40, 'card'], [4, 40, 'travel'], [4, 100, 'visit'],
];
const options = { items: ['card', 'loan', 'travel'], minCount: 1, horizon: { days: 40 } };

describe('productOrder', () => {
  it('gives the figures of an example that can be checked by hand', () => {
    const order = productOrder(logOf(rows), options);
    expect(order).toMatchObject({ customerCount: 4, leftOut: 0, horizonDays: 40 });
    expect(order.products.map(({ product, customers, share, first, meanPosition, medianPosition }) => [product, customers, share, first, meanPosition, medianPosition])).toEqual([
      ['card', 4, 1, 2.5, 1.25, 1],
      ['loan', 3, 0.75, 1, 5 / 3, 2],
      ['travel', 1, 0.25, 0.5, 1, 1],
    ]);
    expect(order.products[0]!.firstShare!.estimate).toBeCloseTo(2.5 / 4, 12);
    expect(order.products[0]!.firstByChance).toBeCloseTo(1 / 2, 12);
    const pair = pairOf(order, 'card', 'loan');
    expect(pair).toMatchObject({ both: 3, before: 2, sameMoment: 0, orderP: 1, waiting: 1, given: [], prerequisite: false });
    expect(pair.beforeShare!.estimate).toBeCloseTo(2 / 3, 12);
    // Wilson's interval of 2 in 3.
    expect(pair.beforeShare!.lower).toBeCloseTo(0.207655, 5);
    expect(pair.beforeShare!.upper).toBeCloseTo(0.938508, 5);
    expect(pair.elapsedDays).toEqual({ p10: 20, p25: 20, median: 20, p75: 60, p90: 60 });
    // At risk 3 at day 20 (two went on later, customer 4 is observed 60 days), 2 at day 60: 2/3, then 1/3.
    expect(pair.medianDays).toBe(60);
    expect(pair.withinHorizon!.estimate).toBeCloseTo(1 / 3, 12);
    // With the card: 20 + 60 + 61 days (all of day 100 is known); without: 10 + 20 + 40, and customer 3 entered with the loan.
    expect(pair).toMatchObject({ eventsAfter: 2, eventsWithout: 0, daysAfter: 141, daysWithout: 70 });
    expect(pair.earlierShare!.estimate).toBeCloseTo(2 / 3, 12);
  });

  it('reads a pair the other way round as the complement', () => {
    const pair = pairOf(productOrder(logOf(rows), options), 'loan', 'card');
    expect(pair).toMatchObject({ both: 3, before: 1, orderP: 1, waiting: 0, medianDays: 50, eventsAfter: 1, eventsWithout: 3, daysAfter: 50, daysWithout: 70 });
  });

  it('takes what came at one moment as no order, and neither as with nor as without', () => {
    const pair = pairOf(productOrder(logOf(rows), options), 'card', 'travel');
    expect(pair).toMatchObject({ both: 1, before: 0, sameMoment: 1, beforeShare: null, orderP: 1, elapsedDays: null, medianDays: null, eventsAfter: 0, eventsWithout: 0, earlierShare: null });
    expect(pair.rateRatio).toBeNull();
  });

  it('knows since when a customer is at risk from the other events, which a log cut by where() has lost', () => {
    const cut = productOrder(logOf(rows).where({ items: options.items }), { ...options, items: ['card', 'loan'] });
    expect(pairOf(cut, 'card', 'loan')).toMatchObject({ before: 2, eventsAfter: 2, daysWithout: 0, rateRatio: null });
  });

  it('agrees with counting naively in thousands of small logs, weights and ends of observation included', () => {
    const random = createRandom(20261122);
    for (let run = 0; run < 1200; run++) {
      const small: Row[] = [];
      const customers = 1 + random.integer(6);
      for (let id = 0; id < customers; id++) for (let e = 1 + random.integer(6); e > 0; e--) small.push([id, random.integer(12), 'abcdx'[random.integer(5)]!]);
      const log = logOf(small);
      const values = Float64Array.from(log.customers, () => START + random.integer(16) * DAY);
      const weights = Float64Array.from(log.customers, () => (run % 2 === 0 ? 1 : random.integer(4) / 2));
      const journeys = Journeys.fromLog(log, { observedUntil: { customers: log.customers, values }, ...(run % 2 === 0 ? {} : { weights: { customers: log.customers, values: weights } }) });
      const order = productOrder(journeys, { items: log.itemLevels.filter((item) => item !== 'x'), minCount: 1, horizon: { days: 4 } });
      for (const pair of order.pairs) expectNaive(pair, naivePair(log, values, weights, pair.from, pair.to, 4));
    }
  });

  it('is the same for rows in any order, and for a log and its journeys', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 30 }), fc.constantFrom('a', 'b', 'c')), { minLength: 1, maxLength: 30 }), fc.integer(), (some, seed) => {
        const mixed = [...some];
        const places = Uint32Array.from(mixed.keys());
        shuffle(places, createRandom(seed >>> 0));
        const expected = productOrder(logOf(some), { minCount: 1 });
        expect(productOrder(logOf([...places].map((place) => mixed[place]!)), { minCount: 1 })).toEqual(expected);
        expect(productOrder(Journeys.fromLog(logOf(some)), { minCount: 1 })).toEqual(expected);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('finds a requirement among many, not for being common, and an entry product', () => {
    const many: Row[] = [];
    const random = createRandom(11);
    for (let id = 0; id < 400; id++) {
      many.push([id, 0, 'visit'], [id, 1000, 'visit']);
      // Everybody has news from the second day on; the account needs the card.
      many.push([id, 1, 'news']);
      const card = 20 + random.integer(500);
      if (random.uniform() < 0.6) {
        many.push([id, card, 'card']);
        if (random.uniform() < 0.7) many.push([id, card + 10 + random.integer(300), 'account']);
      }
      if (random.uniform() < 0.5) many.push([id, 100 + random.integer(800), 'travel']);
    }
    const order = productOrder(logOf(many), { items: ['news', 'card', 'account', 'travel'] });
    const roles = Object.fromEntries(order.products.map(({ product, role, requires, opens }) => [product, [role, requires, opens]]));
    expect(roles).toEqual({ news: ['entry', [], []], card: ['prerequisite', [], ['account']], account: ['dependent', ['card'], []], travel: ['free', [], []] });
    const news = pairOf(order, 'news', 'account');
    expect(news.earlierShare!.estimate).toBe(1);
    expect(news.earlierByChance).toBeCloseTo(1, 10);
    expect(news.given).toEqual(['card']);
    const card = pairOf(order, 'card', 'account');
    expect(card).toMatchObject({ prerequisite: true, eventsWithout: 0, otherwise: 0, given: [] });
    expect(card.rateRatio).toMatchObject({ estimate: null, upper: null });
    expect(card.rateRatio!.lower).toBeGreaterThan(5);
    expect(card.earlierByChance).toBeLessThan(0.6);
  });

  it('has no figure that JSON would lose, and knows what is common when the longest observed customer ends with it', () => {
    // Customer 1 gets `loan` on the very last day; nobody else is observed so long.
    const some: Row[] = [[1, 0, 'visit'], [1, 10, 'card'], [1, 64, 'loan'], [2, 34, 'visit'], [2, 40, 'card'], [2, 50, 'loan'], [3, 34, 'loan'], [3, 50, 'card'], [4, 34, 'card']];
    const log = logOf(some);
    const values = Float64Array.from(log.customers, () => START + 64 * DAY);
    for (const source of [log, Journeys.fromLog(log, { observedUntil: { customers: log.customers, values } })]) {
      const order = productOrder(source, { items: ['card', 'loan'], minCount: 1 });
      expect(JSON.parse(JSON.stringify(order))).toEqual(order);
      const pair = pairOf(order, 'card', 'loan');
      expect(pair.earlierByChance).toBeGreaterThan(0);
      expect(pair.earlierByChance).toBeLessThanOrEqual(1);
      expect(pair.rateRatio).toMatchObject({ estimate: null, upper: null });
    }
  });

  it('leaves open what would be otherwise where nobody was observed for the horizon', () => {
    const pair = pairOf(productOrder(logOf(rows), { ...options, horizon: { days: 80 } }), 'card', 'loan');
    expect(pair).toMatchObject({ withinHorizon: null, rateRatio: { estimate: null }, otherwise: null });
  });

  it('counts weights against minCount, for products and for pairs', () => {
    const log = logOf(rows);
    const weighted = (values: number[]): Journeys => Journeys.fromLog(log, { weights: { customers: [1, 2, 3, 4], values: Float64Array.from(values) } });
    const heavy = productOrder(weighted([1, 1, 1, 9]), { ...options, minCount: 5 });
    expect(heavy.products.map(({ product }) => product)).toEqual(['card', 'travel']);
    expect(heavy).toMatchObject({ leftOut: 0, pairs: [{ both: 9 }, { both: 9 }] });
    const light = productOrder(weighted([0.3, 0.3, 0.3, 0.3]), { ...options, minCount: 1 });
    expect(light.products.map(({ product }) => product)).toEqual(['card']);
    expect(productOrder(weighted([1, 2, 3, 2]), { ...options, minCount: 2 })).toMatchObject({ leftOut: 0, products: { length: 3 }, pairs: { length: 4 } });
    expect(productOrder(weighted([0.4, 0.3, 0.3, 0.1]), { ...options, minCount: 1 }).pairs).toHaveLength(2);
  });

  it('puts the median place halfway where it lies between two', () => {
    const two: Row[] = [[1, 0, 'a'], [2, 0, 'b'], [2, 5, 'a']];
    expect(productOrder(logOf(two), { minCount: 1 }).products.map(({ product, medianPosition }) => [product, medianPosition])).toEqual([['a', 1.5], ['b', 1]]);
  });

  it('compares within the requirements: as if observation began with them', () => {
    const random = createRandom(12);
    const all: Row[] = [];
    const since: Row[] = [];
    for (let id = 0; id < 300; id++) {
      const card = 10 + random.integer(200);
      const has = random.uniform() < 0.8;
      const savings = random.integer(600);
      const credit = card + 1 + random.integer(400);
      all.push([id, 0, 'visit'], [id, 700, 'visit'], [id, savings, 'savings']);
      if (!has) continue;
      all.push([id, card, 'card']);
      since.push([id, card, 'visit'], [id, 700, 'visit'], [id, Math.max(card, savings), 'savings']);
      if (random.uniform() < 0.7) for (const list of [all, since]) list.push([id, credit, 'credit']);
    }
    const given = pairOf(productOrder(logOf(all), { items: ['card', 'savings', 'credit'] }), 'savings', 'credit');
    const direct = pairOf(productOrder(logOf(since), { items: ['savings', 'credit'] }), 'savings', 'credit');
    expect(given.given).toEqual(['card']);
    for (const figure of ['eventsAfter', 'eventsWithout', 'daysAfter', 'daysWithout'] as const) expect(given[figure]).toBeCloseTo(direct[figure], 6);
    expect(Math.log(given.rateRatio!.estimate! / direct.rateRatio!.estimate!)).toBeCloseTo(0, 1);
  });

  it('stays silent where there is nothing to say', () => {
    expect(productOrder(logOf([[1, 0, 'a']]), { minCount: 1 })).toMatchObject({ pairs: [], leftOut: 0, products: [{ product: 'a', customers: 1, first: 1, firstShare: null, role: 'free' }] });
    expect(productOrder(logOf(rows), { minCount: 3 })).toMatchObject({ leftOut: 1, pairs: { length: 4 } });
    expect(productOrder(logOf([...rows, [1, 50, 'travel'], [4, 50, 'x'], [5, 0, 'travel']]), { ...options, minCount: 3 })).toMatchObject({ leftOut: 2, pairs: { length: 2 } });
    expect(productOrder(logOf(rows))).toMatchObject({ products: [], pairs: [], leftOut: 0 });
    expect(productOrder(logOf([[1, 0, 'a'], [1, 0, 'b']]), { minCount: 1 }).pairs).toMatchObject([{ sameMoment: 1, rateRatio: null }, { sameMoment: 1, rateRatio: null }]);
  });

  it('refuses what it cannot read', () => {
    const log = logOf(rows);
    expect(errorCode(() => productOrder(Journeys.fromLists([['a', 'b']])))).toBe('INVALID_INPUT');
    expect(errorCode(() => productOrder(undefined as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => productOrder(EventLog.fromRows([{ id: 1, at: 0 }], { customer: 'id', time: 'at' })))).toBe('INVALID_INPUT');
    expect(() => productOrder(log, { items: ['card', 'cart'] })).toThrow('productOrder found no item "cart"; it has card, loan, travel, visit');
    expect(errorCode(() => productOrder(log, { items: ['cart'] }))).toBe('UNKNOWN_ID');
    for (const horizon of [{ days: 0 }, { days: -1 }, { months: 2 }, { days: NaN }, {}, { days: '30' }, { days: -5, weeks: 1 }, { steps: 3 }]) expect(errorCode(() => productOrder(log, { horizon: horizon as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => productOrder(log, { minCount: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => productOrder(log, { confidence: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => productOrder(log, { item: [] } as never))).toBe('INVALID_OPTION');
  });
});

type Pair = ReturnType<typeof productOrder>['pairs'][number];

interface Naive {
  both: number;
  before: number;
  sameMoment: number;
  waiting: number;
  eventsAfter: number;
  eventsWithout: number;
  daysAfter: number;
  daysWithout: number;
  /** Who could go on: after how many days, whether they did, weight. */
  spells: [days: number, went: boolean, weight: number][];
  orderP: number;
}

/** The definitions, one customer after the other, in days. */
function naivePair(log: EventLog, until: Float64Array, weights: Float64Array, from: string, to: string, horizonDays: number): Naive & { horizonDays: number } {
  const found: Naive = { both: 0, before: 0, sameMoment: 0, waiting: 0, eventsAfter: 0, eventsWithout: 0, daysAfter: 0, daysWithout: 0, spells: [], orderP: 1 };
  log.customers.forEach((_, c) => {
    const weight = weights[c]!;
    const entry = log.times[log.offsets[c]!]!;
    const first = (item: string): number => {
      for (let e = log.offsets[c]!; e < log.offsets[c + 1]!; e++) if (log.times[e]! <= until[c]! && log.itemLevels[log.items![e]!] === item) return (log.times[e]! - entry) / DAY;
      return Infinity;
    };
    const [x, y, end] = [first(from), first(to), Math.max(0, (until[c]! - entry) / DAY)];
    if (x < Infinity && y < Infinity) {
      found.both += weight;
      if (x < y) found.before += weight;
      if (x === y) found.sameMoment += weight;
    }
    if (x < Infinity && y === Infinity) found.waiting += weight;
    if (x < y && x < Infinity) found.spells.push([Math.min(y, end) - x, y < Infinity, weight]);
    const left = Math.min(y, end);
    found.daysAfter += weight * Math.max(0, left - x);
    found.daysWithout += weight * Math.min(left, x);
    if (y < Infinity && y > 0 && x < y) found.eventsAfter += weight;
    if (y < Infinity && y > 0 && x > y) found.eventsWithout += weight;
  });
  const n = found.both - found.sameMoment;
  if (Number.isInteger(n) && n > 0) found.orderP = Math.min(1, 2 * tail(Math.max(found.before, n - found.before), n));
  return { ...found, horizonDays };
}

/** P(at least k heads in n). */
function tail(k: number, n: number): number {
  let sum = 0;
  for (let i = k; i <= n; i++) {
    let ways = 1;
    for (let j = 0; j < i; j++) ways = (ways * (n - j)) / (j + 1);
    sum += ways / 2 ** n;
  }
  return sum;
}

function expectNaive(pair: Pair, naive: Naive & { horizonDays: number }): void {
  const figures = ['both', 'before', 'sameMoment', 'waiting', 'eventsAfter', 'eventsWithout', 'daysAfter', 'daysWithout'] as const;
  const wrong = figures.filter((figure) => !(Math.abs(pair[figure] - naive[figure]) < 1e-6));
  if (wrong.length > 0) expect({ wrong, pair }).toEqual({ wrong: [], pair: naive });
  if (Number.isInteger(naive.before) && Number.isInteger(naive.both - naive.sameMoment)) expect(pair.orderP).toBeCloseTo(naive.orderP, 12);
  const spells = naive.spells.filter(([, , weight]) => weight > 0);
  let survival = 1;
  let median: number | null = null;
  let within = 0;
  for (const day of [...new Set(spells.filter(([, went]) => went).map(([days]) => days))].sort((a, b) => a - b)) {
    const sum = (keep: (spell: (typeof spells)[number]) => boolean): number => spells.filter(keep).reduce((total, [, , weight]) => total + weight, 0);
    survival *= 1 - sum(([days, went]) => went && days === day) / sum(([days]) => days >= day);
    if (survival <= 0.5 + 1e-12) median ??= day;
    if (day <= naive.horizonDays) within = 1 - survival;
  }
  if (pair.medianDays !== median) expect(pair.medianDays).toBe(median);
  const isFollowed = within > 1 - 1e-12 || spells.some(([days]) => days >= naive.horizonDays);
  if (isFollowed) expect(pair.withinHorizon!.estimate).toBeCloseTo(within, 9);
  else expect(pair.withinHorizon).toBeNull();
  const went = spells.filter(([, isThere]) => isThere).map(([days]) => days);
  if (went.length > 0) expect(pair.elapsedDays!.p10).toBe(Math.min(...went));
}

import { beforeAll, describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { eligibility } from '../../../src/propensity/cells/eligibilityRules.js';
import { fitPropensityMatrix } from '../../../src/propensity/matrix/fitPropensityMatrix.js';
import { PropensityMatrix } from '../../../src/propensity/matrix/propensityMatrix.js';
import { errorCode } from '../../errorCode.js';
import { simulatePortfolio } from '../simulatedPortfolio.js';

const roles = { customer: 'customer', product: 'product' } as const;
const world = simulatePortfolio({ customers: 3000, products: 6 });
const exists = { customers: world.customers, products: world.products };
const holdings = Holdings.fromRows(world.held, roles, exists);
const taken = Holdings.fromRows(world.taken, roles, exists);
const customers = { customer: world.customers, ...world.profile };
let matrix: PropensityMatrix;

beforeAll(() => {
  matrix = fitPropensityMatrix({ holdings, taken, customers, folds: 3 });
});

/** The log loss expected under the truth, against the least there is. */
function excess(probability: Float64Array): number {
  let [loss, least] = [0, 0];
  probability.forEach((p, at) => {
    const q = world.truth[at]!;
    if (Number.isNaN(q) || Number.isNaN(p)) return;
    loss -= q * Math.log(p) + (1 - q) * Math.log1p(-p);
    least -= q * Math.log(q) + (1 - q) * Math.log1p(-q);
  });
  return loss / least - 1;
}

describe('fitPropensityMatrix', () => {
  it('foretells better with profile and holdings than with either, and comes near the truth', () => {
    const losses = new Map(matrix.report.methods.map(({ method, logLoss }) => [method, logLoss]));
    for (const method of ['popularity', 'neighbours', 'ease', 'factors', 'profile'] as const) expect(losses.get('profile and holdings')!, method).toBeLessThan(losses.get(method)!);
    expect(excess(matrix.predict({ customers, holdings }).probability)).toBeLessThan(0.1);
    expect(matrix.report.question).toBe('takes');
    expect(matrix.report.leftOut.map(({ method }) => method)).toEqual(['holdings', 'boosted trees']);
  });

  it('promises as many takers as there were, product by product', () => {
    for (const { inTheLarge, status, positives } of matrix.report.certificates) {
      if (status !== 'refused') expect(Math.abs(inTheLarge.z), `${positives} takers`).toBeLessThan(3);
    }
    const { probability } = matrix.predict({ customers, holdings });
    world.products.forEach((product, j) => {
      const positives = world.taken.filter((row) => row.product === product).length;
      let sum = 0;
      for (let row = 0; row < world.customers.length; row++) sum += probability[row * world.products.length + j]! || 0;
      if (positives >= 30) expect(sum / positives, product).toBeGreaterThan(0.9);
      if (positives >= 30) expect(sum / positives, product).toBeLessThan(1.1);
    });
  });

  it('gives no probability where the product is held, and between 0 and 1 elsewhere', () => {
    const { probability, products, customers: ids } = matrix.predict({ customers, holdings });
    expect(ids).toEqual(world.customers);
    const refused = matrix.report.certificates.map(({ status }) => status === 'refused');
    probability.forEach((p, at) => {
      const column = at % products.length;
      if (refused[column] || holdings.holds(ids[Math.floor(at / products.length)]!, products[column]!)) expect(p).toBeNaN();
      else expect(p > 0 && p < 1).toBe(true);
    });
  });

  it('is the same when rows, customers and products come in another order', () => {
    const backwards = [...world.customers].reverse();
    const frame = Object.fromEntries(Object.entries(customers).map(([name, cells]) => [name, Array.from(cells as ArrayLike<unknown>).reverse()]));
    const { probability } = matrix.predict({ customers, holdings });
    const again = matrix.predict({ customers: frame, holdings: Holdings.fromRows([...world.held].reverse(), roles, exists) });
    expect(again.customers).toEqual(backwards);
    const P = world.products.length;
    for (const row of [0, 17, 2999]) expect(again.probability.slice((2999 - row) * P, (3000 - row) * P)).toEqual(probability.slice(row * P, (row + 1) * P));
    const twice = fitPropensityMatrix({ holdings, taken, customers, folds: 3, methods: ['neighbours', 'profile'] });
    expect(fitPropensityMatrix({ holdings, taken, customers, folds: 3, methods: ['profile', 'neighbours'] }).toJSON()).toEqual(twice.toJSON());
  });

  it('never lets a product foretell itself', () => {
    // Holding is the question: a product that nothing else goes with has its rate, whoever holds it.
    const rows = world.customers.flatMap((customer) => [{ customer, product: 'a' }, ...(customer % 2 ? [{ customer, product: 'b' }] : []), ...((customer * 7) % 5 === 0 ? [{ customer, product: 'c' }] : [])]);
    const lone = fitPropensityMatrix({ holdings: Holdings.fromRows(rows.filter(({ product }) => product !== 'a'), roles, { customers: world.customers }), folds: 3 });
    expect(lone.report.question).toBe('holds');
    const [b] = lone.predictRow({ held: [] });
    expect(b!.product).toBe('b');
    expect(b!.probability).toBeGreaterThan(0.45);
    expect(b!.probability).toBeLessThan(0.55);
    expect(lone.report.products.map(({ method }) => method)).toEqual(['popularity', 'popularity']);
    for (const { losses } of lone.report.products) for (const { method, logLoss } of losses) expect(logLoss, method).toBeGreaterThan(0.99 * losses[0]!.logLoss);
  });

  it('finds what was taken by the dates, in one window or several, and leaves out who was not there', () => {
    const since = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
    const rows = Array.from({ length: 600 }, (_, i) => [
      { customer: i, product: 'account', since: since(-30) },
      ...(i % 3 === 0 ? [{ customer: i, product: 'card', since: since((i * 13) % 90) }] : []),
    ]).flat();
    const dated = Holdings.fromRows(rows, { ...roles, since: 'since' });
    const people = Array.from({ length: 600 }, (_, i) => ({ customer: i, third: i % 3, joined: i < 300 ? '2020-01-01' : '2026-02-15' }));
    const options = { holdings: dated, horizon: { days: 45 }, observedUntil: '2026-04-01', folds: 3, methods: ['profile'] as const };
    const one = fitPropensityMatrix({ ...options, customers: people, exclude: ['joined'] });
    expect(one.report.windows).toEqual([{ from: '2026-02-15T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' }]);
    expect(one.horizon).toBe('45d');
    expect(one.report.products.find(({ product }) => product === 'card')!.positives).toBe(rows.filter(({ product, since: day }) => product === 'card' && day >= '2026-02-15').length);
    const two = fitPropensityMatrix({ ...options, customers: people, exclude: ['joined'], windows: 2 });
    expect(two.report.rows).toBe(1200);
    expect(two.report.products.find(({ product }) => product === 'card')!.positives).toBe(200);
    // Who joined on the day a window begins was not there before it.
    expect(fitPropensityMatrix({ ...options, customers: people, joined: 'joined', windows: 2 }).report.rows).toBe(600);
  });

  it('leaves out of a product who held it once: whether they took it again is not known', () => {
    const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
    const rows = Array.from({ length: 300 }, (_, i) => [
      { customer: i, product: 'account', since: day(-400), until: null },
      // A third had a card that ended, a third take one in the window; contracts end in the future.
      ...(i % 3 === 0 ? [{ customer: i, product: 'card', since: day(-300), until: day(-100) }] : i % 3 === 1 ? [{ customer: i, product: 'card', since: day(10 + (i % 80)), until: day(700) }] : []),
    ]).flat();
    const dated = Holdings.fromRows(rows, { ...roles, since: 'since', until: 'until' });
    const found = fitPropensityMatrix({ holdings: dated, horizon: { days: 90 }, folds: 3, methods: ['popularity'] });
    expect(found.report.windows[0]!.to).toBe('2026-04-01T00:00:00.000Z');
    const card = found.report.certificates.find(({ product }) => product === 'card')!;
    expect([card.rows, card.positives]).toEqual([200, 100]);
    expect(fitPropensityMatrix({ holdings: dated, folds: 3, methods: ['popularity'] }).report.warnings[0]).toMatch(/have ended and count as held/);
    const months = fitPropensityMatrix({ holdings: dated, horizon: { months: 1 }, observedUntil: '2026-03-31', folds: 3, methods: ['popularity'] });
    expect(months.report.windows[0]).toEqual({ from: '2026-02-28T00:00:00.000Z', to: '2026-03-31T00:00:00.000Z' });
  });

  it('takes a list of customers without a profile, names them as it learnt, and says its confidence', () => {
    const roster = world.customers.map((memberId) => ({ memberId, joinedAt: '2020-01-01' }));
    const plain = fitPropensityMatrix({ holdings, taken, customers: roster, customer: 'memberId', joined: 'joinedAt', folds: 3, methods: ['ease'], confidence: 0.5 });
    expect(plain.report.customers).toBe(3000);
    const profiled = { memberId: world.customers, ...world.profile, constant: world.customers.map(() => 'x') };
    const narrow = fitPropensityMatrix({ holdings, taken, customers: profiled, customer: 'memberId', folds: 3, methods: ['profile', 'boosted trees'], confidence: 0.5 });
    expect(narrow.report.leftOutColumns).toEqual([{ column: 'constant', reason: 'constant' }]);
    expect(narrow.predict({ customers: profiled }).customers[5]).toBe(world.customers[5]);
    const wide = fitPropensityMatrix({ holdings, taken, customers: profiled, customer: 'memberId', folds: 3, methods: ['profile'] });
    const row = { profile: { age: 30 } };
    const width = (matrixOf: PropensityMatrix): number => { const [first] = matrixOf.predictRow(row); return first!.interval.upper - first!.interval.lower; };
    expect(width(narrow)).toBeLessThan(width(wide));
  });

  it('refuses a product for too few takers among all, not among those judged', () => {
    const people = Array.from({ length: 4000 }, (_, i) => i);
    const many = Array.from({ length: 1200 }, (_, j) => `p${String(j).padStart(4, '0')}`);
    const rows = people.flatMap((customer) => [0, 1, 2].map((k) => ({ customer, product: many[(customer * 7 + k * 401) % 1200]! })));
    const found = fitPropensityMatrix({ holdings: Holdings.fromRows(rows, roles), folds: 2, methods: ['popularity'] });
    expect(found.report.judgedRows).toBeLessThan(3000);
    expect(found.report.certificates.filter(({ reason }) => reason.includes('at least')).map(({ reason }) => reason)).toEqual([]);
  });

  it('counts customers with holdings that are not among the customers, and dates after the window began', () => {
    const some = { customer: world.customers.slice(0, 500), age: world.profile.age.slice(0, 500) };
    const part = fitPropensityMatrix({ holdings, taken, customers: some, folds: 3, methods: ['profile'] });
    expect(part.report.customers).toBe(500);
    expect(part.report.warnings[0]).toMatch(/^\d+ customers with holdings are not among customers: they were left out$/);
  });

  it('refuses what it cannot learn from, saying what and how to mend it', () => {
    const fit = (options: object) => () => fitPropensityMatrix({ holdings, taken, customers, folds: 3, methods: ['profile'], ...options });
    const few = Holdings.fromRows(world.held.slice(0, 3), roles);
    const cases: readonly (readonly [() => unknown, string])[] = [
      [fit({ holdings: world.held }), 'INVALID_INPUT'],
      [fit({ taken: world.taken }), 'INVALID_INPUT'],
      [fit({ taken: undefined, horizon: { days: 9 } }), 'INVALID_INPUT'],
      [fit({ horizon: { dais: 9 } }), 'INVALID_OPTION'],
      [fit({ windows: 2 }), 'INVALID_OPTION'],
      [fit({ methods: ['guessing'] }), 'INVALID_OPTION'],
      [fit({ methods: [] }), 'INVALID_OPTION'],
      [fit({ methods: ['ease', 'stack'] }), 'INVALID_OPTION'],
      [fit({ confidence: 95 }), 'INVALID_OPTION'],
      [fit({ customers: undefined, features: ['age'] }), 'INVALID_OPTION'],
      [fit({ customers: undefined }), 'INVALID_OPTION'],
      [fit({ customer: 'nobody' }), 'UNKNOWN_COLUMN'],
      [fit({ features: ['aeg'] }), 'UNKNOWN_COLUMN'],
      [fit({ exclude: 'age' }), 'INVALID_OPTION'],
      [fit({ folds: 1 }), 'INVALID_OPTION'],
      [fit({ minPositives: 0 }), 'INVALID_OPTION'],
      [fit({ seeds: 1 }), 'INVALID_OPTION'],
      [fit({ customers: { ...customers, customer: world.customers.map(() => 1) } }), 'DUPLICATE_ID'],
      [fit({ customers: { ...customers, customer: world.customers.map((id) => (id === 7 ? null : id)) } }), 'MISSING_VALUE'],
      [fit({ customers: { age: world.profile.age } }), 'INVALID_OPTION'],
      [() => fitPropensityMatrix({ holdings: few }), 'EMPTY_INPUT'],
      [fit({ taken: Holdings.fromRows([] as { customer: number; product: string }[], roles, exists) }), 'TARGET_CLASSES'],
    ];
    cases.forEach(([run, code], i) => expect(errorCode(run), `case ${i}`).toBe(code));
  });

  it('mixes methods, boosted trees among them, where that foretells better, and gives the same from JSON', () => {
    const mixture = fitPropensityMatrix({ holdings, taken, customers, folds: 3, methods: ['ease', 'profile', 'boosted trees', 'stack'] });
    const used = new Set(mixture.report.products.map(({ method }) => method));
    expect(used.has('stack') || used.has('boosted trees')).toBe(true);
    const losses = new Map(mixture.report.methods.map(({ method, logLoss }) => [method, logLoss]));
    expect(losses.get('stack')!).toBeLessThan(losses.get('popularity')!);
    const { probability } = mixture.predict({ customers, holdings });
    expect(PropensityMatrix.fromJSON(JSON.parse(JSON.stringify(mixture))).predict({ customers, holdings }).probability).toEqual(probability);
    expect(excess(probability)).toBeLessThan(0.1);
    const row = { profile: { age: 50 }, held: [world.products[0]!] };
    expect(mixture.explain(row, world.products[3]!).length).toBeGreaterThan(0);
    expect(mixture.predictRow({ held: [] }).length).toBeGreaterThan(0);
  });

  it('ends with what is chosen so far when asked to', () => {
    const early = fitPropensityMatrix({ holdings, taken, customers, folds: 3, onProgress: ({ done }) => done < 2 });
    expect(early.report.stopped).toBe(true);
    expect(early.report.methods.map(({ method }) => method)).toEqual(['popularity', 'neighbours']);
    expect(early.predict({ customers, holdings }).uncertainty).toBeUndefined();
  });
});

describe('PropensityMatrix', () => {
  it('travels as JSON, and refuses other JSON', () => {
    const again = PropensityMatrix.fromJSON(JSON.parse(JSON.stringify(matrix)));
    expect(again.predict({ customers, holdings }).probability).toEqual(matrix.predict({ customers, holdings }).probability);
    expect(again.report).toEqual(matrix.report);
    expect(JSON.stringify(matrix)).not.toMatch(/"customers":\[/);
    expect(errorCode(() => PropensityMatrix.fromJSON({}))).toBe('MODEL_FORMAT');
    expect(errorCode(() => PropensityMatrix.fromJSON({ ...matrix.toJSON(), formatVersion: 2 }))).toBe('MODEL_VERSION');
  });

  it('gives the same block by block, row by row and all at once', () => {
    const all = matrix.predict({ customers, holdings });
    const P = all.products.length;
    let seen = 0;
    for (const { from, customers: ids, probability } of matrix.blocks({ customers, holdings }, { rows: 700 })) {
      expect(from).toBe(seen);
      seen += ids.length;
      expect(probability).toEqual(all.probability.slice(from * P, seen * P));
    }
    expect(seen).toBe(3000);
    for (const row of [3, 1234]) {
      const profile = Object.fromEntries(Object.entries(world.profile).map(([name, cells]) => [name, (cells as ArrayLike<unknown>)[row]]));
      const found = matrix.predictRow({ profile, held: holdings.productsOf(world.customers[row]!) });
      for (const { product, probability, interval } of found) {
        expect(probability).toBe(all.probability[row * P + all.products.indexOf(product)]!);
        expect(interval.lower <= probability && probability <= interval.upper).toBe(true);
      }
      expect(found.length).toBe(all.probability.slice(row * P, (row + 1) * P).filter((p) => !Number.isNaN(p)).length);
    }
  });

  it('finds the best products of each customer as a full sort does', () => {
    const all = matrix.predict({ customers, holdings });
    const margin = Object.fromEntries(world.products.map((product, j) => [product, 10 * (j + 1)]));
    const contactCost = Object.fromEntries(world.products.map((product) => [product, 0.5]));
    const may = eligibility({ customers: all.customers, products: all.products, only: { [world.products[2]!]: { may: (row: number) => row % 2 === 0, reason: 'even rows only' } } } as never);
    const P = all.products.length;
    const top = matrix.top({ customers, holdings }, { count: 3, margin, contactCost, blockSize: 999, minProbability: 0.01, eligibility: may });
    for (let row = 0; row < 3000; row += 7) {
      const wanted = all.products
        .map((product, j) => ({ j, p: all.probability[row * P + j]!, value: all.probability[row * P + j]! * margin[product]! - 0.5 }))
        .filter(({ j, p, value }) => p >= 0.01 && value > 0 && !(j === 2 && row % 2 === 1))
        .sort((a, b) => b.value - a.value || a.j - b.j)
        .slice(0, 3);
      expect([...top.columns.slice(row * 3, row * 3 + 3)].filter((column) => column >= 0)).toEqual(wanted.map(({ j }) => j));
      wanted.forEach(({ p, value }, k) => {
        expect(top.probability[row * 3 + k]).toBe(p);
        expect(top.value[row * 3 + k]).toBe(value);
      });
    }
    expect(matrix.top({ customers, holdings }).count).toBe(5);
    expect(matrix.top({ customers, holdings }, { contactCost: Object.fromEntries(world.products.map((product) => [product, 100])) }).columns.every((column) => column < 0)).toBe(true);
    for (const bad of [{ count: 0 }, { margin: { bus: 1 } }, { minProbability: 2 }, { margin: { [world.products[0]!]: NaN } }]) expect(errorCode(() => matrix.top({ customers, holdings }, bad as never))).toBe('INVALID_OPTION');
  });

  it('falls back step by step where less is known, and says so', () => {
    const profile = { age: 40, region: 'north' };
    const full = matrix.recommend({ profile, held: [world.products[0]!] });
    expect(full.trace[0]).toBe(`holds ${world.products[0]!}`);
    expect(full.trace[1]).toMatch(/^not known, and taken as missing: income/);
    const newcomer = matrix.recommend({ profile });
    expect(newcomer.trace[0]).toBe('what is held is not known: the profile alone decides');
    expect(newcomer.offers.every(({ method }) => method === 'profile')).toBe(true);
    const people = { customer: [1, 2], ...Object.fromEntries(Object.entries(world.profile).map(([name, cells]) => [name, Array.from(cells as ArrayLike<unknown>).slice(0, 2)])) };
    expect(matrix.predict({ customers: people }).probability.every((p) => !(p < 0))).toBe(true);
    const plain = fitPropensityMatrix({ holdings, taken, folds: 3, methods: ['ease'] });
    expect(plain.recommend({}).trace[0]).toBe('what is held is not known: the rate of each product among all decides');
    expect(plain.predict({ holdings }).customers).toEqual(world.customers);
  });

  it('fills the basket of one customer with the best that fit, which is the best of all baskets', () => {
    const [a, b, c] = world.products as [string, string, string];
    const margin = Object.fromEntries(world.products.map((product, j) => [product, 10 + j]));
    const options = { margin, contactCost: { [a]: 0.2 }, maxProducts: 2, exclusive: [[a, b]], requires: { [c]: [a] } };
    const { offers, basket, first, expectedMargin } = matrix.recommend({ profile: { age: 60 }, held: [] }, options);
    expect(offers.some(({ product }) => product === c)).toBe(false);
    let best = 0;
    for (const x of offers) {
      for (const y of offers) {
        if ([x.product, y.product].every((product) => [a, b].includes(product)) && x !== y) continue;
        best = Math.max(best, x === y ? x.expectedMargin : x.expectedMargin + y.expectedMargin);
      }
    }
    expect(expectedMargin).toBeCloseTo(best, 12);
    expect(first).toEqual(basket[0]);
    for (const bad of [{ exclusive: [[a], [a]] }, { exclusive: [['bus']] }, { maxProducts: 0 }, { exclusive: 'x' }, { requires: { bus: [] } }, { requires: { [a]: 'bus' } }, { minProbability: NaN }]) expect(errorCode(() => matrix.recommend({}, bad as never))).toBe('INVALID_OPTION');
  });

  it('says what moves a probability: factors above 1 speak for it, and leaving the thing out gives the probability without', () => {
    const P = world.products.length;
    const row = { profile: { age: 60, income: 3000 }, held: [world.products[0]!, world.products[1]!] };
    for (const product of world.products.slice(2)) {
      const found = matrix.predictRow(row).find((one) => one.product === product);
      if (found === undefined) continue;
      for (const { reason, factor, probabilityWithout } of matrix.explain(row, product)) {
        const odds = (p: number): number => p / (1 - p);
        expect(odds(found.probability) / odds(probabilityWithout), reason).toBeCloseTo(factor, 8);
        const without = row.held.find((name) => reason === `holds ${name}`);
        if (without !== undefined) expect(matrix.predictRow({ ...row, held: row.held.filter((name) => name !== without) }).find((one) => one.product === product)!.probability).toBeCloseTo(probabilityWithout, 10);
      }
    }
    expect(P).toBe(6);
    expect(errorCode(() => matrix.explain(row, 'bus'))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => matrix.predictRow({ held: ['bus'] }))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => matrix.predictRow({ held: 'bus' as never }))).toBe('INVALID_INPUT');
    expect(errorCode(() => matrix.predictRow({ profile: 5 as never }))).toBe('INVALID_INPUT');
    expect(errorCode(() => matrix.predict({}))).toBe('INVALID_INPUT');
    expect(errorCode(() => matrix.predict({ holdings }))).toBe('INVALID_INPUT');
  });
});

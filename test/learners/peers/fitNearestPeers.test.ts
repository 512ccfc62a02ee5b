import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitNearestPeers, type NearestPeersOptions } from '../../../src/learners/peers/fitNearestPeers.js';
import { NearestPeers } from '../../../src/learners/peers/nearestPeers.js';
import type { PeerMetric } from '../../../src/learners/peers/peersState.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

type Cells = Readonly<Record<string, number | string | boolean | null>>;

/** Distances by their definition, feature by feature, and the rows put in order by them: earlier rows first where equal. */
function peersByDefinition(training: readonly Cells[], query: Cells, metric: PeerMetric, features: readonly string[], weights: Readonly<Record<string, number>> = {}): { row: number; distance: number }[] {
  const scales = features.map((name) => {
    const known = training.map((row) => row[name]).filter((x) => typeof x === 'number');
    const mean = known.reduce((sum, x) => sum + x, 0) / known.length;
    const spread = metric === 'gower' ? Math.max(...known) - Math.min(...known) : Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length);
    return spread > 0 ? spread : 1;
  });
  const total = features.reduce((sum, name) => sum + (weights[name] ?? 1), 0);
  const distance = (peer: Cells): number => {
    let sum = 0;
    let known = 0;
    features.forEach((name, k) => {
      const [a, b] = [query[name] ?? null, peer[name] ?? null];
      if (a === null || b === null) return;
      const weight = weights[name] ?? 1;
      const difference = typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) / scales[k]! : a === b ? 0 : 1;
      known += weight;
      sum += weight * (metric === 'euclidean' ? difference ** 2 : difference);
    });
    if (known === 0) return Infinity;
    return metric === 'euclidean' ? Math.sqrt((sum * total) / known) : metric === 'gower' ? sum / known : (sum * total) / known;
  };
  return training.map((peer, row) => ({ row, distance: distance(peer) })).sort((a, b) => (a.distance === b.distance ? a.row - b.row : a.distance - b.distance));
}

const metrics = ['euclidean', 'manhattan', 'gower'] as const;

describe('fitNearestPeers', () => {
  it('finds by hand: Gower over a number, a category and a boolean', () => {
    const customers = [
      { age: 20, plan: 'basic', active: true },
      { age: 30, plan: 'gold', active: true },
      { age: 60, plan: 'gold', active: false },
    ];
    const { rows, distances, width } = fitNearestPeers(customers, { metric: 'gower', peers: 3 }).peersOf([{ age: 40, plan: 'gold', active: false }]);
    expect(width).toBe(3);
    expect(Array.from(rows)).toEqual([2, 1, 0]);
    // The range of age is 40.
    [(20 / 40 + 0 + 0) / 3, (10 / 40 + 0 + 1) / 3, (20 / 40 + 1 + 1) / 3].forEach((value, i) => expect(distances[i]).toBeCloseTo(value, 12));
  });

  it('leaves what is missing out of the comparison', () => {
    const customers = [
      { age: 20, plan: 'basic' },
      { age: null, plan: 'gold' },
      { age: 60, plan: null },
    ];
    const finder = fitNearestPeers(customers, { metric: 'gower', peers: 3 });
    expect(Array.from(finder.peersOf([{ age: 50, plan: 'gold' }]).distances)).toEqual([0, 0.25, 0.875].map((value) => expect.closeTo(value, 12)));
    const nothing = finder.peersOf([{ age: null, plan: null }]);
    expect(Array.from(nothing.rows)).toEqual([0, 1, 2]);
    expect(Array.from(nothing.distances)).toEqual([Infinity, Infinity, Infinity]);
    expect(finder.peersOfRow({ age: null, plan: 'silver' }).map(({ distance }) => distance)).toEqual([1, 1, Infinity]);
  });

  it('equals the definition over mixed rows with gaps, whatever the metric and the weights', () => {
    const cells = fc.record({
      age: fc.option(fc.integer({ min: 20, max: 24 })),
      spend: fc.option(fc.integer({ min: 0, max: 300 }).map((x) => x / 3)),
      plan: fc.option(fc.constantFrom('a', 'b', 'c')),
      active: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(cells, { minLength: 3, maxLength: 14 }), cells, fc.constantFrom(...metrics), fc.integer({ min: 0, max: 3 }), (training, query, metric, weight) => {
        const features = ['age', 'spend', 'plan', 'active'];
        // A column that is all missing tells nothing of its kind.
        fc.pre(features.every((name) => training.some((row) => row[name as 'age'] !== null)));
        const finder = fitNearestPeers(training, { metric, peers: 5, featureWeights: { plan: weight } });
        const expected = peersByDefinition(training, query, metric, features, { plan: weight }).slice(0, 5);
        const { distances, rows } = finder.peersOf([query]);
        expected.forEach(({ distance }, i) => (Number.isFinite(distance) ? expect(distances[i]).toBeCloseTo(distance, 9) : expect(distances[i]).toBe(Infinity)));
        for (let i = 1; i < rows.length; i++) expect(distances[i]! > distances[i - 1]! || (distances[i] === distances[i - 1] && rows[i]! > rows[i - 1]!)).toBe(true);
      }),
      { seed: 20261122, numRuns: 120 },
    );
  });

  it.each(metrics)('finds by the tree what comparing with all finds, ties by the order of rows (%s)', (metric) => {
    const random = createRandom(6);
    // Few different values: most distances tie, and many rows are doubles.
    const training = Array.from({ length: 600 }, (_, i) => ({ a: random.integer(4), b: random.integer(5), c: i % 3 === 0 ? random.normal() : 0 }));
    const queries = Array.from({ length: 40 }, () => ({ a: random.integer(5), b: random.uniform() * 5, c: random.normal() }));
    const finder = fitNearestPeers(training, { metric, peers: 25 });
    const together = finder.peersOf(queries);
    queries.forEach((query, i) => {
      // One query is not worth a tree: it is compared with all.
      const alone = finder.peersOf([query]);
      expect(Array.from(together.rows.subarray(i * 25, (i + 1) * 25))).toEqual(Array.from(alone.rows));
      expect(Array.from(together.distances.subarray(i * 25, (i + 1) * 25))).toEqual(Array.from(alone.distances));
      const expected = peersByDefinition(training, query, metric, ['a', 'b', 'c']).slice(0, 25);
      expected.forEach(({ distance }, place) => expect(alone.distances[place]).toBeCloseTo(distance, 9));
    });
  });

  it('takes all rows at one point, and more peers than there are rows', () => {
    const same = Array.from({ length: 300 }, () => ({ a: 1, b: 2 }));
    const { rows, distances } = fitNearestPeers(same, { peers: 5 }).peersOf(same.slice(0, 20));
    expect(Array.from(rows.subarray(95))).toEqual([0, 1, 2, 3, 4]);
    expect(distances.every((distance) => distance === 0)).toBe(true);
    expect(fitNearestPeers([{ a: 1 }, { a: 2 }]).peersOf([{ a: 0 }])).toMatchObject({ width: 2 });
  });

  it('leaves a training row out of its own peers: by its place, or by its customer', () => {
    const random = createRandom(9);
    const training = Array.from({ length: 400 }, (_, i) => ({ id: `c${i}`, household: `h${i >> 1}`, a: random.normal(), b: random.normal() }));
    const byPlace = fitNearestPeers(training, { features: ['a', 'b'], peers: 3 });
    const own = byPlace.peersOf(training, { leaveSelfOut: true });
    const withSelf = byPlace.peersOf(training, { peers: 4 });
    training.forEach((_, i) => {
      expect(withSelf.rows[4 * i]).toBe(i);
      expect(Array.from(own.rows.subarray(3 * i, 3 * i + 3))).toEqual(Array.from(withSelf.rows.subarray(4 * i + 1, 4 * i + 4)));
    });
    const some = training.slice(100, 120);
    const byCustomer = fitNearestPeers(training, { features: ['a', 'b'], peers: 3, customer: 'id' }).peersOf(some, { leaveSelfOut: true });
    expect(Array.from(byCustomer.rows)).toEqual(Array.from(own.rows.subarray(300, 360)));
    const byHousehold = fitNearestPeers(training, { features: ['a', 'b'], peers: 3, customer: 'household' }).peersOf(some, { leaveSelfOut: true });
    some.forEach((_, i) => byHousehold.rows.subarray(3 * i, 3 * i + 3).forEach((row) => expect(row >> 1).not.toBe((100 + i) >> 1)));
    expect(errorCode(() => byPlace.peersOf(some, { leaveSelfOut: true }))).toBe('LENGTH_MISMATCH');
  });

  it('has places without a peer where a customer has too few others', () => {
    const finder = fitNearestPeers([{ who: 1, a: 1, y: 5 }, { who: 1, a: 2, y: 6 }, { who: 2, a: 3, y: 7 }], { customer: 'who', target: 'y', peers: 2 });
    const { rows, distances } = finder.peersOf([{ who: 1, a: 1 }], { leaveSelfOut: true });
    expect(Array.from(rows)).toEqual([2, -1]);
    expect(distances[1]).toBe(Infinity);
    expect(finder.predictRow({ who: 1, a: 1 }, { leaveSelfOut: true })).toBe(7);
    expect(finder.peersOfRow({ who: 1, a: 1 }, { leaveSelfOut: true })).toEqual([{ row: 2, distance: expect.any(Number), customer: 2, target: 7 }]);
  });

  it('predicts the mean of the peers, or their quantile between two of them', () => {
    const training = [0, 1, 2, 3, 10].map((a) => ({ a, spend: 10 * a }));
    const finder = fitNearestPeers(training, { target: 'spend', peers: 4 });
    expect(finder.predictRow({ a: 0 })).toBe(15);
    expect(finder.predictRow({ a: 0 }, { quantile: 0.9 })).toBeCloseTo(27, 12);
    expect(Array.from(finder.predict([{ a: 9 }, { a: 0 }], { peers: 1 }))).toEqual([100, 0]);
    expect(() => fitNearestPeers([{ a: 1 }]).predict([{ a: 1 }])).toThrow('NearestPeers.predict needs a finder with a target, found none; name it in fitNearestPeers');
  });

  it('says what separates a row from a peer, the most first', () => {
    const training = [{ a: 0, b: 0, plan: 'x' }, { a: 4, b: 2, plan: 'y' }];
    const finder = fitNearestPeers(training, { metric: 'manhattan', featureWeights: { b: 2 } });
    // Standard deviations are 2 and 1.
    expect(finder.explain({ a: 4, b: null, plan: 'z' }, 0)).toEqual([
      { feature: 'a', value: 4, peerValue: 0, share: expect.closeTo(2 / 3, 12) },
      { feature: 'plan', value: 'z', peerValue: 'x', share: expect.closeTo(1 / 3, 12) },
      { feature: 'b', value: null, peerValue: 0, share: 0 },
    ]);
    expect(finder.explain({ a: 4, b: 2, plan: 'y' }, 1).map(({ share }) => share)).toEqual([0, 0, 0]);
    expect(errorCode(() => finder.explain(training[0]!, 2))).toBe('INVALID_OPTION');
  });

  it('weighs by name: a weight of 0 leaves the feature out', () => {
    const random = createRandom(2);
    const training = Array.from({ length: 50 }, () => ({ a: random.normal(), b: random.normal(), kind: random.integer(2) === 1 ? 'x' : 'y' }));
    const weighed = fitNearestPeers(training, { featureWeights: { b: 0, kind: 0 } }).peersOf(training);
    expect(weighed).toEqual(fitNearestPeers(training, { features: ['a'] }).peersOf(training));
  });

  it('travels as JSON with its rows', () => {
    const training = [{ id: 7, a: 1, plan: 'x' }, { id: 8, a: null, plan: null }, { id: 9, a: 3, plan: 'y' }];
    const finder = fitNearestPeers(training, { customer: 'id', metric: 'gower' });
    const back = NearestPeers.fromJSON(JSON.parse(JSON.stringify(finder)));
    expect(back.peersOfRow({ a: 2, plan: 'y' })).toEqual(finder.peersOfRow({ a: 2, plan: 'y' }));
    expect([back.customer, back.target, back.metric, back.rowCount, back.features]).toEqual(['id', null, 'gower', 3, ['a', 'plan']]);
  });

  it.each<[string, NearestPeersOptions, string, RegExp]>([
    ['no peers', { peers: 0 }, 'INVALID_OPTION', /peers as a whole number of at least 1/],
    ['another metric', { metric: 'cosine' as 'gower' }, 'INVALID_OPTION', /euclidean, manhattan, gower/],
    ['dates', { features: ['day'] }, 'COLUMN_KIND', /"day" of kind date; turn it into days/],
    ['a date as customer', { features: ['a'], customer: 'day' }, 'COLUMN_KIND', /as customer/],
    ['a customer that is missing', { features: ['a'], customer: 'gap' }, 'MISSING_VALUE', /column "gap", row 1/],
    ['an infinite number', { features: ['far'] }, 'NON_FINITE_VALUE', /"far", row 1/],
    ['a row without target', { features: ['a'], target: 'gap' }, 'MISSING_VALUE', /column "gap", row 1/],
    ['an infinite target', { features: ['a'], target: 'far' }, 'NON_FINITE_VALUE', /column "far", row 1/],
    ['the target as a feature', { features: ['a'], target: 'a' }, 'INVALID_OPTION', /it is the target/],
    ['a feature twice', { features: ['a', 'a'] }, 'DUPLICATE_COLUMN', /"a" twice/],
    ['no features', { features: [] }, 'EMPTY_INPUT', /at least one feature/],
    ['features as text', { features: 'a' as unknown as string[] }, 'INVALID_OPTION', /array of names/],
    ['a weight below 0', { features: ['a'], featureWeights: { a: -1 } }, 'INVALID_OPTION', /0 or more, found -1 for "a"/],
    ['no weight at all', { features: ['a'], featureWeights: { a: 0 } }, 'INVALID_OPTION', /some feature of a weight above 0/],
    ['a weight for no feature', { features: ['a'], featureWeights: { age: 1 } }, 'UNKNOWN_COLUMN', /"age"/],
    ['unknown options', { k: 3 } as NearestPeersOptions, 'INVALID_OPTION', /no option "k"/],
  ])('refuses %s', (_, options, code, message) => {
    const rows = [{ a: 1, day: new Date(0), gap: 1, far: 1 }, { a: 2, day: new Date(1), gap: null, far: Infinity }];
    const run = (): unknown => fitNearestPeers(rows as readonly object[], options);
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });

  it('refuses wrong numbers of peers and quantiles when asked, and a lone row left out', () => {
    const finder = fitNearestPeers([{ a: 1, y: 1 }], { target: 'y' });
    expect(errorCode(() => finder.peersOf([{ a: 1 }], { peers: 1.5 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => finder.predict([{ a: 1 }], { quantile: 2 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => finder.peersOf([{ a: 1 }], { leaveSelfOut: true }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => finder.peersOf([{ a: -Infinity }]))).toBe('NON_FINITE_VALUE');
  });
});

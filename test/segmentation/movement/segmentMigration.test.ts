import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homogeneityTest, oppositeFlowsP, symmetryTest } from '../../../src/segmentation/movement/movementTests.js';
import { segmentMigration } from '../../../src/segmentation/movement/segmentMigration.js';
import type { SegmentedCustomers } from '../../../src/segmentation/movement/segmentedCustomers.js';
import { errorCode } from '../../errorCode.js';

const june = { customers: ['ann', 'bob', 'cid', 'dan'], segment: [0, 0, 1, 1], names: ['loyal', 'new'], value: [100, 80, 20, 10] };
const july = { customers: ['ann', 'bob', 'cid', 'eve'], segment: [0, 1, 0, 2], segments: [{ name: 'loyal' }, { name: 'lost' }, { name: 'new' }], value: [110, 5, 60, 30] };

describe('segmentMigration', () => {
  it('counts by hand, segments matched by name', () => {
    const moved = segmentMigration(june, july);
    expect(moved).toMatchObject({
      segments: ['loyal', 'new', 'lost'],
      counts: [[1, 0, 1], [1, 0, 0], [0, 0, 0]],
      shares: [[0.5, 0, 0.5], [1, 0, 0], [0, 0, 0]],
      customers: 3,
      stayShare: 1 / 3,
      entries: [0, 1, 0],
      exits: [0, 1, 0],
    });
    expect(moved.flows).toEqual([
      { from: 'loyal', to: 'loyal', customers: 1, share: 0.5, back: 0, p: 1, q: 1, valueChange: 10 },
      { from: 'loyal', to: 'lost', customers: 1, share: 0.5, back: 0, p: 1, q: 1, valueChange: -75 },
      { from: 'new', to: 'loyal', customers: 1, share: 1, back: 0, p: 1, q: 1, valueChange: 40 },
    ]);
    // Loyal customers were worth 90 on average before, lost ones (seen only after) are worth 5.
    expect(moved.warnings).toEqual([{ ...moved.flows[1]!, valueAtStake: 85, text: '1 of 2 went from loyal to lost (50.0 %), 0 the other way: no more than coming and going' }]);
  });

  it('values flows by the segments where customers have no value at both moments, and not at all where nothing is known', () => {
    const { value: _, ...without } = july;
    expect(segmentMigration(june, without).flows.map(({ valueChange }) => valueChange)).toEqual([0, null, 75]);
    const { flows, warnings } = segmentMigration(june, july, { segmentValues: { loyal: 9, lost: 1, new: 2 } });
    expect(flows.map(({ valueChange }) => valueChange)).toEqual([10, -75, 40]);
    expect(warnings.map(({ valueAtStake }) => valueAtStake)).toEqual([8]);
    const bare = segmentMigration({ ...june, value: undefined } as never, without);
    expect([bare.warnings, bare.flows[0]!.valueChange]).toEqual([[], null]);
  });

  it('keeps those without a segment apart', () => {
    expect(segmentMigration({ customers: [1, 2], segment: [-1, 0] }, { customers: [1, 2], segment: [0, -1] })).toMatchObject({ segments: ['0', 'none'], counts: [[0, 1], [1, 0]] });
  });

  it('projects by hand: half of those in a go to b, all of b stay', () => {
    const before = { customers: ['a1', 'a2', 'b1'], segment: ['a', 'a', 'b'] };
    const after = { customers: ['a1', 'a2', 'b1', 'n1'], segment: ['a', 'b', 'b', 'a'] };
    const closed = segmentMigration(before, after, { steps: 2 });
    expect(closed.segments).toEqual(['a', 'b']);
    expect(closed.projection.customers).toEqual([[1, 3], [0.5, 3.5]]);
    expect(closed.projection.stationary[1]).toBeCloseTo(1, 12);
    // One enters a in every period: 2 / 2 + 1 = 2, 2 / 2 + 2 = 3.
    expect(segmentMigration(before, after, { steps: 2, entries: true }).projection.customers).toEqual([[2, 3], [2, 4]]);
    // Backwards one of two leaves from a, none enters; one of the two in b goes to a.
    expect(segmentMigration(after, before, { steps: 1, entries: true }).projection.customers).toEqual([[1.5, 0.5]]);
  });

  it('the stationary mix of customers who go round is their mean', () => {
    const { projection } = segmentMigration({ customers: [1, 2, 3], segment: [0, 0, 1] }, { customers: [1, 2, 3], segment: [1, 1, 0] });
    expect(projection.stationary).toEqual([0.5, 0.5]);
    expect(projection.customers[0]).toEqual([2, 1]);
  });

  const moment = (k: number): fc.Arbitrary<readonly (readonly [number, number, number])[]> =>
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: k - 1 }), fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 40, selector: ([id]) => id });
  const of = (rows: readonly (readonly [number, number, number])[], k: number): SegmentedCustomers => ({
    customers: rows.map(([id]) => `c${id}`),
    segment: rows.map(([, segment]) => segment),
    names: Array.from({ length: k }, (_, s) => `s${s}`),
    value: rows.map(([, , value]) => value),
  });

  it('shares add up, nobody is lost, projections keep the customers, and the stationary mix is a fixed point', () => {
    fc.assert(
      fc.property(moment(4), moment(4), (a, b) => {
        const found = segmentMigration(of(a, 4), of(b, 4), { steps: 3 });
        const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
        found.shares.forEach((row, s) => expect(sum(row)).toBeCloseTo(sum(found.counts[s]!) > 0 ? 1 : 0, 12));
        expect(sum(found.counts.flat()) + sum(found.exits)).toBe(a.length);
        expect(sum(found.counts.flat()) + sum(found.entries)).toBe(b.length);
        for (const step of found.projection.customers) expect(sum(step)).toBeCloseTo(b.length, 9);
        const { stationary } = found.projection;
        expect(sum(stationary)).toBeCloseTo(1, 12);
        stationary.forEach((share, s) => {
          const next = sum(stationary.map((from, i) => from * (sum(found.counts[i]!) > 0 ? found.shares[i]![s]! : Number(i === s))));
          expect(next).toBeCloseTo(share, 9);
        });
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('does not depend on the order of the customers, in either list', () => {
    fc.assert(
      fc.property(moment(3), moment(3), (a, b) => {
        const sorted = (rows: typeof a): typeof a => [...rows].sort(([x], [y]) => (`c${x}` < `c${y}` ? -1 : 1));
        const expected = segmentMigration(of(sorted(a), 3), of(sorted(b), 3));
        expect(segmentMigration(of(a, 3), of(b, 3))).toEqual(expected);
        expect(segmentMigration(of(sorted(a), 3), of([...b].reverse(), 3))).toEqual(expected);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('refuses what cannot be', () => {
    const call = (change: object, options: object = {}): (() => unknown) => () => segmentMigration({ ...june, ...change }, july, options);
    expect(call({ customers: ['ann', 'bob', 'ann', 'dan'] })).toThrow('segmentMigration needs every customer once, found "ann" again at 2');
    expect(errorCode(call({ customers: ['ann', 'bob', 'ann', 'dan'] }))).toBe('DUPLICATE_ID');
    expect(errorCode(() => segmentMigration(july, { ...june, customers: ['b', 'b', 'c', 'd'] }))).toBe('DUPLICATE_ID');
    expect(errorCode(call({ customers: ['ann', null, 'cid', 'dan'] }))).toBe('INVALID_VALUE');
    expect(errorCode(call({ customers: ['ann'] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(call({ customers: [], segment: [], value: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(call({ segment: [0, 1, 2.5, 0] }))).toBe('INVALID_VALUE');
    expect(errorCode(call({ value: [1, 2, 3] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(call({ value: [1, 2, NaN, 4] }))).toBe('NON_FINITE_VALUE');
    for (const options of [{ steps: -1 }, { segmentValues: { unknown: 1 } }, { segmentValues: { loyal: NaN } }, { stepps: 2 }]) expect(errorCode(call({}, options))).toBe('INVALID_OPTION');
  });
});

describe('tests of movement', () => {
  const counts = Float64Array.of(20, 10, 5, 3, 30, 15, 0, 5, 60);

  it('give the figures of statsmodels 0.14 (SquareTable) for a table of three', () => {
    expect(symmetryTest(counts, 3)).toMatchObject({ degreesOfFreedom: 3 });
    expect(symmetryTest(counts, 3).statistic).toBeCloseTo(13.76923076923077, 12);
    expect(symmetryTest(counts, 3).p).toBeCloseTo(0.003236706503235448, 12);
    expect(homogeneityTest(counts, 3)).toMatchObject({ degreesOfFreedom: 2 });
    expect(homogeneityTest(counts, 3).statistic).toBeCloseTo(13.76470588235294, 12);
    expect(homogeneityTest(counts, 3).p).toBeCloseTo(0.0010257277265580678, 12);
  });

  it('are McNemar\'s for two segments, and nothing where nobody moves', () => {
    const two = Float64Array.of(10, 9, 3, 20);
    expect(symmetryTest(two, 2).statistic).toBeCloseTo(36 / 12, 12);
    expect(homogeneityTest(two, 2).statistic).toBeCloseTo(36 / 12, 12);
    expect(symmetryTest(Float64Array.of(4, 0, 0, 5), 2)).toEqual({ statistic: 0, degreesOfFreedom: 0, p: 1 });
    expect(homogeneityTest(Float64Array.of(4, 0, 0, 5), 2)).toEqual({ statistic: 0, degreesOfFreedom: 0, p: 1 });
  });

  it('two groups of segments that exchange nobody have one degree of freedom each', () => {
    const apart = Float64Array.of(1, 8, 0, 0, 2, 1, 0, 0, 0, 0, 1, 7, 0, 0, 4, 1);
    expect(homogeneityTest(apart, 4).degreesOfFreedom).toBe(2);
    expect(homogeneityTest(apart, 4).statistic).toBeCloseTo(36 / 10 + 9 / 11, 12);
  });

  it('opposite flows are compared exactly: 9 against 1 of a fair coin, 22 / 1024', () => {
    expect(oppositeFlowsP(9, 1)).toBeCloseTo(22 / 1024, 14);
    expect(oppositeFlowsP(5, 5)).toBe(1);
    expect(oppositeFlowsP(0, 0)).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { describeSegments } from '../../../src/segmentation/profile/describeSegments.js';
import { profilePlot } from '../../../src/segmentation/profile/profilePlot.js';
import type { SegmentDescription } from '../../../src/segmentation/profile/segmentDescription.js';
import { learnScaling } from '../../../src/segmentation/space/learnScaling.js';
import { readTable } from '../../../src/data/table.js';
import { errorCode } from '../../errorCode.js';

/** Customers with columns of every kind, and segments 0, 1, 2 that depend on income and plan; a few are in none. */
const portfolio = (seed: number, n: number) => {
  const random = createRandom(seed);
  const rows = Array.from({ length: n }, (_, i) => {
    const segment = random.integer(3);
    return {
      id: `c${i}`,
      income: random.uniform() < 0.05 ? null : 20 + 20 * segment + 5 * random.normal(),
      spent: Math.exp(random.normal()),
      plan: ['basic', 'silver', 'gold'][random.uniform() < 0.7 ? segment : random.integer(3)]!,
      mail: random.uniform() < 0.2 + 0.3 * segment,
      since: new Date(Date.UTC(2020, 0, 1 + random.integer(900))),
      shoe: 36 + random.integer(10),
      segment,
    };
  });
  const labels = Int32Array.from(rows, ({ segment }, i) => (i % 17 === 0 ? -1 : segment));
  return { rows: rows.map(({ segment: _, ...row }) => row), labels, random };
};

/** What of a description does not name rows. */
const figures = ({ segments, ...rest }: SegmentDescription) => ({ ...rest, segments: segments.map(({ typical, ...card }) => ({ ...card, typical: typical.map(({ distance, customer }) => ({ distance, customer })) })) });

/** Sums of other orders differ in the last digits. */
const rounded = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, x: unknown) => (typeof x === 'number' ? Number(x.toPrecision(9)) : x)));

describe('describeSegments', () => {
  it('says how large and how valuable each segment is, and what it typically has (by hand)', () => {
    const data = { age: [20, 30, 40, 60, 70], paid: [1, 1, 2, 10, 6], plan: ['a', 'b', 'a', 'b', null] };
    const { segments, customers, unassigned } = describeSegments(data, [0, 0, 0, 1, -1], { value: 'paid' });
    expect({ customers, unassigned }).toEqual({ customers: 5, unassigned: 1 });
    expect(segments.map((card) => [card.segment, card.customers, card.share, card.value, card.valueShare, card.meanValue])).toEqual([[0, 3, 0.6, 4, 0.2, 4 / 3], [1, 1, 0.2, 10, 0.5, 10]]);
    const [age] = segments[0]!.numbers;
    // Mean of all 44, variance 344 (population); v = -14 / sqrt(2 / 4 * 344 / 3).
    expect(age).toMatchObject({ feature: 'age', known: 3, mean: 30, median: 30, lowerQuartile: 25, upperQuartile: 35 });
    expect(age!.z).toBeCloseTo(-14 / Math.sqrt(344), 12);
    expect(age!.index).toBeCloseTo(3000 / 44, 12);
    expect(age!.vTest).toBeCloseTo(-14 / Math.sqrt((0.5 * 344) / 3), 12);
    // The others are 60 and 70: pooled variance (200 + 50) / 3, difference -35.
    expect(age!.effectSize).toBeCloseTo(-35 / Math.sqrt(250 / 3), 12);
    expect(segments[0]!.categories).toEqual([{ feature: 'plan', levels: [{ level: 'a', share: 2 / 3, index: expect.closeTo(500 / 3, 9) as number }, { level: 'b', share: 1 / 3, index: expect.closeTo(250 / 3, 9) as number }] }]);
  });

  it('takes a missing category for a level, and missing numbers for nothing', () => {
    const { segments } = describeSegments({ x: [1, null, 3, 4], plan: ['a', null, 'a', 'a'] }, [0, 0, 1, 1]);
    expect(segments[0]!.categories[0]!.levels).toEqual([{ level: '(missing)', share: 0.5, index: 200 }, { level: 'a', share: 0.5, index: expect.closeTo(200 / 3, 9) as number }]);
    expect(segments[0]!.numbers[0]).toMatchObject({ known: 1, mean: 1 });
  });

  it('finds what the segments were made of, and names them by it', () => {
    const { rows, labels } = portfolio(1, 600);
    const { segments, features } = describeSegments(rows, labels, { customer: 'id' });
    expect(segments.map(({ name }) => name)).toEqual(['low income, plan basic', 'plan silver, income 37.99-45.56', 'high income, plan gold']);
    expect(features.slice(0, 3).map(({ feature }) => feature)).toEqual(['income', 'plan', 'mail']);
    expect(features.every(({ p, q }) => q >= p)).toBe(true);
    expect(segments[2]!.drivers[0]!.feature).toBe('income');
    for (const { drivers, traits, typical } of segments) {
      const strengths = [drivers, traits].map((found) => found.map(({ effectSize }) => Math.abs(effectSize)));
      strengths.forEach((list) => expect(list).toEqual([...list].sort((a, b) => b - a)));
      [...drivers, ...traits].forEach(({ q }) => expect(q).toBeLessThanOrEqual(0.05));
      traits.forEach(({ residual, direction }) => expect(Math.sign(residual)).toBe(direction === 'over' ? 1 : -1));
      expect(typical).toHaveLength(3);
      typical.forEach(({ row, customer }) => expect(customer).toBe(`c${row}`));
    }
  });

  it('rarely names anything where the segments are chance', () => {
    let marked = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { rows, random } = portfolio(seed, 120);
      const { segments } = describeSegments(rows, rows.map(() => random.integer(4)), { typical: 0 });
      if (segments.some(({ drivers }) => drivers.length > 0)) marked++;
      if (segments.some(({ traits }) => traits.length > 0)) marked++;
    }
    // Two families a run, each with a chance of 5 %: mean 10 of 200 at most.
    expect(marked).toBeLessThan(20);
  });

  it('does not depend on the order of the rows, and follows the numbers of the segments', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { rows, labels, random } = portfolio(seed, 80);
        const found = describeSegments(rows, labels, { customer: 'id', value: 'spent' });
        const order = rows.map((_, row) => ({ row, by: random.uniform() })).sort((a, b) => a.by - b.by).map(({ row }) => row);
        const moved = describeSegments(order.map((row) => rows[row]!), order.map((row) => labels[row]!), { customer: 'id', value: 'spent' });
        expect(rounded(figures(moved))).toEqual(rounded(figures(found)));
        const turned = describeSegments(rows, labels.map((label) => (label < 0 ? -1 : (label + 1) % 3)), { customer: 'id', value: 'spent' });
        turned.segments.forEach((card, segment) => {
          const same = found.segments[(segment + 2) % 3]!;
          expect(rounded({ ...card, segment: 0, name: '' })).toEqual(rounded({ ...same, segment: 0, name: '' }));
        });
      }),
      { seed: 20261122, numRuns: 15 },
    );
  });

  it('keeps its books: shares add up, and the means of the segments balance', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.double({ min: -100, max: 100, noNaN: true }), level: fc.constantFrom('a', 'b', null), label: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 60 }),
        (rows) => {
          const { segments, features } = describeSegments(rows.map(({ x, level }) => ({ x, level })), rows.map(({ label }) => label), { features: ['x', 'level'], value: rows.map(({ x }) => Math.abs(x) + 1) });
          const sum = (of: (card: (typeof segments)[number]) => number): number => segments.reduce((total, card) => total + (card.customers > 0 ? of(card) : 0), 0);
          expect(sum((card) => card.share)).toBeCloseTo(1, 9);
          expect(sum((card) => card.valueShare!)).toBeCloseTo(1, 9);
          const mean = rows.reduce((total, { x }) => total + x, 0) / rows.length;
          expect(sum((card) => card.customers * card.numbers[0]!.mean) / rows.length).toBeCloseTo(mean, 8);
          // v ~ distance * sqrt(n_g / (n - n_g)): weighted by sqrt(n_g (n - n_g)) they balance.
          expect(sum((card) => card.numbers[0]!.vTest * Math.sqrt(card.customers * (rows.length - card.customers)))).toBeCloseTo(0, 6);
          segments.filter((card) => card.customers > 0).forEach((card) => expect(card.categories[0]?.levels.reduce((total, { share }) => total + share, 0) ?? 1).toBeCloseTo(1, 9));
          features.forEach(({ strength, p }) => {
            expect(strength).toBeGreaterThanOrEqual(0);
            expect(strength).toBeLessThanOrEqual(1 + 1e-12);
            expect(p >= 0 && p <= 1).toBe(true);
          });
        },
      ),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('gives for two segments a chi-square of a number that is the v-test squared', () => {
    const { rows, labels } = portfolio(3, 90);
    const { segments, features } = describeSegments(rows, labels.map((label) => Number(label > 0)), { features: ['income'] });
    expect(features[0]!.chiSquare).toBeCloseTo(segments[0]!.numbers[0]!.vTest ** 2, 9);
    expect(features[0]!.p).toBeCloseTo(segments[0]!.numbers[0]!.p, 12);
  });

  it('takes the customers nearest the centre for typical, by the scale that is given', () => {
    const data = { x: [0, 1, 2, 3, 10, 100], y: [5, 5, 5, 5, 5, 5], plan: ['a', 'a', 'b', 'a', 'a', 'b'] };
    const { segments } = describeSegments(data, [0, 0, 0, 0, 0, 1], { typical: 2, scaling: 'none', features: ['x', 'y'] });
    // The mean is 3.2.
    expect(segments[0]!.typical).toEqual([{ row: 3, customer: null, distance: expect.closeTo(0.2, 12) as number }, { row: 2, customer: null, distance: expect.closeTo(1.2, 12) as number }]);
    expect(segments[1]!.typical.map(({ row }) => row)).toEqual([5]);
    const scaling = learnScaling('test', readTable('test', data), ['x'], 'none');
    const mixed = describeSegments(data, [0, 0, 0, 0, 0, 1], { typical: 1, scaling }).segments[0]!.typical;
    // Of the plan a has 0.8.
    expect(mixed).toEqual([{ row: 3, customer: null, distance: expect.closeTo(Math.sqrt(0.04 + 0.2), 12) as number }]);
    expect(describeSegments(data, [0, 0, 0, 0, 0, 1], { typical: 0 }).segments[0]!.typical).toEqual([]);
    // What is not known counts as one standard deviation away.
    const gaps = describeSegments({ x: [null, 0, 10] }, [0, 0, 0], { typical: 3, scaling: 'none' }).segments[0]!.typical;
    expect(gaps.map(({ row, distance }) => [row, distance])).toEqual([[0, 1], [1, 5], [2, 5]]);
  });

  it('takes weight 2 for the row twice, and weight 0 for none', () => {
    const { rows, labels, random } = portfolio(5, 150);
    const weights = rows.map(() => random.integer(3));
    const repeated = weights.flatMap((weight, row) => new Array<number>(weight).fill(row));
    const weighted = describeSegments(rows, labels, { weights, value: 'spent', customer: 'id', typical: 1 });
    const twice = describeSegments(repeated.map((row) => rows[row]!), repeated.map((row) => labels[row]!), { value: 'spent', customer: 'id', typical: 1 });
    expect(rounded(figures(weighted))).toEqual(rounded(figures(twice)));
    const typical = describeSegments(rows, labels, { weights, typical: 5 }).segments[0]!.typical.map(({ row }) => row);
    expect(new Set(typical).size).toBe(5);
  });

  it('gives the same for rows, columns and a frame, and leaves them alone', () => {
    const { rows, labels } = portfolio(7, 60);
    rows.forEach((row) => Object.freeze(row));
    const frame = Frame.fromRows(rows);
    const columns = Object.fromEntries(frame.names.map((name) => [name, rows.map((row) => row[name])]));
    const features = ['income', 'plan', 'mail', 'since'] as const;
    const found = describeSegments(Object.freeze(rows), labels, { features });
    expect(describeSegments(frame, labels, { features })).toEqual(found);
    expect(describeSegments(columns, Array.from(labels), { features: [...features] })).toEqual(found);
  });

  it('takes names for labels, the largest segment first, and an empty one for none', () => {
    const { segments, unassigned } = describeSegments({ x: [1, 2, 3, 4, 5] }, ['new', 'loyal', 'loyal', 'cold', '']);
    expect(segments.map(({ name, customers }) => [name, customers])).toEqual([['loyal', 2], ['cold', 1], ['new', 1]]);
    expect(unassigned).toBe(1);
  });

  it('lets the caller name segments, also some only, also empty ones', () => {
    const { segments } = describeSegments({ x: [1, 2] }, [0, 0], { names: [undefined, 'lost'] });
    expect(segments.map(({ name, customers, share }) => [name, customers, share])).toEqual([['average', 2, 1], ['lost', 0, 0]]);
    expect(segments[1]!.numbers[0]!.mean).toBeNaN();
    expect(segments[1]).toMatchObject({ drivers: [], traits: [], typical: [] });
  });

  it('gives no two segments one name', () => {
    const far = Array.from({ length: 120 }, (_, i) => ({ spending_score: i % 3 === 0 ? 1 : 60 + (i % 3), homeVisits: (i * 7) % 10 }));
    const { segments } = describeSegments(far, far.map((_, i) => i % 3));
    expect(segments[0]!.name).toBe('low spending score');
    expect(new Set(segments.map(({ name }) => name)).size).toBe(3);
    // The two words that mark 0 and 1 most are the same: a third tells them apart.
    const spread = (i: number): number => (i % 10) / 10;
    const alike = Array.from({ length: 160 }, (_, i) => ({ a: spread(i) + (i % 4 < 2 ? 9 : 0), b: spread(i * 3) + (i % 4 < 2 ? 5 : 0), c: spread(i * 7) + (i % 2 === 0 ? 1 : 0) }));
    expect(describeSegments(alike, alike.map((_, i) => i % 4)).segments.map(({ name }) => name)).toEqual(['high a, high b, high c', 'high b, high a, low c', 'low b, low a, high c', 'low a, low b, low c']);
    const same = describeSegments({ x: [1, 1, 1, 1] }, [0, 1, 2, 3]);
    expect(same.segments.map(({ name }) => name)).toEqual(['average', 'average (2)', 'average (3)', 'average (4)']);
  });

  it('names booleans and levels in words', () => {
    const data = Array.from({ length: 200 }, (_, i) => ({ isStudent: i < 100, Payment: i % 100 < 50 ? 'bank transfer' : 'card' }));
    const names = describeSegments(data, data.map((_, i) => Math.floor(i / 50))).segments.map(({ name }) => name);
    expect(names).toEqual(['payment bank transfer, student', 'payment card, student', 'no student, payment bank transfer', 'no student, payment card']);
  });

  it('answers for one segment, one row, constant and empty columns, and nobody in a segment', () => {
    const one = describeSegments({ x: [1, 2, 4], c: [7, 7, 7], none: [null, null, null] }, [0, 0, 0]);
    expect(one.segments[0]).toMatchObject({ name: 'all customers', drivers: [], traits: [], share: 1, value: null, valueShare: null, meanValue: null });
    expect(one.features.map(({ strength, p, q }) => [strength, p, q])).toEqual([[0, 1, 1], [0, 1, 1], [0, 1, 1]]);
    expect(describeSegments([{ x: 1, plan: 'a' }], [0]).segments[0]!.numbers[0]).toMatchObject({ mean: 1, vTest: 0, effectSize: 0, p: 1, q: 1 });
    const constant = describeSegments({ c: [0.1, 0.1, 0.1, 0.1], x: [-1, 0, 1, 2] }, [0, 0, 1, 1]);
    expect(constant.segments[0]!.numbers.map(({ z, index }) => [z === 0, index])).toEqual([[true, 100], [false, null]]);
    expect(describeSegments({ x: [1, 2], plan: ['a', 'b'] }, [-1, -1])).toEqual({ segments: [], features: [expect.objectContaining({ strength: 0 }), expect.objectContaining({ strength: 0 })], customers: 2, unassigned: 2 });
    // Two constants apart: the effect is large, and finite.
    const apart = describeSegments({ x: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1] }, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]).segments[0]!.numbers[0]!;
    expect(apart.effectSize).toBeLessThan(-100);
    expect(Number.isFinite(apart.effectSize)).toBe(true);
  });

  it('leaves out text that is an identifier in all but name, unless it is asked for', () => {
    const mails = Array.from({ length: 501 }, (_, i) => `m${i}@x`);
    const labels = mails.map((_, i) => i % 2);
    expect(describeSegments({ mails }, labels).features).toEqual([]);
    expect(describeSegments({ mails }, labels, { features: ['mails', 'mails'] }).segments[0]!.categories).toHaveLength(1);
  });

  it('is exact for numbers far from 0', () => {
    const { rows, labels } = portfolio(9, 200);
    const income = rows.map((row) => row.income);
    const near = describeSegments({ income }, labels).segments[1]!.numbers[0]!;
    const far = describeSegments({ income: income.map((x) => (x === null ? null : x + 1e9)) }, labels).segments[1]!.numbers[0]!;
    expect(far.vTest).toBeCloseTo(near.vTest, 4);
    expect(far.effectSize).toBeCloseTo(near.effectSize, 5);
  });

  it('gives a matrix to plot', () => {
    const description = describeSegments({ spent: [1, 1, 3, 3], visits: [5, 5, 5, 5], plan: ['a', 'b', 'a', 'b'] }, [0, 0, 1, 1], { names: ['thrifty', 'generous'] });
    expect(profilePlot(description)).toEqual({ segments: ['thrifty', 'generous'], features: ['spent', 'visits'], z: [[-1, 0], [1, 0]] });
    expect(profilePlot({ segments: [] })).toEqual({ segments: [], features: [], z: [] });
  });
});

describe('describeSegments refuses', () => {
  const data = { x: [1, 2, 3], plan: ['a', 'b', 'c'] };
  const cases: [string, () => unknown, string, RegExp][] = [
    ['no rows', () => describeSegments([], []), 'EMPTY_INPUT', /^describeSegments needs at least one row, found none/],
    ['labels of another length', () => describeSegments(data, [0, 1]), 'LENGTH_MISMATCH', /one label for each of the 3 rows, found 2/],
    ['no labels', () => describeSegments(data, undefined as never), 'LENGTH_MISMATCH', /found undefined/],
    ['NaN', () => describeSegments(data, [0, NaN, 1]), 'INVALID_VALUE', /label NaN at index 1; it must be the number of a segment/],
    ['a fraction', () => describeSegments(data, [0, 0.5, 1]), 'INVALID_VALUE', /label 0.5 at index 1/],
    ['a number below -1', () => describeSegments(data, [0, -2, 1]), 'INVALID_VALUE', /label -2/],
    ['amounts', () => describeSegments(data, [0, 1e7, 1]), 'INVALID_VALUE', /from 0 to 9999/],
    ['names and numbers mixed', () => describeSegments(data, ['a', 3, 'b'] as never), 'INVALID_VALUE', /label 3 at index 1/],
    ['an unknown option', () => describeSegments(data, [0, 1, 1], { feature: [] } as never), 'INVALID_OPTION', /no option "feature"/],
    ['an unknown column', () => describeSegments(data, [0, 1, 1], { features: ['y'] as never }), 'UNKNOWN_COLUMN', /"y"/],
    ['an unknown customer', () => describeSegments(data, [0, 1, 1], { customer: 'id' as never }), 'UNKNOWN_COLUMN', /"id"/],
    ['infinity', () => describeSegments({ x: [1, Infinity, 2] }, [0, 1, 1]), 'NON_FINITE_VALUE', /column "x", row 1/],
    ['infinity, in a row that follows one counted twice', () => describeSegments({ x: [1, Infinity, 2] }, [0, 1, 1], { weights: [2, 1, 1] }), 'NON_FINITE_VALUE', /column "x", row 1/],
    ['a missing value', () => describeSegments({ ...data, paid: [1, null, 2] }, [0, 1, 1], { value: 'paid' }), 'NON_FINITE_VALUE', /value finite in every row, found NaN in row 1/],
    ['half customers', () => describeSegments(data, [0, 1, 1], { weights: [1, 0.5, 1] }), 'INVALID_VALUE', /whole numbers, found 0.5 in row 1/],
    ['top 0', () => describeSegments(data, [0, 1, 1], { top: 0 }), 'INVALID_OPTION', /top as a whole number of at least 1/],
    ['half a typical customer', () => describeSegments(data, [0, 1, 1], { typical: 0.5 }), 'INVALID_OPTION', /typical as a whole number/],
    ['a rate of 1', () => describeSegments(data, [0, 1, 1], { falseDiscoveryRate: 1 }), 'INVALID_OPTION', /falseDiscoveryRate between 0 and 1/],
    ['an unknown scaling', () => describeSegments(data, [0, 1, 1], { scaling: 'cube' as never }), 'INVALID_OPTION', /scaling/],
  ];
  it.each(cases)('%s', (_, run, code, message) => {
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });
});

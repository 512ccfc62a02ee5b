import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { groupJourneys, type GroupJourneysOptions } from '../../../src/paths/grouping/groupJourneys.js';
import { journeyDistances } from '../../../src/paths/grouping/journeyDistances.js';
import { createRandom } from '../../../src/numeric/random.js';
import { JourneyGroups } from '../../../src/paths/grouping/journeyGroups.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { adjustedRandIndex } from '../../../src/segmentation/quality/adjustedRandIndex.js';
import { thrown } from './naiveDistances.js';
import { plantedJourneys } from './plantedJourneys.js';

const letters = (...words: readonly string[]): Journeys => Journeys.fromLists(words.map((word) => [...word]));

/** Mean silhouette by the definition, customer by customer. */
function naiveSilhouette(journeys: Journeys, labels: ArrayLike<number>): number {
  const distances = journeyDistances(journeys);
  const groups = [...new Set(Array.from(labels))];
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  return mean(journeys.customers.map((a, i) => {
    const to = (group: number): number[] => journeys.customers.filter((_, j) => labels[j] === group && j !== i).map((b) => distances.between(a, b));
    if (to(labels[i]!).length === 0) return 0;
    const own = mean(to(labels[i]!));
    const other = Math.min(...groups.filter((group) => group !== labels[i]).map((group) => mean(to(group))));
    return own === other ? 0 : (other - own) / Math.max(own, other);
  }));
}

describe('groupJourneys', () => {
  it.each<GroupJourneysOptions>([{}, { method: 'ward' }, { substitution: 'transitions' }, { sample: 30 }, { sample: 30, method: 'ward', groups: 3 }])('finds the ways that were planted, and how many: %o', (options) => {
    const { journeys, ways } = plantedJourneys(250, 4);
    const found = groupJourneys(journeys, options);
    expect(found.groups.length).toBe(3);
    expect(adjustedRandIndex(found.labels, ways)).toBeGreaterThan(0.9);
    expect(found.groups.map(({ size }) => size)).toEqual([0, 1, 2].map((group) => found.labels.filter((label) => label === group).length));
    expect(found.groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(found.notes.some((note) => note.startsWith('grouped by a sample of 30'))).toBe(options.sample === 30);
    if (options.method !== 'ward') expect(found.assign(journeys).groups).toEqual(found.labels);
  });

  it('gives by hand: medoid, silhouette, distances', () => {
    const journeys = letters('abc', 'abc', 'abcd', 'xy', 'xyz');
    const { groups, silhouette, tried, labels, notes } = groupJourneys(journeys, { groups: [2, 3] });
    expect(labels).toEqual(Int32Array.of(0, 0, 0, 1, 1));
    // Of abc to the others of its group: 0 and 1 on average 1/2; to xy and xyz 5 and 6.
    const abc = (5.5 - 0.5) / 5.5;
    const abcd = (6.5 - 1) / 6.5;
    expect(groups[0]).toEqual({ group: 0, name: 'a > b > c', medoid: ['a', 'b', 'c'], customer: 0, size: 3, share: 0.6, silhouette: expect.closeTo((2 * abc + abcd) / 3, 12) as number, meanDistance: expect.closeTo(1 / 3, 12) as number });
    expect(silhouette).toBeCloseTo(naiveSilhouette(journeys, labels), 12);
    expect(tried.map((row) => row.groups)).toEqual([2, 3]);
    expect(tried[0]!.silhouette).toBe(silhouette);
    expect(notes).toEqual([]);
  });

  it('has the silhouette of the definition, weights or repetitions', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 }), { minLength: 3, maxLength: 9 }), fc.constantFrom('medoids' as const, 'ward' as const), (words, method) => {
        const names = [...new Set(words)];
        fc.pre(names.length >= 3);
        const all = groupJourneys(letters(...words), { groups: 2, method });
        expect(all.silhouette).toBeCloseTo(naiveSilhouette(letters(...words), all.labels), 10);
        const weights = names.map((name) => words.filter((word) => word === name).length);
        const weighted = groupJourneys(Journeys.fromLists(names.map((name) => [...name]), { weights }), { groups: 2, method });
        expect(weighted.groups.map(({ customer: _, ...group }) => group)).toEqual(all.groups.map(({ customer: _, ...group }) => group));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('does not depend on the unit of weights that are no repetitions', () => {
    const lists = ['abc', 'abc', 'abcd', 'xy', 'xyz', 'wxyz'].map((word) => [...word]);
    const said = (weights: readonly number[], method: 'medoids' | 'ward'): object => {
      const { silhouette, tried, notes, groups } = groupJourneys(Journeys.fromLists(lists, { weights }), { groups: [2, 3], method });
      const near = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(10)));
      return { silhouette: near(silhouette), notes, tried: tried.map((row) => [row.groups, near(row.silhouette)]), groups: groups.map(({ name, share, silhouette: width, meanDistance }) => [name, near(share), near(width), near(meanDistance)]) };
    };
    for (const method of ['medoids', 'ward'] as const) {
      const weights = [0.3, 1.7, 0.6, 1.1, 0.9, 2.3];
      for (const factor of [0.01, 0.1, 7.77, 1234.5]) expect(said(weights.map((weight) => weight * factor), method)).toEqual(said(weights, method));
      // Equal weights are none.
      for (const weight of [0.1, 0.5, 12.5]) expect(said(lists.map(() => weight), method)).toEqual(said(lists.map(() => 1), method));
    }
    const two = groupJourneys(Journeys.fromLists([['a'], ['a', 'b'], ['x', 'y']], { weights: [0.5, 1.5, 2.5] }), { groups: 2 });
    // To the other of the group 1; to xy 3 and 4; xy is alone.
    expect(two.silhouette).toBeCloseTo((0.5 * (2 / 3) + 1.5 * (3 / 4) + 0) / 4.5, 12);
  });

  it('says so where there is hardly any structure, and where a group overlaps', () => {
    const random = createRandom(8);
    const words = Array.from({ length: 40 }, () => Array.from({ length: 6 }, () => 'abcd'[random.integer(4)]!).join(''));
    const { notes, silhouette } = groupJourneys(letters(...words), { groups: 3, measure: 'hamming', method: 'ward' });
    expect(silhouette).toBeLessThan(0.25);
    expect(notes[0]).toMatch(/^hardly any structure: the mean silhouette is 0\.\d\d, where groups that stand apart have more than 0\.25$/);
    const { notes: weak } = groupJourneys(letters('aaaa', 'aaab', 'aabb', 'abbb', 'bbbb', 'bbbc', 'bbcc'), { groups: 2, measure: 'hamming' });
    expect(weak[0]).toMatch(/^a weak structure/);
    const overlapping = groupJourneys(letters(...words), { groups: 5 }).notes.filter((note) => note.includes('overlaps with others'));
    expect(overlapping.length).toBeGreaterThan(0);
  });

  it('takes one group, journeys all the same, empty ones, and customers that weigh nothing', () => {
    const one = groupJourneys(letters('ab', 'ab', 'abc'), { groups: 1 });
    expect(one).toMatchObject({ silhouette: null, notes: [], tried: [{ groups: 1, silhouette: null }] });
    expect(one.groups[0]).toMatchObject({ name: 'a > b', size: 3, silhouette: null });
    expect(groupJourneys(letters('ab', 'ab')).groups).toMatchObject([{ size: 2, meanDistance: 0 }]);
    expect(groupJourneys(letters('', '', 'abcabc'), { groups: 2 }).groups.map(({ name }) => name)).toEqual(['(no steps)', 'a > b > c > a > b > c']);
    const weighed = groupJourneys(Journeys.fromLists([['a'], ['b'], ['a', 'a']], { weights: [2, 1, 0] }), { groups: 2 });
    expect(weighed.groups.map(({ size }) => size)).toEqual([2, 1]);
    expect(weighed.labels).toEqual(Int32Array.of(0, 1, 0));
    // b is as good as a: three journeys, two ways to go.
    const equal = groupJourneys(letters('a', 'b', 'ccc'), { groups: 3, substitution: { a: { b: 0 } } });
    expect(equal.groups.length).toBe(2);
  });

  it('groups by waits where time counts, and places new customers by them', () => {
    const rows = Array.from({ length: 12 }, (_, id) => [0, 1, 2].map((k) => ({ id, at: Date.UTC(2026, 0, 1) + k * 86_400_000 * (id % 2 === 0 ? 2 + (id % 3) / 10 : 60 + id), what: 'abc'[k] }))).flat();
    const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'what' });
    const found = groupJourneys(log, { groups: 2, timeWeight: 1 });
    expect(adjustedRandIndex(found.labels, log.customers.map((id) => Number(id) % 2))).toBe(1);
    const again = JourneyGroups.fromJSON(JSON.parse(JSON.stringify(found)));
    expect(again.assign(log)).toMatchObject({ groups: found.labels, customers: log.customers });
    expect(thrown(() => again.assign(letters('abc')))).toMatch(/^INVALID_INPUT: JourneyGroups.assign needs to know when steps happened/);
  });

  it('with more starts finds medoids that cost no more', () => {
    const { journeys } = plantedJourneys(90, 8);
    const cost = (starts: number): number => groupJourneys(journeys, { groups: 7, starts }).groups.reduce((sum, { size, meanDistance }) => sum + size * meanDistance, 0);
    expect(cost(40)).toBeLessThanOrEqual(cost(1));
  });

  it('is told of progress, and stops at the best so far', () => {
    const { journeys } = plantedJourneys(60, 5);
    const seen: number[] = [];
    const found = groupJourneys(journeys, { groups: [2, 5], starts: 3, onProgress: ({ done, objective }) => (seen.push(objective), done < 4) });
    expect(seen.length).toBe(4);
    expect(found.notes).toContain('stopped by onProgress: the best so far');
    expect(found.tried.map(({ groups }) => groups)).toEqual([2, 3]);
  });

  it('refuses what it cannot use, saying why', () => {
    const said = (options: object, journeys = letters('ab', 'abc', 'ab')): string => thrown(() => groupJourneys(journeys, options));
    expect(said({ groups: 3 })).toMatch(/^INVALID_INPUT: groupJourneys needs at least as many different journeys as groups, found 2 for 3 groups; ask for fewer/);
    expect(said({ groups: [3, 4] })).toMatch(/^INVALID_INPUT/);
    expect(said({ groups: [2, 8] })).toBe('nothing');
    expect(said({ groups: [4, 2] })).toMatch(/^INVALID_OPTION/);
    expect(said({ groups: '3' })).toMatch(/^INVALID_OPTION: .*or the first and the last to compare/);
    expect(said({ groups: 0 })).toMatch(/^INVALID_OPTION/);
    expect(said({ method: 'pam' })).toMatch(/^INVALID_OPTION/);
    expect(said({ starts: 0 })).toMatch(/^INVALID_OPTION/);
    expect(said({ count: 2 })).toMatch(/^INVALID_OPTION: .*knows no option "count"/);
    expect(said({}, letters())).toMatch(/^EMPTY_INPUT/);
    expect(said({}, Journeys.fromLists([['a']], { weights: [0] }))).toMatch(/^EMPTY_INPUT/);
  });
});

describe('JourneyGroups', () => {
  const { journeys } = plantedJourneys(80, 6);

  it.each<GroupJourneysOptions>([{}, { measure: 'commonPrefix' }, { substitution: 'transitions', normalise: 'greatest' }])('survives JSON to the bit, and assigns the same: %o', (options) => {
    const found = groupJourneys(journeys, { groups: 3, ...options });
    const again = JourneyGroups.fromJSON(JSON.parse(JSON.stringify(found)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(found));
    const fresh = plantedJourneys(40, 7).journeys;
    expect(again.assign(fresh)).toEqual(found.assign(fresh));
    expect(again.labels.length).toBe(0);
    expect(again.groups).toEqual(found.groups);
  });

  it('does not change with the JSON it was read from, nor through what it gives', () => {
    const found = groupJourneys(letters('abc', 'abc', 'abcd', 'xy', 'xyz'), { groups: 2, substitution: { a: { b: 1 } } });
    const json = JSON.parse(JSON.stringify(found)) as { groups: { name: string; medoid: string[] }[]; measure: { costs: number[][]; indel: number }; notes: string[] };
    const again = JourneyGroups.fromJSON(json);
    json.groups[0]!.medoid.length = 0;
    json.groups[0]!.name = 'zzz';
    json.measure.indel = 9;
    json.notes.push('zzz');
    expect(JSON.stringify(again)).toBe(JSON.stringify(found));
    for (const model of [found, again]) {
      expect(() => ((model.groups as unknown[])[0] = null)).toThrow(TypeError);
      (model.toJSON().measure.costs as number[][])[0]![0] = 9;
      expect(JSON.stringify(model)).toBe(JSON.stringify(again));
      expect(() => ((model as { notes: unknown }).notes = [])).toThrow(TypeError);
    }
  });

  it('places items never seen, by position only journeys of the same length', () => {
    const found = groupJourneys(letters('aab', 'aac', 'xyz', 'xyy'), { groups: 2, measure: 'dynamicHamming' });
    expect(found.assign(letters('aaq', 'xzq')).groups).toEqual(Int32Array.of(found.labels[0]!, found.labels[2]!));
    expect(thrown(() => found.assign(letters('aab', 'aa')))).toMatch(/^INVALID_INPUT: JourneyGroups.assign needs journeys of 3 steps for 'dynamicHamming', found 2 of customer 1/);
  });

  it('has the distance of journeyDistances', () => {
    const found = groupJourneys(journeys, { groups: 3 });
    const distances = journeyDistances(journeys);
    const { groups, distances: far } = found.assign(journeys);
    journeys.customers.forEach((customer, c) => expect(far[c]).toBe(distances.between(customer, found.groups[groups[c]!]!.customer)));
  });

  it('refuses another format and a newer version', () => {
    const state = groupJourneys(journeys, { groups: 2 }).toJSON();
    expect(thrown(() => JourneyGroups.fromJSON({ ...state, format: 'KMeans' }))).toMatch(/^MODEL_FORMAT/);
    expect(thrown(() => JourneyGroups.fromJSON({ ...state, formatVersion: 2 }))).toMatch(/^MODEL_VERSION/);
    expect(thrown(() => JourneyGroups.fromJSON(null))).toMatch(/^MODEL_FORMAT/);
  });

  it('reads what version 1 stored, and assigns what it assigned', () => {
    const { model, journeys: lists, groups } = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/paths/JourneyGroups.v1.json'), 'utf8')) as { model: unknown; journeys: string[][]; groups: number[] };
    expect(Array.from(JourneyGroups.fromJSON(model).assign(Journeys.fromLists(lists)).groups)).toEqual(groups);
  });
});

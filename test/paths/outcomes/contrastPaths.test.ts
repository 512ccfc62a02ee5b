import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { falseDiscoveryQ } from '../../../src/numeric/falseDiscovery.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import type { PathContrastOptions } from '../../../src/paths/outcomes/contrastOptions.js';
import { contrastPaths } from '../../../src/paths/outcomes/contrastPaths.js';
import { errorCode } from '../../errorCode.js';

const ALL: PathContrastOptions = { minCount: 1, strata: 'none', redundant: 'keep', top: 10_000 };

describe('contrastPaths', () => {
  it('counts a path of each group and judges the table', () => {
    // view>add: 4 of 5 with the label, 1 of 5 without.
    const lists = [['view', 'add'], ['view', 'add'], ['view', 'x', 'add'], ['view', 'add'], ['view'], ['add', 'view'], ['view', 'add'], ['view'], ['view'], ['x']];
    const { paths, caseCount, controlCount } = contrastPaths(Journeys.fromLists(lists), [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], ALL);
    expect([caseCount, controlCount]).toEqual([5, 5]);
    const path = paths.find(({ steps }) => JSON.stringify(steps) === '[["view"],["add"]]')!;
    expect(path).toMatchObject({ caseCount: 4, controlCount: 1, caseShare: 0.8, controlShare: 0.2, direction: 'raises' });
    expect(path.oddsRatio.estimate).toBeCloseTo((4.5 * 4.5) / (1.5 * 1.5), 12);
    expect(path.adjustedOddsRatio.estimate).toBeCloseTo(16, 12);
    expect(path.chiSquare).toBeCloseTo((10 * 15 ** 2) / 5 ** 4, 12);
    // R 4.2.2: fisher.test(matrix(c(4, 1, 1, 4), 2))$p.value
    expect(path.fisherP).toBeCloseTo(0.206349206349, 11);
    expect(path.p).toBe(path.fisherP);
    expect(path.difference.estimate).toBeCloseTo(0.6, 12);
    // Newcombe's hybrid of the Wilson intervals .3755 to .9638 and .0362 to .6245.
    expect(path.difference.lower).toBeCloseTo(0.6 - Math.hypot(0.8 - 0.3755347, 0.6244653 - 0.2), 5);
    expect(path.lift).toBeCloseTo(4.5 / 1.5, 12);
    // Among the 6 with an add, 5 have it after a view.
    expect(path.improvement!.over).toEqual([['add']]);
    expect(path.improvement!.p).toBeCloseTo(2 / 3, 12);
  });

  it('compares among journeys of as many steps: who only does more is no different', () => {
    // The label goes with long journeys; items are alike in all of them.
    const lists = Array.from({ length: 400 }, (_, i) => Array.from({ length: i % 2 === 0 ? 8 : 2 }, (__, k) => 'abcde'[(i * 7 + k * k * 3 + (i >> 3)) % 5]!));
    const labels = lists.map((list, i) => (list.length === 8) !== (i % 10 === 3));
    const plain = contrastPaths(Journeys.fromLists(lists), labels, { strata: 'none', maxItems: 1 });
    const stratified = contrastPaths(Journeys.fromLists(lists), labels, { maxItems: 1 });
    expect(plain.paths.filter(({ q }) => q < 0.05).length).toBeGreaterThan(2);
    expect(stratified.paths.filter(({ q }) => q < 0.05)).toEqual([]);
  });

  it('says what lowers as well', () => {
    const lists = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? ['a', 'leave'] : ['a', 'stay']));
    const { paths } = contrastPaths(Journeys.fromLists(lists), lists.map(([, last], i) => (last === 'leave') !== (i % 10 === 0)), { maxItems: 1 });
    const of = Object.fromEntries(paths.map(({ steps, ...rest }) => [steps[0]![0], rest]));
    expect([of['leave']!.direction, of['stay']!.direction]).toEqual(['raises', 'lowers']);
    expect(of['stay']!.adjustedOddsRatio.estimate).toBeCloseTo(1 / of['leave']!.adjustedOddsRatio.estimate, 12);
    expect(of['stay']!.q).toBeLessThan(1e-10);
    // Everybody has it.
    expect(of['a']).toBeUndefined();
  });

  it('equals the counts of trying every path, whatever the limits, with a q that allows for all of them', () => {
    const step = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 });
    const rows = fc.array(fc.record({ list: fc.array(step, { maxLength: 5 }), label: fc.boolean() }), { minLength: 2, maxLength: 7 });
    fc.assert(fc.property(rows, fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }), fc.integer({ min: 1, max: 3 }), (data, gap, minCount) => {
      const labels = data.map(({ label }) => label);
      if (!labels.includes(true) || !labels.includes(false)) return;
      const options = { ...ALL, minCount, maxItems: 2, ...(gap !== undefined && { maxGap: { steps: gap } }) };
      const found = contrastPaths(Journeys.fromLists(data.map(({ list }) => list)), labels, options);
      const has = (list: string[][], [a, b]: readonly string[], together: boolean): boolean =>
        list.some((items, i) => items.includes(a!) && (b === undefined || (together ? items.includes(b) : list.some((later, k) => k > i && k - i <= (gap ?? 9) && later.includes(b)))));
      const candidates = ['a', 'b', 'c'].flatMap((a) => [[[a]], ...['a', 'b', 'c'].map((b) => [[a], [b]]), ...['a', 'b', 'c'].filter((b) => b > a).map((b) => [[a, b]])]);
      const expected = candidates.flatMap((steps) => {
        const having = data.filter(({ list }) => has(list, steps.flat(), steps.length === 1));
        return having.length < minCount || having.length === data.length ? [] : [`${JSON.stringify(steps)} ${having.filter(({ label }) => label).length} ${having.filter(({ label }) => !label).length}`];
      });
      expect(found.paths.map(({ steps, caseCount, controlCount }) => `${JSON.stringify(steps)} ${caseCount} ${controlCount}`).sort()).toEqual(expected.sort());
      expect(found.tested).toBe(expected.length);
      const q = falseDiscoveryQ(Float64Array.from(found.paths, ({ fisherP }) => fisherP));
      found.paths.forEach((path, i) => expect(path.q).toBe(q[i]));
      found.paths.forEach((path, i) => expect(i === 0 || path.p >= found.paths[i - 1]!.p).toBe(true));
      expect(found.paths.every(({ steps, improvement }) => (steps.flat().length === 1) === (improvement === null) || gap !== undefined)).toBe(true);
    }), { seed: 20261122, numRuns: 250 });
  });

  it('matches labels by customer, and leaves out who has none', () => {
    const log = EventLog.fromRows(['x', 'y', 'z', 'w'].flatMap((id, i) => [{ id, at: i, what: 'a' }, { id, at: 10 + i, what: i % 2 === 0 ? 'b' : 'c' }]), { customer: 'id', time: 'at', item: 'what' });
    const found = contrastPaths(log, { customers: ['z', 'x', 'y'], values: Float64Array.of(1, 1, 0) }, ALL);
    expect([found.caseCount, found.controlCount]).toEqual([2, 1]);
    expect(found.paths.find(({ steps }) => steps[0]![0] === 'c')).toMatchObject({ caseCount: 0, controlCount: 1, direction: 'lowers' });
    expect(contrastPaths(log, [NaN, 1, 0, 1], ALL).paths).toEqual(found.paths);
    expect(contrastPaths(log, [1, 1, 1, 1], ALL)).toEqual({ paths: [], caseCount: 4, controlCount: 0, tested: 0, found: 0, truncated: false });
  });

  it('leaves out a path that all journeys of any number of steps have, or none of them', () => {
    const lists = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? ['a', i % 3 === 0 ? 'b' : 'c'] : [['d', 'e', 'f'][i % 3]!]));
    const { paths, tested } = contrastPaths(Journeys.fromLists(lists), lists.map((_, i) => i % 5 < 2), { minCount: 1, redundant: 'keep' });
    expect(paths.map(({ steps }) => steps.flat().join('>')).sort()).toEqual(['a>b', 'a>c', 'b', 'c', 'd', 'e', 'f']);
    expect(tested).toBe(7);
  });

  it('says so where there are more paths than may be tested', () => {
    const lists = Array.from({ length: 30 }, (_, i) => ['a', 'b', 'c', i % 2 === 0 ? 'd' : 'e']);
    const found = contrastPaths(Journeys.fromLists(lists), lists.map((_, i) => i % 3 === 0), { ...ALL, maxPatterns: 8 });
    expect(found.truncated).toBe(true);
    expect(found.tested).toBeLessThanOrEqual(8);
  });

  it('refuses what it cannot read', () => {
    const journeys = Journeys.fromLists([['a'], ['b']]);
    expect(errorCode(() => contrastPaths(journeys, [1]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => contrastPaths(journeys, [1, 2]))).toBe('INVALID_VALUE');
    expect(errorCode(() => contrastPaths(journeys, undefined as unknown as number[]))).toBe('INVALID_INPUT');
    expect(errorCode(() => contrastPaths(journeys, { customers: [0, 0], values: Float64Array.of(1, 1) }))).toBe('DUPLICATE_ID');
    expect(errorCode(() => contrastPaths(Journeys.fromLists([['a'], ['b']], { weights: [1, 2] }), [1, 0]))).toBe('INVALID_INPUT');
    expect(errorCode(() => contrastPaths(journeys, [1, 0], { maxGap: { days: 3 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => contrastPaths(journeys, [1, 0], { minSupport: 2 }))).toBe('INVALID_OPTION');
    expect(() => contrastPaths(journeys, [1, 7])).toThrow('contrastPaths needs labels 1 and 0, or true and false, found 7 at 1; NaN leaves a journey out');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { sankeyOf } from '../../../src/paths/transitions/sankeyOf.js';
import { transitionHeatMap } from '../../../src/paths/transitions/transitionHeatMap.js';

const tinyLists = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }), { minLength: 1, maxLength: 8 });

describe('sankeyOf', () => {
  it('conserves the flow: what comes into a node is its value and goes out again, up to the end', () => {
    fc.assert(
      fc.property(tinyLists, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), (lists, depth, items, isShown) => {
        const weights = lists.map((_, i) => i % 3);
        const { nodes, links } = sankeyOf(Journeys.fromLists(lists, { weights }), { depth, items, endings: isShown ? 'show' : 'hide' });
        const [into, out] = [nodes.map(() => 0), nodes.map(() => 0)];
        for (const { source, target, value } of links) {
          out[source]! += value;
          into[target]! += value;
          expect(nodes[target]!.depth).toBe(nodes[source]!.depth + 1);
        }
        nodes.forEach(({ depth: at, item, value }, i) => {
          if (at > 0) expect(into[i]).toBe(value);
          if (isShown && item !== '(end)' && at < depth - 1) expect(out[i]).toBe(value);
          expect(out[i]).toBeLessThanOrEqual(value);
        });
        const begun = lists.reduce((sum, list, i) => sum + (list.length > 0 ? weights[i]! : 0), 0);
        expect(nodes.filter((node) => node.depth === 0).reduce((sum, { value }) => sum + value, 0)).toBe(begun);
        expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('puts rare states together', () => {
    const { nodes } = sankeyOf(Journeys.fromLists([['a', 'x'], ['a', 'y'], ['a', 'a']]), { items: 1, depth: 2 });
    expect(nodes).toEqual([
      { id: '0 a', depth: 0, item: 'a', value: 3 },
      { id: '1 a', depth: 1, item: 'a', value: 1 },
      { id: '1 (other)', depth: 1, item: '(other)', value: 2 },
    ]);
  });

  it('refuses what it cannot use', () => {
    const journeys = Journeys.fromLists([['a']]);
    expect(() => sankeyOf(journeys, { depth: 0 })).toThrow(/sankeyOf needs depth as a whole number of at least 1, found 0/);
    expect(() => sankeyOf(journeys, { items: 0.5 })).toThrow(/needs items as a whole number/);
    expect(() => sankeyOf(journeys, { endings: 'none' as never })).toThrow(/needs endings as one of show, hide/);
    expect(sankeyOf(Journeys.fromLists([[]]))).toEqual({ nodes: [], links: [] });
  });
});

describe('transitionHeatMap', () => {
  it('counts moves, their shares and their adjusted residuals', () => {
    const map = transitionHeatMap(Journeys.fromLists([['a', 'b', 'a', 'a'], ['a', 'b', 'c']], { weights: [2, 1] }));
    expect(map.labels).toEqual(['a', 'b', 'c']);
    expect([...map.counts]).toEqual([2, 3, 0, 2, 0, 1, 0, 0, 0]);
    expect([...map.rowShares]).toEqual([0.4, 0.6, 0, 2 / 3, 0, 1 / 3, 0, 0, 0]);
    // a after a: 2 where 5 x 4 / 8 are expected, with variance 2.5 x 3/8 x 4/8.
    expect(map.residuals[0]).toBeCloseTo(-0.5 / Math.sqrt(2.5 * (3 / 8) * (4 / 8)), 12);
    expect([...map.residuals.slice(6)]).toEqual([0, 0, 0]);
  });

  it('keeps the sum when rare states are put together', () => {
    fc.assert(
      fc.property(tinyLists, fc.integer({ min: 1, max: 4 }), (lists, items) => {
        const journeys = Journeys.fromLists(lists);
        const [all, few] = [transitionHeatMap(journeys), transitionHeatMap(journeys, { items })];
        const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
        expect(sum(few.counts)).toBe(sum(all.counts));
        expect(few.labels.slice(0, items)).toEqual(all.labels.slice(0, items));
        if (all.labels.length > items) expect(few.labels[items]).toBe('(other)');
        few.residuals.forEach((residual) => expect(Number.isFinite(residual)).toBe(true));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('refuses what it cannot use', () => {
    expect(() => transitionHeatMap(Journeys.fromLists([['a']]), { items: 0 })).toThrow(/transitionHeatMap needs items as a whole number of at least 1, found 0/);
    expect(() => transitionHeatMap(null as never)).toThrow(/transitionHeatMap needs an EventLog or Journeys/);
  });
});

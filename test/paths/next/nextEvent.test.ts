import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { cumulativeIncidence } from '../../../src/numeric/survival/cumulativeIncidence.js';
import { Journeys, type JourneySource } from '../../../src/paths/journeys/journeys.js';
import { beliefInCounts, components, discountedTree } from '../../../src/paths/next/blend.js';
import { contextTree, findContexts, type ContextTreeState } from '../../../src/paths/next/contextTree.js';
import { fitNextEvent, type NextEventOptions } from '../../../src/paths/next/fitNextEvent.js';
import { NextEvent } from '../../../src/paths/next/nextEvent.js';
import { NextScorer } from '../../../src/paths/next/scoreNext.js';
import { errorCode } from '../../errorCode.js';

const step = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') }, { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 3 }) });
const lists = fc.array(fc.array(step, { maxLength: 6 }), { minLength: 3, maxLength: 12 }).filter((all) => all.some((list) => list.length > 0));

/** How often each item followed each context, contexts as text, latest step first. */
function countNaively(journeys: readonly (readonly (string | readonly string[])[])[], maxOrder: number): Record<string, number> {
  const names = journeys.map((list) => list.map((items) => [...new Set(typeof items === 'string' ? [items] : items)].sort()));
  const flat = names.flat();
  const countOf = (item: string): number => flat.filter((items) => items.includes(item)).length;
  const standsAs = (items: readonly string[]): string => {
    const isSet = flat.filter((other) => other.join() === items.join()).length >= 2;
    return isSet ? items.join('+') : [...items].sort((a, b) => countOf(a) - countOf(b) || (a < b ? -1 : 1))[0]!;
  };
  const counts: Record<string, number> = {};
  for (const list of names) {
    list.forEach((items, at) => {
      for (let order = 0; order <= Math.min(maxOrder, at); order++) {
        const context = list.slice(at - order, at).reverse().map(standsAs).join('<');
        for (const item of items) counts[`${context}:${item}`] = (counts[`${context}:${item}`] ?? 0) + 1;
      }
    });
  }
  return counts;
}

/** The same from the model's tree. */
function countsOf(model: NextEvent): Record<string, number> {
  const { contexts, itemLevels, sets } = model.toJSON();
  const tree = contextTree(contexts);
  const nameOf = (symbol: number): string => itemLevels[symbol] ?? sets[symbol - itemLevels.length]!.map((item) => itemLevels[item]).join('+');
  const counts: Record<string, number> = {};
  const walk = (node: number, path: readonly string[]): void => {
    for (let f = tree.offsets[node]!; f < tree.offsets[node + 1]!; f++) counts[`${path.join('<')}:${itemLevels[tree.items[f]!]!}`] = tree.counts[f]!;
    for (let child = tree.childOffsets[node]!; child < tree.childOffsets[node + 1]!; child++) walk(child, [...path, nameOf(tree.symbols[child]!)]);
  };
  walk(0, []);
  return counts;
}

describe('fitNextEvent', () => {
  it('counts what followed each context, sets of items among the contexts', () => {
    fc.assert(fc.property(lists, fc.integer({ min: 0, max: 3 }), (all, maxOrder) => {
      expect(countsOf(fitNextEvent(Journeys.fromLists(all), { maxOrder }))).toEqual(countNaively(all, maxOrder));
    }), { seed: 20261122, numRuns: 60 });
  });

  it('counts after how many longer contexts an item came', () => {
    const model = fitNextEvent(Journeys.fromLists([['a', 'b', 'c'], ['d', 'b', 'c'], ['d', 'b', 'c'], ['b', 'a']]), { maxOrder: 2 });
    const { contexts, itemLevels } = model.toJSON();
    const tree = contextTree(contexts);
    const chain = new Int32Array(2);
    expect(findContexts(tree, [itemLevels.indexOf('b')], 0, 1, chain)).toBe(2);
    const after = Array.from({ length: 2 }, (_, i) => tree.offsets[chain[1]!]! + i);
    // After b: a once, at the begin of a journey; c three times, after a and after d.
    expect(after.map((f) => [itemLevels[tree.items[f]!], tree.counts[f], tree.contexts[f]])).toEqual([['a', 1, 0], ['c', 3, 2]]);
  });

  it('counts weights as repetition, and nobody of weight 0', () => {
    const all = [['a', 'b'], ['b', 'c', 'a'], ['c', 'c']];
    const repeated = countsOf(fitNextEvent(Journeys.fromLists([...all, all[0]!, all[0]!]), { maxOrder: 2 }));
    expect(countsOf(fitNextEvent(Journeys.fromLists([...all, ['d', 'a', 'd']], { weights: [3, 1, 1, 0] }), { maxOrder: 2 }))).toEqual(repeated);
  });

  it('leaves out contexts met less often than minCount', () => {
    const all = [['a', 'b', 'c'], ['a', 'b', 'd'], ['c', 'b', 'a']];
    const kept = countsOf(fitNextEvent(Journeys.fromLists(all), { maxOrder: 2, minCount: 2 }));
    const full = countNaively(all, 2);
    const totals = (counts: Record<string, number>, context: string): number => Object.entries(counts).reduce((sum, [key, count]) => sum + (key.startsWith(`${context}:`) ? count : 0), 0);
    expect(Object.keys(kept).sort()).toEqual(Object.keys(full).filter((key) => key.startsWith(':') || totals(full, key.split(':')[0]!) >= 2).sort());
  });

  it('gives probabilities that sum to 1 over all items, whatever came before', () => {
    fc.assert(fc.property(lists, fc.array(step, { maxLength: 4 }), fc.constantFrom(false, ['a', 'b']), (all, history, excludeOwned) => {
      const source = Journeys.fromLists([...all, ['a', 'b', 'c', 'd']]);
      const found = fitNextEvent(source, { excludeOwned }).predictRow(history, { top: 10 });
      expect(found.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
      found.forEach(({ probability }, i) => expect(probability).toBeLessThanOrEqual(found[i - 1]?.probability ?? 1));
    }), { seed: 20261122, numRuns: 50 });
  });

  it('predicts by what it learnt with: the components one by one', () => {
    fc.assert(fc.property(lists, fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), (all, history) => {
      const { contexts, blend, itemLevels } = fitNextEvent(Journeys.fromLists([...all, ['a', 'b', 'c', 'd']]), { maxOrder: 3 }).toJSON();
      const tree = discountedTree(contextTree(contexts as ContextTreeState), blend.discounts);
      const plain = { ...blend, ownShare: 0, repeatFactors: [1, 1, 1] };
      const scorer = new NextScorer(tree, plain, new Uint8Array(itemLevels.length));
      const symbols = Int32Array.from(history);
      expect(scorer.score({ symbols, items: symbols, itemOffsets: Uint32Array.from({ length: history.length + 1 }, (_, i) => i) }, 0, history.length)).toBeCloseTo(1, 12);
      const chain = new Int32Array(4);
      const found = findContexts(tree, symbols, 0, history.length, chain);
      itemLevels.forEach((_, item) => {
        let p = 1 / itemLevels.length;
        const parts = components(tree, chain, found, item, { item, weight: 0 }, 1);
        for (let i = 0; i < parts.length; i += 5) {
          const learnt = blend.weights[parts[i]!]!;
          const w = parts[i + 2]! > 0 ? beliefInCounts(learnt, parts[i + 1]!, parts[i + 2]!, parts[i + 3]!) : learnt;
          p = w * parts[i + 4]! + (1 - w) * p;
        }
        expect(scorer.scores[item]).toBeCloseTo(p, 12);
      });
    }), { seed: 20261122, numRuns: 50 });
  });

  it('learns whether things come again', () => {
    const never = Array.from({ length: 60 }, (_, i) => ['a', 'b', 'c', 'd'].slice(i % 3).concat(['e', 'f']));
    expect(Math.max(...fitNextEvent(Journeys.fromLists(never)).toJSON().blend.repeatFactors)).toBeLessThan(0.2);
    const faithful = Array.from({ length: 60 }, (_, i) => Array.from({ length: 6 }, () => `shop ${i}`));
    const model = fitNextEvent(Journeys.fromLists(faithful), { maxOrder: 0 });
    expect(model.toJSON().blend.ownShare).toBeGreaterThan(0.9);
    expect(model.predictRow(['shop 7', 'shop 7'])[0]!.item).toBe('shop 7');
  });

  it('excludes what is owned: all items, or those named', () => {
    const source = Journeys.fromLists([...Array.from({ length: 20 }, () => ['energy', 'card', 'visit', 'visit']), ['energy', 'loan']]);
    const named = fitNextEvent(source, { excludeOwned: ['energy', 'card'] });
    expect(named.predictRow(['energy', 'card', 'visit']).map(({ item }) => item)).toEqual(['visit', 'loan']);
    expect(named.predictRow(['energy', 'card', 'visit'])[0]!.item).toBe('visit');
    const all = fitNextEvent(source, { excludeOwned: true });
    expect(all.predictRow(['visit', 'card']).map(({ item }) => item).sort()).toEqual(['energy', 'loan']);
    expect(all.predictRow(['energy', 'card', 'loan', 'visit'])).toEqual([]);
    expect(all.predict(Journeys.fromLists([['energy', 'card', 'loan', 'visit']])).items).toEqual(new Int32Array(4).fill(-1));
  });

  it('refuses what it cannot use', () => {
    const some = Journeys.fromLists([['a']]);
    const codeOf = (source: unknown, options: unknown): string => errorCode(() => fitNextEvent(source as JourneySource, options as NextEventOptions));
    expect(codeOf([], {})).toBe('INVALID_INPUT');
    expect(codeOf(some, { order: 2 })).toBe('INVALID_OPTION');
    expect(codeOf(some, { maxOrder: 13 })).toBe('INVALID_OPTION');
    expect(codeOf(some, { maxOrder: -1 })).toBe('INVALID_OPTION');
    expect(codeOf(some, { minCount: 0 })).toBe('INVALID_OPTION');
    expect(codeOf(some, { excludeOwned: 'a' })).toBe('INVALID_OPTION');
    expect(codeOf(some, { excludeOwned: ['z'] })).toBe('UNKNOWN_ID');
    expect(codeOf(Journeys.fromLists([[]]), {})).toBe('EMPTY_INPUT');
    expect(codeOf(Journeys.fromLists([['a']], { weights: [0] }), {})).toBe('EMPTY_INPUT');
  });
});

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

/** One customer a row: items and days, and the day of the end. */
function timed(rows: readonly (readonly [string, number][])[], until: number): EventLog {
  const events = rows.flatMap((row, id) => row.map(([item, day]) => ({ id, at: START + day * DAY, item })));
  return EventLog.fromRows(events, { customer: 'id', time: 'at', item: 'item' }, { observedUntil: START + until * DAY });
}

describe('NextEvent', () => {
  it('says after how many days, with last steps censored: the incidence of the item among those who come to have it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('b', 'c', ''), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 60, max: 69 })), { minLength: 12, maxLength: 40 }), (draws) => {
      const log = timed(draws.map(([next, wait, begin]): [string, number][] => (next === '' ? [['a', begin]] : [['a', begin], [next, begin + wait]])), 100);
      const gaps = draws.map(([next, wait, begin]) => (next === '' ? 100 - begin : wait));
      const curves = cumulativeIncidence(Float64Array.from(gaps), draws.map(([next]) => ['', 'b', 'c'].indexOf(next)), 2);
      const found = fitNextEvent(log).predictRow(['a'], { top: 3 });
      for (const [k, item] of ['b', 'c'].entries()) {
        const days = found.find((prediction) => prediction.item === item)?.days;
        if (draws.filter(([next]) => next === item).length < 5) {
          expect(days ?? null).toBeNull();
          continue;
        }
        const shares = curves.incidence[k]!;
        const quantile = (share: number): number => curves.times[shares.findIndex((value) => value >= share * shares.at(-1)! - 1e-9)]!;
        expect(days).toEqual({ lower: quantile(0.25), median: quantile(0.5), upper: quantile(0.75) });
      }
    }), { seed: 20261122, numRuns: 60 });
  });

  it('falls back on waits after any item, and knows none without times', () => {
    const log = timed([...Array.from({ length: 6 }, (): [string, number][] => [['a', 0], ['b', 10]]), [['c', 0], ['b', 4]]], 50);
    expect(fitNextEvent(log).predictRow(['c']).find(({ item }) => item === 'b')!.days!.median).toBe(10);
    expect(fitNextEvent(log).predictRow([]).every(({ days }) => days === null)).toBe(true);
    expect(fitNextEvent(Journeys.fromLists([['a', 'b']])).predictRow(['a'])[0]!.days).toBeNull();
  });

  const source = Journeys.fromLists(Array.from({ length: 30 }, (_, i) => [['a', 'b', ['c', 'd']], ['b', ['c', 'd'], 'a'], ['c', 'a']][i % 3]!));

  it('gives many customers what it gives each, items matched by name', () => {
    const model = fitNextEvent(source);
    const histories = [['a', 'b'], [['d', 'c']], ['zebra', 'c'], []];
    const batch = model.predict(Journeys.fromLists(histories), { top: 3 });
    histories.forEach((history, c) => {
      const row = model.predictRow(history, { top: 3 });
      expect(Array.from(batch.items.subarray(3 * c, 3 * c + 3), (item) => model.itemLevels[item])).toEqual(row.map(({ item }) => item));
      expect([...batch.probabilities.subarray(3 * c, 3 * c + 3)]).toEqual(row.map(({ probability }) => probability));
    });
    expect(batch.customers).toEqual([0, 1, 2, 3]);
    expect([...batch.medianDays].every((days) => Number.isNaN(days))).toBe(true);
    // A step unknown tells nothing but that it was there: c is the last step.
    expect(model.predictRow(['zebra', 'c'])[0]!.item).toBe('a');
  });

  it('gives median days for many', () => {
    const log = timed(Array.from({ length: 8 }, (): [string, number][] => [['a', 0], ['b', 10]]), 50);
    const batch = fitNextEvent(log).predict(timed([[['a', 3]]], 40), { top: 1 });
    expect([...batch.medianDays]).toEqual([10]);
  });

  it('survives JSON to the bit', () => {
    const model = fitNextEvent(timed(Array.from({ length: 8 }, (_, i): [string, number][] => [['a', 0], ['b', 10 + i]]), 50), { excludeOwned: ['a'] });
    const again = NextEvent.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(again.toJSON()).toEqual(model.toJSON());
    expect(again.predictRow(['a'])).toEqual(model.predictRow(['a']));
    expect(again.maxOrder).toBe(4);
  });

  it('refuses other JSON, newer versions and odd histories', () => {
    const model = fitNextEvent(source);
    const state = model.toJSON();
    expect(errorCode(() => NextEvent.fromJSON({ ...state, format: 'MarkovPaths' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => NextEvent.fromJSON({ ...state, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => NextEvent.fromJSON({ ...state, blend: undefined }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => model.predictRow('a' as unknown as string[]))).toBe('INVALID_INPUT');
    for (const history of [[5], [null], [['a', 5]]]) expect(errorCode(() => model.predictRow(history as unknown as string[])), JSON.stringify(history)).toBe('INVALID_INPUT');
    expect(errorCode(() => model.predictRow(['a'], { top: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.predict([] as unknown as JourneySource))).toBe('INVALID_INPUT');
    expect(errorCode(() => model.predict(source, { count: 3 } as object))).toBe('INVALID_OPTION');
  });

  it('reads what version 1 stored, and predicts the same', () => {
    const { model, next } = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/paths/NextEvent.v1.json'), 'utf8')) as { model: unknown; next: unknown };
    expect(NextEvent.fromJSON(model).predictRow(['energy', ['card', 'visit']], { top: 3 })).toEqual(next);
  });
});

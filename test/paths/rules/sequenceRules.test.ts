import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { sequenceRules, type SequenceRuleOptions } from '../../../src/paths/rules/sequenceRules.js';

/** The database of Pei and others (2001), with which SPMF shows its rules. */
const TEXTBOOK = Journeys.fromLists([
  ['1', ['1', '2', '3'], ['1', '3'], '4', ['3', '6']],
  [['1', '4'], '3', ['2', '3'], ['1', '5']],
  [['5', '6'], ['1', '2'], ['4', '6'], '3', '2'],
  ['5', '7', ['1', '6'], '3', '2', '3'],
]);

const textOf = (found: ReturnType<typeof sequenceRules>): string[] => found.rules.map(({ before, after, count, beforeCount, afterCount }) => `${before.join()}=>${after.join()} ${count} ${beforeCount} ${afterCount}`);

interface Drawn {
  readonly steps: readonly (readonly string[])[];
  readonly times: readonly number[];
}

/** Whether a journey has all of `before`, then all of `after`, within a window: every choice of places is tried. */
function holds({ steps, times }: Drawn, before: readonly string[], after: readonly string[], window: { days?: number; steps?: number }): boolean {
  const go = (wanted: readonly string[], chosen: readonly number[]): boolean => {
    if (wanted.length === 0) {
      const first = Math.min(...chosen);
      const last = Math.max(...chosen);
      const [sooner, later] = [chosen.slice(0, before.length), chosen.slice(before.length)];
      if (later.length > 0 && sooner.length > 0 && Math.max(...sooner) >= Math.min(...later)) return false;
      return times[last]! - times[first]! <= (window.days ?? Infinity) && last - first <= (window.steps ?? Infinity);
    }
    return steps.some((step, s) => step.includes(wanted[0]!) && go(wanted.slice(1), [...chosen, s]));
  };
  return go([...before, ...after], []);
}

/** Every rule by definition. */
function naiveRules(drawn: readonly Drawn[], items: readonly string[], weights: readonly number[], minCount: number, minConfidence: number, window: { days?: number; steps?: number }): string[] {
  const total = (before: readonly string[], after: readonly string[]): number => drawn.reduce((sum, journey, j) => sum + (holds(journey, before, after, window) ? weights[j]! : 0), 0);
  const found: string[] = [];
  for (let sides = 0; sides < 3 ** items.length; sides++) {
    const sideOf = (i: number): number => Math.floor(sides / 3 ** i) % 3;
    const [before, after] = [1, 2].map((side) => items.filter((_, i) => sideOf(i) === side));
    if (before!.length === 0 || after!.length === 0) continue;
    const count = total(before!, after!);
    if (count < minCount || count / total(before!, []) < minConfidence) continue;
    found.push(`${before!.join()}=>${after!.join()} ${count} ${total(before!, [])} ${total([], after!)}`);
  }
  return found;
}

function draw(random: Random): { drawn: Drawn[]; items: string[]; weights: number[] } {
  const items = ['a', 'b', 'c', 'd'].slice(0, 2 + random.integer(3));
  const drawn = Array.from({ length: 1 + random.integer(6) }, () => {
    let time = 0;
    const times = Array.from({ length: 1 + random.integer(5) }, () => (time += 1 + random.integer(3)));
    return { times, steps: times.map(() => [...new Set([items[random.integer(items.length)]!, ...items.filter(() => random.uniform() < 0.2)])].sort()) };
  });
  return { drawn, items, weights: drawn.map(() => random.integer(3)) };
}

describe('sequenceRules', () => {
  it('finds the nine rules of the textbook', () => {
    expect(textOf(sequenceRules(TEXTBOOK, { minSupport: 0.75, rankBy: 'confidence' }))).toEqual([
      '1=>2 4 4 4', '1=>3 4 4 4', '1=>2,3 4 4 4', '4=>3 3 3 4', '1,4=>3 3 3 4', '2=>3 3 4 4', '3=>2 3 4 4', '1,2=>3 3 4 4', '1,3=>2 3 4 4',
    ]);
  });

  it('has within a window of three steps the six rules SPMF finds there', () => {
    const found = textOf(sequenceRules(TEXTBOOK, { minSupport: 0.7, window: { steps: 3 } })).map((rule) => rule.split(' ')[0]);
    expect(found).toEqual(expect.arrayContaining(['1=>2', '1=>3', '1=>2,3', '2=>3', '3=>2', '4=>3']));
  });

  it('equals the rules by definition, with windows in days and in steps, and weights', () => {
    const random = createRandom(9);
    let rules = 0;
    for (let run = 0; run < 300; run++) {
      const { drawn, items, weights } = draw(random);
      const distance = random.integer(6);
      const window = run % 3 === 0 ? {} : run % 3 === 1 ? { days: distance } : { steps: distance };
      const minCount = 1 + random.integer(2);
      const minConfidence = random.integer(3) / 3;
      const log = EventLog.fromRows(
        drawn.flatMap(({ steps, times }, customer) => steps.flatMap((step, s) => step.map((item) => ({ customer, at: new Date(Date.UTC(2026, 0, 1 + times[s]!)), item })))),
        { customer: 'customer', time: 'at', item: 'item' },
      );
      const journeys = Journeys.fromLog(log, { weights: { customers: drawn.map((_, customer) => customer), values: Float64Array.from(weights) } });
      const found = textOf(sequenceRules(journeys, { minCount, minConfidence, ...(run % 3 > 0 && { window: run % 3 === 1 ? { days: distance } : { steps: distance } }) }));
      const expected = naiveRules(drawn, items, weights, minCount, minConfidence, window);
      expect(found.sort(), JSON.stringify({ drawn, weights, window, minCount, minConfidence })).toEqual(expected.sort());
      rules += expected.length;
    }
    expect(rules).toBeGreaterThan(700);
  }, 60_000);

  it('measures a rule against the customers with what follows anywhere', () => {
    const { rules, customerCount } = sequenceRules(Journeys.fromLists([['a', 'b'], ['a', 'b'], ['a'], ['b', 'a'], ['c']]), { minCount: 2 });
    expect(customerCount).toBe(5);
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({ before: ['a'], after: ['b'], count: 2, beforeCount: 4, afterCount: 3, support: 0.4 });
    expect(rules[0]!.confidence.estimate).toBe(0.5);
    expect(rules[0]!.confidence.lower).toBeCloseTo(0.1500, 3);
    expect(rules[0]!.lift).toBeCloseTo(5 / 6, 12);
    expect(rules[0]!.leverage).toBeCloseTo(0.4 - 0.8 * 0.6, 12);
    expect(rules[0]!.conviction).toBeCloseTo(0.4 / 0.5, 12);
  });

  it('keeps to the most items of a side, and the least lift', () => {
    const all = sequenceRules(TEXTBOOK, { minCount: 2, minConfidence: 0 }).rules;
    const few = sequenceRules(TEXTBOOK, { minCount: 2, minConfidence: 0, maxBefore: 2, maxAfter: 1 }).rules;
    expect(few).toEqual(all.filter(({ before, after }) => before.length <= 2 && after.length === 1));
    expect(few.length).toBeLessThan(all.length);
    const high = sequenceRules(TEXTBOOK, { minCount: 2, minConfidence: 0, minLift: 1 }).rules;
    expect(high).toEqual(all.filter(({ lift }) => lift >= 1));
    expect(high.length).toBeLessThan(all.length);
  });

  it('keeps the best and says what it cut', () => {
    for (const rankBy of ['lift', 'confidence', 'count', 'leverage', 'conviction'] as const) {
      const all = sequenceRules(TEXTBOOK, { minCount: 1, minConfidence: 0, rankBy });
      const cut = sequenceRules(TEXTBOOK, { minCount: 1, minConfidence: 0, rankBy, maxRules: 20 });
      expect(all).toMatchObject({ truncated: false, found: all.rules.length });
      expect(cut).toMatchObject({ truncated: true, reason: 'limit', found: all.found });
      expect(cut.rules).toEqual(all.rules.slice(0, 20));
      const worth = all.rules.map((rule) => (rankBy === 'confidence' ? rule.confidence.estimate : rule[rankBy]));
      expect(worth).toEqual([...worth].sort((a, b) => (a === b ? 0 : b - a)));
    }
  });

  it('asks for two customers unless told otherwise, and for more where too many rules hold', () => {
    const long = Array.from({ length: 20 }, (_, i) => `item ${i}`);
    expect(sequenceRules(Journeys.fromLists([long]))).toMatchObject({ minCount: 2, found: 0, truncated: false });
    const lists = [long, ['item 3', 'item 9'], ['item 3', 'item 9']];
    expect(sequenceRules(Journeys.fromLists(lists), { minCount: 1 })).toMatchObject({ minCount: 2, found: 1, truncated: true, reason: 'limit' });
    expect(sequenceRules(Journeys.fromLists([['a', 'b']]), { minSupport: 1 })).toMatchObject({ minCount: 1, found: 1 });
  });

  it('stops when told to, with the rules that begin with the items done', () => {
    const calls: number[] = [];
    const found = sequenceRules(TEXTBOOK, { minCount: 2, minConfidence: 0, onProgress: ({ done, total }) => (calls.push(done, total), done < 2) });
    expect(found).toMatchObject({ truncated: true, reason: 'stopped' });
    expect(calls).toEqual([1, 6, 2, 6]);
    expect(found.rules.length).toBe(found.found);
    expect(sequenceRules(TEXTBOOK, { minCount: 2, onProgress: ({ done, total }) => done < total }).truncated).toBe(false);
  });

  it('finds nothing in journeys without steps', () => {
    expect(sequenceRules(Journeys.fromLists([[], []]))).toMatchObject({ rules: [], customerCount: 2, found: 0, truncated: false });
    expect(sequenceRules(Journeys.fromLists([]))).toMatchObject({ rules: [], customerCount: 0, found: 0, truncated: false });
  });

  it('refuses options that make no sense', () => {
    const message = (options: SequenceRuleOptions): string => {
      try {
        sequenceRules(TEXTBOOK, options);
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as Error).message}`;
      }
      return '';
    };
    expect(message({ minSupport: 0 })).toBe('INVALID_OPTION sequenceRules needs minSupport above 0 and at most 1, found 0; for a number of customers give minCount');
    expect(message({ minCount: 0 })).toBe('INVALID_OPTION sequenceRules needs minCount above 0, found 0');
    expect(message({ minCount: 2, minSupport: 0.5 })).toBe('INVALID_OPTION sequenceRules takes one of minSupport and minCount, found both; leave one out');
    expect(message({ minConfidence: 2 })).toContain('needs minConfidence from 0 to 1, found 2');
    expect(message({ maxBefore: 0 })).toContain('needs maxBefore as a whole number of at least 1, found 0');
    expect(message({ maxRules: 0.5 })).toContain('needs maxRules as a whole number');
    expect(message({ window: { days: 3 } })).toContain('needs window in steps');
    expect(message({ window: { steps: -1 } })).toContain('or as { steps: 2 }');
    expect(message({ rankBy: 'zeal' as 'lift' })).toContain('needs rankBy as one of lift, confidence, count, leverage, conviction');
    expect(message({ confidence: 1 })).toContain('needs a confidence between 0 and 1');
    expect(message({ minLift: NaN })).toContain('needs minLift as a finite number');
    expect(message({ maxLength: 2 } as SequenceRuleOptions)).toContain('knows no option "maxLength"');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { fitMarkovPaths, type MarkovPathsOptions } from '../../../src/paths/transitions/fitMarkovPaths.js';
import { MarkovPaths } from '../../../src/paths/transitions/markovPaths.js';
import { isClientelaError } from '../../../src/errors.js';

const DAY = 86_400_000;

function timed(lists: readonly (readonly (readonly [string, number])[])[], untilDay: number): Journeys {
  const log = EventLog.fromRows(
    lists.flatMap((list, id) => list.map(([item, day]) => ({ id, at: (20_000 + day) * DAY, item }))),
    { customer: 'id', time: 'at', item: 'item' },
  );
  const values = new Float64Array(log.customers.length).fill((20_000 + untilDay) * DAY);
  return Journeys.fromLog(log, { observedUntil: { customers: log.customers, values } });
}

const tinyLists = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 7 }), { minLength: 2, maxLength: 8 }).filter((lists) => lists.some((list) => list.length > 1));
const runs = (numRuns: number): { seed: number; numRuns: number } => ({ seed: 20261122, numRuns });

/** A walk on 0 to n that moves right with chance right / (left + right), as journeys that have exactly these shares. */
function walk(n: number, right: number, left: number): MarkovPaths {
  const lists: string[][] = [];
  for (let i = 1; i < n; i++) {
    for (let k = 0; k < right; k++) lists.push([String(i), String(i + 1)]);
    for (let k = 0; k < left; k++) lists.push([String(i), String(i - 1)]);
  }
  return fitMarkovPaths(Journeys.fromLists(lists), { order: 1, absorbing: ['0', String(n)] });
}

describe('MarkovPaths, absorption', () => {
  it('is the ruin of the gambler, in closed form', () => {
    for (const [right, left] of [[1, 1], [3, 2], [1, 4]] as const) {
      const n = 7;
      const model = walk(n, right, left);
      const r = left / right;
      for (let i = 1; i < n; i++) {
        const win = r === 1 ? i / n : (1 - r ** i) / (1 - r ** n);
        const p = right / (left + right);
        const steps = r === 1 ? i * (n - i) : i / (1 - 2 * p) - (n / (1 - 2 * p)) * win;
        const found = model.absorption([String(i)]);
        expect(model.absorbing).toEqual(['0', '7']);
        expect(found.outcomes[1]!.probability).toBeCloseTo(win, 13);
        expect(found.outcomes[0]!.probability).toBeCloseTo(1 - win, 13);
        expect(found.expectedSteps).toBeCloseTo(steps, 11);
        expect(found.neverProbability).toBe(0);
      }
    }
  });

  it('gives the drunkard steps that depend on where he ends: (n² - i²) / 3 home, for a fair walk', () => {
    const model = walk(5, 1, 1);
    for (let i = 1; i < 5; i++) {
      const [home, bar] = model.absorption([String(i)]).outcomes;
      expect(bar!.expectedSteps).toBeCloseTo((25 - i * i) / 3, 11);
      expect(home!.expectedSteps).toBeCloseTo((25 - (5 - i) ** 2) / 3, 11);
    }
  });

  it('keeps the digits of chances far below rounding', () => {
    const { outcomes } = walk(30, 1, 9).absorption(['1']);
    expect(outcomes[1]!.state).toBe('30');
    expect(outcomes[1]!.probability / ((9 - 1) / (9 ** 30 - 1))).toBeCloseTo(1, 9);
  });

  it('leaves apart the chance to go round for ever, and the steps of those who do', () => {
    const model = fitMarkovPaths(Journeys.fromLists([['in', 'x', 'y', 'x', 'y', 'x'], ['in', 'out'], ['in', 'out'], ['in', 'y']]), { order: 1 });
    expect(model.absorbing).toEqual(['out']);
    expect(model.absorption()).toEqual({ outcomes: [{ state: 'out', probability: 0.5, expectedSteps: 2, expectedDays: null }], neverProbability: 0.5, expectedSteps: 2, expectedDays: null });
    expect(model.absorption(['x'])).toEqual({ outcomes: [{ state: 'out', probability: 0, expectedSteps: null, expectedDays: null }], neverProbability: 1, expectedSteps: null, expectedDays: null });
    expect(model.absorption(['in', 'out'])).toEqual({ outcomes: [{ state: 'out', probability: 1, expectedSteps: 0, expectedDays: null }], neverProbability: 0, expectedSteps: 0, expectedDays: null });
  });

  it('counts the days of each move towards the end it leads to', () => {
    const journeys = timed([[['in', 0], ['buy', 2]], [['in', 0], ['leave', 10]], [['in', 0], ['in', 4], ['leave', 20]], [['in', 1], ['buy', 5]]], 50);
    const model = fitMarkovPaths(journeys, { order: 1, absorbing: ['buy', 'leave'] });
    const { outcomes, expectedDays } = model.absorption(['in']);
    // One return of 4 days with chance 1/5; buying takes 3 days, leaving 13.
    expect(outcomes.map(({ probability }) => probability)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
    expect(outcomes[0]!.expectedDays).toBeCloseTo(4 / 4 + 3, 12);
    expect(outcomes[1]!.expectedDays).toBeCloseTo(4 / 4 + 13, 12);
    expect(expectedDays).toBeCloseTo(9, 12);
    expect(model.next(['in'])).toEqual([
      { state: 'buy', probability: 0.4, expectedDays: 3 },
      { state: 'leave', probability: 0.4, expectedDays: 13 },
      { state: 'in', probability: 0.2, expectedDays: 4 },
    ]);
  });

  it('equals plain repetition of the steps, at any order', () => {
    fc.assert(
      fc.property(tinyLists, fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 0.5), (lists, order, prior) => {
        const model = fitMarkovPaths(Journeys.fromLists(lists), { order, prior, ends: 'final' });
        const { chance, steps } = simulate(model);
        const found = model.absorption();
        expect(found.outcomes[0]!.probability).toBeCloseTo(chance, 4);
        expect(found.expectedSteps! / steps).toBeCloseTo(1, 3);
      }),
      runs(6),
    );
  });

  it('brings journeys back to their own mean length, at any order', () => {
    fc.assert(
      fc.property(tinyLists, fc.integer({ min: 1, max: 4 }), (lists, order) => {
        const model = fitMarkovPaths(Journeys.fromLists(lists), { order, ends: 'final' });
        const mean = lists.reduce((sum, list) => sum + list.length + 1, 0) / lists.length;
        expect(model.absorption().expectedSteps).toBeCloseTo(mean, 9);
        expect(model.absorption().neverProbability).toBe(0);
      }),
      runs(120),
    );
  });

  it('is the same by sweeps, where contexts are too many for elimination', () => {
    const random = createRandom(3);
    const lists = Array.from({ length: 1500 }, (_, i) => [`s${i}`, `s${random.integer(1500)}`, `s${random.integer(1500)}`]);
    const model = fitMarkovPaths(Journeys.fromLists(lists), { order: 1, ends: 'final' });
    expect(model.states.length).toBeGreaterThan(1400);
    expect(model.absorption().expectedSteps).toBeCloseTo(4, 9);
  });
});

/** The whole distribution carried forward through `next`, step by step: chance to have ended, and mean steps. */
function simulate(model: MarkovPaths): { chance: number; steps: number } {
  let here = new Map<string, number>([['', 1]]);
  let [chance, steps] = [0, 0];
  for (let step = 1; here.size > 0 && step < 400; step++) {
    const next = new Map<string, number>();
    for (const [history, weight] of here) {
      const states = history === '' ? [] : history.split(',');
      for (const { state, probability } of model.next(states)) {
        if (state === '(end)') {
          chance += weight * probability;
          steps += weight * probability * step;
          continue;
        }
        // The last order + 1 states say whether the journey has begun just now.
        const key = [...states, state].slice(-model.order - 1).join();
        next.set(key, (next.get(key) ?? 0) + weight * probability);
      }
    }
    here = new Map([...next].filter(([, weight]) => weight > 1e-9));
  }
  return { chance, steps };
}

describe('MarkovPaths, chances', () => {
  it('are shares of what followed, with Wilson intervals', () => {
    const model = fitMarkovPaths(Journeys.fromLists([['a', 'b', 'a', 'c'], ['a', 'b'], ['b', 'a', 'b']]), { order: 1 });
    const { estimate, lower, upper } = model.transitionProbability('a', 'b');
    expect(estimate).toBe(0.75);
    // Wilson (1927) for 3 of 4.
    expect([lower, upper]).toEqual([expect.closeTo(0.3006418, 6), expect.closeTo(0.9544127, 6)]);
    expect(model.transitionProbability('c', 'a')).toEqual({ estimate: 0, lower: 0, upper: 0 });
    expect(model.transitionProbability('c', 'c').estimate).toBe(1);
    expect(model.transitions().map(({ from, to, n, probability }) => [from, to, n, probability.estimate])).toEqual([['a', 'b', 3, 0.75], ['a', 'c', 1, 0.25], ['b', 'a', 2, 1]]);
  });

  it('count a prior for every state', () => {
    const model = fitMarkovPaths(Journeys.fromLists([['a', 'b', 'a', 'c'], ['a', 'b'], ['b', 'a', 'b']]), { order: 1, prior: 0.5 });
    expect(model.transitionProbability('a', 'b').estimate).toBeCloseTo(3.5 / 5.5, 14);
    expect(model.transitionProbability('b', 'c').estimate).toBeCloseTo(0.5 / 3.5, 14);
  });

  it('add up to 1 from every state and after every history', () => {
    fc.assert(
      fc.property(tinyLists, fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 1), fc.constantFrom('open' as const, 'final' as const), (lists, order, prior, ends) => {
        const model = fitMarkovPaths(Journeys.fromLists(lists), { order, prior, ends });
        const matrix = model.matrix();
        const size = model.states.length;
        for (let i = 0; i < size; i++) expect(matrix.slice(i * size, (i + 1) * size).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
        for (const history of [[], ...model.states.map((state) => [state]), ['a', 'b'], ['b', 'nobody', 'a'], ['nobody']]) {
          const next = model.next(history);
          if (model.absorbing.includes(history[history.length - 1]!)) expect(next).toEqual([]);
          else expect(next.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
          const { outcomes, neverProbability } = model.absorption(history);
          expect(outcomes.reduce((sum, { probability }) => sum + probability, neverProbability)).toBeCloseTo(1, 11);
        }
      }),
      runs(60),
    );
  });

  it('look back as far as the order says, and back off where a history never was', () => {
    const lists = [['a', 'x', 'b'], ['a', 'x', 'b'], ['c', 'x', 'd'], ['b', 'x', 'd']];
    const first = fitMarkovPaths(Journeys.fromLists(lists), { order: 1 });
    const second = fitMarkovPaths(Journeys.fromLists(lists), { order: 2 });
    const names = (model: MarkovPaths, history: readonly string[]): unknown => model.next(history).map(({ state, probability }) => [state, probability]);
    expect(names(first, ['a', 'x'])).toEqual([['b', 0.5], ['d', 0.5]]);
    expect(names(second, ['a', 'x'])).toEqual([['b', 1]]);
    expect(names(second, ['z', 'a', 'x'])).toEqual([['b', 1]]);
    // Nobody came to x from x, or began with it: what follows x from anywhere.
    expect(names(second, ['x', 'x'])).toEqual([['b', 0.5], ['d', 0.5]]);
    expect(names(second, ['x'])).toEqual([['b', 0.5], ['d', 0.5]]);
    // A state nobody was in: the shares of all 12 steps.
    expect(names(second, ['z'])).toEqual([['x', 4 / 12], ['b', 3 / 12], ['a', 2 / 12], ['d', 2 / 12], ['c', 1 / 12]]);
    expect(names(second, [])).toEqual([['a', 0.5], ['b', 0.25], ['c', 0.25]]);
  });

  it('cut journeys at the first absorbing item, also in a step of several', () => {
    const model = fitMarkovPaths(Journeys.fromLists([['a', ['b', 'leave'], 'a', 'c'], ['a', ['b', 'c'], 'a']]), { order: 1, absorbing: ['leave'] });
    expect(model.states).toEqual(['a', 'b + c', 'leave']);
    expect(model.absorbing).toEqual(['leave']);
    expect(model.next(['a', ['c', 'b']]).map(({ state }) => state)).toEqual(['a']);
    expect(model.next(['a', ['leave', 'b']])).toEqual([]);
    expect(model.report.moves).toBe(5);
  });
});

describe('MarkovPaths, times and long runs', () => {
  it('gives waits as product-limit quantiles, the last open gap censored', () => {
    const model = fitMarkovPaths(timed([[['a', 0], ['b', 2]], [['a', 0], ['b', 4]], [['a', 0], ['c', 6]], [['a', 17]], [['a', 10], ['b', 20]]], 20), { order: 1 });
    // Waits from a: 2 b, 3 open, 4 b, 6 c, 10 b. Survival .8, .8 (2/3) = .533, .267, 0.
    expect(model.sojourns()).toEqual([{ state: 'a', n: 4, open: 1, waitDays: { p10: 2, p25: 4, median: 6, p75: 10, p90: 10 } }]);
    // Masses .2, .2667, .2667: the median of b is at .3667 of .7333.
    const b = model.transitions().find(({ to }) => to === 'b')!;
    expect(b.waitDays).toEqual({ p10: 2, p25: 2, median: 4, p75: 10, p90: 10 });
    expect(b.meanDays).toBeCloseTo(16 / 3, 12);
  });

  it('says null where too few have moved on', () => {
    const open = fitMarkovPaths(timed([[['a', 0], ['b', 2]], [['a', 0]], [['a', 0]], [['a', 0]]], 9), { order: 1 });
    expect(open.sojourns()[0]).toEqual({ state: 'a', n: 1, open: 3, waitDays: { p10: 2, p25: 2, median: null, p75: null, p90: null } });
    const final = fitMarkovPaths(timed([[['a', 0], ['b', 2]], [['a', 0]], [['a', 0]], [['a', 0]]], 9), { order: 1, ends: 'final' });
    expect(final.sojourns()[0]).toEqual({ state: 'a', n: 1, open: 3, waitDays: { p10: 2, p25: 2, median: null, p75: null, p90: null } });
    expect(final.transitions()[0]).toMatchObject({ to: 'b', waitDays: { p10: 2, p90: 2 } });
    expect(final.transitions()[1]).toMatchObject({ to: '(end)', n: 3, meanDays: null, waitDays: null });
  });

  it('takes the days of all moves after a state nobody was in, the same in every method', () => {
    const model = fitMarkovPaths(timed([[['a', 0], ['b', 10], ['c', 40]], [['a', 0], ['b', 10], ['c', 40]]], 50), { order: 1 });
    expect(model.absorption(['a']).expectedDays).toBeCloseTo(40, 12);
    // To b 10 days and to c 30, as those moves take; nobody moved to a: 20, the mean of all moves.
    expect(model.next(['never']).map(({ state, expectedDays }) => [state, expectedDays]).sort()).toEqual([['a', 20], ['b', 10], ['c', 30]]);
    expect(model.absorption(['never']).expectedDays).toBeCloseTo((20 + 40 + (10 + 30) + 30) / 3, 12);
    // With a prior a move may come where only ends were seen.
    const ends = fitMarkovPaths(timed([[['a', 0], ['b', 10]], [['a', 0], ['b', 10]]], 50), { order: 1, ends: 'final', prior: 0.5 });
    expect(ends.next(['b']).map(({ state, expectedDays }) => [state, expectedDays]).sort()).toEqual([['(end)', null], ['a', 10], ['b', 10]]);
    expect(ends.next([]).map(({ expectedDays }) => expectedDays)).toEqual([0, 0]);
  });

  it('refuses with a prior more contexts by states than fit in memory, saying what to do', () => {
    const ring = Array.from({ length: 3_200 }, (_, i) => [`s${i}`, `s${(i + 1) % 3_200}`]);
    const model = fitMarkovPaths(Journeys.fromLists(ring), { order: 1, prior: 0.5 });
    expect(codeOf(() => model.absorption(['s1']))).toBe('INVALID_INPUT');
    expect(() => model.firstPassage(['s1'], 's2', 1)).toThrow(/^MarkovPaths needs at most 10 million moves .*, found \d+ contexts and 3200 states, .*; fit without a prior, at a lower order, or group the items$/);
    expect(model.next(['s1'])).toHaveLength(3_200);
    expect(fitMarkovPaths(Journeys.fromLists(ring), { order: 1 }).firstPassage(['s1'], 's2', 1).within[0]).toBe(1);
  });

  it('tells when a state is first reached', () => {
    const model = walk(3, 1, 1);
    const { within, steps } = model.firstPassage(['1'], '3', 6);
    [0, 0.25, 0.25, 0.3125, 0.3125, 0.328125].forEach((chance, i) => expect(within[i]).toBeCloseTo(chance, 14));
    expect(steps).toEqual({ p10: 2, p25: 2, median: null, p75: null, p90: null });
    expect([...model.firstPassage(['1', '0'], '3', 2).within]).toEqual([0, 0]);
  });

  it('knows the long run of what does not end, periodic or not', () => {
    const model = fitMarkovPaths(Journeys.fromLists([['a', 'b', 'a', 'a', 'b', 'a']]), { order: 1 });
    // a goes to b with 2/3, b always back.
    expect([...model.steadyState()]).toEqual([expect.closeTo(0.6, 14), expect.closeTo(0.4, 14)]);
    const turns = fitMarkovPaths(Journeys.fromLists([['in', 'x', 'y', 'z', 'x', 'y', 'z', 'x']]), { order: 2 });
    expect(turns.states).toEqual(['in', 'x', 'y', 'z']);
    [0, 1 / 3, 1 / 3, 1 / 3].forEach((share, i) => expect(turns.steadyState()[i]).toBeCloseTo(share, 14));
    expect(() => walk(3, 1, 1).steadyState()).toThrow(/needs journeys that do not end, found the absorbing 0, 3; ask for absorption/);
    const apart = fitMarkovPaths(Journeys.fromLists([['a', 'b', 'a'], ['c', 'd', 'c']]), { order: 1 });
    expect(() => apart.steadyState()).toThrow(/several sets of states that are never left/);
  });

  it('has a long run that one step leaves as it is', () => {
    fc.assert(
      fc.property(tinyLists, (lists) => {
        const model = fitMarkovPaths(Journeys.fromLists(lists.map((list) => [...list, 'a', list[0]!])), { order: 1, prior: 0.1 });
        if (model.absorbing.length > 0) return;
        const share = model.steadyState();
        const matrix = model.matrix();
        share.forEach((value, j) => {
          let after = 0;
          share.forEach((from, i) => (after += from * matrix[i * share.length + j]!));
          expect(after).toBeCloseTo(value, 12);
        });
      }),
      runs(100),
    );
  });
});

describe('fitMarkovPaths', () => {
  /** Journeys whose next step depends on the last `order` ones. */
  function drawn(order: 1 | 2, count: number): string[][] {
    const random = createRandom(11);
    return Array.from({ length: count }, () => {
      const list = ['a', 'b'];
      while (list.length < 14) {
        const [before, last] = [list[list.length - 2]!, list[list.length - 1]!];
        const chance = order === 1 ? (last === 'a' ? 0.8 : 0.3) : (before === 'a') === (last === 'a') ? 0.85 : 0.2;
        list.push(random.uniform() < chance ? 'a' : 'b');
      }
      return list.slice(2);
    });
  }

  it('finds the order the data were drawn with, by each criterion', () => {
    for (const order of [1, 2] as const) {
      // Held out, one order too many costs next to nothing: only one too few is found out.
      for (const choose of order === 1 ? (['bic'] as const) : (['bic', 'heldOut'] as const)) {
        const model = fitMarkovPaths(Journeys.fromLists(drawn(order, 400)), { choose });
        expect([choose, model.order]).toEqual([choose, order]);
        expect(model.report.tried).toHaveLength(3);
        expect(model.report.chosenBy).toBe(choose);
      }
    }
    expect(fitMarkovPaths(Journeys.fromLists(drawn(2, 400)), { choose: 'aic', maxOrder: 2 }).order).toBe(2);
  });

  it('judges every order by the same moves', () => {
    const lists = [['a', 'b', 'a'], ['a', 'a'], ['b', 'a', 'b', 'b']];
    const { tried } = fitMarkovPaths(Journeys.fromLists(lists), { order: 3 }).report;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), (order) => {
        const model = fitMarkovPaths(Journeys.fromLists(lists), { order });
        let logLikelihood = 0;
        for (const list of lists) list.forEach((state, i) => (logLikelihood += Math.log(model.next(list.slice(0, i)).find((next) => next.state === state)!.probability)));
        expect(tried[order - 1]!.logLikelihood).toBeCloseTo(logLikelihood, 12);
      }),
      runs(3),
    );
    // Each state and the start may go on in two ways. Order 2 knows the start, two states that begin a journey, and ab and ba; order 3 for the last two three longer ones.
    expect(tried.map(({ parameters }) => parameters)).toEqual([3, 5, 6]);
    expect(tried[0]!.bic).toBeCloseTo(3 * Math.log(9) - 2 * tried[0]!.logLikelihood, 12);
  });

  it('scores held-out customers as folds fitted one by one would', () => {
    const lists = drawn(2, 20);
    const prior = 0.5;
    const { tried } = fitMarkovPaths(Journeys.fromLists(lists), { choose: 'heldOut', folds: 20, prior, maxOrder: 2 }).report;
    for (const { order, heldOutLogLoss } of tried) {
      let [loss, moves] = [0, 0];
      lists.forEach((list, left) => {
        const model = fitMarkovPaths(Journeys.fromLists(lists.filter((_, c) => c !== left)), { order, prior });
        list.forEach((state, i) => {
          loss -= Math.log(model.next(list.slice(0, i)).find((next) => next.state === state)!.probability);
          moves++;
        });
      });
      expect(heldOutLogLoss).toBeCloseTo(loss / moves, 12);
    }
  });

  it('takes a weight of 2 as the customer twice, and of 0 as nobody', () => {
    const options = { order: 2, ends: 'final' } as const;
    fc.assert(
      fc.property(tinyLists, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 8, maxLength: 8 }), (lists, given) => {
        const weights = given.slice(0, lists.length);
        if (weights.every((weight) => weight === 0)) return;
        const weighted = fitMarkovPaths(Journeys.fromLists(lists, { weights }), options);
        const repeated = fitMarkovPaths(Journeys.fromLists(lists.flatMap((list, c) => Array.from({ length: weights[c]! }, () => list))), options);
        expect(JSON.stringify(weighted)).toBe(JSON.stringify(repeated));
      }),
      runs(80),
    );
    const journeys = timed([[['a', 0], ['b', 2]], [['a', 0], ['b', 4]], [['a', 0], ['b', 4]], [['a', 3]], [['a', 3]], [['a', 3]]], 9);
    const few = timed([[['a', 0], ['b', 2]], [['a', 0], ['b', 4]], [['a', 3]]], 9);
    const weighted = fitMarkovPaths(Journeys.fromLog(logOf(few), { weights: { customers: [0, 1, 2], values: [1, 2, 3] } as never, observedUntil: { customers: [0, 1, 2], values: few.until! } }), { order: 1 });
    expect(weighted.sojourns()).toEqual(fitMarkovPaths(journeys, { order: 1 }).sojourns());
  });

  it('does not depend on the order of customers', () => {
    fc.assert(
      fc.property(tinyLists, (lists) => {
        expect(JSON.stringify(fitMarkovPaths(Journeys.fromLists([...lists].reverse())))).toBe(JSON.stringify(fitMarkovPaths(Journeys.fromLists(lists))));
      }),
      runs(100),
    );
  });

  it('travels as JSON to the bit', () => {
    const model = fitMarkovPaths(timed([[['a', 0], ['b', 2], ['a', 9]], [['a', 0], ['c', 4]], [['b', 1], ['a', 3]]], 20), { order: 2, ends: 'final', prior: 0.3 });
    const text = JSON.stringify(model);
    const again = MarkovPaths.fromJSON(JSON.parse(text));
    expect(JSON.stringify(again)).toBe(text);
    for (const history of [[], ['a'], ['b', 'a'], ['z']]) {
      expect(again.next(history)).toEqual(model.next(history));
      expect(again.absorption(history)).toEqual(model.absorption(history));
    }
    expect(again.transitions()).toEqual(model.transitions());
    expect(again.sojourns()).toEqual(model.sojourns());
    expect(JSON.stringify(model)).toBe(text);
    expect(text).not.toMatch(/Infinity|NaN/);
  });

  it('does not change with the JSON it was read from, nor through what it gives', () => {
    const model = fitMarkovPaths(timed([[['a', 0], ['b', 2], ['a', 9]], [['a', 0], ['c', 4]], [['b', 1], ['a', 3]]], 20), { order: 2 });
    const text = JSON.stringify(model);
    type Loose = { states: string[]; absorbing: string[]; tables: { n: number[] }[]; waits: { open: number[] }; report: { tried: unknown[] } };
    const json = JSON.parse(text) as Loose;
    const again = MarkovPaths.fromJSON(json);
    const spoil = [
      (state: Loose): unknown => (state.states[0] = 'zzz'),
      (state: Loose): unknown => state.absorbing.push('a'),
      (state: Loose): unknown => (state.tables[0]!.n[0] = 99),
      (state: Loose): unknown => (state.waits.open[0] = 99),
      (state: Loose): unknown => state.report.tried.pop(),
    ];
    for (const change of spoil) {
      change(json);
      for (const one of [model, again]) {
        for (const given of [one.toJSON(), one] as unknown as Loose[]) {
          try {
            change(given);
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError);
          }
        }
        expect(JSON.stringify(one)).toBe(text);
      }
    }
    expect(again.states).toEqual(['a', 'b', 'c']);
    expect(again.transitions()).toEqual(model.transitions());
  });

  it('refuses what it cannot use', () => {
    const journeys = Journeys.fromLists([['a', 'b'], ['b', 'a']]);
    const failure = (options: MarkovPathsOptions | object): string => codeOf(() => fitMarkovPaths(journeys, options));
    expect(failure({ order: 0 })).toBe('INVALID_OPTION');
    expect(failure({ order: 'best' })).toBe('INVALID_OPTION');
    expect(failure({ maxOrder: 1.5 })).toBe('INVALID_OPTION');
    expect(failure({ choose: 'loss' })).toBe('INVALID_OPTION');
    expect(failure({ prior: -1 })).toBe('INVALID_OPTION');
    expect(failure({ absorbing: 'a' })).toBe('INVALID_OPTION');
    expect(failure({ absorbing: ['z'] })).toBe('INVALID_OPTION');
    expect(failure({ smoothing: 1 })).toBe('INVALID_OPTION');
    expect(failure({ choose: 'heldOut', folds: 3 })).toBe('EMPTY_INPUT');
    expect(() => fitMarkovPaths(journeys, { absorbing: ['leave'] })).toThrow(/needs in absorbing items that occur, found "leave"; the items are a, b/);
    expect(() => fitMarkovPaths(Journeys.fromLists([['(end)', 'a']]), { ends: 'final' })).toThrow(/found it as an item/);
    expect(codeOf(() => fitMarkovPaths(Journeys.fromLists([[], []])))).toBe('EMPTY_INPUT');
    const model = fitMarkovPaths(journeys);
    expect(codeOf(() => model.transitionProbability('z', 'a'))).toBe('UNKNOWN_ID');
    expect(codeOf(() => model.firstPassage([], 'z'))).toBe('UNKNOWN_ID');
    expect(codeOf(() => model.firstPassage([], 'a', 0))).toBe('INVALID_OPTION');
    expect(codeOf(() => model.transitions(2))).toBe('INVALID_OPTION');
    expect(codeOf(() => model.next('a' as never))).toBe('INVALID_INPUT');
    expect(codeOf(() => MarkovPaths.fromJSON({ format: 'Markov' }))).toBe('MODEL_FORMAT');
    expect(codeOf(() => MarkovPaths.fromJSON({ ...model.toJSON(), formatVersion: 2 }))).toBe('MODEL_VERSION');
  });
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return error.code;
    throw error;
  }
  return 'nothing';
}

function logOf(journeys: Journeys): EventLog {
  const rows = journeys.customers.flatMap((id) => journeys.stepsOf(id).map(({ time, items }) => ({ id, at: time!, item: items[0]! })));
  return EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'item' });
}
